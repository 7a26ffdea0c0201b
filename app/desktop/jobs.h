// Work that lasts: each job in a thread of its own, with progress, cancel, and a result that is handed over on the window's thread.
#pragma once

#include "core/progress.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace skyline::app::desktop {

struct JobReport {
  int number = 0;
  std::string title;  // "Opening city.sky"
  std::string stage, note;
  double share = -1;         // 0..1; -1: unknown
  double seconds_left = -1;  // -1: unknown
  bool stopping = false;
};

class Jobs {
 public:
  // What a job leaves behind: called on the window's thread by `collect`, also after a cancel (then with nothing to say).
  using Finish = std::function<void()>;
  // Runs in the job's thread; must stop within 200 ms when its progress says so.
  using Work = std::function<Finish(core::Progress&)>;

  explicit Jobs(std::function<void()> wake);  // called when a job has news, from its thread
  ~Jobs();                                    // stops all
  int start(std::string title, Work work);
  void cancel(int number);
  void cancel_all();
  void collect();  // runs what finished jobs left behind
  std::vector<JobReport> reports() const;
  bool idle() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace skyline::app::desktop
