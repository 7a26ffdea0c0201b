// The commands of the Window and Help menus, and the preferences.
#include "app/desktop/folders.h"
#include "app/desktop/session.h"
#include "core/folders.h"

#include <string>

namespace skyline::app::desktop {
namespace {

using editor::Invocation;

void bind_opening(Session& s, std::string_view id, bool WindowState::*member) {
  s.commands.bind(id, [&s, member](const Invocation&) {
    s.window.*member = true;
    return core::Status();
  });
}

core::Status show_panel(Session& session, const Invocation& call) {
  const std::string panel = call.text("panel");
  bool& open = session.window.panels[panel];
  open = call.has("on") ? call.flag("on") : !open;
  if (open) session.window.raised_panel = panel;
  return {};
}

}  // namespace

void bind_window_commands(Session& s) {
  s.commands.bind("window.workspace", [&s](const Invocation& call) {
    s.window.workspace = call.text("workspace");
    s.window.interface_hidden = false;
    return core::Status();
  });
  s.commands.set_choice_state("window.workspace", [&s](std::string_view choice) { return s.window.workspace == choice; });
  s.commands.set_choice_state("window.panel", [&s](std::string_view choice) { return s.window.panels[std::string(choice)]; });
  s.commands.bind("window.panel", [&s](const Invocation& call) { return show_panel(s, call); });
  bind_opening(s, "window.save_workspace", &WindowState::save_layout);
  bind_opening(s, "window.reset_layout", &WindowState::reset_layout);
  bind_opening(s, "help.palette", &WindowState::palette);
  bind_opening(s, "help.keys", &WindowState::key_help);
  bind_opening(s, "help.start_page", &WindowState::start_page);
  bind_opening(s, "help.about", &WindowState::about);
  bind_opening(s, "edit.preferences", &WindowState::preferences);
  s.commands.bind("help.log_folder", [&s](const Invocation&) {
    s.window.opened_folder = core::state_folder();
    s.say(Message::Level::kInfo, s.tr("The log is in ", "日志在 ") + core::state_folder().string());
    return core::Status();
  });
}

}  // namespace skyline::app::desktop
