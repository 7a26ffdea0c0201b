#include "editor/effect.h"

#include <algorithm>
#include <array>

namespace skyline::editor {
namespace {

constexpr std::array<std::string_view, 4> kSeasons{"spring", "summer", "autumn", "winter"};
constexpr std::array<std::string_view, 6> kWeathers{"clear", "cloud", "fog", "rain", "snow", "storm"};
constexpr std::array<std::string_view, 12> kStyles{"watercolor", "oil",     "ink",        "sketch", "pixel",    "comic",
                                                   "cyberpunk",  "vintage", "blackwhite", "sepia",  "van_gogh", "ukiyo_e"};

}  // namespace

const Effect* find_effect(const EffectStack& effects, std::int32_t number) {
  const auto found = std::find_if(effects.begin(), effects.end(), [&](const Effect& e) { return e.number == number; });
  return found == effects.end() ? nullptr : &*found;
}

std::string_view word_of(Season season) { return kSeasons[static_cast<std::size_t>(season)]; }
std::string_view word_of(Weather weather) { return kWeathers[static_cast<std::size_t>(weather)]; }
std::string_view word_of(Style style) { return kStyles[static_cast<std::size_t>(style)]; }

}  // namespace skyline::editor
