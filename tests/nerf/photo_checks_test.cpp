// Photos with something wrong are found, good ones are left in peace.
#include "nerf/data/photo_checks.h"

#include "core/file.h"
#include "tests/nerf/toy_training.h"

#include <glm/geometric.hpp>
#include <glm/mat3x3.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>

namespace skyline::nerf {
namespace {

namespace fs = std::filesystem;
using testing::ToyFolder;
using Verdict = PhotoCheck::Verdict;

std::vector<PhotoCheck> checked(const Dataset& dataset) {
  core::Progress progress;
  auto checks = check_photos(dataset, progress);
  EXPECT_TRUE(checks.ok());
  return checks ? *checks : std::vector<PhotoCheck>(dataset.photos.size());
}

// Gaussian blur with mirrored borders left out: edge pixels repeat.
core::Image blurred(const core::Image& image, double sigma) {
  const int radius = static_cast<int>(std::ceil(3 * sigma));
  std::vector<double> kernel;
  double total = 0;
  for (int i = -radius; i <= radius; ++i) total += kernel.emplace_back(std::exp(-i * i / (2 * sigma * sigma)));
  core::Image result = image;
  for (const bool rows : {true, false}) {
    const core::Image source = result;
    for (int y = 0; y < image.height; ++y) {
      for (int x = 0; x < image.width; ++x) {
        for (int c = 0; c < 3; ++c) {
          double sum = 0;
          for (int i = -radius; i <= radius; ++i) {
            const int sx = std::clamp(x + (rows ? i : 0), 0, image.width - 1), sy = std::clamp(y + (rows ? 0 : i), 0, image.height - 1);
            sum += kernel[static_cast<std::size_t>(i + radius)] * source.pixels[static_cast<std::size_t>((sy * image.width + sx) * 3 + c)];
          }
          result.pixels[static_cast<std::size_t>((y * image.width + x) * 3 + c)] = static_cast<std::uint8_t>(std::lround(sum / total));
        }
      }
    }
  }
  return result;
}

// Replaces a photo of the data set by another file.
void replace_by_blurred(Dataset& dataset, std::size_t photo, double sigma, const fs::path& file) {
  ASSERT_TRUE(core::save_image(blurred(*core::load_image(dataset.photos[photo].path), sigma), file).ok());
  dataset.photos[photo].path = file;
}

void replace_by_truncated(Dataset& dataset, std::size_t photo, const fs::path& file) {
  const core::Image image = *core::load_image(dataset.photos[photo].path);
  ASSERT_TRUE(core::save_image(image, file).ok());
  fs::resize_file(file, fs::file_size(file) * 6 / 10);
  dataset.photos[photo].path = file;
}

double breadth(const Dataset& dataset) {
  double most = 0;
  for (const Photo& a : dataset.photos)
    for (const Photo& b : dataset.photos) most = std::max(most, glm::length(a.camera.position - b.camera.position));
  return most;
}

std::vector<SparsePoint> ground_points() {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> place(-40, 40);
  std::vector<SparsePoint> points;
  for (int i = 0; i < 300; ++i) points.push_back({{place(random), place(random), 0}, {128, 128, 128}, 3});
  return points;
}

TEST(PhotoChecks, LeaveGoodPhotosInPeace) {
  const ToyFolder folder;
  Dataset dataset = *load_dataset(folder.photos(), {.split = "transforms.json"});
  dataset.points = ground_points();
  for (const PhotoCheck& check : checked(dataset)) {
    EXPECT_EQ(check.verdict, Verdict::kGood) << check.reason;
    EXPECT_EQ(check.reason, "");
    EXPECT_GT(check.sharpness, 0.4);
  }
}

TEST(PhotoChecks, FindBlurTruncationAndPosesOutOfPlace) {
  const ToyFolder folder;
  Dataset dataset = *load_dataset(folder.photos(), {.split = "transforms.json"});
  dataset.points = ground_points();
  const double size = breadth(dataset);
  replace_by_blurred(dataset, 2, 3, folder.path() / "blurred.png");
  replace_by_truncated(dataset, 5, folder.path() / "cut.jpg");
  dataset.photos[8].camera.position.x += 5 * size;
  glm::dmat3& rotation = dataset.photos[11].camera.rotation;  // looks up instead of down
  rotation = glm::dmat3(rotation[0], -rotation[1], -rotation[2]);
  const std::vector<PhotoCheck> checks = checked(dataset);
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const Verdict expected = i == 2              ? Verdict::kBlurred
                             : i == 5            ? Verdict::kUnreadable
                             : i == 8 || i == 11 ? Verdict::kOutOfPlace
                                                 : Verdict::kGood;
    EXPECT_EQ(checks[i].verdict, expected) << i << ": " << checks[i].reason;
    EXPECT_EQ(checks[i].reason.empty(), expected == Verdict::kGood);
  }
  EXPECT_NE(checks[5].reason.find("cut.jpg"), std::string::npos) << checks[5].reason;
  EXPECT_TRUE(checks[2].usable());
  EXPECT_FALSE(checks[5].usable());
  EXPECT_FALSE(checks[8].usable());
}

TEST(PhotoChecks, SharpnessKnowsNoExposure) {
  const ToyFolder folder;
  const core::Image image = *core::load_image(folder.photos() / "images" / "photo_100.png");
  core::Image dark = image;
  for (std::uint8_t& value : dark.pixels) value = static_cast<std::uint8_t>(value / 3);
  EXPECT_NEAR(sharpness_of(dark), sharpness_of(image), 0.05 * sharpness_of(image));
  EXPECT_LT(sharpness_of(blurred(image, 2)), 0.5 * sharpness_of(image));
}

TEST(PhotoChecks, StopWhenAsked) {
  const ToyFolder folder;
  const Dataset dataset = *load_dataset(folder.photos(), {});
  core::StopToken stop;
  stop.request_stop();
  core::Progress progress(stop);
  const auto checks = check_photos(dataset, progress);
  ASSERT_FALSE(checks.ok());
  EXPECT_TRUE(checks.error().stopped);
}

TEST(Warsaw, PhotoChecksFindEveryFaultAndRaiseNoFalseAlarm) {
  const char* root = std::getenv("SKYLINE_DATA");
  const fs::path folder = fs::path(root != nullptr ? root : SKYLINE_SOURCE_DIR "/../shared/data") / "warsaw_ochota";
  if (!fs::exists(folder)) GTEST_SKIP() << "no data set at " << folder;
  Dataset dataset = *load_dataset(folder, {.split = "transforms.json"});
  const skyline::testing::TemporaryFolder scratch;
  const double size = breadth(dataset);
  for (const std::size_t i : {10U, 60U, 110U}) replace_by_blurred(dataset, i, 3, scratch.path() / (std::to_string(i) + ".jpg"));
  for (const std::size_t i : {0U, 70U}) replace_by_truncated(dataset, i, scratch.path() / (std::to_string(i) + ".jpg"));
  for (const std::size_t i : {20U, 115U}) dataset.photos[i].camera.position.y -= 5 * size;
  const std::vector<PhotoCheck> checks = checked(dataset);
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const Verdict expected = i == 10 || i == 60 || i == 110 ? Verdict::kBlurred
                             : i == 0 || i == 70            ? Verdict::kUnreadable
                             : i == 20 || i == 115          ? Verdict::kOutOfPlace
                                                            : Verdict::kGood;
    EXPECT_EQ(checks[i].verdict, expected) << dataset.photos[i].camera.name << ": " << checks[i].reason;
  }
}

}  // namespace
}  // namespace skyline::nerf
