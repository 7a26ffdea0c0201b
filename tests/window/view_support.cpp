#include "tests/window/view_support.h"

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <tuple>

namespace skyline::testing {
namespace {

std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

View::View() {
  setenv("XDG_STATE_HOME", (folder_.path() / "state").c_str(), 1);
  setenv("XDG_CONFIG_HOME", (folder_.path() / "config").c_str(), 1);
}

ViewResult View::run(const std::filesystem::path& scene, const ViewRun& run) {
  std::vector<std::string> arguments{SKYLINE_PROGRAM, "view"};
  if (!scene.empty()) arguments.push_back(scene.string());
  arguments.insert(arguments.end(), {"--fresh", "--validation", "--report", file("report.json").string()});
  if (!run.script.empty()) {
    std::ofstream script(file("script.jsonl"));
    for (const std::string& line : run.script) script << line << "\n";
    arguments.insert(arguments.end(), {"--script", file("script.jsonl").string()});
  }
  arguments.insert(arguments.end(), run.options.begin(), run.options.end());
  ProcessOptions options;
  std::string window;
  options.interrupt_when = [&] {
    if (!run.hands) return false;
    if (window.empty()) window = xdotool({"search", "--onlyvisible", "--name", "Skyline"});
    if (!window.empty()) run.hands(window.substr(0, window.find('\n')));
    return false;
  };
  ViewResult result;
  result.process = run_process(arguments, options);
  const std::string report = read_text(file("report.json"));
  if (!report.empty()) result.report = nlohmann::json::parse(report, nullptr, false);
  result.log = read_text(folder_.path() / "state/skyline/skyline.log");
  return result;
}

std::string xdotool(const std::vector<std::string>& arguments) {
  std::vector<std::string> line{"/usr/bin/xdotool"};
  line.insert(line.end(), arguments.begin(), arguments.end());
  return run_process(line).output;
}

int colours_of(const core::Image& image) {
  std::set<std::tuple<int, int, int>> colours;
  for (std::size_t i = 0; i + 2 < image.pixels.size() && colours.size() < 1000; i += 3) {
    colours.emplace(image.pixels[i], image.pixels[i + 1], image.pixels[i + 2]);
  }
  return static_cast<int>(colours.size());
}

double difference_of(const core::Image& a, const core::Image& b) {
  if (a.width != b.width || a.height != b.height) return 1;
  std::size_t different = 0;
  for (std::size_t i = 0; i + 2 < a.pixels.size(); i += 3) {
    different += a.pixels[i] != b.pixels[i] || a.pixels[i + 1] != b.pixels[i + 1] || a.pixels[i + 2] != b.pixels[i + 2] ? 1U : 0U;
  }
  return static_cast<double>(different) / (static_cast<double>(a.pixels.size()) / 3);
}

}  // namespace skyline::testing
