#include "core/parallel.h"
#include "nerf/objects/surface_map.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <functional>
#include <limits>

namespace skyline::nerf {
namespace {

// Running extreme over a window of 2 * radius + 1 along one axis, in time that does not depend on the radius (monotonic queue).
template <class Better>
void running_extreme(std::span<const float> in, std::span<float> out, int radius, Better better) {
  const int count = static_cast<int>(in.size());
  std::deque<int> best;
  for (int i = 0; i < count + radius; ++i) {
    if (i < count) {
      while (!best.empty() && !better(in[static_cast<std::size_t>(best.back())], in[static_cast<std::size_t>(i)])) best.pop_back();
      best.push_back(i);
    }
    const int centre = i - radius;
    if (centre < 0) continue;
    while (best.front() < centre - radius) best.pop_front();
    out[static_cast<std::size_t>(centre)] = in[static_cast<std::size_t>(best.front())];
  }
}

template <class Better>
std::vector<float> square_extreme(const GroundGrid& grid, const std::vector<float>& in, int radius, Better better) {
  std::vector<float> rows(in.size()), out(in.size());
  for (int row = 0; row < grid.rows; ++row) {
    const auto columns = static_cast<std::size_t>(grid.columns);
    running_extreme(std::span(in).subspan(grid.at(0, row), columns), std::span(rows).subspan(grid.at(0, row), columns), radius, better);
  }
  std::vector<float> column(static_cast<std::size_t>(grid.rows)), found(static_cast<std::size_t>(grid.rows));
  for (int c = 0; c < grid.columns; ++c) {
    for (int row = 0; row < grid.rows; ++row) column[static_cast<std::size_t>(row)] = rows[grid.at(c, row)];
    running_extreme(column, found, radius, better);
    for (int row = 0; row < grid.rows; ++row) out[grid.at(c, row)] = found[static_cast<std::size_t>(row)];
  }
  return out;
}

std::vector<float> opening(const GroundGrid& grid, const std::vector<float>& heights, int radius) {
  return square_extreme(grid, square_extreme(grid, heights, radius, std::less<>()), radius, std::greater<>());
}

// Fills cells without a value from those around by a pyramid: means of 2 x 2 going up, bilinear going down (Gortler et al. 1996,
// section 3.3).
void pull_push(int columns, int rows, std::vector<float>& values, std::vector<float>& weights) {
  if (columns <= 1 && rows <= 1) return;
  const int half_columns = (columns + 1) / 2, half_rows = (rows + 1) / 2;
  const auto at = [](int c, int r, int width) {
    return static_cast<std::size_t>(r) * static_cast<std::size_t>(width) + static_cast<std::size_t>(c);
  };
  std::vector<float> coarse(static_cast<std::size_t>(half_columns) * static_cast<std::size_t>(half_rows)), coarse_weights(coarse.size());
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      const std::size_t fine = at(c, r, columns), up = at(c / 2, r / 2, half_columns);
      coarse[up] += weights[fine] * values[fine];
      coarse_weights[up] += weights[fine];
    }
  }
  for (std::size_t i = 0; i < coarse.size(); ++i) {
    if (coarse_weights[i] > 0) coarse[i] /= coarse_weights[i];
    coarse_weights[i] = std::min(1.0F, coarse_weights[i]);
  }
  pull_push(half_columns, half_rows, coarse, coarse_weights);
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      const std::size_t fine = at(c, r, columns);
      if (weights[fine] >= 1) continue;
      const float x = std::clamp((static_cast<float>(c) - 0.5F) / 2, 0.0F, static_cast<float>(half_columns - 1));
      const float y = std::clamp((static_cast<float>(r) - 0.5F) / 2, 0.0F, static_cast<float>(half_rows - 1));
      const int x0 = static_cast<int>(x), y0 = static_cast<int>(y);
      const int x1 = std::min(x0 + 1, half_columns - 1), y1 = std::min(y0 + 1, half_rows - 1);
      const float fx = x - static_cast<float>(x0), fy = y - static_cast<float>(y0);
      const float low = coarse[at(x0, y0, half_columns)] * (1 - fx) + coarse[at(x1, y0, half_columns)] * fx;
      const float high = coarse[at(x0, y1, half_columns)] * (1 - fx) + coarse[at(x1, y1, half_columns)] * fx;
      const float around = low * (1 - fy) + high * fy;
      values[fine] = weights[fine] * values[fine] + (1 - weights[fine]) * around;
      weights[fine] = 1;
    }
  }
}

std::vector<float> interpolate(const GroundGrid& grid, std::vector<float> values, const std::vector<std::uint8_t>& use) {
  std::vector<float> weights(values.size());
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = use[i] != 0 ? 1.0F : 0.0F;
  pull_push(grid.columns, grid.rows, values, weights);
  return values;
}

// Median along the rows, then along the columns of a window of 2 * radius + 1: takes out what is narrower than the radius.
std::vector<float> median_filter(const GroundGrid& grid, const std::vector<float>& in, int radius) {
  if (radius < 1) return in;
  const auto pass = [&](const std::vector<float>& from, std::vector<float>& to, int lines, int length, const auto& index) {
    core::parallel_for_ranges(lines, 16, [&](std::int64_t begin, std::int64_t end) {
      std::vector<float> window;
      for (int line = static_cast<int>(begin); line < static_cast<int>(end); ++line) {
        for (int i = 0; i < length; ++i) {
          window.clear();
          for (int k = std::max(0, i - radius); k <= std::min(length - 1, i + radius); ++k) window.push_back(from[index(line, k)]);
          const auto middle = window.begin() + static_cast<std::ptrdiff_t>(window.size() / 2);
          std::nth_element(window.begin(), middle, window.end());
          to[index(line, i)] = *middle;
        }
      }
    });
  };
  std::vector<float> rows(in.size()), out(in.size());
  pass(in, rows, grid.rows, grid.columns, [&](int line, int i) { return grid.at(i, line); });
  pass(rows, out, grid.columns, grid.rows, [&](int line, int i) { return grid.at(line, i); });
  return out;
}

// Mean over a square window.
std::vector<float> box_mean(const GroundGrid& grid, const std::vector<float>& in, int radius) {
  std::vector<float> rows(in.size()), out(in.size());
  const auto pass = [&](const std::vector<float>& from, std::vector<float>& to, int lines, int length, const auto& index) {
    for (int line = 0; line < lines; ++line) {
      double sum = 0;
      int inside = 0;
      for (int i = -radius; i < length + radius; ++i) {
        if (i + radius < length && i + radius >= 0) {
          sum += static_cast<double>(from[index(line, i + radius)]);
          ++inside;
        }
        if (i - radius - 1 >= 0 && i - radius - 1 < length) {
          sum -= static_cast<double>(from[index(line, i - radius - 1)]);
          --inside;
        }
        if (i >= 0 && i < length) to[index(line, i)] = static_cast<float>(sum / inside);
      }
    }
  };
  // The window's first half is taken in before the first cell is written.
  pass(in, rows, grid.rows, grid.columns, [&](int line, int i) { return grid.at(i, line); });
  pass(rows, out, grid.columns, grid.rows, [&](int line, int i) { return grid.at(line, i); });
  return out;
}

}  // namespace

std::vector<float> ground_heights(const SurfaceMap& map, const GroundSettings& settings) {
  const GroundGrid& grid = map.grid;
  std::vector<float> lowest = interpolate(grid, map.middle, map.known);
  // Plain streets are fuzzy in depth, and pits below them would pull the ground down.
  lowest = median_filter(grid, lowest, static_cast<int>(std::lround(settings.widest_pit / grid.cell)));
  std::vector<std::uint8_t> is_ground = map.known;
  std::vector<float> surface = lowest;
  const int widest = std::max(2, static_cast<int>(std::ceil(settings.largest_object / 2 / grid.cell)));
  for (int radius = 1; radius <= widest; radius = std::max(radius + 1, radius * 5 / 4)) {
    std::vector<float> opened = opening(grid, surface, radius);
    const auto limit = static_cast<float>(settings.slope * radius * grid.cell + 0.3);
    for (std::size_t i = 0; i < opened.size(); ++i) {
      if (surface[i] - opened[i] > limit) is_ground[i] = 0;
    }
    surface = std::move(opened);
  }
  std::vector<float> ground = interpolate(grid, lowest, is_ground);
  // Second look: cells far from the smooth ground leave, others that lie on it come back.
  const int smooth = std::max(1, static_cast<int>(std::lround(2.0 / grid.cell)));
  const std::vector<float> smoothed = box_mean(grid, ground, smooth);
  for (std::size_t i = 0; i < ground.size(); ++i) {
    is_ground[i] = map.known[i] != 0 && std::abs(lowest[i] - smoothed[i]) < static_cast<float>(settings.tolerance) ? 1 : 0;
  }
  return box_mean(grid, interpolate(grid, lowest, is_ground), 1);
}

}  // namespace skyline::nerf
