// Occupancy: one bit per cell of a regular lattice over the scene box, kept in bricks of 8^3 cells with one summary bit a brick, and a
// pyramid of tops: a city is almost a height field, and above the tops of a wide tile a ray takes one step.
//
// The marcher skips whatever is 0. Bits are set from the height slab before training and kept by the trainer from the density.
#pragma once

#include "nerf/space.h"

#include <cstdint>
#include <vector>

namespace skyline::nerf {

// The lattice as kernels read it: raw tables, valid as long as the Occupancy they came from.
struct OccupancyTables {
  const std::int32_t* bits;         // two a layer of a brick: rows 0 to 3 and 4 to 7
  const std::int32_t* bricks;       // 0: the brick is empty
  const std::int32_t* tops;         // all levels
  const std::int32_t* top_offsets;  // of the levels in tops
  const std::int32_t* top_columns;  // tiles in x of the levels
  int top_levels, columns, rows, layers;
};

class Occupancy {
 public:
  static constexpr int kBrick = 8;

  Occupancy() = default;
  // All cells empty; `cell` in world units. The lattice starts at box.low and covers at least the box.
  Occupancy(const Box& box, double cell);

  int columns() const { return columns_; }  // cells in x, a multiple of kBrick
  int rows() const { return rows_; }
  int layers() const { return layers_; }
  double cell() const { return cell_; }
  const Box& box() const { return box_; }

  bool occupied(int x, int y, int z) const { return (bits_[word(x, y, z)] >> bit(x, y)) & 1U; }
  void set(int x, int y, int z, bool value) {
    const std::uint64_t mask = std::uint64_t{1} << bit(x, y);
    std::uint64_t& w = bits_[word(x, y, z)];
    w = value ? (w | mask) : (w & ~mask);
  }
  bool brick_occupied(int bx, int by, int bz) const { return bricks_[brick(bx, by, bz)] != 0; }
  // Everything at or above this layer is empty over the tile of 2^level x 2^level columns that holds column (x, y).
  int top(int level, int x, int y) const {
    const auto l = static_cast<std::size_t>(level);
    return tops_[static_cast<std::size_t>(top_offsets_[l]) +
                 static_cast<std::size_t>(y >> level) * static_cast<std::size_t>(top_columns_[l]) + static_cast<std::size_t>(x >> level)];
  }
  int top_levels() const { return static_cast<int>(top_offsets_.size()); }
  OccupancyTables tables() const;
  // Recomputes the bricks' summary and the tops; call after a round of `set`.
  void update_summaries();

  double filled_fraction() const;
  // Bits: per brick (bz fastest, then bx, then by) eight words, one a layer of 8 x 8 cells (bit = y * 8 + x).
  std::vector<std::uint64_t>& bits() { return bits_; }
  const std::vector<std::uint64_t>& bits() const { return bits_; }

 private:
  std::size_t brick(int bx, int by, int bz) const {
    return (static_cast<std::size_t>(by) * static_cast<std::size_t>(columns_ / kBrick) + static_cast<std::size_t>(bx)) *
               static_cast<std::size_t>(layers_ / kBrick) +
           static_cast<std::size_t>(bz);
  }
  std::size_t word(int x, int y, int z) const {
    return brick(x / kBrick, y / kBrick, z / kBrick) * kBrick + static_cast<std::size_t>(z % kBrick);
  }
  static unsigned bit(int x, int y) { return static_cast<unsigned>((y % kBrick) * kBrick + x % kBrick); }

  Box box_;
  double cell_ = 1;
  int columns_ = 0, rows_ = 0, layers_ = 0;
  std::vector<std::uint64_t> bits_;
  std::vector<std::int32_t> bricks_;
  std::vector<std::int32_t> tops_, top_offsets_, top_columns_;
};

}  // namespace skyline::nerf
