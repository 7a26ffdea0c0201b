#include "nerf/edit/region_grid.h"

#include <algorithm>
#include <cmath>

namespace skyline::nerf {
namespace {

constexpr double kLeastCell = 4;    // world units
constexpr double kMostCells = 512;  // a side

}  // namespace

RegionGrid::RegionGrid(std::vector<Region> regions) : regions_(std::move(regions)) {
  if (regions_.empty()) return;
  glm::dvec2 high(-1e300);
  low_ = glm::dvec2(1e300);
  for (const Region& region : regions_) {
    const core::Box& box = region.bounds();
    low_ = {std::min(low_.x, box.low.x), std::min(low_.y, box.low.y)};
    high = {std::max(high.x, box.high.x), std::max(high.y, box.high.y)};
  }
  cell_ = std::max(kLeastCell, std::max(high.x - low_.x, high.y - low_.y) / kMostCells);
  columns_ = static_cast<int>((high.x - low_.x) / cell_) + 1;
  rows_ = static_cast<int>((high.y - low_.y) / cell_) + 1;

  const auto cells_of = [&](const Region& region, auto&& visit) {
    const core::Box& box = region.bounds();
    const auto at = [&](double place, double low, int count) { return std::clamp(static_cast<int>((place - low) / cell_), 0, count - 1); };
    for (int row = at(box.low.y, low_.y, rows_); row <= at(box.high.y, low_.y, rows_); ++row) {
      for (int column = at(box.low.x, low_.x, columns_); column <= at(box.high.x, low_.x, columns_); ++column)
        visit(static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column));
    }
  };
  first_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) + 1, 0);
  for (const Region& region : regions_) cells_of(region, [&](std::size_t cell) { ++first_[cell + 1]; });
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  numbers_.resize(static_cast<std::size_t>(first_.back()));
  std::vector<std::int32_t> next(first_.begin(), first_.end() - 1);
  for (std::size_t i = 0; i < regions_.size(); ++i)
    cells_of(regions_[i], [&](std::size_t cell) { numbers_[static_cast<std::size_t>(next[cell]++)] = static_cast<std::int32_t>(i); });
}

std::span<const std::int32_t> RegionGrid::near(const glm::vec3& point) const {
  const double column = (point.x - low_.x) / cell_, row = (point.y - low_.y) / cell_;
  if (!(column >= 0 && row >= 0 && column < columns_ && row < rows_)) return {};
  const auto cell = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column);
  const auto begin = static_cast<std::size_t>(first_[cell]), end = static_cast<std::size_t>(first_[cell + 1]);
  return std::span<const std::int32_t>(numbers_).subspan(begin, end - begin);
}

float RegionGrid::share(const glm::vec3& point) const {
  float most = 0;
  for (const std::int32_t number : near(point)) {
    most = std::max(most, region(number).share(glm::dvec3(point)));
    if (most >= 1) break;
  }
  return most;
}

}  // namespace skyline::nerf
