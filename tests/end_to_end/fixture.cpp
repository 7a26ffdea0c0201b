#include "tests/end_to_end/fixture.h"

#include "tests/support/toy_city.h"

#include <gtest/gtest.h>

namespace skyline::testing {

ProcessResult skyline(std::vector<std::string> arguments, const ProcessOptions& options) {
  arguments.insert(arguments.begin(), SKYLINE_PROGRAM);
  return run_process(arguments, options);
}

nlohmann::json skyline_json(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--json", "--quiet"});
  const ProcessResult result = skyline(arguments);
  EXPECT_EQ(result.exit_code, 0) << arguments.front() << ": " << result.errors;
  nlohmann::json report = nlohmann::json::parse(result.output, nullptr, false);
  EXPECT_TRUE(report.is_object()) << result.output;
  return report.is_object() ? report : nlohmann::json::object();
}

std::vector<std::string> small_training(const std::filesystem::path& photos, const std::filesystem::path& scene, int steps) {
  return {"train", photos.string(), "-o", scene.string(), "--steps", std::to_string(steps), "--batch-rays",
          "1024",  "--threads",     "2",  "--hidden",     "32",      "--surroundings-size", "32"};
}

ToyWorld& ToyWorld::instance() {
  static ToyWorld world;
  return world;
}

ToyWorld::ToyWorld() {
  write_toy_city(photos(), {});
  constexpr int kSteps = 400;
  report_ = skyline_json(small_training(photos(), scene(), kSteps));
}

}  // namespace skyline::testing
