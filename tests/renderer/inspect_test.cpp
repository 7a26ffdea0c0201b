#include "nerf/cpu/inspect.h"

#include "tests/renderer/small_scene.h"

#include <gtest/gtest.h>

namespace skyline::renderer {
namespace {

TEST(InspectedRay, WeightsAndColoursComposeToTheRenderedPixel) {
  const nerf::Field field = testing::small_city();
  const core::Camera camera = testing::camera_at(testing::kView, 48, 36);
  nerf::RenderSettings settings;
  settings.decode = "sample";
  settings.stop_transmittance = 0.05;
  std::size_t most = 0;
  for (const glm::vec2 point : {glm::vec2(24.5F, 18.5F), glm::vec2(10.25F, 30.75F), glm::vec2(24.5F, 0.5F)}) {
    const auto ray = nerf::inspect_ray(field, settings, camera, point);
    ASSERT_TRUE(ray.ok());
    most = std::max(most, ray->samples.size());
    double weights = ray->transmittance, light = 1, before = 0;
    for (const nerf::RaySample& sample : ray->samples) {
      EXPECT_GT(sample.distance, before);
      before = sample.distance;
      EXPECT_NEAR(sample.transmittance, light, 1e-5);
      EXPECT_GE(sample.weight, sample.transmittance * sample.opacity - 1e-5);
      EXPECT_EQ(sample.level, 2);
      light -= sample.weight;
      weights += sample.weight;
    }
    EXPECT_NEAR(weights, 1, 1e-5);
    for (int c = 0; c < 3; ++c) EXPECT_NEAR(ray->composed[c], ray->pixel[c], 1e-4);
  }
  EXPECT_GT(most, 1U);
}

TEST(InspectedRay, WithoutTheBranchIsAnErrorInOneSentence) {
  nerf::RenderSettings settings;
  settings.branch = "nerf";
  const auto ray = nerf::inspect_ray(testing::small_city(), settings, testing::camera_at(testing::kView, 8, 8), {4, 4});
  ASSERT_FALSE(ray.ok());
  EXPECT_NE(ray.error().message().find("NeRF branch"), std::string::npos);
}

}  // namespace
}  // namespace skyline::renderer
