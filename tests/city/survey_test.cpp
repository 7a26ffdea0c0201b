#include "city/survey.h"

#include "core/file.h"
#include "nerf/data/dataset.h"
#include "tests/city/tiny_city.h"
#include "tests/support/process.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstring>

namespace skyline::city {
namespace {

namespace fs = std::filesystem;

SurveySettings small_survey() {
  SurveySettings survey;
  survey.photos = 24;
  survey.width = 80;
  survey.height = 60;
  survey.points = 2000;
  survey.k1 = -0.06;
  survey.k2 = 0.01;
  return survey;
}

std::vector<float> load_npy_floats(const fs::path& path) {
  const auto bytes = core::read_file(path);
  EXPECT_TRUE(bytes.ok());
  const std::size_t header = 10 + static_cast<std::size_t>((*bytes)[8]) + 256 * static_cast<std::size_t>((*bytes)[9]);
  std::vector<float> values((bytes->size() - header) / sizeof(float));
  std::memcpy(values.data(), bytes->data() + header, values.size() * sizeof(float));
  return values;
}

TEST(Survey, LoadsLikePhotosOfADroneAndItsPointsFallOnTheirPixels) {
  const testing::TemporaryFolder temporary;
  const fs::path folder = temporary.path() / "survey";
  core::Progress progress;
  const auto report = survey_city(testing::tiny_city(), folder, small_survey(), RenderSettings(), progress);
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(report->photos, 24);
  EXPECT_EQ(report->held_out, 3);

  const auto all = nerf::load_dataset(folder, {.split = "transforms.json"});
  const auto train = nerf::load_dataset(folder, {});
  const auto test = nerf::load_dataset(folder, {.split = "transforms_test.json", .minimum_photos = 1});
  ASSERT_TRUE(all.ok()) << all.error().message();
  ASSERT_TRUE(train.ok()) << train.error().message();
  ASSERT_TRUE(test.ok()) << test.error().message();
  EXPECT_EQ(all->photos.size(), 24U);
  EXPECT_EQ(train->photos.size(), 21U);
  EXPECT_EQ(test->photos.size(), 3U);
  EXPECT_GT(train->points.size(), 1500U);

  // The truth of the held-out photos: a point that a photo sees lies at the depth of the pixel on which it falls.
  for (const nerf::Photo& photo : test->photos) {
    const std::vector<float> depth = load_npy_floats(folder / "truth" / (photo.path.stem().string() + ".depth.npy"));
    ASSERT_EQ(depth.size(), 80U * 60U);
    int seen = 0, agreeing = 0;
    for (const nerf::SparsePoint& point : train->points) {
      glm::dvec2 pixel;
      if (!core::project(photo.camera, point.position, pixel) || pixel.x < 0 || pixel.y < 0 || pixel.x >= 80 || pixel.y >= 60) continue;
      const double expected = glm::length(point.position - photo.camera.position);
      const double there = depth[static_cast<std::size_t>(pixel.y) * 80 + static_cast<std::size_t>(pixel.x)];
      if (there < expected - 3) continue;  // hidden behind something
      ++seen;
      agreeing += std::abs(there - expected) < 3 ? 1 : 0;
    }
    EXPECT_GT(seen, 20);
    EXPECT_GT(agreeing, 0.85 * seen) << photo.path;
  }
}

TEST(Survey, IsWholeOrNotThere) {
  const testing::TemporaryFolder temporary;
  const fs::path folder = temporary.path() / "survey";
  core::StopToken stop;
  stop.request_stop();
  core::Progress stopped(stop);
  EXPECT_FALSE(survey_city(testing::tiny_city(), folder, small_survey(), RenderSettings(), stopped).ok());
  EXPECT_TRUE(fs::is_empty(temporary.path()));

  fs::create_directories(folder / "mine");
  core::Progress progress;
  EXPECT_FALSE(survey_city(testing::tiny_city(), folder, small_survey(), RenderSettings(), progress).ok());
  EXPECT_TRUE(fs::exists(folder / "mine"));
}

TEST(Survey, PlanHoldsOutEveryEighthAndKeepsClearOfBuildings) {
  SurveySettings survey;
  SurveyReport report;
  const CityModel model = testing::tiny_city();
  const auto photos = plan_survey(model, survey, report);
  ASSERT_TRUE(photos.ok());
  EXPECT_EQ(photos->size(), 120U);
  EXPECT_GE(report.overlap, 0.5);
  int held_out = 0;
  for (const SurveyPhoto& photo : *photos) {
    held_out += photo.held_out ? 1 : 0;
    EXPECT_GT(photo.camera.position.z, 60);
  }
  EXPECT_EQ(held_out, 15);
}

TEST(SurveyPlan, HorizonPhotosStandAroundTheQuarterAndSeeItsMiddleAndTheSky) {
  const CityModel model = testing::tiny_city();
  SurveySettings settings;
  settings.photos = 16;
  settings.horizon = 6;
  SurveyReport report;
  const auto photos = plan_survey(model, settings, report);
  ASSERT_TRUE(photos.ok()) << photos.error().message();
  EXPECT_EQ(photos->size(), 22U);
  const glm::dvec2 middle = 0.5 * (model.quarter_low + model.quarter_high);
  int found = 0;
  for (const SurveyPhoto& photo : *photos) {
    if (!photo.horizon) continue;
    ++found;
    glm::dvec2 pixel;
    ASSERT_TRUE(core::project(photo.camera, glm::dvec3(middle, photo.camera.position.z), pixel));
    EXPECT_NEAR(pixel.x, photo.camera.width / 2.0, 1);
    EXPECT_GT(pixel.y, 0.05 * photo.camera.height);  // the horizon, with sky above it
    EXPECT_LT(pixel.y, 0.5 * photo.camera.height);
  }
  EXPECT_EQ(found, 6);
}

}  // namespace
}  // namespace skyline::city
