#include "city/overlay.h"

#include "city/polygon.h"

#include <geos_c.h>

#include <algorithm>
#include <memory>

namespace skyline::city {
namespace {

// One context a thread: GEOS keeps its error state there.
GEOSContextHandle_t context() {
  struct Holder {
    GEOSContextHandle_t handle = GEOS_init_r();
    Holder() = default;
    ~Holder() { GEOS_finish_r(handle); }
    Holder(const Holder&) = delete;
    Holder& operator=(const Holder&) = delete;
  };
  thread_local const Holder holder;
  return holder.handle;
}

struct Destroy {
  void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(context(), geometry); }
};
using Geometry = std::unique_ptr<GEOSGeometry, Destroy>;

constexpr int kQuadrantSegments = 8;

GEOSCoordSequence* sequence_of(Points points, bool closed) {
  const auto count = static_cast<unsigned>(points.size() + (closed ? 1 : 0));
  GEOSCoordSequence* const sequence = GEOSCoordSeq_create_r(context(), count, 2);
  for (unsigned i = 0; sequence != nullptr && i < count; ++i) {
    const glm::dvec2 p = points[i % points.size()];
    GEOSCoordSeq_setXY_r(context(), sequence, i, p.x, p.y);
  }
  return sequence;
}

// A valid geometry, or none.
Geometry polygon_of(Points points) {
  if (points.size() < 3) return nullptr;
  GEOSCoordSequence* const sequence = sequence_of(points, true);
  if (sequence == nullptr) return nullptr;
  GEOSGeometry* const ring = GEOSGeom_createLinearRing_r(context(), sequence);
  if (ring == nullptr) return nullptr;
  Geometry polygon(GEOSGeom_createPolygon_r(context(), ring, nullptr, 0));
  if (polygon != nullptr && GEOSisValid_r(context(), polygon.get()) != 1) polygon.reset(GEOSBuffer_r(context(), polygon.get(), 0, 1));
  return polygon;
}

Polygon ring_of(const GEOSGeometry* ring, bool counter_clockwise) {
  Polygon polygon;
  const GEOSCoordSequence* const sequence = ring == nullptr ? nullptr : GEOSGeom_getCoordSeq_r(context(), ring);
  unsigned count = 0;
  if (sequence == nullptr || GEOSCoordSeq_getSize_r(context(), sequence, &count) == 0) return polygon;
  for (unsigned i = 0; i + 1 < count; ++i) {
    glm::dvec2 p(0.0);
    GEOSCoordSeq_getXY_r(context(), sequence, i, &p.x, &p.y);
    polygon.push_back(p);
  }
  if ((signed_area(polygon) > 0) != counter_clockwise) std::reverse(polygon.begin(), polygon.end());
  return polygon;
}

void collect(const GEOSGeometry* geometry, std::vector<Region>& regions) {
  if (geometry == nullptr) return;
  const int kind = GEOSGeomTypeId_r(context(), geometry);
  if (kind == GEOS_POLYGON) {
    if (GEOSisEmpty_r(context(), geometry) != 0) return;
    Region region{ring_of(GEOSGetExteriorRing_r(context(), geometry), true), {}};
    const int holes = GEOSGetNumInteriorRings_r(context(), geometry);
    for (int i = 0; i < holes; ++i) region.holes.push_back(ring_of(GEOSGetInteriorRingN_r(context(), geometry, i), false));
    if (region.outer.size() >= 3) regions.push_back(std::move(region));
  } else if (kind == GEOS_MULTIPOLYGON || kind == GEOS_GEOMETRYCOLLECTION) {
    const int count = GEOSGetNumGeometries_r(context(), geometry);
    for (int i = 0; i < count; ++i) collect(GEOSGetGeometryN_r(context(), geometry, i), regions);
  }
}

std::vector<Region> regions_of(const Geometry& geometry) {
  std::vector<Region> regions;
  collect(geometry.get(), regions);
  std::stable_sort(regions.begin(), regions.end(), [](const Region& a, const Region& b) { return region_area(a) > region_area(b); });
  return regions;
}

Geometry buffered(const GEOSGeometry* geometry, double distance, double mitre_limit) {
  return Geometry(
      GEOSBufferWithStyle_r(context(), geometry, distance, kQuadrantSegments, GEOSBUF_CAP_FLAT, GEOSBUF_JOIN_MITRE, mitre_limit));
}

double area_of(const Geometry& geometry) {
  double area = 0;
  if (geometry != nullptr) GEOSArea_r(context(), geometry.get(), &area);
  return area;
}

}  // namespace

double region_area(const Region& region) {
  double sum = area(region.outer);
  for (const Polygon& hole : region.holes) sum -= area(hole);
  return sum;
}

double intersection_area(const Polygon& a, const Polygon& b) {
  if (!bounds(a).touches(bounds(b))) return 0;
  const Geometry ga = polygon_of(a), gb = polygon_of(b);
  if (ga == nullptr || gb == nullptr) return 0;
  return area_of(Geometry(GEOSIntersection_r(context(), ga.get(), gb.get())));
}

double intersection_over_union(const Polygon& a, const Polygon& b) {
  const double both = intersection_area(a, b);
  if (both == 0) return 0;
  const double either = area_of(polygon_of(a)) + area_of(polygon_of(b)) - both;
  return either > 0 ? std::clamp(both / either, 0.0, 1.0) : 0;
}

std::vector<Region> union_of(std::span<const Polygon> polygons, double close_m) {
  std::vector<GEOSGeometry*> parts;
  for (const Polygon& polygon : polygons) {
    if (Geometry part = polygon_of(polygon)) parts.push_back(part.release());
  }
  if (parts.empty()) return {};
  // The collection owns its parts.
  const Geometry all(GEOSGeom_createCollection_r(context(), GEOS_GEOMETRYCOLLECTION, parts.data(), static_cast<unsigned>(parts.size())));
  Geometry joined(all == nullptr ? nullptr : GEOSUnaryUnion_r(context(), all.get()));
  if (joined != nullptr && close_m > 0) {
    const Geometry grown = buffered(joined.get(), close_m, 5);
    if (grown != nullptr) joined = buffered(grown.get(), -close_m, 5);
  }
  return regions_of(joined);
}

std::vector<Region> intersection_of(const Polygon& a, const Polygon& b) {
  const Geometry ga = polygon_of(a), gb = polygon_of(b);
  if (ga == nullptr || gb == nullptr) return {};
  return regions_of(Geometry(GEOSIntersection_r(context(), ga.get(), gb.get())));
}

std::vector<Region> difference_of(const Polygon& a, const Polygon& b) {
  const Geometry ga = polygon_of(a), gb = polygon_of(b);
  if (ga == nullptr) return {};
  if (gb == nullptr) return regions_of(ga);
  return regions_of(Geometry(GEOSDifference_r(context(), ga.get(), gb.get())));
}

std::vector<Region> offset(const Polygon& polygon, double distance_m, double mitre_limit) {
  const Geometry geometry = polygon_of(polygon);
  if (geometry == nullptr) return {};
  return regions_of(buffered(geometry.get(), distance_m, mitre_limit));
}

std::vector<Region> widened(const Path& path, double width_m) {
  if (path.size() < 2) return {};
  GEOSCoordSequence* const sequence = sequence_of(path, false);
  const Geometry line(sequence == nullptr ? nullptr : GEOSGeom_createLineString_r(context(), sequence));
  if (line == nullptr) return {};
  return regions_of(buffered(line.get(), width_m / 2, 5));
}

Polygon simplify(const Polygon& polygon, double tolerance_m) {
  const Geometry geometry = polygon_of(polygon);
  if (geometry == nullptr) return polygon;
  const auto regions = regions_of(Geometry(GEOSTopologyPreserveSimplify_r(context(), geometry.get(), tolerance_m)));
  return regions.empty() ? polygon : regions[0].outer;
}

}  // namespace skyline::city
