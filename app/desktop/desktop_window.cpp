#include "app/desktop/desktop_window.h"

#include "app/desktop/keyboard.h"
#include "app/desktop/menu_bar.h"
#include "app/desktop/status_bar.h"
#include "app/desktop/widgets.h"

#include <imgui.h>
#include <nlohmann/json.hpp>
#include <spawn.h>
#include <unistd.h>

#include <cstdlib>
#include <system_error>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;

// The desktop's file manager, where there is one; the message in the log names the folder anyway.
void show_folder(const fs::path& folder) {
  std::string program = "xdg-open", path = folder.string();
  char* const arguments[] = {program.data(), path.data(), nullptr};
  pid_t child = 0;
  posix_spawnp(&child, program.c_str(), nullptr, nullptr, arguments, environ);
}

constexpr double kRestlessSeconds = 8;  // after a message: its toast appears and fades

}  // namespace

DesktopWindow::DesktopWindow(Session& session, renderer::vulkan::Shell& shell, FrameMeter& meter, fs::path layout_folder)
    : session_(session),
      shell_(shell),
      ui_{session, shell, meter},
      panels_(make_panels()),
      layout_(std::move(layout_folder)),
      viewport_(shell),
      keys_(session.preferences.keys),
      mapped_keys_(session.preferences.keys) {
  for (const std::string& problem : keys_.problems()) session_.say(Message::Level::kWarning, problem);
}

void DesktopWindow::take_dropped_files() {
  for (const std::string& file : shell_.dropped_files()) {
    std::error_code code;
    const std::string arguments = nlohmann::json{{"path", file}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    ui_.run(fs::is_directory(file, code) ? "file.new_from_photos" : "file.open", arguments);
  }
}

void DesktopWindow::prepare() {
  WindowState& window = session_.window;
  if (window.save_layout) layout_.save(session_);
  layout_.prepare(session_, panels_);
  if (session_.preferences.theme != theme_) {
    if (!theme_.empty()) shell_.set_theme(session_.preferences.theme == "dark");
    theme_ = session_.preferences.theme;
  }
  if (session_.preferences.scale != scale_) {
    if (scale_ >= 0 && session_.preferences.scale >= 1) shell_.set_scale(session_.preferences.scale);
    scale_ = session_.preferences.scale;
  }
  if (window.full_screen != shell_.full_screen()) shell_.set_full_screen(window.full_screen);
  if (session_.preferences.keys != mapped_keys_) {
    mapped_keys_ = session_.preferences.keys;
    keys_ = editor::KeyMap(mapped_keys_);
  }
  if (window.opened_folder) show_folder(*window.opened_folder);
  window.opened_folder.reset();
  const bool named = session_.project && session_.project->named;
  const std::string title = named                         ? session_.project->project.path().filename().string() + " – Skyline"
                            : session_.scene_path.empty() ? "Skyline"
                                                          : session_.scene_path.filename().string() + " – Skyline";
  if (title != title_) shell_.set_title(title_ = title);
  for (const std::string& notice : shell_.notices()) session_.say(Message::Level::kWarning, notice);
  take_dropped_files();
}

void DesktopWindow::draw_panels() {
  for (PanelEntry& entry : panels_) {
    bool& open = session_.window.panels[entry.id];
    if (!open) continue;
    ImGui::SetNextWindowSize({px(ui_, 420), px(ui_, 320)}, ImGuiCond_FirstUseEver);
    if (ImGui::Begin(panel_window(entry, session_.language()).c_str(), &open)) entry.panel->draw(ui_);
    ImGui::End();
  }
  // After all of them: a window that appears takes the front for itself.
  std::string& raised = session_.window.raised_panel;
  if (raised.empty()) return;
  ImGui::SetWindowFocus(("###" + raised).c_str());
  raised.clear();
}

void DesktopWindow::draw() {
  WindowState& window = session_.window;
  const ImGuiViewport* const screen = ImGui::GetMainViewport();
  if (window.clipboard) ImGui::SetClipboardText(window.clipboard->c_str());
  window.clipboard.reset();
  if (!session_.tool) run_keys(ui_, keys_, view_keyboard_);  // letters and digits are the tool's
  const bool start_page = window.start_page || (!session_.scene && !session_.loading() && !session_.training_plan && !session_.training);
  if (!start_page) start_page_.left();
  if (window.interface_hidden && !start_page) {
    viewport_.draw(ui_, true);
  } else {
    const float top = draw_menu_bar(ui_);
    const float bottom = status_bar_height(ui_);
    const float height = screen->Size.y - top - bottom;
    if (start_page) {
      start_page_.draw(ui_, {screen->Pos.x, screen->Pos.y + top}, {screen->Pos.x + screen->Size.x, screen->Pos.y + top + height});
    } else {
      layout_.draw(session_, screen->Pos.x, screen->Pos.y + top, screen->Size.x, height);
      viewport_.draw(ui_, false);
      draw_panels();
      // What comes back with the interface must not take the keyboard from the view.
      if (was_hidden_) ImGui::SetWindowFocus(kViewWindow);
    }
    draw_status_bar(ui_, screen->Pos.x, screen->Pos.y + screen->Size.y - bottom, screen->Size.x);
  }
  was_hidden_ = window.interface_hidden && !start_page;
  view_keyboard_ = start_page || window.interface_hidden || viewport_.has_keyboard();
  palette_.draw(ui_);
  form_.draw(ui_);
  preferences_.draw(ui_);
  draw_key_help(ui_);
  draw_about(ui_);
  draw_message_dialog(ui_);
  draw_toasts(ui_);
}

bool DesktopWindow::restless() const {
  const auto& messages = session_.log.messages();
  const bool toast = !messages.empty() && session_.now() - messages.back().time_s < kRestlessSeconds;
  return toast || !session_.jobs.idle() || ImGui::GetIO().WantTextInput;
}

void DesktopWindow::press(const editor::Chord& chord) {
  const bool plain = !chord.ctrl && !chord.alt && !chord.super;
  const bool ends_drawing = session_.pointer_tool != PointerTool::kNone && (chord.key == "Enter" || chord.key == "Backspace");
  if (plain && (ImGui::GetIO().WantTextInput || ends_drawing)) {
    // The key is the field's, or the hand's that draws: down and up again, which the toolkit spreads over two frames.
    ImGui::GetIO().AddKeyEvent(imgui_key(chord.key), true);
    ImGui::GetIO().AddKeyEvent(imgui_key(chord.key), false);
    return;
  }
  if (plain && session_.press_tool_key(chord.key)) return;
  run_chord(ui_, keys_, chord);
}

}  // namespace skyline::app::desktop
