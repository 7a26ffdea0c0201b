// Runs programs and keeps what they print. For tests.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace skyline::testing {

struct ProcessResult {
  int exit_code = -1;  // 128 + signal when a signal ended it
  std::string output, errors;
};

struct ProcessOptions {
  // Asked every 20 ms; sends SIGINT once it says true.
  std::function<bool()> interrupt_when{};
  std::function<bool()> kill_when{};  // the same with SIGKILL
  std::int64_t file_size_limit = 0;   // bytes that a file may have; 0: no limit
};

// Runs `arguments[0]` with the rest and waits for its end (600 s at most, then it is killed).
ProcessResult run_process(const std::vector<std::string>& arguments, const ProcessOptions& options = {});

// A folder that vanishes with its contents.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace skyline::testing
