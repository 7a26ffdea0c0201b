// Which part of a picture an edit can change, of one camera.
#pragma once

#include "core/camera.h"
#include "nerf/edit/layers.h"

#include <glm/common.hpp>
#include <glm/vec2.hpp>

namespace skyline::renderer {

// Pixels [low, high).
struct PixelArea {
  glm::ivec2 low{0}, high{0};
  bool empty() const { return low.x >= high.x || low.y >= high.y; }
  glm::ivec2 size() const { return high - low; }
};

inline PixelArea joined(const PixelArea& a, const PixelArea& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {glm::min(a.low, b.low), glm::max(a.high, b.high)};
}

// A rectangle around all that is drawn in another way with `after` than with `before`; the others keep every bit. Null: no layers.
PixelArea changed_area(const core::Camera& camera, const nerf::EditLayers* before, const nerf::EditLayers* after);

}  // namespace skyline::renderer
