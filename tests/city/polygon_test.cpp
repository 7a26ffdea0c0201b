#include "city/polygon.h"

#include "tests/city/random.h"

#include <glm/common.hpp>
#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <cmath>

namespace skyline::city {
namespace {

using glm::dvec2;
using testing::Random;
using testing::random_star;

// By winding: the sum of the signed angles that the corners turn around the point.
bool winds_around(const Polygon& polygon, dvec2 point) {
  double sum = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const dvec2 a = polygon[i] - point, b = polygon[(i + 1) % polygon.size()] - point;
    sum += std::atan2(a.x * b.y - a.y * b.x, glm::dot(a, b));
  }
  return std::abs(sum) > 3;
}

std::vector<dvec2> border_points(const Polygon& polygon, bool closed, int steps) {
  std::vector<dvec2> points;
  for (std::size_t i = 0; i + (closed ? 0 : 1) < polygon.size(); ++i) {
    for (int s = 0; s <= steps; ++s)
      points.push_back(glm::mix(polygon[i], polygon[(i + 1) % polygon.size()], static_cast<double>(s) / steps));
  }
  return points;
}

// Upper bound of the gap, at most the spacing of the samples too large.
double sampled_gap(const std::vector<dvec2>& a, const std::vector<dvec2>& b) {
  double least = 1e300;
  for (const dvec2 p : a) {
    for (const dvec2 q : b) least = std::min(least, glm::distance(p, q));
  }
  return least;
}

// Two edges cross properly or touch, from the parametric form, in plain arithmetic.
bool is_simple_by_all_pairs(const Polygon& polygon) {
  const std::size_t n = polygon.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 2; j < n; ++j) {
      if (i == 0 && j == n - 1) continue;
      const dvec2 p = polygon[i], r = polygon[i + 1] - p, q = polygon[j], s = polygon[(j + 1) % n] - q;
      const double denominator = r.x * s.y - r.y * s.x;
      if (denominator == 0) continue;
      const double t = ((q - p).x * s.y - (q - p).y * s.x) / denominator, u = ((q - p).x * r.y - (q - p).y * r.x) / denominator;
      if (t >= 0 && t <= 1 && u >= 0 && u <= 1) return false;
    }
  }
  return true;
}

Polygon random_polygon(Random& random, int corners, double size) {
  Polygon polygon;
  for (int i = 0; i < corners; ++i) polygon.emplace_back(random.uniform(0, size), random.uniform(0, size));
  return polygon;
}

TEST(Polygon, AreaAndCentroidEqualThoseOfDensePoints) {
  Random random(1);
  for (int round = 0; round < 20; ++round) {
    const Polygon polygon = random_star(random, {1000, -500}, 5 + round % 7);
    double count = 0;
    dvec2 sum(0.0);
    constexpr double kStep = 0.05;
    for (double y = -510; y < -490; y += kStep) {
      for (double x = 990; x < 1010; x += kStep) {
        if (!winds_around(polygon, {x, y})) continue;
        ++count;
        sum += dvec2(x, y);
      }
    }
    EXPECT_NEAR(signed_area(polygon), count * kStep * kStep, 0.02 * count * kStep * kStep);
    EXPECT_LT(glm::distance(centroid(polygon), sum / count), 0.06);
    const Polygon reversed(polygon.rbegin(), polygon.rend());
    EXPECT_NEAR(signed_area(reversed), -signed_area(polygon), 1e-9);
    EXPECT_LT(glm::distance(centroid(reversed), centroid(polygon)), 1e-9);
  }
}

TEST(Polygon, ContainsWhatItWindsAround) {
  Random random(2);
  for (int round = 0; round < 200; ++round) {
    const Polygon polygon = random_star(random, {0, 0}, 3 + round % 10);
    for (int i = 0; i < 200; ++i) {
      const dvec2 point(random.uniform(-11, 11), random.uniform(-11, 11));
      EXPECT_EQ(contains(polygon, point), winds_around(polygon, point));
    }
    for (const dvec2 corner : polygon) EXPECT_TRUE(contains(polygon, corner));
  }
}

TEST(Polygon, RaysThroughCornersCountOnce) {
  const Polygon diamond{{0, -2}, {2, 0}, {0, 2}, {-2, 0}};
  EXPECT_TRUE(contains(diamond, {0, 0}));
  EXPECT_TRUE(contains(diamond, {1, 1}));
  EXPECT_FALSE(contains(diamond, {-3, 0}));
  EXPECT_FALSE(contains(diamond, {3, 0}));
  EXPECT_FALSE(contains(diamond, {-1, 2}));
  const Polygon steps{{0, 0}, {4, 0}, {4, 2}, {2, 2}, {2, 4}, {0, 4}};
  EXPECT_TRUE(contains(steps, {1, 2}));
  EXPECT_TRUE(contains(steps, {3, 2}));
  EXPECT_FALSE(contains(steps, {5, 2}));
  EXPECT_FALSE(contains(steps, {-1, 2}));
}

TEST(Polygon, SimplicityEqualsAllPairsOfEdges) {
  Random random(3);
  int simple = 0, crossing = 0;
  for (int round = 0; round < 4000; ++round) {
    const Polygon polygon = round % 2 == 0 ? random_polygon(random, 4 + round % 4, 10) : random_star(random, {0, 0}, 4 + round % 60);
    const bool expected = is_simple_by_all_pairs(polygon);
    EXPECT_EQ(is_simple(polygon), expected);
    (expected ? simple : crossing)++;
    if (polygon.size() < 30) continue;
    Polygon broken = polygon;  // a large one with one corner across
    std::swap(broken[3], broken[20]);
    EXPECT_EQ(is_simple(broken), is_simple_by_all_pairs(broken));
  }
  EXPECT_GT(simple, 500);
  EXPECT_GT(crossing, 500);
}

TEST(Polygon, TouchingItselfIsNotSimple) {
  EXPECT_FALSE(is_simple(Polygon{{0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}}));                  // a corner on an edge
  EXPECT_FALSE(is_simple(Polygon{{0, 0}, {2, 2}, {4, 0}, {4, 4}, {2, 2}, {0, 4}}));          // a corner twice
  EXPECT_FALSE(is_simple(Polygon{{0, 0}, {4, 0}, {2, 0}, {2, 3}}));                          // a fold on a line
  EXPECT_FALSE(is_simple(Polygon{{0, 0}, {4, 0}, {4, 0}, {2, 3}}));                          // an edge without length
  EXPECT_FALSE(is_simple(Polygon{{0.1, 0.1}, {0.4, 0.4}, {0.4, 0.1}, {0.2, 0.2}, {0, 5}}));  // exact: on the diagonal
  EXPECT_TRUE(is_simple(Polygon{{0, 0}, {2, 0}, {4, 0}, {2, 3}}));                           // a corner in a straight edge
}

TEST(Polygon, GapEqualsThatOfDenseBorders) {
  Random random(4);
  int apart = 0;
  for (int round = 0; round < 300; ++round) {
    const Polygon a = random_star(random, {0, 0}, 3 + round % 6);
    const Polygon b = random_star(random, {random.uniform(-25, 25), random.uniform(-25, 25)}, 3 + round % 5);
    const auto a_points = border_points(a, true, 40), b_points = border_points(b, true, 40);
    bool overlap = false;
    for (const dvec2 p : a_points) overlap = overlap || winds_around(b, p);
    for (const dvec2 p : b_points) overlap = overlap || winds_around(a, p);
    const double expected = overlap ? 0 : sampled_gap(a_points, b_points), found = gap(a, b);
    EXPECT_LE(found, expected + 1e-9);
    EXPECT_GE(found, expected - 0.3);
    EXPECT_EQ(found, gap(b, a));
    apart += overlap ? 0 : 1;
  }
  EXPECT_GT(apart, 100);
}

TEST(Polygon, GapIsZeroWhenOneLiesInTheOther) {
  const Polygon outer{{0, 0}, {20, 0}, {20, 20}, {0, 20}}, inner{{5, 5}, {6, 5}, {6, 6}, {5, 6}};
  EXPECT_EQ(gap(outer, inner), 0);
  EXPECT_EQ(gap(inner, outer), 0);
  EXPECT_EQ(gap(outer, dvec2(3, 3)), 0);
  EXPECT_EQ(gap(outer, dvec2(23, 24)), 5);
  EXPECT_EQ(gap_to_path(outer, Path{{1, 1}, {2, 2}}, 0), 0);
  EXPECT_EQ(gap_to_path(outer, Path{{30, -50}, {30, 50}}, 4), 8);
  EXPECT_EQ(gap_to_path(outer, Path{{-50, 10}, {50, 10}}, 4), 0);
}

TEST(Polygon, NearestPointOfAPathEqualsThatOfDensePoints) {
  Random random(5);
  for (int round = 0; round < 300; ++round) {
    const Path path = random_polygon(random, 2 + round % 6, 100);
    const dvec2 point(random.uniform(-20, 120), random.uniform(-20, 120));
    const NearestOnPath nearest = nearest_on_path(path, point);
    const double expected = sampled_gap(border_points(path, false, 500), {point});
    EXPECT_LE(nearest.distance, expected + 1e-9);
    EXPECT_GE(nearest.distance, expected - 0.2);
    EXPECT_NEAR(glm::distance(nearest.point, point), nearest.distance, 1e-9);
    EXPECT_GE(nearest.along, 0);
    EXPECT_LE(nearest.along, path_length(path) + 1e-9);
  }
}

TEST(Polygon, SideOfAPathIsLeftOrRightOfItsDirection) {
  const Path turn_left{{0, 0}, {10, 0}, {10, 10}}, turn_right{{0, 0}, {10, 0}, {10, -10}};
  EXPECT_EQ(nearest_on_path(turn_left, {5, 1}).side, 1);
  EXPECT_EQ(nearest_on_path(turn_left, {5, -1}).side, -1);
  EXPECT_EQ(nearest_on_path(turn_left, {5, 0}).side, 0);
  EXPECT_EQ(nearest_on_path(turn_left, {13, -1}).side, -1);  // outside of the corner, seen from either edge
  EXPECT_EQ(nearest_on_path(turn_left, {11, -3}).side, -1);
  EXPECT_EQ(nearest_on_path(turn_left, {9, 20}).side, 1);  // beyond the end
  EXPECT_EQ(nearest_on_path(turn_right, {13, 1}).side, 1);
  EXPECT_EQ(nearest_on_path(turn_right, {11, 3}).side, 1);
  EXPECT_DOUBLE_EQ(nearest_on_path(turn_left, {11, 4}).along, 14);
}

TEST(Polygon, HullHoldsAllPointsAndTurnsLeft) {
  Random random(6);
  for (int round = 0; round < 200; ++round) {
    const Polygon points = random_polygon(random, 3 + round % 40, 10), hull = convex_hull(points);
    ASSERT_GE(hull.size(), 3U);
    for (std::size_t i = 0; i < hull.size(); ++i) {
      const dvec2 a = hull[i], b = hull[(i + 1) % hull.size()];
      EXPECT_EQ(orientation(a, b, hull[(i + 2) % hull.size()]), 1);
      for (const dvec2 p : points) EXPECT_GE(orientation(a, b, p), 0);
    }
  }
  EXPECT_EQ(convex_hull(Polygon{{0, 0}, {1, 1}, {2, 2}, {1, 1}}).size(), 2U);
  EXPECT_EQ(convex_hull(Polygon{{1, 1}, {1, 1}}).size(), 1U);
  EXPECT_TRUE(convex_hull(Polygon{}).empty());
}

TEST(Polygon, MinimumRectangleIsNoLargerThanAnyTurnedBox) {
  Random random(7);
  for (int round = 0; round < 100; ++round) {
    const Polygon polygon = random_star(random, {300, 40}, 3 + round % 12);
    const OrientedRectangle rectangle = minimum_rectangle(polygon);
    const dvec2 u = rectangle.long_axis, v(-u.y, u.x);
    for (const dvec2 p : polygon) {
      EXPECT_LE(std::abs(glm::dot(p - rectangle.centre, u)), rectangle.half_length + 1e-9);
      EXPECT_LE(std::abs(glm::dot(p - rectangle.centre, v)), rectangle.half_width + 1e-9);
    }
    EXPECT_GE(rectangle.half_length, rectangle.half_width);
    EXPECT_NEAR(glm::length(u), 1, 1e-12);
    for (int degree = 0; degree < 90; ++degree) {
      const double t = degree * 3.14159265358979323846 / 180;
      Rectangle box;
      for (const dvec2 p : polygon) box.add({p.x * std::cos(t) + p.y * std::sin(t), p.y * std::cos(t) - p.x * std::sin(t)});
      EXPECT_LE(4 * rectangle.half_length * rectangle.half_width, (box.high.x - box.low.x) * (box.high.y - box.low.y) + 1e-9);
    }
    const auto corners = rectangle.corners();
    EXPECT_NEAR(signed_area(corners), 4 * rectangle.half_length * rectangle.half_width, 1e-9);
  }
}

TEST(Polygon, RepeatsOfACornerAreDropped) {
  EXPECT_EQ(without_repeats(Polygon{{0, 0}, {0, 0}, {1, 0}, {1, 1}, {1, 1}, {0, 0}}), (Polygon{{0, 0}, {1, 0}, {1, 1}}));
  EXPECT_EQ(without_repeats(Polygon{{2, 2}, {2, 2}}).size(), 1U);
}

}  // namespace
}  // namespace skyline::city
