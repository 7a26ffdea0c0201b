// Training photos, decoded once to the wanted width by an area filter into one memory-mapped scratch file of 8-bit RGB.
#pragma once

#include "core/file.h"
#include "core/image.h"
#include "core/progress.h"
#include "core/result.h"
#include "nerf/data/dataset.h"
#include "nerf/space.h"

#include <cstdint>
#include <span>
#include <vector>

namespace skyline::nerf {

class PhotoCache {
 public:
  // `width` 0 keeps the stored size; a width above the stored one is an error. Heights follow each photo's aspect (rounded); intrinsics are
  // scaled by the exact ratios. Decodes in parallel; stops within 200 ms when asked to. The scratch file lives in `scratch_folder` and
  // vanishes with the cache.
  static core::Result<PhotoCache> create(const Dataset& dataset, int width, const std::filesystem::path& scratch_folder,
                                         core::Progress& progress);

  // Pixels that a cache of this width will hold, before anything is decoded.
  static std::int64_t count_pixels(const Dataset& dataset, int width);

  int photo_count() const { return static_cast<int>(photos_.size()); }
  const Camera& camera(int photo) const { return photos_[static_cast<std::size_t>(photo)].camera; }  // at cache size
  // [height, width, 3] display-encoded bytes
  std::span<const std::uint8_t> pixels(int photo) const;
  core::Image image(int photo) const;
  std::int64_t total_pixels() const { return total_pixels_; }
  // First pixel of `photo` in the running numbering of all pixels.
  std::int64_t first_pixel(int photo) const { return photos_[static_cast<std::size_t>(photo)].first_pixel; }

 private:
  struct Entry {
    Camera camera;
    std::int64_t first_pixel = 0;
  };
  std::vector<Entry> photos_;
  std::int64_t total_pixels_ = 0;
  core::MappedFile file_;
};

}  // namespace skyline::nerf
