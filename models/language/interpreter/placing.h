// The geometry of operations: where things go, how far they turn, in exact numbers. Private to grounding.
//
// All functions are pure. "Here" of a situation is the pointer, else the selection's middle, else where the middle of the view meets the
// ground.
#pragma once

#include "models/language/interpreter/reading.h"
#include "models/language/interpreter/relations.h"
#include "models/language/interpreter/situation.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <optional>
#include <vector>

namespace skyline::models {

using Objects = std::vector<const city::Object*>;

// m between things that are put next to each other.
inline constexpr double kNextToGap_m = 2;

// Rounded to a millionth: what is left of a computation's noise goes.
double rounded(double value);

// Unit vector of a heading; the camera's horizontal axes for left, right, forward, back. Zero for kNone.
glm::dvec3 direction_of(Heading heading, const GroundView& view);
// Degrees clockwise from north of a compass heading; nothing for others.
std::optional<double> compass_deg(Heading heading);

// Size of the footprint along a direction of the ground.
double extent_along(const city::Object& object, glm::dvec2 direction);
// Mean of the centroids.
glm::dvec2 middle_of(const Objects& objects);
// From the centroid along the direction to the edge of the footprint; of a line, to its edge.
glm::dvec2 edge_towards(const city::Object& object, glm::dvec2 direction);

// How far the things have to go along `direction` (unit) so that the gap to the anchor becomes `gap_m`, when they start with their middle
// on the anchor's centroid.
glm::dvec2 beside_middle(const Objects& things, const city::Object& anchor, glm::dvec2 from, glm::dvec2 direction, double gap_m);
// The centroid; of a bent area that does not hold it, a point that it holds.
glm::dvec2 inner_point(const city::Object& object);
// Between two things: half way between the centroids, or between the edges that face each other when the former lies in one of them.
glm::dvec2 midway(const city::Object& a, const city::Object& b);
// Side of the anchor that the point is nearer to: one of the four compass directions for an area, across for a line.
glm::dvec2 nearer_side(const city::Object& anchor, glm::dvec2 from);
// Along a line at its point nearest to `from`, unit length, as the line is drawn.
glm::dvec2 line_direction(const city::Path& path, glm::dvec2 from);

// Smallest turn in (-90, 90] after which a long side of the footprint looks towards the bearing.
double turn_to_face(const city::Object& object, double bearing_deg);

std::optional<glm::dvec2> here(const Situation& situation);

}  // namespace skyline::models
