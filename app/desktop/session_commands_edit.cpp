// The commands of the Edit menu that change the document, and those of its project.
#include "app/desktop/session.h"
#include "editor/bind_commands.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace skyline::app::desktop {

namespace {

using editor::Invocation;

core::Status begin_measure(Session& s, const std::string& what) {
  s.begin_pointer_tool(PointerTool::kMeasure);
  s.measuring.begin(what == "area" ? Measure::Kind::kArea : what == "height" ? Measure::Kind::kHeight : Measure::Kind::kDistance);
  return {};
}

core::Status copy_measures(Session& s) {
  if (s.measuring.done().empty()) return core::Error{"nothing was measured yet", "", "measure a distance, an area or a height first"};
  std::string text;
  for (const Measure& measure : s.measuring.done()) text += measure.text(s.language()) + "\n";
  s.window.clipboard = std::move(text);
  return {};
}

// `arguments` of an insertion but its place: it follows the pointer.
core::Status begin_place(Session& s, const nlohmann::json& arguments) {
  nlohmann::json tried = arguments;
  tried["at"] = {0, 0};
  // What cannot be inserted is said before anything follows the pointer.
  const auto fits = editor::parse_invocation(tried.dump());
  if (!fits) return fits.error();
  if (const auto operation = editor::operation_of(*fits, s.edits->document()); !operation) return operation.error();
  s.begin_pointer_tool(PointerTool::kPlace);
  s.placed_asset = arguments.dump();
  return {};
}

void bind_pointer_tools(Session& s) {
  for (const auto& [id, tool] : {std::pair{"select.box", PointerTool::kBox}, std::pair{"select.lasso", PointerTool::kLasso},
                                 std::pair{"select.polygon", PointerTool::kPolygon}, std::pair{"select.mark", PointerTool::kMark}}) {
    s.commands.bind(id, [&s, tool](const Invocation&) {
      s.begin_pointer_tool(tool);
      return core::Status();
    });
  }
  constexpr std::array<std::string_view, 4> kModes{"none", "move", "rotate", "scale"};
  s.commands.bind("tool.gizmo", [&s, kModes](const Invocation& call) {
    s.leave_tool();
    s.gizmo = static_cast<GizmoMode>(std::find(kModes.begin(), kModes.end(), call.text("mode")) - kModes.begin());
    return core::Status();
  });
  s.commands.set_choice_state("tool.gizmo",
                              [&s, kModes](std::string_view mode) { return kModes[static_cast<std::size_t>(s.gizmo)] == mode; });
  s.commands.bind(
      "tool.snap_to_grid",
      [&s](const Invocation& call) {
        s.grid_cell = s.grid_cell > 0 ? 0 : call.number("cell");
        return core::Status();
      },
      [&s] { return s.grid_cell > 0; });
  s.commands.bind("tool.measure", [&s](const Invocation& call) { return begin_measure(s, call.text("what")); });
  s.commands.bind("tool.clear_measures", [&s](const Invocation&) {
    s.measuring.clear();
    return core::Status();
  });
  s.commands.bind("tool.copy_measures", [&s](const Invocation&) { return copy_measures(s); });
  s.commands.bind("tool.place", [&s](const Invocation& call) {
    nlohmann::json arguments{{"command", "edit.insert"}, {"asset", call.text("asset")}};
    if (call.has("object")) arguments["object"] = call.integer("object");
    return begin_place(s, arguments);
  });
  s.commands.bind("tool.place_mesh", [&s](const Invocation& call) {
    return begin_place(s, nlohmann::json{{"command", "edit.insert_mesh"}, {"path", call.text("path")}});
  });
}

}  // namespace

void bind_document_commands(Session& s) {
  // A tool that is under way would be applied to another state than it was begun with.
  editor::bind_edit_commands(s.commands, [&s] {
    s.leave_tool();
    if (s.pointer_tool == PointerTool::kPlace) s.show_pending({});
    return s.document();
  });
  using Kind = TransformTool::Kind;
  for (const auto& [id, kind] : {std::pair{"tool.move", Kind::kMove}, std::pair{"tool.rotate", Kind::kRotate},
                                 std::pair{"tool.scale", Kind::kScale}, std::pair{"tool.duplicate", Kind::kDuplicate}}) {
    s.commands.bind(id, [&s, kind](const editor::Invocation&) {
      s.begin_tool(kind);
      return core::Status();
    });
  }
  bind_pointer_tools(s);
  s.commands.bind("file.find_scene", [&s](const editor::Invocation& call) {
    if (s.lost_project.empty()) return core::Status(core::Error{"no project waits for its scene", "", "open the project first"});
    s.open(std::exchange(s.lost_project, {}), call.text("path"));
    return core::Status();
  });
  s.commands.bind("file.open_project", [&s](const editor::Invocation& call) {
    s.open(call.text("path"));
    return core::Status();
  });
  s.commands.bind("file.save_project", [&s](const editor::Invocation& call) { return s.save_project(call.text("path")); });
}

}  // namespace skyline::app::desktop
