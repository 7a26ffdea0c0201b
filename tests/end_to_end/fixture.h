// What the end-to-end suites share: a toy city on disk, a field trained from it once, and short ways to run the program.
#pragma once

#include "tests/support/process.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace skyline::testing {

// Runs build/skyline with the arguments.
ProcessResult skyline(std::vector<std::string> arguments, const ProcessOptions& options = {});
// Runs it with --json --quiet, expects success and exactly one JSON object on stdout.
nlohmann::json skyline_json(std::vector<std::string> arguments);
// Options that make training small: `steps` steps of a tiny field.
std::vector<std::string> small_training(const std::filesystem::path& photos, const std::filesystem::path& scene, int steps);

// A folder with the toy city at `photos()` and a field of it at `scene()`, made when first asked for.
class ToyWorld {
 public:
  static ToyWorld& instance();
  std::filesystem::path folder() const { return folder_.path(); }
  std::filesystem::path photos() const { return folder_.path() / "photos"; }
  std::filesystem::path scene() const { return folder_.path() / "toy.sky"; }
  const nlohmann::json& training_report() const { return report_; }

 private:
  ToyWorld();
  TemporaryFolder folder_;
  nlohmann::json report_;
};

}  // namespace skyline::testing
