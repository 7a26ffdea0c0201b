#include "nerf/edit/ground_patch.h"

#include "city/polygon.h"
#include "nerf/edit/patch_search.h"

#include <glm/common.hpp>

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <optional>
#include <utility>

namespace skyline::nerf {
namespace {

constexpr float kFlat = 0.7F;                   // metres from the ground that still are ground: fields are rough
constexpr double kClearShare = 0.75;            // of the cells around open ground that are as flat
constexpr double kClearance = 1.5;              // metres between open ground and what stands on it
constexpr double kSmoothed = 2.5;               // metres of the ground's heights
constexpr double kReach = 60, kFarReach = 160;  // metres to the farthest piece
constexpr double kBareShareToContinue = 0.15;   // of a footprint
constexpr double kBelow = 1.5, kAbove = 0.6;    // metres of the slab below and above the ground
constexpr float kGrowth = 0.35F;                // metres that grass and the like may stand out of the ground
constexpr int kRelaxations = 60;                // of the height under a footprint
constexpr int kMostPieces = 24;                 // of each reach
constexpr double kNarrowestRing = 4;            // metres around a footprint whose ground is looked at
constexpr double kNeighbourhood = 1;            // metres
constexpr int kEnoughColours = 60;              // places in it
constexpr float kLeastShare = 0.25F;            // of the most common colour, with the neighbours: rarer ones are no ground of this place
constexpr float kLeastOwnShare = 0.05F;         // of a cell alone: kerbs and paint stay where they are
constexpr float kScoreOfOthers = 0.05F;         // of open ground of other colours, where there is no better one
constexpr double kDistanceWeight = 0.3;         // cost of a piece from as far as the reach
constexpr double kLeastPiece = 0.004;           // of a footprint: smaller pieces are freckles

// What ground is tried one after the other, until enough is found.
struct Choice {
  double reach = 0;                   // metres
  std::optional<double> from_others;  // metres from ground of other colours, which show at the seams; nothing: any ground
};
constexpr Choice kChoices[] = {{kReach, 1.4}, {kFarReach, 0.7}, {kReach, std::nullopt}};

// How far above the surface of open ground its light begins to be used up: the median. A field trained with long steps has a thick skin.
float haze_above_ground(const SurfaceMap& map, const std::vector<float>& ground) {
  std::vector<float> thickness;
  for (std::size_t i = 0; i < ground.size(); ++i) {
    if (map.known[i] != 0 && std::abs(map.middle[i] - ground[i]) < kFlat) thickness.push_back(map.top[i] - map.middle[i]);
  }
  if (thickness.empty()) return 0;
  const auto middle = thickness.begin() + static_cast<std::ptrdiff_t>(thickness.size() / 2);
  std::nth_element(thickness.begin(), middle, thickness.end());
  return *middle;
}

// Mean of the squares of 2 * reach + 1 cells, twice; at the rim, of what there is of them.
void smooth(const GroundGrid& grid, double reach_m, std::vector<float>& values) {
  const int reach = std::max(1, static_cast<int>(reach_m / grid.cell));
  // Lines that lie beside each other in memory go together.
  constexpr std::size_t kTogether = 16;
  std::vector<double> sums;
  const auto smooth_lines = [&](std::size_t first, std::size_t lines, std::size_t next_line, std::size_t stride, int count) {
    sums.assign((static_cast<std::size_t>(count) + 1) * lines, 0.0);
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      for (std::size_t l = 0; l < lines; ++l)
        sums[(i + 1) * lines + l] = sums[i * lines + l] + static_cast<double>(values[first + l * next_line + i * stride]);
    }
    for (int i = 0; i < count; ++i) {
      const int low = std::max(0, i - reach), high = std::min(count, i + reach + 1);
      for (std::size_t l = 0; l < lines; ++l) {
        const double sum = sums[static_cast<std::size_t>(high) * lines + l] - sums[static_cast<std::size_t>(low) * lines + l];
        values[first + l * next_line + static_cast<std::size_t>(i) * stride] = static_cast<float>(sum / (high - low));
      }
    }
  };
  const auto columns = static_cast<std::size_t>(grid.columns);
  for (int pass = 0; pass < 2; ++pass) {
    for (int row = 0; row < grid.rows; ++row) smooth_lines(grid.at(0, row), 1, 0, 1, grid.columns);
    for (std::size_t column = 0; column < columns; column += kTogether)
      smooth_lines(column, std::min(kTogether, columns - column), 1, columns, grid.rows);
  }
}

}  // namespace

// Which colours are common: a histogram, smoothed over neighbouring bins. A mean would be the colour of nothing where a lawn meets a
// street.
class GroundColours {
 public:
  void add(const glm::vec3& colour) {
    const glm::ivec3 bin = bin_of(colour);
    for (int r = -1; r <= 1; ++r) {
      for (int g = -1; g <= 1; ++g) {
        for (int b = -1; b <= 1; ++b) {
          const glm::ivec3 at = bin + glm::ivec3(r, g, b);
          if (std::min({at.x, at.y, at.z}) < 0 || std::max({at.x, at.y, at.z}) >= kBins) continue;
          float& weight = weight_[index(at)];
          weight += static_cast<float>((2 - std::abs(r)) * (2 - std::abs(g)) * (2 - std::abs(b)));
          most_ = std::max(most_, weight);
        }
      }
    }
    ++count_;
  }
  int count() const { return count_; }
  // 1 for the most common colour.
  float share_of(const glm::vec3& colour) const { return most_ > 0 ? weight_[index(bin_of(colour))] / most_ : 0; }

 private:
  static constexpr int kBins = 16;  // a channel
  static glm::ivec3 bin_of(const glm::vec3& c) { return glm::clamp(glm::ivec3(c * static_cast<float>(kBins)), 0, kBins - 1); }
  static std::size_t index(const glm::ivec3& bin) { return static_cast<std::size_t>((bin.x * kBins + bin.y) * kBins + bin.z); }
  std::vector<float> weight_ = std::vector<float>(static_cast<std::size_t>(kBins * kBins * kBins));
  float most_ = 0;
  int count_ = 0;
};

// Heights under a footprint that go over into the ground around it without a step: the ground's difference from the surface at the rim is
// spread inwards like a membrane. `cells` are the footprint's; `rim(cell, difference)` is true where there is a surface to go over into.
class Membrane {
 public:
  template <class Rim>
  Membrane(glm::ivec2 low, glm::ivec2 size, std::span<const glm::ivec2> cells, Rim&& rim)
      : low_(low - 1), columns_(size.x + 2), rows_(size.y + 2) {
    const std::size_t count = static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_);
    value_.assign(count, 0.0F);
    std::vector<float> weight(count, 0.0F);
    for (const glm::ivec2& cell : cells) weight[index(cell)] = -1;
    double sum = 0;
    int known = 0;
    for (int row = 0; row < rows_; ++row) {
      for (int column = 0; column < columns_; ++column) {
        const glm::ivec2 cell = low_ + glm::ivec2(column, row);
        if (weight[index(cell)] < 0 || !rim(cell, value_[index(cell)])) continue;
        weight[index(cell)] = 1;
        sum += static_cast<double>(value_[index(cell)]);
        ++known;
      }
    }
    if (known == 0) return;
    for (const glm::ivec2& cell : cells) {
      value_[index(cell)] = static_cast<float>(sum / known);
      weight[index(cell)] = 1;
    }
    relax(cells, weight);
  }

  float at(glm::ivec2 cell) const { return value_[index(cell)]; }

 private:
  std::size_t index(glm::ivec2 cell) const {
    return static_cast<std::size_t>(cell.y - low_.y) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(cell.x - low_.x);
  }

  // Successive over-relaxation of Laplace's equation; where nothing is known beyond the rim, the membrane ends free.
  void relax(std::span<const glm::ivec2> cells, const std::vector<float>& weight) {
    constexpr float kOver = 1.8F;
    const std::size_t stride = static_cast<std::size_t>(columns_);
    for (int pass = 0; pass < kRelaxations; ++pass) {
      for (const glm::ivec2& cell : cells) {
        const std::size_t i = index(cell);
        float sum = 0, total = 0;
        for (const std::size_t k : {i - 1, i + 1, i - stride, i + stride}) {
          sum += weight[k] * value_[k];
          total += weight[k];
        }
        if (total > 0) value_[i] += kOver * (sum / total - value_[i]);
      }
    }
  }

  glm::ivec2 low_{0};
  int columns_ = 0, rows_ = 0;
  std::vector<float> value_;
};

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

  // What no piece covers goes on from its nearest covered neighbour: with what lies beside that one's source, mirrored where that is not
  // open.
  template <class IsOpen>
  void continue_pieces(IsOpen&& is_open) {
    struct Front {
      glm::ivec2 cell, direction;  // -1: mirrored along that axis
    };
    std::deque<Front> front;
    for (const glm::ivec2& cell : cells_) {
      if (source(cell) != kBare) front.push_back({cell, {1, 1}});
    }
    constexpr glm::ivec2 kSteps[] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    while (!front.empty()) {
      const Front at = front.front();
      front.pop_front();
      for (const glm::ivec2& step : kSteps) {
        const glm::ivec2 next = at.cell + step, from = source(at.cell);
        if (!has(next) || source(next) != kBare) continue;
        Front continued{next, at.direction};
        if (!is_open(from + step * continued.direction)) continued.direction *= glm::ivec2(step.x != 0 ? -1 : 1, step.y != 0 ? -1 : 1);
        const glm::ivec2 beside = from + step * continued.direction;
        source(next) = is_open(beside) ? beside : from;
        front.push_back(continued);
      }
    }
  }

  // `height` is the ground's as it is to be under the footprint, `level` the smoothed surface of open ground, `surface` the field's own.
  template <class Height, class Level, class Surface>
  GroundPatch finish(const std::vector<glm::dvec2>& footprint, Height&& height, Level&& level, Surface&& surface) const {
    GroundPatch patch;
    patch.low = grid_.low + grid_.cell * glm::dvec2(low_);
    patch.cell = grid_.cell;
    patch.columns = columns_;
    patch.rows = rows_;
    patch.shifts.assign(source_.size(), glm::vec3(0.0F));
    patch.surface.assign(source_.size(), GroundPatch::kNoSurface);
    float lowest = std::numeric_limits<float>::max(), highest = -lowest;
    for (const glm::ivec2& cell : cells_) {
      const float here = height(cell);
      lowest = std::min(lowest, here);
      highest = std::max(highest, here);
      const glm::ivec2 from = source(cell);
      if (from == kBare) continue;  // a part of the footprint that touches no other
      const glm::dvec2 apart = grid_.cell * glm::dvec2(from - cell);
      patch.shifts[index(cell)] = glm::vec3(glm::vec2(apart), level(from) - here);
      patch.surface[index(cell)] = surface(from);
    }
    patch.region = Region(footprint, static_cast<double>(lowest) - kBelow, static_cast<double>(highest) + kAbove);
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
    : grid_(map.grid),
      ground_(std::move(ground)),
      surface_(map.middle),
      level_(map.grid.size()),
      colour_(map.colour),
      open_(map.grid.size(), 0) {
  std::vector<std::uint8_t>& free = flat_;
  free.resize(grid_.size());
  const float haze = haze_above_ground(map, ground_);
  growth_ = haze + kGrowth;
  for (std::size_t i = 0; i < free.size(); ++i) {
    const bool flat = std::abs(map.middle[i] - ground_[i]) < kFlat && map.top[i] - map.middle[i] < haze + kFlat;
    free[i] = map.known[i] != 0 && flat ? 1 : 0;
  }
  // Patches bring the field's own roughness along: it must not be in their shifts a second time.
  smooth(grid_, kSmoothed, ground_);
  smooth_level();
  // Ground next to what stands on it shows its edge.
  const int margin = static_cast<int>(std::ceil(kClearance / grid_.cell));
  for (int row = margin; row < grid_.rows - margin; ++row) {
    for (int column = margin; column < grid_.columns - margin; ++column) {
      int clear = 0;
      for (int dy = -margin; dy <= margin; ++dy) {
        for (int dx = -margin; dx <= margin; ++dx) clear += free[grid_.at(column + dx, row + dy)];
      }
      const bool is_clear = static_cast<double>(clear) >= kClearShare * (2 * margin + 1) * (2 * margin + 1);
      open_[grid_.at(column, row)] = map.known[grid_.at(column, row)] != 0 && is_clear ? 1 : 0;
    }
  }
}

// Mean of the flat ones of nine cells: the height at which pieces meet without a step.
void OpenGround::smooth_level() {
  for (int row = 0; row < grid_.rows; ++row) {
    for (int column = 0; column < grid_.columns; ++column) {
      float sum = 0, count = 0;
      for (int y = std::max(0, row - 1); y <= std::min(grid_.rows - 1, row + 1); ++y) {
        for (int x = std::max(0, column - 1); x <= std::min(grid_.columns - 1, column + 1); ++x) {
          if (flat_[grid_.at(x, y)] == 0) continue;
          sum += surface_[grid_.at(x, y)];
          count += 1;
        }
      }
      const std::size_t i = grid_.at(column, row);
      level_[i] = count > 0 ? sum / count : ground_[i];
    }
  }
}

void OpenGround::close(const std::vector<glm::dvec2>& area, double margin) {
  const city::Rectangle around = city::bounds(area).grown(margin);
  const glm::dvec2 low = (around.low - grid_.low) / grid_.cell, high = (around.high - grid_.low) / grid_.cell;
  for (int row = std::max(0, static_cast<int>(low.y)); row < std::min<double>(grid_.rows, high.y); ++row) {
    for (int column = std::max(0, static_cast<int>(low.x)); column < std::min<double>(grid_.columns, high.x); ++column) {
      if (city::gap(area, grid_.centre(column, row)) <= margin) open_[grid_.at(column, row)] = 0;
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

// Colours of the open ground in a ring around the footprint, of a wider ring where that has too little.
GroundColours OpenGround::colours_around(const std::vector<glm::dvec2>& footprint) const {
  GroundColours colours;
  for (double ring = kNarrowestRing; ring <= kReach && colours.count() < kEnoughColours; ring *= 2) {
    const city::Rectangle around = city::bounds(footprint).grown(ring);
    const double stride = std::max(grid_.cell, ring / 8);
    for (double y = around.low.y; y < around.high.y; y += stride) {
      for (double x = around.low.x; x < around.high.x; x += stride) {
        if (open({x, y}) && city::gap(footprint, glm::dvec2(x, y)) <= ring) colours.add(colour_[cell_of({x, y})]);
      }
    }
  }
  return colours;
}

// How well the cells around a footprint serve as its ground. Neighbours count with each: a piece must not have freckles.
ScoreWindow OpenGround::window_around(const PatchMaker& maker, const GroundColours& colours, double reach,
                                      std::optional<double> from_others) const {
  const int margin = static_cast<int>(reach / grid_.cell);
  ScoreWindow window;
  window.low = maker.low() - margin;
  window.columns = maker.size().x + 2 * margin;
  window.rows = maker.size().y + 2 * margin;
  const GroundGrid cells{.low = {}, .cell = grid_.cell, .columns = window.columns, .rows = window.rows};
  std::vector<float> alike(cells.size(), 0.0F);
  std::vector<std::uint8_t> own(cells.size(), 1);
  const int apart = static_cast<int>(std::ceil(from_others.value_or(0) / grid_.cell));
  const auto keep_off = [&](int column, int row) {
    for (int y = std::max(0, row - apart); y <= std::min(cells.rows - 1, row + apart); ++y) {
      for (int x = std::max(0, column - apart); x <= std::min(cells.columns - 1, column + apart); ++x) own[cells.at(x, y)] = 0;
    }
  };
  window.score.assign(cells.size(), 0.0F);
  // Calls visit(column, row, cell of the map) for the open cells of the window.
  const glm::ivec2 first = glm::max(-window.low, 0),
                   last = glm::min(glm::ivec2(grid_.columns, grid_.rows) - window.low, glm::ivec2(window.columns, window.rows));
  const auto each_open = [&](auto&& visit) {
    for (int row = first.y; row < last.y; ++row) {
      for (int column = first.x; column < last.x; ++column) {
        const std::size_t cell = grid_.at(window.low.x + column, window.low.y + row);
        if (open_[cell] != 0) visit(column, row, cell);
      }
    }
  };
  each_open([&](int column, int row, std::size_t cell) {
    const float share = colours.share_of(colour_[cell]);
    if (share >= kLeastOwnShare) {
      alike[cells.at(column, row)] = share;
    } else {
      keep_off(column, row);
    }
  });
  smooth(cells, kNeighbourhood, alike);
  each_open([&](int column, int row, std::size_t) {
    // Cubed: pieces of the most common ground, so that a square is not mended with its street.
    const float score = alike[cells.at(column, row)];
    window.score[cells.at(column, row)] = score >= kLeastShare && own[cells.at(column, row)] != 0 ? score
                                          : from_others                                           ? 0
                                                                                                  : kScoreOfOthers;
  });
  return window;
}

std::optional<GroundPatch> OpenGround::patch(const std::vector<glm::dvec2>& footprint) const {
  PatchMaker maker(grid_, footprint);
  if (maker.cells().empty()) return std::nullopt;
  const GroundColours colours = colours_around(footprint);
  for (const Choice& choice : kChoices) {
    maker.take_pieces(window_around(maker, colours, choice.reach, choice.from_others), static_cast<int>(choice.reach / grid_.cell));
    if (maker.bare_share() <= kBareShareToContinue) break;
  }
  if (maker.is_bare()) return std::nullopt;
  maker.continue_pieces([&](glm::ivec2 cell) { return is_open(cell); });
  const Membrane rise(maker.low(), maker.size(), maker.cells(), [&](glm::ivec2 cell, float& difference) {
    if (cell.x < 0 || cell.y < 0 || cell.x >= grid_.columns || cell.y >= grid_.rows) return false;
    const std::size_t i = grid_.at(cell.x, cell.y);
    // Beside a wall its haze may hang over the ground, which is the ground's edge all the same.
    difference = (flat_[i] != 0 ? level_[i] : surface_[i]) - ground_[i];
    return std::abs(difference) < kFlat;
  });
  GroundPatch patch = maker.finish(
      footprint, [&](glm::ivec2 cell) { return ground_[clamped(cell)] + rise.at(cell); },
      [&](glm::ivec2 cell) { return level_[clamped(cell)]; }, [&](glm::ivec2 cell) { return surface_[clamped(cell)]; });
  patch.growth = growth_;
  return patch;
}

}  // namespace skyline::nerf
