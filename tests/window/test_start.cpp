#include "core/file.h"
#include "tests/window/window_test.h"

#include <imgui.h>
#include <time.h>

#include <cstdlib>
#include <filesystem>

namespace skyline::renderer::vulkan {
namespace {

class WindowStart : public WindowTest {
 protected:
  static std::string failure(const ShellOptions& options) {
    const auto shell = Shell::create(options);
    return shell ? std::string() : shell.error().message();
  }
};

// Time of this process alone: other programs on the machine do not count.
double process_cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

TEST_F(WindowStart, PresentsWithinHalfASecondOfWork) {
  const double from = process_cpu_ms();
  open({.width = 1280, .height = 720});
  frame([] { ImGui::ShowMetricsWindow(); });
  EXPECT_GT(shell().times().first_ms, 0);
  EXPECT_LT(process_cpu_ms() - from, 500);
}

TEST_F(WindowStart, SaysWhichDeviceItTookAndWhy) {
  open({.width = 320, .height = 240});
  EXPECT_FALSE(shell().device().name.empty());
  EXPECT_FALSE(shell().device().driver.empty());
  EXPECT_FALSE(shell().device().reason.empty());
  EXPECT_TRUE(shell().notices().empty());
}

TEST_F(WindowStart, WithoutADisplayOffersToRender) {
  const std::string display = std::getenv("DISPLAY");
  unsetenv("DISPLAY");
  const std::string message = failure({});
  setenv("DISPLAY", display.c_str(), 1);
  EXPECT_NE(message.find("display"), std::string::npos) << message;
  EXPECT_NE(message.find("skyline render"), std::string::npos) << message;
}

TEST_F(WindowStart, OfAnUnknownDeviceListsThoseThatAre) {
  const std::string message = failure({.device = "no such card"});
  EXPECT_NE(message.find("no such card"), std::string::npos) << message;
  EXPECT_NE(message.find("choose one of: "), std::string::npos) << message;
}

TEST_F(WindowStart, ListsTheDevicesOfTheMachine) {
  const auto devices = list_devices();
  ASSERT_TRUE(devices);
  ASSERT_FALSE(devices->empty());
  EXPECT_FALSE(devices->front().kind.empty());
}

TEST_F(WindowStart, KeepsTheLayoutOfPanels) {
  const std::filesystem::path file = std::filesystem::path(testing::TempDir()) / "layout.ini";
  std::filesystem::remove(file);
  ImVec2 place;
  const auto panel = [&] {
    ImGui::Begin("Kept");
    place = ImGui::GetWindowPos();
    ImGui::End();
  };
  open({.width = 640, .height = 480, .layout_file = file});
  frame([&] {
    ImGui::SetNextWindowPos({123, 45});
    panel();
  });
  frame(panel);
  close();
  ASSERT_TRUE(std::filesystem::exists(file));
  open({.width = 640, .height = 480, .layout_file = file});
  frame(panel);
  EXPECT_EQ(place.x, 123);
  EXPECT_EQ(place.y, 45);
}

}  // namespace
}  // namespace skyline::renderer::vulkan
