// What `--report` writes: start times, frames, pictures, memory, validation messages.
#pragma once

#include "app/desktop/edit_latency.h"
#include "app/desktop/flight_benchmark.h"
#include "app/desktop/frame_meter.h"
#include "app/desktop/session.h"
#include "renderer/vulkan/shell.h"

#include <chrono>
#include <cstdint>
#include <filesystem>

namespace skyline::app::desktop {

class RunReport {
 public:
  void started();
  // A frame of the interface was drawn; `shown_serial` is the picture in it, 0: none.
  void frame_drawn(const renderer::Frame* picture, std::uint64_t shown_serial);
  int frames() const { return frames_; }

  core::Status write(const std::filesystem::path& file, const FrameMeter& meter, const EditLatency& latency,
                     const renderer::vulkan::Shell& shell, const Session& session, const FlightBenchmark* flight) const;

 private:
  double since_exec_ms() const;

  double exec_to_main_ms_ = 0;  // from exec of the program that was typed
  std::chrono::steady_clock::time_point begin_;
  double window_ms_ = -1, picture_ms_ = -1, converged_ms_ = -1;
  int frames_ = 0;
  std::int64_t memory_begin_ = 0;
};

// Milliseconds since the kernel made this process (field starttime of /proc/self/stat, which outlives exec); 0 where it is not told.
double milliseconds_since_process_start();

}  // namespace skyline::app::desktop
