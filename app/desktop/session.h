// What the window works on: the scene, who draws it, where the person stands, what runs beside, what was said. Panels read it and run
// commands; commands (session_commands_*.cpp) change it. No Dear ImGui and no Vulkan in here, so that scripts and tests drive it without a
// window. One thread; work that lasts runs in jobs (jobs.h), which hand their results over in `Session::update`.
#pragma once

#include "app/desktop/gesture_pictures.h"
#include "app/desktop/gizmo_drag.h"
#include "app/desktop/jobs.h"
#include "app/desktop/measuring.h"
#include "app/desktop/message_log.h"
#include "app/desktop/opened_scene.h"
#include "app/desktop/photo_comparison.h"
#include "app/desktop/preferences.h"
#include "app/desktop/projects.h"
#include "app/desktop/scene_edits.h"
#include "app/desktop/transform_tool.h"
#include "app/desktop/view_pictures.h"
#include "app/desktop/window_state.h"
#include "editor/command_table.h"
#include "editor/navigator.h"
#include "nerf/flight.h"
#include "nerf/train/session.h"
#include "renderer/progressive.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::app::desktop {

class Assistant;

struct ViewState {
  renderer::View view = renderer::View::kColour;
  bool nerf_branch = false;
  bool per_sample = false;
  int code = -1;       // photo whose light is used; -1: the mean
  int photo = -1;      // training photo that is compared with and whose camera is taken; -1: none
  double split = 0.5;  // of the A/B wipe, share of the width
  bool split_on = false;
};

// What clicks in the view mean.
enum class PointerTool : std::uint8_t { kNone, kBox, kLasso, kPolygon, kMark, kMeasure, kPlace };

class Captions;

class Session {
 public:
  // `preferences_file` empty: nothing is kept.
  Session(renderer::ProgressiveRenderer& renderer, Preferences& preferences, std::filesystem::path preferences_file,
          std::function<void()> wake);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Opens a .sky or a .skyproj in the background; `update` shows it when it is read. A failure is a dialog, what was open stays. A project
  // whose scene is not where it was asks for it (file.find_scene); `moved_scene`: where that is now, which the project remembers.
  void open(const std::filesystem::path& scene, const std::filesystem::path& moved_scene = {});
  // Takes over a scene that was read (or is being trained).
  void show(OpenedScene opened);
  void close_scene();
  bool loading() const { return opening_job_ != 0; }

  // Takes over what jobs have finished, moves the camera by held input and flights, sends the view to the renderer. Once a frame of the
  // window; `view_width` and `view_height` in pixels.
  void update(double seconds, int view_width, int view_height);
  // True while something moves by itself: the window must be drawn again soon.
  bool animating() const;
  // The camera counts as moving in the next update, also when it stands.
  void keep_moving() { last_pose_.fov_deg = -1; }
  // The camera of the picture: the navigator's, or the compared photo's while it is looked at.
  core::Camera view_camera(int width, int height) const;
  // What goes to the renderer; the benchmark asks for the same.
  renderer::ViewRequest view_request(int width, int height) const;
  // The newest picture of the scene that is shown now; null before the first.
  std::shared_ptr<const renderer::Frame> picture() const;
  // The person moved the camera: the compared photo's camera is left.
  void leave_photo_camera();
  // The photo that is compared with is read again.
  void forget_comparison();
  // Flies the scene's own round until `tour` is reset.
  void start_tour();
  // Flies along these views, which follow each other evenly; `closed`: round after round.
  void start_round(std::vector<nerf::FlightView> views, double seconds, bool closed);
  bool training_runs() const;
  void take_training(std::unique_ptr<nerf::TrainingSession> started);

  // World point that the picture shows at a pixel; none where it shows nothing.
  std::optional<glm::dvec3> point_at(glm::dvec2 pixel) const;
  // Object that stands at a world point now, moved ones and copies too; null: none.
  const city::Object* object_at(const glm::dvec3& point) const;
  // An object as it stands now; null: there is none, or it was removed.
  const city::Object* find_object(std::int32_t id) const;
  // In the order in which they were selected.
  const std::vector<std::int32_t>& selection() const;
  void select(std::vector<std::int32_t> ids);
  // The document of the scene; null: no scene.
  editor::Document* document() const { return edits ? &edits->document() : nullptr; }
  // Objects that are seen (not hidden or removed) whose middle lies in a polygon of a picture.
  std::vector<std::int32_t> objects_in(const core::Camera& camera, const std::vector<glm::dvec2>& area) const;

  // A tool for what is selected, until it is applied or given up.
  void begin_tool(TransformTool::Kind kind);
  void point_tool(const ToolPointer& at, bool snap);
  // A key of `editor::key_names`; false: it means nothing to the tool that is under way.
  bool press_tool_key(std::string_view key);
  void apply_tool();
  void leave_tool();
  void show_tool();
  // Shows what a line of a script would do, on the document as it is; empty: the document alone.
  void show_command(const std::string& line);
  // Runs it, as one gesture; a failure becomes a message.
  void run_line(const std::string& line);
  // The pointer works for `tool` until it is left; other tools are given up.
  void begin_pointer_tool(PointerTool tool);
  void leave_pointer_tool();
  // The middle of what is selected, at its lowest base.
  glm::dvec3 selection_pivot() const;
  double ground_at(glm::dvec2 place) const;
  // Shows an operation that is not done yet; nothing: the document alone.
  void show_pending(const std::optional<editor::Operation>& pending);
  // Shows what a plan would lead to beside the scene as it is; nothing: the document alone.
  void show_planned(std::optional<editor::DocumentState> planned);

  // Writes the project under another name and goes on with that. Errors: nothing is open, and those of save_project_as.
  core::Status save_project(const std::filesystem::path& path);
  // Bookmarks that were added are kept with the project.
  void keep_bookmarks();
  // Box around an object in the world.
  core::Box box_of(const city::Object& object) const;

  void say(Message::Level level, std::string text, bool dialog = false);
  void fail(const core::Error& error, bool dialog = false);
  const char* tr(const char* en, const char* zh) const { return preferences.language == "zh" ? zh : en; }
  editor::Language language() const { return preferences.language == "zh" ? editor::Language::kChinese : editor::Language::kEnglish; }
  // Writes the preferences and hands them to what they concern.
  void apply_preferences();
  void save_preferences();
  double now() const;  // seconds since the session began

  std::shared_ptr<nerf::SharedScene> scene;  // null: none
  std::filesystem::path scene_path;
  std::shared_ptr<const ScenePlace> place;  // of the scene: heights, objects by place
  editor::Navigator navigator;
  editor::CommandRegistry commands;
  ViewState view;
  std::optional<TransformTool> tool;  // under way
  PointerTool pointer_tool = PointerTool::kNone;
  Measuring measuring;
  GizmoMode gizmo = GizmoMode::kNone;
  double grid_cell = 0;                // metres that moves snap to; 0: none
  std::string placed_asset;            // arguments of edit.insert but its place, for PointerTool::kPlace
  std::filesystem::path lost_project;  // whose scene is asked for; empty: none
  int current_photo = -1;              // training photo gone to last
  std::unique_ptr<SceneEdits> edits;   // of the scene; null: none
  std::optional<OpenProject> project;  // where the document is kept; nothing: nowhere (a scene that has no file yet). Ends before `edits`
  std::filesystem::path projects_folder;            // of projects without a name; empty: none are made
  std::filesystem::path cache_folder;               // what can be worked out again; empty: none
  std::vector<city::Bookmark> bookmarks;            // the scene's and those added since
  std::optional<PhotoComparison> comparison;        // with the photo `view.photo`, when it is read
  std::filesystem::path photo_folder;               // where training photos are looked for first; empty: beside the scene
  std::unique_ptr<nerf::TrainingSession> training;  // null: none
  std::optional<nerf::TrainingPlan> training_plan;  // checked and not started yet
  std::unique_ptr<Captions> captions;               // never null
  std::unique_ptr<Assistant> assistant;
  ViewPictures pictures;  // what the view shows
  GesturePictures gesture_pictures;
  Jobs jobs;
  MessageLog log;
  WindowState window;
  editor::FlyInput fly;                  // held keys, set by the viewport panel
  std::optional<double> tour;            // share of the round that is flown
  bool dragging = false;                 // a mouse gesture moves the camera
  std::optional<glm::dvec3> pointed_at;  // world point under the pointer
  glm::dvec2 pointer{-1, -1};            // in pixels of the view
  Preferences& preferences;
  renderer::ProgressiveRenderer& renderer;
  bool quit = false;

 private:
  void look(int width, int height);
  void read_comparison();
  void follow_tour(double seconds);
  void follow_training();
  void make_ground();
  void picture_gesture();
  void keep_document(OpenedScene& opened);
  void leave_project();

  std::filesystem::path preferences_file_;
  std::function<void()> wake_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::vector<nerf::FlightView> tour_views_;
  double tour_seconds_ = 60;  // of a round
  bool tour_closed_ = true;
  int opening_job_ = 0, comparison_job_ = 0, ground_job_ = 0;
  bool ground_begun_ = false;
  std::filesystem::path opening_path_;
  int compared_photo_ = -1, compared_width_ = 0, compared_height_ = 0;
  editor::Pose last_pose_;
  double still_s_ = 1e9;  // since the camera moved
  int view_width_ = 0, view_height_ = 0;
};

renderer::ProgressiveOptions renderer_options(const Preferences& preferences);

// Every command of the table, by subject. Called once by the constructor.
void bind_file_commands(Session& session);
void bind_camera_commands(Session& session);
void bind_view_commands(Session& session);
void bind_caption_commands(Session& session);
void bind_select_commands(Session& session);
void bind_document_commands(Session& session);
void bind_scene_commands(Session& session);
void bind_train_commands(Session& session);
void bind_render_commands(Session& session);
void bind_window_commands(Session& session);
void bind_assistant_commands(Session& session);

}  // namespace skyline::app::desktop
