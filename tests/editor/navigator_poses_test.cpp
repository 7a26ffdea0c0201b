#include "editor/navigator.h"
#include "tests/editor/town.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace skyline::editor {
namespace {

struct Outline {
  glm::dvec2 low{1e9, 1e9}, high{-1e9, -1e9};
  double width() const { return (high.x - low.x) / kWidth; }
  double height() const { return (high.y - low.y) / kHeight; }
};

Outline outline_of(const Pose& pose, const core::Box& box) {
  Outline outline;
  for (int i = 0; i < 8; ++i) {
    const glm::dvec3 corner{(i & 1) != 0 ? box.high.x : box.low.x, (i & 2) != 0 ? box.high.y : box.low.y,
                            (i & 4) != 0 ? box.high.z : box.low.z};
    const glm::dvec2 pixel = pixel_of(pose, corner);
    outline.low = glm::min(outline.low, pixel);
    outline.high = glm::max(outline.high, pixel);
  }
  return outline;
}

Navigator navigator_at(const Pose& pose, const Surroundings& place = town()) {
  Navigator navigator;
  navigator.set_surroundings(place);
  navigator.reset(pose);
  return navigator;
}

TEST(NavigatorPoses, FrameFillsAThirdOfThePictureSeenAsBefore) {
  const core::Box boxes[] = {{{100, 100, 0}, {140, 130, 35}}, {{-300, 0, 0}, {-290, 8, 6}}, {{-400, -400, 0}, {400, 400, 80}}};
  for (const core::Box& box : boxes) {
    for (const double pitch : {-20.0, -45.0, -90.0}) {
      const Navigator navigator = navigator_at({{0, 0, 100}, 35, pitch, 50});
      const Pose pose = navigator.frame(box);
      const Outline outline = outline_of(pose, box);
      EXPECT_NEAR(outline.width() * outline.height(), 1.0 / 3, 0.01);
      EXPECT_EQ(pose.yaw_deg, 35);
      EXPECT_EQ(pose.pitch_deg, pitch);
      const glm::dvec2 middle = pixel_of(pose, (box.low + box.high) / 2.0);
      EXPECT_NEAR(middle.x, kWidth / 2.0, 1e-6);
      EXPECT_NEAR(middle.y, kHeight / 2.0, 1e-6);
    }
  }
}

TEST(NavigatorPoses, FrameKeepsSlenderThingsInThePicture) {
  const core::Box tower{{100, 100, 0}, {110, 110, 150}};
  const Pose pose = navigator_at({{0, 0, 100}, 0, -15, 50}).frame(tower);
  EXPECT_NEAR(outline_of(pose, tower).height(), 0.8, 0.01);
}

TEST(NavigatorPoses, FrameFromBelowLooksFromAboveTheGround) {
  const core::Box shed{{100, 100, 0}, {110, 110, 4}};
  const Navigator navigator = navigator_at({{0, 0, 5}, 0, 40, 50});
  const Pose pose = navigator.frame(shed);
  EXPECT_GE(pose.position.z, navigator.clearance());
  const glm::dvec2 middle = pixel_of(pose, {105, 105, 2});
  EXPECT_NEAR(middle.x, kWidth / 2.0, 1e-6);
  EXPECT_NEAR(middle.y, kHeight / 2.0, 1e-6);
}

TEST(NavigatorPoses, TopShowsTheWholeSceneWithNorthUp) {
  for (const double fov : {20.0, 50.0, 90.0}) {
    const Pose pose = navigator_at({{300, -700, 50}, 123, -10, fov}).top();
    const Outline outline = outline_of(pose, town().box);
    EXPECT_GE(outline.low.x, 0);
    EXPECT_GE(outline.low.y, 0);
    EXPECT_LE(outline.high.x, kWidth);
    EXPECT_LE(outline.high.y, kHeight);
    EXPECT_GT(std::max(outline.width(), outline.height()), 0.9);
    EXPECT_LT(pixel_of(pose, {0, 400, 0}).y, pixel_of(pose, {0, -400, 0}).y);
    EXPECT_NEAR(pixel_of(pose, {0, 400, 0}).x, pixel_of(pose, {0, -400, 0}).x, 1e-6);
  }
}

TEST(NavigatorPoses, StreetIsAtEyeHeightOnOpenGroundAndLevel) {
  const Surroundings place = town({{{-30, -30}, {30, 30}, 40}});
  const Pose pose = navigator_at({{5, 0, 120}, 77, -60, 50}, place).street();
  EXPECT_EQ(place.surface({pose.position.x, pose.position.y}), 0);
  EXPECT_NEAR(pose.position.z, 1.7, 1e-9);
  EXPECT_LT(glm::length(glm::dvec2(pose.position)), 60);
  EXPECT_EQ(pose.pitch_deg, 0);
  EXPECT_EQ(pose.yaw_deg, 77);
  const Pose plain = navigator_at({{200, 100, 120}, 0, -60, 50}, place).street();
  EXPECT_EQ(glm::dvec2(plain.position), glm::dvec2(200, 100));
}

TEST(NavigatorPoses, AxisLooksAtTheSamePointFromAsFar) {
  const Navigator navigator = navigator_at({{0, -100, 100}, 0, -45, 50});
  const glm::dvec3 target = navigator.looked_at();
  for (const double yaw : {0.0, 90.0, 180.0, -90.0}) {
    const Pose pose = navigator.axis(yaw, -30);
    EXPECT_EQ(pose.yaw_deg, yaw);
    EXPECT_NEAR(glm::length(pose.position - target), std::sqrt(2.0) * 100, 1e-6);
    EXPECT_NEAR(pixel_of(pose, target).x, kWidth / 2.0, 1e-6);
    EXPECT_NEAR(pixel_of(pose, target).y, kHeight / 2.0, 1e-6);
  }
  EXPECT_GE(navigator.axis(0, 0).position.z, navigator.clearance());
}

TEST(NavigatorPoses, LookedAtIsWhereTheViewMeetsTheGround) {
  const glm::dvec3 point = navigator_at({{10, 20, 100}, 0, -45, 50}).looked_at();
  EXPECT_LT(glm::length(point - glm::dvec3(10, 120, 0)), 1e-9);
  const Navigator up = navigator_at({{10, 20, 100}, 0, 10, 50});
  EXPECT_NEAR(glm::length(up.looked_at() - up.pose().position), up.scene_size(), 1e-6);
}

TEST(NavigatorPoses, AtKeepsHeightAndViewButStaysAboveRoofs) {
  const Surroundings place = town({{{90, 90}, {110, 110}, 80}});
  const Navigator navigator = navigator_at({{0, 0, 30}, 12, -25, 50}, place);
  EXPECT_EQ(navigator.at({-50, 60}), (Pose{{-50, 60, 30}, 12, -25, 50}));
  EXPECT_NEAR(navigator.at({100, 100}).position.z, 81, 1e-9);
}

}  // namespace
}  // namespace skyline::editor
