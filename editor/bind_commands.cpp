#include "editor/bind_commands.h"

#include "city/polygon.h"
#include "core/json_depth.h"
#include "editor/plan_steps.h"
#include "editor/resolve.h"
#include "editor/sun.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace skyline::editor {
namespace {

using core::Error;

constexpr double kCopyGap = 2;  // metres between an object and its copy

glm::dvec3 vector_of(const Invocation& call, std::string_view argument) {
  const std::vector<double> v = call.vector(argument);
  return {v[0], v[1], v[2]};
}

ObjectIds hidden_of(const Document& document) {
  ObjectIds hidden;
  for (const auto& [id, object] : document.state().objects) {
    if (object.hidden && !object.removed) hidden.push_back(id);
  }
  return hidden;
}

glm::u8vec3 colour_of(const std::string& text) {
  unsigned value = 0;
  std::from_chars(text.data() + 1, text.data() + text.size(), value, 16);
  return {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
}

// Beside the first target to the east: the width of its footprint and a gap.
glm::dvec3 offset_of_copies(const ObjectIds& targets, const Document& document) {
  const auto first = targets.empty() ? std::nullopt : document.state().find(targets.front(), document.scene());
  if (!first) return {kCopyGap, 0, 0};
  const city::Object source = source_of(*first, document.scene());
  const nerf::Placement placement = placement_of(*first, source);
  city::Rectangle around;
  for (const glm::dvec2& corner : source.footprint) around.add(glm::dvec2(placement.to_target({corner.x, corner.y, source.base})));
  return {around.empty() ? kCopyGap : around.high.x - around.low.x + kCopyGap, 0, 0};
}

Operation duplicate_of(const Invocation& call, const Document& document) {
  Duplicate copies{targets_of(call, document), call.integer("count"), {}, document.next_id()};
  copies.offset = call.has("offset") ? vector_of(call, "offset") : offset_of_copies(copies.targets, document);
  return call.flag("on_ground") ? on_ground(std::move(copies), document) : std::move(copies);
}

template <class Word>
Word word_of(const Invocation& call, std::string_view argument, std::initializer_list<std::string_view> words) {
  return static_cast<Word>(std::find(words.begin(), words.end(), call.text(argument)) - words.begin());
}

core::Result<Operation> saved_selection(const Invocation& call, const Document& document) {
  const auto& saved = document.state().saved_selections;
  const auto found = saved.find(call.text("name"));
  if (found == saved.end()) return Error{"there is no saved selection", call.text("name"), "see those that are saved"};
  // Objects that were removed since are not there to be selected.
  ObjectIds present;
  for (const std::int32_t id : found->second) {
    if (const auto object = document.state().find(id, document.scene()); object && !object->removed) present.push_back(id);
  }
  return Operation(Select{std::move(present)});
}

// The object of the catalogue `step` places further that was not removed, round the end.
core::Result<Operation> neighbour(const Document& document, int step) {
  const auto& objects = document.scene().catalogue->objects();
  const int count = static_cast<int>(objects.size());
  int place = step > 0 ? -1 : count;
  if (!document.state().selection.empty()) {
    const std::int32_t last = document.state().selection.back();
    const auto found = std::find_if(objects.begin(), objects.end(), [&](const city::Object& o) { return o.id == last; });
    if (found != objects.end()) place = static_cast<int>(found - objects.begin());
  }
  for (int tried = 0; tried < count; ++tried) {
    place = (place + step + count) % count;
    const std::int32_t id = objects[static_cast<std::size_t>(place)].id;
    if (!document.state().find(id, document.scene())->gone()) return Operation(Select{{id}});
  }
  return Error{"there is nothing to select", "", ""};
}

// Effects are on the whole scene unless objects are named.
ObjectIds named_targets(const Invocation& call) { return call.has("targets") ? call.ids("targets") : ObjectIds(); }

template <class Change>
Operation effect_of(const Invocation& call, Change change) {
  change.targets = named_targets(call);
  change.strength = call.number("strength");
  change.edge = call.number("edge");
  return change;
}

template <class Word>
Word word_of_enum(const std::string& text, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (editor::word_of(static_cast<Word>(i)) == text) return static_cast<Word>(i);
  }
  return Word{};
}

// By the time, else by azimuth and elevation, of which a missing one is that of noon.
core::Result<Operation> light_of(const Invocation& call) {
  ChangeLight light;
  constexpr double kNoon = 12;
  light.sun = sun_at(kNoon);
  if (call.has("time")) {
    if (call.has("azimuth") || call.has("elevation"))
      return Error{"cannot run edit.light", "there are a time and a place of the sun", "give one of them"};
    const auto hours = parse_time(call.text("time"));
    if (!hours) return Error{"cannot run edit.light", "'time' is " + call.text("time"), hours.error().advice};
    light.sun = sun_at(*hours);
  }
  if (call.has("azimuth")) light.sun.azimuth_deg = call.number("azimuth");
  if (call.has("elevation")) light.sun.elevation_deg = call.number("elevation");
  return effect_of(call, light);
}

Operation time_of_day(const Invocation& call) {
  ChangeLight light;
  if (const auto hours = hours_of_day_part(call.text("time"))) light.sun = sun_at(*hours);
  return effect_of(call, light);
}

constexpr OperationRow kEditRows[] = {
    {"edit.remove", [](const Invocation& c, const Document& d) -> core::Result<Operation> { return Operation(Remove{targets_of(c, d)}); }},
    {"edit.move",
     [](const Invocation& c, const Document& d) -> core::Result<Operation> {
       Move move{targets_of(c, d), vector_of(c, "offset")};
       return Operation(c.flag("on_ground") ? on_ground(std::move(move), d) : std::move(move));
     }},
    {"edit.rotate",
     [](const Invocation& c, const Document& d) -> core::Result<Operation> {
       return Operation(Rotate{targets_of(c, d), c.number("angle")});
     }},
    {"edit.scale",
     [](const Invocation& c, const Document& d) -> core::Result<Operation> {
       return Operation(Scale{targets_of(c, d), vector_of(c, "factor")});
     }},
    {"edit.duplicate", [](const Invocation& c, const Document& d) -> core::Result<Operation> { return duplicate_of(c, d); }},
    {"edit.recolor",
     [](const Invocation& c, const Document& d) -> core::Result<Operation> {
       return Operation(Recolor{targets_of(c, d), word_of<Part>(c, "part", {"all", "wall", "roof"}), colour_of(c.text("color"))});
     }},
    {"edit.hide", [](const Invocation& c, const Document& d) -> core::Result<Operation> { return Operation(Hide{targets_of(c, d)}); }},
    {"edit.show",
     [](const Invocation& c, const Document& d) -> core::Result<Operation> {
       ObjectIds targets = c.has("targets") ? c.ids("targets") : hidden_of(d);
       if (targets.empty()) return Error{"there is nothing to show", "nothing is hidden", ""};
       return Operation(Show{std::move(targets)});
     }},
    {"edit.isolate",
     [](const Invocation& c, const Document& d) -> core::Result<Operation> { return Operation(Isolate{targets_of(c, d)}); }},
    {"edit.soft_edge",
     [](const Invocation& c, const Document& d) -> core::Result<Operation> {
       return Operation(SoftEdge{targets_of(c, d), c.number("width")});
     }},
    {"edit.rename",
     [](const Invocation& c, const Document& d) -> core::Result<Operation> {
       return Operation(Rename{targets_of(c, d), c.text("name")});
     }},
    {"edit.look",
     [](const Invocation& c, const Document&) -> core::Result<Operation> {
       return Operation(Look{c.integer("photo"), c.integer("other"), c.number("blend")});
     }},
    {"edit.grade",
     [](const Invocation& c, const Document&) -> core::Result<Operation> {
       return Operation(Grading{c.number("exposure"), c.number("temperature"), c.number("tint"), c.number("saturation")});
     }},
    {"edit.light", [](const Invocation& c, const Document&) { return light_of(c); }},
    {"edit.time_of_day", [](const Invocation& c, const Document&) -> core::Result<Operation> { return time_of_day(c); }},
    {"edit.season",
     [](const Invocation& c, const Document&) -> core::Result<Operation> {
       return effect_of(c, ChangeSeason{.targets = {}, .season = word_of_enum<Season>(c.text("season"), 4)});
     }},
    {"edit.weather",
     [](const Invocation& c, const Document&) -> core::Result<Operation> {
       return effect_of(c, ChangeWeather{.targets = {}, .weather = word_of_enum<Weather>(c.text("weather"), 6)});
     }},
    {"edit.style",
     [](const Invocation& c, const Document&) -> core::Result<Operation> {
       return effect_of(c, ChangeStyle{.targets = {}, .style = word_of_enum<Style>(c.text("style"), 12)});
     }},
    {"edit.mute",
     [](const Invocation& c, const Document&) -> core::Result<Operation> {
       return Operation(MuteEffects{c.ids("effects"), c.flag("muted")});
     }},
    {"edit.strength",
     [](const Invocation& c, const Document&) -> core::Result<Operation> {
       return Operation(SetEffectStrength{c.integer("effect"), c.number("strength")});
     }},
    {"edit.reorder",
     [](const Invocation& c, const Document&) -> core::Result<Operation> {
       return Operation(ReorderEffect{c.integer("effect"), c.integer("place")});
     }},
    {"edit.group",
     [](const Invocation& c, const Document&) -> core::Result<Operation> {
       return Operation(GroupEffects{c.ids("effects"), c.text("name")});
     }},
    {"edit.drop", [](const Invocation& c, const Document&) -> core::Result<Operation> { return Operation(DropEffects{c.ids("effects")}); }},
};

constexpr OperationRow kSelectRows[] = {
    {"select.object",
     [](const Invocation& c, const Document&) -> core::Result<Operation> {
       return Operation(Select{c.ids("ids"), word_of<SelectMode>(c, "mode", {"set", "add", "remove", "intersect"})});
     }},
    {"select.next", [](const Invocation&, const Document& d) { return neighbour(d, 1); }},
    {"select.previous", [](const Invocation&, const Document& d) { return neighbour(d, -1); }},
    {"select.none", [](const Invocation&, const Document&) -> core::Result<Operation> { return Operation(Select{}); }},
    {"select.save",
     [](const Invocation& c, const Document&) -> core::Result<Operation> { return Operation(SaveSelection{c.text("name")}); }},
    {"select.saved", [](const Invocation& c, const Document& d) { return saved_selection(c, d); }},
};

const Error kNoDocument{"there is nothing to edit", "", "open a scene first"};

void bind_rows(CommandRegistry& registry, std::span<const OperationRow> rows, const OpenDocument& open) {
  for (const OperationRow& row : rows) {
    registry.bind(row.command, [open, resolve = row.resolve](const Invocation& call) -> core::Status {
      Document* const document = open();
      if (document == nullptr) return kNoDocument;
      const auto operation = resolve(call, *document);
      if (!operation) return operation.error();
      return document->apply(*operation);
    });
  }
}

// As many steps as there are; none at all is an error.
void bind_steps(CommandRegistry& registry, std::string_view id, const OpenDocument& open, core::Status (Document::*step)()) {
  registry.bind(id, [open, step](const Invocation& call) -> core::Status {
    Document* const document = open();
    if (document == nullptr) return kNoDocument;
    for (int k = 0; k < call.integer("steps"); ++k) {
      if (auto taken = (document->*step)(); !taken) return k > 0 ? core::Status() : taken;
    }
    return {};
  });
}

void bind_plan(CommandRegistry& registry, const OpenDocument& open) {
  registry.bind("edit.plan", [open](const Invocation& call) -> core::Status {
    Document* const document = open();
    if (document == nullptr) return kNoDocument;
    const std::string steps = call.text("steps");
    if (!core::is_shallow_json(steps)) return Error{"cannot read the plan", "it is nested too deeply", ""};
    return apply_steps(*document, nlohmann::json::parse(steps, nullptr, false), call.text("sentence"));
  });
}

}  // namespace

ObjectIds targets_of(const Invocation& call, const Document& document) {
  return call.has("targets") ? call.ids("targets") : document.state().selection;
}

namespace {

// How much higher the ground is below each target when it is `times` offsets away, for times 1 to `count`; empty: nowhere.
std::vector<double> lifts_of(const ObjectIds& targets, const glm::dvec3& offset, int count, const Document& document) {
  const SceneFacts& scene = document.scene();
  std::vector<double> lifts;
  for (const std::int32_t id : targets) {
    const auto object = document.state().find(id, scene);
    if (!object) return {};  // refused when it is applied
    const nerf::Placement placement = placement_of(*object, source_of(*object, scene));
    const glm::dvec2 from(placement.pivot + placement.offset);
    const double here = ground_height(scene, from);
    for (int k = 1; k <= count; ++k) lifts.push_back(ground_height(scene, from + static_cast<double>(k) * glm::dvec2(offset)) - here);
  }
  if (std::all_of(lifts.begin(), lifts.end(), [](double lift) { return lift == 0; })) lifts.clear();
  return lifts;
}

}  // namespace

Move on_ground(Move move, const Document& document) {
  move.lifts = lifts_of(move.targets, move.offset, 1, document);
  return move;
}

Duplicate on_ground(Duplicate copies, const Document& document) {
  copies.lifts = lifts_of(copies.targets, copies.offset, copies.count, document);
  return copies;
}

core::Result<Operation> operation_of(const Invocation& invocation, const Document& document) {
  for (const std::span<const OperationRow> rows :
       {std::span<const OperationRow>(kEditRows), insert_rows(), std::span<const OperationRow>(kSelectRows), select_by_rows()}) {
    for (const OperationRow& row : rows) {
      if (row.command == invocation.command().id) return row.resolve(invocation, document);
    }
  }
  return Error{fmt::format("{} changes no object", invocation.command().id), "", ""};
}

void bind_edit_commands(CommandRegistry& registry, OpenDocument document) {
  bind_steps(registry, "edit.undo", document, &Document::undo);
  bind_steps(registry, "edit.redo", document, &Document::redo);
  bind_rows(registry, kEditRows, document);
  bind_plan(registry, document);
  bind_rows(registry, insert_rows(), document);
}

void bind_selection_commands(CommandRegistry& registry, OpenDocument document) {
  bind_rows(registry, kSelectRows, document);
  bind_rows(registry, select_by_rows(), document);
}

}  // namespace skyline::editor
