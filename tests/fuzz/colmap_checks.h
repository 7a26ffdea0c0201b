// What both forms of a COLMAP model promise.
#pragma once

#include "nerf/data/dataset.h"
#include "tests/fuzz/camera_checks.h"

namespace skyline::fuzz {

inline void require_model(const core::Result<nerf::ColmapModel>& model) {
  if (!is_value(model)) return;
  for (const nerf::Photo& photo : model->photos) {
    require_usable(photo.camera);
    require(static_cast<std::size_t>(photo.camera.lens) < model->cameras.size(), "a photo has a lens of the model");
  }
  for (const nerf::SparsePoint& point : model->points) {
    require(std::isfinite(point.position.x) && std::isfinite(point.position.y) && std::isfinite(point.position.z), "a point is finite");
    require(point.observations >= 0, "a number of observations is not negative");
  }
}

}  // namespace skyline::fuzz
