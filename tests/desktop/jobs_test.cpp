#include "app/desktop/jobs.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace skyline::app::desktop {
namespace {

using Clock = std::chrono::steady_clock;

void collect_until(Jobs& jobs, const std::function<bool()>& done) {
  const auto end = Clock::now() + std::chrono::seconds(10);
  while (!done() && Clock::now() < end) {
    jobs.collect();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

TEST(Jobs, HandTheirResultOverOnTheThreadThatCollects) {
  Jobs jobs([] {});
  std::thread::id worked, finished;
  jobs.start("work", [&](core::Progress&) -> Jobs::Finish {
    worked = std::this_thread::get_id();
    return [&] { finished = std::this_thread::get_id(); };
  });
  collect_until(jobs, [&] { return jobs.idle(); });
  EXPECT_TRUE(jobs.idle());
  EXPECT_NE(worked, std::this_thread::get_id());
  EXPECT_EQ(finished, std::this_thread::get_id());
}

TEST(Jobs, ACancelReachesTheRunningJobWithin200Milliseconds) {
  Jobs jobs([] {});
  std::atomic<bool> running{false};
  const int number = jobs.start("endless", [&](core::Progress& progress) -> Jobs::Finish {
    running = true;
    while (!progress.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return {};
  });
  collect_until(jobs, [&] { return running.load(); });
  const auto begin = Clock::now();
  jobs.cancel(number);
  EXPECT_TRUE(jobs.reports().front().stopping);
  collect_until(jobs, [&] { return jobs.idle(); });
  EXPECT_LT(std::chrono::duration<double>(Clock::now() - begin).count(), 0.2);
}

TEST(Jobs, TellHowFarTheyAreAndHowLongItStillTakes) {
  Jobs jobs([] {});
  std::atomic<bool> reported{false};
  jobs.start("halfway", [&](core::Progress& progress) -> Jobs::Finish {
    progress.report({.stage = "counting", .done = 0, .total = 10});
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    progress.report({.stage = "counting", .done = 5, .total = 10});
    reported = true;
    while (!progress.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return {};
  });
  collect_until(jobs, [&] { return reported.load(); });
  const JobReport report = jobs.reports().front();
  EXPECT_EQ(report.stage, "counting");
  EXPECT_DOUBLE_EQ(report.share, 0.5);
  EXPECT_GT(report.seconds_left, 0);
  EXPECT_LT(report.seconds_left, 5);
}

TEST(Jobs, AFinishMayStartTheNextJob) {
  Jobs jobs([] {});
  bool second = false;
  jobs.start("first", [&](core::Progress&) -> Jobs::Finish {
    return [&] { jobs.start("second", [&](core::Progress&) -> Jobs::Finish { return [&] { second = true; }; }); };
  });
  collect_until(jobs, [&] { return second; });
  EXPECT_TRUE(second);
}

}  // namespace
}  // namespace skyline::app::desktop
