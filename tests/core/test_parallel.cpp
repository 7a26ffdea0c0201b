#include "core/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace skyline::core {
namespace {

TEST(Parallel, EveryIndexIsVisitedOnce) {
  for (const int threads : {1, 2, 5}) {
    const ThreadLimit limit(threads);
    std::vector<std::atomic<int>> visits(10'007);
    parallel_for(static_cast<std::int64_t>(visits.size()), [&](std::int64_t i) { ++visits[static_cast<std::size_t>(i)]; });
    for (const auto& visit : visits) ASSERT_EQ(visit, 1);
  }
}

TEST(Parallel, EmptyLoopsCallNothing) {
  parallel_for(0, [](std::int64_t) { FAIL(); });
  parallel_for(-3, [](std::int64_t) { FAIL(); });
  parallel_for_ranges(0, 8, [](std::int64_t, std::int64_t) { FAIL(); });
}

TEST(Parallel, RangesAreTheSameForEveryThreadCount) {
  const std::set<std::pair<std::int64_t, std::int64_t>> expected = {{0, 4}, {4, 8}, {8, 10}};
  for (const int threads : {1, 3}) {
    const ThreadLimit limit(threads);
    std::mutex mutex;
    std::set<std::pair<std::int64_t, std::int64_t>> ranges;
    parallel_for_ranges(10, 4, [&](std::int64_t begin, std::int64_t end) {
      const std::lock_guard lock(mutex);
      ranges.emplace(begin, end);
    });
    EXPECT_EQ(ranges, expected);
  }
}

TEST(Parallel, LimitHoldsAsLongAsItLives) {
  const int before = thread_count();
  EXPECT_GE(before, 1);
  {
    const ThreadLimit limit(3);
    EXPECT_EQ(thread_count(), 3);
    parallel_for(100, [](std::int64_t) { EXPECT_EQ(thread_count(), 3); });
  }
  EXPECT_EQ(thread_count(), before);
  const ThreadLimit all(0);
  EXPECT_GE(thread_count(), 1);
}

TEST(Parallel, OneThreadRunsInOrderOnTheCallingThread) {
  const ThreadLimit limit(1);
  std::vector<std::int64_t> order;
  parallel_for(100, [&](std::int64_t i) {
    EXPECT_EQ(thread_index(), 0);
    order.push_back(i);
  });
  for (std::size_t i = 0; i < order.size(); ++i) ASSERT_EQ(order[i], static_cast<std::int64_t>(i));
  const std::thread::id caller = std::this_thread::get_id();
  parallel_for_ranges(100, 7, [&](std::int64_t, std::int64_t) { EXPECT_EQ(std::this_thread::get_id(), caller); });
}

TEST(Parallel, SeveralThreadsWorkAtOnce) {
  const ThreadLimit limit(2);
  std::atomic<int> arrived = 0;
  parallel_for(2, [&](std::int64_t) {  // each body waits for the other one: one thread alone would wait in vain (two minutes)
    ++arrived;
    for (int spin = 0; spin < 120'000 && arrived < 2; ++spin) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    EXPECT_EQ(arrived, 2);
  });
}

// Bodies that share an index must never overlap, not even where a body waits for a loop of its own.
TEST(Parallel, ThreadIndexIsExclusiveDuringABodyEvenWithLoopsInside) {
  constexpr int kThreads = 4;
  const ThreadLimit limit(kThreads);
  for (int round = 0; round < 20; ++round) {
    std::vector<std::atomic<int>> users(kThreads);
    std::atomic<int> visits = 0;
    parallel_for(64, [&](std::int64_t) {
      const int index = thread_index();
      ASSERT_GE(index, 0);
      ASSERT_LT(index, kThreads);
      EXPECT_EQ(users[static_cast<std::size_t>(index)]++, 0);
      parallel_for(16, [&](std::int64_t) {
        EXPECT_LT(thread_index(), kThreads);
        ++visits;
        std::this_thread::yield();
      });
      EXPECT_EQ(thread_index(), index);
      --users[static_cast<std::size_t>(index)];
    });
    EXPECT_EQ(visits, 64 * 16);
  }
  EXPECT_EQ(thread_index(), 0);
}

TEST(Parallel, LoopsFromSeveralThreadsFinish) {
  const ThreadLimit limit(2);
  std::atomic<int> visits = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      parallel_for(1000, [&](std::int64_t) {
        EXPECT_LT(thread_index(), 2);
        ++visits;
      });
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(visits, 4000);
}

}  // namespace
}  // namespace skyline::core
