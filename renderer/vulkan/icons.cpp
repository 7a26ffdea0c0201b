// Code points of Fork Awesome (https://forkaweso.me, SIL OFL 1.1), private use area.
#include "renderer/vulkan/icons.h"

#include <algorithm>
#include <array>

namespace skyline::renderer::vulkan {
namespace {

using Icon = std::pair<std::string_view, std::string_view>;

// Sorted by name: they are found by bisection.
constexpr std::array kIcons = {
    Icon{"add", "\xef\x81\xa7"},         Icon{"back", "\xef\x81\x88"},     Icon{"bars", "\xef\x82\x80"},
    Icon{"bolt", "\xef\x83\xa7"},        Icon{"bookmark", "\xef\x82\x97"}, Icon{"brush", "\xef\x87\xbc"},
    Icon{"bug", "\xef\x86\x88"},         Icon{"building", "\xef\x83\xb7"}, Icon{"camera", "\xef\x80\xb0"},
    Icon{"car", "\xef\x86\xb9"},         Icon{"chart", "\xef\x88\x81"},    Icon{"check", "\xef\x80\x8c"},
    Icon{"city", "\xef\x86\x9c"},        Icon{"clock", "\xef\x80\x97"},    Icon{"close", "\xef\x80\x8d"},
    Icon{"cloud", "\xef\x83\x82"},       Icon{"columns", "\xef\x83\x9b"},  Icon{"comment", "\xef\x83\xa5"},
    Icon{"compass", "\xef\x85\x8e"},     Icon{"compress", "\xef\x81\xa6"}, Icon{"copy", "\xef\x83\x85"},
    Icon{"crosshair", "\xef\x81\x9b"},   Icon{"cube", "\xef\x86\xb2"},     Icon{"cubes", "\xef\x86\xb3"},
    Icon{"dashboard", "\xef\x83\xa4"},   Icon{"desktop", "\xef\x84\x88"},  Icon{"down", "\xef\x81\xb8"},
    Icon{"download", "\xef\x80\x99"},    Icon{"drop", "\xef\x81\x83"},     Icon{"error", "\xef\x81\xaa"},
    Icon{"expand", "\xef\x81\xa5"},      Icon{"external", "\xef\x82\x8e"}, Icon{"eye", "\xef\x81\xae"},
    Icon{"eye-off", "\xef\x81\xb0"},     Icon{"file", "\xef\x80\x96"},     Icon{"film", "\xef\x80\x88"},
    Icon{"filter", "\xef\x82\xb0"},      Icon{"flag", "\xef\x84\x9d"},     Icon{"folder", "\xef\x81\xbb"},
    Icon{"folder-open", "\xef\x84\x95"}, Icon{"forward", "\xef\x81\x91"},  Icon{"gear", "\xef\x80\x93"},
    Icon{"globe", "\xef\x82\xac"},       Icon{"good", "\xef\x81\x98"},     Icon{"graduation", "\xef\x86\x9d"},
    Icon{"grid", "\xef\x80\x8a"},        Icon{"hand", "\xef\x89\x96"},     Icon{"history", "\xef\x87\x9a"},
    Icon{"home", "\xef\x80\x95"},        Icon{"info", "\xef\x81\x9a"},     Icon{"keyboard", "\xef\x84\x9c"},
    Icon{"language", "\xef\x86\xab"},    Icon{"layers", "\xef\x89\x87"},   Icon{"left", "\xef\x81\x93"},
    Icon{"link", "\xef\x83\x81"},        Icon{"list", "\xef\x80\xba"},     Icon{"lock", "\xef\x80\xa3"},
    Icon{"magic", "\xef\x83\x90"},       Icon{"magnet", "\xef\x81\xb6"},   Icon{"map", "\xef\x89\xb8"},
    Icon{"marker", "\xef\x81\x81"},      Icon{"memory", "\xef\x8b\x9b"},   Icon{"menu", "\xef\x83\x89"},
    Icon{"moon", "\xef\x86\x86"},        Icon{"more", "\xef\x85\x81"},     Icon{"move", "\xef\x81\x87"},
    Icon{"open", "\xef\x84\x95"},        Icon{"pause", "\xef\x81\x8c"},    Icon{"pencil", "\xef\x81\x80"},
    Icon{"photo", "\xef\x80\xbe"},       Icon{"photos", "\xef\x89\x8d"},   Icon{"plane", "\xef\x81\xb2"},
    Icon{"play", "\xef\x81\x8b"},        Icon{"pointer", "\xef\x89\x85"},  Icon{"question", "\xef\x81\x99"},
    Icon{"record", "\xef\x84\x91"},      Icon{"redo", "\xef\x80\x9e"},     Icon{"remove", "\xef\x81\xa8"},
    Icon{"right", "\xef\x81\x94"},       Icon{"road", "\xef\x80\x98"},     Icon{"rotate", "\xef\x80\xa1"},
    Icon{"ruler", "\xef\x81\xbe"},       Icon{"save", "\xef\x83\x87"},     Icon{"scissors", "\xef\x83\x84"},
    Icon{"search", "\xef\x80\x82"},      Icon{"server", "\xef\x82\xa0"},   Icon{"sliders", "\xef\x87\x9e"},
    Icon{"spinner", "\xef\x87\x8e"},     Icon{"star", "\xef\x80\x86"},     Icon{"stop", "\xef\x81\x8d"},
    Icon{"sun", "\xef\x86\x85"},         Icon{"table", "\xef\x83\x8e"},    Icon{"tag", "\xef\x80\xab"},
    Icon{"target", "\xef\x85\x80"},      Icon{"terminal", "\xef\x84\xa0"}, Icon{"trash", "\xef\x80\x94"},
    Icon{"tree", "\xef\x86\xbb"},        Icon{"undo", "\xef\x83\xa2"},     Icon{"unlock", "\xef\x82\x9c"},
    Icon{"up", "\xef\x81\xb7"},          Icon{"upload", "\xef\x82\x93"},   Icon{"user", "\xef\x8b\x80"},
    Icon{"warning", "\xef\x81\xb1"},     Icon{"water", "\xef\x81\x83"},    Icon{"window", "\xef\x8b\x90"},
};
static_assert(std::ranges::is_sorted(kIcons, {}, &Icon::first));

}  // namespace

std::string_view icon(std::string_view name) {
  const auto found = std::ranges::lower_bound(kIcons, name, {}, &Icon::first);
  return found != kIcons.end() && found->first == name ? found->second : std::string_view();
}

std::span<const std::pair<std::string_view, std::string_view>> all_icons() { return kIcons; }

}  // namespace skyline::renderer::vulkan
