#include "city/import/solid.h"

#include "city/overlay.h"
#include "city/polygon.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>

namespace skyline::city {
namespace {

using glm::dvec2;
using glm::dvec3;

constexpr double kWeld_m = 0.005;
constexpr double kLeastWidth_m = 0.2;

using Key = std::array<std::int64_t, 2>;

Key key_of(dvec2 p) { return {std::llround(p.x / kWeld_m), std::llround(p.y / kWeld_m)}; }

struct Flat {
  std::vector<dvec2> places;                            // welded
  std::vector<std::array<std::uint32_t, 3>> triangles;  // counter-clockwise, with area
  double area = 0;
};

Flat flatten(const Solid& solid, const std::vector<Part>& parts, bool ground_only) {
  Flat flat;
  std::map<Key, std::uint32_t> known;
  const auto place = [&](std::uint32_t index) {
    const dvec2 p(solid.positions[index]);
    const auto [found, fresh] = known.try_emplace(key_of(p), static_cast<std::uint32_t>(flat.places.size()));
    if (fresh) flat.places.push_back(p);
    return found->second;
  };
  for (std::size_t t = 0; t < parts.size(); ++t) {
    if (ground_only ? parts[t] != Part::kGround : parts[t] == Part::kWall) continue;
    std::array<std::uint32_t, 3> corner{place(solid.indices[3 * t]), place(solid.indices[3 * t + 1]), place(solid.indices[3 * t + 2])};
    if (corner[0] == corner[1] || corner[1] == corner[2] || corner[2] == corner[0]) continue;
    const double twice = 2 * signed_area(std::array{flat.places[corner[0]], flat.places[corner[1]], flat.places[corner[2]]});
    if (twice == 0) continue;
    if (twice < 0) std::swap(corner[1], corner[2]);
    flat.area += std::abs(twice) / 2;
    flat.triangles.push_back(corner);
  }
  return flat;
}

// The border of a mesh without overlaps: edges that only one triangle has, chained. Empty when they do not make simple rings that hold the
// area, as where triangles overlap.
Polygon border_ring(const Flat& flat) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> edges;
  for (const auto& t : flat.triangles) {
    for (std::size_t i = 0; i < 3; ++i) {
      const std::uint32_t a = t[i], b = t[(i + 1) % 3];
      if (++edges[{a, b}] > 1) return {};
    }
  }
  std::map<std::uint32_t, std::uint32_t> next;
  for (const auto& [edge, count] : edges) {
    if (edges.contains({edge.second, edge.first})) continue;
    if (!next.emplace(edge.first, edge.second).second) return {};  // rings that meet in a corner
  }
  double whole = 0, largest = 0;
  Polygon outer;
  while (!next.empty()) {
    Polygon ring;
    std::uint32_t at = next.begin()->first;
    for (auto found = next.find(at); found != next.end(); found = next.find(at)) {
      ring.push_back(flat.places[at]);
      at = found->second;
      next.erase(found);
    }
    const double area = signed_area(ring);
    whole += area;
    if (area > largest) {
      largest = area;
      outer = std::move(ring);
    }
  }
  if (std::abs(whole - flat.area) > 1e-3 * flat.area) return {};
  return outer;
}

Polygon united_ring(const Flat& flat) {
  std::vector<Polygon> triangles;
  for (const auto& t : flat.triangles) triangles.push_back({flat.places[t[0]], flat.places[t[1]], flat.places[t[2]]});
  const auto regions = union_of(triangles, 0.01);
  return regions.empty() ? Polygon{} : regions[0].outer;
}

// Without corners that stand out less than 2 cm.
Polygon tidy(const Polygon& ring) {
  Polygon polygon;
  const std::size_t n = ring.size();
  for (std::size_t i = 0; i < n; ++i) {
    const dvec2 before = polygon.empty() ? ring[n - 1] : polygon.back();
    if (distance_to_segment(ring[i], before, ring[(i + 1) % n]) > 0.02) polygon.push_back(ring[i]);
  }
  return is_simple(polygon) ? polygon : ring;
}

Polygon thin_outline(const std::vector<dvec2>& places) {
  OrientedRectangle rectangle = minimum_rectangle(places);
  rectangle.half_length = std::max(rectangle.half_length, kLeastWidth_m / 2);
  rectangle.half_width = std::max(rectangle.half_width, kLeastWidth_m / 2);
  const auto corners = rectangle.corners();
  return {corners.begin(), corners.end()};
}

}  // namespace

std::vector<Part> parts_of(const Solid& solid) {
  constexpr double kWallRise = 0.64;  // cosine of 50 degrees from the vertical: 40 from the horizon
  std::vector<Part> parts = solid.parts;
  parts.resize(solid.indices.size() / 3, Part::kNone);
  for (std::size_t t = 0; t < parts.size(); ++t) {
    if (parts[t] != Part::kNone) continue;
    const dvec3 a = solid.positions[solid.indices[3 * t]];
    const dvec3 normal = glm::cross(solid.positions[solid.indices[3 * t + 1]] - a, solid.positions[solid.indices[3 * t + 2]] - a);
    const double length = glm::length(normal), rise = length > 0 ? normal.z / length : 0;
    parts[t] = std::abs(rise) < kWallRise ? Part::kWall : rise > 0 ? Part::kRoof : Part::kGround;
  }
  return parts;
}

Polygon outline_of(const Solid& solid) {
  if (solid.positions.empty()) return {};
  constexpr double kLeastArea = 0.05;  // square metres; less is no footprint
  const std::vector<Part> parts = parts_of(solid);
  for (const bool ground_only : {true, false}) {
    const Flat flat = flatten(solid, parts, ground_only);
    if (flat.area < kLeastArea) continue;
    for (const bool exact : {true, false}) {
      const Polygon ring = exact ? border_ring(flat) : united_ring(flat);
      if (ring.size() >= 3 && is_simple(ring)) return tidy(ring);
    }
  }
  std::vector<dvec2> places;
  for (const std::uint32_t index : solid.indices) places.emplace_back(solid.positions[index]);
  const Polygon hull = convex_hull(places);
  if (hull.size() >= 3 && area(hull) > kLeastArea) return hull;
  return thin_outline(places);
}

}  // namespace skyline::city
