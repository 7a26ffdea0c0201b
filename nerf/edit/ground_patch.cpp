#include "nerf/edit/ground_patch.h"

#include "city/polygon.h"
#include "nerf/edit/patch_search.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

namespace skyline::nerf {
namespace {

constexpr double kFlat = 0.4;                  // metres above the ground that still are ground
constexpr double kClearance = 1.0;             // metres between open ground and what stands on it
constexpr double kReaches[] = {60, 160};       // metres to the farthest piece; the second where the first finds too little
constexpr double kBareShareToContinue = 0.15;  // of a footprint
constexpr double kBelow = 1.5, kAbove = 0.6;   // metres of the slab below and above the ground
constexpr int kMostPieces = 24;                // of each reach
constexpr float kColourWeight = 3.0F;          // cost of a colour difference of 1
constexpr float kLeastScore = 0.05F;           // of open ground, whatever its colour
constexpr double kDistanceWeight = 0.15;       // cost of a piece from as far as the reach
constexpr double kLeastPiece = 0.004;          // of a footprint: smaller pieces are freckles

}  // namespace

// The cells of a footprint, and where each takes its ground from.
class PatchMaker {
 public:
  PatchMaker(const GroundGrid& grid, const std::vector<glm::dvec2>& footprint) : grid_(grid) {
    const city::Rectangle around = city::bounds(footprint);
    const glm::dvec2 low = (around.low - grid.low) / grid.cell, high = (around.high - grid.low) / grid.cell;
    low_ = {static_cast<int>(std::floor(low.x)), static_cast<int>(std::floor(low.y))};
    columns_ = std::max(1, static_cast<int>(std::ceil(high.x)) - low_.x);
    rows_ = std::max(1, static_cast<int>(std::ceil(high.y)) - low_.y);
    source_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), kOutside);
    for (int row = 0; row < rows_; ++row) {
      for (int column = 0; column < columns_; ++column) {
        const glm::ivec2 cell = low_ + glm::ivec2(column, row);
        if (city::gap(footprint, grid.centre(cell.x, cell.y)) > 0.75 * grid.cell) continue;
        cells_.push_back(cell);
        source(cell) = kBare;
      }
    }
    bare_ = cells_;
  }

  const std::vector<glm::ivec2>& cells() const { return cells_; }
  glm::ivec2 low() const { return low_; }
  glm::ivec2 size() const { return {columns_, rows_}; }
  bool is_bare() const { return bare_.size() == cells_.size(); }
  double bare_share() const { return static_cast<double>(bare_.size()) / static_cast<double>(cells_.size()); }

  // Takes the best displacement for the cells that are still bare, until none brings much.
  void take_pieces(const ScoreWindow& window, int reach) {
    for (int piece = 0; piece < kMostPieces && !bare_.empty(); ++piece) {
      const auto displacement = best_displacement(window, bare_, reach, kDistanceWeight);
      if (!displacement) return;
      const std::size_t before = bare_.size();
      std::erase_if(bare_, [&](const glm::ivec2& cell) {
        if (window.at(cell + *displacement) <= 0) return false;
        source(cell) = cell + *displacement;
        return true;
      });
      if (static_cast<double>(before - bare_.size()) < kLeastPiece * static_cast<double>(cells_.size())) return;
    }
  }

  // What no piece covers goes on from its nearest covered neighbour: its source's neighbour, or mirrored where that is not open.
  template <class IsOpen>
  void continue_pieces(IsOpen&& is_open) {
    std::deque<glm::ivec2> front;
    for (const glm::ivec2& cell : cells_) {
      if (source(cell) != kBare) front.push_back(cell);
    }
    constexpr glm::ivec2 kSteps[] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    while (!front.empty()) {
      const glm::ivec2 cell = front.front();
      front.pop_front();
      for (const glm::ivec2& step : kSteps) {
        const glm::ivec2 next = cell + step;
        if (!has(next) || source(next) != kBare) continue;
        const glm::ivec2 from = source(cell);
        source(next) = is_open(from + step) ? from + step : is_open(from - step) ? from - step : from;
        front.push_back(next);
      }
    }
  }

  template <class Height>
  GroundPatch finish(const std::vector<glm::dvec2>& footprint, Height&& height) const {
    GroundPatch patch;
    patch.low = grid_.low + grid_.cell * glm::dvec2(low_);
    patch.cell = grid_.cell;
    patch.columns = columns_;
    patch.rows = rows_;
    patch.shifts.assign(source_.size(), glm::vec3(0.0F));
    double lowest = std::numeric_limits<double>::max(), highest = -lowest;
    for (const glm::ivec2& cell : cells_) {
      const double here = height(cell);
      lowest = std::min(lowest, here);
      highest = std::max(highest, here);
      const glm::ivec2 from = source(cell);
      if (from == kBare) continue;  // a part of the footprint that touches no other
      const glm::dvec2 apart = grid_.cell * glm::dvec2(from - cell);
      patch.shifts[index(cell)] = glm::vec3(glm::vec2(apart), static_cast<float>(height(from) - here));
    }
    patch.region = Region(footprint, lowest - kBelow, highest + kAbove);
    return patch;
  }

 private:
  static constexpr glm::ivec2 kOutside{std::numeric_limits<int>::min(), 0}, kBare{std::numeric_limits<int>::min(), 1};
  bool has(glm::ivec2 cell) const {
    const glm::ivec2 inside = cell - low_;
    return inside.x >= 0 && inside.y >= 0 && inside.x < columns_ && inside.y < rows_;
  }
  std::size_t index(glm::ivec2 cell) const {
    return static_cast<std::size_t>(cell.y - low_.y) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(cell.x - low_.x);
  }
  glm::ivec2& source(glm::ivec2 cell) { return source_[index(cell)]; }
  const glm::ivec2& source(glm::ivec2 cell) const { return source_[index(cell)]; }

  const GroundGrid& grid_;
  glm::ivec2 low_{0};  // first cell of the map
  int columns_ = 0, rows_ = 0;
  std::vector<glm::ivec2> source_;  // [rows, columns] cell of the map
  std::vector<glm::ivec2> cells_, bare_;
};

OpenGround::OpenGround(const SurfaceMap& map, std::vector<float> ground)
    : grid_(map.grid), ground_(std::move(ground)), colour_(map.colour), open_(map.grid.size(), 0) {
  std::vector<std::uint8_t> free(grid_.size());
  for (std::size_t i = 0; i < free.size(); ++i) {
    free[i] = map.known[i] != 0 && map.top[i] - ground_[i] < kFlat && std::abs(map.middle[i] - ground_[i]) < kFlat ? 1 : 0;
  }
  // Ground next to what stands on it shows its edge.
  const int margin = static_cast<int>(std::ceil(kClearance / grid_.cell));
  for (int row = margin; row < grid_.rows - margin; ++row) {
    for (int column = margin; column < grid_.columns - margin; ++column) {
      bool clear = true;
      for (int dy = -margin; dy <= margin && clear; ++dy) {
        for (int dx = -margin; dx <= margin && clear; ++dx) clear = free[grid_.at(column + dx, row + dy)] != 0;
      }
      open_[grid_.at(column, row)] = clear ? 1 : 0;
    }
  }
}

std::size_t OpenGround::cell_of(glm::dvec2 point) const {
  const glm::dvec2 at = (point - grid_.low) / grid_.cell;
  return grid_.at(std::clamp(static_cast<int>(std::floor(at.x)), 0, grid_.columns - 1),
                  std::clamp(static_cast<int>(std::floor(at.y)), 0, grid_.rows - 1));
}

double OpenGround::height(glm::dvec2 point) const { return ground_[cell_of(point)]; }

bool OpenGround::open(glm::dvec2 point) const {
  const glm::dvec2 at = (point - grid_.low) / grid_.cell;
  if (at.x < 0 || at.y < 0 || at.x >= grid_.columns || at.y >= grid_.rows) return false;
  return open_[cell_of(point)] != 0;
}

std::size_t OpenGround::clamped(glm::ivec2 cell) const {
  return grid_.at(std::clamp(cell.x, 0, grid_.columns - 1), std::clamp(cell.y, 0, grid_.rows - 1));
}

bool OpenGround::is_open(glm::ivec2 cell) const {
  return cell.x >= 0 && cell.y >= 0 && cell.x < grid_.columns && cell.y < grid_.rows && open_[grid_.at(cell.x, cell.y)] != 0;
}

// Mean colour of the open ground in a ring around the footprint, of a wider ring where that has none.
glm::vec3 OpenGround::colour_around(const std::vector<glm::dvec2>& footprint) const {
  for (double ring = 4; ring <= kReaches[0]; ring *= 2) {
    const city::Rectangle around = city::bounds(footprint).grown(ring);
    const double stride = std::max(grid_.cell, ring / 8);
    glm::vec3 sum(0.0F);
    int count = 0;
    for (double y = around.low.y; y < around.high.y; y += stride) {
      for (double x = around.low.x; x < around.high.x; x += stride) {
        if (!open({x, y}) || city::gap(footprint, glm::dvec2(x, y)) > ring) continue;
        sum += colour_[cell_of({x, y})];
        ++count;
      }
    }
    if (count > 0) return sum / static_cast<float>(count);
  }
  return glm::vec3(0.5F);
}

// How well the cells around a footprint serve as its ground.
ScoreWindow OpenGround::window_around(const PatchMaker& maker, const glm::vec3& wanted, double reach) const {
  const int margin = static_cast<int>(reach / grid_.cell);
  ScoreWindow window;
  window.low = maker.low() - margin;
  window.columns = maker.size().x + 2 * margin;
  window.rows = maker.size().y + 2 * margin;
  window.score.reserve(static_cast<std::size_t>(window.columns) * static_cast<std::size_t>(window.rows));
  for (int row = 0; row < window.rows; ++row) {
    for (int column = 0; column < window.columns; ++column) {
      const glm::ivec2 cell = window.low + glm::ivec2(column, row);
      float score = 0;
      if (is_open(cell)) {
        const glm::vec3 apart = colour_[grid_.at(cell.x, cell.y)] - wanted;
        const float unlike = std::sqrt(apart.x * apart.x + apart.y * apart.y + apart.z * apart.z);
        score = std::max(kLeastScore, 1 - kColourWeight * unlike);
      }
      window.score.push_back(score);
    }
  }
  return window;
}

std::optional<GroundPatch> OpenGround::patch(const std::vector<glm::dvec2>& footprint) const {
  PatchMaker maker(grid_, footprint);
  if (maker.cells().empty()) return std::nullopt;
  const glm::vec3 wanted = colour_around(footprint);
  for (const double reach : kReaches) {
    maker.take_pieces(window_around(maker, wanted, reach), static_cast<int>(reach / grid_.cell));
    if (maker.bare_share() <= kBareShareToContinue) break;
  }
  if (maker.is_bare()) return std::nullopt;
  maker.continue_pieces([&](glm::ivec2 cell) { return is_open(cell); });
  return maker.finish(footprint, [&](glm::ivec2 cell) { return ground_[clamped(cell)]; });
}

}  // namespace skyline::nerf
