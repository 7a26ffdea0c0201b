// The commands of the assistant.
#include "app/desktop/assistant.h"
#include "app/desktop/session.h"

namespace skyline::app::desktop {
namespace {

using editor::Invocation;

void show_assistant(Session& session) {
  session.window.panels["assistant"] = true;
  session.window.raised_panel = "assistant";
  session.window.interface_hidden = false;
  session.window.start_page = false;
  session.assistant->wants_focus = true;
}

core::Status flip(Session& session) {
  Assistant& assistant = *session.assistant;
  if (!assistant.previewing()) return core::Error{"there is no preview", "", "type what should change first"};
  assistant.side = assistant.side == PreviewSide::kBoth     ? PreviewSide::kBefore
                   : assistant.side == PreviewSide::kBefore ? PreviewSide::kAfter
                                                            : PreviewSide::kBoth;
  return {};
}

}  // namespace

void bind_assistant_commands(Session& s) {
  s.commands.bind("assistant.focus", [&s](const Invocation&) {
    show_assistant(s);
    return core::Status();
  });
  s.commands.bind("assistant.say", [&s](const Invocation& call) {
    show_assistant(s);
    s.assistant->write(call.text("text"));
    s.assistant->hurry();
    return core::Status();
  });
  s.commands.bind("assistant.apply", [&s](const Invocation&) { return s.assistant->apply(); });
  s.commands.bind("assistant.cancel", [&s](const Invocation&) {
    s.assistant->cancel();
    return core::Status();
  });
  s.commands.bind("assistant.flip", [&s](const Invocation&) { return flip(s); });
  s.commands.bind("assistant.wipe", [&s](const Invocation& call) {
    s.assistant->side = PreviewSide::kBoth;
    s.assistant->wipe = call.number("share");
    return core::Status();
  });
}

}  // namespace skyline::app::desktop
