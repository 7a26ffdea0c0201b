#include "editor/ground_cache.h"

#include <gtest/gtest.h>

namespace skyline::editor {
namespace {

GroundMaps small_maps() {
  GroundMaps maps;
  maps.map.grid = {.low = {-3, 4}, .cell = 0.7, .columns = 3, .rows = 2};
  for (int i = 0; i < 6; ++i) {
    const auto height = static_cast<float>(i) * 7.3F - 4;
    maps.map.top.push_back(height + 1);
    maps.map.middle.push_back(height);
    maps.map.bottom.push_back(height - 1);
    maps.ground.push_back(0.1F * height);
    maps.map.known.push_back(i % 2 == 0 ? 1 : 0);
    maps.map.colour.emplace_back(0.1F * static_cast<float>(i), 0.5F, 1.0F);
  }
  maps.walls = {{3, {0.2F, 0.3F, 0.4F}}, {9, {0.6F, 0.5F, 0.4F}}};
  return maps;
}

TEST(GroundCache, GivesBackWhatItWasGiven) {
  const GroundMaps given = small_maps();
  const auto back = unpacked(packed(given));
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->map.grid.columns, 3);
  EXPECT_EQ(back->map.grid.low, given.map.grid.low);
  EXPECT_EQ(back->map.known, given.map.known);
  EXPECT_EQ(back->walls, given.walls);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(back->map.top[i], given.map.top[i], 1e-3F);
    EXPECT_NEAR(back->map.middle[i], given.map.middle[i], 1e-3F);
    EXPECT_NEAR(back->map.bottom[i], given.map.bottom[i], 1e-3F);
    EXPECT_NEAR(back->ground[i], given.ground[i], 1e-3F);
    for (int c = 0; c < 3; ++c) EXPECT_NEAR(back->map.colour[i][c], given.map.colour[i][c], 1 / 255.0F);
  }
}

TEST(GroundCache, ABrokenFileIsNone) {
  const std::vector<std::byte> whole = packed(small_maps());
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(unpacked(std::span(whole).first(size)).has_value()) << size;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::vector<std::byte> changed = whole;
    changed[at] ^= std::byte{4};
    EXPECT_FALSE(unpacked(changed).has_value()) << at;
  }
}

}  // namespace
}  // namespace skyline::editor
