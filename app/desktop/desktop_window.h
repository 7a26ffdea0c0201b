// The whole interface of the window: menu bar, panels in their places, view, status bar, and what pops up over them.
#pragma once

#include "app/desktop/dock_layout.h"
#include "app/desktop/popups.h"
#include "app/desktop/start_page.h"
#include "app/desktop/viewport.h"
#include "editor/key_map.h"

#include <filesystem>
#include <vector>

namespace skyline::app::desktop {

class DesktopWindow {
 public:
  DesktopWindow(Session& session, renderer::vulkan::Shell& shell, FrameMeter& meter, std::filesystem::path layout_folder);

  // Between frames: layout, theme, scale, full screen, title, dropped files, as the session asks for.
  void prepare();
  // Within a frame of the shell.
  void draw();
  // What is shown must be drawn again soon although nothing happened: a toast fades, a bar moves.
  bool restless() const;
  // A key as if it had been pressed.
  void press(const editor::Chord& chord);
  const Viewport& viewport() const { return viewport_; }

 private:
  void draw_panels();
  void take_dropped_files();

  Session& session_;
  renderer::vulkan::Shell& shell_;
  Interface ui_;
  std::vector<PanelEntry> panels_;
  DockLayout layout_;
  Viewport viewport_;
  StartPage start_page_;
  CommandPalette palette_;
  ArgumentForm form_;
  PreferencesWindow preferences_;
  editor::KeyMap keys_;
  std::map<std::string, std::string> mapped_keys_;  // what keys_ was made from
  std::string theme_, title_;
  double scale_ = -1;
  bool view_keyboard_ = true;
  bool was_hidden_ = false;  // the interface, in the frame before
};

}  // namespace skyline::app::desktop
