#include "nerf/model/prune.h"

#include "core/parallel.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace skyline::nerf {
namespace {

// First and last texel that positions in [low, high] read, on an axis whose texel centres lie on the ends of [begin, end].
struct Reach {
  int first, last;
};

Reach reach(double low, double high, double begin, double end, int size) {
  const double scale = (size - 1) / (end - begin);
  // A hair's breadth more on both sides, for positions that are rounded to float.
  const int first = std::clamp(static_cast<int>(std::floor((low - begin) * scale - 1e-3)), 0, size - 1);
  const int last = std::clamp(static_cast<int>(std::floor((high - begin) * scale + 1e-3)) + 1, 0, size - 1);
  return {first, last};
}

void clear_plane(const Field& field, const Block& block, const std::vector<std::uint8_t>& columns_used, Plane& plane) {
  const Occupancy& o = field.occupancy;
  std::vector<std::uint8_t> used(static_cast<std::size_t>(plane.columns) * static_cast<std::size_t>(plane.rows), 0);
  for (int y = 0; y < o.rows(); ++y) {
    const double y0 = o.box().low.y + y * o.cell();
    if (y0 > block.extent.high.y || y0 + o.cell() < block.extent.low.y) continue;
    const Reach ry = reach(y0, y0 + o.cell(), block.extent.low.y, block.extent.high.y, plane.rows);
    for (int x = 0; x < o.columns(); ++x) {
      const double x0 = o.box().low.x + x * o.cell();
      if (columns_used[static_cast<std::size_t>(y * o.columns() + x)] == 0 || x0 > block.extent.high.x ||
          x0 + o.cell() < block.extent.low.x)
        continue;
      const Reach rx = reach(x0, x0 + o.cell(), block.extent.low.x, block.extent.high.x, plane.columns);
      for (int row = ry.first; row <= ry.last; ++row) {
        std::fill_n(used.begin() + static_cast<std::ptrdiff_t>(row) * plane.columns + rx.first, rx.last - rx.first + 1, std::uint8_t{1});
      }
    }
  }
  const int channels = field.texel_channels();
  for (std::size_t texel = 0; texel < used.size(); ++texel) {
    if (used[texel] == 0) std::fill_n(plane.texels.data() + texel * static_cast<std::size_t>(channels), channels, 0.0F);
  }
}

void clear_volume(const Field& field, Block& block) {
  const Occupancy& o = field.occupancy;
  Volume& volume = block.volume;
  const auto at = [&](int row, int column, int layer) {
    return (static_cast<std::size_t>(row) * static_cast<std::size_t>(volume.columns) + static_cast<std::size_t>(column)) *
               static_cast<std::size_t>(volume.layers) +
           static_cast<std::size_t>(layer);
  };
  std::vector<std::uint8_t> used(
      static_cast<std::size_t>(volume.rows) * static_cast<std::size_t>(volume.columns) * static_cast<std::size_t>(volume.layers), 0);
  for (int y = 0; y < o.rows(); ++y) {
    const double y0 = o.box().low.y + y * o.cell();
    if (y0 > block.extent.high.y || y0 + o.cell() < block.extent.low.y) continue;
    const Reach ry = reach(y0, y0 + o.cell(), block.extent.low.y, block.extent.high.y, volume.rows);
    for (int x = 0; x < o.columns(); ++x) {
      const double x0 = o.box().low.x + x * o.cell();
      if (x0 > block.extent.high.x || x0 + o.cell() < block.extent.low.x) continue;
      const Reach rx = reach(x0, x0 + o.cell(), block.extent.low.x, block.extent.high.x, volume.columns);
      for (int z = 0; z < o.layers(); ++z) {
        if (!o.occupied(x, y, z)) continue;
        const double z0 = o.box().low.z + z * o.cell();
        const Reach rz = reach(z0, z0 + o.cell(), block.extent.low.z, block.extent.high.z, volume.layers);
        for (int row = ry.first; row <= ry.last; ++row) {
          for (int column = rx.first; column <= rx.last; ++column) {
            std::fill_n(used.begin() + static_cast<std::ptrdiff_t>(at(row, column, rz.first)), rz.last - rz.first + 1, std::uint8_t{1});
          }
        }
      }
    }
  }
  const int channels = field.volume_channels();
  for (std::size_t cell = 0; cell < used.size(); ++cell) {
    if (used[cell] == 0) std::fill_n(volume.cells.data() + cell * static_cast<std::size_t>(channels), channels, 0.0F);
  }
}

}  // namespace

void clear_unreachable(Field& field) {
  const Occupancy& o = field.occupancy;
  std::vector<std::uint8_t> columns_used(static_cast<std::size_t>(o.columns()) * static_cast<std::size_t>(o.rows()), 0);
  for (int y = 0; y < o.rows(); ++y) {
    for (int x = 0; x < o.columns(); ++x) {
      for (int z = 0; z < o.layers(); ++z) {
        if (o.occupied(x, y, z)) columns_used[static_cast<std::size_t>(y * o.columns() + x)] = 1;
      }
    }
  }
  core::parallel_for(static_cast<std::int64_t>(field.blocks.size()), [&](std::int64_t b) {
    Block& block = field.blocks[static_cast<std::size_t>(b)];
    for (Plane& plane : block.planes) clear_plane(field, block, columns_used, plane);
    if (!block.volume.cells.empty()) clear_volume(field, block);
  });
}

}  // namespace skyline::nerf
