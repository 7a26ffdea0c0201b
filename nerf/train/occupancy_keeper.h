// Keeps the occupancy bits during training: a cell stays while the field has density in it and light has reached it.
#pragma once

#include "core/memory.h"
#include "core/result.h"
#include "nerf/data/scene_guess.h"
#include "nerf/model/field.h"

#include <cstdint>
#include <span>
#include <vector>

namespace skyline::nerf {

class OccupancyKeeper {
 public:
  // Makes the field's lattice and fills it from the height slab (everything where nothing is known).
  static core::Result<OccupancyKeeper> create(Field& field, const HeightSlab& slab);

  // Re-evaluates a quarter of the candidate cells at a random point each, keeps the decayed maximum, and sets their bits. `round` counts
  // the calls; `levels` as trained now.
  void update(Field& field, int levels, std::int64_t round, std::uint64_t seed, double keep_opacity);

  // Drops the cells that no light reached (`seen` from GradientEngine is 0): the underground and the inside of buildings. Called once,
  // late, when the surfaces stand.
  void hide_unseen(Field& field, std::span<const std::uint8_t> seen);

  // For check-points.
  std::span<float> opacity() { return opacity_.span(); }
  std::span<std::uint8_t> hidden() { return hidden_.span(); }

  // Sets the bits from opacity() and hidden(), after a check-point was read into them.
  void restore(Field& field);

 private:
  void set_bit(Field& field, std::size_t candidate);

  double keep_opacity_ = 0;

  core::Buffer<float> opacity_;            // opacity of each candidate over one step, decayed maximum
  core::Buffer<std::uint8_t> hidden_;      // 1: dropped by hide_unseen
  std::vector<std::uint32_t> candidates_;  // cell indices allowed by the slab, in lattice order
};

}  // namespace skyline::nerf
