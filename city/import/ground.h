// The open ground of an imported city: the file's own, or one interpolated from where the buildings stand.
#pragma once

#include "city/import/solid.h"

namespace skyline::city {

// Adds the mesh, and samples it into the terrain grid (highest surface wins, holes take their nearest neighbour).
void add_given_ground(CityModel& city, const Solid& solid, glm::dvec3 shift);

// Heights by inverse squared distance from the bases of the nearest objects (Shepard, "A two-dimensional interpolation function for
// irregularly-spaced data", 1968, local form), with a margin around the city; paved near buildings and grass away from them.
void add_interpolated_ground(CityModel& city);

}  // namespace skyline::city
