// What an edit layer covers: a prism over a footprint.
//
// Positions in world units. Const methods are thread-safe. The edge is hard, or soft: then the layer's share falls from 1 at the footprint
// to 0 at `soft` world units outside of it (and above and below the prism).
#pragma once

#include "core/box.h"
#include "core/camera.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <vector>

namespace skyline::nerf {

// Part of a ray, world units from its origin.
struct RayInterval {
  float begin = 0, end = 0;
};

class Region {
 public:
  Region() = default;
  // `footprint` is a simple polygon, closed implicitly, either way round. `low` < `high` are world z.
  Region(std::vector<glm::dvec2> footprint, double low, double high, double soft = 0);

  const std::vector<glm::dvec2>& footprint() const { return footprint_; }
  double low() const { return low_; }
  double high() const { return high_; }
  double soft() const { return soft_; }
  // With the soft edge.
  const core::Box& bounds() const { return bounds_; }

  bool contains(const glm::dvec3& point) const;
  // 1 inside, 0 beyond the soft edge.
  float share(const glm::dvec3& point) const;
  // Appends the parts of [begin, end] of the ray that lie in the prism, in order; with a soft edge those inside `bounds`, where `share`
  // says more. Returns how many.
  int intersect(const core::Ray& ray, float begin, float end, std::vector<RayInterval>& out) const;

 private:
  int intersect_footprint(const core::Ray& ray, double begin, double end, std::vector<RayInterval>& out) const;
  std::vector<glm::dvec2> footprint_;
  double low_ = 0, high_ = 0, soft_ = 0;
  core::Box bounds_;
};

// Part of [begin, end] of the ray inside the box; false when there is none. The slab test (Kay and Kajiya, 1986).
bool clip_to_box(const core::Ray& ray, const core::Box& box, double& begin, double& end);

}  // namespace skyline::nerf
