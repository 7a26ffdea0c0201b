#include "nerf/train/saving.h"

#include "nerf/cpu/renderer.h"

#include <system_error>

namespace skyline::nerf {
namespace {

// zstd level of files that are made to be small.
constexpr int kSmallCompression = 19;
constexpr int kPreviewWidth = 320, kPreviewHeight = 180;

}  // namespace

CheckpointClock::CheckpointClock(const TrainSettings& settings)
    : interval_(std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(settings.checkpoint_minutes * 60))) {}

bool CheckpointClock::due() const { return Clock::now() - last_ > interval_; }
void CheckpointClock::restart() { last_ = Clock::now(); }

core::Status save_trained_scene(const Trainer& trainer, const TrainSettings& settings, const std::filesystem::path& scene_path) {
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

void clear_abandoned_files(const std::filesystem::path& scene_path) {
  remove_abandoned(scene_path);
  remove_abandoned(checkpoint_path(scene_path));
}

core::Status save_progress(const Trainer& trainer, const TrainSettings& settings, const std::filesystem::path& scene_path) {
  if (auto written = trainer.save_checkpoint(checkpoint_path(scene_path)); !written) return written;
  return save_trained_scene(trainer, settings, scene_path);
}

core::Status save_result(const Trainer& trainer, const TrainSettings& settings, const std::filesystem::path& scene_path) {
  if (auto written = save_trained_scene(trainer, settings, scene_path); !written) return written;
  if (!trainer.finished()) return trainer.save_checkpoint(checkpoint_path(scene_path));
  std::error_code ignored;
  std::filesystem::remove(checkpoint_path(scene_path), ignored);
  return {};
}

}  // namespace skyline::nerf
