// Where objects stand to each other: which are near, around, along. Answers are exact (footprint to footprint); the index only spares the
// far ones.
//
//   const SpatialIndex index(catalogue);
//   for (std::uint32_t i : index.within_gap(catalogue.objects()[7], 15)) use(catalogue.objects()[i]);
//
// Static: built once over a catalogue that must outlive it and not change. Objects are named by their place in Catalogue::objects().
// Queries are safe from any thread. A packed R-tree (Leutenegger, Lopez and Edgington, "STR: a simple and efficient algorithm for R-tree
// packing", 1997) in flat arrays.
#pragma once

#include "city/catalogue.h"
#include "city/polygon.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace skyline::city {

class SpatialIndex {
 public:
  explicit SpatialIndex(const Catalogue& catalogue);

  // Objects whose bounds touch the box. All lists are in ascending order.
  std::vector<std::uint32_t> in_box(const Rectangle& box) const;
  // The same in any order, into a list that the caller keeps for the next box.
  void in_box_unordered(const Rectangle& box, std::vector<std::uint32_t>& found) const;
  // Objects at most `gap_m` away; the object itself is left out.
  std::vector<std::uint32_t> within_gap(const Object& object, double gap_m) const;
  std::vector<std::uint32_t> within_gap(const Polygon& polygon, double gap_m) const;
  // At most `gap_m` from the edge of a line of that width.
  std::vector<std::uint32_t> along(const Path& path, double width, double gap_m) const;
  // Objects that hold the point.
  std::vector<std::uint32_t> containing(glm::dvec2 point) const;
  // Objects whose centroid the polygon holds.
  std::vector<std::uint32_t> centroids_in(const Polygon& polygon) const;
  // The k nearest by gap, nearest first, equal ones by place; those that `accept` refuses are passed over. `object` itself is left out.
  using Accept = std::function<bool(const Object&)>;
  std::vector<std::uint32_t> nearest(glm::dvec2 point, std::size_t k, const Accept& accept = {}) const;
  std::vector<std::uint32_t> nearest(const Object& object, std::size_t k, const Accept& accept = {}) const;

 private:
  struct Node {
    Rectangle box;
    std::uint32_t first = 0, count = 0;  // children: nodes of the level below, or entries of `order_` on the lowest level
  };
  template <class Visit>
  void visit(const Rectangle& box, Visit&& visit) const;
  template <class Gap>
  std::vector<std::uint32_t> nearest_by(const Rectangle& place, std::size_t k, const Gap& gap_to, const Accept& accept) const;

  const Catalogue& catalogue_;
  std::vector<Rectangle> boxes_;      // of objects, in the order of `order_`
  std::vector<std::uint32_t> order_;  // places of objects
  std::vector<Node> nodes_;           // lowest level first; the last one is the root
  std::uint32_t leaves_ = 0;          // nodes of the lowest level
};

// The eight winds, and none for the same place.
enum class Direction : std::uint8_t { kNone, kNorth, kNorthEast, kEast, kSouthEast, kSouth, kSouthWest, kWest, kNorthWest };

// Degrees clockwise from north in [0, 360).
double bearing_deg(glm::dvec2 from, glm::dvec2 to);
// The wind in which `to` lies seen from `from`: the nearest of the eight.
Direction direction_of(glm::dvec2 from, glm::dvec2 to);
// True when `object` lies north (or so) of `anchor`: its centroid within 45 degrees of that bearing from the anchor's centroid; of a line,
// on that side of it. `bearing` in degrees clockwise from north.
bool lies_towards(const Object& object, const Object& anchor, double bearing);

}  // namespace skyline::city
