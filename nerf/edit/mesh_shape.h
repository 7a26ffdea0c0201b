// A thing made of triangles that stands in a field: what a mesh layer shows.
//
//   auto shape = MeshShape::make(city::make_prop(city::ObjectClass::kTree).value());
//   MeshHit hit;
//   if ((*shape)->intersect(origin, direction, far, hit)) colour = (*shape)->colour(hit, direction, pixel_width, light);
//
// Positions in the shape's own frame (its ground at z = 0), metres. Immutable; every method is safe from any thread. Embree answers rays;
// surfaces look as the procedural city's do (city/render/surface.h), lit by one sun, an even sky and the ground's reflection.
#pragma once

#include "city/model.h"
#include "core/box.h"
#include "core/result.h"

#include <glm/vec3.hpp>

#include <cstdint>
#include <memory>

namespace skyline::nerf {

// Light on a mesh: linear irradiance over pi, so that an albedo of 1 facing the sun shows sun + sky.
struct MeshLight {
  glm::vec3 to_sun{0.36F, -0.48F, 0.8F};  // unit, in the world
  float sun = 0.75F, sky = 0.5F, ground = 0.16F;
};

struct MeshHit {
  float distance = 0;  // along the ray
  glm::vec3 position{0.0F};
  glm::vec3 normal{0, 0, 1};  // unit, towards where the ray came from
  std::uint32_t placement = 0, triangle = 0;
  float u = 0, v = 0;
};

class MeshShape {
 public:
  // Errors: no triangle, and those of CityTracer::build.
  static core::Result<std::shared_ptr<const MeshShape>> make(city::CityModel model);
  ~MeshShape();
  MeshShape(const MeshShape&) = delete;
  MeshShape& operator=(const MeshShape&) = delete;

  const core::Box& bounds() const;
  // Nearest surface within (0, far); `direction` of any length, distances count in it.
  bool intersect(const glm::vec3& origin, const glm::vec3& direction, float far, MeshHit& hit) const;
  // Display-encoded colour of a hit. `direction` as it was intersected, `light` in the shape's frame, `pixel_width` of a pixel there.
  glm::vec3 colour(const MeshHit& hit, const glm::vec3& direction, float pixel_width, const MeshLight& light) const;

 private:
  struct State;
  explicit MeshShape(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace skyline::nerf
