#include "nerf/cpu/nerf_branch.h"

#include "nerf/cpu/renderer.h"
#include "nerf/maths/field_maths.h"
#include "nerf/reference/nerf_branch_reference.h"
#include "nerf/store/sky_file.h"
#include "nerf/train/optimiser.h"
#include "tests/nerf/gradient_check.h"
#include "tests/nerf/random_field.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

namespace skyline::nerf {
namespace {

using testing::march_rays;
using testing::MarchedRay;
using testing::Random;

FieldSettings branch_settings() {
  FieldSettings settings = testing::small_settings();
  settings.nerf_branch = true;
  settings.nerf_hidden = 13;  // padded to 16
  settings.nerf_layers = 6;
  settings.nerf_frequencies = 3;
  return settings;
}

class NerfBranchGradients : public ::testing::TestWithParam<std::string> {};

TEST_P(NerfBranchGradients, AreTheDifferencesOfTheLossInBranchGridAndCodes) {
  Random random(5);
  Field field = testing::random_field(branch_settings(), testing::small_box(), 0.0, 1.6, random);
  TrainSettings settings;
  settings.decode = GetParam();
  const std::vector<MarchedRay> rays = march_rays(field, testing::random_rays(field, 24, 3, 2, random));
  ASSERT_GT(rays.size(), 10U);
  std::vector<TrainingRay> batch;
  for (const MarchedRay& ray : rays) batch.push_back(ray.ray);

  FieldGradients gradients = *FieldGradients::create(field);
  GradientEngine engine(field, gradients, settings);
  const BatchLoss loss = engine.accumulate(batch, 0, 0, true);

  // What lies behind the samples is a constant for the branch.
  ReferenceField<double> reference(field);
  std::vector<std::array<double, 3>> behind;
  for (const MarchedRay& ray : rays) {
    const glm::vec3& d = ray.ray.ray.direction;
    behind.push_back(
        reference.decode({}, reference.background(ray.ray.ray), {d.x, d.y, d.z}, reference.code(ray.ray.mean_code ? -1 : ray.ray.photo)));
  }
  const auto batch_loss = [&] {
    double sum = 0;
    for (std::size_t r = 0; r < rays.size(); ++r) {
      sum += ray_loss(reference, rays[r].ray, rays[r].samples, settings, 0, 0);
      if (!rays[r].samples.distances.empty()) sum += branch_loss(reference, rays[r].ray, rays[r].samples, settings, behind[r]);
    }
    return sum / static_cast<double>(rays.size());
  };
  EXPECT_NEAR(loss.loss, batch_loss(), 1e-5);
  testing::expect_gradients_are_differences(field, gradients, reference, batch_loss);
}

INSTANTIATE_TEST_SUITE_P(Decode, NerfBranchGradients, ::testing::Values("deferred", "sample"),
                         [](const ::testing::TestParamInfo<std::string>& tested) { return tested.param; });

TEST(NerfBranch, IsEvaluatedAsTheFormulasSay) {
  Random random(4);
  FieldSettings settings = branch_settings();
  settings.nerf_frequencies = 10;
  const Field field = testing::random_field(settings, testing::small_box(), 0.0, 1.6, random);
  const ReferenceField<double> reference(field);
  const auto vector = [&](int size) {
    std::vector<float> values(static_cast<std::size_t>(size));
    for (float& value : values) value = testing::uniform(random, -1, 1);
    return values;
  };
  const std::vector<float> features = vector(field.feature_count()), code = vector(field.code_size());
  const std::vector<double> wide_features(features.begin(), features.end()), wide_code(code.begin(), code.end());
  const float d[3] = {0.6F, 0.0F, -0.8F};
  std::vector<float> direction(static_cast<std::size_t>(field.direction_size()));
  encode_direction(d, field.settings.direction_frequencies, direction.data());
  const float density_sum = 0.7F;
  std::vector<glm::vec3> positions;
  NerfBranch branch(field);
  for (int row = 0; row < 37; ++row) {
    positions.emplace_back(testing::uniform(random, -4, 4), testing::uniform(random, -4, 4), testing::uniform(random, 0, 4));
    branch.set_row(row, positions.back(), density_sum, features.data(), direction.data(), code.data());
  }
  branch.forward(field, 37);
  for (std::size_t row = 0; row < positions.size(); ++row) {
    const glm::vec3& p = positions[row];
    const BranchSample<double> expected =
        branch_sample<double>(reference, {p.x, p.y, p.z}, density_sum, wide_features, {d[0], d[1], d[2]}, wide_code);
    EXPECT_NEAR(branch.densities()[row], expected.density, 2e-3 * std::max(1.0, expected.density));
    for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(branch.colours()[row * 3 + c], expected.colour[c], 1e-3);
  }
}

TEST(NerfBranch, StartsWithoutWeightsOnPadding) {
  Field field = *Field::create(branch_settings(), testing::small_box(), 0, 3, 2, 4);
  ASSERT_TRUE(NerfLayout(field).fits(field));
  for (const ParameterGroup& group : field.groups()) {
    if (!group.name.starts_with("nerf.")) continue;
    for (std::size_t i = 0; i < group.values.size(); ++i) {
      if (!testing::is_used(field, group, i)) {
        ASSERT_EQ(group.values[i], 0.0F) << group.name << " entry " << i;
      }
    }
  }
}

TEST(NerfBranch, LearnsASmallBatch) {
  Random random(9);
  Field field = testing::random_field(branch_settings(), testing::small_box(), 0.0, 1.6, random);
  const std::vector<TrainingRay> rays = testing::random_rays(field, 64, 3, 2, random);
  FieldGradients gradients = *FieldGradients::create(field);
  GradientEngine engine(field, gradients, TrainSettings{});
  Optimiser optimiser = *Optimiser::create(gradients);
  Optimiser::Rates rates;
  rates.nerf = 2e-3;  // the grid stands still
  double first = 0, last = 0;
  for (int step = 0; step < 150; ++step) {
    last = engine.accumulate(rays, 0, 0, true).nerf_squared_error;
    if (step == 0) first = last;
    optimiser.step(gradients, rates);
  }
  EXPECT_LT(last, 0.5 * first);
}

TEST(NerfBranch, ChangesNothingInTheGridUntilItJoins) {
  FieldSettings with = branch_settings(), without = with;
  without.nerf_branch = false;
  // Every number of the grid after a few steps.
  const auto train = [](const FieldSettings& settings) {
    Field field = *Field::create(settings, testing::small_box(), 0, 3, 2, 4);
    field.occupancy = testing::lattice(field, true);
    FieldGradients gradients = *FieldGradients::create(field);
    GradientEngine engine(field, gradients, TrainSettings{});
    Optimiser optimiser = *Optimiser::create(gradients);
    Random random(2);
    const std::vector<TrainingRay> rays = testing::random_rays(field, 32, 3, 2, random);
    Optimiser::Rates rates;
    rates.planes = rates.lines = rates.decoder = rates.codes = 0.01;
    for (int step = 0; step < 3; ++step) {
      (void)engine.accumulate(rays, 0.01, 0, false);
      optimiser.step(gradients, rates);
    }
    std::vector<std::vector<float>> numbers;
    for (const ParameterGroup& group : field.groups()) {
      if (!group.name.starts_with("nerf.")) numbers.emplace_back(group.values.begin(), group.values.end());
    }
    return numbers;
  };
  EXPECT_EQ(train(with), train(without));
}

TEST(NerfBranch, IsRenderedWhereThereIsOneAndRefusedWhereThereIsNone) {
  Random random(6);
  const Field with = testing::random_field(branch_settings(), testing::small_box(), 0.0, 1.6, random);
  Camera camera;
  camera.width = 24;
  camera.height = 16;
  camera.fl_x = camera.fl_y = 20;
  camera.cx = 12;
  camera.cy = 8;
  camera.position = {4, 4, 12};
  RenderSettings settings;
  settings.branch = "nerf";
  auto renderer = Renderer::create(with, settings);
  ASSERT_TRUE(renderer);
  Picture nerf, grid;
  RenderStats stats;
  core::Progress progress;
  ASSERT_TRUE(renderer->render({.camera = camera}, nerf, stats, progress));
  auto grid_renderer = Renderer::create(with, {});
  ASSERT_TRUE(grid_renderer->render({.camera = camera}, grid, stats, progress));
  EXPECT_NE(nerf.colour.pixels, grid.colour.pixels);

  const Field without = testing::random_field(testing::small_settings(), testing::small_box(), 0.0, 1.6, random);
  const auto refused = Renderer::create(without, settings);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message().find("without one"), std::string::npos);
}

TEST(NerfBranch, IsKeptInTheSceneFileWithAllLevelsAndLeftOutWithFewer) {
  Random random(8);
  FieldSettings settings = branch_settings();
  settings.hidden = settings.nerf_hidden = 16;  // the least that a file may hold
  settings.surroundings_size = 8;
  Field field = testing::random_field(settings, testing::small_box(), 0.0, 1.6, random);
  const std::filesystem::path path = std::filesystem::path(::testing::TempDir()) / "nerf_branch.sky";
  const auto saved = save_scene(path, field, {}, {.planes = Encoding::kFloat32});
  ASSERT_TRUE(saved.ok()) << saved.error().message();
  auto whole = load_scene(path);
  ASSERT_TRUE(whole.ok()) << whole.error().message();
  ASSERT_TRUE(NerfLayout(whole->field).fits(whole->field));
  for (std::size_t l = 0; l < field.nerf.size(); ++l) {
    const DenseLayer &kept = whole->field.nerf[l], &written = field.nerf[l];
    EXPECT_TRUE(std::equal(kept.weights.span().begin(), kept.weights.span().end(), written.weights.span().begin())) << l;
    EXPECT_TRUE(std::equal(kept.bias.span().begin(), kept.bias.span().end(), written.bias.span().begin())) << l;
  }
  auto coarse = load_scene(path, 1);
  ASSERT_TRUE(coarse.ok()) << coarse.error().message();
  EXPECT_TRUE(coarse->field.nerf.empty());
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace skyline::nerf
