#include "city/spatial_index.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <queue>

namespace skyline::city {
namespace {

constexpr std::size_t kFanOut = 12;

glm::dvec2 middle(const Rectangle& box) { return (box.low + box.high) / 2.0; }

// Sorts `items` into vertical strips of about sqrt(groups) and each strip by y, so that runs of kFanOut lie close together.
template <class BoxOf>
void sort_tiles(std::vector<std::uint32_t>& items, const BoxOf& box_of) {
  const auto by = [&](int axis) {
    return [&, axis](std::uint32_t a, std::uint32_t b) {
      const double x = middle(box_of(a))[axis], y = middle(box_of(b))[axis];
      return x != y ? x < y : a < b;
    };
  };
  const double groups = std::ceil(static_cast<double>(items.size()) / kFanOut);
  const auto strip = static_cast<std::size_t>(std::ceil(std::sqrt(groups))) * kFanOut;
  std::sort(items.begin(), items.end(), by(0));
  for (std::size_t begin = 0; begin < items.size(); begin += strip) {
    const auto first = items.begin() + static_cast<std::ptrdiff_t>(begin);
    std::sort(first, items.begin() + static_cast<std::ptrdiff_t>(std::min(begin + strip, items.size())), by(1));
  }
}

}  // namespace

SpatialIndex::SpatialIndex(const Catalogue& catalogue) : catalogue_(catalogue) {
  const auto& objects = catalogue.objects();
  std::vector<Rectangle> object_boxes;
  object_boxes.reserve(objects.size());
  for (const Object& object : objects) object_boxes.push_back(bounds(object));
  order_.resize(objects.size());
  std::iota(order_.begin(), order_.end(), 0U);
  sort_tiles(order_, [&](std::uint32_t i) { return object_boxes[i]; });
  boxes_.reserve(order_.size());
  for (const std::uint32_t i : order_) boxes_.push_back(object_boxes[i]);

  // Sorted items, then nodes level by level: neighbours in the order are neighbours in the plane.
  const auto pack = [&](std::size_t begin, std::size_t end, const auto& box_of) {
    for (std::size_t first = begin; first < end; first += kFanOut) {
      Node node{{}, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(std::min(kFanOut, end - first))};
      for (std::size_t i = first; i < first + node.count; ++i) node.box.add(box_of(i));
      nodes_.push_back(node);
    }
  };
  pack(0, boxes_.size(), [&](std::size_t i) { return boxes_[i]; });
  leaves_ = static_cast<std::uint32_t>(nodes_.size());
  for (std::size_t begin = 0, end = nodes_.size(); end - begin > 1; begin = end, end = nodes_.size()) {
    std::vector<std::uint32_t> level(end - begin);
    std::iota(level.begin(), level.end(), static_cast<std::uint32_t>(begin));
    const std::vector<Node> old(nodes_.begin() + static_cast<std::ptrdiff_t>(begin), nodes_.end());
    sort_tiles(level, [&](std::uint32_t i) { return nodes_[i].box; });
    for (std::size_t i = 0; i < level.size(); ++i) nodes_[begin + i] = old[level[i] - begin];
    nodes_.reserve(nodes_.size() + (end - begin) / kFanOut + 1);
    pack(begin, end, [&](std::size_t i) { return nodes_[i].box; });
  }
}

template <class Visit>
void SpatialIndex::visit(const Rectangle& box, Visit&& visit) const {
  if (nodes_.empty() || box.empty()) return;
  // Of each level at most the children of one node wait; 2^32 objects have nine levels.
  constexpr std::size_t kMostLevels = 10;
  std::array<std::uint32_t, kMostLevels * kFanOut> open;
  open[0] = static_cast<std::uint32_t>(nodes_.size() - 1);
  std::size_t waiting = 1;
  while (waiting > 0) {
    const std::uint32_t at = open[--waiting];
    const Node& node = nodes_[at];
    if (!node.box.touches(box)) continue;
    for (std::uint32_t i = node.first; i < node.first + node.count; ++i) {
      if (at >= leaves_) {
        open[waiting++] = i;
      } else if (boxes_[i].touches(box)) {
        visit(order_[i]);
      }
    }
  }
}

void SpatialIndex::in_box_unordered(const Rectangle& box, std::vector<std::uint32_t>& found) const {
  found.clear();
  visit(box, [&](std::uint32_t i) { found.push_back(i); });
}

std::vector<std::uint32_t> SpatialIndex::in_box(const Rectangle& box) const {
  std::vector<std::uint32_t> found;
  visit(box, [&](std::uint32_t i) { found.push_back(i); });
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::uint32_t> SpatialIndex::within_gap(const Object& object, double gap_m) const {
  std::vector<std::uint32_t> found;
  visit(bounds(object).grown(gap_m), [&](std::uint32_t i) {
    const Object& other = catalogue_.objects()[i];
    if (other.id != object.id && gap(object, other) <= gap_m) found.push_back(i);
  });
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::uint32_t> SpatialIndex::within_gap(const Polygon& polygon, double gap_m) const {
  Object area;
  area.footprint = polygon;
  return within_gap(area, gap_m);
}

std::vector<std::uint32_t> SpatialIndex::along(const Path& path, double width, double gap_m) const {
  Object line;
  line.path = path;
  line.width = width;
  return within_gap(line, gap_m);
}

std::vector<std::uint32_t> SpatialIndex::containing(glm::dvec2 point) const {
  std::vector<std::uint32_t> found;
  visit({point, point}, [&](std::uint32_t i) {
    if (contains(catalogue_.objects()[i], point)) found.push_back(i);
  });
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::uint32_t> SpatialIndex::centroids_in(const Polygon& polygon) const {
  std::vector<std::uint32_t> found;
  visit(bounds(polygon), [&](std::uint32_t i) {
    if (contains(polygon, centroid(catalogue_.objects()[i]))) found.push_back(i);
  });
  std::sort(found.begin(), found.end());
  return found;
}

// Best first (Hjaltason and Samet, "Distance browsing in spatial databases", 1999): boxes by their least gap, objects by their exact one.
template <class Gap>
std::vector<std::uint32_t> SpatialIndex::nearest_by(const Rectangle& place, std::size_t k, const Gap& gap_to, const Accept& accept) const {
  enum Kind : std::uint8_t { kNode, kBox, kObject };
  struct Entry {
    double gap;
    Kind kind;
    std::uint32_t at;  // node, entry of order_, or object
    bool operator>(const Entry& other) const {
      if (gap != other.gap) return gap > other.gap;
      return kind != other.kind ? kind > other.kind : at > other.at;  // boxes first: they may hold an equal one of a lower place
    }
  };
  std::vector<std::uint32_t> found;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  if (!nodes_.empty()) open.push({0, kNode, static_cast<std::uint32_t>(nodes_.size() - 1)});
  // A hair below the least gap, so that rounding never puts an object before its box.
  const auto box_gap = [&](const Rectangle& box) { return std::sqrt(squared_gap(box, place)) * (1 - 1e-12); };
  while (!open.empty() && found.size() < k) {
    const Entry next = open.top();
    open.pop();
    if (next.kind == kObject) {
      found.push_back(next.at);
    } else if (next.kind == kBox) {
      const Object& object = catalogue_.objects()[order_[next.at]];
      if (!accept || accept(object)) open.push({gap_to(object), kObject, order_[next.at]});
    } else {
      const Node& node = nodes_[next.at];
      for (std::uint32_t i = node.first; i < node.first + node.count; ++i) {
        if (next.at >= leaves_) {
          open.push({box_gap(nodes_[i].box), kNode, i});
        } else {
          open.push({box_gap(boxes_[i]), kBox, i});
        }
      }
    }
  }
  return found;
}

std::vector<std::uint32_t> SpatialIndex::nearest(glm::dvec2 point, std::size_t k, const Accept& accept) const {
  return nearest_by(
      {point, point}, k, [&](const Object& other) { return gap(other, point); }, accept);
}

std::vector<std::uint32_t> SpatialIndex::nearest(const Object& object, std::size_t k, const Accept& accept) const {
  const auto fits = [&](const Object& other) { return other.id != object.id && (!accept || accept(other)); };
  return nearest_by(
      bounds(object), k, [&](const Object& other) { return gap(object, other); }, fits);
}

double bearing_deg(glm::dvec2 from, glm::dvec2 to) {
  const double degrees = std::atan2(to.x - from.x, to.y - from.y) * 180 / std::numbers::pi;
  return degrees < 0 ? degrees + 360 : degrees;
}

Direction direction_of(glm::dvec2 from, glm::dvec2 to) {
  if (from == to) return Direction::kNone;
  const int eighth = static_cast<int>(std::floor((bearing_deg(from, to) + 22.5) / 45)) % 8;
  return static_cast<Direction>(1 + eighth);
}

bool lies_towards(const Object& object, const Object& anchor, double bearing) {
  const glm::dvec2 there = centroid(object);
  const double radians = bearing * std::numbers::pi / 180;
  const glm::dvec2 wind(std::sin(radians), std::cos(radians));
  const auto within = [&](glm::dvec2 offset) {
    const double along = glm::dot(offset, wind), across = std::abs(offset.x * wind.y - offset.y * wind.x);
    return along > 0 && across <= along * (1 + 1e-12);
  };
  if (anchor.path.empty()) return within(there - centroid(anchor));
  // Of a line: off its nearest point towards the wind, whatever the angle.
  const NearestOnPath nearest = nearest_on_path(anchor.path, there);
  return nearest.distance > 0 && glm::dot(there - nearest.point, wind) > 0;
}

}  // namespace skyline::city
