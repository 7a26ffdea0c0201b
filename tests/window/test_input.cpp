#include "tests/window/x11_window.h"

#include <imgui.h>

#include <chrono>

namespace skyline::renderer::vulkan {
namespace {

class WindowInput : public WindowTest {
 protected:
  // Draws until it is so, for ten seconds at most.
  bool becomes(const std::function<bool()>& so) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < end) {
      frame();
      if (so()) return true;
    }
    return false;
  }
};

TEST_F(WindowInput, KeysAreHeldByTheirPlaceUntilTheyAreReleased) {
  open({.width = 640, .height = 480});
  frame();
  set_focus(true);
  ASSERT_TRUE(becomes([&] { return shell().focused(); }));
  press_key("w", true);
  EXPECT_TRUE(becomes([&] { return shell().key_held("W"); }));
  EXPECT_FALSE(shell().key_held("S"));
  press_key("w", false);
  EXPECT_TRUE(becomes([&] { return !shell().key_held("W"); }));
}

TEST_F(WindowInput, LosingTheFocusReleasesEveryKey) {
  open({.width = 640, .height = 480});
  frame();
  set_focus(true);
  ASSERT_TRUE(becomes([&] { return shell().focused(); }));
  press_key("w", true);
  press_key("Shift_L", true);
  ASSERT_TRUE(becomes([&] { return shell().key_held("W") && shell().key_held("Left Shift"); }));
  ASSERT_TRUE(becomes([&] { return ImGui::IsKeyDown(ImGuiKey_W); }));
  set_focus(false);
  EXPECT_TRUE(becomes([&] { return !shell().focused(); }));
  EXPECT_FALSE(shell().key_held("W"));
  EXPECT_FALSE(shell().key_held("Left Shift"));
  EXPECT_TRUE(becomes([&] { return !ImGui::IsKeyDown(ImGuiKey_W); }));
  press_key("w", false);
  press_key("Shift_L", false);
  set_focus(true);
  ASSERT_TRUE(becomes([&] { return shell().focused(); }));
  EXPECT_FALSE(shell().key_held("W"));
}

TEST_F(WindowInput, AnUnknownKeyIsNeverHeld) {
  open({.width = 320, .height = 240});
  EXPECT_FALSE(shell().key_held("no such key"));
}

TEST_F(WindowInput, AClosedWindowAsksOnceAndCanBeKeptOpen) {
  open({.width = 320, .height = 240});
  EXPECT_FALSE(shell().close_requested());
  shell().request_close(true);
  EXPECT_TRUE(shell().close_requested());
  shell().request_close(false);
  EXPECT_FALSE(shell().close_requested());
}

}  // namespace
}  // namespace skyline::renderer::vulkan
