#include "core/parallel.h"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_scheduler_observer.h>
#ifdef __linux__
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif
#include <time.h>

#include <algorithm>
#include <mutex>
#include <utility>

#ifdef SKYLINE_SANITIZE_THREAD
#include <sanitizer/tsan_interface.h>
#endif

namespace skyline::core {
namespace {

// Tells the thread sanitizer what oneTBB, which is not built with it, makes sure of: whatever was written before a loop is seen by its
// bodies, whatever a body wrote is seen behind the loop. Two marks, so that nothing is claimed of one body and another.
class LoopOrder {
 public:
  LoopOrder() { release(begin_); }
  ~LoopOrder() { acquire(end_); }
  LoopOrder(const LoopOrder&) = delete;
  LoopOrder& operator=(const LoopOrder&) = delete;
  void body_begins() { acquire(begin_); }
  void body_ends() { release(end_); }

 private:
#ifdef SKYLINE_SANITIZE_THREAD
  static void acquire(char& mark) { __tsan_acquire(&mark); }
  static void release(char& mark) { __tsan_release(&mark); }
#else
  static void acquire(char&) {}
  static void release(char&) {}
#endif
  char begin_ = 0, end_ = 0;
};

// The threads that loops use now. An arena of this size gives every worker in it an index below the size.
struct Team {
  int threads;
  tbb::task_arena arena;
  explicit Team(int count, tbb::task_arena::priority priority = tbb::task_arena::priority::normal)
      : threads(count), arena(count, 1, priority) {}
};

int all_cores() { return std::max(1, tbb::info::default_concurrency()); }

struct CurrentTeam {
  std::mutex mutex;
  std::shared_ptr<Team> team = std::make_shared<Team>(all_cores());
};

CurrentTeam& current() {
  static CurrentTeam instance;
  return instance;
}

// Set inside of ThreadTeam::run.
thread_local std::shared_ptr<Team> own_team;

std::shared_ptr<Team> current_team() {
  if (own_team) return own_team;
  CurrentTeam& state = current();
  const std::lock_guard lock(state.mutex);
  return state.team;
}

std::shared_ptr<Team> exchange_team(std::shared_ptr<Team> team) {
  CurrentTeam& state = current();
  const std::lock_guard lock(state.mutex);
  return std::exchange(state.team, std::move(team));
}

// The team whose loop body this thread is in (null outside of loops) and its index there.
thread_local Team* body_team = nullptr;
thread_local int body_index = 0;

class BodyScope {
 public:
  explicit BodyScope(Team* team)
      : outer_team_(std::exchange(body_team, team)),
        outer_index_(std::exchange(body_index, tbb::this_task_arena::current_thread_index())) {}
  ~BodyScope() {
    body_team = outer_team_;
    body_index = outer_index_;
  }
  BodyScope(const BodyScope&) = delete;
  BodyScope& operator=(const BodyScope&) = delete;

 private:
  Team* outer_team_;
  int outer_index_;
};

}  // namespace

struct ThreadLimit::State {
  tbb::global_control control;
  std::shared_ptr<Team> previous;
  explicit State(int threads)
      : control(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads)),
        previous(exchange_team(std::make_shared<Team>(threads))) {}
};

ThreadLimit::ThreadLimit(int threads) : state_(std::make_unique<State>(threads > 0 ? threads : all_cores())) {}
ThreadLimit::~ThreadLimit() { exchange_team(std::move(state_->previous)); }

void lower_thread_priority([[maybe_unused]] int niceness) {
#ifdef __linux__
  thread_local int added = 0;
  if (niceness <= added) return;
  const auto thread = static_cast<id_t>(syscall(SYS_gettid));
  setpriority(PRIO_PROCESS, thread, getpriority(PRIO_PROCESS, thread) + niceness - added);
  added = niceness;
#endif
}

namespace {

// Makes the pool's threads nicer when they come to help.
class NiceHelpers : public tbb::task_scheduler_observer {
 public:
  NiceHelpers(tbb::task_arena& arena, int niceness) : tbb::task_scheduler_observer(arena), niceness_(niceness) { observe(niceness > 0); }
  ~NiceHelpers() override { observe(false); }
  NiceHelpers(const NiceHelpers&) = delete;
  NiceHelpers& operator=(const NiceHelpers&) = delete;
  void on_scheduler_entry(bool is_worker) override {
    if (is_worker) lower_thread_priority(niceness_);
  }

 private:
  int niceness_;
};

}  // namespace

struct ThreadTeam::State {
  std::shared_ptr<Team> team;
  NiceHelpers nice;

  explicit State(const TeamOptions& options)
      : team(std::make_shared<Team>(options.threads > 0 ? options.threads : all_cores(),
                                    options.comes_first ? tbb::task_arena::priority::high : tbb::task_arena::priority::normal)),
        nice(team->arena, options.niceness) {}
};

ThreadTeam::ThreadTeam(const TeamOptions& options) : state_(std::make_unique<State>(options)) {}
ThreadTeam::~ThreadTeam() = default;

void ThreadTeam::run(const std::function<void()>& work) {
  std::shared_ptr<Team> outer = std::exchange(own_team, state_->team);
  work();
  own_team = std::move(outer);
}

int thread_count() { return body_team != nullptr ? body_team->threads : current_team()->threads; }

int thread_index() { return body_index; }

void parallel_for(std::int64_t count, const std::function<void(std::int64_t)>& body) {
  if (count <= 0) return;
  const std::shared_ptr<Team> held = body_team != nullptr ? nullptr : current_team();
  Team* const team = body_team != nullptr ? body_team : held.get();
  if (team->threads == 1 || count == 1) {
    for (std::int64_t i = 0; i < count; ++i) body(i);
    return;
  }

  LoopOrder order;
  const auto run = [&] {
    tbb::parallel_for(
        tbb::blocked_range<std::int64_t>(0, count, 1),
        [&](const tbb::blocked_range<std::int64_t>& range) {
          const BodyScope scope(team);
          order.body_begins();
          for (std::int64_t i = range.begin(); i != range.end(); ++i) body(i);
          order.body_ends();
        },
        tbb::simple_partitioner());
  };
  if (body_team != nullptr) {
    // While a body waits for its inner loop, its thread must not start another body of the outer loop: both would use one thread_index.
    tbb::this_task_arena::isolate(run);
  } else {
    team->arena.execute(run);
  }
}

void parallel_for_ranges(std::int64_t count, std::int64_t grain, const std::function<void(std::int64_t, std::int64_t)>& body) {
  if (count <= 0) return;
  const std::int64_t step = std::clamp<std::int64_t>(grain, 1, count);
  // Whole blocks of `step`, so that the ranges are the same for every thread count.
  const std::int64_t blocks = count / step + (count % step != 0 ? 1 : 0);
  parallel_for(blocks, [&](std::int64_t block) {
    const std::int64_t begin = block * step;
    body(begin, begin + std::min(step, count - begin));
  });
}

double process_cpu_seconds() {
  timespec time{};
  return clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 ? static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec)
                                                             : 0.0;
}

}  // namespace skyline::core
