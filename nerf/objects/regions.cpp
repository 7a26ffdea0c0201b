#include "nerf/objects/regions.h"

#include <Eigen/Dense>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

namespace skyline::nerf {
namespace {

constexpr std::array<std::pair<int, int>, 4> kNeighbours{{{1, 0}, {-1, 0}, {0, 1}, {0, -1}}};

// Disjoint sets with path halving.
class Sets {
 public:
  explicit Sets(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0); }
  std::int32_t find(std::int32_t i) {
    while (parent_[static_cast<std::size_t>(i)] != i) {
      parent_[static_cast<std::size_t>(i)] = parent_[static_cast<std::size_t>(parent_[static_cast<std::size_t>(i)])];
      i = parent_[static_cast<std::size_t>(i)];
    }
    return i;
  }
  // The smaller index leads, so that the result does not depend on the order.
  void join(std::int32_t a, std::int32_t b) {
    a = find(a);
    b = find(b);
    if (a != b) parent_[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
  }

 private:
  std::vector<std::int32_t> parent_;
};

class RegionFinder {
 public:
  RegionFinder(const SurfaceMap& map, const std::vector<float>& ground, const RegionSettings& settings)
      : map_(map), grid_(map.grid), settings_(settings), above_(map.middle.size()) {
    for (std::size_t i = 0; i < above_.size(); ++i) above_[i] = map.known[i] != 0 ? map.middle[i] - ground[i] : 0.0F;
  }

  Regions find() {
    classify_cells();
    grow();
    absorb_small();
    absorb_enclosed();
    return describe();
  }

 private:
  template <class Visit>
  void each_neighbour(int column, int row, Visit visit) const {
    for (const auto& [dx, dy] : kNeighbours) {
      const int c = column + dx, r = row + dy;
      if (c >= 0 && c < grid_.columns && r >= 0 && r < grid_.rows) visit(grid_.at(c, r));
    }
  }
  template <class Visit>
  void each_cell(Visit visit) const {
    for (int row = 0; row < grid_.rows; ++row) {
      for (int column = 0; column < grid_.columns; ++column) visit(column, row, grid_.at(column, row));
    }
  }

  // Mean distance of the heights around a cell from the plane that fits them best.
  float roughness(int column, int row) const {
    constexpr int kReach = 2;
    Eigen::Matrix3d normal = Eigen::Matrix3d::Zero();
    Eigen::Vector3d right = Eigen::Vector3d::Zero();
    std::array<std::array<double, 3>, 25> points;
    std::size_t count = 0;
    for (int dy = -kReach; dy <= kReach; ++dy) {
      for (int dx = -kReach; dx <= kReach; ++dx) {
        const int c = column + dx, r = row + dy;
        if (c < 0 || c >= grid_.columns || r < 0 || r >= grid_.rows) continue;
        const std::size_t i = grid_.at(c, r);
        if (above_[i] < settings_.lowest) continue;
        points[count++] = {static_cast<double>(dx), static_cast<double>(dy), static_cast<double>(map_.middle[i])};
      }
    }
    if (count < 5) return 0;
    for (std::size_t k = 0; k < count; ++k) {
      const Eigen::Vector3d p(points[k][0], points[k][1], 1);
      normal += p * p.transpose();
      right += p * points[k][2];
    }
    const Eigen::Vector3d plane = normal.ldlt().solve(right);
    double sum = 0;
    for (std::size_t k = 0; k < count; ++k) {
      sum += std::abs(points[k][2] - plane.x() * points[k][0] - plane.y() * points[k][1] - plane.z());
    }
    return static_cast<float>(sum / static_cast<double>(count));
  }

  // Cells that stand out, and those of them that look like leaves: green and uneven or let light through. A vote of the neighbourhood
  // takes single cells out.
  void classify_cells() {
    stands_.assign(grid_.size(), 0);
    leafy_.assign(grid_.size(), 0.0F);
    each_cell([&](int column, int row, std::size_t i) {
      if (above_[i] < settings_.lowest) return;
      stands_[i] = 1;
      const glm::vec3 c = map_.colour[i];
      const float sum = std::max(c.r + c.g + c.b, 0.05F);
      const float green = (2 * c.g - c.r - c.b) / sum;
      const float open = map_.top[i] - map_.bottom[i];
      const float rough = roughness(column, row);
      const auto ramp = [](float v, float low, float high) { return std::clamp((v - low) / (high - low), 0.0F, 1.0F); };
      const auto g = static_cast<float>(settings_.green), h = static_cast<float>(settings_.rough);
      const float leaves = ramp(green, g * 0.5F, g * 1.5F);
      const float uneven = std::max(ramp(rough, h * 0.4F, h * 1.6F), ramp(open, 1.5F, 4.0F));
      leafy_[i] = std::clamp(0.75F * leaves + 0.55F * uneven - 0.1F, 0.0F, 1.0F);
    });
    const int reach = std::max(1, static_cast<int>(std::lround(1.0 / grid_.cell)));
    std::vector<std::uint8_t> voted(grid_.size(), 0);
    each_cell([&](int column, int row, std::size_t i) {
      if (stands_[i] == 0) return;
      float sum = 0;
      int count = 0;
      for (int r = std::max(0, row - reach); r <= std::min(grid_.rows - 1, row + reach); ++r) {
        for (int c = std::max(0, column - reach); c <= std::min(grid_.columns - 1, column + reach); ++c) {
          const std::size_t k = grid_.at(c, r);
          if (stands_[k] == 0) continue;
          sum += leafy_[k];
          ++count;
        }
      }
      voted[i] = sum > 0.5F * static_cast<float>(count) ? 2 : 1;
    });
    stands_ = std::move(voted);
  }

  // Joins neighbours of one kind whose heights differ by no more than a roof's slope and a step.
  void grow() {
    Sets sets(grid_.size());
    const auto limit = static_cast<float>(settings_.step + settings_.steepest_roof * grid_.cell);
    each_cell([&](int column, int row, std::size_t i) {
      if (stands_[i] == 0) return;
      each_neighbour(column, row, [&](std::size_t k) {
        if (stands_[k] != stands_[i]) return;
        if (stands_[i] == 2 || std::abs(map_.middle[i] - map_.middle[k]) < limit) {
          sets.join(static_cast<std::int32_t>(i), static_cast<std::int32_t>(k));
        }
      });
    });
    label_.assign(grid_.size(), -1);
    each_cell([&](int, int, std::size_t i) {
      if (stands_[i] != 0) label_[i] = sets.find(static_cast<std::int32_t>(i));
    });
  }

  struct Border {
    std::map<std::int32_t, int> shared;  // edges along each neighbour
    int whole = 0;                       // edges along all others and the ground
    std::int64_t cells = 0;
    double above = 0;  // mean height above the ground
    bool vegetation = false;
  };

  std::map<std::int32_t, Border> borders() const {
    std::map<std::int32_t, Border> all;
    each_cell([&](int column, int row, std::size_t i) {
      if (label_[i] < 0) return;
      Border& border = all[label_[i]];
      ++border.cells;
      border.above += static_cast<double>(above_[i]);
      border.vegetation = stands_[i] == 2;
      each_neighbour(column, row, [&](std::size_t k) {
        if (label_[k] == label_[i]) return;
        ++border.whole;
        if (label_[k] >= 0) ++border.shared[label_[k]];
      });
    });
    for (auto& [label, border] : all) border.above /= static_cast<double>(border.cells);
    return all;
  }

  void relabel(const std::map<std::int32_t, std::int32_t>& to) {
    std::map<std::int32_t, std::int32_t> last;  // chains followed to their end
    for (const auto& [from, next] : to) {
      std::int32_t end = next;
      for (int guard = 0; guard < 64 && to.count(end) != 0; ++guard) end = to.at(end);
      last[from] = end == from ? -1 : end;
    }
    for (std::size_t i = 0; i < label_.size(); ++i) {
      const auto found = last.find(label_[i]);
      if (found == last.end()) continue;
      label_[i] = found->second;
      if (label_[i] < 0) stands_[i] = 0;
    }
  }

  // Regions too small for a building go to the neighbour with the longest common border: blurred walls, chimneys, single crowns beside a
  // roof. What has no neighbour is dropped.
  void absorb_small() {
    for (int round = 0; round < 3; ++round) {
      std::map<std::int32_t, std::int32_t> to;
      const auto all = borders();
      for (const auto& [label, border] : all) {
        // Nothing stands that is thinner than a share of its height: such pieces are of a surface that the photos did not settle.
        const double width = border.above / settings_.most_slender;
        const double smallest = std::max(settings_.smallest_area, width * width) / (grid_.cell * grid_.cell);
        if (static_cast<double>(border.cells) >= smallest * (round == 0 ? 0.4 : 1.0)) continue;
        std::int32_t best = -1;
        int longest = 0;
        for (const auto& [other, edges] : border.shared) {
          const Border& neighbour = all.at(other);
          if (neighbour.cells <= border.cells) continue;
          if (edges > longest) {
            longest = edges;
            best = other;
          }
        }
        to[label] = best;
      }
      relabel(to);
    }
    // Cells that joined a region of the other kind are of its kind.
    std::map<std::int32_t, std::pair<int, int>> votes;
    for (std::size_t i = 0; i < label_.size(); ++i) {
      if (label_[i] < 0) continue;
      auto& [roof, leaf] = votes[label_[i]];
      ++(stands_[i] == 2 ? leaf : roof);
    }
    for (std::size_t i = 0; i < label_.size(); ++i) {
      if (label_[i] >= 0) stands_[i] = votes[label_[i]].second > votes[label_[i]].first ? 2 : 1;
    }
  }

  // A region that lies mostly along one neighbour of its kind is a part of the same building.
  void absorb_enclosed() {
    for (int round = 0; round < 4; ++round) {
      std::map<std::int32_t, std::int32_t> to;
      const auto all = borders();
      for (const auto& [label, border] : all) {
        for (const auto& [other, edges] : border.shared) {
          const Border& neighbour = all.at(other);
          if (neighbour.vegetation != border.vegetation || to.count(other) != 0) continue;
          if (neighbour.cells < border.cells || (neighbour.cells == border.cells && other > label)) continue;
          const double share = static_cast<double>(edges) / border.whole;
          const bool small = static_cast<double>(border.cells) < 0.2 * static_cast<double>(neighbour.cells);
          // A tower and its podium: heights far apart and a good part of either's border in common.
          const double other_share = static_cast<double>(edges) / neighbour.whole;
          const bool podium = std::max(border.above, neighbour.above) > settings_.podium * std::min(border.above, neighbour.above) &&
                              std::max(share, other_share) > 0.5 * settings_.enclosed;
          if (share > settings_.enclosed || (small && share > 0.5 * settings_.enclosed) || podium) {
            to[label] = other;
            break;
          }
        }
      }
      if (to.empty()) return;
      relabel(to);
    }
  }

  // Share of a region's border on the ground where the surface falls by a good part of the region's height within a few steps: 1 where it
  // is walls all around. What only looks raised because the ground near it came out too low has none.
  double walled(std::int32_t label, const std::vector<std::size_t>& cells) const {
    const auto columns = static_cast<std::size_t>(grid_.columns);
    double height = 0;
    for (const std::size_t i : cells) height += static_cast<double>(above_[i]);
    const auto wall = static_cast<float>(0.4 * height / static_cast<double>(cells.size()));
    const int reach = std::max(3, static_cast<int>(std::lround(1.8 / grid_.cell)));
    int border = 0, steep = 0;
    for (const std::size_t i : cells) {
      const int column = static_cast<int>(i % columns), row = static_cast<int>(i / columns);
      for (const auto& [dx, dy] : kNeighbours) {
        const int c = column + dx, r = row + dy;
        if (c < 0 || c >= grid_.columns || r < 0 || r >= grid_.rows || label_[grid_.at(c, r)] >= 0) continue;
        const auto beyond = [&](int v, int d, int count) { return std::clamp(v + d * reach, 0, count - 1); };
        const std::size_t out = grid_.at(beyond(column, dx, grid_.columns), beyond(row, dy, grid_.rows));
        const std::size_t in = grid_.at(beyond(column, -dx, grid_.columns), beyond(row, -dy, grid_.rows));
        ++border;
        const float inner = label_[in] == label ? std::max(above_[in], above_[i]) : above_[i];
        if (map_.known[out] == 0 || inner - above_[out] > wall) ++steep;
      }
    }
    return border > 0 ? static_cast<double>(steep) / border : 1;
  }

  // A long region that goes over into the ground without a step at both ends, and nowhere along its sides: the deck of a bridge.
  bool is_bridge(std::int32_t label, const std::vector<std::size_t>& cells) const {
    const auto columns = static_cast<std::size_t>(grid_.columns);
    const auto place = [&](std::size_t i) { return Eigen::Vector2d(static_cast<double>(i % columns), static_cast<double>(i / columns)); };
    Eigen::Vector2d mean = Eigen::Vector2d::Zero();
    for (const std::size_t i : cells) mean += place(i);
    mean /= static_cast<double>(cells.size());
    Eigen::Matrix2d spread = Eigen::Matrix2d::Zero();
    for (const std::size_t i : cells) spread += (place(i) - mean) * (place(i) - mean).transpose();
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> axes(spread / static_cast<double>(cells.size()));
    constexpr double kLeastAspect = 1.6;
    if (axes.eigenvalues()(1) < kLeastAspect * kLeastAspect * axes.eigenvalues()(0)) return false;
    const Eigen::Vector2d along = axes.eigenvectors().col(1);
    double low = 0, high = 0;
    for (const std::size_t i : cells) {
      const double at = along.dot(place(i) - mean);
      low = std::min(low, at);
      high = std::max(high, at);
    }
    std::array<int, 3> border{}, level{};  // of one end, the sides, the other end
    const int reach = std::max(2, static_cast<int>(std::lround(2.0 / grid_.cell)));
    for (const std::size_t i : cells) {
      const int column = static_cast<int>(i % columns), row = static_cast<int>(i / columns);
      const double share = (along.dot(place(i) - mean) - low) / std::max(high - low, 1.0);
      const std::size_t part = share < 0.15 ? 0 : share > 0.85 ? 2 : 1;
      for (const auto& [dx, dy] : kNeighbours) {
        const int c = column + dx, r = row + dy, far_c = column + dx * reach, far_r = row + dy * reach;
        if (far_c < 0 || far_c >= grid_.columns || far_r < 0 || far_r >= grid_.rows || label_[grid_.at(c, r)] == label) continue;
        ++border[part];
        const std::size_t k = grid_.at(far_c, far_r);
        if (label_[k] < 0 && map_.known[k] != 0 && std::abs(map_.middle[k] - map_.middle[i]) < 1.0F) ++level[part];
      }
    }
    return 5 * level[0] > border[0] && 5 * level[2] > border[2] && 8 * level[1] < border[1];
  }

  Regions describe() const {
    std::map<std::int32_t, std::vector<std::size_t>> cells;
    for (std::size_t i = 0; i < label_.size(); ++i) {
      if (label_[i] >= 0) cells[label_[i]].push_back(i);
    }
    Regions regions;
    regions.label.assign(label_.size(), 0);
    const double smallest = settings_.smallest_area / (grid_.cell * grid_.cell);
    for (const auto& [label, members] : cells) {
      if (static_cast<double>(members.size()) < smallest) continue;
      Region region{.cells = static_cast<std::int64_t>(members.size())};
      double leaves = 0;
      for (const std::size_t i : members) leaves += static_cast<double>(leafy_[i]);
      leaves /= static_cast<double>(members.size());
      const bool vegetation = stands_[members.front()] == 2;
      region.kind = vegetation ? RegionKind::kVegetation : RegionKind::kBuilding;
      region.certainty = vegetation ? leaves : 1 - leaves;
      if (!vegetation) {
        const double walls = walled(label, members);
        if (walls < settings_.least_walled) continue;
        region.certainty *= walls;
      }
      if (!vegetation && is_bridge(label, members)) region.kind = RegionKind::kBridge;
      regions.list.push_back(region);
      for (const std::size_t i : members) regions.label[i] = static_cast<std::int32_t>(regions.list.size());
    }
    return regions;
  }

  const SurfaceMap& map_;
  const GroundGrid& grid_;
  const RegionSettings& settings_;
  std::vector<float> above_;          // the surface above the ground
  std::vector<std::uint8_t> stands_;  // 0 ground, 1 built, 2 leaves
  std::vector<float> leafy_;          // 0..1
  std::vector<std::int32_t> label_;   // -1: none; otherwise the smallest cell of the region
};

}  // namespace

Regions find_regions(const SurfaceMap& map, const std::vector<float>& ground, const RegionSettings& settings) {
  return RegionFinder(map, ground, settings).find();
}

}  // namespace skyline::nerf
