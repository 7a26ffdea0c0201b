// What changes how a scene looks and not what stands in it: light, season, weather and style, as a stack of effects.
//
// The first one is drawn first: season and weather change surfaces, light falls on what they left, styles repaint the finished picture in
// the order in which they stand among each other. An effect of a kind on the same objects takes the place of the former one.
#pragma once

#include "nerf/edit/appearance.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::editor {

using ObjectIds = std::vector<std::int32_t>;

enum class EffectKind : std::uint8_t { kLight, kSeason, kWeather, kStyle };
using nerf::Season;
using nerf::SunPlace;
using nerf::Weather;
enum class Style : std::uint8_t {
  kWatercolor,
  kOil,
  kInk,
  kSketch,
  kPixel,
  kComic,
  kCyberpunk,
  kVintage,
  kBlackWhite,
  kSepia,
  kVanGogh,
  kUkiyoE,
};

struct Effect {
  std::int32_t number = 0;  // from 1; commands name the effect by it
  EffectKind kind = EffectKind::kSeason;
  Season season = Season::kSummer;    // of kSeason
  Weather weather = Weather::kClear;  // of kWeather
  Style style = Style::kOil;          // of kStyle
  SunPlace sun;                       // of kLight
  ObjectIds targets;                  // empty: the whole scene
  double strength = 1;                // 0 (nothing) to 1
  double edge = 0;                    // metres around the targets over which it fades out
  bool muted = false;
  std::string group;  // a name that several share; empty: none

  bool operator==(const Effect&) const = default;
};

using EffectStack = std::vector<Effect>;

// Null: there is no such number.
const Effect* find_effect(const EffectStack& effects, std::int32_t number);

// Words of the command language (docs/commands.md), in the order of the enumerations.
std::string_view word_of(Season season);
std::string_view word_of(Weather weather);
std::string_view word_of(Style style);

}  // namespace skyline::editor
