#include "nerf/data/scene_guess.h"

#include "nerf/data/scene_parts.h"

#include <glm/geometric.hpp>

#include <cmath>
#include <cstdio>

namespace skyline::nerf {
namespace {

std::string summary_of(const Dataset& dataset, const SceneGuess& guess) {
  char text[512];
  const glm::dvec3 size = guess.box.size();
  std::snprintf(text, sizeof text,
                "Found %zu photos over a scene of %.0f x %.0f units, %.0f high, with the ground at z = %.1f and %.2g units a pixel. "
                "This comes from %s.",
                dataset.photos.size(), size.x, size.y, size.z, guess.ground_z, guess.ground_sampling_distance,
                guess.from_points ? "the cameras and the sparse points" : "the cameras and photos alone, as there are no points");
  return text;
}

}  // namespace

core::Result<SceneGuess> analyse_scene(const Dataset& dataset, int width) {
  const std::string where = dataset.folder.string();
  if (dataset.photos.empty()) return core::Error{"cannot analyse the scene", where + " has no photos", "add photos"};
  double spread = 0, magnitude = 0;
  for (const Photo& photo : dataset.photos) {
    spread = std::max(spread, glm::length(photo.camera.position - dataset.photos.front().camera.position));
    magnitude = std::max(magnitude, glm::length(photo.camera.position));
  }
  if (!(spread > 1e-9 * magnitude)) {
    return core::Error{"cannot analyse the scene: all cameras are in one point", where, "photos must be taken from different places"};
  }

  // Turn the scene so that z is up.
  SceneGuess guess;
  guess.up = estimate_up(dataset);
  // A frame that has z up already is kept as it is: what else is known of the place (objects, maps) has its coordinates.
  constexpr double kUpAlready = 0.9994;  // cosine of 2 degrees
  if (guess.up.z > kUpAlready) guess.up = {0, 0, 1};
  guess.world_from_input = rotation_to_z(guess.up);
  guess.from_points = dataset.points.size() >= kFewestUsefulPoints;
  Dataset turned = dataset;
  apply_world_frame(guess, turned);

  // Measure it.
  const core::Error unseen{"cannot analyse the scene: no camera sees the ground", where, "photos from above, looking down, are needed"};
  const std::optional<double> ground = estimate_ground(turned);
  if (!ground) return unseen;
  guess.ground_z = *ground;
  const std::optional<Extent> extent = estimate_extent(turned, guess.ground_z, width);
  if (!extent) return unseen;
  guess.box = extent->box;
  guess.near_distance = extent->near_distance;
  guess.far_distance = extent->far_distance;
  guess.ground_sampling_distance = extent->ground_sampling_distance;
  guess.slab = estimate_slab(turned.points, guess.box, guess.ground_z, extent->camera_height);
  guess.flight = plan_flight(turned, guess.box, guess.slab, guess.ground_z, extent->camera_height);
  guess.lighting_spread = estimate_lighting_spread(turned);
  guess.summary = summary_of(dataset, guess);
  return guess;
}

void change_width(SceneGuess& guess, const Dataset& dataset, int width) {
  guess.ground_sampling_distance = ground_sampling_distance(dataset, guess.ground_z, width);
  guess.summary = summary_of(dataset, guess);
}

void apply_world_frame(const SceneGuess& guess, Dataset& dataset) {
  if (guess.world_from_input == glm::dmat3(1.0)) return;
  for (Photo& photo : dataset.photos) {
    photo.camera.rotation = guess.world_from_input * photo.camera.rotation;
    photo.camera.position = guess.world_from_input * photo.camera.position;
  }
  for (SparsePoint& point : dataset.points) point.position = guess.world_from_input * point.position;
}

}  // namespace skyline::nerf
