#include "nerf/cpu/renderer.h"
#include "nerf/edit/edited_march.h"
#include "nerf/edit/layers.h"
#include "tests/nerf/random_field.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace skyline::nerf {
namespace {

using testing::Random;
using testing::uniform;

constexpr float kFar = std::numeric_limits<float>::max();

std::vector<glm::dvec2> rectangle(double x0, double y0, double x1, double y1) { return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}; }

// Opaque matter of random colours in the lowest cells and in one block that stands on them: x and y from 2 to 4, up to z = 2.5.
class Town : public ::testing::Test {
 protected:
  Town() : random_(5), field_(testing::random_field(testing::small_settings(), testing::small_box(), 5, 6, random_)) {
    build([](double x, double y, double z) { return z < 0.5 || (x > 2 && x < 4 && y > 2 && y < 4 && z < 2.5); });
  }

  template <class Solid>
  void build(Solid&& solid) {
    Occupancy occupancy = testing::lattice(field_, false);
    const Box& box = occupancy.box();
    for (int z = 0; z < occupancy.layers(); ++z) {
      for (int y = 0; y < occupancy.rows(); ++y) {
        for (int x = 0; x < occupancy.columns(); ++x) {
          const glm::dvec3 middle = box.low + occupancy.cell() * glm::dvec3(x + 0.5, y + 0.5, z + 0.5);
          occupancy.set(x, y, z, solid(middle.x - box.low.x, middle.y - box.low.y, middle.z - box.low.z));
        }
      }
    }
    occupancy.update_summaries();
    field_.occupancy = occupancy;
  }

  // A prism over the block, in the coordinates of `build`.
  Region over(double x0, double y0, double x1, double y1, double low, double high, double soft = 0) const {
    const glm::dvec3& at = field_.box.low;
    return Region(rectangle(at.x + x0, at.y + y0, at.x + x1, at.y + y1), at.z + low, at.z + high, soft);
  }

  Picture render(const Camera& camera, const EditLayers* layers) {
    Renderer renderer = *Renderer::create(field_, {});
    Picture picture;
    RenderStats stats;
    core::Progress progress;
    RenderRequest request{.camera = camera, .depth = true, .normal = true, .opacity = true};
    request.layers = layers;
    EXPECT_TRUE(renderer.render(request, picture, stats, progress).ok());
    return picture;
  }

  // From the south-west above, looking at the block.
  Camera camera(double x = -3, double y = -3, double z = 5) const {
    const glm::dvec3& at = field_.box.low;
    return *core::parse_camera(std::to_string(at.x + x) + "," + std::to_string(at.y + y) + "," + std::to_string(at.z + z) + ",-45,-28,45",
                               96, 72);
  }

  Random random_;
  Field field_;
};

double mean_difference(const core::FloatImage& a, const core::FloatImage& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) sum += std::abs(static_cast<double>(a.pixels[i]) - static_cast<double>(b.pixels[i]));
  return sum / static_cast<double>(a.pixels.size());
}

TEST(Region, IntervalsHoldExactlyThePointsInside) {
  Random random(3);
  const Region region({{0, 0}, {6, 0}, {6, 4}, {4, 4}, {4, 1}, {2, 1}, {2, 4}, {0, 4}}, 1, 3);  // a U: rays may enter it twice
  int twice = 0;
  for (int k = 0; k < 2000; ++k) {
    Ray ray{{uniform(random, -3, 9), uniform(random, -3, 7), uniform(random, 0, 4)},
            {uniform(random, -1, 1), uniform(random, -1, 1), uniform(random, -0.3, 0.3)}};
    ray.direction /= std::sqrt(ray.direction.x * ray.direction.x + ray.direction.y * ray.direction.y + ray.direction.z * ray.direction.z);
    std::vector<RayInterval> intervals;
    const int count = region.intersect(ray, 0, 20, intervals);
    ASSERT_EQ(count, static_cast<int>(intervals.size()));
    if (count > 1) ++twice;
    for (float t = 0.01F; t < 20; t += 0.07F) {
      bool in_interval = false, at_edge = false;
      for (const RayInterval& interval : intervals) {
        in_interval |= t > interval.begin && t < interval.end;
        at_edge |= std::abs(t - interval.begin) < 1e-4F || std::abs(t - interval.end) < 1e-4F;
      }
      if (at_edge) continue;
      ASSERT_EQ(in_interval, region.contains(glm::dvec3(ray.origin + ray.direction * t))) << "ray " << k << " at " << t;
    }
  }
  EXPECT_GT(twice, 20);
}

TEST(Region, SoftEdgeFallsFromOneToNothing) {
  const Region region(rectangle(0, 0, 4, 4), 0, 2, 1);
  EXPECT_FLOAT_EQ(region.share({2, 2, 1}), 1);
  EXPECT_FLOAT_EQ(region.share({4.25, 2, 1}), 0.75F);
  EXPECT_FLOAT_EQ(region.share({2, 2, 2.5}), 0.5F);
  EXPECT_FLOAT_EQ(region.share({5.1, 2, 1}), 0);
}

TEST(EditLayers, HierarchyFindsTheLayersThatAnExhaustiveSearchFinds) {
  Random random(11);
  EditLayers layers;
  for (int i = 0; i < 400; ++i) {
    const double x = uniform(random, 0, 200), y = uniform(random, 0, 200);
    layers.add(Carve{Region(rectangle(x, y, x + 6, y + 4), 0, uniform(random, 3, 30))});
    layers.add(
        Instance{Region(rectangle(0, 0, 5, 5), 0, 10), {.pivot = {2, 2, 0}, .yaw_deg = uniform(random, 0, 360), .offset = {y, x, 0}}});
  }
  layers.build();
  std::size_t found_in_all = 0;
  for (int k = 0; k < 300; ++k) {
    const glm::vec3 from(uniform(random, -50, 250), uniform(random, -50, 250), uniform(random, 5, 60));
    glm::vec3 along(uniform(random, -1, 1), uniform(random, -1, 1), uniform(random, -0.5, 0));
    along /= std::sqrt(along.x * along.x + along.y * along.y + along.z * along.z);
    const Ray ray{from, along};
    std::vector<LayerHit> hits;
    layers.crossed(ray, hits);
    std::vector<std::int32_t> carves, expected;
    for (const LayerHit& hit : hits) {
      if (hit.kind == LayerKind::kCarve) carves.push_back(hit.index);
    }
    for (std::size_t i = 0; i < layers.carves.size(); ++i) {
      double begin = 0, end = 1e300;
      if (clip_to_box(ray, layers.carves[i].region.bounds(), begin, end)) expected.push_back(static_cast<std::int32_t>(i));
    }
    std::sort(carves.begin(), carves.end());
    EXPECT_EQ(carves, expected);
    EXPECT_EQ(layers.crosses_any(ray), !hits.empty());
    found_in_all += hits.size();
  }
  EXPECT_GT(found_in_all, 300U);
}

TEST(Placement, TargetAndSourceAreInverse) {
  const Placement placement{.pivot = {3, 1, 2}, .yaw_deg = 33, .scale = {2, 0.5, 3}, .offset = {-4, 7, 1}};
  const glm::dvec3 point(5, -2, 8), back = placement.to_source(placement.to_target(point));
  for (int axis = 0; axis < 3; ++axis) EXPECT_NEAR(back[axis], point[axis], 1e-12);
  // A quarter turn takes east to north.
  const glm::dvec3 north = Placement{.yaw_deg = 90}.turn({1, 0, 0});
  EXPECT_NEAR(north.y, 1, 1e-12);
}

TEST_F(Town, PixelsThatNoLayerTouchesKeepTheirBits) {
  EditLayers layers;
  const Region region = over(2, 2, 4, 4, 0.5, 4);
  layers.add(Carve{region});
  layers.build();
  const Picture before = render(camera(), nullptr), after = render(camera(), &layers);
  const RayGenerator generator(camera());
  int untouched = 0, changed = 0;
  for (int y = 0; y < 72; ++y) {
    for (int x = 0; x < 96; ++x) {
      const auto i = static_cast<std::size_t>(y * 96 + x);
      std::vector<RayInterval> intervals;
      const bool touched =
          region.intersect(generator.ray(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F), 0, kFar, intervals) > 0;
      const bool same = std::equal(before.colour.pixels.begin() + static_cast<std::ptrdiff_t>(3 * i),
                                   before.colour.pixels.begin() + static_cast<std::ptrdiff_t>(3 * i + 3),
                                   after.colour.pixels.begin() + static_cast<std::ptrdiff_t>(3 * i)) &&
                        before.depth.pixels[i] == after.depth.pixels[i];
      if (!touched) {
        ++untouched;
        EXPECT_TRUE(same) << x << ", " << y;
      } else if (!same) {
        ++changed;
      }
    }
  }
  EXPECT_GT(untouched, 500);
  EXPECT_GT(changed, 300);
}

TEST_F(Town, CarveShowsWhatAFieldWithoutTheMatterShows) {
  EditLayers layers;
  layers.add(Carve{over(2, 2, 4, 4, 0.5, 4)});
  layers.build();
  const Picture whole = render(camera(), nullptr), carved = render(camera(), &layers);
  build([](double, double, double z) { return z < 0.5; });
  const Picture bare = render(camera(), nullptr);
  EXPECT_GT(mean_difference(whole.colour, bare.colour), 5e-4);
  EXPECT_LT(mean_difference(carved.colour, bare.colour), 1e-5);
  EXPECT_LT(mean_difference(carved.depth, bare.depth), 1e-3);
}

TEST_F(Town, InstanceAtItsOwnPlaceLooksLikeTheOriginal) {
  EditLayers layers;
  const Region block = over(2, 2, 4, 4, 0.5, 4);
  layers.add(Carve{block});
  layers.add(Instance{block, {}});
  layers.build();
  const Picture before = render(camera(), nullptr), after = render(camera(), &layers);
  EXPECT_LT(mean_difference(before.colour, after.colour), 2e-3);
  EXPECT_LT(mean_difference(before.depth, after.depth), 1e-2);
}

// Whoever turns and moves with a thing sees no change, also of colours that depend on the direction of view.
TEST_F(Town, CameraThatMovesWithAnInstanceSeesTheSame) {
  const glm::dvec3& at = field_.box.low;
  const Region block = over(2, 2, 4, 4, 0.5, 4), everything = over(-1, -1, 9, 9, -1, 5);
  const Placement placement{.pivot = at + glm::dvec3(3, 3, 0.5), .yaw_deg = 70, .offset = {40, -25, 6}};  // far outside of the box
  EditLayers alone, moved;
  alone.add(Carve{everything});
  alone.add(Instance{block, {}});
  alone.build();
  moved.add(Instance{block, placement});
  moved.build();
  Camera with = camera();
  with.position = placement.to_target(with.position);
  for (int column = 0; column < 3; ++column) with.rotation[column] = placement.turn(camera().rotation[column]);
  const Picture still = render(camera(), &alone), after = render(with, &moved);
  int seen = 0;
  double worst = 0;
  for (std::size_t i = 0; i < still.opacity.pixels.size(); ++i) {
    if (still.opacity.pixels[i] < 0.99F || after.opacity.pixels[i] < 0.99F) continue;
    ++seen;
    for (std::size_t c = 0; c < 3; ++c)
      worst = std::max(worst,
                       std::abs(static_cast<double>(still.colour.pixels[3 * i + c]) - static_cast<double>(after.colour.pixels[3 * i + c])));
  }
  EXPECT_GT(seen, 400);
  EXPECT_LT(worst, 0.02);
  // Rays that end in the box's floor are opaque, others are not: that is all that may differ.
  EXPECT_LT(mean_difference(still.opacity, after.opacity), 0.01);
}

TEST_F(Town, TallerInstanceKeepsItsFootprintAndReachesHigher) {
  const glm::dvec3& at = field_.box.low;
  const Region block = over(2, 2, 4, 4, 0.5, 3.5);
  EditLayers layers;
  layers.add(Carve{block});
  layers.add(Instance{block, {.pivot = at + glm::dvec3(3, 3, 0.5), .scale = {1, 1, 2}}});
  layers.build();
  Camera down = camera();
  down.position = at + glm::dvec3(3, 3, 20);
  down.rotation = glm::dmat3(1.0);  // looks straight down, north up
  const Picture before = render(down, nullptr), after = render(down, &layers);
  const std::size_t middle = 36 * 96 + 48;
  const float height = 20 - before.depth.pixels[middle] - 0.5F;  // of the block over the pivot
  EXPECT_GT(height, 1);
  EXPECT_NEAR(20 - after.depth.pixels[middle] - 0.5F, 2 * height, 0.2F);
}

TEST_F(Town, TintChangesWallsAndRoofsApart) {
  ColourChange red, blue;
  red.matrix = blue.matrix = glm::mat3(0.0F);
  red.offset = {1, 0, 0};
  blue.offset = {0, 0, 1};
  EditLayers layers;
  layers.add(Tint{over(1.9, 1.9, 4.1, 4.1, 0.6, 4), red, blue});
  layers.build();
  const Picture picture = render(camera(), &layers);
  const RayGenerator rays(camera());
  int walls = 0, roofs = 0;
  double wall_heights = 0, roof_heights = 0;
  for (std::size_t i = 0; i < picture.depth.pixels.size(); ++i) {
    const float* colour = picture.colour.pixels.data() + 3 * i;
    const Ray ray = rays.ray(static_cast<float>(i % 96) + 0.5F, static_cast<float>(i / 96) + 0.5F);
    const double height = ray.origin.z + static_cast<double>(picture.depth.pixels[i] * ray.direction.z) - field_.box.low.z;
    if (colour[0] > 0.9F && colour[2] < 0.1F) ++walls, wall_heights += height;
    if (colour[2] > 0.9F && colour[0] < 0.1F) ++roofs, roof_heights += height;
  }
  ASSERT_GT(walls, 50);
  ASSERT_GT(roofs, 50);
  EXPECT_GT(roof_heights / roofs, wall_heights / walls + 0.4);  // the block's top is at 2.5, its walls begin at 0.6
  EXPECT_GT(walls + roofs, 300);
  const Picture before = render(camera(), nullptr);
  EXPECT_LT(mean_difference(before.depth, picture.depth), 1e-3);  // only colours
}

TEST_F(Town, ASoftCarveStillCutsWhatItIsOver) {
  // Within the footprint its share is whole, soft or not.
  EditLayers soft;
  soft.add(Carve{over(2, 2, 4, 4, 0.5, 4, 0.4)});
  soft.build();
  const Picture whole = render(camera(), nullptr), carved = render(camera(), &soft);
  build([](double, double, double z) { return z < 0.5; });
  const Picture bare = render(camera(), nullptr);
  EXPECT_LT(mean_difference(carved.colour, bare.colour), 0.5 * mean_difference(whole.colour, bare.colour));
}

TEST(GroundPatch, WhatStandsTooHighOutOfItsSourceIsNotShown) {
  GroundPatch patch;
  patch.cell = 4;
  patch.columns = patch.rows = 1;
  patch.shifts = {glm::vec3(10, 0, 2)};
  patch.surface = {5};
  patch.growth = 0.3F;
  EXPECT_TRUE(patch.shows({2, 2, 3.2F})) << "0.2 above the surface of the source";
  EXPECT_FALSE(patch.shows({2, 2, 3.4F}));
  EXPECT_EQ(patch.source_of({2, 2, 1}), glm::vec3(12, 2, 5)) << "below it the ground is as solid as at it";
}

TEST_F(Town, GroundPatchShowsTheGroundThatItsShiftPointsTo) {
  const glm::dvec3& at = field_.box.low;
  GroundPatch patch;
  patch.region = over(2, 2, 4, 4, -0.5, 0.6);
  patch.low = {at.x + 2, at.y + 2};
  patch.cell = 2;
  patch.columns = patch.rows = 1;
  patch.shifts = {glm::vec3(3, 2, 0)};
  EditLayers layers;
  layers.add(Carve{over(2, 2, 4, 4, 0.6, 4)});
  layers.add(patch);
  layers.build();
  Camera down = camera(), source = camera();
  down.rotation = source.rotation = glm::dmat3(1.0);
  down.position = at + glm::dvec3(3, 3, 9);
  source.position = down.position + glm::dvec3(3, 2, 0);
  down.fl_x = down.fl_y = source.fl_x = source.fl_y = 400;  // only the patch fills the picture
  const Picture patched = render(down, &layers), expected = render(source, nullptr), before = render(down, nullptr);
  EXPECT_LT(mean_difference(patched.colour, expected.colour), 2.5e-3);  // samples lie elsewhere in their cells
  EXPECT_GT(mean_difference(before.colour, expected.colour), 5e-3);
}

}  // namespace
}  // namespace skyline::nerf
