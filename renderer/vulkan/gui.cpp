#include "renderer/vulkan/gui.h"

#include "core/file.h"
#include "core/log.h"
#include "renderer/vulkan/fonts.h"
#include "renderer/vulkan/theme.h"

#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_vulkan.h>
#include <fmt/format.h>
#include <imgui.h>
#include <implot.h>

#include <algorithm>
#include <span>
#include <utility>

namespace skyline::renderer::vulkan {
namespace {

constexpr double kSmallestScale = 1, kLargestScale = 3;
// Descriptor sets for textures of panels: film strip, thumbnails, views.
constexpr std::uint32_t kMostTextures = 1024;

void hear(VkResult result) {
  if (result < 0) core::log_warning(fmt::format("the interface could not be drawn: {}", result_name(result)));
}

}  // namespace

Gui::Gui(const Window& window, bool dark, double scale, std::filesystem::path layout_file)
    : window_(window),
      dark_(dark),
      scale_(std::clamp(scale > 0 ? scale : window.monitor_scale(), kSmallestScale, kLargestScale)),
      follow_monitor_(scale <= 0),
      layout_file_(std::move(layout_file)) {
  ImGui::CreateContext();
  ImPlot::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.ConfigFlags |= ImGuiConfigFlags_DockingEnable | ImGuiConfigFlags_NavEnableKeyboard;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  io.IniFilename = nullptr;  // kept by us, whole or not at all
  io.LogFilename = nullptr;
  if (core::Result<std::string> layout = core::read_text_file(layout_file_); !layout_file_.empty() && layout) {
    ImGui::LoadIniSettingsFromMemory(layout->data(), layout->size());
  }
  notices_ = load_fonts();
}

Gui::~Gui() {
  keep_layout();
  detach();
  ImPlot::DestroyContext();
  ImGui::DestroyContext();
}

void Gui::attach(const Instance& instance, const Device& device, const Swapchain& swapchain) {
  // The device's back end takes the window's with it when it ends: both come and go together.
  ImGui_ImplGlfw_InitForVulkan(window_.handle(), true);
  const VkFormat format = swapchain.format();
  ImGui_ImplVulkan_InitInfo info{};
  info.ApiVersion = VK_API_VERSION_1_3;
  info.Instance = instance.handle();
  info.PhysicalDevice = device.physical();
  info.Device = device.handle();
  info.QueueFamily = device.queue_family();
  info.Queue = device.queue();
  info.DescriptorPoolSize = kMostTextures;
  info.MinImageCount = 2;
  info.ImageCount = std::max(swapchain.count(), 2U);
  info.UseDynamicRendering = true;
  info.PipelineInfoMain.PipelineRenderingCreateInfo = {.sType = VK_STRUCTURE_TYPE_PIPELINE_RENDERING_CREATE_INFO,
                                                       .pNext = nullptr,
                                                       .viewMask = 0,
                                                       .colorAttachmentCount = 1,
                                                       .pColorAttachmentFormats = &format,
                                                       .depthAttachmentFormat = VK_FORMAT_UNDEFINED,
                                                       .stencilAttachmentFormat = VK_FORMAT_UNDEFINED};
  info.CheckVkResultFn = &hear;
  ImGui_ImplVulkan_Init(&info);  // tells failures through `hear`
  attached_ = true;
}

void Gui::detach() {
  if (!std::exchange(attached_, false)) return;
  ImGui_ImplVulkan_Shutdown();
  ImGui_ImplGlfw_Shutdown();
}

void Gui::set_scale(double scale) {
  scale_ = std::clamp(scale, kSmallestScale, kLargestScale);
  follow_monitor_ = false;
  style_changed_ = true;
}

void Gui::begin_frame() {
  if (follow_monitor_) {
    const double monitor = std::clamp(window_.monitor_scale(), kSmallestScale, kLargestScale);
    style_changed_ = style_changed_ || monitor != scale_;
    scale_ = monitor;
  }
  if (style_changed_) apply_theme(dark_, scale_);
  style_changed_ = false;
  ImGui_ImplVulkan_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
}

void Gui::end_frame() {
  ImGui::Render();
  if (ImGui::GetIO().WantSaveIniSettings) keep_layout();
}

void Gui::draw(VkCommandBuffer commands) { ImGui_ImplVulkan_RenderDrawData(ImGui::GetDrawData(), commands); }

void Gui::keep_layout() {
  ImGui::GetIO().WantSaveIniSettings = false;
  if (layout_file_.empty()) return;
  std::size_t bytes = 0;
  const char* const text = ImGui::SaveIniSettingsToMemory(&bytes);
  if (core::Status kept = core::write_file_atomic(layout_file_, std::as_bytes(std::span(text, bytes))); !kept) {
    core::log_warning(fmt::format("the layout of the window is not kept: {}", kept.error().message()));
  }
}

}  // namespace skyline::renderer::vulkan
