#include "nerf/model/occupancy.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace skyline::nerf {

Occupancy::Occupancy(const Box& box, double cell) : box_(box), cell_(cell) {
  const auto cells = [&](double extent) {
    const int needed = std::max(1, static_cast<int>(std::ceil(extent / cell - 1e-9)));
    return (needed + kBrick - 1) / kBrick * kBrick;
  };
  const glm::dvec3 size = box.size();
  columns_ = cells(size.x);
  rows_ = cells(size.y);
  layers_ = cells(size.z);
  const std::size_t bricks =
      static_cast<std::size_t>(columns_ / kBrick) * static_cast<std::size_t>(rows_ / kBrick) * static_cast<std::size_t>(layers_ / kBrick);
  bits_.assign(bricks * kBrick, 0);
  bricks_.assign(bricks, 0);
  std::size_t tiles = 0;
  for (int columns = columns_, rows = rows_;; columns = (columns + 1) / 2, rows = (rows + 1) / 2) {
    top_offsets_.push_back(static_cast<std::int32_t>(tiles));
    top_columns_.push_back(columns);
    tiles += static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
    if (columns == 1 && rows == 1) break;
  }
  tops_.assign(tiles, 0);
}

OccupancyTables Occupancy::tables() const {
  // The two halves of a word lie in order of their rows on little-endian machines, the only ones that the program is built for.
  static_assert(std::endian::native == std::endian::little);
  return {reinterpret_cast<const std::int32_t*>(bits_.data()),
          bricks_.data(),
          tops_.data(),
          top_offsets_.data(),
          top_columns_.data(),
          top_levels(),
          columns_,
          rows_,
          layers_};
}

void Occupancy::update_summaries() {
  for (std::size_t b = 0; b < bricks_.size(); ++b) {
    std::uint64_t any = 0;
    for (int z = 0; z < kBrick; ++z) any |= bits_[b * kBrick + static_cast<std::size_t>(z)];
    bricks_[b] = any != 0;
  }
  if (tops_.empty()) return;
  // Tops of single columns, from the highest layer down until all 64 columns of a stack of bricks have theirs.
  for (int by = 0; by < rows_ / kBrick; ++by) {
    for (int bx = 0; bx < columns_ / kBrick; ++bx) {
      std::uint64_t open = ~std::uint64_t{0};  // columns whose top is not found yet
      std::array<std::int32_t, 64> top{};
      for (int z = layers_ - 1; z >= 0 && open != 0; --z) {
        if (!brick_occupied(bx, by, z / kBrick)) {
          z = z / kBrick * kBrick;
          continue;
        }
        const std::uint64_t found = bits_[word(bx * kBrick, by * kBrick, z)] & open;
        for (std::uint64_t rest = found; rest != 0; rest &= rest - 1) top[static_cast<std::size_t>(std::countr_zero(rest))] = z + 1;
        open &= ~found;
      }
      for (std::size_t i = 0; i < 64; ++i) {
        const auto x = static_cast<std::size_t>(bx * kBrick) + i % kBrick, y = static_cast<std::size_t>(by * kBrick) + i / kBrick;
        tops_[y * static_cast<std::size_t>(columns_) + x] = top[i];
      }
    }
  }
  for (int level = 1; level < top_levels(); ++level) {
    const auto l = static_cast<std::size_t>(level);
    const int columns = top_columns_[l], fine_columns = top_columns_[l - 1];
    const int rows = (rows_ + (1 << level) - 1) >> level, fine_rows = (rows_ + (1 << (level - 1)) - 1) >> (level - 1);
    const std::int32_t* fine = tops_.data() + top_offsets_[l - 1];
    std::int32_t* coarse = tops_.data() + top_offsets_[l];
    for (int y = 0; y < rows; ++y) {
      const std::int32_t* row0 = fine + static_cast<std::ptrdiff_t>(2 * y) * fine_columns;
      const std::int32_t* row1 = fine + static_cast<std::ptrdiff_t>(std::min(2 * y + 1, fine_rows - 1)) * fine_columns;
      for (int x = 0; x < columns; ++x) {
        const int x0 = 2 * x, x1 = std::min(2 * x + 1, fine_columns - 1);
        *coarse++ = std::max({row0[x0], row0[x1], row1[x0], row1[x1]});
      }
    }
  }
}

double Occupancy::filled_fraction() const {
  if (bits_.empty()) return 0;
  std::int64_t filled = 0;
  for (const std::uint64_t word : bits_) filled += std::popcount(word);
  return static_cast<double>(filled) / (static_cast<double>(bits_.size()) * 64.0);
}

}  // namespace skyline::nerf
