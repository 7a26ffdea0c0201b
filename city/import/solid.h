// What all importers hand over: the triangles of one object of a foreign file. solid_city.h makes a city of them.
#pragma once

#include "city/model.h"

#include <glm/vec3.hpp>

#include <optional>
#include <string>
#include <vector>

namespace skyline::city {

struct Solid {
  std::string name;
  ObjectClass object_class = ObjectClass::kBuilding;
  std::vector<glm::dvec3> positions;   // [vertices], metres, z up
  std::vector<std::uint32_t> indices;  // [triangles * 3]
  std::vector<Part> parts;             // [triangles]; kNone: by the normal
  std::vector<glm::vec3> colors;       // [triangles] display-encoded, or empty: the city chooses
  std::optional<double> height;        // that the file states; else measured
  std::string further;                 // unknown members for the catalogue, as of an object
  bool is_terrain = false;             // open ground instead of an object
};

// The outline seen from above: of the ground faces when there are any, else of all faces; counter-clockwise and simple. Courtyards are
// filled, of several pieces the largest is taken; what has no area (a free-standing wall) gets 20 cm. Empty: no vertices.
Polygon outline_of(const Solid& solid);

// The part of each triangle: as given, else wall for normals within 40 degrees of the horizon, ground for downward ones, roof above.
std::vector<Part> parts_of(const Solid& solid);

}  // namespace skyline::city
