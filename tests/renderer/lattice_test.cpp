#include "renderer/lattice.h"

#include "nerf/cpu/renderer.h"
#include "tests/renderer/small_scene.h"

#include <gtest/gtest.h>

#include <set>

namespace skyline::renderer {
namespace {

using testing::camera_at;

TEST(Lattice, OffsetsOfAStrideReachEveryPixelOnce) {
  for (const glm::ivec2 stride : {glm::ivec2(1, 1), glm::ivec2(4, 5), glm::ivec2(8, 8)}) {
    std::set<std::pair<int, int>> seen;
    for (const glm::ivec2 offset : offset_order(stride)) seen.emplace(offset.x, offset.y);
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(stride.x * stride.y));
  }
}

TEST(Lattice, TheSecondOffsetLiesFarFromTheFirst) {
  const auto order = offset_order({8, 8});
  const glm::ivec2 gap = glm::abs(order[1] - order[0]);
  EXPECT_EQ(std::min(gap.x, 8 - gap.x), 4);
  EXPECT_EQ(std::min(gap.y, 8 - gap.y), 4);
}

TEST(Lattice, StrideHoldsTheNumberOfRays) {
  EXPECT_EQ(stride_for({1280, 720}, 57600), glm::ivec2(4, 4));
  EXPECT_EQ(stride_for({1280, 720}, 14400), glm::ivec2(8, 8));
  EXPECT_EQ(stride_for({64, 48}, 64 * 48), glm::ivec2(1, 1));
  for (const std::int64_t rays : {1000, 20000, 40000, 300000, 900000}) {
    const glm::ivec2 stride = stride_for({1280, 720}, rays);
    EXPECT_LE(1280 * 720 / (stride.x * stride.y), rays);
    EXPECT_GT(1280 * 720 / (stride.x * stride.y), rays / 2 - 1) << "a finer one would fit";
  }
}

TEST(Lattice, RefinementReachesEveryPixelOnceASample) {
  constexpr int kSamples = 3;
  const glm::ivec2 size(70, 37);
  const RefinementOrder order(size, kSamples, {-1, -1}, 3);
  std::vector<int> count(static_cast<std::size_t>(size.x * size.y) * kSamples, 0);
  for (std::size_t i = 0; i < order.units(); ++i) {
    Points points;
    order.append(i, points);
    EXPECT_LE(points.at.size(), static_cast<std::size_t>(nerf::kPointTile));
    EXPECT_EQ(order.sample(i) == 0, i < order.first_units());
    for (const std::uint32_t pixel : points.pixel) ++count[pixel * kSamples + static_cast<std::size_t>(order.sample(i))];
  }
  for (const int c : count) EXPECT_EQ(c, 1);
}

TEST(Lattice, PixelsAtTheFocusComeFirst) {
  const RefinementOrder order({640, 360}, 1, {600, 40});
  Points points;
  order.append(0, points);
  for (const glm::vec2 at : points.at) EXPECT_LT(glm::length(glm::dvec2(at) - glm::dvec2(600, 40)), 80.0);
}

TEST(Lattice, SamplesOfAPixelLieAroundItsCentre) {
  for (int samples = 1; samples <= kMostSamples; ++samples) {
    glm::vec2 sum(0.0F);
    for (const glm::vec2 offset : sample_offsets(samples)) {
      sum += offset;
      EXPECT_LT(std::max(std::abs(offset.x), std::abs(offset.y)), 0.5F);
    }
    if (samples == 2) continue;
    EXPECT_NEAR(sum.x, 0, 1e-5);
    EXPECT_NEAR(sum.y, 0, 1e-5);
  }
}

class LatticeOfACamera : public ::testing::TestWithParam<bool> {};

TEST_P(LatticeOfACamera, PixelsEqualThoseOfTheWholePictureBitByBit) {
  const nerf::Field field = testing::small_city();
  nerf::RenderRequest request;
  request.camera = camera_at(testing::kView, 75, 53);
  if (GetParam()) request.camera.distortion = {-0.06, 0.01, 0, 0.001, -0.0005};
  request.depth = request.normal = request.opacity = request.cost = request.level = true;
  nerf::RenderSettings settings;
  settings.vignetting = true;
  settings.code = 1;
  nerf::Renderer renderer = *nerf::Renderer::create(field, settings);
  nerf::Picture whole, part;
  nerf::RenderStats stats;
  core::Progress progress;
  ASSERT_TRUE(renderer.render(request, whole, stats, progress).ok());
  const Lattice lattice({75, 53}, {4, 3}, {1, 2});
  Points points;
  lattice_points(lattice, points);
  ASSERT_EQ(points.at.size(), static_cast<std::size_t>(lattice.count()));
  request.points = points.at;
  ASSERT_TRUE(renderer.render(request, part, stats, progress).ok());
  ASSERT_EQ(part.colour.width, static_cast<int>(points.at.size()));
  for (std::size_t i = 0; i < points.at.size(); ++i) {
    const auto pixel = static_cast<std::size_t>(points.at[i].y) * 75 + static_cast<std::size_t>(points.at[i].x);
    for (std::size_t c = 0; c < 3; ++c) {
      ASSERT_EQ(part.colour.pixels[i * 3 + c], whole.colour.pixels[pixel * 3 + c]);
      ASSERT_EQ(part.normal.pixels[i * 3 + c], whole.normal.pixels[pixel * 3 + c]);
    }
    ASSERT_EQ(part.depth.pixels[i], whole.depth.pixels[pixel]);
    ASSERT_EQ(part.opacity.pixels[i], whole.opacity.pixels[pixel]);
    ASSERT_EQ(part.cost.pixels[i], whole.cost.pixels[pixel]);
    ASSERT_EQ(part.level.pixels[i], whole.level.pixels[pixel]);
  }
}
INSTANTIATE_TEST_SUITE_P(Lens, LatticeOfACamera, ::testing::Values(false, true));

}  // namespace
}  // namespace skyline::renderer
