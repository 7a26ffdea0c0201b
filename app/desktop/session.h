// What the window works on: the scene, who draws it, where the person stands, what runs beside, what was said. Panels read it and run
// commands; commands (session_commands.cpp) change it. No Dear ImGui and no Vulkan in here, so that scripts and tests drive it without a
// window. One thread; work that lasts runs in jobs (jobs.h), which hand their results over in `Session::update`.
#pragma once

#include "app/desktop/jobs.h"
#include "app/desktop/preferences.h"
#include "editor/command_table.h"
#include "editor/navigator.h"
#include "nerf/train/session.h"
#include "renderer/progressive.h"

#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace skyline::app::desktop {

// A line of the log panel; warnings and errors are also shown as toasts, errors as a dialog where the person waits for the result.
struct Message {
  enum class Level : std::uint8_t { kInfo, kWarning, kError };
  Level level = Level::kInfo;
  std::string text;
  double time_s = 0;  // since the start
  bool dialog = false;
};

struct ViewState {
  renderer::View view = renderer::View::kColour;
  bool nerf_branch = false;
  bool per_sample = false;
  int code = -1;       // photo whose light is used; -1: the mean
  int photo = -1;      // training photo that is compared with; -1: none
  double split = 0.5;  // of the A/B wipe, share of the width
  bool split_on = false;
};

class Session {
 public:
  Session(renderer::ProgressiveRenderer& renderer, Preferences& preferences);
  ~Session();

  // Opens a .sky in the background; `update` shows it when it is read. A failure is a dialog, what was open stays.
  void open(const std::filesystem::path& scene);
  void close_scene();
  bool loading() const;
  // Takes over what jobs have finished, moves the camera by held input and flights, sends the view to the renderer. Once a frame of the
  // window.
  void update(double seconds, int view_width, int view_height);

  void say(Message::Level level, std::string text, bool dialog = false);

  std::shared_ptr<nerf::SharedScene> scene;  // null: none
  std::filesystem::path scene_path;
  editor::Navigator navigator;
  editor::CommandRegistry commands;
  ViewState view;
  std::unique_ptr<nerf::TrainingSession> training;  // null: none
  Jobs jobs;
  std::deque<Message> messages;
  editor::FlyInput fly;                  // held keys, set by the viewport panel
  bool dragging = false;                 // a mouse gesture moves the camera
  std::optional<glm::dvec3> pointed_at;  // world point under the pointer
  glm::dvec2 pointer{-1, -1};            // in pixels of the view
  Preferences& preferences;
  renderer::ProgressiveRenderer& renderer;
  bool quit = false;
};

}  // namespace skyline::app::desktop
