// The trainer: photos in, field out.
//
//   Trainer trainer = *Trainer::create(dataset, guess, std::move(cache), field_settings, train_settings, threads' progress)
//   while (!trainer.finished() && !progress.stop_requested()) trainer.step();
//   save_scene(path, trainer.field(), trainer.scene_info(), ...)
//
// `run` does that with live progress, check-points and previews. All steps are deterministic: the result depends on the seed, the settings
// and the number of steps, not on the number of threads (`--minutes` ends by the clock, so only `--steps` repeats).
#pragma once

#include "core/parameters.h"
#include "core/progress.h"
#include "core/result.h"
#include "nerf/data/dataset.h"
#include "nerf/data/photo_cache.h"
#include "nerf/data/scene_guess.h"
#include "nerf/model/field.h"
#include "nerf/store/sky_file.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace skyline::nerf {

struct TrainingRay;  // gradients.h

struct TrainSettings {
  double minutes = 10;  // wall-clock budget; ignored when steps > 0
  int steps = 0;        // exact number of steps; 0 = by minutes
  int batch_rays = 8192;
  int seed = 1;
  std::string decode = "deferred";  // deferred | sample: how training composes colour
  double rate_planes = 0.02;        // planes, lines, volume (field.md: 0.02)
  double rate_decoder = 2e-3;
  double rate_codes = 1e-3;
  double rate_nerf = 5e-4;           // NeRF branch, from its start on
  double final_rate = 0.03;          // share of the initial rate at the end
  std::string loss = "charbonnier";  // charbonnier | mse
  double charbonnier_epsilon = 0.03;
  double weight_tv = 0.0;  // total variation of planes and volume
  double weight_l1 = 0.0;  // mean absolute density texel
  double weight_distortion = 0.01;
  double weight_entropy = 0.0;
  double weight_code = 1e-3;        // decay of codes, exposures and vignetting towards 0
  double code_dropout = 0.3;        // share of rays trained with the mean code
  double direction_dropout = 0.25;  // share of rays trained with less or nothing of the view direction
  double level2_start = 0.02;       // share of the training at which the second level joins
  double level3_start = 0.06;       // and the third
  double occupancy_opacity = 0.01;  // cells stay that are at least this opaque over one finest texel
  double level_dropout = 0.1;       // share of rays trained with a prefix of the levels
  bool local_slab = true;           // start from the heights that the sparse points allow in each place, not from the whole box
  double checkpoint_minutes = 5;
  std::string credit;                // attribution of the photos, kept in the scene file
  std::string encoding = "float16";  // of planes and volume in the scene file: float32 | float16 | int8
  double nerf_start = 0.5;           // share of the training at which the NeRF branch joins, where there is one
};

void register_parameters(core::ParameterSet& set, TrainSettings& settings);

struct TrainStats {
  std::int64_t step = 0;
  std::int64_t rays = 0;
  double seconds = 0;          // of training steps, all runs of a resumed training together
  double loss = 0;             // running mean over recent batches, with all terms
  double psnr = 0;             // running mean over recent batches
  double rays_per_s = 0;       // recent
  double samples_per_ray = 0;  // recent, density samples
  double progress = 0;         // 0..1
  struct Stage {
    std::string name;
    double seconds = 0;
  };
  std::vector<Stage> stages;  // where the time went: march, forward, backward, optimiser, occupancy
};

struct TrainForecast {
  std::int64_t memory_bytes = 0;
  double first_picture_seconds = 0;
  std::string text;  // one sentence for a person
};

class Trainer {
 public:
  static core::Result<Trainer> create(const Dataset& dataset, const SceneGuess& guess, PhotoCache cache,
                                      const FieldSettings& field_settings, const TrainSettings& settings);
  Trainer(Trainer&&) noexcept;
  Trainer& operator=(Trainer&&) noexcept;
  ~Trainer();

  // Memory and time before anything large is allocated.
  static TrainForecast forecast(const SceneGuess& guess, const FieldSettings& field_settings, const TrainSettings& settings,
                                std::int64_t pixels);

  void step();
  bool finished() const;
  // After the last step: clears what no ray can read, so that the file is small. Training must not go on afterwards.
  void finish();
  // Gives back what only training needs. No step and no check-point afterwards; the field can still be drawn and saved.
  void release_scratch();
  const TrainStats& stats() const;
  // Stays where it is as long as the trainer lives, also when the Trainer is moved.
  const Field& field() const;
  const PhotoCache& photos() const;
  SceneInfo scene_info() const;
  // The rays of the last step.
  std::span<const TrainingRay> batch() const;

  // Optimiser, random and schedule state beside the field: `path` is a database of the .sky container. Resumed = uninterrupted, bit for
  // bit.
  core::Status save_checkpoint(const std::filesystem::path& path) const;
  core::Status load_checkpoint(const std::filesystem::path& path);

 private:
  struct State;
  explicit Trainer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Training time until the budget is used, in seconds of steps; -1: not known yet.
double training_seconds_left(const TrainSettings& settings, const TrainStats& stats);

// Steps until the budget is used or the stop is requested, reporting progress; saves scene and check-point every `checkpoint_minutes` and
// at the end to `scene_path` and checkpoint_path(scene_path). The check-point is removed after a finished run.
core::Status run_training(Trainer& trainer, const TrainSettings& settings, const std::filesystem::path& scene_path,
                          core::Progress& progress);
std::filesystem::path checkpoint_path(const std::filesystem::path& scene_path);

}  // namespace skyline::nerf
