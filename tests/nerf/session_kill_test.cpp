// A training that is killed at any moment leaves a check-point that opens, and goes on from it to the same scene.
#include "tests/nerf/toy_training.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <cstdlib>
#include <random>

namespace skyline::nerf {
namespace {

namespace fs = std::filesystem;
using testing::content_hash;
using testing::toy_options;
using testing::toy_session;
using testing::ToyFolder;
using testing::wait_until;

constexpr const char* kFolderVariable = "SKYLINE_TEST_KILLED_TRAINING";
constexpr const char* kSlowVariable = "SKYLINE_TEST_SLOW_TRAINING";
constexpr int kSteps = 150;
constexpr double kCheckpointMinutes = 0.003;

// The program that is killed: this test program again, with check-points as often as they can be written.
TEST(KilledTraining, DISABLED_Child) {
  const char* const folder = std::getenv(kFolderVariable);
  ASSERT_NE(folder, nullptr);
  const fs::path scene = fs::path(folder) / "killed.sky";
  TrainingPlanOptions options = toy_options(kSteps);
  options.train.checkpoint_minutes = kCheckpointMinutes;
  options.resume = fs::exists(checkpoint_path(scene));
  const auto session = toy_session(fs::path(folder) / "photos", options, scene);
  // Beside a viewer and with the smallest share it cannot be at its end before it is killed, however fast the machine.
  std::shared_ptr<SharedScene> viewed;
  if (std::getenv(kSlowVariable) != nullptr) session->set_share(0.1);
  ASSERT_TRUE(wait_until([&] {
    if (std::getenv(kSlowVariable) != nullptr && viewed == nullptr) viewed = session->scene();
    return session->state() != TrainingState::kPreparing && session->state() != TrainingState::kRunning;
  }));
  EXPECT_EQ(session->state(), TrainingState::kFinished) << session->failure();
}

std::size_t half_written_files(const fs::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(folder)) count += entry.path().filename().string().find(".partial-") != std::string::npos;
  return count;
}

TEST(KilledTraining, GoesOnFromItsLastCheckPointToTheSameScene) {
  const ToyFolder folder;
  TrainingPlanOptions options = toy_options(kSteps);
  options.train.checkpoint_minutes = kCheckpointMinutes;
  {
    const auto whole = toy_session(folder.photos(), options, folder.scene("whole"));
    ASSERT_TRUE(wait_until([&] { return whole->state() == TrainingState::kFinished; }));
  }
  ASSERT_EQ(setenv(kFolderVariable, folder.path().c_str(), 1), 0);
  const fs::path self = fs::read_symlink("/proc/self/exe"), checkpoint = checkpoint_path(folder.scene("killed"));
  const std::vector<std::string> child{self.string(), "--gtest_filter=KilledTraining.DISABLED_Child", "--gtest_also_run_disabled_tests"};

  std::mt19937 random(7);
  int kills = 0, resumable = 0;
  ASSERT_EQ(setenv(kSlowVariable, "1", 1), 0);
  for (int attempt = 0; attempt < 5; ++attempt) {
    const auto limit = std::chrono::milliseconds(250 + random() % 500);  // it needs a moment to begin
    const auto begin = std::chrono::steady_clock::now();
    skyline::testing::ProcessOptions process;
    process.kill_when = [&] { return std::chrono::steady_clock::now() - begin > limit && fs::exists(checkpoint); };
    kills += skyline::testing::run_process(child, process).exit_code != 0;
    if (!fs::exists(checkpoint)) continue;
    ++resumable;
    const auto reader = SkyReader::open(checkpoint);
    ASSERT_TRUE(reader.ok()) << reader.error().message();
    const auto faults = reader->verify();
    ASSERT_TRUE(faults.ok());
    EXPECT_TRUE(faults->empty());
  }
  EXPECT_GT(kills, 0);
  EXPECT_GT(resumable, 0);
  unsetenv(kSlowVariable);

  const auto last = skyline::testing::run_process(child);
  ASSERT_EQ(last.exit_code, 0) << last.output;
  EXPECT_EQ(content_hash(folder.scene("killed")), content_hash(folder.scene("whole")));
  EXPECT_EQ(half_written_files(folder.path()), 0U);
}

}  // namespace
}  // namespace skyline::nerf
