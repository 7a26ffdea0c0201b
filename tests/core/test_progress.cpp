#include "core/log.h"
#include "core/progress.h"
#include "support.h"

#include <pty.h>

#include <algorithm>
#include <thread>

namespace skyline::core {
namespace {

// What `work` writes to stderr while stderr is a terminal.
template <class Work>
std::string on_terminal(const Work& work, unsigned short columns) {
  int terminal = -1;
  int program = -1;
  const winsize size{.ws_row = 24, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
  EXPECT_EQ(openpty(&terminal, &program, nullptr, nullptr, &size), 0);
  const int saved = dup(STDERR_FILENO);
  dup2(program, STDERR_FILENO);
  work();
  dup2(saved, STDERR_FILENO);
  close(saved);
  close(program);
  std::string text;  // reading ends with an error once all is read, for nobody can write any more
  char piece[4096];
  for (ssize_t got = 0; (got = read(terminal, piece, sizeof piece)) > 0;) text.append(piece, static_cast<std::size_t>(got));
  close(terminal);
  return text;
}

TEST(Progress, StopReachesEveryCopyOfTheToken) {
  StopToken token;
  const auto progress = make_console_progress(token, true);
  EXPECT_FALSE(progress->stop_requested());
  token.request_stop();
  EXPECT_TRUE(progress->stop_requested());
  EXPECT_TRUE(progress->stop_token().stop_requested());
}

TEST(Progress, QuietWritesNothing) {
  testing::internal::CaptureStderr();
  make_console_progress({}, true)->report({.stage = "training", .done = 1, .total = 2});
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Progress, PlainOutputHasTheBeginAndTheEndOfEachStage) {
  testing::internal::CaptureStderr();
  {
    const auto progress = make_console_progress({}, false);
    for (int i = 0; i <= 10'000; ++i) progress->report({.stage = "decoding", .done = double(i), .total = 10'000, .unit = "photos"});
    progress->report({.stage = "training", .done = 0, .total = 50, .unit = "steps", .note = "25.1 dB", .seconds_left = 61});
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "decoding 0 / 10000 photos\ndecoding 10000 / 10000 photos\ntraining 0 / 50 steps, 25.1 dB, 1 min 01 s left\n");
}

TEST(Progress, TerminalLineIsRedrawnInPlaceAndRarely) {
  const std::string text = on_terminal(
      [] {
        const auto progress = make_console_progress({}, false);
        for (int i = 0; i <= 1000; ++i) progress->report({.stage = "training", .done = double(i), .total = 1000, .unit = "steps"});
      },
      120);
  EXPECT_EQ(text.find("\rtraining [------------------------] 0 / 1000 steps"), 0u) << text;
  EXPECT_NE(text.find("[########################] 1000 / 1000 steps"), std::string::npos) << text;
  EXPECT_LT(std::count(text.begin(), text.end(), '\r'), 20);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
}

TEST(Progress, TerminalLineNeverWraps) {
  const std::string note(300, 'x');
  const std::string text =
      on_terminal([&] { make_console_progress({}, false)->report({.stage = "training", .done = 1, .total = 2, .note = note}); }, 50);
  EXPECT_EQ(text.substr(0, text.find("\033[K")).size(), 50u);  // the carriage return and 49 characters
}

TEST(Progress, ReportsFromManyThreadsAreSafe) {
  testing::internal::CaptureStderr();
  {
    const auto progress = make_console_progress({}, false);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 1000; ++i) progress->report({.stage = "training", .done = 1, .total = 2, .unit = "steps"});
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr().find("training 1 / 2 steps\n"), 0u);
}

TEST(Log, LevelHoldsMessagesBack) {
  testing::internal::CaptureStderr();
  set_log_level(LogLevel::kWarning);
  log_info("not shown {}");
  log_warning("shown {}");
  set_log_level(LogLevel::kInfo);
  log_debug("hidden");
  const std::string text = testing::internal::GetCapturedStderr();
  EXPECT_NE(text.find("warning: shown {}"), std::string::npos) << text;
  EXPECT_EQ(text.find("not shown"), std::string::npos);
  EXPECT_EQ(text.find("hidden"), std::string::npos);
}

}  // namespace
}  // namespace skyline::core
