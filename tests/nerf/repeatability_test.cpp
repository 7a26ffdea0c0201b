// The number of threads changes the time, never the result.
#include "core/parallel.h"
#include "nerf/cpu/renderer.h"
#include "nerf/reference/parameters.h"
#include "nerf/train/optimiser.h"
#include "nerf/train/trainer.h"
#include "tests/nerf/random_field.h"
#include "tests/support/toy_city.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>

namespace skyline::nerf {
namespace {

using testing::Random;

// Bit for bit, so that also a changed NaN or signed zero is seen.
::testing::AssertionResult same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  if (a.size() != b.size()) return ::testing::AssertionFailure() << a.size() << " and " << b.size() << " numbers";
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::memcmp(&a[i], &b[i], sizeof(float)) != 0)
      return ::testing::AssertionFailure() << "number " << i << ": " << a[i] << " and " << b[i];
  }
  return ::testing::AssertionSuccess();
}

void expect_same(const Parameters<float>& a, const Parameters<float>& b) {
  ASSERT_EQ(a.groups.size(), b.groups.size());
  for (std::size_t g = 0; g < a.groups.size(); ++g) EXPECT_TRUE(same_bits(a.groups[g], b.groups[g])) << "group " << g;
}

TEST(ThreadCount, DoesNotChangeAPicture) {
  Random random(31);
  const Field field = testing::random_field(testing::small_settings(), testing::small_box(), -1, 2, random);
  for (const char* decode : {"deferred", "sample"}) {
    const auto picture_with = [&](int threads) {
      const core::ThreadLimit limit(threads);
      RenderSettings settings;
      settings.decode = decode;
      Renderer renderer = *Renderer::create(field, settings);
      RenderRequest request;
      request.camera = *core::parse_camera("0.3,-9,6,10,-30", 150, 101);
      request.depth = request.normal = true;
      Picture picture;
      RenderStats stats;
      core::Progress progress;
      EXPECT_TRUE(renderer.render(request, picture, stats, progress).ok());
      return picture;
    };
    const Picture one = picture_with(1), two = picture_with(2);
    EXPECT_TRUE(same_bits(one.colour.pixels, two.colour.pixels)) << decode;
    EXPECT_TRUE(same_bits(one.depth.pixels, two.depth.pixels)) << decode;
    EXPECT_TRUE(same_bits(one.normal.pixels, two.normal.pixels)) << decode;
  }
}

TEST(ThreadCount, DoesNotChangeGradientsAndSteps) {
  for (const char* decode : {"deferred", "sample"}) {
    const auto trained_with = [&](int threads) {
      const core::ThreadLimit limit(threads);
      Random random(32);
      FieldSettings shape = testing::small_settings();
      shape.blocks_x = shape.blocks_y = 2;
      Field field = testing::random_field(shape, testing::small_box(), -1, 2, random);
      FieldGradients gradients = *FieldGradients::create(field);
      Optimiser optimiser = *Optimiser::create(gradients);
      TrainSettings settings;
      settings.decode = decode;
      GradientEngine engine(field, gradients, settings);
      for (int step = 0; step < 3; ++step) {
        (void)engine.accumulate(testing::random_rays(field, 3000, 3, 2, random), 0.01, 0.001);
        optimiser.step(gradients,
                       {.planes = 0.02, .lines = 0.02, .decoder = 2e-3, .codes = 1e-3, .decay_codes = 1e-3, .total_variation = 1e-4});
      }
      return Parameters<float>(field);
    };
    expect_same(trained_with(1), trained_with(2));
  }
}

TEST(ThreadCount, DoesNotChangeATraining) {
  std::string folder = (std::filesystem::temp_directory_path() / "skyline-repeat-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  skyline::testing::write_toy_city(folder, {});
  const auto trained_with = [&](int threads) {
    const core::ThreadLimit limit(threads);
    Dataset dataset = *load_dataset(folder, {});
    const SceneGuess guess = *analyse_scene(dataset, 0);
    apply_world_frame(guess, dataset);
    core::Progress progress;
    FieldSettings shape;
    shape.hidden = 16;
    shape.surroundings_size = 16;
    TrainSettings settings;
    settings.steps = 6;
    settings.batch_rays = 700;
    Trainer trainer = *Trainer::create(dataset, guess, *PhotoCache::create(dataset, 0, folder, progress), shape, settings);
    while (!trainer.finished()) trainer.step();
    return Parameters<float>(trainer.field());
  };
  expect_same(trained_with(1), trained_with(2));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace skyline::nerf
