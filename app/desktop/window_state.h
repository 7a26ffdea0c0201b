// What the window shows beside the scene, as far as commands change it: panels, workspace, dialogs that ask for something. Plain data; the
// interface reads it every frame.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace skyline::app::desktop {

struct WindowState {
  std::string workspace = "explore";  // explore | edit | style | train | inspect
  bool interface_hidden = false;      // only the view
  bool full_screen = false;
  bool reset_layout = false, save_layout = false;  // asked for; the interface clears them
  std::map<std::string, bool> panels;              // by id; missing: as the workspace says

  std::string raised_panel;  // asked to come to the front

  bool palette = false;
  bool preferences = false, key_help = false, about = false, start_page = false;

  // Overlays of the view.
  bool hud = true, minimap = true, outlines = false, compass = true;

  // A picture of the window that was asked for; written at the end of the frame.
  std::optional<std::filesystem::path> screenshot;

  std::optional<std::string> clipboard;                // text for the system's clipboard
  std::optional<std::filesystem::path> opened_folder;  // to be shown by the system's file manager

  // A command that needs arguments and was called without: a form asks for them.
  std::string asked_command;
};

}  // namespace skyline::app::desktop
