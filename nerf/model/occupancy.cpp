#include "nerf/model/occupancy.h"

#include <algorithm>
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
}

void Occupancy::update_bricks() {
  for (std::size_t b = 0; b < bricks_.size(); ++b) {
    std::uint64_t any = 0;
    for (int z = 0; z < kBrick; ++z) any |= bits_[b * kBrick + static_cast<std::size_t>(z)];
    bricks_[b] = any != 0;
  }
}

double Occupancy::filled_fraction() const {
  if (bits_.empty()) return 0;
  std::int64_t filled = 0;
  for (const std::uint64_t word : bits_) filled += std::popcount(word);
  return static_cast<double>(filled) / (static_cast<double>(bits_.size()) * 64.0);
}

}  // namespace skyline::nerf
