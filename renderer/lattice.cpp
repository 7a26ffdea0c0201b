#include "renderer/lattice.h"

#include "nerf/cpu/renderer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace skyline::renderer {
namespace {

constexpr int kTileWidth = 16, kTileHeight = nerf::kPointTile / kTileWidth;
constexpr glm::ivec2 kRefinementStride{4, 4};
// How many lattices the pixels at the focus are ahead of those at the far end of the picture.
constexpr double kFocusLead = 5;

glm::vec2 centre(int column, int row) { return {static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F}; }

int pixels_along(int size, int stride, int offset) { return offset < size ? (size - offset + stride - 1) / stride : 0; }

}  // namespace

Lattice::Lattice(glm::ivec2 size, glm::ivec2 s, glm::ivec2 o)
    : stride(s), offset(o), columns(pixels_along(size.x, s.x, o.x)), rows(pixels_along(size.y, s.y, o.y)) {}

glm::ivec2 stride_for(glm::ivec2 size, std::int64_t rays) {
  const double pixels = static_cast<double>(size.x) * size.y;
  const double wanted = pixels / static_cast<double>(std::max<std::int64_t>(rays, 1));
  const int most = std::clamp(static_cast<int>(std::ceil(std::sqrt(std::max(wanted, 1.0)))) + 1, 1, std::max(1, std::min(size.x, size.y)));
  glm::ivec2 best(most, most);
  for (int y = 1; y <= most; ++y) {
    for (int x = std::max(1, (y + 1) / 2); x <= std::min(most, 2 * y); ++x) {
      const int cells = x * y, former = best.x * best.y;
      if (cells < wanted && cells != 1) continue;
      if (cells == 1 && wanted > 1) continue;
      const bool squarer = std::abs(x - y) < std::abs(best.x - best.y);
      if (cells < former || (cells == former && squarer)) best = {x, y};
    }
  }
  return best;
}

std::vector<glm::ivec2> offset_order(glm::ivec2 stride) {
  const auto gap = [&](glm::ivec2 a, glm::ivec2 b) {
    const int dx = std::abs(a.x - b.x), dy = std::abs(a.y - b.y);
    const int x = std::min(dx, stride.x - dx), y = std::min(dy, stride.y - dy);
    return x * x + y * y;
  };
  std::vector<glm::ivec2> left, order;
  for (int y = 0; y < stride.y; ++y) {
    for (int x = 0; x < stride.x; ++x) left.emplace_back(x, y);
  }
  std::vector<double> crowd(left.size(), 0.0);
  while (!left.empty()) {
    const auto next = static_cast<std::ptrdiff_t>(std::min_element(crowd.begin(), crowd.end()) - crowd.begin());
    const glm::ivec2 chosen = left[static_cast<std::size_t>(next)];
    order.push_back(chosen);
    left.erase(left.begin() + next);
    crowd.erase(crowd.begin() + next);
    for (std::size_t i = 0; i < left.size(); ++i) crowd[i] += std::pow(static_cast<double>(gap(left[i], chosen)), -1.5);
  }
  return order;
}

void lattice_points(const Lattice& lattice, Points& points) {
  points.at.clear();
  points.pixel.clear();
  points.at.reserve(static_cast<std::size_t>(lattice.count()));
  points.pixel.reserve(static_cast<std::size_t>(lattice.count()));
  for (int y0 = 0; y0 < lattice.rows; y0 += kTileHeight) {
    for (int x0 = 0; x0 < lattice.columns; x0 += kTileWidth) {
      for (int y = y0; y < std::min(y0 + kTileHeight, lattice.rows); ++y) {
        for (int x = x0; x < std::min(x0 + kTileWidth, lattice.columns); ++x) {
          points.at.push_back(centre(lattice.offset.x + x * lattice.stride.x, lattice.offset.y + y * lattice.stride.y));
          points.pixel.push_back(static_cast<std::uint32_t>(y * lattice.columns + x));
        }
      }
    }
  }
}

std::span<const glm::vec2> sample_offsets(int samples) {
  // The centre and a ring around it: three or seven further samples at equal angles, none of them in a row or column with another.
  static const auto ring = [](int count) {
    std::array<glm::vec2, kMostSamples> offsets{};
    for (int k = 1; k < count; ++k) {
      const double angle = 2 * 3.14159265358979323846 * (k - 1) / (count - 1) + 0.26;
      offsets[static_cast<std::size_t>(k)] = {static_cast<float>(0.36 * std::cos(angle)), static_cast<float>(0.36 * std::sin(angle))};
    }
    return offsets;
  };
  static const std::array<std::array<glm::vec2, kMostSamples>, kMostSamples + 1> all = [] {
    std::array<std::array<glm::vec2, kMostSamples>, kMostSamples + 1> sets{};
    for (int count = 1; count <= kMostSamples; ++count) sets[static_cast<std::size_t>(count)] = ring(count);
    return sets;
  }();
  const auto count = static_cast<std::size_t>(std::clamp(samples, 1, kMostSamples));
  return {all[count].data(), count};
}

RefinementOrder::RefinementOrder(glm::ivec2 size, int samples, glm::dvec2 focus, std::size_t first_offset)
    : size_(size), offsets_(offset_order(kRefinementStride)), samples_(std::clamp(samples, 1, kMostSamples)) {
  std::rotate(offsets_.begin(), offsets_.begin() + static_cast<std::ptrdiff_t>(first_offset % offsets_.size()), offsets_.end());
  if (focus.x < 0 || focus.y < 0) focus = 0.5 * glm::dvec2(size);
  const double diagonal = std::hypot(size.x, size.y);
  const auto add_tiles = [&](int sample, std::size_t lattice, glm::ivec2 stride, glm::ivec2 offset) {
    const Lattice l(size, stride, offset);
    for (int y = 0; y * kTileHeight < l.rows; ++y) {
      for (int x = 0; x * kTileWidth < l.columns; ++x) {
        const double away = std::hypot((x + 0.5) * kTileWidth * stride.x - focus.x, (y + 0.5) * kTileHeight * stride.y - focus.y);
        units_.push_back({static_cast<float>(static_cast<double>(lattice) + kFocusLead * away / diagonal),
                          static_cast<std::uint16_t>(sample), static_cast<std::uint16_t>(lattice), x, y});
      }
    }
  };
  const auto by_key = [](const Unit& a, const Unit& b) { return a.key < b.key; };
  for (std::size_t k = 0; k < offsets_.size(); ++k) add_tiles(0, k, kRefinementStride, offsets_[k]);
  std::stable_sort(units_.begin(), units_.end(), by_key);
  first_units_ = units_.size();
  for (int sample = 1; sample < samples_; ++sample) {
    const auto begin = static_cast<std::ptrdiff_t>(units_.size());
    add_tiles(sample, 0, {1, 1}, {0, 0});
    std::stable_sort(units_.begin() + begin, units_.end(), by_key);
  }
}

bool RefinementOrder::touches(std::size_t i, glm::ivec2 low, glm::ivec2 high) const {
  const Unit& unit = units_[i];
  const glm::ivec2 stride = unit.sample == 0 ? kRefinementStride : glm::ivec2(1);
  const glm::ivec2 first = glm::ivec2(unit.column * kTileWidth, unit.row * kTileHeight) * stride,
                   last = first + glm::ivec2(kTileWidth, kTileHeight) * stride;
  return first.x < high.x && first.y < high.y && last.x > low.x && last.y > low.y;
}

void RefinementOrder::append(std::size_t i, Points& points) const {
  const Unit& unit = units_[i];
  const glm::ivec2 stride = unit.sample == 0 ? kRefinementStride : glm::ivec2(1);
  const Lattice l(size_, stride, unit.sample == 0 ? offsets_[unit.lattice] : glm::ivec2(0));
  const glm::vec2 shift = sample_offsets(samples_)[unit.sample];
  for (int y = unit.row * kTileHeight; y < std::min((unit.row + 1) * kTileHeight, l.rows); ++y) {
    for (int x = unit.column * kTileWidth; x < std::min((unit.column + 1) * kTileWidth, l.columns); ++x) {
      const int column = l.offset.x + x * stride.x, row = l.offset.y + y * stride.y;
      points.at.push_back(centre(column, row) + shift);
      points.pixel.push_back(static_cast<std::uint32_t>(row) * static_cast<std::uint32_t>(size_.x) + static_cast<std::uint32_t>(column));
    }
  }
}

}  // namespace skyline::renderer
