// Places and displacements of a step: where things go.
#include "models/language/interpreter/standard_size.h"
#include "models/language/interpreter/step_grounder.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace skyline::models {
namespace {

std::optional<Heading> side_of(Place::Kind kind) {
  switch (kind) {
    case Place::Kind::kInFront:
      return Heading::kBack;  // towards the camera
    case Place::Kind::kBehind:
      return Heading::kForward;
    case Place::Kind::kLeft:
      return Heading::kLeft;
    case Place::Kind::kRight:
      return Heading::kRight;
    default:
      return std::nullopt;
  }
}

// Of a line its course, of an area its border.
const std::vector<glm::dvec2>& course_of(const city::Object& object) { return object.path.empty() ? object.footprint : object.path; }

}  // namespace

std::optional<glm::dvec3> StepGrounder::direction_said(const Displacement& said, const Objects& things) {
  if (said.anchor) {
    const auto anchor = refer_one(said.anchor, "direction");
    if (!anchor) return std::nullopt;
    const glm::dvec2 from = middle_of(things);
    const glm::dvec2 to = (*anchor)->path.empty() ? city::centroid(**anchor) : city::nearest_on_path((*anchor)->path, from).point;
    if (glm::distance(from, to) < 1e-9) {
      refuse("same place", {(*anchor)->id});
      return std::nullopt;
    }
    return glm::dvec3(glm::normalize(to - from) * (said.away ? -1.0 : 1.0), 0);
  }
  if (said.heading == Heading::kNone) {
    miss("direction");
    return std::nullopt;
  }
  return direction_of(said.heading, view_);
}

std::optional<glm::dvec3> StepGrounder::offset_of(const Displacement& said, const Objects& things) {
  const auto direction = direction_said(said, things);
  if (!direction) return std::nullopt;
  if (said.metres) return *direction * *said.metres;
  if (!said.of_size) {
    miss("amount");
    return std::nullopt;
  }
  double size = 0;
  for (const city::Object* const thing : things) {
    size = std::max(size, direction->z != 0 ? thing->height : extent_along(*thing, glm::dvec2(*direction)));
  }
  return *direction * (size * *said.of_size);
}

// Next to something: on the nearer side, on the side that was said, or for a new thing on the first side that is free.
std::optional<glm::dvec2> StepGrounder::beside(const city::Object& anchor, const Objects& things, const Displacement& offset,
                                               bool is_new) const {
  const double gap = offset.metres.value_or(kNextToGap_m);
  if (offset.heading != Heading::kNone) {
    return beside_middle(things, anchor, city::centroid(anchor), glm::dvec2(direction_of(offset.heading, view_)), gap);
  }
  if (!is_new) {
    const glm::dvec2 from = middle_of(things);
    return beside_middle(things, anchor, from, nearer_side(anchor, from), gap);
  }
  std::vector<glm::dvec2> sides{{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
  if (!anchor.path.empty()) {
    const glm::dvec2 along = line_direction(anchor.path, city::centroid(anchor));
    sides = {{-along.y, along.x}, {along.y, -along.x}};
  }
  std::optional<glm::dvec2> first;
  for (const glm::dvec2 side : sides) {
    const glm::dvec2 place = beside_middle(things, anchor, city::centroid(anchor), side, gap);
    if (!first) first = place;
    city::Polygon there = things.front()->footprint;
    for (glm::dvec2& p : there) p += place - middle_of(things);
    const auto touched = scene_.index().within_gap(there, 0);
    const bool taken = std::any_of(touched.begin(), touched.end(), [&](std::uint32_t i) {
      const city::Object& object = scene_.catalogue().objects()[i];
      return object.height > 0 || !object.path.empty();
    });
    if (!taken) return place;
  }
  return first;
}

// At the side of a line, 2 m off its edge, where it is nearest to the thing or the pointer, else in its middle.
std::optional<glm::dvec2> StepGrounder::along_point(const city::Object& line, const Objects& things) const {
  const bool placed = scene_.catalogue().find(things.front()->id) != nullptr;
  glm::dvec2 from = placed ? middle_of(things) : situation_.pointer.value_or(city::centroid(line));
  if (line.path.empty()) return beside_middle(things, line, from, nearer_side(line, from), kNextToGap_m);
  if (city::nearest_on_path(line.path, from).distance < 1e-9) {
    const glm::dvec2 along = line_direction(line.path, from);
    return beside_middle(things, line, from, {-along.y, along.x}, kNextToGap_m);
  }
  return beside_middle(things, line, from, nearer_side(line, from), kNextToGap_m);
}

// Where the middle of the things is to be.
std::optional<glm::dvec2> StepGrounder::destination(const Place& place, const Objects& things, bool is_new) {
  switch (place.kind) {
    case Place::Kind::kPoint:
      return place.point;
    case Place::Kind::kHere:
    case Place::Kind::kView: {
      Situation looking = situation_;
      if (place.kind == Place::Kind::kView) {
        looking.pointer.reset();
        looking.selection.clear();
      } else if (!is_new) {
        looking.selection.clear();  // what is moved is no place to go
      }
      // "here" is where the pointer is, else the selection; never a guess
      const bool pointed = place.kind == Place::Kind::kView || looking.pointer.has_value() || !looking.selection.empty();
      const auto point = pointed ? here(looking) : std::nullopt;
      if (!point) miss("place");
      return point;
    }
    default:
      break;
  }
  if (!place.anchor) {
    miss("place");
    return std::nullopt;
  }
  const auto ids = refer(place.anchor);
  if (!ids) return std::nullopt;
  const Objects anchors = objects_of(*ids);
  const city::Object& anchor = *anchors.front();
  if (place.kind == Place::Kind::kBetween) {
    if (!place.second && anchors.size() >= 2) return midway(*anchors[0], *anchors[1]);
    const auto second = refer_one(place.second, "place");
    if (!second) return std::nullopt;
    return midway(anchor, **second);
  }
  // Nothing is put into a building: "at the church" is beside it.
  const bool beside_it = is_new && place.kind == Place::Kind::kTo && anchors.size() == 1 && anchor.height > 0 && anchor.path.empty();
  if (place.kind == Place::Kind::kTo && !beside_it) {
    return anchors.size() == 1 ? (is_new ? inner_point(anchor) : city::centroid(anchor)) : middle_of(anchors);
  }
  if (place.kind == Place::Kind::kAlong) return along_point(anchor, things);
  if (place.kind == Place::Kind::kBeside || beside_it) return beside(anchor, things, place.offset, is_new);
  // A direction off the anchor: so many metres from its edge, or next to it.
  Displacement side = place.offset;
  if (const auto heading = side_of(place.kind)) side.heading = *heading;
  if (side.heading == Heading::kNone) {
    miss("direction");
    return std::nullopt;
  }
  if (!side.metres) return beside(anchor, things, side, is_new);
  const glm::dvec2 direction(direction_of(side.heading, view_));
  return edge_towards(anchor, direction) + direction * *side.metres;
}

// From each copy to the next.
std::optional<glm::dvec3> StepGrounder::copy_offset(const Objects& things) {
  const auto spacing = [&](glm::dvec2 direction) {
    double size = 0;
    for (const city::Object* const thing : things) size = std::max(size, extent_along(*thing, direction));
    return size + kRowGap;
  };
  if (step_.place && step_.place->kind == Place::Kind::kAlong) {
    const auto line = refer_one(step_.place->anchor, "place");
    if (!line) return std::nullopt;
    const auto& course = course_of(**line);
    const glm::dvec2 from = middle_of(things);
    glm::dvec2 along = line_direction(course, from);
    // Towards the longer rest of the line.
    if (city::nearest_on_path(course, from).along > city::path_length(course) / 2) along = -along;
    if (step_.displacement) {
      const glm::dvec2 wanted(direction_of(step_.displacement->heading, view_));
      if (glm::dot(wanted, along) < 0) along = -along;
    }
    const double metres = step_.displacement && step_.displacement->metres ? *step_.displacement->metres : spacing(along);
    return glm::dvec3(along * metres, 0);
  }
  if (step_.place) {
    const auto to = destination(*step_.place, things, false);
    if (!to) return std::nullopt;
    return glm::dvec3(*to - middle_of(things), 0);
  }
  if (!step_.displacement) return glm::dvec3(spacing({1, 0}), 0, 0);
  Displacement said = *step_.displacement;
  if (said.heading == Heading::kNone && !said.anchor) said.heading = Heading::kEast;
  if (said.metres || said.of_size) return offset_of(said, things);
  const auto direction = direction_said(said, things);
  if (!direction) return std::nullopt;
  if (direction->z != 0) {
    miss("amount");
    return std::nullopt;
  }
  return *direction * spacing(glm::dvec2(*direction));
}

}  // namespace skyline::models
