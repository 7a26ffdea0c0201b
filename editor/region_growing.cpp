#include "editor/region_growing.h"

#include "city/polygon.h"
#include "nerf/objects/outline.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <vector>

namespace skyline::editor {
namespace {

constexpr double kStepShare = 0.35;  // of a thing's height above the ground, that its neighbours may differ by
constexpr double kTopShare = 0.95;   // of its cells that lie below its top: single cells are noise
constexpr double kLeastArea = 0.4;   // square metres
constexpr std::array<glm::ivec2, 4> kNeighbours{glm::ivec2{1, 0}, {-1, 0}, {0, 1}, {0, -1}};

class Grower {
 public:
  Grower(const SceneGround& ground, const GrowSettings& settings)
      : map_(ground.map()), ground_(ground.open_ground()), settings_(settings), inside_(map_.grid.size(), 0.0F) {}

  // Metres above the ground; 0 where nothing is known.
  double rise(glm::ivec2 cell) const {
    if (!on_map(cell)) return 0;
    const std::size_t i = map_.grid.at(cell.x, cell.y);
    if (map_.known[i] == 0) return 0;
    return static_cast<double>(map_.middle[i]) - ground_.height(map_.grid.centre(cell.x, cell.y));
  }

  bool on_map(glm::ivec2 cell) const { return cell.x >= 0 && cell.y >= 0 && cell.x < map_.grid.columns && cell.y < map_.grid.rows; }

  // Breadth first from the seed over small steps; false when it grows too large.
  bool grow(glm::ivec2 seed) {
    const double cell_area = map_.grid.cell * map_.grid.cell;
    std::deque<glm::ivec2> open{seed};
    take(seed);
    while (!open.empty()) {
      const glm::ivec2 cell = open.front();
      open.pop_front();
      const double here = rise(cell);
      for (const glm::ivec2 step : kNeighbours) {
        const glm::ivec2 next = cell + step;
        if (!on_map(next) || inside_[map_.grid.at(next.x, next.y)] > 0) continue;
        const double there = rise(next);
        if (there < settings_.least_height) continue;
        if (std::abs(there - here) > std::max(settings_.largest_step, kStepShare * std::max(here, there))) continue;
        take(next);
        open.push_back(next);
        if (static_cast<double>(rises_.size()) * cell_area > settings_.most_area) return false;
      }
    }
    return true;
  }

  city::Polygon outline() const {
    city::Polygon traced = nerf::trace_outline(map_.grid, inside_);
    if (traced.size() < 3) return {};
    city::Polygon simple = nerf::simplify_outline(traced, settings_.simplification);
    return simple.size() >= 3 && city::is_simple(simple) ? simple : traced;
  }

  double height() {
    const auto at = rises_.begin() + static_cast<std::ptrdiff_t>(kTopShare * static_cast<double>(rises_.size() - 1));
    std::nth_element(rises_.begin(), at, rises_.end());
    return *at;
  }
  glm::vec3 colour() const { return colour_ / static_cast<float>(rises_.size()); }

 private:
  void take(glm::ivec2 cell) {
    const std::size_t i = map_.grid.at(cell.x, cell.y);
    inside_[i] = 1;
    rises_.push_back(rise(cell));
    colour_ += map_.colour[i];
  }
  const nerf::SurfaceMap& map_;
  const nerf::OpenGround& ground_;
  const GrowSettings& settings_;
  std::vector<float> inside_;
  std::vector<double> rises_;
  glm::vec3 colour_{0.0F};
};

}  // namespace

core::Result<OwnSource> grow_region(const SceneGround& ground, glm::dvec2 place, const GrowSettings& settings) {
  const auto refuse = [&](const char* where, const char* advice) {
    return core::Error{fmt::format("cannot select what stands at {:.1f}, {:.1f}", place.x, place.y), where, advice};
  };
  Grower grower(ground, settings);
  const glm::ivec2 seed(glm::floor((place - ground.map().grid.low) / ground.map().grid.cell));
  if (!grower.on_map(seed)) return refuse("it lies outside of the scene", "point at something of the scene");
  if (grower.rise(seed) < settings.least_height) return refuse("nothing stands out of the ground there", "point at its top");
  if (!grower.grow(seed)) return refuse("it grows into what is next to it", "draw it with the lasso instead");
  OwnSource region;
  region.kind = OwnSource::Kind::kRegion;
  region.footprint = grower.outline();
  if (region.footprint.size() < 3 || city::area(region.footprint) < kLeastArea) return refuse("it is too small", "come nearer");
  region.base = ground.open_ground().height(city::centroid(region.footprint));
  region.height = std::max(grower.height(), settings.least_height);
  region.roof = glm::u8vec3(glm::clamp(grower.colour(), 0.0F, 1.0F) * 255.0F + 0.5F);
  return region;
}

}  // namespace skyline::editor
