// Axis-aligned box in world units.
#pragma once

#include <glm/vec3.hpp>

namespace skyline::core {

struct Box {
  glm::dvec3 low{0.0};
  glm::dvec3 high{0.0};
  glm::dvec3 size() const { return high - low; }
};

}  // namespace skyline::core
