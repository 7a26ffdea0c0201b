// Everything a person would otherwise type: up axis, ground, scene box, near and far, resolutions, forecast.
//
// From cameras and sparse points; without points from the cameras and, for the height of the ground, the photos. No hint of the input file
// is used.
#pragma once

#include "core/result.h"
#include "nerf/data/dataset.h"
#include "nerf/space.h"

#include <glm/mat3x3.hpp>
#include <glm/vec3.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace skyline::nerf {

// Heights that may hold something, per cell of a regular grid over the box's ground: [rows, columns], row 0 at low.y. Outside of [low,
// high] the air (above) or the underground (below) is known to be empty. Empty vectors: nothing known.
struct HeightSlab {
  int columns = 0, rows = 0;
  double cell = 0;               // world units
  std::vector<float> low, high;  // world z
};

struct SceneGuess {
  glm::dmat3 world_from_input{1.0};  // rotation applied to the input so that z is up (identity when it already is, within 5 degrees)
  glm::dvec3 up{0, 0, 1};            // up axis in the input's frame
  double ground_z = 0;               // world z of the ground (robust lower mode of the points, or the level on which the photos agree)
  Box box;                           // world box of the field, tight to what the rays can see of the city
  double near_distance = 0;          // smallest and largest distance along any photo's rays inside the box
  double far_distance = 0;
  double ground_sampling_distance = 0;  // world units a pixel on the ground, median over photos, at the training width
  HeightSlab slab;
  std::vector<glm::dvec3> flight;  // positions of the scene's own flight path (smooth loop over the cameras' track), at least 8 points
  bool from_points = false;        // false: cameras and photos alone
  double lighting_spread = 0;  // spread of the photos' colour against the points' colour (log gain and contrast, robust sd); 0.11 for 63
                               // kite photos of a city in one lighting, 0.25 with two more lightings among 101; -1 unknown
  std::string summary;         // two sentences for a person: what was found and from what
};

// Errors: all cameras in one point or no camera sees the ground. `dataset` cameras at stored size, `width` the training width (0 = stored).
core::Result<SceneGuess> analyse_scene(const Dataset& dataset, int width);

// The guess for another training width (0 = stored): only what a pixel covers changes, to what analyse_scene finds for that width.
// `dataset` in the world frame, cameras at stored size.
void change_width(SceneGuess& guess, const Dataset& dataset, int width);

// Rotates cameras and points into the guessed world frame.
void apply_world_frame(const SceneGuess& guess, Dataset& dataset);

}  // namespace skyline::nerf
