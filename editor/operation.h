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

#include <glm/vec3.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace skyline::editor {

enum class SelectMode : std::uint8_t { kSet, kAdd, kRemove };
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
                               ReorderEffect, GroupEffects, DropEffects>;

// Id of the operation's row in the command table.
std::string_view command_of(const Operation& operation);
// One line, the same for the same operation: numbers keep every bit.
std::string to_json(const Operation& operation);
// Errors: not such a line, or values of wrong types. What the values mean for a scene is checked by the document.
core::Result<Operation> operation_from_json(std::string_view line);

}  // namespace skyline::editor
