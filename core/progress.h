// Progress of long work, and the way to stop it.
//
// Every operation that may take longer than a second takes a `Progress&`. It reports (stage, done, total) whenever it likes (sinks limit
// their own rate) and asks `stop_requested()` at least every 200 ms. Both are safe from any thread.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

namespace skyline::core {

// Shared flag: whoever holds a copy can request the stop or see it.
class StopToken {
 public:
  StopToken() : flag_(std::make_shared<std::atomic<bool>>(false)) {}
  void request_stop() { flag_->store(true, std::memory_order_relaxed); }
  bool stop_requested() const { return flag_->load(std::memory_order_relaxed); }
  // For signal handlers: the raw flag, valid as long as a copy of the token lives.
  std::atomic<bool>* raw() const { return flag_.get(); }

 private:
  std::shared_ptr<std::atomic<bool>> flag_;
};

struct ProgressReport {
  std::string_view stage{};  // "decoding photos", "training", ...
  double done = 0;           // in `unit`
  double total = 0;          // 0: unknown
  std::string_view unit{};   // "photos", "steps", "s"
  std::string_view note{};   // free text: "184 k rays/s, 25.1 dB"
  double seconds_left = -1;  // -1: the sink estimates from done / total
};

// Receives reports. The base class ignores them and never stops.
class Progress {
 public:
  Progress() = default;
  explicit Progress(StopToken stop) : stop_(std::move(stop)) {}
  virtual ~Progress() = default;
  virtual void report(const ProgressReport&) {}
  bool stop_requested() const { return stop_.stop_requested(); }
  const StopToken& stop_token() const { return stop_; }

 private:
  StopToken stop_;
};

// On a terminal: one line redrawn at most ten times a second (stage, bar, done / total, note, time left). Otherwise: a plain line at each
// change of stage and every ten seconds. Writes to stderr. `quiet` silences it.
std::unique_ptr<Progress> make_console_progress(StopToken stop, bool quiet);

}  // namespace skyline::core
