// A quarter of a few objects whose geometry is known by heart, for tests of rendering and surveying.
#pragma once

#include "city/model.h"

namespace skyline::testing {

// Ids of the objects in `tiny_city`.
inline constexpr int kTinyTower = 1, kTinyHouse = 2, kTinyTree = 3, kTinyRiver = 4, kTinyPark = 5;

// Ground at 0 from -120 to 120 m (open asphalt and paving), a tower of 20 x 20 x 40 m about (-30, 20) with flat roof and facade, a house of
// 16 x 10 m about (30, 20) with a gable roof (eaves 6 m, ridge 10 m), a row of trees that share one mesh, the first at (0, -20), a park
// around them, and a river along y = -80, 20 m wide.
city::CityModel tiny_city();

// Appends a quad a, b, c, d (counter-clockwise from outside) whose uv begins at a and runs along ab and ad in metres.
void add_quad(city::Mesh& mesh, glm::vec3 a, glm::vec3 b, glm::vec3 c, glm::vec3 d, std::uint16_t material);
// A box with its walls in `wall` and its top in `roof`; no floor.
void add_box(city::Mesh& mesh, glm::vec3 low, glm::vec3 high, std::uint16_t wall, std::uint16_t roof);

}  // namespace skyline::testing
