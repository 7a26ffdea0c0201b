// Overlays of polygons: union, intersection, offset, simplification (GEOS behind it).
//
// Polygons that cross themselves are repaired first (zero-width buffer). All functions are safe from any thread and give the same result
// for the same input.
#pragma once

#include "city/catalogue.h"

#include <span>
#include <vector>

namespace skyline::city {

// An area with holes: `outer` counter-clockwise, `holes` clockwise.
struct Region {
  Polygon outer;
  std::vector<Polygon> holes;
};

double region_area(const Region& region);

// In square metres; 0 when they do not overlap.
double intersection_area(const Polygon& a, const Polygon& b);
// Intersection over union in [0, 1].
double intersection_over_union(const Polygon& a, const Polygon& b);

// Largest first. `close_m` > 0 also bridges slits up to twice as wide.
std::vector<Region> union_of(std::span<const Polygon> polygons, double close_m = 0);
std::vector<Region> intersection_of(const Polygon& a, const Polygon& b);
std::vector<Region> difference_of(const Polygon& a, const Polygon& b);

// Outward for a positive distance, inward for a negative one, with mitred corners (at most `mitre_limit` times the distance away); empty
// when nothing is left. Largest first.
std::vector<Region> offset(const Polygon& polygon, double distance_m, double mitre_limit = 5);
// The area within `width` / 2 of a path, square ends at its ends, mitred corners.
std::vector<Region> widened(const Path& path, double width_m);

// Without corners that stand out less than the tolerance (Douglas and Peucker, 1973); the result stays simple.
Polygon simplify(const Polygon& polygon, double tolerance_m);

}  // namespace skyline::city
