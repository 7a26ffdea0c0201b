// How large a new object of a class is when nobody says: for inserting and replacing.
#pragma once

#include "city/catalogue.h"
#include "city/taxonomy.h"

#include <glm/vec2.hpp>

#include <cstdint>

namespace skyline::models {

// m between the copies of a row.
inline constexpr double kRowGap = 2;

struct StandardSize {
  double length = 12, width = 12, height = 9;  // m; the length runs along x before turning
};
StandardSize standard_size(city::ObjectClass object_class);
// True when the class lies on the ground (parks, squares, water) and takes the whole area of what it replaces; false for things of their
// own size (trees, cars, monuments).
bool fills_its_place(city::ObjectClass object_class);

// A rectangle of that size around a point of the ground, turned counter-clockwise.
city::Object standard_object(city::ObjectClass object_class, std::int32_t id, glm::dvec2 centroid, double angle_deg = 0);

}  // namespace skyline::models
