#include "nerf/cpu/march.h"

#include "nerf/reference/reference_ray.h"
#include "tests/nerf/random_field.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <set>

namespace skyline::nerf {
namespace {

using testing::Random;
using testing::uniform;

// Half of the bricks are empty; of the others' cells a third is occupied.
Occupancy random_lattice(Random& random) {
  Occupancy occupancy({{-3, 1, -2}, {9, 21, 5}}, 0.5);
  for (int z = 0; z < occupancy.layers(); ++z) {
    for (int y = 0; y < occupancy.rows(); ++y) {
      for (int x = 0; x < occupancy.columns(); ++x) {
        const int brick = x / Occupancy::kBrick + 3 * (y / Occupancy::kBrick) + 7 * (z / Occupancy::kBrick);
        if (brick % 2 == 0 && random() % 3 == 0) occupancy.set(x, y, z, true);
      }
    }
  }
  occupancy.update_summaries();
  return occupancy;
}

// Walks `ray` and tests every sample position of the box by itself. Positions within a thousandth of a cell of a cell's face may go either
// way. Adds the number of samples to `total`.
void expect_walk_of_brute_force(const Occupancy& occupancy, const Ray& ray, float step, float jitter, std::size_t& total) {
  LatticeWalk walk(occupancy, ray, step, jitter);
  std::set<long> found;
  if (walk.hits_box()) {
    float previous = -1;
    for (float t = walk.next(occupancy); t >= 0; t = walk.next(occupancy)) {
      ASSERT_GT(t, previous);
      ASSERT_LT(t, walk.end());
      previous = t;
      found.insert(std::lround((t - walk.begin()) / step - jitter));
    }
  }
  const Box& box = occupancy.box();
  double enter = 0, leave = 1e30;
  for (int axis = 0; axis < 3; ++axis) {
    const double d = ray.direction[axis], o = ray.origin[axis];
    if (d == 0) {
      if (o < box.low[axis] || o > box.high[axis]) leave = -1;
      continue;
    }
    const double a = (box.low[axis] - o) / d, b = (box.high[axis] - o) / d;
    enter = std::max(enter, std::min(a, b));
    leave = std::min(leave, std::max(a, b));
  }
  std::size_t expected = 0, unsure = 0;
  for (long k = 0; leave > enter; ++k) {
    const double t = enter + (static_cast<double>(k) + static_cast<double>(jitter)) * static_cast<double>(step);
    if (t > leave + 1e-3) break;
    int cell[3];
    bool sure = t < leave - 1e-3;
    for (int axis = 0; axis < 3; ++axis) {
      const double g = (ray.origin[axis] + ray.direction[axis] * t - box.low[axis]) / occupancy.cell();
      sure = sure && std::abs(g - std::round(g)) > 1e-3;
      cell[axis] = static_cast<int>(std::floor(g));
    }
    if (!sure) {
      ++unsure;
      continue;
    }
    const bool occupied = occupancy.occupied(cell[0], cell[1], cell[2]);
    expected += occupied ? 1 : 0;
    ASSERT_EQ(found.count(k) == 1, occupied) << "sample " << k << " of the ray from " << ray.origin.x << ' ' << ray.origin.y << ' '
                                             << ray.origin.z << " along " << ray.direction.x << ' ' << ray.direction.y << ' '
                                             << ray.direction.z;
  }
  ASSERT_LE(found.size(), expected + unsure);
  total += expected;
}

TEST(LatticeWalk, YieldsTheSamplesInOccupiedCellsAndNoOthers) {
  Random random(1);
  const Occupancy occupancy = random_lattice(random);
  std::size_t total = 0;
  for (int i = 0; i < 600; ++i) {
    const glm::vec3 inside{uniform(random, -2.9, 8.9), uniform(random, 1.1, 20.9), uniform(random, -1.9, 4.9)};
    glm::vec3 direction = glm::normalize(glm::vec3(uniform(random, -1, 1), uniform(random, -1, 1), uniform(random, -1, 1)));
    if (i % 5 == 0) direction.x = 0;
    if (i % 7 == 0) direction.y = 0;
    direction = glm::normalize(direction + glm::vec3(0, 0, direction.z == 0 ? 1 : 0));
    // Half of the rays start inside; the others somewhere before, or pass by.
    const glm::vec3 origin = i % 2 == 0 ? inside : inside - direction * uniform(random, 5, 60) + glm::vec3(i % 11 == 0 ? 15 : 0, 0, 0);
    expect_walk_of_brute_force(occupancy, {origin, direction}, uniform(random, 0.05, 0.9), uniform(random, 0, 0.999), total);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(total, 1000U);
}

TEST(LatticeWalk, FollowsRaysParallelToTheAxes) {
  Random random(2);
  const Occupancy occupancy = random_lattice(random);
  std::size_t total = 0;
  for (int i = 0; i < 300; ++i) {
    glm::vec3 direction{0.0F};
    direction[i % 3] = i % 2 == 0 ? 1.0F : -1.0F;
    const glm::vec3 inside{uniform(random, -2.9, 8.9), uniform(random, 1.1, 20.9), uniform(random, -1.9, 4.9)};
    const glm::vec3 origin = i % 4 < 2 ? inside : inside - direction * 40.0F;
    expect_walk_of_brute_force(occupancy, {origin, direction}, uniform(random, 0.05, 0.9), uniform(random, 0, 0.999), total);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(total, 1000U);
}

TEST(LatticeWalk, KnowsWhichRaysGoIntoTheGround) {
  const Occupancy occupancy({{-4, -4, 0}, {4, 4, 4}}, 0.5);
  EXPECT_TRUE(LatticeWalk(occupancy, {{0, 0, 9}, {0, 0, -1}}, 0.1F, 0.5F).leaves_by_floor());
  EXPECT_FALSE(LatticeWalk(occupancy, {{0, 0, 2}, {0, 0, 1}}, 0.1F, 0.5F).leaves_by_floor());
  EXPECT_FALSE(LatticeWalk(occupancy, {{0, 0, 2}, glm::normalize(glm::vec3(1, 0, -0.1F))}, 0.1F, 0.5F).leaves_by_floor());
  EXPECT_FALSE(LatticeWalk(occupancy, {{0, 0, 9}, {1, 0, 0}}, 0.1F, 0.5F).hits_box());
}

// A slab of constant density, 8 units long, crossed from side to side: T = exp(-sigma L), and the centre of exponential absorption.
class Slab : public ::testing::Test {
 protected:
  static constexpr double kLength = 8, kStep = 0.125, kBefore = 3;
  static double expected_depth(double sigma) {
    const double passed = std::exp(-sigma * kLength);
    return kBefore + 1 / sigma - kLength * passed / (1 - passed);
  }
  Field field_ = testing::constant_field(testing::small_settings(), testing::small_box(), 0.2F);
  double sigma_ = field_.density_scale * std::exp(0.2 + kExpShift);
  Ray ray_{{-4 - kBefore, 0.3F, 1.7F}, {1, 0, 0}};
};

TEST_F(Slab, ReferenceMatchesTheClosedForm) {
  const ReferenceField<double> reference(field_);
  const CompositedRay<double> seen = dense_march(reference, ray_, kStep, reference.code(-1), false);
  EXPECT_NEAR(seen.transmittance, std::exp(-sigma_ * kLength), 1e-6);
  EXPECT_NEAR(seen.depth, expected_depth(sigma_), 1e-3);
}

TEST_F(Slab, MarchMatchesTheClosedForm) {
  const auto chunk = std::make_unique<RayChunk>();
  chunk->count = 2;
  for (int r = 0; r < 2; ++r) {
    chunk->rays[r] = ray_;
    chunk->levels[r] = 2;
    chunk->step[r] = kStep;
    chunk->jitter[r] = 0.5F;
  }
  // The same slab from above goes into the ground: nothing passes, and the last sample holds what was left.
  chunk->rays[1] = {{0.1F, 0.2F, 7}, {0, 0, -1}};
  march(make_view(field_), field_.occupancy, MarchSettings{}, *chunk);
  double depth = 0, total = 0;
  for (int j = 0; j < chunk->sample_count[0]; ++j) {
    depth += static_cast<double>(chunk->weight[static_cast<std::size_t>(j)] * chunk->t[static_cast<std::size_t>(j)]);
    total += static_cast<double>(chunk->weight[static_cast<std::size_t>(j)]);
  }
  EXPECT_FALSE(chunk->opaque_last[0]);
  EXPECT_NEAR(chunk->transmittance[0], std::exp(-sigma_ * kLength), 1e-5);
  EXPECT_NEAR(total, 1 - std::exp(-sigma_ * kLength), 1e-5);
  EXPECT_NEAR(depth / total, expected_depth(sigma_), 1e-3);

  EXPECT_TRUE(chunk->opaque_last[1]);
  EXPECT_EQ(chunk->transmittance[1], 0.0F);
  EXPECT_EQ(chunk->sample_count[1], 32);
  EXPECT_NEAR(chunk->weight[RayChunk::kMaxSamples + 31], std::exp(-sigma_ * (4 - kStep)), 1e-5);
}

TEST_F(Slab, MarchSkipsWhatIsNotOccupied) {
  // Keep cells with x in [-1, 2): three units of slab.
  field_.occupancy = testing::lattice(field_, false);
  for (int z = 0; z < field_.occupancy.layers(); ++z) {
    for (int y = 0; y < field_.occupancy.rows(); ++y) {
      for (int x = 6; x < 12; ++x) field_.occupancy.set(x, y, z, true);
    }
  }
  field_.occupancy.update_summaries();
  const auto chunk = std::make_unique<RayChunk>();
  chunk->count = 1;
  chunk->rays[0] = ray_;
  chunk->levels[0] = 2;
  chunk->step[0] = kStep;
  chunk->jitter[0] = 0.5F;
  march(make_view(field_), field_.occupancy, MarchSettings{}, *chunk);
  EXPECT_EQ(chunk->sample_count[0], 24);
  EXPECT_EQ(chunk->density_samples, 24);
  EXPECT_NEAR(chunk->transmittance[0], std::exp(-sigma_ * 3), 1e-5);
}

}  // namespace
}  // namespace skyline::nerf
