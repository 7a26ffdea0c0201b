// A training photo beside the picture that the field makes from the same place: read, brought to the picture's size, scored.
#pragma once

#include "core/camera.h"
#include "core/image.h"
#include "core/progress.h"
#include "core/result.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace skyline::app::desktop {

struct PhotoComparison {
  int photo = -1;
  core::Image image;                              // at the picture's size
  std::shared_ptr<const core::FloatImage> truth;  // the same in [0, 1]
  double psnr = -1, ssim = -1;                    // of the converged picture; -1: not known yet
  std::uint64_t scored_frame = 0;                 // serial of the frame that was scored
};

// The largest size of the camera's shape that fits into the view.
core::ImageSize fitted_size(const core::Camera& camera, int view_width, int view_height);

// Where a training photo may be: the chosen folder, the scene's folder, and `images` in both. Errors: in none of them.
core::Result<std::filesystem::path> find_photo(const std::string& name, const std::filesystem::path& chosen_folder,
                                               const std::filesystem::path& scene_path);

// Errors: those of core::load_image. The photo is enlarged (nearest) or reduced (area) to `width` x `height`.
core::Result<PhotoComparison> read_comparison_photo(const std::filesystem::path& file, int photo, int width, int height);

// PSNR and SSIM of RGBA bytes [height, width, 4] against the photo.
struct Scores {
  double psnr = -1, ssim = -1;
};
Scores score_picture(std::span<const std::uint8_t> rgba, int width, int height, const core::FloatImage& truth);

}  // namespace skyline::app::desktop
