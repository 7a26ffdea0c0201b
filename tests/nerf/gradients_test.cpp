#include "nerf/train/gradients.h"

#include "nerf/cpu/march.h"
#include "nerf/reference/reference_ray.h"
#include "tests/nerf/random_field.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

namespace skyline::nerf {
namespace {

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

// A training ray and the samples that the marcher finds on it.
struct MarchedRay {
  TrainingRay ray;
  RaySamples<double> samples;
};

// Marches the rays as the engine does. Rays with a sample near the engine's shading threshold or near the kink of relu are left out: there
// the loss is not smooth.
std::vector<MarchedRay> march_rays(const Field& field, const std::vector<TrainingRay>& rays) {
  const auto chunk = std::make_unique<RayChunk>();
  const FieldView view = make_view(field);
  std::vector<MarchedRay> result;
  chunk->count = static_cast<int>(rays.size());
  for (std::size_t r = 0; r < rays.size(); ++r) {
    chunk->rays[r] = rays[r].ray;
    chunk->levels[r] = rays[r].levels;
    chunk->step[r] = rays[r].step;
    chunk->jitter[r] = rays[r].jitter;
  }
  march(view, field.occupancy, MarchSettings{}, *chunk);
  for (std::size_t r = 0; r < rays.size(); ++r) {
    RaySamples<double> samples;
    samples.step = rays[r].step;
    samples.levels = rays[r].levels;
    samples.opaque_last = chunk->opaque_last[r];
    bool smooth = chunk->sample_count[r] <= 32 && std::abs(chunk->transmittance[r] - 1e-4F) > 2e-5F;
    for (int j = 0; j < chunk->sample_count[r]; ++j) {
      const std::size_t i = r * RayChunk::kMaxSamples + static_cast<std::size_t>(j);
      samples.distances.push_back(chunk->t[i]);
      const float weight = chunk->weight[i];
      smooth = smooth && (weight == 0.0F || weight > 2e-4F);
      smooth = smooth && (view.activation != DensityActivation::kRelu || std::abs(chunk->s[i]) > 1e-3F);
    }
    if (smooth) result.push_back({rays[r], std::move(samples)});
  }
  return result;
}

double batch_loss(const ReferenceField<double>& field, const std::vector<MarchedRay>& rays, const TrainSettings& settings,
                  const Case& c) {
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

  constexpr double kStep = 1e-4;
  double whole_squared = 0;
  for (std::size_t g = 0; g < gradients.groups.size(); ++g) {
    const FieldGradients::Group& group = gradients.groups[g];
    const std::string& name = group.parameters.name;
    std::vector<std::size_t> used;
    double largest = 0;
    for (std::size_t i = 0; i < group.gradient.size(); ++i) {
      if (!testing::is_used(field, group.parameters, i)) {
        ASSERT_EQ(group.gradient[i], 0.0F) << name << " padding " << i;
        continue;
      }
      used.push_back(i);
      largest = std::max(largest, std::abs(static_cast<double>(group.gradient[i])));
      whole_squared += static_cast<double>(group.gradient[i]) * static_cast<double>(group.gradient[i]);
    }
    EXPECT_GT(largest, 0.0) << name;
    // The three entries of largest gradient and six others.
    std::partial_sort(used.begin(), used.begin() + 3, used.end(),
                      [&](std::size_t a, std::size_t b) { return std::abs(group.gradient[a]) > std::abs(group.gradient[b]); });
    std::vector<std::size_t> chosen(used.begin(), used.begin() + 3);
    for (int k = 0; k < 6; ++k) chosen.push_back(used[random() % used.size()]);
    for (const std::size_t i : chosen) {
      double& value = reference.parameters.groups[g][i];
      const double kept = value;
      value = kept + kStep;
      const double above = batch_loss(reference, rays, settings, c);
      value = kept - kStep;
      const double below = batch_loss(reference, rays, settings, c);
      value = kept;
      const double expected = (above - below) / (2 * kStep);
      EXPECT_NEAR(group.gradient[i], expected, 2e-3 * std::abs(expected) + 2e-4 * largest) << name << " entry " << i;
    }
    // Along the group's own gradient.
    double squared = 0;
    for (std::size_t i = 0; i < group.gradient.size(); ++i)
      squared += static_cast<double>(group.gradient[i]) * static_cast<double>(group.gradient[i]);
    const double length = std::sqrt(squared);
    const std::vector<double> kept = reference.parameters.groups[g];
    double side[2];
    for (int k = 0; k < 2; ++k) {
      for (std::size_t i = 0; i < kept.size(); ++i)
        reference.parameters.groups[g][i] = kept[i] + (k == 0 ? kStep : -kStep) * static_cast<double>(group.gradient[i]) / length;
      side[k] = batch_loss(reference, rays, settings, c);
    }
    reference.parameters.groups[g] = kept;
    EXPECT_NEAR((side[0] - side[1]) / (2 * kStep), length, 1e-3 * length) << name << " along its gradient";
  }
  EXPECT_GT(whole_squared, 0.0);
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
  for (const FieldGradients::Group& group : gradients.groups) once.emplace_back(group.gradient.data(), group.gradient.data() + group.gradient.size());
  (void)engine.accumulate(rays, 0, 0);
  for (std::size_t g = 0; g < once.size(); ++g) {
    for (std::size_t i = 0; i < once[g].size(); ++i)
      ASSERT_NEAR(gradients.groups[g].gradient[i], 2 * once[g][i], 1e-5F * std::abs(once[g][i]) + 1e-9F) << gradients.groups[g].parameters.name;
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
