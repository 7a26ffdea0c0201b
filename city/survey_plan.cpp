#include "city/render/noise.h"
#include "city/survey.h"

#include <fmt/format.h>
#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skyline::city {
namespace {

constexpr double kDegree = std::numbers::pi / 180;
constexpr double kLowestAltitude = 95, kAboveTallest = 40;  // metres
constexpr double kWantedOverlap = 0.62;                     // of neighbouring photos straight down
constexpr double kClearance = 12;                           // metres to the next building
constexpr int kHoldOut = 8;

double tallest(const CityModel& model) {
  double height = 0;
  for (const Object& object : model.catalogue.objects()) {
    const glm::dvec2 place = !object.footprint.empty() ? object.footprint.front() : object.path.front();
    const bool near =
        place.x > model.quarter_low.x && place.y > model.quarter_low.y && place.x < model.quarter_high.x && place.y < model.quarter_high.y;
    if (near) height = std::max(height, object.height);
  }
  return height;
}

// Lifts a camera above whatever stands within the clearance around it.
double lifted_height(const CityModel& model, glm::dvec2 place, double height) {
  for (const Object& object : model.catalogue.objects()) {
    if (object.footprint.empty() || object.height < 8) continue;
    glm::dvec2 low = object.footprint.front(), high = low;
    for (const glm::dvec2 corner : object.footprint) {
      low = glm::min(low, corner);
      high = glm::max(high, corner);
    }
    const bool above =
        place.x > low.x - kClearance && place.x < high.x + kClearance && place.y > low.y - kClearance && place.y < high.y + kClearance;
    if (above) height = std::max(height, object.base + object.height + kClearance);
  }
  return height;
}

struct Pass {
  const char* name;
  double yaw_deg, pitch_deg;
  int columns, rows;
};

// Splits `count` places over a grid of the area's shape: columns * rows >= count is nearest to it.
void fit_grid(int count, glm::dvec2 size, int& columns, int& rows) {
  const double ideal = std::sqrt(count * size.x / size.y);
  columns = std::max(1, static_cast<int>(std::lround(ideal)));
  rows = std::max(1, (count + columns - 1) / columns);
}

}  // namespace

void register_parameters(core::ParameterSet& set, SurveySettings& settings) {
  set.add("photos", settings.photos, {.help = "number of photos", .low = 8, .high = 100000});
  set.add("altitude", settings.altitude, {.help = "above the ground; 0: chosen for the quarter", .unit = "m", .low = 0, .high = 5000});
  set.add("lens-fov", settings.fov, {.help = "vertical field of view", .unit = "degrees", .low = 5, .high = 120});
  set.add("oblique-pitch", settings.oblique_pitch, {.help = "of the oblique passes", .unit = "degrees", .low = -85, .high = -20});
  set.add("oblique-share", settings.oblique_share, {.help = "of the photos; the rest looks straight down", .low = 0, .high = 1});
  set.add("horizon", settings.horizon,
          {.help = "further photos from around the quarter that see the horizon and the sky", .low = 0, .high = 10000});
  set.add("jitter", settings.jitter, {.help = "of the poses: 1 is about 2.5 m and 2 degrees", .low = 0, .high = 10});
  set.add("times", settings.times, {.help = "lighting groups HH:MM,HH:MM,... that take turns photo by photo"});
  set.add("k1", settings.k1, {.help = "radial distortion (OPENCV)", .low = -0.5, .high = 0.5});
  set.add("k2", settings.k2, {.help = "radial distortion (OPENCV)", .low = -0.5, .high = 0.5});
  set.add("p1", settings.p1, {.help = "tangential distortion (OPENCV)", .low = -0.1, .high = 0.1});
  set.add("p2", settings.p2, {.help = "tangential distortion (OPENCV)", .low = -0.1, .high = 0.1});
  set.add("points", settings.points, {.help = "sparse points, about", .low = 0, .high = 1e8});
  set.add("jpeg-quality", settings.jpeg_quality, {.help = "of the photos", .low = 1, .high = 100});
  set.add("seed", settings.seed, {.help = "of the poses' jitter and the points"});
}

core::Result<std::vector<SurveyPhoto>> plan_survey(const CityModel& model, const SurveySettings& settings, SurveyReport& report) {
  const glm::dvec2 size = model.quarter_high - model.quarter_low;
  if (!(size.x > 1 && size.y > 1))
    return core::Error{"there is nothing to survey", "the city's quarter is empty", "make or import the city again"};
  if (settings.photos < kHoldOut) return core::Error{"too few photos for a survey", std::to_string(settings.photos), "take at least 8"};

  // Share the photos out: a grid straight down, four oblique passes.
  const int oblique_each = static_cast<int>(std::lround(settings.photos * settings.oblique_share / 4));
  const int nadir = std::max(0, settings.photos - 4 * oblique_each);
  std::vector<Pass> passes;
  const auto add_pass = [&](const char* name, double yaw, double pitch, int count) {
    if (count <= 0) return;
    Pass pass{name, yaw, pitch, 1, 1};
    fit_grid(count, size, pass.columns, pass.rows);
    passes.push_back(pass);
  };
  add_pass("nadir", 0, -89, nadir);
  add_pass("north", 0, settings.oblique_pitch, oblique_each);
  add_pass("west", 90, settings.oblique_pitch, oblique_each);
  add_pass("south", 180, settings.oblique_pitch, oblique_each);
  add_pass("east", 270, settings.oblique_pitch, oblique_each);

  // Fly so high that neighbouring photos overlap and the tallest building stays well below.
  const double focal = 0.5 * settings.height / std::tan(0.5 * settings.fov * kDegree);
  const double ground_width = settings.width / focal;  // a metre of altitude
  const double spacing = size.x / passes.front().columns;
  double altitude = settings.altitude;
  if (altitude <= 0)
    altitude = std::max({kLowestAltitude, tallest(model) + kAboveTallest, spacing / ((1 - kWantedOverlap) * ground_width)});
  report.altitude = altitude;
  report.overlap = std::max(0.0, 1 - spacing / (ground_width * altitude));

  std::vector<SurveyPhoto> photos;
  for (const Pass& pass : passes) {
    const int count = &pass == passes.data() && nadir > 0 ? nadir : oblique_each;
    const double yaw = pass.yaw_deg * kDegree;
    const double back = pass.pitch_deg < -85 ? 0 : altitude / std::tan(-pass.pitch_deg * kDegree);
    for (int i = 0; i < count; ++i) {
      // Back and forth, row by row; rows that are not full spread their photos over the whole width.
      const int row = i / pass.columns, in_row = std::min(pass.columns, count - row * pass.columns);
      const int step = i % pass.columns, column = row % 2 == 0 ? step : in_row - 1 - step;
      const auto random = [&](std::uint32_t which) {
        return 2.0 * hash_unit(static_cast<std::uint32_t>(photos.size()), which, static_cast<std::uint32_t>(settings.seed)) - 1;
      };
      const double shake = settings.jitter;
      glm::dvec2 place = model.quarter_low + size * glm::dvec2((column + 0.5) / in_row, (row + 0.5) / pass.rows);
      place -= back * glm::dvec2(-std::sin(yaw), std::cos(yaw));
      place += shake * 2.5 * glm::dvec2(random(1), random(2));
      const double ground = model.terrain.height(glm::clamp(place, model.quarter_low, model.quarter_high));
      const double height = lifted_height(model, place, ground + altitude + shake * 2.5 * random(3));
      const double pitch = std::max(-89.9, pass.pitch_deg + shake * 2 * random(4));
      const auto camera = core::parse_camera(
          fmt::format("{},{},{},{},{},{}", place.x, place.y, height, pass.yaw_deg + shake * 3 * random(5), pitch, settings.fov),
          settings.width, settings.height);
      if (!camera) return camera.error();
      SurveyPhoto photo;
      photo.camera = *camera;
      photo.camera.distortion = {.k1 = settings.k1, .k2 = settings.k2, .p1 = settings.p1, .p2 = settings.p2};
      photo.camera.name = fmt::format("{}_{:04}.jpg", pass.name, i);
      photos.push_back(std::move(photo));
    }
  }
  for (int i = 0; i < settings.horizon; ++i) {
    constexpr double kHorizonPitch = -9;  // degrees: two thirds of the picture below the horizon
    const double angle = 2 * std::numbers::pi * i / settings.horizon;
    const glm::dvec2 away(std::cos(angle), std::sin(angle)), middle = 0.5 * (model.quarter_low + model.quarter_high);
    const glm::dvec2 place = middle + 0.55 * size * away;
    const double height =
        lifted_height(model, place, model.terrain.height(glm::clamp(place, model.quarter_low, model.quarter_high)) + altitude);
    const double yaw = std::atan2(away.x, -away.y) / kDegree;  // towards the middle
    const auto camera = core::parse_camera(fmt::format("{},{},{},{},{},{}", place.x, place.y, height, yaw, kHorizonPitch, settings.fov),
                                           settings.width, settings.height);
    if (!camera) return camera.error();
    SurveyPhoto photo{.camera = *camera, .horizon = true};
    photo.camera.distortion = {.k1 = settings.k1, .k2 = settings.k2, .p1 = settings.p1, .p2 = settings.p2};
    photo.camera.name = fmt::format("round_{:04}.jpg", i);
    photos.push_back(std::move(photo));
  }
  std::sort(photos.begin(), photos.end(), [](const SurveyPhoto& a, const SurveyPhoto& b) { return a.camera.name < b.camera.name; });
  // The middle of each eight, so that the corners of the grids stay in training.
  for (std::size_t i = kHoldOut / 2; i < photos.size(); i += kHoldOut) photos[i].held_out = true;
  return photos;
}

}  // namespace skyline::city
