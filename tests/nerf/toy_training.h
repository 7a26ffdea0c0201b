// A training of the toy city that is over in a second or two, for the tests of sessions and files.
#pragma once

#include "nerf/train/session.h"
#include "tests/support/process.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace skyline::nerf::testing {

// Tiny field, small batches.
TrainingPlanOptions toy_options(int steps);

// The plan of the photos in `folder`; ends the test program when there is none.
TrainingPlan toy_plan(const std::filesystem::path& folder, const TrainingPlanOptions& options);

// Starts a session; ends the test program when it does not.
std::unique_ptr<TrainingSession> toy_session(const std::filesystem::path& folder, const TrainingPlanOptions& options,
                                             const std::filesystem::path& output);

// Asks every millisecond until it is so, at most `seconds`.
bool wait_until(const std::function<bool()>& so, double seconds = 60);

// Content hash of a .sky; empty when it cannot be read.
std::string content_hash(const std::filesystem::path& scene);

// The toy city on disk and a place for results.
class ToyFolder {
 public:
  ToyFolder();
  std::filesystem::path photos() const { return folder_.path() / "photos"; }
  std::filesystem::path scene(const std::string& name) const { return folder_.path() / (name + ".sky"); }
  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  skyline::testing::TemporaryFolder folder_;
};

}  // namespace skyline::nerf::testing
