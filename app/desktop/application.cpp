#include "app/desktop/application.h"

#include "app/command_line.h"
#include "app/desktop/assistant.h"
#include "app/desktop/desktop_window.h"
#include "app/desktop/edit_latency.h"
#include "app/desktop/flight_benchmark.h"
#include "app/desktop/folders.h"
#include "app/desktop/run_report.h"
#include "app/desktop/script_player.h"
#include "core/folders.h"
#include "core/memory.h"
#include "editor/recorder.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <memory>
#include <optional>
#include <thread>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using renderer::vulkan::Shell;

constexpr double kIdleWait_s = 0.5;
constexpr double kStepWait_s = 1.0 / 60;  // between two steps of a camera that moves
constexpr double kRestlessInterval_s = 0.1;
// While the camera moves the interface is drawn with each picture, and at least this often.
constexpr double kLongestInterval_s = 0.1;
// A picture that is being refined at rest is shown this often: a software device shares the processor with the field.
constexpr double kRefiningInterval_s = 0.12, kRefiningIntervalHardware_s = 0.033;
constexpr int kSettlingFrames = 3;  // widgets take a frame or two to react to what happened

std::atomic<bool> stop_requested{false};
void request_stop(int) { stop_requested.store(true); }

double seconds_between(Clock::time_point begin, Clock::time_point end) { return std::chrono::duration<double>(end - begin).count(); }

// Jobs and the renderer work before there is a window to wake.
class Waker {
 public:
  void attach(Shell* shell) { shell_.store(shell); }
  std::function<void()> function() {
    return [this] {
      news_.store(true);
      if (Shell* const shell = shell_.load()) shell->wake();
    };
  }
  bool take_news() { return news_.exchange(false); }

 private:
  std::atomic<Shell*> shell_{nullptr};
  std::atomic<bool> news_{false};
};

class Application {
 public:
  explicit Application(const ViewOptions& options) : options_(options) {}
  core::Result<int> run();

 private:
  core::Status start();
  core::Status open_window();
  void load_preferences();
  void open_log();
  double next_wait() const;
  bool continuous() const;
  bool must_draw(bool woken, double since_drawn);
  void command_ran(const editor::Invocation& invocation, const core::Status& status);
  std::uint64_t document_version() const;
  void end_session();
  void step(double seconds);
  void follow_edits();
  void draw_frame(double seconds);
  void take_screenshots();
  bool finished() const;
  bool may_end();
  core::Status write_results();

  ViewOptions options_;
  Waker waker_;
  Preferences preferences_;
  std::string preferences_notice_;
  bool safe_mode_ = false;
  std::unique_ptr<renderer::ProgressiveRenderer> renderer_;
  FrameMeter meter_;
  EditLatency latency_;
  RunReport report_;
  std::unique_ptr<Shell> shell_;
  // Textures of the window's panels, and jobs that touch them, end before the shell.
  std::unique_ptr<Session> session_;
  std::unique_ptr<DesktopWindow> window_;
  std::optional<editor::Recorder> recorder_;
  std::optional<ScriptPlayer> script_;
  std::optional<FlightBenchmark> flight_;
  Clock::time_point taken_in_;  // what the commands of this turn of the loop come from
  double taken_in_processor_ms_ = 0;
  std::uint64_t commanded_version_ = 0;  // of the document, when the last command had run ...
  std::uint64_t stepped_version_ = 0;    // ... and when its picture was asked for
  int settling_ = kSettlingFrames;       // frames to be drawn whatever happens
  bool news_pending_ = false;            // a job or the renderer has something that is not on the screen yet
  bool saving_ = false;                  // the training's check-point, before the window closes
  bool last_screenshot_ = false;         // the one of --screenshot was asked for
  std::optional<core::Error> failure_;
};

void Application::load_preferences() {
  if (!options_.fresh) {
    safe_mode_ = begin_start();
    preferences_ = desktop::load_preferences(core::configuration_folder() / "preferences.json", preferences_notice_);
    if (safe_mode_) {
      preferences_.device.clear();
      preferences_.scale = 0;
    }
  }
  if (!options_.language.empty()) preferences_.language = options_.language;
  if (!options_.theme.empty()) preferences_.theme = options_.theme;
  if (options_.scale > 0) preferences_.scale = options_.scale;
}

void Application::open_log() {
  session_->log.open(core::state_folder() / "skyline.log");
  if (!preferences_notice_.empty()) session_->say(Message::Level::kWarning, preferences_notice_, true);
  if (safe_mode_) {
    session_->say(Message::Level::kWarning,
                  session_->tr("The last start did not succeed: layout, device and scale are left at their defaults.",
                               "上次启动未成功：布局、设备和缩放使用默认值。"));
  }
  session_->commands.set_observer(
      [this](const editor::Invocation& invocation, const core::Status& status) { command_ran(invocation, status); });
  auto recorder = editor::Recorder::open(core::state_folder() / "commands.jsonl");
  if (!recorder) {
    session_->fail(recorder.error());
    return;
  }
  recorder_ = std::move(*recorder);
}

std::uint64_t Application::document_version() const { return session_->document() != nullptr ? session_->document()->version() : 0; }

void Application::command_ran(const editor::Invocation& invocation, const core::Status& status) {
  const std::string_view id = invocation.command().id;
  // What a sentence came to is edit.plan: reading it again may come to something else.
  if (recorder_ && !id.starts_with("assistant.")) static_cast<void>(recorder_->record(invocation, status));
  const std::uint64_t version = document_version();
  const bool changed = version != commanded_version_ && session_->document() != nullptr;
  if (status && changed && !options_.report.empty()) latency_.command_ran(id, taken_in_, taken_in_processor_ms_);
  commanded_version_ = version;
}

core::Status Application::start() {
  load_preferences();
  auto renderer = renderer::ProgressiveRenderer::create(renderer_options(preferences_));
  if (!renderer) return renderer.error();
  renderer_ = std::move(*renderer);
  const fs::path preferences_file = options_.fresh ? fs::path() : core::configuration_folder() / "preferences.json";
  session_ = std::make_unique<Session>(*renderer_, preferences_, preferences_file, waker_.function());
  session_->assistant->set_engine(models::make_rule_interpreter);
  session_->projects_folder = core::state_folder() / "projects";
  session_->cache_folder = core::cache_folder();
  // The scene is read while the window opens.
  if (!options_.scene.empty()) session_->open(options_.scene);
  if (!options_.workspace.empty()) session_->window.workspace = options_.workspace;
  open_log();
  if (!options_.script.empty()) {
    auto steps = editor::load_script(options_.script);
    if (!steps) return steps.error();
    script_.emplace(std::move(*steps));
  }
  return open_window();
}

core::Status Application::open_window() {
  renderer::vulkan::ShellOptions shell_options;
  shell_options.width = options_.width;
  shell_options.height = options_.height;
  shell_options.scale = preferences_.scale;
  shell_options.dark = preferences_.theme == "dark";
  shell_options.validation = options_.validation;
  shell_options.device = preferences_.device;
  auto shell = Shell::create(shell_options);
  if (!shell) return shell.error();
  shell_ = std::move(*shell);
  waker_.attach(shell_.get());
  const fs::path layouts = options_.fresh || safe_mode_ ? fs::path() : core::configuration_folder();
  window_ = std::make_unique<DesktopWindow>(*session_, *shell_, meter_, layouts);
  return {};
}

bool Application::continuous() const {
  return options_.frames > 0 || (script_ && !script_->waiting()) || session_->window.screenshot || finished();
}

double Application::next_wait() const {
  if (settling_ > 0 || continuous()) return 0;
  if (session_->animating() || script_ || flight_) return kStepWait_s;
  if (news_pending_) return kStepWait_s;
  if (saving_) return kRestlessInterval_s;
  return window_->restless() ? kRestlessInterval_s : kIdleWait_s;
}

// What came while waiting, and whether the interface must be drawn for it.
bool Application::must_draw(bool woken, double since_drawn) {
  const bool news = waker_.take_news();
  news_pending_ = news_pending_ || news;
  if (ImGui::GetCurrentContext()->InputEventsQueue.Size > 0 || (woken && !news)) settling_ = kSettlingFrames;
  if (settling_ > 0 || continuous()) return true;
  const bool moving = session_->animating();
  const bool software = shell_->device().kind == "software";
  const double refining = software ? kRefiningInterval_s : kRefiningIntervalHardware_s;
  // The first picture of something else, an edit as a rule, does not wait as those of a refinement do.
  const auto picture = session_->picture();
  const bool other = picture && picture->request != window_->viewport().shown_request();
  if (news_pending_ && (moving || other || since_drawn >= refining)) return true;
  if (latency_.on_device()) return true;  // the next frame tells when this one was done
  return (moving && since_drawn >= kLongestInterval_s) || (window_->restless() && since_drawn >= kRestlessInterval_s);
}

// The world goes on, drawn or not.
void Application::step(double seconds) {
  const int width = window_->viewport().width(), height = window_->viewport().height();
  if (flight_) flight_->before_frame(*session_, width, height);
  session_->update(seconds, width, height);
  stepped_version_ = document_version();
  const bool measures = !options_.report.empty() && session_->scene && width > 0 && height > 0;
  // The same request once more: only its number is wanted.
  if (measures && !session_->assistant->previewing()) latency_.asked(session_->renderer.look(session_->view_request(width, height)));
}

// What was edited is asked for before anything is waited for.
void Application::follow_edits() {
  if (document_version() != stepped_version_) step(0);
}

void Application::draw_frame(double seconds) {
  const auto begin = Clock::now();
  window_->prepare();
  if (!shell_->begin_frame()) return;
  if (latency_.on_device()) latency_.device_done(Clock::now(), processor_ms());
  step(seconds);
  window_->draw();
  take_screenshots();
  shell_->end_frame();
  const double ms = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
  meter_.add_interface(ms);
  const auto picture = session_->picture();
  report_.frame_drawn(picture.get(), window_->viewport().shown_serial());
  latency_.drawn(window_->viewport().shown_request());
  if (flight_) flight_->after_frame(*session_, meter_, picture);
  if (report_.frames() == 1 && !options_.fresh) end_start();
}

void Application::take_screenshots() {
  const bool last = finished() && !options_.screenshot.empty() && !last_screenshot_;
  if (last) {
    last_screenshot_ = true;
    session_->window.screenshot = options_.screenshot;
  }
  if (!session_->window.screenshot) return;
  const fs::path file = *session_->window.screenshot;
  session_->window.screenshot.reset();
  shell_->capture([this, file](core::Result<core::Image> image) {
    const core::Status saved = image ? core::save_image(*image, file) : core::Status(image.error());
    if (saved) return;
    session_->fail(saved.error());
    failure_ = saved.error();
  });
}

// The work that the options ask for is done.
bool Application::finished() const {
  if (options_.frames > 0 && report_.frames() >= options_.frames) return true;
  if (script_) return script_->finished();
  if (flight_) return flight_->finished();
  return false;
}

// The person wants to leave, and nothing is being saved any more: a training writes its check-point while the window says so.
bool Application::may_end() {
  if (!session_->quit && !stop_requested.load()) return false;
  if (!session_->training_runs()) return true;
  if (!saving_) {
    saving_ = true;
    settling_ = kSettlingFrames;
    session_->training->stop();
    session_->say(Message::Level::kWarning,
                  session_->tr("Saving the training; the window closes by itself", "正在保存训练，完成后窗口自动关闭"));
  }
  return false;
}

core::Result<int> Application::run() {
  report_.started();
  if (auto status = start(); !status) {
    if (!options_.fresh) end_start();
    return status.error();
  }
  std::signal(SIGINT, request_stop);
  std::signal(SIGTERM, request_stop);
  std::signal(SIGCHLD, SIG_IGN);  // nobody waits for the file manager
  if (options_.flight > 0) flight_.emplace(options_.flight);
  auto stepped = Clock::now(), drawn = stepped;
  while (!may_end()) {
    const double wait = next_wait();
    const auto wait_begin = Clock::now();
    shell_->wait_events(wait);
    const auto now = Clock::now();
    taken_in_ = now;
    taken_in_processor_ms_ = processor_ms();
    if (shell_->close_requested()) session_->quit = true;
    if (script_) script_->advance(*session_, *window_);
    follow_edits();
    if (finished() && (options_.screenshot.empty() || last_screenshot_)) break;
    const bool woken = wait > 0 && seconds_between(wait_begin, now) < 0.95 * wait;
    const double seconds = seconds_between(stepped, now);
    stepped = now;
    if (must_draw(woken, seconds_between(drawn, now))) {
      if (settling_ > 0) --settling_;
      news_pending_ = false;
      draw_frame(seconds);
      drawn = now;
      if (script_) script_->frame_drawn();
      if (flight_) step(0);  // the next view is asked for before anything is waited for
      follow_edits();
    } else if (session_->animating()) {
      step(seconds);
    } else {
      session_->jobs.collect();
    }
  }
  if (script_ && script_->failure()) failure_ = script_->failure();
  const core::Status written = write_results();
  end_session();
  if (!written) return written.error();
  if (failure_) return *failure_;
  return kExitDone;
}

void Application::end_session() {
  if (session_->training) session_->training->stop();
  // Jobs hold textures of the window, the session holds what they run in.
  session_->jobs.cancel_all();
  while (!session_->jobs.idle()) {
    session_->jobs.collect();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  window_.reset();
  session_.reset();
  waker_.attach(nullptr);
}

core::Status Application::write_results() {
  if (options_.report.empty()) return {};
  return report_.write(options_.report, meter_, latency_, *shell_, *session_, flight_ ? &*flight_ : nullptr);
}

}  // namespace

core::Result<int> run_window(const ViewOptions& options) {
  Application application(options);
  return application.run();
}

}  // namespace skyline::app::desktop
