// Plane geometry of footprints and lines: areas, containment, gaps, hulls. Pure functions, exact where a yes or no depends on it.
//
// Polygons are closed implicitly and may turn either way unless a function says otherwise; metres, x east, y north. Overlays of polygons
// (union, intersection, offset) are in city/overlay.h.
#pragma once

#include "city/catalogue.h"

#include <glm/vec2.hpp>

#include <array>
#include <span>

namespace skyline::city {

using Points = std::span<const glm::dvec2>;

// An axis-aligned rectangle; empty until something is added.
struct Rectangle {
  glm::dvec2 low{1e300}, high{-1e300};
  void add(glm::dvec2 point);
  void add(const Rectangle& other);
  Rectangle grown(double margin) const { return {low - margin, high + margin}; }
  bool empty() const { return low.x > high.x || low.y > high.y; }
  bool touches(const Rectangle& other) const {
    return low.x <= other.high.x && other.low.x <= high.x && low.y <= other.high.y && other.low.y <= high.y;
  }
};

Rectangle bounds(Points points);
// Square of the gap between two rectangles; 0 when they touch.
double squared_gap(const Rectangle& a, const Rectangle& b);

// Twice the sign of the triangle's area: +1 when a, b, c turn counter-clockwise, -1 clockwise, 0 on one line. Exact for coordinates below
// 1e15 that differ by at most 2^50 in scale (a floating-point filter, then quadruple precision).
int orientation(glm::dvec2 a, glm::dvec2 b, glm::dvec2 c);
// True when the closed segments ab and cd share a point.
bool segments_touch(glm::dvec2 a, glm::dvec2 b, glm::dvec2 c, glm::dvec2 d);

// Positive when the corners turn counter-clockwise.
double signed_area(Points polygon);
double area(Points polygon);
// Of the area; of the corners when there is no area.
glm::dvec2 centroid(Points polygon);
// Middle of a path by length.
glm::dvec2 path_middle(Points path);
double path_length(Points path);
// Inside or on the border.
bool contains(Points polygon, glm::dvec2 point);
// At least three corners, no two edges share a point except neighbours their common corner. Sweep along x: n log n for city footprints.
bool is_simple(Points polygon);
// Without corners that repeat their forerunner (the last corner precedes the first).
Polygon without_repeats(Points polygon);

// Distances in metres, 0 when they touch or one lies in the other.
double distance_to_segment(glm::dvec2 point, glm::dvec2 a, glm::dvec2 b);
double gap(Points polygon, glm::dvec2 point);
double gap(Points polygon_a, Points polygon_b);
// From the polygon to a line of `width` metres (0: its middle line) with round ends.
double gap_to_path(Points polygon, Points path, double width);
double path_gap(Points path_a, Points path_b);

struct NearestOnPath {
  glm::dvec2 point{0.0};
  double distance = 0;
  double along = 0;  // length of the path up to `point`
  int side = 0;      // +1 left of the path's direction, -1 right, 0 on it
};
NearestOnPath nearest_on_path(Points path, glm::dvec2 point);

// Counter-clockwise, without corners on straight lines (A. M. Andrew's monotone chain, 1979). Fewer than three corners: no area.
Polygon convex_hull(Points points);

// The rectangle of least area around the points, by turning it along each edge of the hull (Freeman and Shapira, 1975).
struct OrientedRectangle {
  glm::dvec2 centre{0.0};
  glm::dvec2 long_axis{1.0, 0.0};  // unit; points east, or north when it has no east
  double half_length = 0, half_width = 0;
  std::array<glm::dvec2, 4> corners() const;  // counter-clockwise
};
OrientedRectangle minimum_rectangle(Points points);

// Of an object, whether area or line.
Rectangle bounds(const Object& object);
glm::dvec2 centroid(const Object& object);
// 0 when they touch; lines count with half their width.
double gap(const Object& a, const Object& b);
double gap(const Object& object, glm::dvec2 point);
bool contains(const Object& object, glm::dvec2 point);

}  // namespace skyline::city
