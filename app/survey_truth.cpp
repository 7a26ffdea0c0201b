#include "app/survey_truth.h"

#include "city/model.h"
#include "city/render/npy.h"

#include <algorithm>
#include <cmath>
#include <system_error>
#include <vector>

namespace skyline::app {
namespace {

std::filesystem::path file_of(const std::filesystem::path& folder, const core::Camera& camera, const char* layer) {
  return folder / (std::filesystem::path(camera.name).stem().string() + layer);
}

core::Status check_size(const core::Camera& camera, const std::vector<int>& shape, const std::filesystem::path& path) {
  if (shape == std::vector<int>{camera.height, camera.width}) return {};
  return core::Error{"the truth has another size than the photo", path.string(), "compare at the stored width: --width 0"};
}

}  // namespace

core::Result<double> SurveyTruth::median_depth_error(const core::Camera& camera, const core::FloatImage& depth) const {
  const std::filesystem::path path = file_of(folder_, camera, ".depth.npy");
  const auto truth = city::load_npy(path);
  if (!truth) return truth.error();
  if (auto fits = check_size(camera, truth->shape, path); !fits) return fits.error();
  std::vector<float> errors;
  for (std::size_t i = 0; i < truth->values.size(); ++i) {
    if (truth->values[i] > 0) errors.push_back(std::abs(depth.pixels[i] - truth->values[i]));
  }
  if (errors.empty()) return 0.0;
  const auto middle = errors.begin() + static_cast<std::ptrdiff_t>(errors.size() / 2);
  std::nth_element(errors.begin(), middle, errors.end());
  return static_cast<double>(*middle);
}

core::Status SurveyTruth::add_colour_errors(const core::Camera& camera, const core::FloatImage& picture, const core::FloatImage& photo) {
  static_assert(kParts == city::kPartNames.size());
  const std::filesystem::path path = file_of(folder_, camera, ".part.npy");
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return {};
  const auto parts = city::load_npy_bytes(path);
  if (!parts) return parts.error();
  if (auto fits = check_size(camera, parts->shape, path); !fits) return fits.error();
  for (std::size_t i = 0; i < parts->values.size(); ++i) {
    const std::size_t part = parts->values[i];
    if (part >= kParts) return core::Error{"unknown part " + std::to_string(part), path.string(), "make the survey again"};
    for (std::size_t c = 3 * i; c < 3 * i + 3; ++c) {
      const double error = static_cast<double>(picture.pixels[c]) - static_cast<double>(photo.pixels[c]);
      squared_[part] += error * error;
    }
    ++pixels_[part];
  }
  return {};
}

std::map<std::string, SurveyTruth::Score> SurveyTruth::scores() const {
  std::int64_t all = 0;
  for (const std::int64_t pixels : pixels_) all += pixels;
  std::map<std::string, Score> scores;
  for (std::size_t part = 0; part < kParts; ++part) {
    if (pixels_[part] == 0) continue;
    const double mean = squared_[part] / (3.0 * static_cast<double>(pixels_[part]));
    scores[std::string(city::kPartNames[part])] = {mean > 0 ? -10 * std::log10(mean) : 99.0,
                                                   static_cast<double>(pixels_[part]) / static_cast<double>(all)};
  }
  return scores;
}

}  // namespace skyline::app
