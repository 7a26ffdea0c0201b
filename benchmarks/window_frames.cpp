// What the window costs without a scene: from the start of the process to the first frame presented, then frames with a view of the
// window's size that is new in every frame. Times of the clock and of the processor (this process; the display server's own are not in it).
#include "renderer/vulkan/shell.h"

#include <fmt/format.h>
#include <imgui.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace skyline;
using renderer::vulkan::Shell;
using renderer::vulkan::Texture;

constexpr int kWidth = 1280, kHeight = 720, kFrames = 300;

double seconds_of(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// Seconds since this process was started, to a hundredth (field 22 of /proc/self/stat, proc(5)).
double seconds_since_start() {
  std::ifstream file("/proc/self/stat");
  std::string line;
  std::getline(file, line);
  std::string_view rest = std::string_view(line).substr(line.rfind(')') + 2);
  for (int field = 3; field < 22; ++field) rest.remove_prefix(rest.find(' ') + 1);
  const double started = static_cast<double>(std::stoll(std::string(rest))) / static_cast<double>(sysconf(_SC_CLK_TCK));
  return seconds_of(CLOCK_BOOTTIME) - started;
}

std::vector<std::uint8_t> some_picture() {
  std::vector<std::uint8_t> rgba(std::size_t{kWidth} * kHeight * 4);
  for (std::size_t i = 0; i < rgba.size(); ++i) rgba[i] = static_cast<std::uint8_t>((i * 2654435761U) >> 24U);
  return rgba;
}

void frame(Shell& shell, const std::function<void()>& draw) {
  shell.wait_events(0);
  if (!shell.begin_frame()) return;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({kWidth, kHeight});
  ImGui::Begin("View", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground);
  draw();
  ImGui::End();
  shell.end_frame();
}

void measure(const char* name, Shell& shell, Texture& texture, const std::function<void()>& draw) {
  const std::vector<std::uint8_t> rgba = some_picture();
  for (int i = 0; i < 10; ++i) frame(shell, draw);
  std::vector<double> update_ms, frame_ms;
  const double processor = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
  for (int i = 0; i < kFrames; ++i) {
    const double before = seconds_of(CLOCK_MONOTONIC);
    if (!texture.update(rgba, kWidth, kHeight)) return;
    update_ms.push_back(1e3 * (seconds_of(CLOCK_MONOTONIC) - before));
    frame(shell, draw);
    frame_ms.push_back(1e3 * (seconds_of(CLOCK_MONOTONIC) - before));
  }
  const double processor_ms = 1e3 * (seconds_of(CLOCK_PROCESS_CPUTIME_ID) - processor) / kFrames;
  std::ranges::sort(update_ms);
  std::ranges::sort(frame_ms);
  fmt::print("{:<28} frame p50 {:.1f} ms, p99 {:.1f} ms; processor {:.1f} ms; update p50 {:.2f} ms\n", name, frame_ms[kFrames / 2],
             frame_ms[kFrames * 99 / 100], processor_ms, update_ms[kFrames / 2]);
}

}  // namespace

int main() {
  core::Result<std::unique_ptr<Shell>> made = Shell::create({.width = kWidth, .height = kHeight, .scale = 1});
  if (!made) {
    fmt::print(stderr, "{}\n", made.error().message());
    return 1;
  }
  Shell& shell = **made;
  frame(shell, [] { ImGui::TextUnformatted("Skyline"); });
  fmt::print("{} ({}): first frame presented {:.2f} s after the start of the process\n", shell.device().name, shell.device().kind,
             seconds_since_start());

  const std::unique_ptr<Texture> texture = shell.make_texture("view");
  measure("view, pixel for pixel", shell, *texture, [&] { texture->draw(0, 0, kWidth, kHeight); });
  measure("view, filtered and blended", shell, *texture, [&] {
    ImGui::GetWindowDrawList()->AddImage(ImTextureRef(texture->id()), {0, 0}, {kWidth, kHeight});
  });
  return 0;
}
