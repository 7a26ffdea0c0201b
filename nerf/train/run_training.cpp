#include "nerf/train/saving.h"
#include "nerf/train/trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace skyline::nerf {

double training_seconds_left(const TrainSettings& settings, const TrainStats& stats) {
  if (settings.steps <= 0) return std::max(0.0, settings.minutes * 60 - stats.seconds);
  if (stats.step <= 0) return -1;
  return stats.seconds / static_cast<double>(stats.step) * std::max(0.0, static_cast<double>(settings.steps - stats.step));
}

core::Status run_training(Trainer& trainer, const TrainSettings& settings, const std::filesystem::path& scene_path,
                          core::Progress& progress) {
  clear_abandoned_files(scene_path);
  CheckpointClock clock(settings);
  while (!trainer.finished() && !progress.stop_requested()) {
    trainer.step();
    const TrainStats& stats = trainer.stats();
    const bool by_steps = settings.steps > 0;
    const std::string note =
        fmt::format("{:.0f} k rays/s, {:.2f} dB, {:.1f} samples a ray", stats.rays_per_s / 1e3, stats.psnr, stats.samples_per_ray);
    progress.report({.stage = "training",
                     .done = by_steps ? static_cast<double>(stats.step) : std::floor(stats.seconds),
                     .total = by_steps ? static_cast<double>(settings.steps) : settings.minutes * 60,
                     .unit = by_steps ? "steps" : "s",
                     .note = note,
                     .seconds_left = training_seconds_left(settings, stats)});
    if (clock.due() && !trainer.finished()) {
      if (auto written = save_progress(trainer, settings, scene_path); !written) return written;
      clock.restart();
    }
  }
  if (trainer.finished()) trainer.finish();
  return save_result(trainer, settings, scene_path);
}

}  // namespace skyline::nerf
