// A session without a window, on the bundled city, for tests.
#pragma once

#include "app/desktop/session.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace skyline::app::desktop {

class SessionFixture : public ::testing::Test {
 protected:
  static constexpr int kWidth = 96, kHeight = 64;

  SessionFixture() : renderer_(std::move(*renderer::ProgressiveRenderer::create({.threads = 1}))) {}

  // A new session, as after a start of the program.
  void begin() {
    session_.reset();
    session_ = std::make_unique<Session>(*renderer_, preferences_, std::filesystem::path(), [] {});
  }

  // Frames of a window until it is so, for 30 seconds at most.
  bool becomes(const std::function<bool()>& so) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (std::chrono::steady_clock::now() < end) {
      session_->update(0.016, kWidth, kHeight);
      if (so()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(4));
    }
    return false;
  }

  // A line of a script.
  core::Status run(const std::string& line) {
    const auto invocation = editor::parse_invocation(line);
    return invocation ? session_->commands.run(*invocation) : core::Status(invocation.error());
  }

  static std::filesystem::path city() { return std::filesystem::path(SKYLINE_ASSETS) / "city.sky"; }

  Preferences preferences_;
  std::unique_ptr<renderer::ProgressiveRenderer> renderer_;
  std::unique_ptr<Session> session_;
};

}  // namespace skyline::app::desktop
