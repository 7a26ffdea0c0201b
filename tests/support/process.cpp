#include "tests/support/process.h"

#include "core/result.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

namespace skyline::testing {
namespace {

namespace fs = std::filesystem;

std::string read_all(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

[[noreturn]] void become(std::vector<char*>& arguments, const fs::path& output, const fs::path& errors, std::int64_t file_size_limit) {
  if (std::freopen(output.c_str(), "w", stdout) == nullptr || std::freopen(errors.c_str(), "w", stderr) == nullptr) _exit(126);
  if (file_size_limit > 0) {
    const rlimit limit{static_cast<rlim_t>(file_size_limit), static_cast<rlim_t>(file_size_limit)};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  execv(arguments[0], arguments.data());
  _exit(127);
}

}  // namespace

ProcessResult run_process(const std::vector<std::string>& arguments, const ProcessOptions& options) {
  constexpr std::chrono::milliseconds kPoll{20};
  constexpr std::chrono::seconds kLongest{600};
  const TemporaryFolder folder;
  const fs::path output = folder.path() / "stdout", errors = folder.path() / "stderr";
  std::vector<std::string> copies = arguments;
  std::vector<char*> pointers;
  for (std::string& argument : copies) pointers.push_back(argument.data());
  pointers.push_back(nullptr);

  const pid_t child = fork();
  if (child < 0) core::end_program("cannot start " + arguments[0]);
  if (child == 0) become(pointers, output, errors, options.file_size_limit);
  const auto begin = std::chrono::steady_clock::now();
  bool interrupted = false;
  int state = 0;
  while (waitpid(child, &state, WNOHANG) == 0) {
    if (!interrupted && options.interrupt_when && options.interrupt_when()) {
      kill(child, SIGINT);
      interrupted = true;
    }
    const bool killed = options.kill_when && options.kill_when();
    if (killed || std::chrono::steady_clock::now() - begin > kLongest) kill(child, SIGKILL);
    std::this_thread::sleep_for(kPoll);
  }
  const int code = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
  return {code, read_all(output), read_all(errors)};
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "skyline-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) core::end_program("cannot make a temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code code;
  fs::remove_all(path_, code);
}

}  // namespace skyline::testing
