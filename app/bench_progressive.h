// skyline bench --progressive: the flight played in real time through the progressive renderer.
#pragma once

#include "app/bench_flight.h"

#include <string>

namespace skyline::app {

struct PlayOptions {
  int width = 1280, height = 720;
  int pictures = 24;  // moving pictures that are held against converged ones, outside of the timing
  nerf::RenderSettings settings;
  std::string save;  // folder for those pictures, moving and converged side by side; empty: none
};

struct PlayReport {
  std::string text, json;  // for people; one object (docs/command-line.md)
};

// Takes the scene over (it is left empty). Errors: stopped; those of the renderer.
core::Result<PlayReport> play_progressively(nerf::Scene& scene, const PlannedFlight& flight, const PlayOptions& options,
                                            core::Progress& progress);

}  // namespace skyline::app
