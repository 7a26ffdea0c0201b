// What a batch of training rays is made of.
#include "nerf/train/gradients.h"
#include "tests/nerf/toy_training.h"

#include <gtest/gtest.h>

#include <array>

namespace skyline::nerf {
namespace {

using testing::toy_options;
using testing::toy_plan;
using testing::ToyFolder;

class TrainingBatch : public ::testing::Test {
 protected:
  // Shares of the view direction that the rays of some steps were shown.
  std::vector<float> shares_with(double dropout) {
    TrainingPlanOptions options = toy_options(8);
    options.train.batch_rays = 4096;
    options.train.direction_dropout = dropout;
    const TrainingPlan plan = toy_plan(folder_.photos(), options);
    core::Progress progress;
    Trainer trainer =
        *Trainer::create(plan.dataset, plan.guess, *PhotoCache::create(plan.dataset, plan.options.width, folder_.path(), progress),
                         plan.options.field, plan.options.train);
    std::vector<float> shares;
    while (!trainer.finished()) {
      trainer.step();
      for (const TrainingRay& ray : trainer.batch()) shares.push_back(ray.direction_scale);
    }
    return shares;
  }

 private:
  ToyFolder folder_;
};

TEST_F(TrainingBatch, ShowsEveryShareOfTheViewDirection) {
  constexpr double kDropout = 0.4;
  const std::vector<float> shares = shares_with(kDropout);
  ASSERT_EQ(shares.size(), 8U * 4096U);
  constexpr int kBins = 10;
  double none = 0, all = 0;
  std::array<double, kBins> between{};
  for (const float share : shares) {
    ASSERT_GE(share, 0);
    ASSERT_LE(share, 1);
    const double part = 1.0 / static_cast<double>(shares.size());
    if (share == 0) {
      none += part;
    } else if (share == 1) {
      all += part;
    } else {
      between[static_cast<std::size_t>(share * kBins)] += part;
    }
  }
  // Half of the rays that are shown less are shown nothing, the others every share alike. Five standard deviations of 32,768 draws.
  EXPECT_NEAR(all, 1 - kDropout, 0.014);
  EXPECT_NEAR(none, kDropout / 2, 0.011);
  for (const double share : between) EXPECT_NEAR(share, kDropout / 2 / kBins, 0.004);
}

TEST_F(TrainingBatch, ShowsTheWholeDirectionWhereNothingIsDropped) {
  for (const float share : shares_with(0)) ASSERT_EQ(share, 1);
}

TEST_F(TrainingBatch, ShowsLessToEveryRayWhereAllIsDropped) {
  for (const float share : shares_with(1)) ASSERT_LT(share, 1);
}

}  // namespace
}  // namespace skyline::nerf
