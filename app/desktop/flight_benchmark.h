// `--flight N`: N pictures along the scene's bench flight in the window, measured as a person would see them; then the quality of every
// 25th of them against the converged picture of the same camera.
#pragma once

#include "app/desktop/frame_meter.h"
#include "app/desktop/session.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

namespace skyline::app::desktop {

struct FlightResult {
  int frames = 0;  // pictures that were shown
  int width = 0, height = 0;
  double fps_median = 0, interval_p50_ms = 0, interval_p99_ms = 0;
  double rays_median = 0;
  double interface_p50_ms = 0, interface_p99_ms = 0;
  double psnr_mean = 0, psnr_least = 0;
  double converge_s = 0;                          // of the last view, from standing still
  std::int64_t memory_begin = 0, memory_end = 0;  // resident
};

class FlightBenchmark {
 public:
  explicit FlightBenchmark(int frames) : frames_(frames) {}
  // Puts the camera where the flight is; after the flight, where quality is measured.
  void before_frame(Session& session, int width, int height);
  void after_frame(Session& session, FrameMeter& meter, const std::shared_ptr<const renderer::Frame>& picture);
  bool finished() const { return stage_ == Stage::kDone; }
  const FlightResult& result() const { return result_; }

 private:
  enum class Stage { kWaiting, kFlying, kStanding, kJudging, kDone };
  void plan(Session& session);
  void end_flight(const FrameMeter& meter);
  void judge(const renderer::Frame& converged);

  int frames_;
  Stage stage_ = Stage::kWaiting;
  std::vector<editor::Pose> poses_;
  std::size_t at_ = 0;
  std::uint64_t last_serial_ = 0;
  struct Kept {
    std::shared_ptr<const renderer::Frame> frame;
  };
  std::vector<Kept> kept_;
  std::size_t judged_ = 0;
  std::vector<double> psnr_;
  std::chrono::steady_clock::time_point standing_since_;
  FlightResult result_;
};

}  // namespace skyline::app::desktop
