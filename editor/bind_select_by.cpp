// Selections by what objects are and where they stand, on the document as it is: moved objects and copies count where they stand now,
// removed and hidden ones do not.
#include "city/polygon.h"
#include "editor/resolve.h"

#include <fmt/format.h>
#include <glm/geometric.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace skyline::editor {
namespace {

using city::Object;
using core::Error;

constexpr double kLeastHeight = 0.5;  // metres; what is flatter is ground
constexpr double kNearColour = 0.22;  // of the diagonal of the colour cube

struct Seen {
  Object object;  // as it stands now
  std::int32_t id = 0;
};

Object as_it_stands(const ObjectState& state, const SceneFacts& scene) {
  Object object = source_of(state, scene);
  const nerf::Placement placement = placement_of(state, object);
  for (glm::dvec2& corner : object.footprint) corner = glm::dvec2(placement.to_target({corner, object.base}));
  object.base += state.offset.z;
  object.height *= state.scale.z;
  if (state.wall) object.wall = state.wall;
  if (state.roof) object.roof = state.roof;
  return object;
}

// Everything that is seen, the catalogue's objects first.
std::vector<Seen> seen_objects(const Document& document) {
  const SceneFacts& scene = document.scene();
  const auto& changed = document.state().objects;
  std::vector<Seen> seen;
  for (const Object& object : scene.catalogue->objects()) {
    const auto state = changed.find(object.id);
    if (state == changed.end()) {
      seen.push_back({object, object.id});
    } else if (!state->second.gone()) {
      seen.push_back({as_it_stands(state->second, scene), object.id});
    }
  }
  for (const auto& [id, state] : changed) {
    if (!state.gone() && scene.catalogue->find(id) == nullptr) seen.push_back({as_it_stands(state, scene), id});
  }
  return seen;
}

bool stands(const Object& object) { return !object.footprint.empty() && object.height >= kLeastHeight; }

SelectMode mode_of(const Invocation& call) {
  const std::string mode = call.text("mode");
  return mode == "add"         ? SelectMode::kAdd
         : mode == "remove"    ? SelectMode::kRemove
         : mode == "intersect" ? SelectMode::kIntersect
                               : SelectMode::kSet;
}

Operation select_if(const Document& document, SelectMode mode, const std::function<bool(const Seen&)>& wanted) {
  Select select{{}, mode};
  for (const Seen& seen : seen_objects(document)) {
    if (wanted(seen)) select.targets.push_back(seen.id);
  }
  return select;
}

core::Result<Operation> by_class(const Invocation& call, const Document& document) {
  const auto wanted = city::find_class(call.text("class")).value_or(city::ObjectClass::kOther);
  return select_if(document, mode_of(call), [&](const Seen& seen) { return city::is_a(seen.object.object_class, wanted); });
}

bool is_near_colour(const std::optional<glm::u8vec3>& colour, const glm::dvec3& wanted) {
  return colour && glm::distance(glm::dvec3(*colour) / 255.0, wanted) <= kNearColour * std::sqrt(3.0);
}

core::Result<Operation> by_attributes(const Invocation& call, const Document& document) {
  const auto within = [&](double value, const char* low, const char* high) {
    return (!call.has(low) || value >= call.number(low)) && (!call.has(high) || value <= call.number(high));
  };
  std::optional<city::ObjectClass> wanted_class;
  if (call.has("class")) {
    wanted_class = city::find_class(call.text("class"));
    if (!wanted_class) return Error{"there is no such class", call.text("class"), "give one such as building, tower or tree"};
  }
  glm::dvec3 wanted_colour(0.0);
  if (call.has("color")) {
    const std::string text = call.text("color");
    unsigned value = 0;
    std::from_chars(text.data() + 1, text.data() + text.size(), value, 16);
    wanted_colour = glm::dvec3(value >> 16, (value >> 8) & 255, value & 255) / 255.0;
  }
  return select_if(document, mode_of(call), [&](const Seen& seen) {
    const Object& object = seen.object;
    if (wanted_class ? !city::is_a(object.object_class, *wanted_class) : !stands(object)) return false;
    const double area = object.footprint.empty() ? city::path_length(object.path) * object.width : city::area(object.footprint);
    if (!within(object.height, "min_height", "max_height") || !within(area, "min_area", "max_area")) return false;
    return !call.has("color") || is_near_colour(object.wall, wanted_colour) || is_near_colour(object.roof, wanted_colour);
  });
}

// "x,y x,y x,y"
std::optional<city::Polygon> polygon_of(const std::string& text) {
  city::Polygon polygon;
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto skip = [&](char character) {
    while (at < end && *at == ' ') ++at;
    if (at == end || *at != character) return false;
    ++at;
    return true;
  };
  while (true) {
    while (at < end && *at == ' ') ++at;
    if (at == end) break;
    glm::dvec2 corner(0.0);
    for (int axis = 0; axis < 2; ++axis) {
      if (axis == 1 && !skip(',')) return std::nullopt;
      while (at < end && *at == ' ') ++at;
      const auto [next, error] = std::from_chars(at, end, corner[axis]);
      if (error != std::errc() || !std::isfinite(corner[axis])) return std::nullopt;
      at = next;
    }
    polygon.push_back(corner);
  }
  return polygon.size() >= 3 ? std::optional(std::move(polygon)) : std::nullopt;
}

core::Result<Operation> in_area(const Invocation& call, const Document& document) {
  const auto area = polygon_of(call.text("points"));
  if (!area) return Error{"the area has not three corners", call.text("points"), "write it as x,y x,y x,y in metres"};
  return select_if(document, mode_of(call),
                   [&](const Seen& seen) { return stands(seen.object) && city::contains(*area, city::centroid(seen.object)); });
}

core::Result<Operation> region(const Invocation& call, const Document& document) {
  const glm::dvec2 at(call.vector("at")[0], call.vector("at")[1]);
  for (const Seen& seen : seen_objects(document)) {
    if (stands(seen.object) && city::contains(seen.object.footprint, at)) return Operation(Select{{seen.id}});
  }
  if (!document.scene().standing_at) return Error{"the ground is not known yet", "", "wait until it is prepared"};
  auto grown = document.scene().standing_at(at);
  if (!grown) return grown.error();
  return Operation(MarkRegion{std::move(*grown), document.next_id()});
}

core::Result<Operation> inverted(const Invocation&, const Document& document) {
  const std::set<std::int32_t> selected(document.state().selection.begin(), document.state().selection.end());
  return select_if(document, SelectMode::kSet, [&](const Seen& seen) { return stands(seen.object) && !selected.contains(seen.id); });
}

// What is selected and what is not, with the gap between two of them asked for only where their bounds are near.
struct Sides {
  std::vector<Seen> selected, others;
  explicit Sides(const Document& document) {
    const std::set<std::int32_t> ids(document.state().selection.begin(), document.state().selection.end());
    for (Seen& seen : seen_objects(document)) {
      if (stands(seen.object) || ids.contains(seen.id)) (ids.contains(seen.id) ? selected : others).push_back(std::move(seen));
    }
  }
  static bool touches_any(const Object& object, const std::vector<Seen>& side, double gap) {
    const city::Rectangle around = city::bounds(object).grown(gap);
    return std::any_of(side.begin(), side.end(), [&](const Seen& other) {
      return around.touches(city::bounds(other.object)) && city::gap(object, other.object) <= gap;
    });
  }
};

core::Result<Operation> grown(const Invocation& call, const Document& document) {
  const Sides sides(document);
  Select select{{}, SelectMode::kAdd};
  for (const Seen& other : sides.others) {
    if (Sides::touches_any(other.object, sides.selected, call.number("gap"))) select.targets.push_back(other.id);
  }
  if (select.targets.empty()) return Error{"nothing is added", "no neighbour stands that near", "give a larger gap"};
  return Operation(std::move(select));
}

core::Result<Operation> shrunk(const Invocation& call, const Document& document) {
  const Sides sides(document);
  Select select{{}, SelectMode::kRemove};
  for (const Seen& own : sides.selected) {
    if (Sides::touches_any(own.object, sides.others, call.number("gap"))) select.targets.push_back(own.id);
  }
  if (select.targets.empty()) return Error{"nothing is taken away", "no object has a neighbour that near", "give a larger gap"};
  return Operation(std::move(select));
}

constexpr OperationRow kRows[] = {
    {"select.class", by_class},  {"select.where", by_attributes}, {"select.area", in_area},  {"select.region", region},
    {"select.invert", inverted}, {"select.grow", grown},          {"select.shrink", shrunk},
};

}  // namespace

std::span<const OperationRow> select_by_rows() { return kRows; }

}  // namespace skyline::editor
