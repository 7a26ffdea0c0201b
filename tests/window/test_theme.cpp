#include "renderer/vulkan/theme.h"

#include <gtest/gtest.h>

#include <tuple>

namespace skyline::renderer::vulkan {
namespace {

constexpr double kReadable = 4.5;   // WCAG 2.1, 1.4.3, level AA
constexpr double kDiscernible = 3;  // WCAG 2.1, 1.4.11: parts of controls and of graphs

class Theme : public testing::TestWithParam<bool> {};

TEST_P(Theme, TextIsReadableOnEveryGround) {
  const Palette& p = palette(GetParam());
  for (const auto& [name, ground] : {std::pair{"ground", p.ground}, {"surface", p.surface}, {"raised", p.raised}, {"field", p.field}}) {
    for (const auto& [text, colour] :
         {std::pair{"text", p.text}, {"muted", p.muted}, {"accent", p.accent}, {"good", p.good}, {"warning", p.warning}, {"bad", p.bad}}) {
      EXPECT_GE(contrast(colour, ground), kReadable) << text << " on " << name;
    }
  }
  EXPECT_GE(contrast(p.on_accent, p.accent), kReadable);
}

TEST_P(Theme, LinesOfPlotsStandOutFromTheirGround) {
  const Palette& p = palette(GetParam());
  for (const Colour& line : p.series) EXPECT_GE(contrast(line, p.field), kDiscernible);
}

INSTANTIATE_TEST_SUITE_P(Both, Theme, testing::Bool(), [](const auto& one) { return one.param ? "Dark" : "Light"; });

TEST(Contrast, IsThatOfTheGuideline) {
  EXPECT_NEAR(contrast({0, 0, 0}, {1, 1, 1}), 21, 1e-9);
  EXPECT_NEAR(contrast({1, 1, 1}, {1, 1, 1}), 1, 1e-9);
}

}  // namespace
}  // namespace skyline::renderer::vulkan
