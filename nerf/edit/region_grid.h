// Many regions, found by place: a grid over the ground holds the numbers of those that may cover each cell.
//
// A value; const methods are thread-safe.
#pragma once

#include "nerf/edit/region.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace skyline::nerf {

class RegionGrid {
 public:
  RegionGrid() = default;
  explicit RegionGrid(std::vector<Region> regions);

  bool empty() const { return regions_.empty(); }
  const Region& region(std::int32_t number) const { return regions_[static_cast<std::size_t>(number)]; }
  // Numbers of the regions that may cover a point, ascending.
  std::span<const std::int32_t> near(const glm::vec3& point) const;
  // The largest share of a region at the point, 0 to 1.
  float share(const glm::vec3& point) const;

 private:
  std::vector<Region> regions_;
  glm::dvec2 low_{0.0};
  double cell_ = 1;
  int columns_ = 0, rows_ = 0;
  std::vector<std::int32_t> first_;    // [rows * columns + 1] into numbers_
  std::vector<std::int32_t> numbers_;  // of the regions of each cell
};

}  // namespace skyline::nerf
