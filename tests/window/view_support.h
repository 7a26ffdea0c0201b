// Runs `skyline view` with a script and reads what it reports. Preferences and state of the person who runs the tests stay untouched.
#pragma once

#include "core/image.h"
#include "tests/support/process.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace skyline::testing {

struct ViewRun {
  std::vector<std::string> options;                      // beside the scene, --fresh, --validation, --script and --report
  std::vector<std::string> script;                       // one line a step
  std::function<void(const std::string& window)> hands;  // called about every 20 ms while the window is open, with its X11 id
};

struct ViewResult {
  ProcessResult process;
  nlohmann::json report;
  std::string log;  // of the window's program
};

// A folder for the files of one test, and the program run in it.
class View {
 public:
  View();
  ViewResult run(const std::filesystem::path& scene, const ViewRun& run);
  std::filesystem::path file(const std::string& name) const { return folder_.path() / name; }
  static std::filesystem::path city() { return std::filesystem::path(SKYLINE_ASSETS) / "city.sky"; }

 private:
  TemporaryFolder folder_;
};

// xdotool with these arguments; what it prints.
std::string xdotool(const std::vector<std::string>& arguments);

// Number of different colours, up to a thousand: a blank picture has a few.
int colours_of(const core::Image& image);
// Share of pixels that differ.
double difference_of(const core::Image& a, const core::Image& b);

}  // namespace skyline::testing
