// How an imported building looks: LoD2 models have shapes and no surfaces, so windows, plaster and tiles are made up from the building's
// size and id. Walls get (metres along, metres up) as uv, roofs (metres along the eave, metres up the slope).
#pragma once

#include "city/import/solid.h"

#include <cstdint>
#include <vector>

namespace skyline::city {

// A surface by what it looks like; equal keys share a material.
struct SurfaceKey {
  Part part = Part::kOther;
  std::uint8_t style = 0;  // row of the table of wall styles, or of roofs
  std::uint8_t bays = 0;   // windows side by side; 0: no windows
  std::uint8_t storeys = 0;
  bool on_ground = false;   // the wall begins at the foot of the building
  bool plain = false;       // a colour of the file instead of a style
  std::uint32_t color = 0;  // 0xrrggbb, of `plain`
  auto operator<=>(const SurfaceKey&) const = default;
};

struct DressedMesh {
  Mesh mesh;  // `materials` index `surfaces`
  std::vector<SurfaceKey> surfaces;
  glm::vec3 tint{1.0F};
  glm::vec3 wall{0.7F}, roof{0.5F};  // mean colours, for the catalogue
};

// `shift` is taken off all positions.
DressedMesh dress(const Solid& solid, std::int32_t id, const Polygon& footprint, double base, double height, glm::dvec3 shift);

// `facade` is filled when the surface has windows: material.facade is then 0 and to be set by the caller.
Material material_of(const SurfaceKey& key, Facade& facade);

}  // namespace skyline::city
