// Icons by their meaning. They are characters of the icon typeface (fonts.h), drawn like text: icon("folder") + "  Open".
#pragma once

#include <span>
#include <string_view>
#include <utility>

namespace skyline::renderer::vulkan {

// UTF-8 of one character; empty for a name that is none.
std::string_view icon(std::string_view name);

// Every name with its character, sorted by name.
std::span<const std::pair<std::string_view, std::string_view>> all_icons();

}  // namespace skyline::renderer::vulkan
