// What each pixel of a view shows, as captions need it: whose it is and how far away. A ray tracer fills it exactly; for a field it comes
// from depth and catalogue. A few hundred columns are enough. Plain data.
#pragma once

#include "core/camera.h"

#include <cstdint>
#include <vector>

namespace skyline::models {

struct ViewPixels {
  core::Camera camera;               // of the same width and height as the buffers
  std::vector<std::int32_t> object;  // [height, width] id in the catalogue; 0: open ground, sky, nothing that is known
  std::vector<float> depth;          // [height, width] metres along the ray, 0 where it meets nothing
  std::vector<std::uint8_t> colour;  // [height, width, 3] display-encoded; empty: not known
};

}  // namespace skyline::models
