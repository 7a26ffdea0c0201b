# What only the window links: GLFW, Vulkan through volk, the memory allocator, Dear ImGui with docking, ImPlot and ImGuizmo. The last four
# are built here from the sources that scripts/setup fetches into build/sources, which all presets share.

find_package(glfw3 3.3 REQUIRED)
find_package(Freetype REQUIRED)
find_path(SKYLINE_VOLK_FOLDER volk.c REQUIRED)

set(SKYLINE_SOURCES_FOLDER "${PROJECT_SOURCE_DIR}/build/sources" CACHE PATH "Sources that scripts/setup fetched")
if(NOT EXISTS "${SKYLINE_SOURCES_FOLDER}/imgui/imgui/imgui.cpp" OR NOT EXISTS "${SKYLINE_SOURCES_FOLDER}/vma/vk_mem_alloc.h")
  message(FATAL_ERROR
    "The window's sources are missing in ${SKYLINE_SOURCES_FOLDER}: run scripts/setup, or configure with -DSKYLINE_WINDOW=OFF.")
endif()

# skyline_third_party(NAME SOURCES ... INCLUDE ... DEFINE ... LINK ...): a library that is not ours: no warnings, system headers.
function(skyline_third_party name)
  cmake_parse_arguments(ARG "" "" "SOURCES;INCLUDE;DEFINE;LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} SYSTEM PUBLIC ${ARG_INCLUDE})
  target_compile_definitions(${name} PUBLIC ${ARG_DEFINE})
  target_compile_options(${name} PRIVATE -w)
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
endfunction()

# The surface is made by GLFW: no VK_USE_PLATFORM_*.
set_source_files_properties("${SKYLINE_VOLK_FOLDER}/volk.c" PROPERTIES LANGUAGE CXX)
skyline_third_party(skyline_volk
  SOURCES "${SKYLINE_VOLK_FOLDER}/volk.c"
  INCLUDE "${SKYLINE_VOLK_FOLDER}"
  DEFINE VK_NO_PROTOTYPES
  LINK ${CMAKE_DL_LIBS})

set(imgui "${SKYLINE_SOURCES_FOLDER}/imgui/imgui")
set(implot "${SKYLINE_SOURCES_FOLDER}/implot/implot")
set(imguizmo "${SKYLINE_SOURCES_FOLDER}/ImGuizmo/ImGuizmo/src")
# Plots of float and double only: a fifth of the compilation.
skyline_third_party(skyline_imgui
  SOURCES
    "${imgui}/imgui.cpp" "${imgui}/imgui_demo.cpp" "${imgui}/imgui_draw.cpp" "${imgui}/imgui_stacklayout.cpp" "${imgui}/imgui_tables.cpp"
    "${imgui}/imgui_widgets.cpp" "${imgui}/misc/freetype/imgui_freetype.cpp" "${imgui}/misc/cpp/imgui_stdlib.cpp"
    "${imgui}/backends/imgui_impl_glfw.cpp" "${imgui}/backends/imgui_impl_vulkan.cpp"
    "${implot}/implot.cpp" "${implot}/implot_items.cpp" "${imguizmo}/ImGuizmo.cpp"
  INCLUDE "${imgui}" "${imgui}/misc/cpp" "${imgui}/backends" "${implot}" "${imguizmo}"
  DEFINE IMGUI_ENABLE_FREETYPE IMGUI_IMPL_VULKAN_USE_VOLK GLFW_INCLUDE_NONE "IMPLOT_CUSTOM_NUMERIC_TYPES=(float)(double)"
         IMGUI_DISABLE_OBSOLETE_FUNCTIONS
  LINK skyline_volk glfw Freetype::Freetype)
