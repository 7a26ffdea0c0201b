// The commands of the Edit menu that change the document, and those of its project.
#include "app/desktop/session.h"
#include "editor/bind_commands.h"

#include <utility>

namespace skyline::app::desktop {

void bind_document_commands(Session& s) {
  // A tool that is under way would be applied to another state than it was begun with.
  editor::bind_edit_commands(s.commands, [&s] {
    s.leave_tool();
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
  s.commands.bind("select.box", [&s](const editor::Invocation&) {
    s.leave_tool();
    s.box_tool = true;
    return core::Status();
  });
  s.commands.bind("file.open_project", [&s](const editor::Invocation& call) {
    s.open(call.text("path"));
    return core::Status();
  });
  s.commands.bind("file.save_project", [&s](const editor::Invocation& call) { return s.save_project(call.text("path")); });
}

}  // namespace skyline::app::desktop
