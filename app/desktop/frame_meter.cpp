#include "app/desktop/frame_meter.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace skyline::app::desktop {
namespace {

constexpr std::size_t kMostTotals = 200000;   // an hour at 60 frames a second
constexpr double kSmoothing = 0.15;           // of the shown rate
constexpr double kLongestInterval_ms = 1000;  // longer: nothing moved in between

void push(std::deque<float>& history, double value) {
  history.push_back(static_cast<float>(value));
  if (history.size() > FrameMeter::kHistory) history.pop_front();
}

}  // namespace

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  const auto index = static_cast<std::ptrdiff_t>(std::clamp<std::size_t>(rank, 1, values.size()) - 1);
  std::nth_element(values.begin(), values.begin() + index, values.end());
  return values[static_cast<std::size_t>(index)];
}

void FrameMeter::add_interface(double ms) {
  push(interface_history_, ms);
  if (interface_total_.size() < kMostTotals) interface_total_.push_back(ms);
}

void FrameMeter::add_picture(const renderer::Frame& frame) {
  if (frame.serial == last_serial_) return;
  const auto now = std::chrono::steady_clock::now();
  const double interval = std::chrono::duration<double, std::milli>(now - last_time_).count();
  const bool moving = frame.stage == renderer::Stage::kMoving;
  if (moving && last_moving_ && interval < kLongestInterval_ms) {
    if (moving_.intervals_ms.size() < kMostTotals) {
      moving_.intervals_ms.push_back(interval);
      moving_.rays.push_back(static_cast<double>(frame.fresh_rays));
    }
    const double rate = 1000 / std::max(interval, 0.1);
    fps_ = fps_ == 0 ? rate : fps_ + kSmoothing * (rate - fps_);
  }
  if (!moving) fps_ = 0;
  push(trace_history_, frame.times.trace_ms);
  push(reproject_history_, frame.times.reproject_ms);
  push(compose_history_, frame.times.compose_ms);
  last_serial_ = frame.serial;
  last_moving_ = moving;
  last_time_ = now;
}

void FrameMeter::restart() {
  moving_ = {};
  interface_total_.clear();
  last_moving_ = false;
}

}  // namespace skyline::app::desktop
