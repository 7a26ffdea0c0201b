// The fresh rays of a moving frame: values and depths at the pixels of a lattice, and the whole picture guessed from them alone.
#pragma once

#include "renderer/lattice.h"

#include <glm/vec2.hpp>

#include <span>
#include <vector>

namespace skyline::renderer {

struct FreshLayer {
  Lattice lattice;
  std::vector<float> value;  // [rows, columns, 3]
  std::vector<float> depth;  // [rows, columns], 0 where nothing was hit
};

// Whole picture of `size` from the layer: the layer's own pixels exactly, between them bilinear (`smooth`) or the nearest one. Depths are
// always the nearest one's. [height, width, 3] and [height, width].
void fill_from(const FreshLayer& layer, glm::ivec2 size, bool smooth, std::span<float> value, std::span<float> depth);

}  // namespace skyline::renderer
