// Insert and replace: from a class and a place to an operation that says what is shown where.
#include "city/polygon.h"
#include "editor/bind_commands.h"
#include "editor/resolve.h"
#include "editor/stand_in.h"

#include <cmath>
#include <numbers>
#include <optional>
#include <system_error>
#include <utility>

namespace skyline::editor {
namespace {

constexpr double kRowGap = 2;  // metres between things that are inserted in a row

glm::dvec2 turned(glm::dvec2 v, double angle_deg) {
  const double angle = angle_deg * std::numbers::pi / 180;
  return {std::cos(angle) * v.x - std::sin(angle) * v.y, std::sin(angle) * v.x + std::cos(angle) * v.y};
}

std::optional<double> height_of(const Invocation& call) {
  return call.has("height") ? std::optional<double>(call.number("height")) : std::nullopt;
}

core::Result<StandIn> stand_in(const Invocation& call, const Document& document) {
  const city::Catalogue& catalogue = *document.scene().catalogue;
  if (call.has("object")) return stand_in_of(call.integer("object"), height_of(call), catalogue);
  return stand_in_for(city::find_class(call.text("asset")).value_or(city::ObjectClass::kOther), height_of(call), catalogue);
}

city::Object shown_by(const StandIn& chosen, const Document& document) {
  return chosen.own ? object_of(*chosen.own, 0) : *document.scene().catalogue->find(chosen.source);
}

// Extent from west to east of what is shown, turned and scaled.
double width_of(const StandIn& chosen, double angle_deg, const Document& document) {
  city::Rectangle around;
  for (const glm::dvec2& corner : shown_by(chosen, document).footprint) around.add(turned(corner * glm::dvec2(chosen.scale), angle_deg));
  return around.high.x - around.low.x;
}

glm::dvec3 resting_at(glm::dvec2 place, const Document& document) { return {place, ground_height(document.scene(), place)}; }

Operation insertion(std::string asset, const StandIn& chosen, glm::dvec2 at, int count, double angle_deg, const Document& document) {
  Insert insert{std::move(asset), chosen.source, chosen.own, {}, angle_deg, chosen.scale, document.next_id()};
  const double apart = count > 1 ? width_of(chosen, angle_deg, document) + kRowGap : 0;
  for (int k = 0; k < count; ++k) insert.places.push_back(resting_at(at + glm::dvec2(k * apart, 0), document));
  return insert;
}

glm::dvec2 place_of(const Invocation& call) {
  const std::vector<double> at = call.vector("at");
  return {at[0], at[1]};
}

core::Result<Operation> insert_of_class(const Invocation& call, const Document& document) {
  const auto chosen = stand_in(call, document);
  if (!chosen) return chosen.error();
  return insertion(call.text("asset"), *chosen, place_of(call), call.integer("count"), call.number("angle"), document);
}

core::Result<Operation> insert_of_file(const Invocation& call, const Document& document) {
  std::error_code code;
  const std::filesystem::path path = std::filesystem::absolute(call.text("path"), code).lexically_normal();
  const auto chosen = stand_in_of(path, call.number("scale"));
  if (!chosen) return chosen.error();
  return insertion(path.filename().string(), *chosen, place_of(call), 1, call.number("angle"), document);
}

// By how much the long side of one footprint is turned against another's: at most a quarter turn either way.
double turn_between(const city::Polygon& from, const city::Polygon& to) {
  const glm::dvec2 a = city::minimum_rectangle(from).long_axis, b = city::minimum_rectangle(to).long_axis;
  const double turn = std::atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y) * 180 / std::numbers::pi;
  return turn > 90 ? turn - 180 : turn < -90 ? turn + 180 : turn;
}

core::Result<Operation> replacement(const Invocation& call, const Document& document) {
  const auto chosen = stand_in(call, document);
  if (!chosen) return chosen.error();
  const SceneFacts& scene = document.scene();
  const city::Polygon shown = shown_by(*chosen, document).footprint;
  Replace replace{targets_of(call, document), call.text("asset"), chosen->source, chosen->own, {}, {}, chosen->scale};
  for (const std::int32_t id : replace.targets) {
    const auto object = document.state().find(id, scene);
    const city::Object former = object ? source_of(*object, scene) : city::Object();
    if (former.footprint.empty()) {  // refused when it is applied
      replace.places.emplace_back(0.0);
      replace.angles_deg.push_back(0);
      continue;
    }
    const nerf::Placement placement = placement_of(*object, former);
    replace.places.push_back(placement.pivot + placement.offset);
    replace.angles_deg.push_back(object->yaw_deg + turn_between(shown, former.footprint));
  }
  return Operation(std::move(replace));
}

constexpr OperationRow kRows[] = {
    {"edit.insert", insert_of_class},
    {"edit.insert_mesh", insert_of_file},
    {"edit.replace", replacement},
};

}  // namespace

std::span<const OperationRow> insert_rows() { return kRows; }

}  // namespace skyline::editor
