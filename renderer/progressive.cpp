#include "renderer/progressive.h"

#include "core/parallel.h"
#include "renderer/painter.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace skyline::renderer {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kNiceness = 5;
// How often a converged picture is held against the scene that it shows.
constexpr std::chrono::milliseconds kWatch{50};

}  // namespace

// The mailbox between callers and the thread that paints, and that thread.
struct ProgressiveRenderer::State {
  mutable std::mutex mutex;
  std::condition_variable news;

  // What is asked for. The flags tell what the painter does not know yet.
  bool quit = false, paused = false;
  bool new_request = false, new_scene = false, new_options = true;
  bool has_request = false;
  ViewRequest request;
  std::uint64_t number = 0;
  std::shared_ptr<nerf::SharedScene> scene;
  ProgressiveOptions options;
  std::function<void()> listener;

  // What is being done.
  bool running = false;
  Pass running_pass = Pass::kMoving;
  ViewRequest running_request;
  core::StopToken stop;
  Clock::time_point stopped_at;
  bool failed = false;  // the painter cannot do what is asked for

  // What has been done.
  std::shared_ptr<const Frame> frame;
  std::string failure;
  ProgressiveStats stats;

  // Of the thread only.
  Painter painter;
  std::unique_ptr<core::ThreadTeam> team;
  std::thread thread;

  void stop_running() {
    if (!running || stop.stop_requested()) return;
    stopped_at = Clock::now();
    stop.request_stop();
  }

  void work() {
    core::lower_thread_priority(kNiceness);
    while (wait_for_work()) team->run([this] { one_pass(); });
  }

  bool has_news() const { return new_options || new_scene || (scene && new_request); }

  // Hands the painter what is new; the lock is let go of meanwhile, so that nobody who asks waits for it.
  void brief_painter(std::unique_lock<std::mutex>& lock) {
    const bool options_new = std::exchange(new_options, false), scene_new = std::exchange(new_scene, false);
    if (scene_new) new_request = has_request;
    const bool request_new = scene && std::exchange(new_request, false);
    if (request_new) failed = false;
    const ProgressiveOptions wanted_options = options;
    const std::shared_ptr<nerf::SharedScene> wanted_scene = scene;
    const ViewRequest wanted_request = request;
    const std::uint64_t wanted_number = number;
    lock.unlock();
    if (options_new) {
      team = std::make_unique<core::ThreadTeam>(core::TeamOptions{wanted_options.threads, true, kNiceness});
      painter.set_options(wanted_options);
    }
    if (scene_new) painter.set_scene(wanted_scene);
    if (request_new) painter.begin(wanted_request, wanted_number);
    lock.lock();
  }

  // False at the end.
  bool wait_for_work() {
    std::unique_lock lock(mutex);
    while (!quit) {
      if (!paused && has_news()) {
        brief_painter(lock);
        continue;
      }
      const bool wanted = !paused && scene && has_request && !failed;
      if (wanted && (!painter.is_done() || painter.is_stale())) {
        running = true;
        running_pass = painter.pass();
        running_request = request;
        stop = core::StopToken();
        return true;
      }
      if (wanted) {
        news.wait_for(lock, kWatch);
      } else {
        news.wait(lock);
      }
    }
    return false;
  }

  void one_pass() {
    core::Progress progress(stop);
    const core::Result<std::shared_ptr<const Frame>> made = painter.next(progress);
    std::function<void()> tell;
    {
      const std::lock_guard lock(mutex);
      running = false;
      if (stop.stop_requested()) {
        stats.longest_cancel_ms =
            std::max(stats.longest_cancel_ms, std::chrono::duration<double, std::milli>(Clock::now() - stopped_at).count());
      }
      if (made && !new_scene) {
        frame = *made;
        failure.clear();
        ++stats.frames;
        stats.moving_frames += frame->stage == Stage::kMoving ? 1 : 0;
        stats.converged_frames += frame->stage == Stage::kConverged ? 1 : 0;
        stats.rays += frame->fresh_rays;
        tell = listener;
      } else if (!made && !made.error().stopped) {
        failed = true;
        failure = made.error().message();
        tell = listener;
      }
    }
    if (tell) tell();
  }

  // What runs for `running_request` is of no use for `wanted`. A moving frame is short, and the next one builds on it, as it is with the
  // first look at an edit while something is dragged: only passes at rest and other kinds of pictures are given up.
  bool outdates(const ViewRequest& wanted) const {
    if (!running) return false;
    switch (running_pass) {
      case Pass::kMoving:
        return !same_kind(running_request, wanted);
      case Pass::kFirstLook:
        return !differ_in_layers(running_request, wanted);
      case Pass::kRefining:
        return !same_request(running_request, wanted);
    }
    return true;
  }
};

core::Result<std::unique_ptr<ProgressiveRenderer>> ProgressiveRenderer::create(const ProgressiveOptions& options) {
  auto state = std::make_unique<State>();
  state->options = options;
  std::unique_ptr<ProgressiveRenderer> renderer(new ProgressiveRenderer(std::move(state)));
  try {
    renderer->state_->thread = std::thread([s = renderer->state_.get()] { s->work(); });
  } catch (const std::system_error& error) {
    return core::Error{"cannot start the renderer", error.what(), "close other programs and try again"};
  }
  return renderer;
}

ProgressiveRenderer::ProgressiveRenderer(std::unique_ptr<State> state) : state_(std::move(state)) {}

ProgressiveRenderer::~ProgressiveRenderer() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->quit = true;
    state_->stop_running();
  }
  state_->news.notify_all();
  if (state_->thread.joinable()) state_->thread.join();
}

void ProgressiveRenderer::set_listener(std::function<void()> listener) {
  const std::lock_guard lock(state_->mutex);
  state_->listener = std::move(listener);
}

void ProgressiveRenderer::show(std::shared_ptr<nerf::SharedScene> scene) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->scene = std::move(scene);
    state_->new_scene = true;
    state_->frame.reset();
    state_->failure.clear();
    state_->stop_running();
  }
  state_->news.notify_all();
}

std::uint64_t ProgressiveRenderer::look(const ViewRequest& request) {
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(state_->mutex);
    State& s = *state_;
    if (s.has_request && same_request(s.request, request)) return s.number;
    s.request = request;
    s.has_request = s.new_request = true;
    number = ++s.number;
    if (s.outdates(request)) s.stop_running();
  }
  state_->news.notify_all();
  return number;
}

void ProgressiveRenderer::pause(bool paused) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->paused = paused;
    if (paused) state_->stop_running();
  }
  state_->news.notify_all();
}

void ProgressiveRenderer::set_options(const ProgressiveOptions& options) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->options = options;
    state_->new_options = true;
  }
  state_->news.notify_all();
}

std::shared_ptr<const Frame> ProgressiveRenderer::latest() const {
  const std::lock_guard lock(state_->mutex);
  return state_->frame;
}

std::string ProgressiveRenderer::failure() const {
  const std::lock_guard lock(state_->mutex);
  return state_->failure;
}

ProgressiveStats ProgressiveRenderer::stats() const {
  const std::lock_guard lock(state_->mutex);
  return state_->stats;
}

}  // namespace skyline::renderer
