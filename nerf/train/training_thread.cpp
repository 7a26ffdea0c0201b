#include "nerf/train/training_thread.h"

#include "core/log.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace skyline::nerf {
namespace {

using Seconds = std::chrono::duration<double>;

// Pictures are worth drawing anew this often; more often while the first forms appear.
constexpr Seconds kRedraw{0.25}, kFirstRedraw{0.1}, kFirst{6};
// A viewer that waits for the field gets it between two steps, whatever the share.
constexpr double kShortestRest = 0.002, kLongestRest = 2;
constexpr double kMemory = 0.05;  // of the running mean of wall clock by training time

}  // namespace

void TrainingExchange::tell() {
  const std::lock_guard lock(listener_mutex);
  if (listener) listener();
}

void TrainingThread::run() {
  try {
    if (auto prepared = prepare(); !prepared) {
      if (prepared.error().stopped) return set_state(TrainingState::kStopped);
      return fail(prepared.error());
    }
    train();
  } catch (const std::exception& error) {  // memory that is not counted in the budget
    if (scene_) {
      scene_->live = false;
      ++scene_->version;
    }
    fail({"the training ended", error.what(), "close other programs or train with a smaller --width"});
  }
}

// Decodes the photos, makes the field, reads the check-point, and shows the scene.
core::Status TrainingThread::prepare() {
  core::Progress silent(exchange_.stop_token);
  clear_abandoned_files(output_);
  const std::filesystem::path scratch = output_.has_parent_path() ? output_.parent_path() : std::filesystem::path(".");
  auto cache = PhotoCache::create(plan_.dataset, plan_.options.width, scratch, silent);
  if (!cache) return cache.error();
  auto trainer = Trainer::create(plan_.dataset, plan_.guess, std::move(*cache), plan_.options.field, plan_.options.train);
  if (!trainer) return trainer.error();
  if (plan_.options.resume) {
    if (auto status = trainer->load_checkpoint(checkpoint_path(output_)); !status) return status;
  }
  if (silent.stop_requested()) return core::Error{.what = "stopped before the training began", .stopped = true};
  trainer_ = std::make_shared<Trainer>(std::move(*trainer));
  meter_.emplace(trainer_->photos().photo_count());
  scene_ = std::make_shared<SharedScene>();
  scene_->field = std::shared_ptr<const Field>(trainer_, &trainer_->field());
  scene_->info = trainer_->scene_info();
  scene_->live = true;
  begin_ = redrawn_ = step_ended_ = Clock::now();
  clock_.restart();
  const std::lock_guard lock(exchange_.mutex);
  exchange_.scene = scene_;
  exchange_.stats = trainer_->stats();
  exchange_.errors = meter_->errors();
  return {};
}

void TrainingThread::train() {
  set_state(TrainingState::kRunning);
  for (;;) {
    while (!trainer_->finished() && wait_for_turn()) {
      const double seconds = step();
      publish(seconds);
      write_progress_when_due();
      measure_photo_when_due();
      rest(seconds);
    }
    const bool finished = trainer_->finished();
    if (finished) complete_field();
    bool leaving = false;
    {
      const std::lock_guard lock(exchange_.mutex);
      leaving = exchange_.leave_wanted && !exchange_.stop_wanted;
      exchange_.stop_wanted = false;  // it is done now; one that comes from here on is another try
    }
    if (leaving && !finished) return leave(TrainingState::kStopped);
    const auto saved = save_result(*trainer_, plan_.options.train, output_);
    if (saved) return end(finished ? TrainingState::kFinished : TrainingState::kStopped);
    fail(saved.error());
    if (!wait_for_retry()) return leave(TrainingState::kFailed);
    set_state(TrainingState::kRunning);
  }
}

// Blocks while a pause is wanted or the viewer moves; false when the training is to end.
bool TrainingThread::wait_for_turn() {
  std::unique_lock lock(exchange_.mutex);
  while (!exchange_.end_wanted()) {
    if (exchange_.pause_wanted) {
      published_.reset();
      if (exchange_.state == TrainingState::kRunning) {
        lock.unlock();
        pause_now();
        lock.lock();
      } else {
        exchange_.changed.wait(lock);
      }
    } else if (exchange_.state != TrainingState::kRunning) {
      lock.unlock();
      set_state(TrainingState::kRunning);
      lock.lock();
    } else if (exchange_.viewer_moves) {
      exchange_.changed.wait(lock);
    } else {
      return true;
    }
  }
  return false;
}

void TrainingThread::pause_now() {
  const auto written = save_progress(*trainer_, plan_.options.train, output_);
  clock_.restart();
  if (!written) return fail(written.error());
  set_state(TrainingState::kPaused);
}

// One training step; returns its seconds.
double TrainingThread::step() {
  const std::lock_guard lock(scene_->changing);
  const Clock::time_point begin = Clock::now();
  trainer_->step();
  step_ended_ = Clock::now();
  return Seconds(step_ended_ - begin).count();
}

void TrainingThread::publish(double step_seconds) {
  const Clock::time_point now = Clock::now();
  {
    const std::lock_guard lock(exchange_.mutex);
    exchange_.stats = trainer_->stats();
    exchange_.curve.add(trainer_->stats());
    if (published_ && step_seconds > 0) {
      const double ratio = Seconds(now - *published_).count() / step_seconds;
      exchange_.wall_by_training += kMemory * (ratio - exchange_.wall_by_training);
    }
  }
  published_ = now;
  if (now - redrawn_ < (now - begin_ < kFirst ? kFirstRedraw : kRedraw)) return;
  redrawn_ = now;
  ++scene_->version;
  exchange_.tell();
}

void TrainingThread::write_progress_when_due() {
  if (!clock_.due() || trainer_->finished()) return;
  const auto written = save_progress(*trainer_, plan_.options.train, output_);
  clock_.restart();
  if (!written) fail(written.error());
}

void TrainingThread::measure_photo_when_due() {
  if (!meter_->due(trainer_->stats().seconds)) return;
  if (const auto measured = meter_->measure(*trainer_); !measured) core::log_warning(measured.error().message());
  {
    const std::lock_guard lock(exchange_.mutex);
    exchange_.errors = meter_->errors();
  }
  exchange_.tell();
}

// Leaves the processor and the field to the viewer, where there is one, until the share is kept.
void TrainingThread::rest(double step_seconds) {
  std::unique_lock lock(exchange_.mutex);
  if (scene_.use_count() <= 2) return;  // held by this thread and the exchange alone
  const double wanted = step_seconds * (1 - exchange_.share) / exchange_.share;
  const auto length = std::chrono::duration_cast<Clock::duration>(Seconds(std::clamp(wanted, kShortestRest, kLongestRest)));
  exchange_.changed.wait_until(lock, step_ended_ + length, [&] { return exchange_.end_wanted() || exchange_.pause_wanted; });
}

void TrainingThread::complete_field() {
  if (completed_) return;
  {
    const std::lock_guard lock(scene_->changing);
    trainer_->finish();
  }
  ++scene_->version;
  completed_ = true;
}

// The program ends or the window lets go: only the check-point is written.
void TrainingThread::leave(TrainingState state) {
  if (!trainer_->finished()) {
    if (const auto written = trainer_->save_checkpoint(checkpoint_path(output_)); !written) core::log_warning(written.error().message());
  }
  end(state);
}

// After a file could not be written: true when a person wants to go on, false when the session is left.
bool TrainingThread::wait_for_retry() {
  std::unique_lock lock(exchange_.mutex);
  exchange_.changed.wait(lock, [&] { return exchange_.end_wanted() || !exchange_.pause_wanted; });
  return !exchange_.leave_wanted;
}

void TrainingThread::set_state(TrainingState state) {
  {
    const std::lock_guard lock(exchange_.mutex);
    exchange_.state = state;
    exchange_.failure.clear();
  }
  exchange_.tell();
}

void TrainingThread::fail(const core::Error& error) {
  {
    const std::lock_guard lock(exchange_.mutex);
    exchange_.state = TrainingState::kFailed;
    exchange_.failure = error.message();
    exchange_.pause_wanted = true;  // pause(false) tries again
  }
  core::log_warning(error.message());
  exchange_.tell();
}

void TrainingThread::end(TrainingState state) {
  {
    const std::lock_guard lock(scene_->changing);
    trainer_->release_scratch();
    scene_->live = false;
  }
  ++scene_->version;
  if (state != TrainingState::kFailed) set_state(state);
}

}  // namespace skyline::nerf
