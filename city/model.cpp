#include "city/model.h"

#include <algorithm>
#include <cmath>

namespace skyline::city {

double Terrain::height(glm::dvec2 place) const {
  if (heights.empty()) return 0;
  const glm::dvec2 at = (place - low) / cell;
  const auto index = [](double v, int count) { return std::clamp(static_cast<int>(std::floor(v)), 0, std::max(0, count - 2)); };
  const int column = index(at.x, columns), row = index(at.y, rows);
  const double x = std::clamp(at.x - column, 0.0, 1.0), y = std::clamp(at.y - row, 0.0, 1.0);
  const auto corner = [&](int r, int c) {
    return static_cast<double>(heights[static_cast<std::size_t>(std::min(r, rows - 1)) * static_cast<std::size_t>(columns) +
                                       static_cast<std::size_t>(std::min(c, columns - 1))]);
  };
  const double south = corner(row, column) * (1 - x) + corner(row, column + 1) * x;
  const double north = corner(row + 1, column) * (1 - x) + corner(row + 1, column + 1) * x;
  return south * (1 - y) + north * y;
}

}  // namespace skyline::city
