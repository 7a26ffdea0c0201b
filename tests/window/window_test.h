// A window of its own for every test, with the validation layers on. A test fails when they say anything, also while the window closes.
#pragma once

#include "core/image.h"
#include "renderer/vulkan/shell.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace skyline::renderer::vulkan {

using Pixel = std::array<int, 3>;

inline Pixel pixel(const core::Image& image, int x, int y) {
  const std::size_t at = 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x));
  return {image.pixels.at(at), image.pixels.at(at + 1), image.pixels.at(at + 2)};
}

class WindowTest : public testing::Test {
 protected:
  void SetUp() override { testing::internal::CaptureStderr(); }

  void TearDown() override {
    const int messages = shell_ ? shell_->validation_messages() : 0;
    shell_.reset();
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_EQ(messages, 0);
    EXPECT_EQ(log.find("Vulkan validation"), std::string::npos) << log;
  }

  Shell& open(ShellOptions options = {}) {
    options.validation = true;
    if (options.scale == 0) options.scale = 1;
    core::Result<std::unique_ptr<Shell>> made = Shell::create(options);
    if (!made) throw std::runtime_error(made.error().message());
    shell_ = std::move(*made);
    return *shell_;
  }
  void close() { shell_.reset(); }
  Shell& shell() { return *shell_; }

  // One frame; false where there was nothing to draw into.
  bool frame(const std::function<void()>& draw = {}) {
    shell_->wait_events(0);
    if (!shell_->begin_frame()) return false;
    if (draw) draw();
    shell_->end_frame();
    return true;
  }

  // What a frame shows. Two frames are drawn before: new typeface sizes and windows settle.
  core::Image picture(const std::function<void()>& draw = {}) {
    frame(draw);
    frame(draw);
    core::Image image;
    frame([&] {
      if (draw) draw();
      shell_->capture([&](core::Result<core::Image> taken) {
        EXPECT_TRUE(taken.ok());
        if (taken) image = std::move(*taken);
      });
    });
    return image;
  }

 private:
  std::unique_ptr<Shell> shell_;
};

// RGBA noise that no filter leaves as it is. [height, width, 4]
std::vector<std::uint8_t> inline noise(int width, int height, unsigned seed) {
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  unsigned state = seed * 2654435761U + 1;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    state = state * 1664525U + 1013904223U;
    bytes[i] = i % 4 == 3 ? std::uint8_t{255} : static_cast<std::uint8_t>(state >> 24U);
  }
  return bytes;
}

}  // namespace skyline::renderer::vulkan
