#include "city/spatial_index.h"

#include "core/parallel.h"
#include "tests/city/random.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace skyline::city {
namespace {

using testing::Random;
using testing::random_star;

// Footprints and lines over a square of `size` metres.
Catalogue random_catalogue(Random& random, int count, double size) {
  Catalogue catalogue;
  for (int i = 0; i < count; ++i) {
    Object object;
    object.id = 1000 - i * 3 + 3 * count;
    const glm::dvec2 at(random.uniform(0, size), random.uniform(0, size));
    if (i % 10 == 0) {
      object.object_class = ObjectClass::kStreet;
      object.path = {at, at + glm::dvec2(random.uniform(-80, 80), random.uniform(-80, 80)), at + glm::dvec2(random.uniform(1, 100), 7)};
      object.width = random.uniform(2, 20);
    } else {
      object.object_class = i % 3 == 0 ? ObjectClass::kHouse : ObjectClass::kTree;
      object.footprint = random_star(random, at, 3 + i % 8);
    }
    EXPECT_TRUE(catalogue.add(std::move(object)).ok());
  }
  return catalogue;
}

template <class Holds>
std::vector<std::uint32_t> every(const Catalogue& catalogue, const Holds& holds) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < catalogue.size(); ++i) {
    if (holds(catalogue.objects()[i])) found.push_back(i);
  }
  return found;
}

TEST(SpatialIndex, EqualsBruteForce) {
  Random random(21);
  std::size_t answers = 0;
  for (const int count : {1, 5, 12, 13, 150, 700}) {
    const double size = 30 * std::sqrt(count) + 10;
    const Catalogue catalogue = random_catalogue(random, count, size);
    const SpatialIndex index(catalogue);
    for (int round = 0; round < 200; ++round) {
      const glm::dvec2 at(random.uniform(-50, size + 50), random.uniform(-50, size + 50));
      const Rectangle box{at, at + glm::dvec2(random.uniform(0, 200), random.uniform(0, 200))};
      EXPECT_EQ(index.in_box(box), every(catalogue, [&](const Object& o) { return bounds(o).touches(box); }));
      EXPECT_EQ(index.containing(at), every(catalogue, [&](const Object& o) { return contains(o, at); }));

      const Object& object = catalogue.objects()[random.below(catalogue.size())];
      const double gap_m = random.uniform(0, 60);
      const auto near = index.within_gap(object, gap_m);
      EXPECT_EQ(near, every(catalogue, [&](const Object& o) { return o.id != object.id && gap(o, object) <= gap_m; }));
      answers += near.size();

      const Polygon polygon = random_star(random, at, 7);
      EXPECT_EQ(index.within_gap(polygon, gap_m), every(catalogue, [&](const Object& o) {
                  return o.path.empty() ? gap(o.footprint, polygon) <= gap_m : gap_to_path(polygon, o.path, o.width) <= gap_m;
                }));
      EXPECT_EQ(index.centroids_in(polygon), every(catalogue, [&](const Object& o) { return contains(polygon, centroid(o)); }));
      const Path path{at, at + glm::dvec2(60, 20), at + glm::dvec2(70, -40)};
      EXPECT_EQ(index.along(path, 8, 40), every(catalogue, [&](const Object& o) {
                  return (o.path.empty() ? gap_to_path(o.footprint, path, 8) : std::max(0.0, path_gap(o.path, path) - 4 - o.width / 2)) <=
                         40;
                }));
    }
  }
  EXPECT_GT(answers, 1000U);
}

TEST(SpatialIndex, NearestAreThoseOfASortedList) {
  Random random(22);
  const Catalogue catalogue = random_catalogue(random, 400, 500);
  const SpatialIndex index(catalogue);
  const auto sorted_by = [&](const auto& gap_to, const auto& accept, std::size_t k) {
    std::vector<std::uint32_t> all = every(catalogue, accept);
    std::stable_sort(all.begin(), all.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return gap_to(catalogue.objects()[a]) < gap_to(catalogue.objects()[b]); });
    all.resize(std::min(k, all.size()));
    return all;
  };
  const auto is_house = [](const Object& o) { return o.object_class == ObjectClass::kHouse; };
  for (int round = 0; round < 300; ++round) {
    const glm::dvec2 at(random.uniform(-100, 600), random.uniform(-100, 600));
    const auto to_point = [&](const Object& o) { return gap(o, at); };
    EXPECT_EQ(index.nearest(at, 7), sorted_by(
                                        to_point, [](const Object&) { return true; }, 7));
    EXPECT_EQ(index.nearest(at, 3, is_house), sorted_by(to_point, is_house, 3));
    const Object& object = catalogue.objects()[random.below(catalogue.size())];
    EXPECT_EQ(index.nearest(object, 5),
              sorted_by([&](const Object& o) { return gap(object, o); }, [&](const Object& o) { return o.id != object.id; }, 5));
  }
  EXPECT_EQ(index.nearest(glm::dvec2(0, 0), 1000).size(), 400U);
}

TEST(SpatialIndex, AnEmptyCatalogueHasNoAnswers) {
  const Catalogue catalogue;
  const SpatialIndex index(catalogue);
  EXPECT_TRUE(index.in_box({{-1e9, -1e9}, {1e9, 1e9}}).empty());
  EXPECT_TRUE(index.nearest(glm::dvec2(0, 0), 5).empty());
  EXPECT_TRUE(index.containing({0, 0}).empty());
}

TEST(SpatialIndex, HoldsAHundredThousandObjectsWithoutStrain) {
  Random random(23);
  const Catalogue catalogue = random_catalogue(random, 100'000, 9000);
  double start = core::process_cpu_seconds();
  const SpatialIndex index(catalogue);
  const double build = core::process_cpu_seconds() - start;
  start = core::process_cpu_seconds();
  std::size_t found = 0;
  constexpr int kQueries = 2000;
  for (int i = 0; i < kQueries; ++i) found += index.within_gap(catalogue.objects()[random.below(catalogue.size())], 15).size();
  const double query = (core::process_cpu_seconds() - start) / kQueries;
  EXPECT_GT(found, 1000U);
  RecordProperty("build_seconds", std::to_string(build));
  RecordProperty("query_seconds", std::to_string(query));
  EXPECT_LT(build, 4) << "a generous bound, for builds with sanitizers";
  EXPECT_LT(query, 0.02);
}

TEST(Direction, WindsAndBearings) {
  EXPECT_DOUBLE_EQ(bearing_deg({0, 0}, {0, 5}), 0);
  EXPECT_DOUBLE_EQ(bearing_deg({0, 0}, {5, 0}), 90);
  EXPECT_DOUBLE_EQ(bearing_deg({0, 0}, {-5, 0}), 270);
  EXPECT_EQ(direction_of({0, 0}, {0, 1}), Direction::kNorth);
  EXPECT_EQ(direction_of({0, 0}, {1, 1}), Direction::kNorthEast);
  EXPECT_EQ(direction_of({0, 0}, {1, 0.1}), Direction::kEast);
  EXPECT_EQ(direction_of({0, 0}, {-0.1, -1}), Direction::kSouth);
  EXPECT_EQ(direction_of({0, 0}, {-0.1, 1}), Direction::kNorth);
  EXPECT_EQ(direction_of({0, 0}, {-1, 1}), Direction::kNorthWest);
  EXPECT_EQ(direction_of({2, 2}, {2, 2}), Direction::kNone);
}

TEST(Direction, TowardsIsWithin45DegreesAndASideOfALine) {
  Object anchor, object;
  anchor.footprint = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
  const auto at = [&](double x, double y) {
    object.footprint = {{x - 1, y - 1}, {x + 1, y - 1}, {x + 1, y + 1}, {x - 1, y + 1}};
    return object;
  };
  EXPECT_TRUE(lies_towards(at(0, 10), anchor, 0));
  EXPECT_TRUE(lies_towards(at(10, 10), anchor, 0));
  EXPECT_TRUE(lies_towards(at(10, 10), anchor, 90));
  EXPECT_FALSE(lies_towards(at(11, 10), anchor, 0));
  EXPECT_FALSE(lies_towards(at(0, -10), anchor, 0));
  Object river;
  river.path = {{-100, 0}, {0, 5}, {100, 0}};
  river.width = 10;
  EXPECT_TRUE(lies_towards(at(80, 40), river, 0));
  EXPECT_FALSE(lies_towards(at(80, -40), river, 0));
  EXPECT_TRUE(lies_towards(at(80, -40), river, 180));
}

}  // namespace
}  // namespace skyline::city
