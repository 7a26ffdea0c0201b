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
    for (const glm::ivec2& cell : tried_) {
      const glm::ivec2 inside = cell - window.low;
      covered_ = covered_ && inside.x >= reach && inside.y >= reach && inside.x + reach < window.columns && inside.y + reach < window.rows;
    }
  }

  // Calls found(candidate) for displacements of one row: `count` of them from `first` on, `step` apart. The scores of a displacement are
  // summed in the order of the cells, whether its neighbours are looked at or not.
  template <class Found>
  void row(glm::ivec2 first, int step, int count, Found&& found) {
    sums_.assign(static_cast<std::size_t>(count), 0.0F);
    for (const glm::ivec2& cell : tried_) add_scores(cell + first, step);
    for (int k = 0; k < count; ++k) {
      const glm::ivec2 displacement(first.x + k * step, first.y);
      const double far = std::hypot(displacement.x, displacement.y) / reach_;
      found(Candidate{static_cast<double>(sums_[static_cast<std::size_t>(k)]) * (1 - distance_weight_ * far), displacement});
    }
  }

  Candidate around(Candidate best, int step) {
    const glm::ivec2 middle = best.displacement;
    const int first = std::max(-reach_, middle.x - step), last = std::min(reach_, middle.x + step);
    for (int y = std::max(-reach_, middle.y - step); y <= std::min(reach_, middle.y + step); ++y) {
      row({first, y}, 1, last - first + 1, [&](const Candidate& candidate) {
        if (candidate.gain > best.gain) best = candidate;
      });
    }
    return best;
  }

 private:
  // Of the cells of one row, from `at` on.
  void add_scores(glm::ivec2 at, int step) {
    if (!covered_) {
      for (std::size_t k = 0; k < sums_.size(); ++k) sums_[k] += window_.at({at.x + static_cast<int>(k) * step, at.y});
      return;
    }
    const glm::ivec2 inside = at - window_.low;
    const float* const scores = window_.score.data() + static_cast<std::ptrdiff_t>(inside.y) * window_.columns + inside.x;
    if (step == 1) {
      for (std::size_t k = 0; k < sums_.size(); ++k) sums_[k] += scores[k];
    } else {
      for (std::size_t k = 0; k < sums_.size(); ++k) sums_[k] += scores[k * static_cast<std::size_t>(step)];
    }
  }

  const ScoreWindow& window_;
  std::vector<glm::ivec2> tried_;
  std::vector<float> sums_;
  int reach_;
  double distance_weight_;
  bool covered_ = true;  // every displacement of every cell lies in the window
};

}  // namespace

std::optional<glm::ivec2> best_displacement(const ScoreWindow& window, std::span<const glm::ivec2> cells, int reach,
                                            double distance_weight) {
  Search search(window, cells, reach, distance_weight);
  const int step = std::max(1, reach / kCoarseSteps);
  std::vector<Candidate> coarse;
  for (int dy = -reach; dy <= reach; dy += step)
    search.row({-reach, dy}, step, 2 * reach / step + 1, [&](const Candidate& candidate) { coarse.push_back(candidate); });
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
