// What a person does to a scene, as values: the typed commands of a document.
//
//   auto operation = operation_from_json(R"({"command": "edit.move", "targets": [12], "offset": [20, 0, 0]})");
//   document.apply(*operation);
//
// The text form is a line of a script (docs/commands.md) with everything resolved: targets are ids, new objects have their numbers. Metres,
// degrees, counter-clockwise from above.
#pragma once

#include "core/result.h"
#include "editor/effect.h"
#include "editor/own_source.h"

#include <glm/vec3.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace skyline::editor {

enum class SelectMode : std::uint8_t { kSet, kAdd, kRemove, kIntersect };
enum class Part : std::uint8_t { kAll, kWall, kRoof };

struct Select {
  ObjectIds targets;
  SelectMode mode = SelectMode::kSet;
};
// Keeps the selection under a name; one of that name is replaced, an empty selection forgets it.
struct SaveSelection {
  std::string name;
};
struct Remove {
  ObjectIds targets;
};
struct Move {
  ObjectIds targets;
  glm::dvec3 offset{0.0};
  std::vector<double> lifts{};  // further metres up, one a target, where the ground rises below it; empty: none
};
// Each about the centroid of its own footprint.
struct Rotate {
  ObjectIds targets;
  double angle_deg = 0;
};
// Along the axes that the object had when it was photographed, about the centroid of its footprint on the ground.
struct Scale {
  ObjectIds targets;
  glm::dvec3 factor{1.0};
};
// Copy k of a target stands k * offset from it. Copies are numbered from `first_id`, all copies of the first target first.
struct Duplicate {
  ObjectIds targets;
  int count = 1;
  glm::dvec3 offset{0.0};
  std::int32_t first_id = 0;
  std::vector<double> lifts{};  // as of a move, one a copy
};
// Puts copies of one thing into the scene, numbered from `first_id`, and selects them: of an object of the catalogue, or of what is not of
// the scene.
struct Insert {
  std::string asset;               // what was asked for: a class, or a file
  std::int32_t source = 0;         // in the catalogue; 0: `own`
  std::optional<OwnSource> own{};  // a mesh
  std::vector<glm::dvec3> places;  // of the middle of each footprint, on the ground
  double angle_deg = 0;
  glm::dvec3 scale{1.0};
  std::int32_t first_id = 0;
};
// Each target shows another thing from now on, at its place; it keeps its number and its name, colours are the new thing's.
struct Replace {
  ObjectIds targets;
  std::string asset;
  std::int32_t source = 0;
  std::optional<OwnSource> own{};
  std::vector<glm::dvec3> places;  // one a target
  std::vector<double> angles_deg;  // one a target
  glm::dvec3 scale{1.0};
};
// What is cut out and shown of the objects fades over that width around their footprints.
struct SoftEdge {
  ObjectIds targets;
  double width = 0;  // metres; 0: a sharp edge
};
// A part of the field becomes an object of the document, and is selected.
struct MarkRegion {
  OwnSource own;  // a region
  std::int32_t id = 0;
};
struct Recolor {
  ObjectIds targets;
  Part part = Part::kAll;
  glm::u8vec3 colour{0};
};
struct Hide {
  ObjectIds targets;
};
struct Show {
  ObjectIds targets;
};
// Hides all that is not a target and shows the targets.
struct Isolate {
  ObjectIds targets;
};
struct Rename {
  ObjectIds targets;  // one
  std::string name;
};
// Light as in a training photo, or between two: (1 - blend) of `photo`, `blend` of `other`. -1: the mean of all photos.
struct Look {
  int photo = -1, other = -1;
  double blend = 0;
};
// Of the whole picture.
struct Grading {
  double exposure = 0;     // stops
  double temperature = 0;  // -1 (bluer) to 1 (warmer)
  double tint = 0;         // -1 (greener) to 1 (more magenta)
  double saturation = 1;
  bool operator==(const Grading&) const = default;
};

// Effects (effect.h): on the targets, or on the whole scene where there are none. `edge` is in metres around the targets.
struct ChangeLight {
  ObjectIds targets;
  SunPlace sun;
  double strength = 1, edge = 0;
};
struct ChangeSeason {
  ObjectIds targets;
  Season season = Season::kSummer;
  double strength = 0.6, edge = 0;
};
struct ChangeWeather {
  ObjectIds targets;
  Weather weather = Weather::kClear;
  double strength = 0.6, edge = 0;
};
struct ChangeStyle {
  ObjectIds targets;
  Style style = Style::kOil;
  double strength = 0.6, edge = 0;
};
// Of the stack of effects, by their numbers.
struct MuteEffects {
  std::vector<std::int32_t> effects;
  bool muted = true;
};
struct SetEffectStrength {
  std::int32_t effect = 0;
  double strength = 1;
};
// To a place of the stack, counted from 0.
struct ReorderEffect {
  std::int32_t effect = 0;
  int place = 0;
};
// An empty name takes them out of their group.
struct GroupEffects {
  std::vector<std::int32_t> effects;
  std::string name;
};
struct DropEffects {
  std::vector<std::int32_t> effects;
};

using Operation = std::variant<Select, SaveSelection, Remove, Move, Rotate, Scale, Duplicate, Recolor, Hide, Show, Isolate, Rename, Look,
                               Grading, ChangeLight, ChangeSeason, ChangeWeather, ChangeStyle, MuteEffects, SetEffectStrength,
                               ReorderEffect, GroupEffects, DropEffects, Insert, Replace, MarkRegion, SoftEdge>;

// Id of the operation's row in the command table.
std::string_view command_of(const Operation& operation);
// The number after those of the objects that it makes; 0: it makes none.
std::int32_t id_after(const Operation& operation);
// One line, the same for the same operation: numbers keep every bit.
std::string to_json(const Operation& operation);
// Errors: not such a line, or values of wrong types. What the values mean for a scene is checked by the document.
core::Result<Operation> operation_from_json(std::string_view line);

}  // namespace skyline::editor
