// Finds displacements that bring open ground under a footprint. Private to the ground patches.
//
// Everything in cells of the map. A search over all displacements would take seconds: they are tried on a coarse lattice with a part of the
// cells, and the best ones refined.
#pragma once

#include <glm/vec2.hpp>

#include <optional>
#include <span>
#include <vector>

namespace skyline::nerf {

// How well each cell of the map around a footprint would serve as its ground: 0 not at all, to 1.
struct ScoreWindow {
  glm::ivec2 low{0};  // first cell of the map
  int columns = 0, rows = 0;
  std::vector<float> score;  // [rows, columns]
  float at(glm::ivec2 cell) const {
    const glm::ivec2 inside = cell - low;
    if (inside.x < 0 || inside.y < 0 || inside.x >= columns || inside.y >= rows) return 0;
    return score[static_cast<std::size_t>(inside.y) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(inside.x)];
  }
};

// The displacement of at most `reach` cells each way with the largest sum of scores over the cells, less up to `distance_weight` of it for
// far ones; nothing when no cell would get ground.
std::optional<glm::ivec2> best_displacement(const ScoreWindow& window, std::span<const glm::ivec2> cells, int reach,
                                            double distance_weight);

}  // namespace skyline::nerf
