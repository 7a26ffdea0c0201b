#include "models/language/interpreter/relations.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace skyline::models {
namespace {

using city::Object;

constexpr double kInfinite = std::numeric_limits<double>::infinity();
// Up to so many anchors every candidate is compared with each by their boxes; above, the index finds who is close.
constexpr std::size_t kFewAnchors = 8;

const Object& object_at(const SceneView& scene, std::uint32_t place) { return scene.catalogue().objects()[place]; }

std::vector<bool> mask_of(const SceneView& scene, const Places& places) {
  std::vector<bool> mask(scene.catalogue().size());
  for (const std::uint32_t place : places) mask[place] = true;
  return mask;
}

template <class Keep>
Places kept(const Places& candidates, Keep&& keep) {
  Places result;
  std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(result), keep);
  return result;
}

// Candidates for which holds(candidate, anchor) is true of some anchor; `reach(place)` bounds how far the boxes of a pair that holds may be
// apart, whatever the other one is.
template <class Reach, class Holds>
Places close_to_any(const SceneView& scene, const Places& candidates, const Places& anchors, const Reach& reach, const Holds& holds) {
  const auto& measured = scene.measured();
  if (anchors.size() <= kFewAnchors) {
    return kept(candidates, [&](std::uint32_t c) {
      return std::any_of(anchors.begin(), anchors.end(), [&](std::uint32_t a) {
        const double most = reach(a);
        return a != c && city::squared_gap(measured[a].box, measured[c].box) <= most * most * (1 + 1e-9) && holds(c, a);
      });
    });
  }
  if (candidates.size() <= anchors.size()) {
    const std::vector<bool> is_anchor = mask_of(scene, anchors);
    Places around;
    return kept(candidates, [&](std::uint32_t c) {
      scene.index().in_box_unordered(measured[c].box.grown(reach(c) * (1 + 1e-9)), around);
      return std::any_of(around.begin(), around.end(), [&](std::uint32_t a) { return is_anchor[a] && a != c && holds(c, a); });
    });
  }
  std::vector<bool> waiting = mask_of(scene, candidates), hit(waiting.size());
  Places around;
  for (const std::uint32_t a : anchors) {
    scene.index().in_box_unordered(measured[a].box.grown(reach(a) * (1 + 1e-9)), around);
    for (const std::uint32_t c : around) {
      if (!waiting[c] || a == c || !holds(c, a)) continue;
      waiting[c] = false;
      hit[c] = true;
    }
  }
  return kept(candidates, [&](std::uint32_t c) { return hit[c]; });
}

// Exact; a corner of the one against the other settles most pairs: the gap is at most its distance, and at least that less the size.
bool gap_at_most(const SceneView& scene, std::uint32_t c, std::uint32_t a, double limit) {
  constexpr double kRounding = 1e-7;
  const Object &object = object_at(scene, c), &anchor = object_at(scene, a);
  const glm::dvec2 corner = object.path.empty() ? object.footprint.front() : object.path.front();
  const double from_corner = city::gap(anchor, corner);
  if (from_corner <= limit - kRounding) return true;
  const city::Rectangle& box = scene.measured()[c].box;
  if (from_corner > limit + glm::length(box.high - box.low) + kRounding) return false;
  return city::gap(object, anchor) <= limit;
}

Places within_gap(const SceneView& scene, const Places& candidates, const Places& anchors, double gap_m) {
  return close_to_any(
      scene, candidates, anchors, [&](std::uint32_t) { return gap_m; },
      [&](std::uint32_t c, std::uint32_t a) { return gap_at_most(scene, c, a, gap_m); });
}

Places beside(const SceneView& scene, const Places& candidates, const Places& anchors) {
  double widest = 2 * kBesideGap_m;
  const auto widen = [&](const Places& places) {
    for (const std::uint32_t p : places) widest = std::max(widest, box_width(object_at(scene, p), scene.measured()[p]));
  };
  widen(candidates);
  widen(anchors);
  return close_to_any(
      scene, candidates, anchors, [&](std::uint32_t) { return widest / 2; },
      [&](std::uint32_t c, std::uint32_t a) { return gap_at_most(scene, c, a, beside_gap(scene, c, a)); });
}

Places inside(const SceneView& scene, const Places& candidates, const Places& anchors) {
  return close_to_any(
      scene, candidates, anchors, [](std::uint32_t) { return 0.0; },
      [&](std::uint32_t c, std::uint32_t a) {
        const glm::dvec2 centre = scene.measured()[c].centroid;
        return scene.measured()[a].box.touches({centre, centre}) && city::contains(object_at(scene, a), centre);
      });
}

// Corners of the area that an object covers; of a line its corners to both sides.
void add_outline(const Object& object, city::Polygon& points) {
  points.insert(points.end(), object.footprint.begin(), object.footprint.end());
  for (std::size_t i = 0; i + 1 < object.path.size(); ++i) {
    const glm::dvec2 along = object.path[i + 1] - object.path[i];
    const double length = glm::length(along);
    if (length == 0) continue;
    const glm::dvec2 side = glm::dvec2(-along.y, along.x) * (object.width / 2 / length);
    for (const glm::dvec2 p : {object.path[i], object.path[i + 1]}) points.insert(points.end(), {p + side, p - side});
  }
}

Places between(const SceneView& scene, const Places& candidates, const Places& first, const Places& second) {
  city::Polygon points;
  for (const Places* anchors : {&first, &second}) {
    for (const std::uint32_t a : *anchors) add_outline(object_at(scene, a), points);
  }
  const city::Polygon hull = city::convex_hull(points);
  const city::Rectangle box = city::bounds(hull);
  const auto is_end = [&](std::uint32_t c) {
    return std::find(first.begin(), first.end(), c) != first.end() || std::find(second.begin(), second.end(), c) != second.end();
  };
  return kept(candidates, [&](std::uint32_t c) {
    const glm::dvec2 centre = scene.measured()[c].centroid;
    return box.touches({centre, centre}) && !is_end(c) && city::contains(hull, centre);
  });
}

bool lies_towards(const SceneView& scene, std::uint32_t c, std::uint32_t a, double bearing_deg) {
  if (!object_at(scene, a).path.empty()) return city::lies_towards(object_at(scene, c), object_at(scene, a), bearing_deg);
  const double radians = bearing_deg * std::numbers::pi / 180;
  const glm::dvec2 wind(std::sin(radians), std::cos(radians)), offset = scene.measured()[c].centroid - scene.measured()[a].centroid;
  const double along = glm::dot(offset, wind), across = std::abs(offset.x * wind.y - offset.y * wind.x);
  return along > 0 && across <= along * (1 + 1e-12);
}

// The middle of what the scene holds: where "the tower in the north" is measured from.
glm::dvec2 scene_middle(const SceneView& scene) {
  city::Rectangle box;
  for (const Measured& m : scene.measured()) box.add(m.box);
  return box.empty() ? glm::dvec2(0.0) : (box.low + box.high) / 2.0;
}

bool in_wind(glm::dvec2 offset, double bearing_deg) {
  const double radians = bearing_deg * std::numbers::pi / 180;
  const glm::dvec2 wind(std::sin(radians), std::cos(radians));
  const double along = glm::dot(offset, wind), across = std::abs(offset.x * wind.y - offset.y * wind.x);
  return along > 0 && across <= along * (1 + 1e-12);
}

// How far `to` lies in the relation's direction from `from`; positive: it holds.
double camera_advance(const GroundView& view, Relation relation, glm::dvec2 from, glm::dvec2 to) {
  const glm::dvec2 offset = to - from;
  switch (relation) {
    case Relation::kLeft:
      return -glm::dot(offset, view.right);
    case Relation::kRight:
      return glm::dot(offset, view.right);
    case Relation::kFront:
      return -glm::dot(offset, view.forward);
    default:
      return glm::dot(offset, view.forward);
  }
}

// The anchor lies between: of a line, on the other side of it; of an area, the way to the viewer crosses it.
bool across(const SceneView& scene, std::uint32_t c, std::uint32_t a, glm::dvec2 viewer) {
  const Object& anchor = object_at(scene, a);
  const glm::dvec2 there = scene.measured()[c].centroid;
  if (!anchor.path.empty()) {
    const int here_side = city::nearest_on_path(anchor.path, viewer).side, there_side = city::nearest_on_path(anchor.path, there).side;
    return here_side * there_side < 0;
  }
  if (city::contains(anchor.footprint, there)) return false;
  for (std::size_t i = 0; i < anchor.footprint.size(); ++i) {
    if (city::segments_touch(viewer, there, anchor.footprint[i], anchor.footprint[(i + 1) % anchor.footprint.size()])) return true;
  }
  return false;
}

Places in_direction(const SceneView& scene, const GroundView& view, const RelationTest& test, const Places& candidates,
                    const Places& anchors) {
  const bool compass = test.relation == Relation::kTowards;
  if (test.anchors.empty()) {
    const glm::dvec2 middle = compass ? scene_middle(scene) : view.given ? view.position : scene_middle(scene);
    return kept(candidates, [&](std::uint32_t c) {
      const glm::dvec2 there = scene.measured()[c].centroid;
      return compass ? in_wind(there - middle, test.bearing_deg) : camera_advance(view, test.relation, middle, there) > 0;
    });
  }
  return kept(candidates, [&](std::uint32_t c) {
    return std::any_of(anchors.begin(), anchors.end(), [&](std::uint32_t a) {
      if (a == c) return false;
      const bool holds = compass ? lies_towards(scene, c, a, test.bearing_deg)
                                 : camera_advance(view, test.relation, scene.measured()[a].centroid, scene.measured()[c].centroid) > 0;
      return holds && (test.distance <= 0 || city::gap(object_at(scene, c), object_at(scene, a)) <= test.distance);
    });
  });
}

Places nearest(const SceneView& scene, const Places& candidates, const Places& anchors) {
  Places sorted = candidates, result;
  sort_by_gap(scene, sorted, anchors);
  for (const std::uint32_t c : sorted) {
    if (!result.empty() && gap_to_any(scene, c, anchors) > gap_to_any(scene, result.front(), anchors)) break;
    result.push_back(c);
  }
  return result;
}

Places complement(const SceneView& scene, const Places& candidates, const Places& holds) {
  const std::vector<bool> out = mask_of(scene, holds);
  return kept(candidates, [&](std::uint32_t c) { return !out[c]; });
}

Places related_plainly(const SceneView& scene, const GroundView& view, const RelationTest& test, const Places& candidates,
                       const Places& anchors, const Places& second) {
  switch (test.relation) {
    case Relation::kBeside:
      return beside(scene, candidates, anchors);
    case Relation::kNear:
      return within_gap(scene, candidates, anchors, kNearGap_m);
    case Relation::kWithin:
      return within_gap(scene, candidates, anchors, test.distance);
    case Relation::kBeyond: {
      Places far = complement(scene, candidates, within_gap(scene, candidates, anchors, test.distance));
      const std::vector<bool> is_anchor = mask_of(scene, anchors);
      return kept(far, [&](std::uint32_t c) { return !is_anchor[c]; });
    }
    case Relation::kAlong:
      return within_gap(scene, candidates, anchors, kAlongGap_m);
    case Relation::kInside:
      return inside(scene, candidates, anchors);
    case Relation::kBetween:
      return between(scene, candidates, anchors, second);
    case Relation::kTowards:
    case Relation::kLeft:
    case Relation::kRight:
    case Relation::kFront:
    case Relation::kBehind:
      return in_direction(scene, view, test, candidates, anchors);
    case Relation::kNearest:
      return nearest(scene, candidates, anchors);
    case Relation::kAcross:
      return kept(candidates, [&](std::uint32_t c) {
        return std::any_of(anchors.begin(), anchors.end(), [&](std::uint32_t a) {
          return a != c && across(scene, c, a, second.empty() ? view.position : scene.measured()[second.front()].centroid);
        });
      });
  }
  return {};
}

}  // namespace

GroundView::GroundView(const std::optional<Viewpoint>& camera) {
  if (!camera) return;
  given = true;
  position = glm::dvec2(camera->position);
  const double yaw = camera->yaw_deg * std::numbers::pi / 180;
  forward = {-std::sin(yaw), std::cos(yaw)};
  right = {forward.y, -forward.x};
}

double box_width(const Object& object, const Measured& measured) {
  if (!object.path.empty()) return object.width;
  const glm::dvec2 size = measured.box.high - measured.box.low;
  return std::max(size.x, size.y);
}

double beside_gap(const SceneView& scene, std::uint32_t a, std::uint32_t b) {
  const auto width = [&](std::uint32_t place) { return box_width(object_at(scene, place), scene.measured()[place]); };
  return std::max(kBesideGap_m, std::max(width(a), width(b)) / 2);
}

Places related(const SceneView& scene, const GroundView& view, const RelationTest& test, const Places& candidates, const Places& anchors,
               const Places& second) {
  Places holds = related_plainly(scene, view, test, candidates, anchors, second);
  return test.negated ? complement(scene, candidates, holds) : holds;
}

double gap_to_any(const SceneView& scene, std::uint32_t place, const Places& anchors) {
  double least = kInfinite;
  for (const std::uint32_t a : anchors) {
    if (a == place) continue;
    const double apart = city::squared_gap(scene.measured()[a].box, scene.measured()[place].box);
    if (apart > least * least * (1 + 1e-9)) continue;
    least = std::min(least, city::gap(object_at(scene, place), object_at(scene, a)));
    if (least == 0) break;
  }
  return least;
}

void sort_by_gap(const SceneView& scene, Places& places, const Places& anchors) {
  std::vector<std::pair<double, std::uint32_t>> keyed;
  keyed.reserve(places.size());
  for (const std::uint32_t place : places) keyed.emplace_back(gap_to_any(scene, place, anchors), place);
  std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < keyed.size(); ++i) places[i] = keyed[i].second;
}

}  // namespace skyline::models
