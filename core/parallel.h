// Parallel loops over all cores (oneTBB behind it).
//
// The number of threads is a process-wide limit set once by the program (`ThreadLimit`); loops inside loops share it. Loops hand out
// indices in any order: whatever must not depend on the thread count is reduced by the caller in index order.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace skyline::core {

// Holds the process to `threads` worker threads (the calling one included) as long as it lives; 0 means all cores.
class ThreadLimit {
 public:
  explicit ThreadLimit(int threads);
  ~ThreadLimit();
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Threads that a loop started now would use.
int thread_count();

// Index of the calling worker in [0, thread_count()), stable during one loop body; 0 outside of loops. For per-thread scratch only:
// results must not depend on it.
int thread_index();

// Calls body(i) for i in [0, count), one task an index. Bodies must not throw.
void parallel_for(std::int64_t count, const std::function<void(std::int64_t)>& body);

// Calls body(begin, end) for consecutive ranges of at most `grain` indices that cover [0, count).
void parallel_for_ranges(std::int64_t count, std::int64_t grain, const std::function<void(std::int64_t, std::int64_t)>& body);

// Processor time that all threads of the process have used so far: a measure of work that other programs on the machine disturb little.
double process_cpu_seconds();

}  // namespace skyline::core
