// The procedural city: a quarter of any size between 200 m and 4 km whose every object is known.
//
//   GenerateSettings settings;
//   settings.seed = 7;
//   core::Result<CityModel> city = generate_city(settings, progress);
//
// The same settings give the same city, whatever the number of threads.
#pragma once

#include "city/model.h"
#include "core/parameters.h"
#include "core/progress.h"
#include "core/result.h"

#include <cstdint>
#include <string>

namespace skyline::city {

struct GenerateSettings {
  std::int64_t seed = 1;
  double size = 400;  // side of the quarter, metres
  std::string name;   // empty: drawn from the seed
  double latitude = 48.5, longitude = 15.0;
  bool river = true;
  bool railway = true;
  double trees = 1;     // density; 1: as usual
  double traffic = 1;   // cars, parked and driving
  double relief = 2.5;  // of the quarter's ground, metres
};

void register_parameters(core::ParameterSet& set, GenerateSettings& settings);

// Errors: a setting out of its range, or the work was stopped.
core::Result<CityModel> generate_city(const GenerateSettings& settings, core::Progress& progress);

}  // namespace skyline::city
