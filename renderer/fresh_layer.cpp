#include "renderer/fresh_layer.h"

#include "core/parallel.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace skyline::renderer {
namespace {

constexpr std::int64_t kRowsPerTask = 16;

// Where the pixels along one axis lie between the lattice's.
struct Between {
  std::vector<int> low, high, nearest;
  std::vector<float> share;  // of the high one

  Between(int size, int count, int stride, int offset, bool smooth) {
    for (int i = 0; i < size; ++i) {
      const float position = static_cast<float>(i - offset) / static_cast<float>(stride);
      const int l = std::clamp(static_cast<int>(std::floor(position)), 0, count - 1), h = std::min(l + 1, count - 1);
      const float s = std::clamp(position - static_cast<float>(l), 0.0F, 1.0F);
      nearest.push_back(s < 0.5F ? l : h);
      low.push_back(smooth ? l : nearest.back());
      high.push_back(smooth ? h : nearest.back());
      share.push_back(smooth ? s : 0.0F);
    }
  }
};

}  // namespace

void fill_from(const FreshLayer& layer, glm::ivec2 size, bool smooth, std::span<float> value, std::span<float> depth) {
  const Lattice& lattice = layer.lattice;
  const Between across(size.x, lattice.columns, lattice.stride.x, lattice.offset.x, smooth);
  const Between down(size.y, lattice.rows, lattice.stride.y, lattice.offset.y, smooth);
  core::parallel_for_ranges(size.y, kRowsPerTask, [&](std::int64_t begin, std::int64_t end) {
    std::vector<float> row(static_cast<std::size_t>(lattice.columns) * 3);
    for (auto y = static_cast<std::size_t>(begin); y < static_cast<std::size_t>(end); ++y) {
      const float* low = layer.value.data() + static_cast<std::ptrdiff_t>(down.low[y]) * lattice.columns * 3;
      const float* high = layer.value.data() + static_cast<std::ptrdiff_t>(down.high[y]) * lattice.columns * 3;
      const float t = down.share[y];
      for (std::size_t i = 0; i < row.size(); ++i) row[i] = low[i] + t * (high[i] - low[i]);
      const float* depths = layer.depth.data() + static_cast<std::ptrdiff_t>(down.nearest[y]) * lattice.columns;
      float* out = value.data() + y * static_cast<std::size_t>(size.x) * 3;
      float* depth_out = depth.data() + y * static_cast<std::size_t>(size.x);
      for (std::size_t x = 0; x < static_cast<std::size_t>(size.x); ++x) {
        const float* left = row.data() + static_cast<std::ptrdiff_t>(across.low[x]) * 3;
        const float* right = row.data() + static_cast<std::ptrdiff_t>(across.high[x]) * 3;
        for (std::size_t c = 0; c < 3; ++c) out[x * 3 + c] = left[c] + across.share[x] * (right[c] - left[c]);
        depth_out[x] = depths[across.nearest[x]];
      }
    }
  });
}

}  // namespace skyline::renderer
