// What is known of the held-out photos of a generated city beside their colours: depth, and the part (wall, roof, ...) that each pixel
// shows.
#pragma once

#include "core/camera.h"
#include "core/image.h"
#include "core/result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace skyline::app {

// Reads NAME.depth.npy and NAME.part.npy of a folder as `skyline city survey` writes them; NAME is a photo's name without its extension.
class SurveyTruth {
 public:
  explicit SurveyTruth(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Median absolute difference from the truth along the ray, in world units, over the pixels where the truth is not sky. `depth` [height,
  // width, 1] of that camera. Errors: file missing, or of another size than the camera.
  core::Result<double> median_depth_error(const core::Camera& camera, const core::FloatImage& depth) const;

  // Adds the squared colour errors of one photo under the parts of its pixels. A photo without NAME.part.npy adds nothing. Errors: wrong
  // size, unknown part.
  core::Status add_colour_errors(const core::Camera& camera, const core::FloatImage& picture, const core::FloatImage& photo);

  struct Score {
    double psnr = 0;   // over all pixels of the part in all photos, dB
    double share = 0;  // of all pixels
  };
  // By the name of the part; parts that were not seen are left out.
  std::map<std::string, Score> scores() const;

 private:
  static constexpr std::size_t kParts = 11;
  std::filesystem::path folder_;
  std::array<double, kParts> squared_{};
  std::array<std::int64_t, kParts> pixels_{};
};

}  // namespace skyline::app
