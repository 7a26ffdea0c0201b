// Ctrl+C stops cleanly and keeps what was done.
#include "tests/end_to_end/fixture.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace skyline::testing {
namespace {

namespace fs = std::filesystem;

constexpr int kEndlessSteps = 1000000;

fs::path checkpoint_of(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename().string().find("checkpoint") != std::string::npos) return entry.path();
  }
  return {};
}

TEST(Interrupt, TrainingKeepsTheSceneAndACheckpointAndGoesOnFromIt) {
  ToyWorld& world = ToyWorld::instance();
  const TemporaryFolder folder;
  const fs::path scene = folder.path() / "stopped.sky";
  const auto begin = std::chrono::steady_clock::now();
  ProcessOptions interrupt;
  interrupt.interrupt_when = [&] { return std::chrono::steady_clock::now() - begin > std::chrono::seconds(4); };
  std::vector<std::string> arguments = small_training(world.photos(), scene, kEndlessSteps);
  arguments.push_back("--json");
  const ProcessResult stopped = skyline(arguments, interrupt);
  ASSERT_EQ(stopped.exit_code, 0) << stopped.errors;
  const nlohmann::json report = nlohmann::json::parse(stopped.output);
  EXPECT_EQ(report["finished"], false);
  const int steps = report["steps"];
  EXPECT_GT(steps, 0);
  EXPECT_LT(steps, kEndlessSteps);
  EXPECT_EQ(skyline_json({"info", scene, "--verify"})["ok"], true);
  EXPECT_FALSE(checkpoint_of(folder.path()).empty());

  const auto again = std::chrono::steady_clock::now();
  interrupt.interrupt_when = [&] { return std::chrono::steady_clock::now() - again > std::chrono::seconds(4); };
  arguments.push_back("--resume");
  const ProcessResult resumed = skyline(arguments, interrupt);
  ASSERT_EQ(resumed.exit_code, 0) << resumed.errors;
  EXPECT_GT(nlohmann::json::parse(resumed.output)["steps"].get<int>(), steps);
}

TEST(Interrupt, AResumedTrainingGivesTheSameSceneAsOneThatWasNotStopped) {
  constexpr int kSteps = 300;
  ToyWorld& world = ToyWorld::instance();
  const TemporaryFolder folder;
  const fs::path whole = folder.path() / "whole" / "city.sky", stopped = folder.path() / "stopped" / "city.sky";
  for (const fs::path& scene : {whole, stopped}) fs::create_directory(scene.parent_path());
  // Check-points begin 0.6 s after the start, and one thread takes some seconds: there is time to stop on any machine.
  const auto training = [&](const fs::path& scene) {
    std::vector<std::string> arguments = small_training(world.photos(), scene, kSteps);
    *(std::find(arguments.begin(), arguments.end(), "--threads") + 1) = "1";
    arguments.insert(arguments.end(), {"--checkpoint-minutes", "0.01", "--json", "--quiet"});
    return arguments;
  };
  ASSERT_EQ(skyline(training(whole)).exit_code, 0);

  std::vector<std::string> arguments = training(stopped);
  ProcessOptions interrupt;
  interrupt.interrupt_when = [&] { return !checkpoint_of(stopped.parent_path()).empty(); };
  const ProcessResult first = skyline(arguments, interrupt);
  ASSERT_EQ(first.exit_code, 0) << first.errors;
  ASSERT_EQ(nlohmann::json::parse(first.output)["finished"], false);
  arguments.push_back("--resume");
  const ProcessResult second = skyline(arguments);
  ASSERT_EQ(second.exit_code, 0) << second.errors;
  ASSERT_EQ(nlohmann::json::parse(second.output)["steps"], kSteps);
  EXPECT_EQ(skyline_json({"info", stopped, "--hash"})["hash"], skyline_json({"info", whole, "--hash"})["hash"]);
}

TEST(Interrupt, ARenderingThatIsStoppedWritesNothing) {
  ToyWorld& world = ToyWorld::instance();
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "large.png";
  const auto begin = std::chrono::steady_clock::now();
  ProcessOptions interrupt;
  interrupt.interrupt_when = [&] { return std::chrono::steady_clock::now() - begin > std::chrono::milliseconds(1500); };
  const ProcessResult stopped = skyline({"render", world.scene(), "--size", "8000x6000", "--out", file, "--quiet"}, interrupt);
  EXPECT_EQ(stopped.exit_code, 1);
  EXPECT_NE(stopped.errors.find("stopped"), std::string::npos) << stopped.errors;
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

}  // namespace
}  // namespace skyline::testing
