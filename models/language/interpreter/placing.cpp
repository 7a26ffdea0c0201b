#include "models/language/interpreter/placing.h"

#include "models/language/interpreter/scene_search.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace skyline::models {
namespace {

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

void shift(city::Object& object, glm::dvec2 by) {
  for (auto* points : {&object.footprint, &object.path}) {
    for (glm::dvec2& p : *points) p += by;
  }
}

}  // namespace

double rounded(double value) {
  const double result = std::round(value * 1e6) / 1e6;
  return result == 0 ? 0.0 : result;  // no negative zero
}

std::optional<double> compass_deg(Heading heading) {
  if (heading < Heading::kNorth || heading > Heading::kNorthWest) return std::nullopt;
  return 45.0 * (static_cast<int>(heading) - static_cast<int>(Heading::kNorth));
}

glm::dvec3 direction_of(Heading heading, const GroundView& view) {
  if (const auto bearing = compass_deg(heading)) return {std::sin(radians(*bearing)), std::cos(radians(*bearing)), 0};
  switch (heading) {
    case Heading::kLeft:
      return {-view.right, 0};
    case Heading::kRight:
      return {view.right, 0};
    case Heading::kForward:
      return {view.forward, 0};
    case Heading::kBack:
      return {-view.forward, 0};
    case Heading::kUp:
      return {0, 0, 1};
    case Heading::kDown:
      return {0, 0, -1};
    default:
      return glm::dvec3(0.0);
  }
}

double extent_along(const city::Object& object, glm::dvec2 direction) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const auto* points : {&object.footprint, &object.path}) {
    for (const glm::dvec2 p : *points) {
      low = std::min(low, glm::dot(p, direction));
      high = std::max(high, glm::dot(p, direction));
    }
  }
  return high < low ? 0 : high - low + (object.path.empty() ? 0 : object.width);
}

glm::dvec2 middle_of(const Objects& objects) {
  glm::dvec2 sum(0.0);
  for (const city::Object* const object : objects) sum += city::centroid(*object);
  return objects.empty() ? sum : sum / static_cast<double>(objects.size());
}

glm::dvec2 edge_towards(const city::Object& object, glm::dvec2 direction) {
  const glm::dvec2 centre = city::centroid(object);
  if (!object.path.empty()) {
    // Out of the band around the line: its half width over the sine of the angle between the two.
    const glm::dvec2 along = line_direction(object.path, centre);
    const double across = std::abs(along.x * direction.y - along.y * direction.x);
    return centre + direction * std::min(object.width / 2 / std::max(across, 1e-3), city::path_length(object.path) / 2);
  }
  // The farthest crossing of the border.
  double farthest = 0;
  const city::Polygon& corners = object.footprint;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const glm::dvec2 a = corners[i] - centre, edge = corners[(i + 1) % corners.size()] - corners[i];
    const double denominator = direction.x * edge.y - direction.y * edge.x;
    if (std::abs(denominator) < 1e-12) continue;
    const double t = (a.x * edge.y - a.y * edge.x) / denominator, s = (a.x * direction.y - a.y * direction.x) / denominator;
    if (s >= -1e-12 && s <= 1 + 1e-12) farthest = std::max(farthest, t);
  }
  return centre + direction * farthest;
}

glm::dvec2 line_direction(const city::Path& path, glm::dvec2 from) {
  double least = std::numeric_limits<double>::infinity();
  glm::dvec2 direction(1.0, 0.0);
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    const glm::dvec2 along = path[i + 1] - path[i];
    const double distance = city::distance_to_segment(from, path[i], path[i + 1]);
    if (distance >= least || glm::length(along) == 0) continue;
    least = distance;
    direction = glm::normalize(along);
  }
  return direction;
}

glm::dvec2 nearer_side(const city::Object& anchor, glm::dvec2 from) {
  if (!anchor.path.empty()) {
    const city::NearestOnPath nearest = city::nearest_on_path(anchor.path, from);
    if (nearest.distance > 1e-9) return (from - nearest.point) / nearest.distance;
    const glm::dvec2 along = line_direction(anchor.path, from);
    return {-along.y, along.x};
  }
  const city::Rectangle box = city::bounds(anchor);
  const glm::dvec2 half = (box.high - box.low) / 2.0, apart = from - (box.low + box.high) / 2.0;
  const glm::dvec2 beyond = glm::abs(apart) - half;
  if (beyond.x >= beyond.y) return {apart.x < 0 ? -1 : 1, 0};
  return {0, apart.y < 0 ? -1 : 1};
}

glm::dvec2 inner_point(const city::Object& object) {
  const glm::dvec2 centre = city::centroid(object);
  if (!object.path.empty() || city::contains(object.footprint, centre)) return centre;
  // The middle of the longest stretch of a level line through the area.
  std::vector<double> crossings;
  const city::Polygon& corners = object.footprint;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const glm::dvec2 a = corners[i], b = corners[(i + 1) % corners.size()];
    if ((a.y > centre.y) != (b.y > centre.y)) crossings.push_back(a.x + (centre.y - a.y) * (b.x - a.x) / (b.y - a.y));
  }
  std::sort(crossings.begin(), crossings.end());
  double longest = 0;
  glm::dvec2 point = centre;
  for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
    if (crossings[i + 1] - crossings[i] <= longest) continue;
    longest = crossings[i + 1] - crossings[i];
    point.x = (crossings[i] + crossings[i + 1]) / 2;
  }
  return point;
}

glm::dvec2 midway(const city::Object& a, const city::Object& b) {
  const glm::dvec2 from = city::centroid(a), to = city::centroid(b), middle = (from + to) / 2.0;
  if ((!city::contains(a, middle) && !city::contains(b, middle)) || from == to) return middle;
  const glm::dvec2 direction = glm::normalize(to - from);
  return (edge_towards(a, direction) + edge_towards(b, -direction)) / 2.0;
}

glm::dvec2 beside_middle(const Objects& things, const city::Object& anchor, glm::dvec2 from, glm::dvec2 direction, double gap_m) {
  const glm::dvec2 middle = middle_of(things);
  const glm::dvec2 start = anchor.path.empty() ? city::centroid(anchor) : city::nearest_on_path(anchor.path, from).point;
  std::vector<city::Object> moved;
  for (const city::Object* const thing : things) {
    city::Object& shape = moved.emplace_back();
    shape.footprint = thing->footprint;
    shape.path = thing->path;
    shape.width = thing->width;
    shift(shape, start - middle);
  }
  // Many go as one block.
  constexpr std::size_t kMany = 16;
  if (moved.size() > kMany) {
    city::Polygon points;
    for (const city::Object& thing : moved) {
      points.insert(points.end(), thing.footprint.begin(), thing.footprint.end());
      points.insert(points.end(), thing.path.begin(), thing.path.end());
    }
    moved.assign(1, {});
    moved.front().footprint = city::convex_hull(points);
  }
  const auto gap_at = [&](double t) {
    double least = std::numeric_limits<double>::infinity();
    for (const city::Object& thing : moved) {
      city::Object there = thing;
      shift(there, direction * t);
      least = std::min(least, city::gap(there, anchor));
    }
    return least;
  };
  // Beyond both sizes nothing can touch; from there inwards the last place with a smaller gap is looked for.
  double far = extent_along(anchor, direction) + gap_m + 1;
  for (const city::Object& thing : moved) far += extent_along(thing, direction) + glm::distance(city::centroid(thing), start);
  double near = 0;
  for (int i = 0; i < 60 && far - near > 1e-9; ++i) {
    const double between = (near + far) / 2;
    (gap_at(between) < gap_m ? near : far) = between;
  }
  return start + direction * far;
}

double turn_to_face(const city::Object& object, double bearing_deg) {
  const glm::dvec2 axis =
      object.path.empty() ? city::minimum_rectangle(object.footprint).long_axis : line_direction(object.path, city::centroid(object));
  // The long side looks across the long axis, to either side.
  const double looks = std::atan2(axis.x, -axis.y) * 180 / std::numbers::pi;  // counter-clockwise from east
  const double wanted = 90 - bearing_deg;
  double turn = std::fmod(wanted - looks, 180);
  if (turn <= -90 + 1e-9) turn += 180;
  if (turn > 90 + 1e-9) turn -= 180;
  return std::abs(turn) < 1e-6 ? 0.0 : turn;
}

std::optional<glm::dvec2> here(const Situation& situation) {
  if (situation.pointer) return situation.pointer;
  Objects selected;
  for (const std::int32_t id : situation.selection) {
    if (const city::Object* const object = situation.scene->catalogue().find(id)) selected.push_back(object);
  }
  if (!selected.empty()) return middle_of(selected);
  return situation.camera ? view_centre(*situation.camera) : std::nullopt;
}

}  // namespace skyline::models
