#include "city/overlay.h"

#include "city/polygon.h"
#include "tests/city/random.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace skyline::city {
namespace {

using testing::Random;
using testing::random_star;

bool region_contains(const std::vector<Region>& regions, glm::dvec2 p) {
  for (const Region& region : regions) {
    bool inside = contains(region.outer, p);
    for (const Polygon& hole : region.holes) inside = inside && !contains(hole, p);
    if (inside) return true;
  }
  return false;
}

TEST(Overlay, AreasEqualThoseOfDensePoints) {
  Random random(31);
  for (int round = 0; round < 30; ++round) {
    const Polygon a = random_star(random, {0, 0}, 3 + round % 8), b = random_star(random, {random.uniform(-8, 8), 3}, 4 + round % 5);
    double both = 0, either = 0;
    constexpr double kStep = 0.1;
    for (double y = -12; y < 15; y += kStep) {
      for (double x = -19; x < 19; x += kStep) {
        const bool in_a = contains(a, {x, y}), in_b = contains(b, {x, y});
        both += in_a && in_b ? kStep * kStep : 0;
        either += in_a || in_b ? kStep * kStep : 0;
      }
    }
    EXPECT_NEAR(intersection_area(a, b), both, 0.02 * either);
    EXPECT_NEAR(intersection_over_union(a, b), both / either, 0.03);
    double joined = 0;
    for (const Region& region : union_of(std::array{a, b})) joined += region_area(region);
    EXPECT_NEAR(joined, either, 0.02 * either);
  }
}

TEST(Overlay, UnionIntersectionAndDifferenceHoldTheRightPoints) {
  Random random(32);
  for (int round = 0; round < 100; ++round) {
    const Polygon a = random_star(random, {0, 0}, 5), b = random_star(random, {4, 3}, 6);
    const auto joined = union_of(std::array{a, b}), common = intersection_of(a, b), rest = difference_of(a, b);
    for (int i = 0; i < 100; ++i) {
      const glm::dvec2 p(random.uniform(-12, 16), random.uniform(-12, 15));
      const bool in_a = contains(a, p), in_b = contains(b, p);
      EXPECT_EQ(region_contains(joined, p), in_a || in_b);
      EXPECT_EQ(region_contains(common, p), in_a && in_b);
      EXPECT_EQ(region_contains(rest, p), in_a && !in_b);
    }
  }
}

TEST(Overlay, OffsetsOfASquareHaveMitredCorners) {
  const Polygon square{{0, 0}, {10, 0}, {10, 10}, {0, 10}};
  const auto outward = offset(square, 2), inward = offset(square, -2);
  ASSERT_EQ(outward.size(), 1U);
  EXPECT_NEAR(region_area(outward[0]), 14 * 14, 1e-9);
  ASSERT_EQ(inward.size(), 1U);
  EXPECT_NEAR(region_area(inward[0]), 36, 1e-9);
  EXPECT_TRUE(offset(square, -6).empty());
  const auto street = widened(Path{{0, 0}, {10, 0}}, 4);
  ASSERT_EQ(street.size(), 1U);
  EXPECT_NEAR(region_area(street[0]), 40, 1e-9);
}

TEST(Overlay, RingsTurnAsPromisedAndHolesAreKept) {
  const Polygon outer{{0, 0}, {0, 10}, {10, 10}, {10, 0}}, hole{{2, 2}, {4, 2}, {4, 4}, {2, 4}};
  const auto rest = difference_of(outer, hole);
  ASSERT_EQ(rest.size(), 1U);
  ASSERT_EQ(rest[0].holes.size(), 1U);
  EXPECT_GT(signed_area(rest[0].outer), 0);
  EXPECT_LT(signed_area(rest[0].holes[0]), 0);
  EXPECT_NEAR(region_area(rest[0]), 96, 1e-9);
}

TEST(Overlay, SimplifiedStaysSimpleAndNear) {
  Random random(33);
  for (int round = 0; round < 50; ++round) {
    const Polygon polygon = random_star(random, {0, 0}, 40), less = simplify(polygon, 0.5);
    EXPECT_TRUE(is_simple(less));
    EXPECT_LE(less.size(), polygon.size());
    for (const glm::dvec2 p : less) EXPECT_LT(gap(polygon, p), 1e-9);
  }
}

TEST(Overlay, CrossingAndEmptyPolygonsAreNoTrouble) {
  const Polygon bow{{0, 0}, {4, 4}, {4, 0}, {0, 4}}, square{{0, 0}, {4, 0}, {4, 4}, {0, 4}}, nothing;
  EXPECT_GT(intersection_area(bow, square), 0);
  EXPECT_EQ(intersection_area(nothing, square), 0);
  EXPECT_EQ(intersection_over_union(square, nothing), 0);
  EXPECT_TRUE(union_of(std::array{nothing, nothing}).empty());
  EXPECT_TRUE(offset(nothing, 1).empty());
  EXPECT_NEAR(intersection_over_union(square, square), 1, 1e-12);
}

}  // namespace
}  // namespace skyline::city
