// How long an edit takes until it is seen: from the command to the first picture on the screen that shows what it led to, in the
// resolution of motion. For `--report`.
//
//   latency.command_ran("edit.move", input_came_at);       // it changed the document
//   latency.asked(request);                                // by the session, of what the document shows now; after each of its steps
//   latency.drawn(request);                                // a frame of the interface with the answer to that request was handed over
//   latency.device_done();                                 // the device has finished that frame
//
// Commands that change nothing to be seen (selections) are not counted. The processor's time of the whole program is told beside the
// clock's: it does not depend on what else the machine does. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::app::desktop {

class EditLatency {
 public:
  using Clock = std::chrono::steady_clock;

  // `since`: when what led to the command (an event, a line of a script) was taken in.
  void command_ran(std::string_view id, Clock::time_point since, double since_processor_ms);
  // Number of the request for the document as it is; the number before the command's: it changed nothing to be seen.
  void asked(std::uint64_t request);
  // The picture in the frame answers this request; 0: none.
  void drawn(std::uint64_t request);
  void device_done(Clock::time_point now, double processor_ms);
  // Some edit was asked for and is not on the screen yet.
  bool waits() const { return !under_way_.empty(); }
  // The frame with an edit is handed over and not finished.
  bool on_device() const;

  struct Times {
    std::vector<double> ms, processor_ms;
  };
  // By command.
  const std::map<std::string, Times>& commands() const { return seen_; }
  Times all() const;

 private:
  struct Edit {
    std::string command;
    Clock::time_point since;
    double since_processor_ms = 0;
    std::uint64_t request = 0;  // 0: not asked for yet
    bool drawn = false;
  };
  std::uint64_t asked_ = 0;  // last
  std::vector<Edit> under_way_;
  std::map<std::string, Times> seen_;
};

// Of this process, all threads.
double processor_ms();

}  // namespace skyline::app::desktop
