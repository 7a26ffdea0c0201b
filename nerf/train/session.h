// A training that runs beside a viewer: in its own thread, with pause, live pictures, curves and an error for each photo.
//
//   auto plan = plan_training(folder, options, progress);        // cameras, checks, box, forecast: everything to be shown before it starts
//   auto session = TrainingSession::start(std::move(*plan), output);
//   session->scene()                                             // drawn while it learns (nerf/shared_scene.h)
//   session->set_share(0.5); session->pause(true); session->stop();
//
// Check-points are written as by run_training (every `checkpoint_minutes`, on pause and at the end), so a killed program loses little and
// `skyline train --resume` or TrainingPlan::resume goes on.
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "nerf/data/dataset.h"
#include "nerf/data/photo_checks.h"
#include "nerf/data/scene_guess.h"
#include "nerf/shared_scene.h"
#include "nerf/train/photo_error_meter.h"
#include "nerf/train/trainer.h"
#include "nerf/train/training_curve.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace skyline::nerf {

struct TrainingPlanOptions {
  std::string split;  // as of DatasetOptions
  int width = -1;     // photo width; 0 as stored, -1 at most kDefaultTrainingWidth
  FieldSettings field;
  TrainSettings train;
  bool resume = false;  // from the check-point beside the output
  // Photos that cannot be used (missing, damaged, out of place) are left out; else the first missing or damaged one is an error.
  bool skip_bad = false;
};

// Photos wider than this are reduced unless a person says otherwise: what two cores can learn within minutes.
inline constexpr int kDefaultTrainingWidth = 411;

// A photo that the training goes without.
struct UnusablePhoto {
  std::filesystem::path path;
  PhotoCheck check;
};

// Everything known before the first step.
struct TrainingPlan {
  TrainingPlanOptions options;  // the width resolved: above 0, or 0 as stored
  Dataset dataset;              // in the world frame, without what is unusable
  SceneGuess guess;
  std::vector<PhotoCheck> checks;  // one a photo, in the order of the data set
  std::vector<UnusablePhoto> unusable;
  std::string notice;  // one sentence about what is wrong with the photos; empty when nothing is
  std::int64_t pixels = 0;
  TrainForecast forecast;
};

// Reads cameras, checks the photos, guesses the scene. Errors: those of load_dataset and analyse_scene, a photo that cannot be decoded, too
// few usable ones; one sentence each. Stops within 200 ms while photos are decoded.
core::Result<TrainingPlan> plan_training(const std::filesystem::path& folder, const TrainingPlanOptions& options, core::Progress& progress);

// The same photos with another budget or width (as in TrainingPlanOptions): everything that depends on them follows.
void change_plan(TrainingPlan& plan, int width, const TrainSettings& train);

enum class TrainingState : std::uint8_t { kPreparing, kRunning, kPaused, kFinished, kStopped, kFailed };

class TrainingSession {
 public:
  // Returns at once; photos are decoded and the field is made in the thread (kPreparing). Errors: an output that is no .sky or has no
  // folder, nothing to resume from.
  static core::Result<std::unique_ptr<TrainingSession>> start(TrainingPlan plan, const std::filesystem::path& output);
  // Ends the training within 500 ms and writes the check-point of an unfinished one, which takes as long as the disk does.
  ~TrainingSession();

  TrainingState state() const;
  // Of kFailed, one sentence. After a file could not be written the numbers are still there: pause(false) goes on, stop() tries again.
  std::string failure() const;
  // Null while preparing. Drawn while it learns; the same object for the whole session.
  std::shared_ptr<SharedScene> scene() const;
  TrainStats stats() const;
  double seconds_left() const;                   // of wall clock, at the share that training got lately; -1: not known yet
  std::vector<TrainingPoint> curve() const;      // thinned to at most 2,000 points
  std::vector<PhotoError> photo_errors() const;  // one a photo, measured in turn while it learns
  const TrainingPlan& plan() const;
  const std::filesystem::path& output() const;

  void pause(bool paused);  // a pause writes a check-point; takes effect after the running step
  void stop();              // ends early: scene and check-point are written
  // Share of the processor for training while a viewer draws, 0.1 to 1: the thread sleeps between steps accordingly.
  void set_share(double share);
  // The viewer is moving: training waits after its running step until it is told otherwise.
  void yield_to_viewer(bool moving);
  // Called from the training thread when there is something new to draw or to show; must be quick.
  void set_listener(std::function<void()> listener);

 private:
  struct State;
  explicit TrainingSession(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace skyline::nerf
