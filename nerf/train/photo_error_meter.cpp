#include "nerf/train/photo_error_meter.h"

#include "nerf/cpu/renderer.h"
#include "nerf/metrics.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace skyline::nerf {
namespace {

core::FloatImage to_float(const core::Image& image) {
  core::FloatImage result{image.width, image.height, 3, {}};
  result.pixels.reserve(image.pixels.size());
  for (const std::uint8_t value : image.pixels) result.pixels.push_back(static_cast<float>(value) / 255.0F);
  return result;
}

core::Result<double> small_psnr(const Trainer& trainer, int photo) {
  const Camera& full = trainer.photos().camera(photo);
  const int width = std::min(PhotoErrorMeter::kWidth, full.width);
  const int height = std::clamp(static_cast<int>(std::lround(static_cast<double>(full.height) * width / full.width)), 1, full.height);

  // The view as the photo's light and lens show it.
  RenderSettings settings;
  settings.code = photo;
  settings.vignetting = true;
  auto renderer = Renderer::create(trainer.field(), settings);
  if (!renderer) return renderer.error();
  RenderRequest request;
  request.camera = full.resized(width, height);
  Picture picture;
  RenderStats stats;
  core::Progress silent;
  if (auto rendered = renderer->render(request, picture, stats, silent); !rendered) return rendered.error();
  return psnr(picture.colour, to_float(core::resize_area(trainer.photos().image(photo), width, height)));
}

}  // namespace

core::Status PhotoErrorMeter::measure(const Trainer& trainer) {
  if (errors_.empty()) return {};
  const auto begin = std::chrono::steady_clock::now();
  const auto psnr = small_psnr(trainer, static_cast<int>(photo_));
  if (!psnr) return psnr.error();
  errors_[photo_] = {*psnr, trainer.stats().step};
  photo_ = (photo_ + 1) % errors_.size();
  const double cost = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  next_ = trainer.stats().seconds + std::max(kInterval, cost / kShare);
  return {};
}

}  // namespace skyline::nerf
