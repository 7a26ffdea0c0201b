#include "app/desktop/jobs.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

namespace skyline::app::desktop {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kWakeInterval{100};  // a job's news wake the window at most this often

double seconds_between(Clock::time_point begin, Clock::time_point end) { return std::chrono::duration<double>(end - begin).count(); }

// Keeps the newest report of one job; the window reads it when it draws.
class JobProgress final : public core::Progress {
 public:
  JobProgress(core::StopToken stop, std::function<void()> wake) : Progress(std::move(stop)), wake_(std::move(wake)) {}

  void report(const core::ProgressReport& report) override {
    bool wake = false;
    {
      const std::lock_guard lock(mutex_);
      const Clock::time_point now = Clock::now();
      if (report.stage != stage_) {
        stage_ = report.stage;
        stage_begin_ = now;
        done_at_begin_ = report.done;
      }
      note_ = report.note;
      share_ = report.total > 0 ? std::clamp(report.done / report.total, 0.0, 1.0) : -1;
      seconds_left_ = report.seconds_left;
      const double done_here = report.done - done_at_begin_;
      if (seconds_left_ < 0 && report.total > 0 && done_here > 0) {
        seconds_left_ = seconds_between(stage_begin_, now) / done_here * (report.total - report.done);
      }
      wake = now - woken_at_ >= kWakeInterval;
      if (wake) woken_at_ = now;
    }
    if (wake) wake_();
  }

  void fill(JobReport& report) const {
    const std::lock_guard lock(mutex_);
    report.stage = stage_;
    report.note = note_;
    report.share = share_;
    report.seconds_left = seconds_left_;
    report.stopping = stop_requested();
  }

 private:
  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::string stage_, note_;
  double share_ = -1, seconds_left_ = -1, done_at_begin_ = 0;
  Clock::time_point stage_begin_ = Clock::now(), woken_at_;
};

struct Job {
  Job(int job_number, std::string job_title, const std::function<void()>& wake)
      : number(job_number), title(std::move(job_title)), progress(stop, wake) {}

  int number;
  std::string title;
  core::StopToken stop;
  JobProgress progress;
  Jobs::Finish finish;  // written by the thread before `done`
  std::atomic<bool> done{false};
  std::thread thread;
};

}  // namespace

struct Jobs::State {
  std::function<void()> wake;
  std::list<Job> running;  // addresses stay: threads hold them
  int started = 0;
};

Jobs::Jobs(std::function<void()> wake) : state_(std::make_unique<State>()) { state_->wake = std::move(wake); }

Jobs::~Jobs() {
  cancel_all();
  for (Job& job : state_->running) job.thread.join();
}

int Jobs::start(std::string title, Work work) {
  Job& job = state_->running.emplace_back(++state_->started, std::move(title), state_->wake);
  job.thread = std::thread([&job, work = std::move(work), wake = state_->wake] {
    job.finish = work(job.progress);
    job.done.store(true, std::memory_order_release);
    wake();
  });
  return job.number;
}

void Jobs::cancel(int number) {
  for (Job& job : state_->running) {
    if (job.number == number) job.stop.request_stop();
  }
}

void Jobs::cancel_all() {
  for (Job& job : state_->running) job.stop.request_stop();
}

void Jobs::collect() {
  // What a job leaves behind may start the next job: the list is settled before any of it runs.
  std::vector<Finish> finishes;
  for (auto job = state_->running.begin(); job != state_->running.end();) {
    if (!job->done.load(std::memory_order_acquire)) {
      ++job;
      continue;
    }
    job->thread.join();
    if (job->finish) finishes.push_back(std::move(job->finish));
    job = state_->running.erase(job);
  }
  for (const Finish& finish : finishes) finish();
}

std::vector<JobReport> Jobs::reports() const {
  std::vector<JobReport> reports;
  for (const Job& job : state_->running) {
    JobReport& report = reports.emplace_back();
    report.number = job.number;
    report.title = job.title;
    job.progress.fill(report);
  }
  return reports;
}

bool Jobs::idle() const { return state_->running.empty(); }

}  // namespace skyline::app::desktop
