// The commands of captions.
#include "app/desktop/captions.h"
#include "app/desktop/session.h"

namespace skyline::app::desktop {
namespace {

using editor::Invocation;

core::Status describe(Session& session, Captions::About about) {
  session.window.panels["caption"] = true;
  session.window.raised_panel = "caption";
  session.captions->describe(about);
  return {};
}

core::Status copy(Session& session) {
  const models::Caption* const caption = session.captions->caption();
  if (caption == nullptr) return core::Error{"there is no caption yet", "", "describe the view first"};
  session.window.clipboard = caption->text;
  session.say(Message::Level::kInfo, session.tr("The caption is on the clipboard", "描述已复制到剪贴板"));
  return {};
}

}  // namespace

void bind_caption_commands(Session& s) {
  s.commands.bind("caption.view", [&s](const Invocation&) { return describe(s, Captions::About::kView); });
  s.commands.bind("caption.object", [&s](const Invocation&) { return describe(s, Captions::About::kObject); });
  s.commands.bind(
      "caption.automatic",
      [&s](const Invocation& call) {
        s.captions->automatic = call.has("on") ? call.flag("on") : !s.captions->automatic;
        return core::Status();
      },
      [&s] { return s.captions->automatic; });
  s.commands.bind("caption.copy", [&s](const Invocation&) { return copy(s); });
}

}  // namespace skyline::app::desktop
