// The files that a training leaves: the scene, and the check-point beside it. One place for all who run a Trainer.
//
// Each file is written beside and renamed: a program killed at any time leaves the former file or the new one.
#pragma once

#include "core/result.h"
#include "nerf/train/trainer.h"

#include <chrono>
#include <filesystem>

namespace skyline::nerf {

// Says when the next check-point is due, by the wall clock.
class CheckpointClock {
 public:
  explicit CheckpointClock(const TrainSettings& settings);
  bool due() const;
  void restart();

 private:
  using Clock = std::chrono::steady_clock;
  Clock::duration interval_;
  Clock::time_point last_ = Clock::now();
};

// The scene as it stands now, with a picture of its home view. Reads the field only.
core::Status save_trained_scene(const Trainer& trainer, const TrainSettings& settings, const std::filesystem::path& scene_path);

// Before it begins: removes what a killed training left half-written.
void clear_abandoned_files(const std::filesystem::path& scene_path);

// While it learns: check-point, then scene.
core::Status save_progress(const Trainer& trainer, const TrainSettings& settings, const std::filesystem::path& scene_path);

// At the end (call Trainer::finish before when it is finished): the scene, and its check-point when it may go on; the check-point of a
// finished training is removed.
core::Status save_result(const Trainer& trainer, const TrainSettings& settings, const std::filesystem::path& scene_path);

}  // namespace skyline::nerf
