#include "city/polygon.h"

#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace skyline::city {
namespace {

using glm::dvec2;

__extension__ typedef __float128 Quadruple;

double cross(dvec2 a, dvec2 b) { return a.x * b.y - a.y * b.x; }

// p is on the line through a and b.
bool within_box(dvec2 p, dvec2 a, dvec2 b) {
  return std::min(a.x, b.x) <= p.x && p.x <= std::max(a.x, b.x) && std::min(a.y, b.y) <= p.y && p.y <= std::max(a.y, b.y);
}

double squared_distance(dvec2 point, dvec2 a, dvec2 b) {
  const dvec2 along = b - a;
  const double squared = glm::dot(along, along);
  const double t = squared > 0 ? std::clamp(glm::dot(point - a, along) / squared, 0.0, 1.0) : 0.0;
  const dvec2 apart = point - (a + along * t);
  return glm::dot(apart, apart);
}

// Nearest of two segments that do not touch: an end of one against the other.
double squared_segment_gap(dvec2 a, dvec2 b, dvec2 c, dvec2 d) {
  if (segments_touch(a, b, c, d)) return 0;
  return std::min({squared_distance(a, c, d), squared_distance(b, c, d), squared_distance(c, a, b), squared_distance(d, a, b)});
}

Rectangle segment_box(dvec2 a, dvec2 b) { return {glm::min(a, b), glm::max(a, b)}; }

// Least gap between two chains of edges, each closed or open; single points count as an edge.
double chain_gap(Points a, bool a_closed, Points b, bool b_closed) {
  const auto edges = [](Points p, bool closed) { return p.size() == 1 ? std::size_t{1} : closed ? p.size() : p.size() - 1; };
  if (a.empty() || b.empty()) return std::numeric_limits<double>::infinity();
  double least = std::numeric_limits<double>::infinity();
  const Rectangle b_box = bounds(b);
  for (std::size_t i = 0; i < edges(a, a_closed); ++i) {
    const dvec2 a0 = a[i], a1 = a[(i + 1) % a.size()];
    const Rectangle box = segment_box(a0, a1);
    if (squared_gap(box, b_box) >= least) continue;
    for (std::size_t j = 0; j < edges(b, b_closed); ++j) {
      const dvec2 b0 = b[j], b1 = b[(j + 1) % b.size()];
      if (squared_gap(box, segment_box(b0, b1)) >= least) continue;
      least = std::min(least, squared_segment_gap(a0, a1, b0, b1));
    }
    if (least == 0) return 0;
  }
  return std::sqrt(least);
}

// Edges i and j of a polygon of n corners share nothing but the corner between neighbours.
bool edges_fit(Points polygon, std::size_t i, std::size_t j) {
  const std::size_t n = polygon.size();
  const dvec2 a = polygon[i], b = polygon[(i + 1) % n], c = polygon[j], d = polygon[(j + 1) % n];
  const bool i_before_j = (i + 1) % n == j, j_before_i = (j + 1) % n == i;
  if (!i_before_j && !j_before_i) return !segments_touch(a, b, c, d);
  // Neighbours overlap only when they fold back on one line.
  const auto folds = [](dvec2 from, dvec2 corner, dvec2 to) {
    return orientation(from, corner, to) == 0 && glm::dot(from - corner, to - corner) > 0;
  };
  if (i_before_j && folds(a, b, d)) return false;
  return !(j_before_i && folds(c, d, b));
}

}  // namespace

void Rectangle::add(dvec2 point) {
  low = glm::min(low, point);
  high = glm::max(high, point);
}

void Rectangle::add(const Rectangle& other) {
  low = glm::min(low, other.low);
  high = glm::max(high, other.high);
}

Rectangle bounds(Points points) {
  Rectangle box;
  for (const dvec2 p : points) box.add(p);
  return box;
}

double squared_gap(const Rectangle& a, const Rectangle& b) {
  const dvec2 apart = glm::max(glm::max(a.low - b.high, b.low - a.high), dvec2(0.0));
  return glm::dot(apart, apart);
}

int orientation(dvec2 a, dvec2 b, dvec2 c) {
  // Shewchuk, "Adaptive precision floating-point arithmetic and fast robust geometric predicates", 1997: error bound A of orient2d.
  constexpr double kEpsilon = std::numeric_limits<double>::epsilon() / 2;
  constexpr double kBound = (3 + 16 * kEpsilon) * kEpsilon;
  const double left = (a.x - c.x) * (b.y - c.y), right = (a.y - c.y) * (b.x - c.x);
  const double determinant = left - right;
  if (std::abs(determinant) > kBound * (std::abs(left) + std::abs(right))) return determinant > 0 ? 1 : -1;
  const Quadruple cx = c.x, cy = c.y;
  const Quadruple exact_left = (Quadruple(a.x) - cx) * (Quadruple(b.y) - cy), exact_right = (Quadruple(a.y) - cy) * (Quadruple(b.x) - cx);
  return exact_left > exact_right ? 1 : exact_left < exact_right ? -1 : 0;
}

bool segments_touch(dvec2 a, dvec2 b, dvec2 c, dvec2 d) {
  if (!segment_box(a, b).touches(segment_box(c, d))) return false;
  const int abc = orientation(a, b, c), abd = orientation(a, b, d), cda = orientation(c, d, a), cdb = orientation(c, d, b);
  if (abc * abd < 0 && cda * cdb < 0) return true;
  return (abc == 0 && within_box(c, a, b)) || (abd == 0 && within_box(d, a, b)) || (cda == 0 && within_box(a, c, d)) ||
         (cdb == 0 && within_box(b, c, d));
}

double signed_area(Points polygon) {
  if (polygon.size() < 3) return 0;
  double twice = 0;
  const dvec2 origin = polygon[0];  // keeps digits far from the origin
  for (std::size_t i = 1; i + 1 < polygon.size(); ++i) twice += cross(polygon[i] - origin, polygon[i + 1] - origin);
  return twice / 2;
}

double area(Points polygon) { return std::abs(signed_area(polygon)); }

dvec2 centroid(Points polygon) {
  if (polygon.empty()) return dvec2(0.0);
  const dvec2 origin = polygon[0];
  double twice = 0;
  dvec2 moment(0.0), mean(0.0);
  for (std::size_t i = 1; i + 1 < polygon.size(); ++i) {
    const dvec2 a = polygon[i] - origin, b = polygon[i + 1] - origin;
    const double part = cross(a, b);
    twice += part;
    moment += (a + b) * part;
  }
  for (const dvec2 p : polygon) mean += p - origin;
  const Rectangle box = bounds(polygon);
  const dvec2 size = box.high - box.low;
  if (std::abs(twice) <= 1e-12 * (size.x * size.x + size.y * size.y)) return origin + mean / static_cast<double>(polygon.size());
  return origin + moment / (3 * twice);
}

double path_length(Points path) {
  double length = 0;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) length += glm::distance(path[i], path[i + 1]);
  return length;
}

dvec2 path_middle(Points path) {
  if (path.empty()) return dvec2(0.0);
  double left = path_length(path) / 2;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    const double step = glm::distance(path[i], path[i + 1]);
    if (step > 0 && left <= step) return path[i] + (path[i + 1] - path[i]) * (left / step);
    left -= step;
  }
  return path.back();
}

bool contains(Points polygon, dvec2 point) {
  bool inside = false;
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const dvec2 a = polygon[j], b = polygon[i];
    if (std::min(a.y, b.y) > point.y || std::max(a.y, b.y) < point.y) continue;
    const int turn = orientation(a, b, point);
    if (turn == 0 && within_box(point, a, b)) return true;
    // Half-open in y, so that a corner is counted once.
    if ((a.y > point.y) != (b.y > point.y) && (turn > 0) == (b.y > a.y)) inside = !inside;
  }
  return inside;
}

bool is_simple(Points polygon) {
  constexpr std::size_t kFew = 24;
  const std::size_t n = polygon.size();
  if (n < 3) return false;
  for (std::size_t i = 0; i < n; ++i) {
    if (polygon[i] == polygon[(i + 1) % n]) return false;
  }
  if (n <= kFew) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = i + 1; j < n; ++j) {
        if (!edges_fit(polygon, i, j)) return false;
      }
    }
    return true;
  }
  // Edges sorted by their western ends; those that may still touch the next one stay in `open`.
  std::vector<std::size_t> order(n), open;
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto west = [&](std::size_t i) { return std::min(polygon[i].x, polygon[(i + 1) % n].x); };
  const auto east = [&](std::size_t i) { return std::max(polygon[i].x, polygon[(i + 1) % n].x); };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return west(a) < west(b); });
  for (const std::size_t i : order) {
    std::size_t kept = 0;
    for (const std::size_t j : open) {
      if (east(j) < west(i)) continue;
      if (!edges_fit(polygon, i, j)) return false;
      open[kept++] = j;
    }
    open.resize(kept);
    open.push_back(i);
  }
  return true;
}

Polygon without_repeats(Points polygon) {
  Polygon result;
  result.reserve(polygon.size());
  for (const dvec2 p : polygon) {
    if (result.empty() || result.back() != p) result.push_back(p);
  }
  while (result.size() > 1 && result.front() == result.back()) result.pop_back();
  return result;
}

double distance_to_segment(dvec2 point, dvec2 a, dvec2 b) { return std::sqrt(squared_distance(point, a, b)); }

double gap(Points polygon, dvec2 point) {
  if (polygon.empty()) return std::numeric_limits<double>::infinity();
  if (contains(polygon, point)) return 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++)
    least = std::min(least, squared_distance(point, polygon[j], polygon[i]));
  return std::sqrt(least);
}

double gap(Points a, Points b) {
  if (a.empty() || b.empty()) return std::numeric_limits<double>::infinity();
  if (bounds(a).touches(bounds(b)) && (contains(a, b[0]) || contains(b, a[0]))) return 0;
  return chain_gap(a, true, b, true);
}

double gap_to_path(Points polygon, Points path, double width) {
  if (polygon.empty() || path.empty()) return std::numeric_limits<double>::infinity();
  if (contains(polygon, path[0])) return 0;
  return std::max(0.0, chain_gap(polygon, true, path, false) - width / 2);
}

double path_gap(Points a, Points b) { return chain_gap(a, false, b, false); }

NearestOnPath nearest_on_path(Points path, dvec2 point) {
  NearestOnPath nearest;
  if (path.empty()) return nearest;
  nearest = {path[0], glm::distance(path[0], point), 0, 0};
  std::size_t corner_before = 0;
  double t_there = 0, length = 0;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    const dvec2 along = path[i + 1] - path[i];
    const double squared = glm::dot(along, along);
    const double t = squared > 0 ? std::clamp(glm::dot(point - path[i], along) / squared, 0.0, 1.0) : 0.0;
    const dvec2 there = path[i] + along * t;
    if (const double distance = glm::distance(there, point); i == 0 || distance < nearest.distance) {
      nearest = {there, distance, length + std::sqrt(squared) * t, 0};
      corner_before = i;
      t_there = t;
    }
    length += std::sqrt(squared);
  }
  if (path.size() < 2) return nearest;
  // At a corner the side is that of the sharper neighbour: left of both edges at a left turn, left of either at a right turn.
  const std::size_t i = corner_before;
  const int here = orientation(path[i], path[i + 1], point);
  nearest.side = here;
  if (t_there >= 1 && i + 2 < path.size()) {
    const int next = orientation(path[i + 1], path[i + 2], point), turn = orientation(path[i], path[i + 1], path[i + 2]);
    nearest.side = turn > 0 ? std::min(here, next) : turn < 0 ? std::max(here, next) : here;
  }
  return nearest;
}

Polygon convex_hull(Points points) {
  Polygon sorted(points.begin(), points.end());
  std::sort(sorted.begin(), sorted.end(), [](dvec2 a, dvec2 b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  if (sorted.size() < 3) return sorted;
  Polygon hull;
  const auto add = [&](dvec2 p, std::size_t floor) {
    while (hull.size() >= floor + 2 && orientation(hull[hull.size() - 2], hull.back(), p) <= 0) hull.pop_back();
    hull.push_back(p);
  };
  for (const dvec2 p : sorted) add(p, 0);
  const std::size_t lower = hull.size() - 1;
  for (std::size_t i = sorted.size() - 1; i-- > 0;) add(sorted[i], lower);
  hull.pop_back();
  return hull;
}

std::array<dvec2, 4> OrientedRectangle::corners() const {
  const dvec2 u = long_axis * half_length, v = dvec2(-long_axis.y, long_axis.x) * half_width;
  return {centre - u - v, centre + u - v, centre + u + v, centre - u + v};
}

OrientedRectangle minimum_rectangle(Points points) {
  const Polygon hull = convex_hull(points);
  OrientedRectangle best;
  double least = std::numeric_limits<double>::infinity();
  if (hull.size() == 1) best.centre = hull[0];
  for (std::size_t i = 0; hull.size() > 1 && i < hull.size(); ++i) {
    const dvec2 edge = hull[(i + 1) % hull.size()] - hull[i];
    const dvec2 u = glm::normalize(edge), v(-u.y, u.x);
    Rectangle turned;
    for (const dvec2 p : hull) turned.add(dvec2(glm::dot(p - hull[0], u), glm::dot(p - hull[0], v)));
    const dvec2 size = turned.high - turned.low;
    if (size.x * size.y >= least) continue;
    least = size.x * size.y;
    const dvec2 middle = (turned.low + turned.high) / 2.0;
    best.centre = hull[0] + u * middle.x + v * middle.y;
    best.long_axis = size.x >= size.y ? u : v;
    best.half_length = std::max(size.x, size.y) / 2;
    best.half_width = std::min(size.x, size.y) / 2;
  }
  if (best.long_axis.x < 0 || (best.long_axis.x == 0 && best.long_axis.y < 0)) best.long_axis = -best.long_axis;
  return best;
}

Rectangle bounds(const Object& object) {
  return object.path.empty() ? bounds(object.footprint) : bounds(object.path).grown(object.width / 2);
}

dvec2 centroid(const Object& object) { return object.path.empty() ? centroid(object.footprint) : path_middle(object.path); }

double gap(const Object& a, const Object& b) {
  if (a.path.empty() && b.path.empty()) return gap(a.footprint, b.footprint);
  if (a.path.empty()) return gap_to_path(a.footprint, b.path, b.width);
  if (b.path.empty()) return gap_to_path(b.footprint, a.path, a.width);
  return std::max(0.0, path_gap(a.path, b.path) - (a.width + b.width) / 2);
}

double gap(const Object& object, dvec2 point) {
  if (object.path.empty()) return gap(object.footprint, point);
  return std::max(0.0, nearest_on_path(object.path, point).distance - object.width / 2);
}

bool contains(const Object& object, dvec2 point) {
  return object.path.empty() ? contains(object.footprint, point) : nearest_on_path(object.path, point).distance <= object.width / 2;
}

}  // namespace skyline::city
