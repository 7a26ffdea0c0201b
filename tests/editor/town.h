// A town of boxes on flat ground, whose surface is known, for the tests of the navigator.
#pragma once

#include "editor/navigator.h"

#include <glm/vec2.hpp>

#include <vector>

namespace skyline::editor {

struct House {
  glm::dvec2 low, high;
  double height;
};

// Ground at 0, x and y from -500 to 500 m, houses up to 100 m.
Surroundings town(std::vector<House> houses = {});

// Ground of the same size without anything on it.
Navigator navigator_over_flat_ground(const Pose& pose);

// (column, row) of a point in the picture of a pose, 1280 x 720.
glm::dvec2 pixel_of(const Pose& pose, const glm::dvec3& point);
// Point on the ray through a pixel at a distance.
glm::dvec3 point_at(const Pose& pose, glm::dvec2 pixel, double distance);

inline constexpr int kWidth = 1280, kHeight = 720;

}  // namespace skyline::editor
