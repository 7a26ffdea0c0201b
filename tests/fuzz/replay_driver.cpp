// Runs a fuzz target without libFuzzer: every seed, then mutations of the seeds. What it tries depends on nothing but the seeds.
//
//   TARGET --runs N          the seeds and N mutations
//   TARGET FILE...           these inputs, as after a failure
//   TARGET --write FOLDER    the seeds as files, where a corpus begins
//
// It keeps the limits of the promise: a few seconds of processor time an input, and no single allocation above 256 MiB. An input that fails
// is left in the working folder as failed-TARGET.
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/mutate.h"

#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <new>

namespace {

constexpr time_t kSecondsAnInput = 10;
constexpr std::size_t kMostBytes = std::size_t{256} << 20;

std::string current_input;
char failed_name[256] = "failed-input";

// Only calls that a signal handler may make.
void keep_input(int signal_number) {
  const int file = ::open(failed_name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  const char* const what = signal_number == SIGPROF ? "an input takes too long: " : "an input fails: ";
  bool kept = file >= 0 && ::write(file, current_input.data(), current_input.size()) == static_cast<ssize_t>(current_input.size());
  for (const char* text : {what, static_cast<const char*>(failed_name), "\n"}) {
    kept = ::write(STDERR_FILENO, text, std::char_traits<char>::length(text)) > 0 && kept;
  }
  _exit(kept ? 1 : 2);
}

// SIGPROF after that much processor time, so that a busy machine is no fault of the loader; 0 takes it back.
void limit_seconds(time_t seconds) {
  const itimerval limit{{0, 0}, {seconds, 0}};
  setitimer(ITIMER_PROF, &limit, nullptr);
}

void run(std::string input) {
  current_input = std::move(input);
  limit_seconds(kSecondsAnInput);
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(current_input.data()), current_input.size());
  limit_seconds(0);
}

int write_seeds(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  int number = 0;
  for (const std::string& seed : skyline::fuzz::seeds()) {
    skyline::fuzz::ScratchFile::write(folder / ("seed" + std::to_string(number++)), seed);
  }
  return 0;
}

}  // namespace

// The sanitizers bring their own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
void* operator new(std::size_t bytes) {
  skyline::fuzz::require(bytes <= kMostBytes, "an input does not make a loader allocate without bound");
  if (void* const memory = std::malloc(bytes)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
#endif

int main(int count, char** arguments) {
  const std::string name = std::filesystem::path(arguments[0]).filename().string();
  std::snprintf(failed_name, sizeof(failed_name), "failed-%s", name.c_str());
  const std::string_view first = count > 1 ? arguments[1] : "";
  if (first == "--write" && count == 3) return write_seeds(arguments[2]);

  for (const int number : {SIGPROF, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) std::signal(number, keep_input);
  if (first == "--runs" && count == 3) {
    const std::string_view text = arguments[2];
    std::uint64_t runs = 0;
    std::from_chars(text.data(), text.data() + text.size(), runs);
    const std::vector<std::string> seeds = skyline::fuzz::seeds();
    for (const std::string& seed : seeds) run(seed);
    for (std::uint64_t i = 0; i < runs; ++i) run(skyline::fuzz::mutated(seeds, i));
    return 0;
  }
  if (count < 2 || first.starts_with("--")) {
    std::fprintf(stderr, "usage: %s --runs N | --write FOLDER | FILE...\n", name.c_str());
    return 2;
  }
  for (int i = 1; i < count; ++i) {
    std::ifstream file(arguments[i], std::ios::binary);
    run({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
  }
  return 0;
}
