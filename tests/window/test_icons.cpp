#include "renderer/vulkan/icons.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace skyline::renderer::vulkan {
namespace {

TEST(Icons, EveryNameIsFoundAndIsOneCharacterOfThePrivateUseArea) {
  for (const auto& [name, character] : all_icons()) {
    EXPECT_EQ(icon(name), character) << name;
    ASSERT_EQ(character.size(), 3U) << name;
    EXPECT_GE(static_cast<unsigned char>(character[0]), 0xeeU) << name;
  }
}

TEST(Icons, NamesOccurOnce) {
  const auto icons = all_icons();
  const auto twice = std::ranges::adjacent_find(icons, {}, [](const auto& entry) { return entry.first; });
  EXPECT_EQ(twice, icons.end());
}

TEST(Icons, AnUnknownNameIsEmpty) { EXPECT_TRUE(icon("no such icon").empty()); }

}  // namespace
}  // namespace skyline::renderer::vulkan
