#include "editor/navigator.h"
#include "tests/editor/town.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace skyline::editor {
namespace {

const Pose kFrom{{-200, 0, 20}, 170, -20, 50}, kTo{{200, 30, 15}, -170, -5, 40};

std::vector<Pose> flight(Navigator& navigator, const Pose& to, double seconds, double step_s) {
  std::vector<Pose> poses{navigator.pose()};
  navigator.travel(to, seconds);
  while (navigator.advance(step_s)) poses.push_back(navigator.pose());
  return poses;
}

Navigator navigator_in(const Surroundings& place) {
  Navigator navigator;
  navigator.set_surroundings(place);
  navigator.reset(kFrom);
  return navigator;
}

TEST(NavigatorFlight, BeginsAndEndsExactly) {
  for (const double seconds : {0.0, 0.7, 2.0}) {
    Navigator navigator = navigator_in(town());
    const auto poses = flight(navigator, kTo, seconds, 0.013);
    EXPECT_EQ(poses.front(), kFrom);
    EXPECT_EQ(poses.back(), kTo);
    EXPECT_FALSE(navigator.travelling());
  }
}

TEST(NavigatorFlight, TakesTheTimeThatWasGivenElseSixTenthsToThreeSeconds) {
  const auto duration = [](const Pose& to, double seconds) {
    Navigator navigator = navigator_in(town());
    return 0.01 * static_cast<double>(flight(navigator, to, seconds, 0.01).size() - 1);
  };
  EXPECT_NEAR(duration(kTo, 1.5), 1.5, 0.011);
  Pose near = kFrom;
  near.position.x += 1;
  EXPECT_GE(duration(near, 0), 0.6 - 1e-9);
  EXPECT_LT(duration(near, 0), 0.8);
  EXPECT_GT(duration(kTo, 0), duration(near, 0));
  EXPECT_LE(duration({{5000, 0, 100}, 0, 0, 50}, 0), 3.011);
}

void expect_smooth(const std::vector<Pose>& poses, double step_s) {
  // Velocities from differences: none at the ends, and no leap between.
  std::vector<glm::dvec3> velocity;
  double fastest = 0;
  for (std::size_t i = 1; i < poses.size(); ++i) {
    velocity.push_back((poses[i].position - poses[i - 1].position) / step_s);
    fastest = std::max(fastest, glm::length(velocity.back()));
  }
  EXPECT_LT(glm::length(velocity.front()), 0.01 * fastest);
  EXPECT_LT(glm::length(velocity.back()), 0.01 * fastest);
  for (std::size_t i = 1; i < velocity.size(); ++i) EXPECT_LT(glm::length(velocity[i] - velocity[i - 1]), 0.03 * fastest) << i;
}

TEST(NavigatorFlight, IsSmoothOverFlatGroundAndOverTowers) {
  Navigator flat = navigator_in(town());
  expect_smooth(flight(flat, kTo, 2, 0.005), 0.005);
  Navigator over = navigator_in(town({{{-20, -50}, {20, 50}, 90}}));
  expect_smooth(flight(over, kTo, 2, 0.005), 0.005);
}

TEST(NavigatorFlight, RisesOverWhatIsInTheWay) {
  // In the middle, close to the start, close to the end, and a mast three metres wide.
  const std::vector<House> ways[] = {{{{-20, -50}, {20, 50}, 90}},
                                     {{{-197, -50}, {-150, 50}, 90}},
                                     {{{150, -50}, {196, 50}, 100}},
                                     {{{49, 10}, {52, 30}, 70}},
                                     {{{-150, -50}, {-100, 50}, 40}, {{100, -50}, {180, 50}, 70}}};
  for (const auto& houses : ways) {
    const Surroundings place = town(houses);
    Navigator navigator = navigator_in(place);
    double highest = 0;
    for (const Pose& pose : flight(navigator, kTo, 0, 0.002)) {
      EXPECT_GE(pose.position.z, place.surface({pose.position.x, pose.position.y}) + navigator.clearance() - 1e-6)
          << pose.position.x << " of a flight over " << houses.front().low.x;
      highest = std::max(highest, pose.position.z);
    }
    EXPECT_LT(highest, 350);
  }
}

TEST(NavigatorFlight, GoesStraightWhereNothingIsInTheWay) {
  Navigator navigator = navigator_in(town({{{-20, 100}, {20, 150}, 90}, {{-100, -30}, {100, 60}, 10}}));
  for (const Pose& pose : flight(navigator, kTo, 1, 0.01)) {
    EXPECT_LE(pose.position.z, kFrom.position.z + 1e-9);
    EXPECT_GE(pose.position.z, kTo.position.z - 1e-9);
  }
}

TEST(NavigatorFlight, TurnsTheShortWay) {
  Navigator navigator = navigator_in(town());
  const auto poses = flight(navigator, kTo, 1, 0.01);
  double turned = 0;
  for (std::size_t i = 1; i < poses.size(); ++i) turned += std::abs(std::remainder(poses[i].yaw_deg - poses[i - 1].yaw_deg, 360));
  EXPECT_NEAR(turned, 20, 1e-6);
}

TEST(NavigatorFlight, AnyMoveByHandEndsIt) {
  Navigator navigator = navigator_in(town());
  navigator.travel(kTo, 1);
  navigator.advance(0.5);
  const Pose half = navigator.pose();
  navigator.begin_gesture();
  EXPECT_FALSE(navigator.travelling());
  EXPECT_FALSE(navigator.advance(0.1));
  EXPECT_EQ(navigator.pose(), half);
}

TEST(NavigatorFlight, ToWhereTheCameraIsTakesNoTime) {
  Navigator navigator = navigator_in(town());
  navigator.travel(kFrom);
  EXPECT_FALSE(navigator.travelling());
  EXPECT_FALSE(navigator.can_undo());
}

}  // namespace
}  // namespace skyline::editor
