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

// The middle of what is selected, at its lowest base.
glm::dvec3 pivot_of(const Session& session, const editor::ObjectIds& targets) {
  glm::dvec3 sum(0.0);
  double base = 1e300;
  int count = 0;
  for (const std::int32_t id : targets) {
    const city::Object* const object = session.find_object(id);
    if (object == nullptr) continue;
    sum += glm::dvec3(city::centroid(*object), 0);
    base = std::min(base, object->base);
    ++count;
  }
  if (count == 0) return sum;
  return {sum.x / count, sum.y / count, base};
}

std::optional<char> typed_character(std::string_view key) {
  if (key.size() != 1) return std::nullopt;
  const char character = key.front();
  if ((character >= '0' && character <= '9') || character == '.' || character == '-') return character;
  return std::nullopt;
}

}  // namespace

void Session::begin_tool(TransformTool::Kind kind) {
  if (!edits) return;
  leave_tool();
  assistant->end_preview();
  box_tool = false;
  const editor::ObjectIds targets = edits->document().state().selection;
  tool.emplace(kind, targets, pivot_of(*this, targets), edits->document().next_id());
  show_tool();
}

// What the tool would do, on the document as it is.
void Session::show_tool() {
  const std::string line = tool ? tool->command() : std::string();
  if (line.empty()) {
    show_pending({});
    return;
  }
  const auto call = editor::parse_invocation(line);
  if (!call) return;  // beyond what the command takes: what was shown stays
  if (const auto operation = editor::operation_of(*call, edits->document())) show_pending(*operation);
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
  if (line.empty()) return;
  const auto call = editor::parse_invocation(line);
  const core::Status applied = call ? commands.run(*call) : core::Status(call.error());
  if (!applied) fail(applied.error());
}

void Session::leave_tool() {
  if (!tool) return;
  tool.reset();
  show_pending({});
}

bool Session::press_tool_key(std::string_view key) {
  if (box_tool && key == "Escape") {
    box_tool = false;
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
