// What a TrainingSession does in its thread, and what thread and session tell each other. Private to nerf/train.
#pragma once

#include "nerf/train/saving.h"
#include "nerf/train/session.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace skyline::nerf {

// Wishes go to the thread, news come from it. All under `mutex`, but the listener, which has a lock of its own so that it may ask the
// session.
struct TrainingExchange {
  mutable std::mutex mutex;
  std::condition_variable changed;  // a wish changed
  core::StopToken stop_token;       // ends the preparation

  bool pause_wanted = false, stop_wanted = false, leave_wanted = false, viewer_moves = false;
  double share = 1;

  TrainingState state = TrainingState::kPreparing;
  std::string failure;
  std::shared_ptr<SharedScene> scene;
  TrainStats stats;
  TrainingCurve curve;
  std::vector<PhotoError> errors;
  double wall_by_training = 1;  // wall clock for a second of training steps, running mean

  std::mutex listener_mutex;
  std::function<void()> listener;

  bool end_wanted() const { return stop_wanted || leave_wanted; }
  void tell();  // calls the listener; without `mutex`
};

class TrainingThread {
 public:
  TrainingThread(const TrainingPlan& plan, const std::filesystem::path& output, TrainingExchange& exchange)
      : plan_(plan), output_(output), exchange_(exchange), clock_(plan.options.train) {}

  // The whole session: prepares, trains, saves. Ends when the training is over or the exchange asks for it.
  void run();

 private:
  using Clock = std::chrono::steady_clock;

  core::Status prepare();
  void train();
  bool wait_for_turn();
  void pause_now();
  double step();
  void publish(double step_seconds);
  void write_progress_when_due();
  void measure_photo_when_due();
  void rest(double step_seconds);
  void complete_field();
  void leave(TrainingState state);
  bool wait_for_retry();
  void set_state(TrainingState state);
  void fail(const core::Error& error);
  void end(TrainingState state);

  const TrainingPlan& plan_;
  const std::filesystem::path& output_;
  TrainingExchange& exchange_;
  std::shared_ptr<Trainer> trainer_;
  std::shared_ptr<SharedScene> scene_;
  std::optional<PhotoErrorMeter> meter_;
  CheckpointClock clock_;
  Clock::time_point begin_, redrawn_, step_ended_;
  std::optional<Clock::time_point> published_;  // empty after a pause
  bool completed_ = false;
};

}  // namespace skyline::nerf
