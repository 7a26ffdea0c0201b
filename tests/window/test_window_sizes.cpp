#include "tests/window/x11_window.h"

#include <imgui.h>

#include <chrono>

namespace skyline::renderer::vulkan {
namespace {

class WindowSize : public WindowTest {
 protected:
  // Draws until the picture has that size: the window system needs its time.
  bool reaches(int width, int height) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < end) {
      core::Image image;
      frame([&] {
        ImGui::ShowMetricsWindow();
        shell().capture([&](core::Result<core::Image> taken) { image = std::move(*taken); });
      });
      if (image.width == width && image.height == height) return true;
    }
    return false;
  }
};

TEST_F(WindowSize, DrawsThroughTwentyChanges) {
  open({.width = 640, .height = 480});
  for (int i = 0; i < 20; ++i) {
    const int width = 640 + (i * 97) % 500, height = 400 + (i * 61) % 400;
    shell().set_window_size(width, height);
    EXPECT_TRUE(reaches(width, height)) << width << "x" << height;
  }
}

TEST_F(WindowSize, FullScreenFillsTheScreenAndComesBack) {
  open({.width = 640, .height = 480});
  frame();
  shell().set_full_screen(true);
  EXPECT_TRUE(shell().full_screen());
  EXPECT_TRUE(reaches(1600, 1000));
  shell().set_full_screen(false);
  EXPECT_FALSE(shell().full_screen());
  EXPECT_TRUE(reaches(640, 480));
}

TEST_F(WindowSize, MinimisedDrawsNothingAndComesBack) {
  open({.width = 640, .height = 480});
  frame();
  set_minimised(true);
  EXPECT_FALSE(frame());
  EXPECT_FALSE(frame());
  set_minimised(false);
  EXPECT_TRUE(reaches(640, 480));
}

}  // namespace
}  // namespace skyline::renderer::vulkan
