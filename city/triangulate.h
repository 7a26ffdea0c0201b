// Triangles of polygons with holes in space: the faces of city models.
#pragma once

#include <glm/vec3.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace skyline::city {

// `rings[0]` is the outer ring, the rest are holes; each closed implicitly. The corners are numbered through all rings. Triangles turn as
// the outer ring does. Ear clipping after joining holes by bridges (Eberly, "Triangulation by ear clipping", 2002) in the plane of the
// outer ring's normal (Newell's method). Rings that cross themselves give triangles all the same, never a failure; a ring without area
// gives none.
std::vector<std::array<std::uint32_t, 3>> triangulate(const std::vector<std::vector<glm::dvec3>>& rings);

}  // namespace skyline::city
