// What a picture of a city depends on besides the city and the camera: time, season, weather, and the photographer's choices.
//
//   RenderSettings settings;
//   core::ParameterSet parameters;
//   register_parameters(parameters, settings);
#pragma once

#include "core/parameters.h"
#include "core/result.h"

#include <cstdint>
#include <string>

namespace skyline::city {

enum class Season : std::uint8_t { kSpring, kSummer, kAutumn, kWinter };

struct RenderSettings {
  std::string time = "10:30";      // HH:MM of the zone hour: UTC + longitude / 15 degrees, rounded to whole hours
  std::string date;                // YYYY-MM-DD; empty: a day of the season
  std::string season = "summer";   // spring summer autumn winter
  std::string sky = "clear";       // clear overcast
  double turbidity = 2.2;            // of the clear sky: 2 very clear, 10 misty
  double haze = 0.08;              // 0 none .. 1: a tenth of the contrast is left after 600 m
  double snow = 0.8;               // winter: share of open ground under snow
  double exposure = 0;             // stops on top of what the light asks for
  std::string response = "photo";  // photo: shoulder in the lights; filmic; srgb: clipped
  double response_variation = 0;   // spread of gain and white balance between photos, natural log
  int samples = 4;                 // rays a pixel for colour
};

void register_parameters(core::ParameterSet& set, RenderSettings& settings);

struct CivilTime {
  int year = 2026, month = 6, day = 30;
  double hours = 12;  // of the zone hour
};

// Errors: time or date that does not exist.
core::Result<CivilTime> civil_time(const RenderSettings& settings);
Season season_of(const RenderSettings& settings);

}  // namespace skyline::city
