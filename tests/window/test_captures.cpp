#include "renderer/vulkan/theme.h"
#include "tests/window/window_test.h"

#include <imgui.h>

#include <cmath>

namespace skyline::renderer::vulkan {
namespace {

Pixel bytes_of(const Colour& c) {
  return {static_cast<int>(std::lround(c.r * 255)), static_cast<int>(std::lround(c.g * 255)), static_cast<int>(std::lround(c.b * 255))};
}

class WindowCapture : public WindowTest {};

TEST_F(WindowCapture, HoldsTheColoursThatWereDrawn) {
  open({.width = 640, .height = 480});
  const core::Image image = picture([] {
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    list.AddRectFilled({100, 50}, {200, 150}, IM_COL32(250, 128, 7, 255));
    list.AddRectFilled({300, 50}, {400, 150}, IM_COL32(1, 2, 3, 255));
  });
  ASSERT_EQ(image.width, 640);
  ASSERT_EQ(image.height, 480);
  EXPECT_EQ(pixel(image, 150, 100), (Pixel{250, 128, 7}));
  EXPECT_EQ(pixel(image, 350, 100), (Pixel{1, 2, 3}));
  EXPECT_EQ(pixel(image, 5, 400), bytes_of(palette(true).ground));
}

TEST_F(WindowCapture, ShowsTheOtherThemeWithTheNextFrame) {
  open({.width = 640, .height = 480});
  EXPECT_EQ(pixel(picture(), 5, 5), bytes_of(palette(true).ground));
  shell().set_theme(false);
  EXPECT_EQ(pixel(picture(), 5, 5), bytes_of(palette(false).ground));
  shell().set_theme(true);
  EXPECT_EQ(pixel(picture(), 5, 5), bytes_of(palette(true).ground));
}

TEST_F(WindowCapture, IsTakenOfOneFrameOnly) {
  open({.width = 320, .height = 240});
  int taken = 0;
  frame([&] { shell().capture([&](const core::Result<core::Image>&) { ++taken; }); });
  EXPECT_EQ(taken, 1);
  frame();
  EXPECT_EQ(taken, 1);
}

}  // namespace
}  // namespace skyline::renderer::vulkan
