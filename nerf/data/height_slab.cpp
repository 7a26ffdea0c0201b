#include "nerf/data/scene_parts.h"

#include <glm/common.hpp>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace skyline::nerf {
namespace {

constexpr int kCells = 96;            // along the longer side: about 10 m of a city quarter
constexpr double kUnknownLow = 1e30;  // low above high: nothing known of the cell

struct Range {
  double low = kUnknownLow, high = -kUnknownLow;
  bool known() const { return low <= high; }
  void include(const Range& other) {
    low = std::min(low, other.low);
    high = std::max(high, other.high);
  }
  void include(double z) { include(Range{z, z}); }
};

struct Grid {
  int columns = 0, rows = 0;
  double cell = 0;
  Box box;

  std::size_t size() const { return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows); }
  std::size_t index(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column);
  }
  // False outside of the box.
  bool cell_of(const glm::dvec3& point, int& column, int& row) const {
    if (glm::clamp(point, box.low, box.high) != point) return false;
    column = std::min(static_cast<int>((point.x - box.low.x) / cell), columns - 1);
    row = std::min(static_cast<int>((point.y - box.low.y) / cell), rows - 1);
    return true;
  }
};

// Calls visit(index) for all cells within `ring` of (column, row).
template <class Visit>
void visit_neighbours(const Grid& grid, int column, int row, int ring, const Visit& visit) {
  for (int r = std::max(0, row - ring); r <= std::min(grid.rows - 1, row + ring); ++r) {
    for (int c = std::max(0, column - ring); c <= std::min(grid.columns - 1, column + ring); ++c) visit(grid.index(c, r));
  }
}

// Mismatched points float alone, below the street or in the air: drops points with fewer than `neighbours` others in the 27 voxels around.
std::vector<glm::dvec3> without_isolated(const std::vector<SparsePoint>& points, const Box& box, double voxel, int neighbours) {
  const auto key = [](std::int64_t x, std::int64_t y, std::int64_t z) {
    return ((x & 0x1fffff) << 42) | ((y & 0x1fffff) << 21) | (z & 0x1fffff);
  };
  const auto coordinate = [&](double value, double low) {
    return static_cast<std::int64_t>(std::clamp(std::floor((value - low) / voxel), -1e6, 1e6));
  };
  std::unordered_map<std::int64_t, int> counts;
  for (const SparsePoint& point : points) {
    const glm::dvec3& p = point.position;
    ++counts[key(coordinate(p.x, box.low.x), coordinate(p.y, box.low.y), coordinate(p.z, box.low.z))];
  }
  std::vector<glm::dvec3> kept;
  for (const SparsePoint& point : points) {
    const glm::dvec3& p = point.position;
    const std::int64_t x = coordinate(p.x, box.low.x), y = coordinate(p.y, box.low.y), z = coordinate(p.z, box.low.z);
    int around = -1;  // without itself
    for (std::int64_t i = 0; i < 27 && around < neighbours; ++i) {
      const auto found = counts.find(key(x + i % 3 - 1, y + i / 3 % 3 - 1, z + i / 9 - 1));
      if (found != counts.end()) around += found->second;
    }
    if (around >= neighbours) kept.push_back(p);
  }
  return kept;
}

// Range of each cell's points and its neighbours'; two rings where one holds too few points to be trusted.
std::vector<Range> ranges_of_points(const Grid& grid, const std::vector<glm::dvec3>& points) {
  constexpr int kTrusted = 8;
  std::vector<Range> own(grid.size()), result(grid.size());
  std::vector<int> counts(grid.size(), 0);
  for (const glm::dvec3& point : points) {
    int column = 0, row = 0;
    if (!grid.cell_of(point, column, row)) continue;
    own[grid.index(column, row)].include(point.z);
    ++counts[grid.index(column, row)];
  }
  for (int row = 0; row < grid.rows; ++row) {
    for (int column = 0; column < grid.columns; ++column) {
      int count = 0;
      visit_neighbours(grid, column, row, 1, [&](std::size_t i) { count += counts[i]; });
      if (count == 0) continue;
      visit_neighbours(grid, column, row, count < kTrusted ? 2 : 1,
                       [&](std::size_t i) { result[grid.index(column, row)].include(own[i]); });
    }
  }
  return result;
}

// Gives unknown cells the union of their known neighbours, ring by ring.
void grow(const Grid& grid, int rings, std::vector<Range>& ranges) {
  for (int ring = 0; ring < rings; ++ring) {
    std::vector<Range> grown = ranges;
    for (int row = 0; row < grid.rows; ++row) {
      for (int column = 0; column < grid.columns; ++column) {
        Range& target = grown[grid.index(column, row)];
        if (target.known()) continue;
        visit_neighbours(grid, column, row, 1, [&](std::size_t i) { target.include(ranges[i]); });
      }
    }
    ranges = std::move(grown);
  }
}

double coverage(const Grid& grid, const HeightSlab& slab, const std::vector<SparsePoint>& points) {
  std::size_t inside = 0, all = 0;
  for (const SparsePoint& point : points) {
    int column = 0, row = 0;
    if (!grid.cell_of(point.position, column, row)) continue;
    const std::size_t i = grid.index(column, row);
    ++all;
    inside += point.position.z >= double(slab.low[i]) && point.position.z <= double(slab.high[i]);
  }
  return all > 0 ? static_cast<double>(inside) / static_cast<double>(all) : 1.0;
}

}  // namespace

HeightSlab estimate_slab(const std::vector<SparsePoint>& points, const Box& box, double ground_z, double camera_height) {
  constexpr double kLeastCoverage = 0.998;
  HeightSlab slab;
  if (points.size() < kFewestUsefulPoints) return slab;
  Grid grid;
  grid.box = box;
  grid.cell = std::max(box.size().x, box.size().y) / kCells;
  if (!(grid.cell > 0)) return slab;
  grid.columns = std::max(1, static_cast<int>(std::ceil(box.size().x / grid.cell - 1e-9)));
  grid.rows = std::max(1, static_cast<int>(std::ceil(box.size().y / grid.cell - 1e-9)));
  slab.columns = grid.columns;
  slab.rows = grid.rows;
  slab.cell = grid.cell;

  // Real geometry must stay inside: when too many points are cut off, the idea of an isolated point was too strict.
  const double margin = std::max(0.012 * camera_height, 0.25 * grid.cell);
  for (int neighbours = 2; neighbours >= 0; --neighbours) {
    std::vector<Range> ranges = ranges_of_points(grid, without_isolated(points, box, grid.cell, neighbours));
    grow(grid, 4, ranges);
    slab.low.assign(grid.size(), 0.0f);
    slab.high.assign(grid.size(), 0.0f);
    for (std::size_t i = 0; i < grid.size(); ++i) {
      // Far from all points: ordinary buildings, up to 40 % of the tallest thing that was found.
      Range range = ranges[i].known() ? ranges[i] : Range{ground_z - margin, ground_z + 0.4 * (box.high.z - ground_z)};
      range.low = std::min(range.low, ground_z);  // streets between walls have few points
      slab.low[i] = static_cast<float>(std::clamp(range.low - margin, box.low.z, box.high.z));
      slab.high[i] = static_cast<float>(std::clamp(range.high + margin, box.low.z, box.high.z));
    }
    if (coverage(grid, slab, points) > kLeastCoverage) break;
  }
  return slab;
}

}  // namespace skyline::nerf
