#include "renderer/changed_area.h"

#include "nerf/edit/layer_changes.h"

#include <algorithm>
#include <cmath>

namespace skyline::renderer {
namespace {

constexpr double kMargin = 2;  // pixels: samples beside the centre, and rounding

}  // namespace

PixelArea changed_area(const core::Camera& camera, const nerf::EditLayers* before, const nerf::EditLayers* after) {
  const PixelArea whole{{0, 0}, {camera.width, camera.height}};
  const std::vector<core::Box> boxes = nerf::changed_bounds(before, after);
  if (boxes.empty()) return {};
  if (!camera.distortion.is_zero()) return whole;
  PixelArea area;
  for (const core::Box& box : boxes) {
    glm::dvec2 low(1e300), high(-1e300);
    int in_front = 0;
    for (int corner = 0; corner < 8; ++corner) {
      const glm::dvec3 at((corner & 1) != 0 ? box.high.x : box.low.x, (corner & 2) != 0 ? box.high.y : box.low.y,
                          (corner & 4) != 0 ? box.high.z : box.low.z);
      glm::dvec2 pixel;
      if (!core::project(camera, at, pixel)) continue;
      ++in_front;
      low = glm::min(low, pixel);
      high = glm::max(high, pixel);
    }
    if (in_front == 0) continue;
    // A box around the camera may be seen anywhere.
    if (in_front < 8) return whole;
    const glm::dvec2 size(camera.width, camera.height);
    const glm::dvec2 first = glm::clamp(low - kMargin, glm::dvec2(0), size), last = glm::clamp(high + kMargin, glm::dvec2(0), size);
    area = joined(area, {glm::ivec2(glm::floor(first)), glm::ivec2(glm::ceil(last))});
  }
  return area;
}

}  // namespace skyline::renderer
