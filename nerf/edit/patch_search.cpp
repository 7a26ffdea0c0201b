#include "nerf/edit/patch_search.h"

#include <algorithm>
#include <cmath>

namespace skyline::nerf {
namespace {

constexpr std::size_t kMostTried = 300;  // cells of a footprint that are looked at
constexpr std::size_t kRefined = 8;      // displacements
constexpr int kCoarseSteps = 20;         // each way

struct Candidate {
  double gain = 0;
  glm::ivec2 displacement{0};
};

class Search {
 public:
  Search(const ScoreWindow& window, std::span<const glm::ivec2> cells, int reach, double distance_weight)
      : window_(window), reach_(reach), distance_weight_(distance_weight) {
    const std::size_t thinning = std::max<std::size_t>(1, cells.size() / kMostTried);
    for (std::size_t i = 0; i < cells.size(); i += thinning) tried_.push_back(cells[i]);
  }

  double gain(glm::ivec2 displacement) const {
    float sum = 0;
    for (const glm::ivec2& cell : tried_) sum += window_.at(cell + displacement);
    const double far = std::hypot(displacement.x, displacement.y) / reach_;
    return static_cast<double>(sum) * (1 - distance_weight_ * far);
  }

  Candidate around(Candidate best, int step) const {
    const glm::ivec2 middle = best.displacement;
    for (int dy = -step; dy <= step; ++dy) {
      for (int dx = -step; dx <= step; ++dx) {
        const glm::ivec2 displacement = middle + glm::ivec2(dx, dy);
        if (std::abs(displacement.x) > reach_ || std::abs(displacement.y) > reach_) continue;
        if (const double g = gain(displacement); g > best.gain) best = {g, displacement};
      }
    }
    return best;
  }

 private:
  const ScoreWindow& window_;
  std::vector<glm::ivec2> tried_;
  int reach_;
  double distance_weight_;
};

}  // namespace

std::optional<glm::ivec2> best_displacement(const ScoreWindow& window, std::span<const glm::ivec2> cells, int reach,
                                            double distance_weight) {
  const Search search(window, cells, reach, distance_weight);
  const int step = std::max(1, reach / kCoarseSteps);
  std::vector<Candidate> coarse;
  for (int dy = -reach; dy <= reach; dy += step) {
    for (int dx = -reach; dx <= reach; dx += step) coarse.push_back({search.gain({dx, dy}), {dx, dy}});
  }
  const std::size_t refined = std::min(kRefined, coarse.size());
  std::partial_sort(coarse.begin(), coarse.begin() + static_cast<std::ptrdiff_t>(refined), coarse.end(),
                    [](const Candidate& a, const Candidate& b) { return a.gain > b.gain; });
  Candidate best;
  for (std::size_t i = 0; i < refined; ++i) {
    const Candidate found = search.around(coarse[i], step / 2);
    if (found.gain > best.gain) best = found;
  }
  if (best.gain <= 0) return std::nullopt;
  return best.displacement;
}

}  // namespace skyline::nerf
