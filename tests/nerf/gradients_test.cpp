#include "nerf/train/gradients.h"

#include "nerf/cpu/march.h"
#include "nerf/reference/reference_ray.h"
#include "tests/nerf/gradient_check.h"
#include "tests/nerf/random_field.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

namespace skyline::nerf {
namespace {

using testing::march_rays;
using testing::MarchedRay;
using testing::Random;

struct Case {
  std::string name;
  int levels = 2;
  int blocks = 1;
  std::string decode = "deferred";
  std::string loss = "charbonnier";
  std::string activation = "exp";
  double low = 0.0, high = 1.6;  // of the density sums
  double distortion = 0, entropy = 0;
  bool extras = true;  // codes, exposure, vignetting, sky, surroundings
};

double batch_loss(const ReferenceField<double>& field, const std::vector<MarchedRay>& rays, const TrainSettings& settings, const Case& c) {
  double sum = 0;
  for (const MarchedRay& ray : rays) sum += ray_loss(field, ray.ray, ray.samples, settings, c.distortion, c.entropy);
  return sum / static_cast<double>(rays.size());
}

Field make_field(const Case& c, Random& random) {
  FieldSettings settings = testing::small_settings();
  settings.levels = c.levels;
  settings.texel = c.levels == 3 ? 0.4 : 0.5;
  settings.blocks_x = settings.blocks_y = c.blocks;
  settings.density_activation = c.activation;
  if (!c.extras) {
    settings.codes = "off";
    settings.vignetting = settings.sky = settings.surroundings = false;
    settings.volume_channels = 2;
  }
  return testing::random_field(settings, testing::small_box(), c.low, c.high, random);
}

class Gradients : public ::testing::TestWithParam<Case> {};

TEST_P(Gradients, AreTheDifferencesOfTheLossInEveryParameterGroup) {
  const Case& c = GetParam();
  Random random(7);
  Field field = make_field(c, random);
  TrainSettings settings;
  settings.decode = c.decode;
  settings.loss = c.loss;
  const std::vector<MarchedRay> rays = march_rays(field, testing::random_rays(field, 40, 3, 2, random));
  ASSERT_GT(rays.size(), 20U);
  ASSERT_TRUE(std::any_of(rays.begin(), rays.end(), [](const MarchedRay& r) { return r.samples.opaque_last; }));
  ASSERT_TRUE(std::any_of(rays.begin(), rays.end(), [](const MarchedRay& r) { return !r.samples.opaque_last; }));

  FieldGradients gradients = *FieldGradients::create(field);
  GradientEngine engine(field, gradients, settings);
  std::vector<TrainingRay> batch;
  for (const MarchedRay& ray : rays) batch.push_back(ray.ray);
  const BatchLoss loss = engine.accumulate(batch, c.distortion, c.entropy);

  ReferenceField<double> reference(field);
  EXPECT_NEAR(loss.loss, batch_loss(reference, rays, settings, c), 1e-5 * std::max(1.0, std::abs(loss.loss)));

  testing::expect_gradients_are_differences(field, gradients, reference, [&] { return batch_loss(reference, rays, settings, c); });
}

INSTANTIATE_TEST_SUITE_P(
    Model, Gradients,
    ::testing::Values(Case{.name = "TwoLevelsDeferred"}, Case{.name = "ThreeLevelsDeferredMse", .levels = 3, .loss = "mse"},
                      Case{.name = "TwoLevelsEverySample", .decode = "sample"},
                      Case{.name = "FourBlocksDeferredRayTerms", .blocks = 2, .distortion = 0.3, .entropy = 0.05},
                      Case{.name = "EverySampleRayTermsMse", .decode = "sample", .loss = "mse", .distortion = 0.3, .entropy = 0.05},
                      Case{.name = "FourBlocksEverySampleBare", .blocks = 2, .decode = "sample", .extras = false},
                      Case{.name = "ThreeLevelsSoftplus", .levels = 3, .activation = "softplus", .low = 8.0, .high = 9.6},
                      Case{.name = "Relu", .activation = "relu", .low = -0.4, .high = 0.6}),
    [](const ::testing::TestParamInfo<Case>& tested) { return tested.param.name; });

TEST(GradientsOfBatches, AddUpOverCalls) {
  Random random(3);
  Field field = make_field({}, random);
  const std::vector<TrainingRay> rays = testing::random_rays(field, 20, 3, 2, random);
  FieldGradients gradients = *FieldGradients::create(field);
  GradientEngine engine(field, gradients, TrainSettings{});
  (void)engine.accumulate(rays, 0, 0);
  std::vector<std::vector<float>> once;
  for (const FieldGradients::Group& group : gradients.groups)
    once.emplace_back(group.gradient.data(), group.gradient.data() + group.gradient.size());
  (void)engine.accumulate(rays, 0, 0);
  for (std::size_t g = 0; g < once.size(); ++g) {
    for (std::size_t i = 0; i < once[g].size(); ++i)
      ASSERT_NEAR(gradients.groups[g].gradient[i], 2 * once[g][i], 1e-5F * std::abs(once[g][i]) + 1e-9F)
          << gradients.groups[g].parameters.name;
  }
}

TEST(GradientsOfBatches, FlagEveryTexelThatHasAGradient) {
  Random random(5);
  Field field = make_field({.name = "", .blocks = 2}, random);
  FieldGradients gradients = *FieldGradients::create(field);
  GradientEngine engine(field, gradients, TrainSettings{});
  (void)engine.accumulate(testing::random_rays(field, 4, 3, 2, random), 0, 0);
  for (const FieldGradients::Group& group : gradients.groups) {
    const auto channels = static_cast<std::size_t>(group.parameters.channels);
    for (std::size_t row = 0; row < group.touched.size(); ++row) {
      const float* g = group.gradient.data() + row * channels;
      const bool any = std::any_of(g, g + channels, [](float v) { return v != 0; });
      if (any) {
        ASSERT_EQ(group.touched[row], 1) << group.parameters.name << " row " << row;
      }
    }
  }
}

}  // namespace
}  // namespace skyline::nerf
