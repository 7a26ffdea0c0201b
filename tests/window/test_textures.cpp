#include "tests/window/window_test.h"

#include <imgui.h>
#include <time.h>

#include <algorithm>

namespace skyline::renderer::vulkan {
namespace {

class WindowTexture : public WindowTest {
 protected:
  // Every pixel of the picture, drawn at (x, y), is the byte that was given.
  static void expect_shown(const core::Image& image, const std::vector<std::uint8_t>& rgba, int width, int height, int x, int y) {
    int wrong = 0;
    for (int row = 0; row < height; ++row) {
      for (int column = 0; column < width; ++column) {
        const std::size_t at = 4 * static_cast<std::size_t>(row * width + column);
        const Pixel wanted{rgba[at], rgba[at + 1], rgba[at + 2]};
        wrong += pixel(image, x + column, y + row) == wanted ? 0 : 1;
      }
    }
    EXPECT_EQ(wrong, 0) << "pixels of " << width << "x" << height;
  }

  static void draw(const Texture& texture, float x, float y) {
    const ImVec2 size(static_cast<float>(texture.width()), static_cast<float>(texture.height()));
    ImGui::GetBackgroundDrawList()->AddImage(ImTextureRef(texture.id()), {x, y}, {x + size.x, y + size.y});
  }
};

TEST_F(WindowTexture, ShowsExactlyThePixelsGiven) {
  open({.width = 640, .height = 480});
  const auto texture = shell().make_texture("noise");
  EXPECT_EQ(texture->id(), 0U);
  const auto rgba = noise(211, 97, 1);
  ASSERT_TRUE(texture->update(rgba, 211, 97));
  expect_shown(picture([&] { draw(*texture, 31, 57); }), rgba, 211, 97, 31, 57);
}

TEST_F(WindowTexture, DrawsPixelForPixelAtWholePixelsWithinItsWindow) {
  open({.width = 640, .height = 480});
  const auto texture = shell().make_texture("noise");
  const auto rgba = noise(300, 200, 9);
  ASSERT_TRUE(texture->update(rgba, 300, 200));
  const core::Image image = picture([&] {
    ImGui::SetNextWindowPos({50, 60});
    ImGui::SetNextWindowSize({420, 330});
    ImGui::Begin("View", nullptr, ImGuiWindowFlags_NoDecoration);
    texture->draw(90.4F, 99.6F, 300, 200);
    ImGui::GetWindowDrawList()->AddRectFilled({440, 350}, {460, 370}, IM_COL32(10, 200, 30, 255));
    ImGui::End();
  });
  expect_shown(image, rgba, 300, 200, 90, 100);
  EXPECT_EQ(pixel(image, 450, 360), (Pixel{10, 200, 30}));
}

TEST_F(WindowTexture, StaysBelowWhatIsDrawnAfterAndWithinItsWindowsClip) {
  open({.width = 640, .height = 480});
  const auto texture = shell().make_texture("noise");
  const auto rgba = noise(300, 200, 5);
  ASSERT_TRUE(texture->update(rgba, 300, 200));
  const core::Image image = picture([&] {
    ImGui::SetNextWindowPos({50, 60});
    ImGui::SetNextWindowSize({200, 100});
    ImGui::Begin("View", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground);
    texture->draw(-20, 0, 300, 200);
    ImGui::End();
    ImGui::GetForegroundDrawList()->AddRectFilled({100, 100}, {110, 110}, IM_COL32(1, 255, 2, 255));
  });
  const auto wanted = [&](int x, int y) {
    const std::size_t at = 4 * static_cast<std::size_t>(y * 300 + x + 20);
    return Pixel{rgba[at], rgba[at + 1], rgba[at + 2]};
  };
  EXPECT_EQ(pixel(image, 70, 80), wanted(70, 80));
  EXPECT_EQ(pixel(image, 240, 150), wanted(240, 150));
  EXPECT_EQ(pixel(image, 105, 105), (Pixel{1, 255, 2}));
  EXPECT_EQ(pixel(image, 10, 10), pixel(image, 630, 470));  // outside of the window nothing is drawn
  EXPECT_EQ(pixel(image, 255, 100), pixel(image, 630, 470));
}

TEST_F(WindowTexture, KeepsItsPictureThroughFramesWithoutAnUpdate) {
  open({.width = 640, .height = 480});
  const auto texture = shell().make_texture("noise");
  const auto show = [&] {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({640, 480});
    ImGui::Begin("View", nullptr, ImGuiWindowFlags_NoDecoration);
    texture->draw(20, 30, 120, 90);
    ImGui::GetWindowDrawList()->AddImage(ImTextureRef(texture->id()), {300, 30}, {420, 120});
    ImGui::End();
  };
  for (unsigned seed = 0; seed < 4; ++seed) {
    const auto rgba = noise(120, 90, seed);
    ASSERT_TRUE(texture->update(rgba, 120, 90));
    const core::Image image = picture(show);
    expect_shown(image, rgba, 120, 90, 20, 30);
    expect_shown(image, rgba, 120, 90, 300, 30);
  }
}

TEST_F(WindowTexture, DrawnInAnotherSizeIsFiltered) {
  open({.width = 640, .height = 480});
  const auto texture = shell().make_texture("two");
  const std::vector<std::uint8_t> rgba = {0, 0, 0, 255, 200, 200, 200, 255};
  ASSERT_TRUE(texture->update(rgba, 2, 1));
  const core::Image image = picture([&] {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({640, 480});
    ImGui::Begin("View", nullptr, ImGuiWindowFlags_NoDecoration);
    texture->draw(100, 100, 200, 100);
    ImGui::End();
  });
  EXPECT_EQ(pixel(image, 110, 150), (Pixel{0, 0, 0}));
  EXPECT_NEAR(pixel(image, 200, 150)[0], 100, 4);
  EXPECT_EQ(pixel(image, 290, 150), (Pixel{200, 200, 200}));
}

TEST_F(WindowTexture, ShowsTheNewestUpdateInEveryFrame) {
  open({.width = 640, .height = 480});
  const auto texture = shell().make_texture("noise");
  for (unsigned seed = 0; seed < 5; ++seed) {
    ASSERT_TRUE(texture->update(noise(64, 64, 100 + seed), 64, 64));  // overwritten before it is drawn
    const auto rgba = noise(64, 64, seed);
    ASSERT_TRUE(texture->update(rgba, 64, 64));
    core::Image image;
    frame([&] {
      draw(*texture, 10, 10);
      shell().capture([&](core::Result<core::Image> taken) { image = std::move(*taken); });
    });
    expect_shown(image, rgba, 64, 64, 10, 10);
  }
}

TEST_F(WindowTexture, AnotherSizeWithinAFrameLeavesWhatWasDrawnBefore) {
  open({.width = 640, .height = 480});
  const auto texture = shell().make_texture("noise");
  const auto first = noise(64, 64, 1), second = noise(128, 32, 2);
  ASSERT_TRUE(texture->update(first, 64, 64));
  core::Image image;
  frame([&] {
    draw(*texture, 10, 10);
    ASSERT_TRUE(texture->update(second, 128, 32));
    draw(*texture, 200, 10);
    shell().capture([&](core::Result<core::Image> taken) { image = std::move(*taken); });
  });
  expect_shown(image, second, 128, 32, 200, 10);
  EXPECT_EQ(texture->width(), 128);
}

TEST_F(WindowTexture, MayDieWhileItsFrameIsDrawn) {
  open({.width = 640, .height = 480});
  for (unsigned i = 0; i < 20; ++i) {
    auto texture = shell().make_texture("short-lived");
    ASSERT_TRUE(texture->update(noise(64, 64, i), 64, 64));
    frame([&] {
      draw(*texture, 10, 10);
      if (i % 2 == 0) texture.reset();
    });
  }
}

TEST_F(WindowTexture, RefusesBytesThatDoNotFitTheSize) {
  open({.width = 320, .height = 240});
  const auto texture = shell().make_texture("wrong");
  EXPECT_FALSE(texture->update(noise(8, 8, 1), 8, 9));
  EXPECT_FALSE(texture->update({}, 0, 0));
  EXPECT_FALSE(texture->update({}, -1, -1));
  EXPECT_EQ(texture->id(), 0U);
}

TEST_F(WindowTexture, ComesBackWithItsNextUpdateAfterTheDeviceWasRebuilt) {
  open({.width = 640, .height = 480});
  const auto texture = shell().make_texture("noise");
  const auto rgba = noise(50, 40, 3);
  ASSERT_TRUE(texture->update(rgba, 50, 40));
  frame([&] { draw(*texture, 10, 10); });
  ASSERT_TRUE(shell().rebuild_device());
  EXPECT_EQ(texture->id(), 0U);
  ASSERT_TRUE(texture->update(rgba, 50, 40));
  const core::Image image = picture([&] {
    draw(*texture, 10, 10);
    ImGui::GetForegroundDrawList()->AddText({300, 100}, IM_COL32_WHITE, "still here");
  });
  expect_shown(image, rgba, 50, 40, 10, 10);
}

// Time of this thread alone: other programs on the machine do not count.
double thread_cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

TEST_F(WindowTexture, AnUpdateOfAWholeViewTakesTwoMillisecondsAtMost) {
  open({.width = 640, .height = 480});
  const auto texture = shell().make_texture("view");
  const auto rgba = noise(1280, 720, 4);
  std::vector<double> times;
  for (int i = 0; i < 20; ++i) {
    const double from = thread_cpu_ms();
    ASSERT_TRUE(texture->update(rgba, 1280, 720));
    times.push_back(thread_cpu_ms() - from);
    frame();
  }
  std::ranges::nth_element(times, times.begin() + 10);
  EXPECT_LE(times[10], 2.0);
}

}  // namespace
}  // namespace skyline::renderer::vulkan
