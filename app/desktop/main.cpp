// The program of the window. `skyline view` becomes it; the options are the same.
#include "app/command_line.h"
#include "app/desktop/application.h"
#include "app/view_options.h"

#include <CLI/CLI.hpp>

#include <csignal>
#include <exception>

namespace {

int parse_and_run(int argc, const char* const* argv) {
  CLI::App command("Fly through a scene in a window.", "skyline view");
  command.failure_message([](const CLI::App*, const CLI::Error&) { return std::string(); });
  skyline::app::ViewOptions options;
  skyline::app::add_view_options(command, options);
  try {
    command.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = command.exit(error);
    if (code == 0) return skyline::app::kExitDone;
    skyline::app::print_error(std::string(error.what()) + "; see skyline view --help");
    return skyline::app::kExitUsage;
  }
  const auto code = skyline::app::desktop::run_window(options);
  if (code) return *code;
  skyline::app::print_error(code.error().message());
  return skyline::app::kExitFailed;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return parse_and_run(argc, argv);
  } catch (const std::bad_alloc&) {
    skyline::app::print_error("not enough memory; close other programs");
  } catch (const std::exception& error) {
    skyline::app::print_error(std::string("unexpected failure: ") + error.what());
  }
  return skyline::app::kExitFailed;
}
