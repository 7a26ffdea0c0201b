#include "nerf/data/photo_cache.h"

#include "core/parallel.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <optional>

namespace skyline::nerf {
namespace {

core::ImageSize cached_size(const Camera& camera, int width) {
  if (width == 0) return {camera.width, camera.height};
  const double height = static_cast<double>(camera.height) * width / camera.width;
  return {width, std::max(1, static_cast<int>(std::lround(height)))};
}

}  // namespace

std::int64_t PhotoCache::count_pixels(const Dataset& dataset, int width) {
  std::int64_t pixels = 0;
  for (const Photo& photo : dataset.photos) {
    const core::ImageSize size = cached_size(photo.camera, width);
    pixels += std::int64_t{size.width} * size.height;
  }
  return pixels;
}

core::Result<PhotoCache> PhotoCache::create(const Dataset& dataset, int width, const std::filesystem::path& scratch_folder,
                                            core::Progress& progress) {
  // Lay the photos out one after the other.
  PhotoCache cache;
  for (const Photo& photo : dataset.photos) {
    if (width < 0 || width > photo.camera.width) {
      return core::Error{"cannot train at a width of " + std::to_string(width),
                         photo.path.string() + " is " + std::to_string(photo.camera.width) + " wide",
                         "choose a width not above the photos' own"};
    }
    const core::ImageSize size = cached_size(photo.camera, width);
    cache.photos_.push_back({photo.camera.resized(size.width, size.height), cache.total_pixels_});
    cache.total_pixels_ += std::int64_t{size.width} * size.height;
  }
  if (cache.photos_.empty()) return core::Error{"cannot decode photos", "the data set has none", "add photos"};
  core::Result<core::MappedFile> file = core::MappedFile::create_scratch(scratch_folder, static_cast<std::size_t>(cache.total_pixels_) * 3);
  if (!file) return file.error();
  cache.file_ = std::move(*file);

  // Decode; the first error in photo order is the one told.
  const std::int64_t count = cache.photo_count();
  std::vector<std::optional<core::Error>> errors(static_cast<std::size_t>(count));
  std::atomic<bool> failed{false};
  std::mutex report_mutex;
  double done = 0;
  core::parallel_for(count, [&](std::int64_t i) {
    if (failed || progress.stop_requested()) return;
    const std::size_t k = static_cast<std::size_t>(i);
    const Photo& photo = dataset.photos[k];
    core::Result<core::Image> image = core::load_image(photo.path);
    if (!image || image->width != photo.camera.width || image->height != photo.camera.height) {
      errors[k] = image ? core::Error{"the photo changed while it was read", photo.path.string(), "start again"} : image.error();
      failed = true;
      return;
    }
    if (progress.stop_requested()) return;
    const Camera& camera = cache.photos_[k].camera;
    const bool same_size = camera.width == image->width && camera.height == image->height;
    const core::Image resized = same_size ? std::move(*image) : core::resize_area(*image, camera.width, camera.height);
    std::copy(resized.pixels.begin(), resized.pixels.end(),
              reinterpret_cast<std::uint8_t*>(cache.file_.data()) + cache.photos_[k].first_pixel * 3);
    const std::lock_guard lock(report_mutex);
    progress.report({.stage = "decoding photos", .done = ++done, .total = static_cast<double>(count), .unit = "photos", .note = {}});
  });
  for (std::optional<core::Error>& error : errors) {
    if (error) return *error;
  }
  if (progress.stop_requested()) return core::Error{.what = "stopped while decoding photos", .where = {}, .advice = {}, .stopped = true};
  return cache;
}

std::span<const std::uint8_t> PhotoCache::pixels(int photo) const {
  const Entry& entry = photos_[static_cast<std::size_t>(photo)];
  const std::size_t count = static_cast<std::size_t>(entry.camera.width) * static_cast<std::size_t>(entry.camera.height) * 3;
  return {reinterpret_cast<const std::uint8_t*>(file_.data()) + entry.first_pixel * 3, count};
}

core::Image PhotoCache::image(int photo) const {
  const std::span<const std::uint8_t> bytes = pixels(photo);
  return {camera(photo).width, camera(photo).height, {bytes.begin(), bytes.end()}};
}

}  // namespace skyline::nerf
