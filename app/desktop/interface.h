// What panels draw with: the session, the window, the words of the person's language, and small shared state that outlives a frame.
//
// One file a panel. A panel reads the session, draws with Dear ImGui, and changes things by running commands: `ui.run("camera.home")`.
#pragma once

#include "app/desktop/frame_meter.h"
#include "app/desktop/session.h"
#include "renderer/vulkan/shell.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::app::desktop {

struct Interface {
  Session& session;
  renderer::vulkan::Shell& shell;
  FrameMeter& meter;

  const char* tr(const char* en, const char* zh) const { return session.tr(en, zh); }
  // Runs a command of the table; a failure becomes a message. `json`: its arguments.
  void run(std::string_view id, std::string_view json = "{}") const;
  // Runs it, or opens the form that asks for its arguments.
  void run_or_ask(const editor::Command& command) const;
  // One of the choices of a command with one argument.
  void run_choice(const editor::Command& command, std::string_view argument, std::string_view value) const;
};

class Panel {
 public:
  virtual ~Panel() = default;
  // Called inside its window.
  virtual void draw(Interface& ui) = 0;
};

struct PanelEntry {
  std::string id;  // as in the command window.panel
  editor::Text title;
  std::string icon;
  std::unique_ptr<Panel> panel;
};

// In the order of their tabs; the view itself is not among them.
std::vector<PanelEntry> make_panels();

std::unique_ptr<Panel> make_scene_panel();
std::unique_ptr<Panel> make_objects_panel();
std::unique_ptr<Panel> make_shelf_panel();
std::unique_ptr<Panel> make_measures_panel();
std::unique_ptr<Panel> make_bookmarks_panel();
std::unique_ptr<Panel> make_properties_panel();
std::unique_ptr<Panel> make_caption_panel();
std::unique_ptr<Panel> make_assistant_panel();
std::unique_ptr<Panel> make_history_panel();
std::unique_ptr<Panel> make_effects_panel();
std::unique_ptr<Panel> make_looks_panel();
std::unique_ptr<Panel> make_inspector_panel();
std::unique_ptr<Panel> make_film_strip_panel();
std::unique_ptr<Panel> make_training_panel();
std::unique_ptr<Panel> make_jobs_panel();
std::unique_ptr<Panel> make_profiler_panel();
std::unique_ptr<Panel> make_log_panel();

}  // namespace skyline::app::desktop
