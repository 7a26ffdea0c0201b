// A survey of a city: photos along a drone's flight plan with known cameras, as a reconstruction program would leave them, and their truth.
//
//   core::Result<SurveyReport> report = survey_city(model, "out", survey, light, progress);
//
// Writes OUT/images/*.jpg, transforms.json (all), transforms_train.json and transforms_test.json (every eighth photo), points3D.ply (points
// of the training photos by ray casting), objects.json, and for the held-out photos OUT/truth/NAME.{depth,object,part}.npy. The folder
// appears whole or not at all.
#pragma once

#include "city/model.h"
#include "city/render/settings.h"
#include "core/camera.h"
#include "core/parameters.h"
#include "core/progress.h"

#include <filesystem>
#include <string>
#include <vector>

namespace skyline::city {

struct SurveySettings {
  int photos = 120;
  int width = 400, height = 300;
  double altitude = 0;                    // above the ground, metres; 0: chosen for the quarter and its tallest building
  double fov = 53;                        // vertical, degrees; 53 is a drone's wide lens
  double oblique_pitch = -50;             // degrees
  double oblique_share = 0.6;             // of the photos; the rest looks straight down
  int horizon = 0;                        // further photos, from around the quarter across it, that see the sky
  double jitter = 1;                      // of the poses: 1 is about 2.5 m and 2 degrees, 0 none
  std::string times;                      // "10:30,17:00": lighting groups that take turns; empty: the one of the render settings
  double k1 = 0, k2 = 0, p1 = 0, p2 = 0;  // lens distortion, OPENCV
  int points = 40000;                     // sparse points, about
  int jpeg_quality = 88;                  // with colour at half resolution, as cameras write it
  int seed = 1;
};

void register_parameters(core::ParameterSet& set, SurveySettings& settings);

struct SurveyPhoto {
  core::Camera camera;  // name: "nadir_0003.jpg"
  int group = 0;        // lighting
  bool held_out = false;
  bool horizon = false;  // looks far beyond the quarter: its pixels give no sparse points
};

struct SurveyReport {
  int photos = 0, held_out = 0;
  std::int64_t points = 0;
  double altitude = 0;         // above the ground, metres
  double overlap = 0;          // of neighbouring photos straight down, along the longer side
  double bytes_per_pixel = 0;  // of the photos
  double seconds = 0;
};

// The flight plan alone, in name order: a grid straight down over the quarter, and four passes that look north, east, south and west with
// their grids shifted back so that the quarter is in view. No camera comes closer to anything than 12 m. Errors: an empty quarter, no room
// for the photos (fewer than 8).
core::Result<std::vector<SurveyPhoto>> plan_survey(const CityModel& model, const SurveySettings& settings, SurveyReport& report);

// Errors: those of plan_survey, make_sky and CityTracer::build; `folder` exists and is not empty, or cannot be written; stopped.
core::Result<SurveyReport> survey_city(const CityModel& model, const std::filesystem::path& folder, const SurveySettings& survey,
                                       const RenderSettings& light, core::Progress& progress);

}  // namespace skyline::city
