#include "renderer/vulkan/fonts.h"
#include "renderer/vulkan/icons.h"
#include "tests/window/window_test.h"

#include <imgui.h>

#include <string>

namespace skyline::renderer::vulkan {
namespace {

class WindowText : public WindowTest {};

constexpr TextFont kFonts[] = {TextFont::kBody, TextFont::kStrong, TextFont::kTitle, TextFont::kSmall, TextFont::kMono};

TEST_F(WindowText, BothLanguagesHaveGlyphsInEveryStyle) {
  open({.width = 320, .height = 240});
  frame([] {
    for (const TextFont font : kFonts) {
      const TextStyle style(font);
      EXPECT_TRUE(has_glyphs("Open the city… 100 % – “quoted” × ² °"));
      EXPECT_TRUE(has_glyphs("打开城市，开始飞行。正在训练：剩余时间；撤销、重做！"));
      EXPECT_FALSE(has_glyphs("\xEF\xBF\xBE"));  // U+FFFE is no character
    }
  });
}

TEST_F(WindowText, EveryIconHasAGlyph) {
  open({.width = 320, .height = 240});
  frame([] {
    for (const auto& [name, character] : all_icons()) EXPECT_TRUE(has_glyphs(std::string(character).c_str())) << name;
  });
}

TEST_F(WindowText, TakesInkForEveryCharacter) {
  open({.width = 320, .height = 240});
  for (const char* text : {"A", "城", "\xef\x81\xbb"}) {
    const core::Image image = picture([&] { ImGui::GetBackgroundDrawList()->AddText(nullptr, 40, {20, 20}, IM_COL32_WHITE, text); });
    int ink = 0;
    for (int y = 20; y < 70; ++y) {
      for (int x = 20; x < 70; ++x) ink += pixel(image, x, y)[0] > 200 ? 1 : 0;
    }
    EXPECT_GT(ink, 50) << text;
  }
}

TEST_F(WindowText, GrowsWithTheScaleOfTheInterface) {
  open({.width = 640, .height = 480});
  float once = 0, twice = 0, padding = 0;
  frame([&] { once = ImGui::CalcTextSize("Skyline 城市").x; });
  shell().set_scale(2);
  frame([&] {
    twice = ImGui::CalcTextSize("Skyline 城市").x;
    padding = ImGui::GetStyle().WindowPadding.x;
  });
  EXPECT_NEAR(twice, 2 * once, 0.04 * twice);
  EXPECT_EQ(padding, 24);
  shell().set_scale(9);
  EXPECT_EQ(shell().scale(), 3);
  shell().set_scale(0.1);
  EXPECT_EQ(shell().scale(), 1);
}

}  // namespace
}  // namespace skyline::renderer::vulkan
