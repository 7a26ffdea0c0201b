#include "nerf/edit/ground_patch.h"

#include <gtest/gtest.h>

#include <cmath>

namespace skyline::nerf {
namespace {

const glm::vec3 kLawn(0.3F, 0.5F, 0.2F), kStreet(0.4F, 0.4F, 0.42F), kRoof(0.7F, 0.3F, 0.25F);

// A map of 100 x 100 m from a function of the place: height and colour.
template <class Place>
SurfaceMap map_of(Place&& place) {
  SurfaceMap map;
  map.grid = {.low = {0, 0}, .cell = 0.5, .columns = 200, .rows = 200};
  for (int row = 0; row < 200; ++row) {
    for (int column = 0; column < 200; ++column) {
      const auto [height, colour] = place(map.grid.centre(column, row));
      for (auto* heights : {&map.top, &map.middle, &map.bottom}) heights->push_back(height);
      map.colour.push_back(colour);
      map.known.push_back(1);
    }
  }
  return map;
}

struct Ground {
  float height = 0;
  glm::vec3 colour{0.0F};
};

const std::vector<glm::dvec2> kHouse{{40, 40}, {60, 40}, {60, 55}, {40, 55}};
bool on_house(const glm::dvec2& p) { return p.x > 40 && p.x < 60 && p.y > 40 && p.y < 55; }

// Every place under the footprint, and where its ground is read.
template <class Check>
void for_each_source(const GroundPatch& patch, Check&& check) {
  for (double y = 40.25; y < 55; y += 0.5) {
    for (double x = 40.25; x < 60; x += 0.5) check(glm::vec3(static_cast<float>(x), static_cast<float>(y), 0.0F), patch);
  }
}

TEST(GroundPatch, CoversAHouseOnALawnBesideAStreetWithLawn) {
  const SurfaceMap map = map_of([](const glm::dvec2& p) {
    if (on_house(p)) return Ground{8, kRoof};
    return Ground{0, p.y < 30 ? kStreet : kLawn};
  });
  const OpenGround ground(map, std::vector<float>(map.grid.size(), 0.0F));
  const auto patch = ground.patch(kHouse);
  ASSERT_TRUE(patch.has_value());
  for_each_source(*patch, [&](const glm::vec3& at, const GroundPatch& p) {
    const glm::vec3 source = p.source_of(at);
    EXPECT_FALSE(on_house({source.x, source.y})) << at.x << " " << at.y;
    EXPECT_GT(source.y, 30) << "street under the house at " << at.x << " " << at.y;
  });
}

TEST(GroundPatch, ASmallOpenPlaceIsUsedSeveralTimes) {
  // Everything is built up but for a yard of 8 x 8 m.
  const auto in_yard = [](const glm::dvec2& p) { return p.x > 64 && p.x < 72 && p.y > 40 && p.y < 48; };
  const SurfaceMap map = map_of([&](const glm::dvec2& p) { return in_yard(p) ? Ground{0, kLawn} : Ground{8, kRoof}; });
  const OpenGround ground(map, std::vector<float>(map.grid.size(), 0.0F));
  const auto patch = ground.patch(kHouse);
  ASSERT_TRUE(patch.has_value());
  for_each_source(*patch, [&](const glm::vec3& at, const GroundPatch& p) {
    const glm::vec3 source = p.source_of(at);
    EXPECT_TRUE(in_yard({source.x, source.y})) << at.x << " " << at.y << " from " << source.x << " " << source.y;
  });
}

TEST(GroundPatch, WithoutOpenGroundThereIsNone) {
  const SurfaceMap map = map_of([](const glm::dvec2&) { return Ground{8, kRoof}; });
  const OpenGround ground(map, std::vector<float>(map.grid.size(), 0.0F));
  EXPECT_FALSE(ground.patch(kHouse).has_value());
}

TEST(GroundPatch, ClosedAreasAreNotCopied) {
  const SurfaceMap map = map_of([](const glm::dvec2& p) { return on_house(p) ? Ground{8, kRoof} : Ground{0, kLawn}; });
  OpenGround ground(map, std::vector<float>(map.grid.size(), 0.0F));
  const auto in_pond = [](const glm::dvec2& p) { return p.x > 0.5 && p.x < 99.5 && p.y > 0.5 && p.y < 38; };
  ground.close({{0, 0}, {100, 0}, {100, 38}, {0, 38}}, 0.5);
  EXPECT_FALSE(ground.open({20, 20}));
  const auto patch = ground.patch(kHouse);
  ASSERT_TRUE(patch.has_value());
  for_each_source(*patch, [&](const glm::vec3& at, const GroundPatch& p) {
    const glm::vec3 source = p.source_of(at);
    EXPECT_FALSE(in_pond({source.x, source.y}));
  });
}

TEST(GroundPatch, FollowsASlope) {
  const auto slope = [](const glm::dvec2& p) { return static_cast<float>(0.05 * p.x); };
  const SurfaceMap map = map_of([&](const glm::dvec2& p) {
    return Ground{on_house(p) ? slope(p) + 8 : slope(p), on_house(p) ? kRoof : kLawn};
  });
  std::vector<float> heights;
  for (int row = 0; row < 200; ++row) {
    for (int column = 0; column < 200; ++column) heights.push_back(slope(map.grid.centre(column, row)));
  }
  const OpenGround ground(map, heights);
  const auto patch = ground.patch(kHouse);
  ASSERT_TRUE(patch.has_value());
  for_each_source(*patch, [&](const glm::vec3& at, const GroundPatch& p) {
    const glm::vec3 on_ground(at.x, at.y, slope({at.x, at.y}) + 0.2F);
    const glm::vec3 source = p.source_of(on_ground);
    if (source.x < 5 || source.x > 95) return;  // heights are smoothed: flatter at the rim
    EXPECT_NEAR(source.z, slope({source.x, source.y}) + 0.2F, 0.1F) << "as high above the ground as there";
  });
}

}  // namespace
}  // namespace skyline::nerf
