#include "app/desktop/edit_latency.h"

#include <algorithm>
#include <ctime>

namespace skyline::app::desktop {

void EditLatency::command_ran(std::string_view id, Clock::time_point since, double since_processor_ms) {
  under_way_.push_back({std::string(id), since, since_processor_ms});
}

void EditLatency::asked(std::uint64_t request) {
  const bool same = request == asked_;
  asked_ = request;
  std::erase_if(under_way_, [&](Edit& edit) {
    if (edit.request != 0) return false;
    edit.request = request;
    return same;
  });
}

void EditLatency::drawn(std::uint64_t request) {
  for (Edit& edit : under_way_) edit.drawn = edit.drawn || (edit.request != 0 && request >= edit.request);
}

void EditLatency::device_done(Clock::time_point now, double processor_now_ms) {
  std::erase_if(under_way_, [&](const Edit& edit) {
    if (!edit.drawn) return false;
    Times& times = seen_[edit.command];
    times.ms.push_back(std::chrono::duration<double, std::milli>(now - edit.since).count());
    times.processor_ms.push_back(processor_now_ms - edit.since_processor_ms);
    return true;
  });
}

bool EditLatency::on_device() const {
  return std::any_of(under_way_.begin(), under_way_.end(), [](const Edit& edit) { return edit.drawn; });
}

EditLatency::Times EditLatency::all() const {
  Times all;
  for (const auto& [command, times] : seen_) {
    all.ms.insert(all.ms.end(), times.ms.begin(), times.ms.end());
    all.processor_ms.insert(all.processor_ms.end(), times.processor_ms.begin(), times.processor_ms.end());
  }
  return all;
}

double processor_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

}  // namespace skyline::app::desktop
