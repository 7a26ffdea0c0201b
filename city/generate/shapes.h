// Plane geometry of the procedural city: areas with holes and the operations on them (GEOS behind this header), lines, and a grid for
// "what is near".
//
// All areas are in metres. Results are valid areas; slivers below 0.01 m2 are dropped. Safe from several threads.
#pragma once

#include "city/catalogue.h"

#include <glm/geometric.hpp>
#include <glm/vec2.hpp>

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace skyline::city::procedural {

struct Shape {
  Polygon outer;               // counter-clockwise
  std::vector<Polygon> holes;  // clockwise
};
using Region = std::vector<Shape>;

Region region_of(Polygon outer);
Polygon rectangle(glm::dvec2 low, glm::dvec2 high);
Polygon disk(glm::dvec2 center, double radius, int corners);

Region intersect(const Region& a, const Region& b);
Region subtract(const Region& a, const Region& b);
Region unite(const Region& parts);
// Grown (positive) or shrunk by `distance` metres; corners are mitred, or rounded.
Region offset(const Region& a, double distance, bool round = false);
// The strip of `width` metres along a path, with flat ends.
Region corridor(const Path& path, double width);
// The part in an axis-aligned box; quick.
Region clip(const Region& a, glm::dvec2 low, glm::dvec2 high);

double area(const Polygon& polygon);  // positive when counter-clockwise
double area(const Region& region);
const Shape* largest(const Region& region);  // nullptr: empty
bool contains(const Polygon& polygon, glm::dvec2 place);
bool contains(const Region& region, glm::dvec2 place);
glm::dvec2 centroid(const Polygon& polygon);
double distance_to_boundary(const Polygon& polygon, glm::dvec2 place);
// True when `inner` lies in `outer`: corners inside, and no corner of `outer` within `inner`. For outlines without narrow spikes.
bool holds(const Polygon& outer, const Polygon& inner);
bool is_simple(const Polygon& polygon);

struct Box {
  glm::dvec2 low{1e300}, high{-1e300};
  void add(glm::dvec2 p) {
    low = glm::min(low, p);
    high = glm::max(high, p);
  }
  bool meets(const Box& other) const {
    return low.x <= other.high.x && other.low.x <= high.x && low.y <= other.high.y && other.low.y <= high.y;
  }
};
Box box_of(const Polygon& polygon);
Box box_of(const Region& region);

// The rectangle of least area around a polygon.
struct OrientedBox {
  glm::dvec2 center{0.0}, axis{1.0, 0.0};  // axis: along the longer side
  double length = 0, width = 0;
};
OrientedBox oriented_box(const Polygon& polygon);

struct Triangles {
  std::vector<glm::dvec2> points;
  std::vector<std::uint32_t> indices;  // three a triangle, counter-clockwise
};
Triangles triangulate(const Shape& shape);

// Lines.
inline glm::dvec2 left_of(glm::dvec2 direction) { return {-direction.y, direction.x}; }
inline double cross(glm::dvec2 a, glm::dvec2 b) { return a.x * b.y - a.y * b.x; }
double length(const Path& path);
struct PathPoint {
  glm::dvec2 place{0.0}, direction{1.0, 0.0};
};
PathPoint point_at(const Path& path, double along);
Path part_of(const Path& path, double from, double to);
Path resample(const Path& path, double step);
// The path moved to its left by `distance`, corner by corner (mitred).
Path shifted(const Path& path, double distance);
double distance_to(const Path& path, glm::dvec2 place);
// Distances along `a` at which it crosses `b`, rising.
std::vector<double> crossings(const Path& a, const Path& b);
// The pieces of a path inside a region.
std::vector<Path> pieces_inside(const Path& path, const Region& region);

// Polygons by place.
class PolygonGrid {
 public:
  explicit PolygonGrid(double cell = 32) : cell_(cell) {}
  void add(Polygon polygon);
  bool inside_any(glm::dvec2 place, double margin = 0) const;  // or nearer than `margin`

 private:
  double cell_;
  std::vector<Polygon> polygons_;
  std::unordered_map<std::int64_t, std::vector<std::uint32_t>> cells_;
};

}  // namespace skyline::city::procedural
