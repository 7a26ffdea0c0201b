// Times of interface frames and picture frames: for the HUD, the profiler and `--report`. Two separate counts: the interface draws when
// something changed, pictures come from the renderer.
#pragma once

#include "renderer/progressive.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <vector>

namespace skyline::app::desktop {

// Nearest-rank percentile; 0 of nothing.
double percentile(std::vector<double> values, double share);

class FrameMeter {
 public:
  static constexpr std::size_t kHistory = 240;

  // A frame of the interface took so long, from waking up to being handed to the screen.
  void add_interface(double ms);
  // The newest picture was put on the screen; the same one again is not counted.
  void add_picture(const renderer::Frame& frame);
  // Forgets the totals (not the history): measuring starts now.
  void restart();

  struct Pictures {
    std::vector<double> intervals_ms;  // between pictures that were shown in motion
    std::vector<double> rays;          // fresh rays of each
  };
  const Pictures& moving() const { return moving_; }
  const std::vector<double>& interface_ms() const { return interface_total_; }
  // The last kHistory of each, oldest first, for plots.
  const std::deque<float>& interface_history() const { return interface_history_; }
  const std::deque<float>& trace_history() const { return trace_history_; }
  const std::deque<float>& reproject_history() const { return reproject_history_; }
  const std::deque<float>& compose_history() const { return compose_history_; }
  // Pictures a second lately; 0 at rest.
  double fps() const { return fps_; }

 private:
  std::uint64_t last_serial_ = 0;
  bool last_moving_ = false;
  std::chrono::steady_clock::time_point last_time_;
  Pictures moving_;
  std::vector<double> interface_total_;
  std::deque<float> interface_history_, trace_history_, reproject_history_, compose_history_;
  double fps_ = 0;
};

}  // namespace skyline::app::desktop
