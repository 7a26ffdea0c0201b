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
  for (int columns = columns_, rows = rows_;; columns = (columns + 1) / 2, rows = (rows + 1) / 2) {
    tops_.push_back({columns, rows, std::vector<std::uint16_t>(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), 0)});
    if (columns == 1 && rows == 1) break;
  }
}

void Occupancy::update_summaries() {
  for (std::size_t b = 0; b < bricks_.size(); ++b) {
    std::uint64_t any = 0;
    for (int z = 0; z < kBrick; ++z) any |= bits_[b * kBrick + static_cast<std::size_t>(z)];
    bricks_[b] = any != 0;
  }
  if (tops_.empty()) return;
  // Tops of single columns, from the highest layer down until all 64 columns of a stack of bricks have theirs.
  TopLevel& finest = tops_.front();
  for (int by = 0; by < rows_ / kBrick; ++by) {
    for (int bx = 0; bx < columns_ / kBrick; ++bx) {
      std::uint64_t open = ~std::uint64_t{0};  // columns whose top is not found yet
      std::array<std::uint16_t, 64> top{};
      for (int z = layers_ - 1; z >= 0 && open != 0; --z) {
        if (!brick_occupied(bx, by, z / kBrick)) {
          z = z / kBrick * kBrick;
          continue;
        }
        const std::uint64_t found = bits_[word(bx * kBrick, by * kBrick, z)] & open;
        for (std::uint64_t rest = found; rest != 0; rest &= rest - 1)
          top[static_cast<std::size_t>(std::countr_zero(rest))] = static_cast<std::uint16_t>(z + 1);
        open &= ~found;
      }
      for (std::size_t i = 0; i < 64; ++i) {
        const auto x = static_cast<std::size_t>(bx * kBrick) + i % kBrick, y = static_cast<std::size_t>(by * kBrick) + i / kBrick;
        finest.tops[y * static_cast<std::size_t>(finest.columns) + x] = top[i];
      }
    }
  }
  for (std::size_t level = 1; level < tops_.size(); ++level) {
    const TopLevel& fine = tops_[level - 1];
    TopLevel& coarse = tops_[level];
    for (int y = 0; y < coarse.rows; ++y) {
      for (int x = 0; x < coarse.columns; ++x) {
        const auto at = [&](int column, int row) {
          return fine.tops[static_cast<std::size_t>(std::min(row, fine.rows - 1)) * static_cast<std::size_t>(fine.columns) +
                           static_cast<std::size_t>(std::min(column, fine.columns - 1))];
        };
        coarse.tops[static_cast<std::size_t>(y) * static_cast<std::size_t>(coarse.columns) + static_cast<std::size_t>(x)] =
            std::max({at(2 * x, 2 * y), at(2 * x + 1, 2 * y), at(2 * x, 2 * y + 1), at(2 * x + 1, 2 * y + 1)});
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
