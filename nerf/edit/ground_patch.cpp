#include "nerf/edit/ground_patch.h"

#include "city/polygon.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace skyline::nerf {
namespace {

constexpr double kFlat = 0.4;                 // metres above the ground that still are ground
constexpr double kClearance = 1.0;            // metres between open ground and what stands on it
constexpr double kReach = 60;                 // metres to the farthest piece
constexpr double kStride = 1.0;               // metres between displacements that are tried
constexpr double kBelow = 1.5, kAbove = 0.6;  // metres of the slab below and above the ground
constexpr int kMostPieces = 12;
constexpr double kColourWeight = 3.0;     // cost of a colour difference of 1
constexpr double kDistanceWeight = 0.15;  // cost of a piece from as far as the reach

}  // namespace

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

// Mean colour of the open ground in a ring around the footprint; of the nearest open ground where the ring has none.
glm::vec3 OpenGround::colour_around(const std::vector<glm::dvec2>& footprint, const std::vector<std::size_t>& target) const {
  for (double ring = 4; ring <= kReach; ring *= 2) {
    const city::Rectangle around = city::bounds(footprint).grown(ring);
    glm::vec3 sum(0.0F);
    int count = 0;
    for (double y = around.low.y; y < around.high.y; y += grid_.cell) {
      for (double x = around.low.x; x < around.high.x; x += grid_.cell) {
        if (!open({x, y}) || city::gap(footprint, glm::dvec2(x, y)) > ring) continue;
        sum += colour_[cell_of({x, y})];
        ++count;
      }
    }
    if (count > 0) return sum / static_cast<float>(count);
  }
  return target.empty() ? glm::vec3(0.5F) : colour_[target.front()];
}

std::optional<GroundPatch> OpenGround::patch(const std::vector<glm::dvec2>& footprint) const {
  // Cut the footprint's rectangle into cells.
  const city::Rectangle around = city::bounds(footprint);
  GroundPatch patch;
  patch.low = around.low;
  patch.cell = grid_.cell;
  patch.columns = std::max(1, static_cast<int>(std::ceil((around.high.x - around.low.x) / patch.cell)));
  patch.rows = std::max(1, static_cast<int>(std::ceil((around.high.y - around.low.y) / patch.cell)));
  patch.shifts.assign(static_cast<std::size_t>(patch.columns) * static_cast<std::size_t>(patch.rows), glm::vec3(0.0F));
  std::vector<glm::dvec2> places;
  std::vector<std::size_t> target;
  double lowest = std::numeric_limits<double>::max(), highest = -lowest;
  for (int row = 0; row < patch.rows; ++row) {
    for (int column = 0; column < patch.columns; ++column) {
      places.push_back(patch.low + patch.cell * glm::dvec2(column + 0.5, row + 0.5));
      target.push_back(cell_of(places.back()));
      lowest = std::min(lowest, height(places.back()));
      highest = std::max(highest, height(places.back()));
    }
  }
  const glm::vec3 wanted = colour_around(footprint, target);

  // Take the best displacement for the cells that are still bare, until none is.
  std::vector<std::size_t> bare(places.size());
  for (std::size_t i = 0; i < bare.size(); ++i) bare[i] = i;
  bool any = false;
  for (int piece = 0; piece < kMostPieces && !bare.empty(); ++piece) {
    const std::size_t thinning = std::max<std::size_t>(1, bare.size() / 400);
    double best = 0;
    glm::dvec2 chosen(0.0);
    for (double dy = -kReach; dy <= kReach; dy += kStride) {
      for (double dx = -kReach; dx <= kReach; dx += kStride) {
        double gained = 0;
        for (std::size_t b = 0; b < bare.size(); b += thinning) {
          const glm::dvec2 from = places[bare[b]] + glm::dvec2(dx, dy);
          if (!open(from)) continue;
          const glm::vec3 difference = colour_[cell_of(from)] - wanted;
          const double unlike =
              std::sqrt(static_cast<double>(difference.x * difference.x + difference.y * difference.y + difference.z * difference.z));
          gained += std::max(0.05, 1 - kColourWeight * unlike);
        }
        gained *= 1 - kDistanceWeight * std::hypot(dx, dy) / kReach;
        if (gained > best) {
          best = gained;
          chosen = {dx, dy};
        }
      }
    }
    if (best <= 0) break;
    any = true;
    std::erase_if(bare, [&](std::size_t i) {
      const glm::dvec2 from = places[i] + chosen;
      if (!open(from)) return false;
      patch.shifts[i] = glm::vec3(glm::vec2(chosen), static_cast<float>(height(from) - height(places[i])));
      return true;
    });
  }
  if (!any) return std::nullopt;
  // What no piece covers takes the shift of the nearest covered cell.
  if (!bare.empty()) {
    std::vector<std::uint8_t> is_bare(places.size(), 0);
    for (const std::size_t i : bare) is_bare[i] = 1;
    for (const std::size_t i : bare) {
      double nearest = std::numeric_limits<double>::max();
      std::size_t source = i;
      for (std::size_t j = 0; j < places.size(); ++j) {
        const glm::dvec2 apart = places[j] - places[i];
        const double distance = apart.x * apart.x + apart.y * apart.y;
        if (is_bare[j] == 0 && distance < nearest) {
          nearest = distance;
          source = j;
        }
      }
      patch.shifts[i] = patch.shifts[source];
    }
  }
  patch.region = Region(footprint, lowest - kBelow, highest + kAbove);
  return patch;
}

}  // namespace skyline::nerf
