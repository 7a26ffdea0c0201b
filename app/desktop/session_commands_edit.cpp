// The commands of the Edit menu that change the document, and those of its project.
#include "app/desktop/session.h"
#include "editor/bind_commands.h"

namespace skyline::app::desktop {

void bind_document_commands(Session& s) {
  editor::bind_edit_commands(s.commands, [&s] { return s.document(); });
}

}  // namespace skyline::app::desktop
