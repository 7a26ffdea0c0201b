#include "core/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <mutex>

namespace skyline::core {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kRedrawInterval{100};
constexpr std::chrono::seconds kPlainInterval{10};
constexpr int kBarWidth = 24;
constexpr int kDefaultColumns = 80;

double seconds_between(Clock::time_point begin, Clock::time_point end) { return std::chrono::duration<double>(end - begin).count(); }

std::string duration_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::min(std::ceil(seconds), 1e9));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

std::string amount_text(double amount) {
  return amount == std::floor(amount) && std::abs(amount) < 1e15 ? fmt::format("{:.0f}", amount) : fmt::format("{:.1f}", amount);
}

int terminal_columns() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : kDefaultColumns;
}

// The first `columns` characters of UTF-8 text: a longer line would wrap, and could not be redrawn in place.
std::string_view fit(std::string_view text, int columns) {
  int seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts_character = (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
    if (starts_character && seen++ == columns) return text.substr(0, i);
  }
  return text;
}

class ConsoleProgress final : public Progress {
 public:
  explicit ConsoleProgress(StopToken stop) : Progress(std::move(stop)), terminal_(isatty(STDERR_FILENO) != 0) {}
  ConsoleProgress(const ConsoleProgress&) = delete;
  ConsoleProgress& operator=(const ConsoleProgress&) = delete;
  ~ConsoleProgress() override { finish_stage(); }

  void report(const ProgressReport& report) override {
    const std::lock_guard lock(mutex_);
    const Clock::time_point now = Clock::now();
    const bool new_stage = !started_ || report.stage != stage_;
    if (new_stage) {
      finish_stage();
      started_ = true;
      stage_ = report.stage;
      stage_begin_ = now;
      stage_begin_done_ = report.done;
    }
    done_ = report.done;
    total_ = report.total;
    seconds_left_ = report.seconds_left;
    unit_ = report.unit;
    note_ = report.note;
    pending_ = true;
    const auto interval = terminal_ ? Clock::duration(kRedrawInterval) : Clock::duration(kPlainInterval);
    if (new_stage || now - drawn_at_ >= interval) draw(now);
  }

 private:
  // Shows the last state of the stage, which the rate limit may have held back, and leaves it standing.
  void finish_stage() {
    if (!started_) return;
    if (pending_) draw(Clock::now());
    if (terminal_) std::fputs("\n", stderr);
  }

  void draw(Clock::time_point now) {
    std::string line = stage_;
    if (terminal_ && total_ > 0) line += fmt::format(" {}", bar());
    if (total_ > 0) {
      line += fmt::format(" {} / {}", amount_text(done_), amount_text(total_));
    } else if (done_ > 0) {
      line += fmt::format(" {}", amount_text(done_));
    }
    if (!unit_.empty() && (total_ > 0 || done_ > 0)) line += " " + unit_;
    if (!note_.empty()) line += ", " + note_;
    const double left = seconds_left(now);
    if (left > 0) line += fmt::format(", {} left", duration_text(left));

    // One write for a line, so that lines of other threads do not fall into it.
    const std::string text = terminal_ ? fmt::format("\r{}\033[K", fit(line, terminal_columns() - 1)) : line + "\n";
    std::fwrite(text.data(), 1, text.size(), stderr);
    drawn_at_ = now;
    pending_ = false;
  }

  std::string bar() const {
    const auto filled = static_cast<std::size_t>(std::max(0.0, std::min(1.0, done_ / total_)) * kBarWidth);
    return fmt::format("[{}{}]", std::string(filled, '#'), std::string(kBarWidth - filled, '-'));
  }

  // From the reporter, else from the rate since the stage began (work that was resumed does not count as done now); -1: unknown.
  double seconds_left(Clock::time_point now) const {
    if (seconds_left_ >= 0) return seconds_left_;
    const double done_here = done_ - stage_begin_done_;
    if (total_ <= 0 || done_here <= 0 || done_ >= total_) return -1;
    return seconds_between(stage_begin_, now) / done_here * (total_ - done_);
  }

  const bool terminal_;
  std::mutex mutex_;
  bool started_ = false;
  bool pending_ = false;
  std::string stage_;
  std::string unit_;
  std::string note_;
  double done_ = 0;
  double total_ = 0;
  double seconds_left_ = -1;
  double stage_begin_done_ = 0;
  Clock::time_point stage_begin_;
  Clock::time_point drawn_at_;
};

}  // namespace

std::unique_ptr<Progress> make_console_progress(StopToken stop, bool quiet) {
  if (quiet) return std::make_unique<Progress>(std::move(stop));
  return std::make_unique<ConsoleProgress>(std::move(stop));
}

}  // namespace skyline::core
