#include "app/desktop/photo_comparison.h"

#include "nerf/metrics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <system_error>

namespace skyline::app::desktop {
namespace {

namespace fs = std::filesystem;

core::FloatImage to_floats(const core::Image& image) {
  core::FloatImage floats{image.width, image.height, 3, {}};
  floats.pixels.resize(image.pixels.size());
  std::transform(image.pixels.begin(), image.pixels.end(), floats.pixels.begin(),
                 [](std::uint8_t byte) { return static_cast<float>(byte) / 255.0F; });
  return floats;
}

core::Image enlarged(const core::Image& image, int width, int height) {
  core::Image large{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3)};
  for (int row = 0; row < height; ++row) {
    const auto from_row = static_cast<std::size_t>(row * image.height / height) * static_cast<std::size_t>(image.width);
    for (int column = 0; column < width; ++column) {
      const std::size_t from = (from_row + static_cast<std::size_t>(column * image.width / width)) * 3;
      const std::size_t to = (static_cast<std::size_t>(row) * static_cast<std::size_t>(width) + static_cast<std::size_t>(column)) * 3;
      std::copy_n(image.pixels.begin() + static_cast<std::ptrdiff_t>(from), 3, large.pixels.begin() + static_cast<std::ptrdiff_t>(to));
    }
  }
  return large;
}

}  // namespace

core::ImageSize fitted_size(const core::Camera& camera, int view_width, int view_height) {
  if (camera.width < 1 || camera.height < 1) return {view_width, view_height};
  const double scale = std::min(static_cast<double>(view_width) / camera.width, static_cast<double>(view_height) / camera.height);
  return {std::max(1, static_cast<int>(std::lround(camera.width * scale))),
          std::max(1, static_cast<int>(std::lround(camera.height * scale)))};
}

core::Result<fs::path> find_photo(const std::string& name, const fs::path& chosen_folder, const fs::path& scene_path) {
  const fs::path beside = scene_path.parent_path();
  const std::array<fs::path, 5> folders{chosen_folder, chosen_folder / "images", beside, beside / "images", beside / scene_path.stem()};
  for (const fs::path& folder : folders) {
    if (folder.empty() && chosen_folder.empty()) continue;
    for (const fs::path& file : {folder / name, folder / fs::path(name).filename()}) {
      std::error_code code;
      if (fs::is_regular_file(file, code)) return file;
    }
  }
  return core::Error{"the training photo is not here", name, "choose the folder of the photos in the Scene menu"};
}

core::Result<PhotoComparison> read_comparison_photo(const fs::path& file, int photo, int width, int height) {
  auto image = core::load_image(file);
  if (!image) return image.error();
  PhotoComparison comparison;
  comparison.photo = photo;
  const bool reduce = width <= image->width && height <= image->height;
  comparison.image = reduce ? core::resize_area(*image, width, height) : enlarged(*image, width, height);
  comparison.truth = std::make_shared<const core::FloatImage>(to_floats(comparison.image));
  return comparison;
}

Scores score_picture(std::span<const std::uint8_t> rgba, int width, int height, const core::FloatImage& truth) {
  if (truth.width != width || truth.height != height) return {};
  core::FloatImage picture{width, height, 3, std::vector<float>(truth.pixels.size())};
  for (std::size_t pixel = 0; pixel < truth.pixels.size() / 3; ++pixel) {
    for (std::size_t channel = 0; channel < 3; ++channel) {
      picture.pixels[3 * pixel + channel] = static_cast<float>(rgba[4 * pixel + channel]) / 255.0F;
    }
  }
  return {nerf::psnr(picture, truth), nerf::ssim(picture, truth)};
}

}  // namespace skyline::app::desktop
