// The measured controller of a moving frame: how many rays fit the time that is left for them.
#pragma once

#include <algorithm>
#include <cstdint>

namespace skyline::renderer {

class Pace {
 public:
  // Rays that take `budget_ms`, as far as measured; at most `most`.
  std::int64_t rays_in(double budget_ms, std::int64_t least, std::int64_t most) const {
    const double fit = rate_ * std::max(0.0, budget_ms);
    return std::clamp(static_cast<std::int64_t>(std::min(fit, static_cast<double>(most))), std::min(least, most), most);
  }
  // `rays` took `ms`. Passes too short to be measured do not count.
  void measured(std::int64_t rays, double ms) {
    if (rays < kFewestRays || !(ms > 0)) return;
    const double rate = static_cast<double>(rays) / ms;
    rate_ = known_ ? rate_ + kShare * (rate - rate_) : rate;
    known_ = true;
  }
  double rays_a_ms() const { return rate_; }
  void forget() { *this = {}; }

 private:
  static constexpr std::int64_t kFewestRays = 1000;
  static constexpr double kShare = 0.3;       // of a new measurement
  static constexpr double kFirstGuess = 300;  // rays a millisecond of two slow cores: a first picture takes 50 ms at most
  double rate_ = kFirstGuess;
  bool known_ = false;
};

// Running mean of a duration that is to be left out of the budget.
class RunningMs {
 public:
  void add(double ms) {
    mean_ = known_ ? mean_ + 0.2 * (ms - mean_) : ms;
    known_ = true;
  }
  double mean() const { return mean_; }

 private:
  double mean_ = 0;
  bool known_ = false;
};

}  // namespace skyline::renderer
