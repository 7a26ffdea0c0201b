// A training beside a viewer.
#include "nerf/train/session.h"

#include "core/memory.h"
#include "nerf/cpu/renderer.h"
#include "nerf/train/photo_error_meter.h"
#include "tests/nerf/toy_training.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

namespace skyline::nerf {
namespace {

namespace fs = std::filesystem;
using testing::content_hash;
using testing::toy_options;
using testing::toy_plan;
using testing::toy_session;
using testing::ToyFolder;
using testing::wait_until;
using Clock = std::chrono::steady_clock;

constexpr int kEndless = 1000000;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

bool is_over(const TrainingSession& session) {
  return session.state() == TrainingState::kFinished || session.state() == TrainingState::kStopped ||
         session.state() == TrainingState::kFailed;
}

bool learns(const TrainingSession& session) {
  return wait_until([&] { return session.stats().step > 3; });
}

Trainer toy_trainer(const TrainingPlan& plan, const fs::path& scratch) {
  core::Progress progress;
  return *Trainer::create(plan.dataset, plan.guess, *PhotoCache::create(plan.dataset, plan.options.width, scratch, progress),
                          plan.options.field, plan.options.train);
}

TEST(TrainingSession, GivesTheSceneOfATrainingWithoutAWindow) {
  const ToyFolder folder;
  const TrainingPlan plan = toy_plan(folder.photos(), toy_options(60));
  Trainer trainer = toy_trainer(plan, folder.path());
  core::Progress progress;
  ASSERT_TRUE(run_training(trainer, plan.options.train, folder.scene("alone"), progress).ok());

  const auto session = *TrainingSession::start(plan, folder.scene("window"));
  ASSERT_TRUE(wait_until([&] { return is_over(*session); }));
  ASSERT_EQ(session->state(), TrainingState::kFinished) << session->failure();
  EXPECT_EQ(session->seconds_left(), 0);
  EXPECT_FALSE(fs::exists(checkpoint_path(folder.scene("window"))));
  EXPECT_NE(content_hash(folder.scene("alone")), "");
  EXPECT_EQ(content_hash(folder.scene("window")), content_hash(folder.scene("alone")));
}

TEST(TrainingSession, PausedLeftAndResumedItGivesTheSameScene) {
  const ToyFolder folder;
  TrainingPlanOptions options = toy_options(120);
  {
    const auto whole = toy_session(folder.photos(), options, folder.scene("whole"));
    ASSERT_TRUE(wait_until([&] { return is_over(*whole); }));
  }
  std::int64_t step = 0;
  {
    const auto first = toy_session(folder.photos(), options, folder.scene("parts"));
    ASSERT_TRUE(learns(*first));
    first->pause(true);
    ASSERT_TRUE(wait_until([&] { return first->state() == TrainingState::kPaused; }));
    EXPECT_TRUE(fs::exists(checkpoint_path(folder.scene("parts"))));
    EXPECT_TRUE(load_scene(folder.scene("parts")).ok());  // a program killed from here on leaves a scene
    step = first->stats().step;
    ASSERT_LT(step, 120);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(first->stats().step, step);
    first->pause(false);
    ASSERT_TRUE(wait_until([&] { return first->stats().step > step; }));
    first->pause(true);
    ASSERT_TRUE(wait_until([&] { return first->state() == TrainingState::kPaused; }));
    step = first->stats().step;
  }
  options.resume = true;
  const auto second = toy_session(folder.photos(), options, folder.scene("parts"));
  ASSERT_TRUE(wait_until([&] { return second->scene() != nullptr; }));
  EXPECT_GE(second->stats().step, step);
  ASSERT_TRUE(wait_until([&] { return is_over(*second); }));
  ASSERT_EQ(second->state(), TrainingState::kFinished) << second->failure();
  EXPECT_EQ(content_hash(folder.scene("parts")), content_hash(folder.scene("whole")));
}

TEST(TrainingSession, IsDrawnWhileItLearns) {
  const ToyFolder folder;
  const auto session = toy_session(folder.photos(), toy_options(kEndless), folder.scene("live"));
  std::atomic<int> told{0};
  session->set_listener([&] { ++told; });
  ASSERT_TRUE(learns(*session));
  const auto scene = session->scene();
  ASSERT_NE(scene, nullptr);
  EXPECT_TRUE(scene->live);
  EXPECT_EQ(scene->info.cameras.size(), session->plan().dataset.photos.size());
  const std::uint64_t version = scene->version;
  int pictures = 0;
  // Passes of a viewer between steps: each finds the field at rest, none waits for long.
  for (const auto begin = Clock::now(); seconds_since(begin) < 1.2; ++pictures) {
    std::this_thread::sleep_for(std::chrono::milliseconds(3));  // it presents them: whoever takes a lock again at once starves the others
    const std::lock_guard lock(scene->changing);
    const std::int64_t step = session->stats().step;
    Picture picture;
    RenderStats stats;
    core::Progress silent;
    RenderRequest request;
    request.camera = scene->info.home.resized(32, 18);
    ASSERT_TRUE(Renderer::create(*scene->field, {})->render(request, picture, stats, silent).ok());
    EXPECT_LE(session->stats().step, step + 1);  // the count of the last step may come late, no new one ends
  }
  EXPECT_GT(pictures, 5);
  EXPECT_GT(scene->version, version);
  EXPECT_LE(scene->version, version + 14);  // at most ten a second at first
  EXPECT_GT(told, 0);
  EXPECT_EQ(session->scene(), scene);
  EXPECT_FALSE(session->curve().empty());
  EXPECT_GT(session->curve().back().loss, 0);
  session->stop();
  ASSERT_TRUE(wait_until([&] { return is_over(*session); }));
  EXPECT_FALSE(scene->live);
}

TEST(TrainingSession, KeepsToItsShareWhileAViewerHoldsTheScene) {
  const ToyFolder folder;
  const auto session = toy_session(folder.photos(), toy_options(kEndless), folder.scene("share"));
  ASSERT_TRUE(learns(*session));
  const auto scene = session->scene();
  const auto share_of_two_seconds = [&](double share) {
    session->set_share(share);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const double trained = session->stats().seconds;
    const auto begin = Clock::now();
    std::this_thread::sleep_for(std::chrono::milliseconds(1500));
    return (session->stats().seconds - trained) / seconds_since(begin);
  };
  const double small = share_of_two_seconds(0.2), large = share_of_two_seconds(0.8);
  EXPECT_LT(small, 0.3);  // a busy machine can only lower it
  EXPECT_GT(large, small);
  EXPECT_GT(session->seconds_left(), 0);
}

TEST(TrainingSession, WaitsWhileTheViewerMoves) {
  const ToyFolder folder;
  const auto session = toy_session(folder.photos(), toy_options(kEndless), folder.scene("moving"));
  ASSERT_TRUE(learns(*session));
  session->yield_to_viewer(true);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  const std::int64_t step = session->stats().step;
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(session->stats().step, step);
  session->yield_to_viewer(false);
  EXPECT_TRUE(wait_until([&] { return session->stats().step > step; }));
}

TEST(TrainingSession, LeftAloneItEndsWithinHalfASecondWithACheckPoint) {
  const ToyFolder folder;
  TrainingPlanOptions options = toy_options(kEndless);
  std::int64_t step = 0;
  {
    auto session = toy_session(folder.photos(), options, folder.scene("left"));
    ASSERT_TRUE(learns(*session));
    step = session->stats().step;
    const auto begin = Clock::now();
    session.reset();
    EXPECT_LT(seconds_since(begin), 0.5);
  }
  options.resume = true;
  const auto resumed = toy_session(folder.photos(), options, folder.scene("left"));
  ASSERT_TRUE(wait_until([&] { return resumed->scene() != nullptr; }));
  EXPECT_GE(resumed->stats().step, step);
}

TEST(TrainingSession, CanBeLeftWhileItPrepares) {
  const ToyFolder folder;
  for (int i = 0; i < 3; ++i) (void)toy_session(folder.photos(), toy_options(kEndless), folder.scene("early"));
}

TEST(TrainingSession, StoppedEarlyItLeavesSceneAndCheckPoint) {
  const ToyFolder folder;
  const auto session = toy_session(folder.photos(), toy_options(kEndless), folder.scene("stopped"));
  ASSERT_TRUE(learns(*session));
  session->stop();
  ASSERT_TRUE(wait_until([&] { return is_over(*session); }));
  EXPECT_EQ(session->state(), TrainingState::kStopped);
  EXPECT_TRUE(load_scene(folder.scene("stopped")).ok());
  EXPECT_TRUE(fs::exists(checkpoint_path(folder.scene("stopped"))));
}

TEST(TrainingSession, AFileThatCannotBeWrittenLosesNothing) {
  const ToyFolder folder;
  const auto session = toy_session(folder.photos(), toy_options(kEndless), folder.scene("blocked"));
  ASSERT_TRUE(learns(*session));
  const fs::path obstacle = checkpoint_path(folder.scene("blocked"));
  fs::create_directory(obstacle);
  session->pause(true);
  ASSERT_TRUE(wait_until([&] { return session->state() == TrainingState::kFailed; }));
  EXPECT_NE(session->failure().find(obstacle.filename().string()), std::string::npos) << session->failure();
  // The viewer still has its field, and the training goes on from where it was.
  const std::int64_t step = session->stats().step;
  EXPECT_TRUE(session->scene()->live);
  session->pause(false);
  ASSERT_TRUE(wait_until([&] { return session->stats().step > step; }));
  EXPECT_EQ(session->state(), TrainingState::kRunning);
  EXPECT_EQ(session->failure(), "");
  session->stop();
  ASSERT_TRUE(wait_until([&] { return session->state() == TrainingState::kFailed; }));
  fs::remove(obstacle);
  session->stop();
  ASSERT_TRUE(wait_until([&] { return session->state() == TrainingState::kStopped; }));
  EXPECT_TRUE(load_scene(folder.scene("blocked")).ok());
  EXPECT_TRUE(fs::is_regular_file(obstacle));
}

TEST(TrainingSession, MoreMemoryThanAllowedIsOneSentence) {
  const ToyFolder folder;
  const std::int64_t budget = core::memory_budget_bytes();
  core::set_memory_budget_bytes(core::memory_in_use_bytes() + 1000);
  const auto session = toy_session(folder.photos(), toy_options(10), folder.scene("large"));
  EXPECT_TRUE(wait_until([&] { return is_over(*session); }));
  core::set_memory_budget_bytes(budget);
  EXPECT_EQ(session->state(), TrainingState::kFailed);
  EXPECT_NE(session->failure(), "");
  EXPECT_EQ(session->scene(), nullptr);
}

TEST(TrainingSession, RefusesWhatItCannotWriteOrResume) {
  const ToyFolder folder;
  TrainingPlan plan = toy_plan(folder.photos(), toy_options(10));
  EXPECT_FALSE(TrainingSession::start(plan, folder.path() / "city.png").ok());
  EXPECT_FALSE(TrainingSession::start(plan, folder.path() / "nowhere" / "city.sky").ok());
  plan.options.resume = true;
  EXPECT_FALSE(TrainingSession::start(plan, folder.scene("new")).ok());
}

TEST(PhotoErrors, AreMeasuredInTurnAndFallWhileItLearns) {
  const ToyFolder folder;
  const TrainingPlan plan = toy_plan(folder.photos(), toy_options(kEndless));
  Trainer trainer = toy_trainer(plan, folder.path());
  PhotoErrorMeter meter(trainer.photos().photo_count());
  trainer.step();
  EXPECT_TRUE(meter.due(0));
  ASSERT_TRUE(meter.measure(trainer).ok());
  const double before = meter.errors()[0].psnr;
  EXPECT_GT(before, 3);
  EXPECT_LT(meter.errors()[1].psnr, 0);
  EXPECT_FALSE(meter.due(trainer.stats().seconds + 0.9 * PhotoErrorMeter::kInterval));
  while (trainer.stats().step < 150) trainer.step();
  for (int photo = 1; photo < trainer.photos().photo_count(); ++photo) ASSERT_TRUE(meter.measure(trainer).ok());
  for (const PhotoError& error : meter.errors()) EXPECT_GT(error.psnr, 3);
  ASSERT_TRUE(meter.measure(trainer).ok());
  EXPECT_GT(meter.errors()[0].psnr, before + 3);
  EXPECT_EQ(meter.errors()[0].step, 150);
}

TEST(TrainingCurve, KeepsFewPointsFromBeginningToEnd) {
  TrainingCurve curve;
  TrainStats stats;
  for (int i = 0; i < 1000000; ++i) {
    stats.seconds = 0.05 * i;
    stats.psnr = i;
    curve.add(stats);
    ASSERT_LE(curve.points().size(), TrainingCurve::kMost);
  }
  EXPECT_GT(curve.points().size(), TrainingCurve::kMost / 3);
  EXPECT_EQ(curve.points().front().psnr, 0);
  EXPECT_GT(curve.points().back().psnr, 0.99 * 1000000);
  for (std::size_t i = 1; i < curve.points().size(); ++i) EXPECT_GT(curve.points()[i].seconds, curve.points()[i - 1].seconds);
}

// --- plans ---

TEST(TrainingPlan, NamesADamagedPhotoOrLeavesItOutWhenAskedTo) {
  const ToyFolder folder;
  const fs::path cut = folder.photos() / "images" / "photo_103.png", gone = folder.photos() / "images" / "photo_105.png";
  fs::resize_file(cut, fs::file_size(cut) / 2);
  TrainingPlanOptions options = toy_options(10);
  core::Progress progress;
  const auto refused = plan_training(folder.photos(), options, progress);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message().find("photo_103.png"), std::string::npos) << refused.error().message();

  fs::remove(gone);
  const auto missing = plan_training(folder.photos(), options, progress);
  ASSERT_FALSE(missing.ok());
  EXPECT_NE(missing.error().message().find("photo_105.png"), std::string::npos) << missing.error().message();

  options.skip_bad = true;
  const auto plan = plan_training(folder.photos(), options, progress);
  ASSERT_TRUE(plan.ok()) << plan.error().message();
  EXPECT_EQ(plan->dataset.photos.size(), 14U);
  EXPECT_EQ(plan->checks.size(), 14U);
  ASSERT_EQ(plan->unusable.size(), 2U);
  for (const UnusablePhoto& photo : plan->unusable) EXPECT_EQ(photo.check.verdict, PhotoCheck::Verdict::kUnreadable);
  EXPECT_NE(plan->notice.find("2 of 16 photos cannot be used"), std::string::npos) << plan->notice;
  EXPECT_EQ(plan->pixels, 14 * 96 * 72);
}

TEST(TrainingPlan, ChangedWidthGivesThePlanOfThatWidth) {
  const ToyFolder folder;
  TrainingPlanOptions options = toy_options(10);
  TrainingPlan changed = toy_plan(folder.photos(), options);
  options.width = 37;
  options.train.minutes = 3;
  const TrainingPlan direct = toy_plan(folder.photos(), options);
  change_plan(changed, 37, options.train);
  // To the last bit: a check-point of the one is resumed by the other.
  EXPECT_EQ(changed.guess.ground_sampling_distance, direct.guess.ground_sampling_distance);
  EXPECT_EQ(changed.guess.summary, direct.guess.summary);
  EXPECT_EQ(changed.pixels, direct.pixels);
  EXPECT_EQ(changed.forecast.memory_bytes, direct.forecast.memory_bytes);
  EXPECT_EQ(changed.options.train.minutes, 3);
}

TEST(TrainingPlan, TooFewUsablePhotosAreRefused) {
  const ToyFolder folder;
  for (int i = 2; i < 16; ++i) std::ofstream(folder.photos() / "images" / ("photo_" + std::to_string(100 + i) + ".png")) << "no picture";
  TrainingPlanOptions options = toy_options(10);
  options.skip_bad = true;
  core::Progress progress;
  EXPECT_FALSE(plan_training(folder.photos(), options, progress).ok());
}

TEST(TrainingPlan, SaysNothingOfGoodPhotosAndKnowsThePixelsOfTheCache) {
  const ToyFolder folder;
  TrainingPlanOptions options = toy_options(10);
  options.width = 50;
  const TrainingPlan plan = toy_plan(folder.photos(), options);
  EXPECT_EQ(plan.notice, "");
  EXPECT_TRUE(plan.unusable.empty());
  core::Progress progress;
  EXPECT_EQ(plan.pixels, PhotoCache::create(plan.dataset, 50, folder.path(), progress)->total_pixels());
  EXPECT_GT(plan.forecast.memory_bytes, 0);
}

}  // namespace
}  // namespace skyline::nerf
