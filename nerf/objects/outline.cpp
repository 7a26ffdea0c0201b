#include "nerf/objects/outline.h"

#include "city/polygon.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <utility>

namespace skyline::nerf {
namespace {

constexpr double kDegree = std::numbers::pi / 180.0;

double cross(const glm::dvec2& a, const glm::dvec2& b) { return a.x * b.y - a.y * b.x; }

void keep_between(const std::vector<glm::dvec2>& points, std::size_t first, std::size_t last, double tolerance,
                  std::vector<std::uint8_t>& keep) {
  double farthest = 0;
  std::size_t index = first;
  for (std::size_t i = first + 1; i < last; ++i) {
    const double d = city::distance_to_segment(points[i], points[first], points[last]);
    if (d > farthest) {
      farthest = d;
      index = i;
    }
  }
  if (farthest <= tolerance) return;
  keep[index] = 1;
  keep_between(points, first, index, tolerance, keep);
  keep_between(points, index, last, tolerance, keep);
}

}  // namespace

std::vector<glm::dvec2> trace_outline(const GroundGrid& grid, const std::vector<float>& inside) {
  // Marching squares on the cell centres (Lorensen & Cline 1987, in the plane), with an empty frame around. Each crossed square side is a
  // node: 2 * (row * width + column) for the side to the east of a centre, + 1 for the one to the north.
  const int width = grid.columns + 2;
  const auto value = [&](int c, int r) {
    if (c < 0 || r < 0 || c >= grid.columns || r >= grid.rows) return 0.0F;
    return inside[grid.at(c, r)];
  };
  const auto node = [&](int c, int r, int side) { return 2 * (static_cast<std::int64_t>(r + 1) * width + (c + 1)) + side; };
  std::map<std::int64_t, std::int64_t> next;
  std::map<std::int64_t, glm::dvec2> place;
  const auto crossing = [&](int c, int r, int side) {
    const int c2 = c + (side == 0 ? 1 : 0), r2 = r + (side == 1 ? 1 : 0);
    const auto a = static_cast<double>(value(c, r)), b = static_cast<double>(value(c2, r2));
    const double t = std::clamp((0.5 - a) / (b - a), 0.0, 1.0);
    place[node(c, r, side)] = grid.centre(c, r) * (1 - t) + grid.centre(c2, r2) * t;
    return node(c, r, side);
  };
  for (int r = -1; r < grid.rows; ++r) {
    for (int c = -1; c < grid.columns; ++c) {
      const bool sw = value(c, r) > 0.5F, se = value(c + 1, r) > 0.5F, nw = value(c, r + 1) > 0.5F, ne = value(c + 1, r + 1) > 0.5F;
      const int code = (sw ? 1 : 0) | (se ? 2 : 0) | (ne ? 4 : 0) | (nw ? 8 : 0);
      if (code == 0 || code == 15) continue;
      // Sides: south, east, north, west. The inside lies to the left of each link.
      const auto side = [&](int which) {
        return which == 0 ? crossing(c, r, 0) : which == 1 ? crossing(c + 1, r, 1) : which == 2 ? crossing(c, r + 1, 0) : crossing(c, r, 1);
      };
      const auto link = [&](int from, int to) { next[side(from)] = side(to); };
      switch (code) {
        case 1:
          link(0, 3);
          break;
        case 2:
          link(1, 0);
          break;
        case 3:
          link(1, 3);
          break;
        case 4:
          link(2, 1);
          break;
        case 5:
          link(0, 3), link(2, 1);
          break;  // diagonal cells stay apart
        case 6:
          link(2, 0);
          break;
        case 7:
          link(2, 3);
          break;
        case 8:
          link(3, 2);
          break;
        case 9:
          link(0, 2);
          break;
        case 10:
          link(1, 0), link(3, 2);
          break;
        case 11:
          link(1, 2);
          break;
        case 12:
          link(3, 1);
          break;
        case 13:
          link(0, 1);
          break;
        default:
          link(3, 0);
          break;
      }
    }
  }
  std::vector<glm::dvec2> best;
  double best_area = 0;
  while (!next.empty()) {
    std::vector<glm::dvec2> ring;
    std::int64_t at = next.begin()->first;
    while (true) {
      const auto step = next.find(at);
      if (step == next.end()) break;
      ring.push_back(place[at]);
      at = step->second;
      next.erase(step);
    }
    const double area = city::signed_area(ring);
    if (area > best_area) {
      best_area = area;
      best = std::move(ring);
    }
  }
  return best;
}

std::vector<glm::dvec2> simplify_outline(const std::vector<glm::dvec2>& outline, double tolerance) {
  if (outline.size() < 4) return outline;
  // The two points farthest apart from the first and from each other are corners.
  const auto farthest_from = [&](const glm::dvec2& p) {
    return static_cast<std::size_t>(
        std::max_element(outline.begin(), outline.end(),
                         [&](const glm::dvec2& a, const glm::dvec2& b) { return glm::length(a - p) < glm::length(b - p); }) -
        outline.begin());
  };
  const std::size_t start = farthest_from(outline.front());
  std::vector<glm::dvec2> turned(outline.begin() + static_cast<std::ptrdiff_t>(start), outline.end());
  turned.insert(turned.end(), outline.begin(), outline.begin() + static_cast<std::ptrdiff_t>(start));
  turned.push_back(turned.front());
  std::size_t middle = 0;
  for (std::size_t i = 1; i + 1 < turned.size(); ++i) {
    if (glm::length(turned[i] - turned[0]) > glm::length(turned[middle] - turned[0])) middle = i;
  }
  if (middle == 0) return outline;
  std::vector<std::uint8_t> keep(turned.size(), 0);
  keep[0] = keep[middle] = 1;
  keep_between(turned, 0, middle, tolerance, keep);
  keep_between(turned, middle, turned.size() - 1, tolerance, keep);
  std::vector<glm::dvec2> simple;
  for (std::size_t i = 0; i + 1 < turned.size(); ++i) {
    if (keep[i] != 0) simple.push_back(turned[i]);
  }
  return simple;
}

double main_direction_deg(const std::vector<glm::dvec2>& outline) {
  // Mean of the edges' directions as vectors at four times the angle: directions that differ by right angles are one.
  double x = 0, y = 0;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const glm::dvec2 d = outline[(i + 1) % outline.size()] - outline[i];
    const double length = glm::length(d), angle = 4 * std::atan2(d.y, d.x);
    x += length * length * std::cos(angle);  // long edges are measured better
    y += length * length * std::sin(angle);
  }
  double degrees = std::atan2(y, x) / 4 / kDegree;
  if (degrees < 0) degrees += 90;
  return degrees;
}

std::vector<glm::dvec2> align_outline(const std::vector<glm::dvec2>& outline, double direction_deg, double tolerance) {
  constexpr double kMostTurnDeg = 25;
  struct Edge {
    glm::dvec2 direction;
    glm::dvec2 point;
    double length;
  };
  std::vector<Edge> lines;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const glm::dvec2 a = outline[i], b = outline[(i + 1) % outline.size()], d = b - a;
    const double length = glm::length(d);
    if (length < 1e-9) continue;
    const double angle = std::atan2(d.y, d.x) / kDegree - direction_deg;
    const double nearest = std::round(angle / 90) * 90;
    const double used = std::abs(angle - nearest) <= kMostTurnDeg ? nearest : angle;
    const double radians = (used + direction_deg) * kDegree;
    lines.push_back({{std::cos(radians), std::sin(radians)}, (a + b) / 2.0, length});
  }
  const auto offset = [](const Edge& line, const glm::dvec2& direction) { return cross(direction, line.point); };
  // Neighbours of one direction become one line, where they are closer than the tolerance; otherwise a step at right angles joins them.
  bool changed = true;
  while (changed && lines.size() > 3) {
    changed = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      Edge& a = lines[i];
      Edge& b = lines[(i + 1) % lines.size()];
      if (glm::dot(a.direction, b.direction) < std::cos(1 * kDegree)) continue;
      if (std::abs(offset(a, a.direction) - offset(b, a.direction)) > tolerance) continue;
      const double whole = a.length + b.length;
      a.point = (a.point * a.length + b.point * b.length) / whole;
      a.length = whole;
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>((i + 1) % lines.size()));
      changed = true;
      break;
    }
  }
  std::vector<glm::dvec2> corners;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Edge& a = lines[i];
    const Edge& b = lines[(i + 1) % lines.size()];
    const double turn = cross(a.direction, b.direction);
    if (std::abs(turn) > std::sin(5 * kDegree)) {
      corners.push_back(a.point + a.direction * (cross(b.point - a.point, b.direction) / turn));
    } else {
      // The step stands where one edge ends and the other begins: half-way between their near ends.
      const glm::dvec2 end = a.point + a.direction * (a.length / 2), begin = b.point - b.direction * (b.length / 2),
                       middle = (end + begin) / 2.0;
      corners.push_back(a.point + a.direction * glm::dot(middle - a.point, a.direction));
      corners.push_back(b.point + b.direction * glm::dot(middle - b.point, b.direction));
    }
  }
  if (corners.size() < 3) return {};
  return city::signed_area(corners) > 0 ? corners : std::vector<glm::dvec2>{};
}

}  // namespace skyline::nerf
