#include "app/program.h"

#include "app/verbs.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <exception>
#include <string>
#include <vector>

namespace skyline::app {
namespace {

// The flag of the running verb's stop token, for the signal handler.
std::atomic<std::atomic<bool>*> stop_flag{nullptr};

void request_stop(int) {
  if (std::atomic<bool>* const flag = stop_flag.load()) flag->store(true);
}

// The first signal asks to stop; SA_RESETHAND lets the second one end the program. Writing beyond a size limit or into a closed pipe
// becomes an error of that write.
void install_signal_handlers(const core::StopToken& stop) {
  stop_flag.store(stop.raw());
  struct sigaction action = {};
  action.sa_handler = request_stop;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
}

int parse_and_run(int argc, const char* const* argv) {
  CLI::App program("Skyline turns drone photos of a city into a field that one can fly through.", "skyline");
  program.set_version_flag("--version", "skyline " SKYLINE_VERSION);
  program.require_subcommand(0, 1);
  program.failure_message([](const CLI::App*, const CLI::Error&) { return std::string(); });
  program.footer("Each verb has its own help, with an example: skyline train --help");
  const std::vector<std::string> after_verb(argv + std::min(argc, 2), argv + argc);
  const std::vector<Verb> verbs{add_view(program, after_verb),
                                add_train(program),
                                add_eval(program),
                                add_render(program),
                                add_caption(program),
                                add_run(program),
                                add_bench(program),
                                add_plan(program),
                                add_info(program),
                                add_city(program),
                                add_objects(program),
                                add_commands(program),
                                add_doctor(program)};
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = program.exit(error);
    if (code == 0) return kExitDone;
    print_error(std::string(error.what()) + "; see skyline --help");
    return kExitUsage;
  }
  const core::StopToken stop;
  install_signal_handlers(stop);
  for (const Verb& verb : verbs) {
    if (!verb.command->parsed()) continue;
    const core::Result<int> code = verb.run(stop);
    stop_flag.store(nullptr);
    if (code) return *code;
    print_error(code.error().message());
    return kExitFailed;
  }
  if (argc < 2 && window_possible()) {
    print_error(open_window({}).error().message());
    return kExitFailed;
  }
  print_line(program.help());
  return kExitDone;
}

}  // namespace

int run_program(int argc, const char* const* argv) {
  try {
    return parse_and_run(argc, argv);
  } catch (const std::bad_alloc&) {
    print_error("not enough memory; close other programs or choose a smaller --width or --size");
  } catch (const std::exception& error) {
    print_error(std::string("unexpected failure: ") + error.what());
  }
  stop_flag.store(nullptr);
  return kExitFailed;
}

}  // namespace skyline::app
