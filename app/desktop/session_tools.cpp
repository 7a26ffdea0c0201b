// Tools that work with the pointer: begun, shown as a preview, applied as one gesture or given up.
#include "app/desktop/assistant.h"
#include "app/desktop/session.h"
#include "city/polygon.h"
#include "editor/bind_commands.h"
#include "editor/key_map.h"

#include <algorithm>
#include <utility>

namespace skyline::app::desktop {
namespace {

std::optional<char> typed_character(std::string_view key) {
  if (key.size() != 1) return std::nullopt;
  const char character = key.front();
  if ((character >= '0' && character <= '9') || character == '.' || character == '-') return character;
  return std::nullopt;
}

}  // namespace

glm::dvec3 Session::selection_pivot() const {
  glm::dvec3 sum(0.0);
  double base = 1e300;
  int count = 0;
  for (const std::int32_t id : selection()) {
    const city::Object* const object = find_object(id);
    if (object == nullptr) continue;
    sum += glm::dvec3(city::centroid(*object), 0);
    base = std::min(base, object->base);
    ++count;
  }
  return count == 0 ? sum : glm::dvec3(sum.x / count, sum.y / count, base);
}

double Session::ground_at(glm::dvec2 at) const { return edits ? editor::ground_height(edits->document().scene(), at) : 0; }

void Session::begin_pointer_tool(PointerTool wanted) {
  leave_tool();
  leave_pointer_tool();
  pointer_tool = wanted;
}

void Session::leave_pointer_tool() {
  if (pointer_tool == PointerTool::kPlace) show_pending({});
  measuring.give_up();
  pointer_tool = PointerTool::kNone;
}

void Session::begin_tool(TransformTool::Kind kind) {
  if (!edits) return;
  leave_tool();
  leave_pointer_tool();
  assistant->end_preview();
  tool.emplace(kind, edits->document().state().selection, selection_pivot());
  tool->set_grid(grid_cell);
  show_tool();
}

void Session::show_tool() { show_command(tool ? tool->command() : std::string()); }

void Session::show_command(const std::string& line) {
  if (line.empty()) {
    show_pending({});
    return;
  }
  const auto call = editor::parse_invocation(line);
  if (!call || !edits) return;  // beyond what the command takes: what was shown stays
  if (const auto operation = editor::operation_of(*call, edits->document())) show_pending(*operation);
}

void Session::run_line(const std::string& line) {
  show_pending({});
  if (line.empty()) return;
  const auto call = editor::parse_invocation(line);
  const core::Status applied = call ? commands.run(*call) : core::Status(call.error());
  if (!applied) fail(applied.error());
}

void Session::show_pending(const std::optional<editor::Operation>& pending) {
  if (!edits) return;
  // What the document would refuse (a copy too many, a factor too large) is not shown.
  static_cast<void>(edits->preview(pending));
  still_s_ = 0;
}

void Session::show_planned(std::optional<editor::DocumentState> planned) {
  if (!edits) return;
  edits->show_planned(std::move(planned));
  still_s_ = 0;
}

void Session::apply_tool() {
  if (!tool) return;
  const std::string line = tool->command();
  leave_tool();
  run_line(line);
}

void Session::leave_tool() {
  if (!tool) return;
  tool.reset();
  show_pending({});
}

bool Session::press_tool_key(std::string_view key) {
  if (pointer_tool != PointerTool::kNone && key == "Escape") {
    leave_pointer_tool();
    return true;
  }
  if (!tool) return false;
  using Axis = TransformTool::Axis;
  if (key == "Escape") {
    leave_tool();
  } else if (key == "Enter") {
    apply_tool();
  } else if (key == "Backspace") {
    tool->erase();
  } else if (key == "X" || key == "Y" || key == "Z") {
    tool->press_axis(key == "X" ? Axis::kX : key == "Y" ? Axis::kY : Axis::kHeight);
  } else if (key == "G" || key == "R" || key == "S") {
    begin_tool(key == "G" ? TransformTool::Kind::kMove : key == "R" ? TransformTool::Kind::kRotate : TransformTool::Kind::kScale);
  } else if (const auto character = typed_character(key)) {
    tool->type(*character);
  } else {
    return false;
  }
  if (tool) show_tool();
  return true;
}

void Session::point_tool(const ToolPointer& at, bool snap) {
  if (!tool) return;
  const auto before = tool->text(editor::Language::kEnglish);
  tool->point(at, snap);
  if (tool->text(editor::Language::kEnglish) != before) show_tool();
}

}  // namespace skyline::app::desktop
