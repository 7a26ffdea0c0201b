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

// Workers of somebody's own: loops inside `run` use them instead of the process-wide ones, so that two pieces of work side by side do not
// take up each other's bodies. The threads still come from one pool as large as the machine; a team that `comes_first` gets them first.
struct TeamOptions {
  int threads = 0;           // 0: all cores
  bool comes_first = false;  // before loops of other teams
  int niceness = 0;          // added to that of the threads that help, as of setpriority(2); they keep it in loops of others too
};
class ThreadTeam {
 public:
  explicit ThreadTeam(const TeamOptions& options);
  ~ThreadTeam();
  ThreadTeam(const ThreadTeam&) = delete;
  ThreadTeam& operator=(const ThreadTeam&) = delete;
  // Calls `work` on this thread. Not inside of a loop body.
  void run(const std::function<void()>& work);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Threads that a loop started now would use.
int thread_count();

// Index of the calling worker in [0, thread_count()), stable during one loop body; 0 outside of loops. For per-thread scratch only:
// results must not depend on it.
int thread_index();

// Makes the calling thread nicer than it was started by so much (Linux; elsewhere nothing happens). Calling it again adds nothing.
void lower_thread_priority(int niceness);

// Calls body(i) for i in [0, count), one task an index. Bodies must not throw.
void parallel_for(std::int64_t count, const std::function<void(std::int64_t)>& body);

// Calls body(begin, end) for consecutive ranges of at most `grain` indices that cover [0, count).
void parallel_for_ranges(std::int64_t count, std::int64_t grain, const std::function<void(std::int64_t, std::int64_t)>& body);

// Processor time that all threads of the process have used so far: a measure of work that other programs on the machine disturb little.
double process_cpu_seconds();

}  // namespace skyline::core
