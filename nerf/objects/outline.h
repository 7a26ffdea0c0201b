// From the cells of a region to a simple polygon whose edges follow the building's main directions.
#pragma once

#include "nerf/objects/surface_map.h"

#include <glm/vec2.hpp>

#include <vector>

namespace skyline::nerf {

// The outer border of the largest connected part of `inside` ([rows, columns], shares 0..1 of each cell), at the level 0.5,
// counter-clockwise, in world units. Empty without any.
std::vector<glm::dvec2> trace_outline(const GroundGrid& grid, const std::vector<float>& inside);

// Leaves out points that are nearer than `tolerance` to the line through those kept (Douglas & Peucker 1973), for a closed polygon.
std::vector<glm::dvec2> simplify_outline(const std::vector<glm::dvec2>& outline, double tolerance);

// Angle in [0, 90) degrees to which most of the edges, by length, are parallel or at right angles.
double main_direction_deg(const std::vector<glm::dvec2>& outline);

// A polygon of edges parallel or at right angles to `direction_deg` wherever the outline turns by no more than 25 degrees from that; other
// edges keep their direction. Each edge lies where the outline's points between its ends lie on average. Empty where no polygon comes of
// it.
std::vector<glm::dvec2> align_outline(const std::vector<glm::dvec2>& outline, double direction_deg, double tolerance);

}  // namespace skyline::nerf
