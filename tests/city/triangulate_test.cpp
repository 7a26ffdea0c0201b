#include "city/triangulate.h"

#include "city/polygon.h"
#include "tests/city/random.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace skyline::city {
namespace {

using glm::dvec3;
using testing::Random;
using testing::random_star;

// Area vector of all triangles, and the sum of their areas.
std::pair<dvec3, double> areas(const std::vector<std::vector<dvec3>>& rings) {
  std::vector<dvec3> corners;
  for (const auto& ring : rings) corners.insert(corners.end(), ring.begin(), ring.end());
  dvec3 vector(0.0);
  double sum = 0;
  for (const auto& t : triangulate(rings)) {
    const dvec3 one = glm::cross(corners[t[1]] - corners[t[0]], corners[t[2]] - corners[t[0]]) / 2.0;
    vector += one;
    sum += glm::length(one);
  }
  return {vector, sum};
}

std::vector<dvec3> lifted(const Polygon& polygon, dvec3 u, dvec3 v) {
  std::vector<dvec3> ring;
  for (const glm::dvec2 p : polygon) ring.push_back(dvec3(5, -3, 7) + u * p.x + v * p.y);
  return ring;
}

TEST(Triangulate, CoversThePolygonOnceInEveryPlane) {
  Random random(41);
  const dvec3 axes[][2] = {
      {{1, 0, 0}, {0, 1, 0}}, {{0, 1, 0}, {1, 0, 0}}, {{0, 1, 0}, {0, 0, 1}}, {{0.6, 0.8, 0}, {0, 0, -1}}, {{0.8, 0, 0.6}, {0, 1, 0}}};
  for (int round = 0; round < 300; ++round) {
    Polygon polygon = random_star(random, {0, 0}, 3 + round % 30);
    if (round % 3 == 0) std::reverse(polygon.begin(), polygon.end());
    const auto& [u, v] = axes[round % 5];
    const auto [vector, sum] = areas({lifted(polygon, u, v)});
    EXPECT_NEAR(sum, area(polygon), 1e-9);
    EXPECT_LT(glm::length(vector - glm::cross(u, v) * signed_area(polygon)), 1e-9);
  }
}

TEST(Triangulate, LeavesHolesOpen) {
  Random random(42);
  for (int round = 0; round < 200; ++round) {
    Polygon outer;
    for (const glm::dvec2 p : random_star(random, {0, 0}, 6 + round % 10)) outer.push_back(p * 6.0);
    std::vector<std::vector<dvec3>> rings{lifted(outer, {1, 0, 0}, {0, 0, 1})};
    double expected = area(outer);
    // Within 12 m of the middle the outer ring is never met; holes of at most 2 m.
    const int holes = 1 + round % 4;
    for (int h = 0; h < holes; ++h) {
      Polygon hole;
      const glm::dvec2 at(h % 2 == 0 ? -2.2 : 2.2, h < 2 ? -2.2 : 2.2);
      for (const glm::dvec2 p : random_star(random, {0, 0}, 3 + (round + h) % 6)) hole.push_back(at + p * 0.2);
      expected -= area(hole);
      rings.push_back(lifted(hole, {1, 0, 0}, {0, 0, 1}));
    }
    EXPECT_NEAR(areas(rings).second, expected, 1e-9) << round;
  }
}

TEST(Triangulate, StraightCornersAndRepeatsAreNoTrouble) {
  const std::vector<dvec3> square{{0, 0, 0}, {2, 0, 0}, {4, 0, 0}, {4, 0, 0}, {4, 4, 0}, {0, 4, 0}, {0, 2, 0}, {0, 0, 0}};
  EXPECT_NEAR(areas({square}).second, 16, 1e-12);
  EXPECT_TRUE(triangulate({}).empty());
  EXPECT_TRUE(triangulate({{{0, 0, 0}, {1, 0, 0}}}).empty());
  EXPECT_TRUE(triangulate({{{0, 0, 0}, {1, 0, 0}, {2, 0, 0}}}).empty());
}

TEST(Triangulate, RingsThatCrossThemselvesEnd) {
  Random random(43);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::vector<dvec3>> rings(1 + static_cast<std::size_t>(round) % 3);
    for (auto& ring : rings) {
      for (int i = 0; i < 3 + round % 20; ++i) ring.emplace_back(random.below(5), random.below(5), random.below(3));
    }
    (void)triangulate(rings);
  }
}

}  // namespace
}  // namespace skyline::city
