// The flight of the benchmarks: the scene's own, turned so that there is something to render.
#pragma once

#include "app/backend_choice.h"
#include "core/progress.h"
#include "nerf/flight.h"
#include "nerf/store/sky_file.h"

#include <vector>

namespace skyline::app {

inline constexpr double kBenchFieldOfView = 50;  // degrees, vertical

struct PlannedFlight {
  std::vector<nerf::FlightView> views;
  double mean_hits = 0, fewest_hits = 1;  // share of the rays that hit the field
};

// The flight with its views turned so that enough rays hit the field, found on tiny pictures before anything is timed.
core::Result<PlannedFlight> plan_flight(const nerf::Scene& scene, PictureSource& source, int width, int height, int frames,
                                        core::Progress& progress);

core::Error bench_stopped();

// Nearest-rank percentile of at least one number.
double percentile(std::vector<double> values, double share);

}  // namespace skyline::app
