#include "nerf/cpu/renderer.h"
#include "nerf/train/trainer.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <system_error>

namespace skyline::nerf {
namespace {

// zstd level of files that are made to be small.
constexpr int kSmallCompression = 19;
constexpr int kPreviewWidth = 320, kPreviewHeight = 180;

// The scene as it stands now, with a picture of its home view.
core::Status save_now(const Trainer& trainer, const TrainSettings& settings, const std::filesystem::path& scene_path) {
  SceneInfo info = trainer.scene_info();
  auto renderer = Renderer::create(trainer.field(), {});
  if (!renderer) return renderer.error();
  RenderRequest request;
  request.camera = info.home.resized(kPreviewWidth, kPreviewHeight);
  Picture picture;
  RenderStats stats;
  core::Progress silent;
  if (auto rendered = renderer->render(request, picture, stats, silent); !rendered) return rendered;
  info.preview = core::to_image(picture.colour);
  SaveOptions options;
  if (settings.encoding == "float32") options.planes = Encoding::kFloat32;
  if (settings.encoding == "int8" || settings.encoding == "int6") {
    options.planes = settings.encoding == "int8" ? Encoding::kInt8 : Encoding::kInt6;
    options.compression = kSmallCompression;
  }
  return save_scene(scene_path, trainer.field(), info, options);
}

}  // namespace

core::Status run_training(Trainer& trainer, const TrainSettings& settings, const std::filesystem::path& scene_path,
                          core::Progress& progress) {
  using Clock = std::chrono::steady_clock;
  Clock::time_point saved = Clock::now();
  while (!trainer.finished() && !progress.stop_requested()) {
    trainer.step();
    const TrainStats& stats = trainer.stats();
    const bool by_steps = settings.steps > 0;
    const double left = stats.progress > 0 ? stats.seconds * (1 - stats.progress) / stats.progress : -1;
    const std::string note =
        fmt::format("{:.0f} k rays/s, {:.2f} dB, {:.1f} samples a ray", stats.rays_per_s / 1e3, stats.psnr, stats.samples_per_ray);
    progress.report({.stage = "training",
                     .done = by_steps ? static_cast<double>(stats.step) : std::floor(stats.seconds),
                     .total = by_steps ? static_cast<double>(settings.steps) : settings.minutes * 60,
                     .unit = by_steps ? "steps" : "s",
                     .note = note,
                     .seconds_left = by_steps ? left : std::max(0.0, settings.minutes * 60 - stats.seconds)});
    if (std::chrono::duration<double>(Clock::now() - saved).count() > settings.checkpoint_minutes * 60 && !trainer.finished()) {
      if (auto written = trainer.save_checkpoint(checkpoint_path(scene_path)); !written) return written;
      if (auto written = save_now(trainer, settings, scene_path); !written) return written;
      saved = Clock::now();
    }
  }
  if (trainer.finished()) trainer.finish();
  if (auto written = save_now(trainer, settings, scene_path); !written) return written;
  if (!trainer.finished()) return trainer.save_checkpoint(checkpoint_path(scene_path));
  std::error_code ignored;
  std::filesystem::remove(checkpoint_path(scene_path), ignored);
  return {};
}

}  // namespace skyline::nerf
