// What a camera that a loader returned must be, so that nothing behind the loader has to ask again.
#pragma once

#include "nerf/space.h"
#include "tests/fuzz/fuzz_target.h"

#include <cmath>

namespace skyline::fuzz {

inline void require_pose(const nerf::Camera& camera) {
  for (int column = 0; column < 3; ++column) {
    require(std::isfinite(static_cast<float>(camera.position[column])), "a camera's position is finite, as a float too");
    for (int row = 0; row < 3; ++row) require(std::abs(camera.rotation[column][row]) < 1.1, "a camera's rotation is one");
  }
}

inline void require_usable(const nerf::Camera& camera) {
  require_pose(camera);
  require(camera.width > 0 && camera.height > 0, "a camera has pixels");
  require(camera.fl_x > 0 && std::isfinite(camera.fl_x) && camera.fl_y > 0 && std::isfinite(camera.fl_y), "a focal length is positive");
  require(std::isfinite(camera.cx) && std::isfinite(camera.cy), "a principal point is finite");
  const nerf::RayGenerator generator(camera);
  (void)generator.ray(0.5F, 0.5F);
  glm::dvec2 pixel;
  (void)core::project(camera, {1, 2, 3}, pixel);
}

}  // namespace skyline::fuzz
