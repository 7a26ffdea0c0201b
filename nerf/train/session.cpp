#include "nerf/train/session.h"

#include "nerf/train/training_thread.h"

#include <algorithm>
#include <system_error>
#include <thread>
#include <utility>

namespace skyline::nerf {
namespace {

constexpr double kLeastShare = 0.1;

core::Status check_output(const TrainingPlan& plan, const std::filesystem::path& output) {
  namespace fs = std::filesystem;
  std::error_code code;
  if (output.extension() != ".sky") return core::Error{"the output must end in .sky", output.string(), "for example city.sky"};
  if (output.has_parent_path() && !fs::is_directory(output.parent_path(), code)) {
    return core::Error{"cannot write the scene", output.parent_path().string() + " is no folder", "choose another folder"};
  }
  if (plan.options.resume && !fs::exists(checkpoint_path(output), code)) {
    return core::Error{"there is no check-point to resume from", checkpoint_path(output).string(), "start a new training"};
  }
  return {};
}

}  // namespace

struct TrainingSession::State {
  State(TrainingPlan wanted, const std::filesystem::path& target) : plan(std::move(wanted)), output(target) {}

  // Runs a change of the wishes and wakes the thread.
  template <class Change>
  void wish(const Change& change) {
    {
      const std::lock_guard lock(exchange.mutex);
      change(exchange);
    }
    exchange.changed.notify_all();
  }
  template <class Read>
  auto told(const Read& read) const {
    const std::lock_guard lock(exchange.mutex);
    return read(exchange);
  }

  const TrainingPlan plan;
  const std::filesystem::path output;
  TrainingExchange exchange;
  std::thread thread;
};

TrainingSession::TrainingSession(std::unique_ptr<State> state) : state_(std::move(state)) {
  state_->thread = std::thread([&s = *state_] { TrainingThread(s.plan, s.output, s.exchange).run(); });
}

core::Result<std::unique_ptr<TrainingSession>> TrainingSession::start(TrainingPlan plan, const std::filesystem::path& output) {
  if (auto status = check_output(plan, output); !status) return status.error();
  return std::unique_ptr<TrainingSession>(new TrainingSession(std::make_unique<State>(std::move(plan), output)));
}

TrainingSession::~TrainingSession() {
  set_listener({});
  state_->exchange.stop_token.request_stop();
  state_->wish([](TrainingExchange& x) { x.leave_wanted = true; });
  state_->thread.join();
}

TrainingState TrainingSession::state() const {
  return state_->told([](const TrainingExchange& x) { return x.state; });
}
std::string TrainingSession::failure() const {
  return state_->told([](const TrainingExchange& x) { return x.failure; });
}
std::shared_ptr<SharedScene> TrainingSession::scene() const {
  return state_->told([](const TrainingExchange& x) { return x.scene; });
}
TrainStats TrainingSession::stats() const {
  return state_->told([](const TrainingExchange& x) { return x.stats; });
}
std::vector<TrainingPoint> TrainingSession::curve() const {
  return state_->told([](const TrainingExchange& x) { return x.curve.points(); });
}
std::vector<PhotoError> TrainingSession::photo_errors() const {
  return state_->told([](const TrainingExchange& x) { return x.errors; });
}

double TrainingSession::seconds_left() const {
  return state_->told([&](const TrainingExchange& x) {
    if (x.state == TrainingState::kFinished || x.state == TrainingState::kStopped) return 0.0;
    const double training = training_seconds_left(state_->plan.options.train, x.stats);
    return training < 0 ? training : training * std::max(1.0, x.wall_by_training);
  });
}

const TrainingPlan& TrainingSession::plan() const { return state_->plan; }
const std::filesystem::path& TrainingSession::output() const { return state_->output; }

void TrainingSession::pause(bool paused) {
  state_->wish([&](TrainingExchange& x) { x.pause_wanted = paused; });
}

void TrainingSession::stop() {
  state_->exchange.stop_token.request_stop();
  state_->wish([](TrainingExchange& x) { x.stop_wanted = true; });
}

void TrainingSession::set_share(double share) {
  state_->wish([&](TrainingExchange& x) { x.share = std::clamp(share, kLeastShare, 1.0); });
}

void TrainingSession::yield_to_viewer(bool moving) {
  state_->wish([&](TrainingExchange& x) { x.viewer_moves = moving; });
}

void TrainingSession::set_listener(std::function<void()> listener) {
  const std::lock_guard lock(state_->exchange.listener_mutex);
  state_->exchange.listener = std::move(listener);
}

}  // namespace skyline::nerf
