#include "tests/window/window_test.h"

#include <imgui.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

namespace skyline::renderer::vulkan {
namespace {

class WindowPacing : public WindowTest {};

TEST_F(WindowPacing, NeverQueuesMoreThanOneFrame) {
  open({.width = 640, .height = 480});
  for (int i = 0; i < 50; ++i) {
    shell().wait_events(0);
    ASSERT_TRUE(shell().begin_frame());
    EXPECT_EQ(shell().frames_queued(), 0);
    shell().end_frame();
    EXPECT_LE(shell().frames_queued(), 1);
  }
}

TEST_F(WindowPacing, TellsWhatAFrameTook) {
  open({.width = 640, .height = 480});
  EXPECT_EQ(shell().times().first_ms, 0);
  frame();
  const ShellTimes times = shell().times();
  EXPECT_GT(times.first_ms, 0);
  EXPECT_GT(times.present_ms, 0);
  EXPECT_GE(times.frame_ms, times.begin_ms + times.present_ms - 0.001);
}

std::int64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t total = 0, resident = 0;
  file >> total >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

TEST_F(WindowPacing, AThousandFramesTakeNoFurtherMemory) {
  open({.width = 640, .height = 480});
  const auto texture = shell().make_texture("view");
  const auto rgba = noise(320, 240, 1);
  const auto draw = [&](int i) {
    // Another size now and then: images and staging buffers go and come.
    const int width = i % 25 == 0 ? 160 : 320;
    ASSERT_TRUE(texture->update(std::span(rgba).first(static_cast<std::size_t>(width) * 240 * 4), width, 240));
    frame([&] {
      ImGui::GetBackgroundDrawList()->AddImage(ImTextureRef(texture->id()), {0, 0}, {320, 240});
      ImGui::ShowMetricsWindow();
    });
  };
  for (int i = 0; i < 300; ++i) draw(i);
  const std::int64_t before = resident_bytes();
  for (int i = 300; i < 1300; ++i) draw(i);
  constexpr std::int64_t kNoise = std::int64_t{3} << 20;  // the allocator's and the validation layers' own
  EXPECT_LE(resident_bytes() - before, kNoise);
}

TEST_F(WindowPacing, AnotherThreadWakesTheWait) {
  open({.width = 320, .height = 240});
  shell().wait_events(0.05);
  const auto from = std::chrono::steady_clock::now();
  std::thread waker([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    shell().wake();
  });
  while (std::chrono::steady_clock::now() - from < std::chrono::milliseconds(100)) shell().wait_events(20);
  waker.join();
  EXPECT_LT(std::chrono::steady_clock::now() - from, std::chrono::seconds(10));
}

}  // namespace
}  // namespace skyline::renderer::vulkan
