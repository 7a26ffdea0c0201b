#include "city/generate/shapes.h"

#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace skyline::city::procedural {
namespace {

constexpr double kSliver = 0.01;   // m2
constexpr int kRoundSegments = 5;  // a quarter circle

// One GEOS context a thread; its messages are dropped, failures show as null.
GEOSContextHandle_t context() {
  struct Owner {
    GEOSContextHandle_t handle = GEOS_init_r();
    ~Owner() { GEOS_finish_r(handle); }
  };
  thread_local const Owner owner;
  return owner.handle;
}

struct Destroy {
  void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(context(), geometry); }
};
using Geometry = std::unique_ptr<GEOSGeometry, Destroy>;

GEOSGeometry* ring_of(const Polygon& polygon) {
  GEOSCoordSequence* const points = GEOSCoordSeq_create_r(context(), static_cast<unsigned>(polygon.size() + 1), 2);
  for (std::size_t i = 0; i <= polygon.size(); ++i) {
    const glm::dvec2 p = polygon[i % polygon.size()];
    GEOSCoordSeq_setXY_r(context(), points, static_cast<unsigned>(i), p.x, p.y);
  }
  return GEOSGeom_createLinearRing_r(context(), points);
}

GEOSGeometry* polygon_of(const Shape& shape) {
  std::vector<GEOSGeometry*> holes;
  for (const Polygon& hole : shape.holes) {
    if (hole.size() >= 3) holes.push_back(ring_of(hole));
  }
  return GEOSGeom_createPolygon_r(context(), ring_of(shape.outer), holes.data(), static_cast<unsigned>(holes.size()));
}

Geometry geometry_of(const Region& region) {
  std::vector<GEOSGeometry*> parts;
  for (const Shape& shape : region) {
    if (shape.outer.size() >= 3) parts.push_back(polygon_of(shape));
  }
  if (parts.size() == 1) return Geometry(parts[0]);
  return Geometry(GEOSGeom_createCollection_r(context(), GEOS_MULTIPOLYGON, parts.data(), static_cast<unsigned>(parts.size())));
}

Path points_of(const GEOSGeometry* line) {
  const GEOSCoordSequence* const points = GEOSGeom_getCoordSeq_r(context(), line);
  unsigned count = 0;
  GEOSCoordSeq_getSize_r(context(), points, &count);
  Path out(count);
  for (unsigned i = 0; i < count; ++i) GEOSCoordSeq_getXY_r(context(), points, i, &out[i].x, &out[i].y);
  return out;
}

Polygon ring_points(const GEOSGeometry* ring, bool counter_clockwise) {
  Polygon out = points_of(ring);
  if (!out.empty()) out.pop_back();
  if ((area(out) > 0) != counter_clockwise) std::reverse(out.begin(), out.end());
  return out;
}

void collect(const GEOSGeometry* geometry, Region& out) {
  if (geometry == nullptr || GEOSisEmpty_r(context(), geometry) != 0) return;
  const int type = GEOSGeomTypeId_r(context(), geometry);
  if (type == GEOS_POLYGON) {
    Shape shape;
    shape.outer = ring_points(GEOSGetExteriorRing_r(context(), geometry), true);
    if (shape.outer.size() < 3 || area(shape.outer) < kSliver) return;
    for (int i = 0; i < GEOSGetNumInteriorRings_r(context(), geometry); ++i) {
      Polygon hole = ring_points(GEOSGetInteriorRingN_r(context(), geometry, i), false);
      if (hole.size() >= 3) shape.holes.push_back(std::move(hole));
    }
    out.push_back(std::move(shape));
  } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
    for (int i = 0; i < GEOSGetNumGeometries_r(context(), geometry); ++i) collect(GEOSGetGeometryN_r(context(), geometry, i), out);
  }
}

Region region_of_geometry(const Geometry& geometry) {
  Region out;
  collect(geometry.get(), out);
  return out;
}

Geometry line_of(const Path& path) {
  GEOSCoordSequence* const points = GEOSCoordSeq_create_r(context(), static_cast<unsigned>(path.size()), 2);
  for (std::size_t i = 0; i < path.size(); ++i) GEOSCoordSeq_setXY_r(context(), points, static_cast<unsigned>(i), path[i].x, path[i].y);
  return Geometry(GEOSGeom_createLineString_r(context(), points));
}

double distance_to_segment(glm::dvec2 p, glm::dvec2 a, glm::dvec2 b) {
  const glm::dvec2 d = b - a;
  const double t = std::clamp(glm::dot(p - a, d) / std::max(1e-12, glm::dot(d, d)), 0.0, 1.0);
  return glm::length(p - a - d * t);
}

}  // namespace

Region region_of(Polygon outer) {
  if (area(outer) < 0) std::reverse(outer.begin(), outer.end());
  return {Shape{std::move(outer), {}}};
}

Polygon rectangle(glm::dvec2 low, glm::dvec2 high) { return {low, {high.x, low.y}, high, {low.x, high.y}}; }

Polygon disk(glm::dvec2 center, double radius, int corners) {
  Polygon out;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * 3.14159265358979323846 * i / corners;
    out.push_back(center + radius * glm::dvec2(std::cos(angle), std::sin(angle)));
  }
  return out;
}

Region intersect(const Region& a, const Region& b) {
  if (a.empty() || b.empty()) return {};
  return region_of_geometry(Geometry(GEOSIntersection_r(context(), geometry_of(a).get(), geometry_of(b).get())));
}

Region subtract(const Region& a, const Region& b) {
  if (a.empty() || b.empty()) return a;
  return region_of_geometry(Geometry(GEOSDifference_r(context(), geometry_of(a).get(), geometry_of(b).get())));
}

Region unite(const Region& parts) {
  if (parts.empty()) return {};
  std::vector<GEOSGeometry*> list;
  for (const Shape& shape : parts) list.push_back(polygon_of(shape));
  const Geometry all(GEOSGeom_createCollection_r(context(), GEOS_GEOMETRYCOLLECTION, list.data(), static_cast<unsigned>(list.size())));
  return region_of_geometry(Geometry(GEOSUnaryUnion_r(context(), all.get())));
}

Region offset(const Region& a, double distance, bool round) {
  if (a.empty()) return {};
  return region_of_geometry(Geometry(GEOSBufferWithStyle_r(context(), geometry_of(a).get(), distance, kRoundSegments, GEOSBUF_CAP_FLAT,
                                                           round ? GEOSBUF_JOIN_ROUND : GEOSBUF_JOIN_MITRE, 3.0)));
}

Region corridor(const Path& path, double width) {
  if (path.size() < 2) return {};
  return region_of_geometry(Geometry(
      GEOSBufferWithStyle_r(context(), line_of(path).get(), width / 2, kRoundSegments, GEOSBUF_CAP_FLAT, GEOSBUF_JOIN_MITRE, 3.0)));
}

Region clip(const Region& a, glm::dvec2 low, glm::dvec2 high) {
  if (a.empty()) return {};
  return region_of_geometry(Geometry(GEOSClipByRect_r(context(), geometry_of(a).get(), low.x, low.y, high.x, high.y)));
}

double area(const Polygon& polygon) {
  double twice = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) twice += cross(polygon[i], polygon[(i + 1) % polygon.size()]);
  return twice / 2;
}

double area(const Region& region) {
  double sum = 0;
  for (const Shape& shape : region) {
    sum += area(shape.outer);
    for (const Polygon& hole : shape.holes) sum -= std::abs(area(hole));
  }
  return sum;
}

const Shape* largest(const Region& region) {
  const Shape* best = nullptr;
  for (const Shape& shape : region) {
    if (best == nullptr || area(shape.outer) > area(best->outer)) best = &shape;
  }
  return best;
}

bool contains(const Polygon& polygon, glm::dvec2 place) {
  bool inside = false;
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const glm::dvec2 a = polygon[i], b = polygon[j];
    if ((a.y > place.y) != (b.y > place.y) && place.x < (b.x - a.x) * (place.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

bool contains(const Region& region, glm::dvec2 place) {
  for (const Shape& shape : region) {
    if (!contains(shape.outer, place)) continue;
    bool in_hole = false;
    for (const Polygon& hole : shape.holes) in_hole = in_hole || contains(hole, place);
    if (!in_hole) return true;
  }
  return false;
}

glm::dvec2 centroid(const Polygon& polygon) {
  glm::dvec2 sum(0.0);
  double twice = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const glm::dvec2 a = polygon[i] - polygon[0], b = polygon[(i + 1) % polygon.size()] - polygon[0];
    sum += (a + b) * cross(a, b);
    twice += cross(a, b);
  }
  return std::abs(twice) < 1e-12 ? polygon[0] : polygon[0] + sum / (3 * twice);
}

double distance_to_boundary(const Polygon& polygon, glm::dvec2 place) {
  double best = 1e300;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    best = std::min(best, distance_to_segment(place, polygon[i], polygon[(i + 1) % polygon.size()]));
  }
  return best;
}

bool holds(const Polygon& outer, const Polygon& inner) {
  for (std::size_t i = 0; i < inner.size(); ++i) {
    const glm::dvec2 a = inner[i], b = inner[(i + 1) % inner.size()];
    if (!contains(outer, a) || !contains(outer, (a + b) / 2.0)) return false;
  }
  for (const glm::dvec2 p : outer) {
    if (contains(inner, p)) return false;
  }
  return true;
}

bool is_simple(const Polygon& polygon) {
  if (polygon.size() < 3) return false;
  const Geometry shape(polygon_of({polygon, {}}));
  return shape && GEOSisValid_r(context(), shape.get()) == 1;
}

Box box_of(const Polygon& polygon) {
  Box box;
  for (const glm::dvec2 p : polygon) box.add(p);
  return box;
}

Box box_of(const Region& region) {
  Box box;
  for (const Shape& shape : region) {
    for (const glm::dvec2 p : shape.outer) box.add(p);
  }
  return box;
}

OrientedBox oriented_box(const Polygon& polygon) {
  OrientedBox best;
  double least = 1e300;
  for (std::size_t i = 0; i < polygon.size(); ++i) {  // one side lies along an edge (of the hull; trying all edges is enough here)
    const glm::dvec2 edge = polygon[(i + 1) % polygon.size()] - polygon[i];
    if (glm::length(edge) < 1e-6) continue;
    const glm::dvec2 x = glm::normalize(edge), y = left_of(x);
    Box box;
    for (const glm::dvec2 p : polygon) box.add({glm::dot(p, x), glm::dot(p, y)});
    const glm::dvec2 size = box.high - box.low, middle = (box.low + box.high) / 2.0;
    if (size.x * size.y >= least - 1e-9) continue;
    least = size.x * size.y;
    best.center = x * middle.x + y * middle.y;
    best.axis = size.x >= size.y ? x : y;
    best.length = std::max(size.x, size.y);
    best.width = std::min(size.x, size.y);
  }
  return best;
}

Triangles triangulate(const Shape& shape) {
  Triangles out;
  const auto add = [&out](glm::dvec2 a, glm::dvec2 b, glm::dvec2 c) {
    const double twice = cross(b - a, c - a);
    if (std::abs(twice) < 1e-9) return;
    const auto first = static_cast<std::uint32_t>(out.points.size());
    out.points.insert(out.points.end(), {a, twice > 0 ? b : c, twice > 0 ? c : b});
    out.indices.insert(out.indices.end(), {first, first + 1, first + 2});
  };
  const Polygon& p = shape.outer;
  if (shape.holes.empty() && p.size() >= 3) {
    bool convex = true;
    for (std::size_t i = 0; i < p.size() && convex; ++i) {
      convex = cross(p[(i + 1) % p.size()] - p[i], p[(i + 2) % p.size()] - p[(i + 1) % p.size()]) >= -1e-9;
    }
    if (convex) {
      for (std::size_t i = 1; i + 1 < p.size(); ++i) add(p[0], p[i], p[i + 1]);
      return out;
    }
  }
  const Geometry polygon(polygon_of(shape));
  const Geometry triangles(GEOSConstrainedDelaunayTriangulation_r(context(), polygon.get()));
  if (!triangles) return out;
  for (int i = 0; i < GEOSGetNumGeometries_r(context(), triangles.get()); ++i) {
    const Path ring = points_of(GEOSGetExteriorRing_r(context(), GEOSGetGeometryN_r(context(), triangles.get(), i)));
    if (ring.size() >= 3) add(ring[0], ring[1], ring[2]);
  }
  return out;
}

double length(const Path& path) {
  double sum = 0;
  for (std::size_t i = 1; i < path.size(); ++i) sum += glm::length(path[i] - path[i - 1]);
  return sum;
}

PathPoint point_at(const Path& path, double along) {
  for (std::size_t i = 1; i < path.size(); ++i) {
    const glm::dvec2 d = path[i] - path[i - 1];
    const double step = glm::length(d);
    if (along <= step || i + 1 == path.size()) {
      const glm::dvec2 direction = step > 1e-9 ? d / step : glm::dvec2(1, 0);
      return {path[i - 1] + direction * std::clamp(along, 0.0, step), direction};
    }
    along -= step;
  }
  return {path.empty() ? glm::dvec2(0.0) : path[0], {1, 0}};
}

Path part_of(const Path& path, double from, double to) {
  Path out{point_at(path, from).place};
  double along = 0;
  for (std::size_t i = 1; i + 1 < path.size(); ++i) {
    along += glm::length(path[i] - path[i - 1]);
    if (along > from + 1e-6 && along < to - 1e-6) out.push_back(path[i]);
  }
  out.push_back(point_at(path, to).place);
  return out;
}

Path resample(const Path& path, double step) {
  const double total = length(path);
  const int count = std::max(1, static_cast<int>(std::ceil(total / step)));
  Path out;
  for (int i = 0; i <= count; ++i) out.push_back(point_at(path, total * i / count).place);
  return out;
}

Path shifted(const Path& path, double distance) {
  Path out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const glm::dvec2 before = i > 0 ? glm::normalize(path[i] - path[i - 1]) : glm::normalize(path[1] - path[0]);
    const glm::dvec2 after = i + 1 < path.size() ? glm::normalize(path[i + 1] - path[i]) : before;
    const glm::dvec2 sum = left_of(before) + left_of(after);
    out.push_back(path[i] + sum * (2 * distance / std::max(0.5, glm::dot(sum, sum))));
  }
  return out;
}

double distance_to(const Path& path, glm::dvec2 place) {
  double best = 1e300;
  for (std::size_t i = 1; i < path.size(); ++i) best = std::min(best, distance_to_segment(place, path[i - 1], path[i]));
  return best;
}

std::vector<double> crossings(const Path& a, const Path& b) {
  std::vector<double> out;
  double along = 0;
  for (std::size_t i = 1; i < a.size(); ++i) {
    const glm::dvec2 d = a[i] - a[i - 1];
    for (std::size_t j = 1; j < b.size(); ++j) {
      const glm::dvec2 e = b[j] - b[j - 1], f = b[j - 1] - a[i - 1];
      const double det = cross(d, e);
      if (std::abs(det) < 1e-9) continue;
      const double t = cross(f, e) / det, s = cross(f, d) / det;
      if (t >= 0 && t <= 1 && s >= 0 && s <= 1) out.push_back(along + t * glm::length(d));
    }
    along += glm::length(d);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<Path> pieces_inside(const Path& path, const Region& region) {
  std::vector<Path> out;
  if (path.size() < 2 || region.empty()) return out;
  const Geometry cut(GEOSIntersection_r(context(), line_of(path).get(), geometry_of(region).get()));
  if (!cut) return out;
  const Geometry merged(GEOSLineMerge_r(context(), cut.get()));
  const GEOSGeometry* const all = merged ? merged.get() : cut.get();
  for (int i = 0; i < GEOSGetNumGeometries_r(context(), all); ++i) {
    const GEOSGeometry* const part = GEOSGetGeometryN_r(context(), all, i);
    if (GEOSGeomTypeId_r(context(), part) != GEOS_LINESTRING || GEOSisEmpty_r(context(), part) != 0) continue;
    Path piece = points_of(part);
    if (glm::dot(piece.back() - piece.front(), path.back() - path.front()) < 0) std::reverse(piece.begin(), piece.end());
    if (length(piece) > 0.5) out.push_back(std::move(piece));
  }
  return out;
}

namespace {
std::int64_t cell_key(std::int64_t x, std::int64_t y) { return x * 2000003 + y; }
}  // namespace

void PolygonGrid::add(Polygon polygon) {
  const Box box = box_of(polygon);
  const auto cell = [this](double v) { return static_cast<std::int64_t>(std::floor(v / cell_)); };
  for (std::int64_t y = cell(box.low.y); y <= cell(box.high.y); ++y) {
    for (std::int64_t x = cell(box.low.x); x <= cell(box.high.x); ++x) {
      cells_[cell_key(x, y)].push_back(static_cast<std::uint32_t>(polygons_.size()));
    }
  }
  polygons_.push_back(std::move(polygon));
}

bool PolygonGrid::inside_any(glm::dvec2 place, double margin) const {
  const auto cell = [this](double v) { return static_cast<std::int64_t>(std::floor(v / cell_)); };
  for (std::int64_t y = cell(place.y - margin); y <= cell(place.y + margin); ++y) {
    for (std::int64_t x = cell(place.x - margin); x <= cell(place.x + margin); ++x) {
      const auto found = cells_.find(cell_key(x, y));
      if (found == cells_.end()) continue;
      for (const std::uint32_t i : found->second) {
        if (contains(polygons_[i], place) || (margin > 0 && distance_to_boundary(polygons_[i], place) < margin)) return true;
      }
    }
  }
  return false;
}

}  // namespace skyline::city::procedural
