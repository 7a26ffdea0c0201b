#include "editor/navigator.h"

#include "tests/editor/town.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace skyline::editor {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();
const Pose kStart{{10, -200, 120}, 15, -30, 50};

void expect_same_pixel(glm::dvec2 a, glm::dvec2 b) {
  EXPECT_NEAR(a.x, b.x, 1e-6);
  EXPECT_NEAR(a.y, b.y, 1e-6);
}

TEST(Pose, CamerasAndPosesAreTheSameThing) {
  for (const Pose& pose : {Pose{{1, 2, 3}, 30, -40, 50}, Pose{{0, 0, 9}, -170, 90, 20}, Pose{{5, 5, 5}, 60, -90, 100}}) {
    const Pose again = pose_of(camera_of(pose, 640, 480));
    EXPECT_NEAR(again.yaw_deg, pose.yaw_deg, 1e-9);
    EXPECT_NEAR(again.pitch_deg, pose.pitch_deg, 1e-9);
    EXPECT_NEAR(again.fov_deg, pose.fov_deg, 1e-9);
    EXPECT_EQ(again.position, pose.position);
  }
}

TEST(Pose, ACameraIsThatOfTheCommandLine) {
  const core::Camera camera = camera_of({{1, 2, 3}, 20, -35, 47}, 1280, 720);
  const auto same = core::parse_camera("1,2,3,20,-35,47", 1280, 720);
  ASSERT_TRUE(same.ok());
  for (int i = 0; i < 3; ++i) EXPECT_LT(glm::length(camera.rotation[i] - same->rotation[i]), 1e-12);
  EXPECT_NEAR(camera.fl_x, same->fl_x, 1e-9);
  EXPECT_EQ(camera.position, same->position);
}

TEST(Navigator, OrbitKeepsThePivotAtItsPlace) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> column(0, kWidth), row(0, kHeight), distance(20, 300), turn(-40, 40);
  for (int i = 0; i < 200; ++i) {
    Navigator navigator = navigator_over_flat_ground(kStart);
    navigator.allow_underground = i % 2 == 0;
    const glm::dvec2 pixel{column(random), row(random)};
    const double away = distance(random);
    const glm::dvec3 pivot = point_at(kStart, pixel, away);
    navigator.orbit(pivot, turn(random), turn(random));
    EXPECT_NE(navigator.pose(), kStart);
    expect_same_pixel(pixel_of(navigator.pose(), pivot), pixel);
    EXPECT_NEAR(glm::length(navigator.pose().position - pivot), away, 1e-6);
  }
}

TEST(Navigator, OrbitStopsTiltingAtTheGroundAndStillTurns) {
  Navigator navigator = navigator_over_flat_ground(kStart);
  const glm::dvec3 pivot = navigator.looked_at();
  navigator.orbit(pivot, 30, 100);
  EXPECT_NEAR(navigator.pose().yaw_deg, 45, 1e-9);
  EXPECT_NEAR(navigator.pose().position.z, navigator.clearance(), 1e-3);
  expect_same_pixel(pixel_of(navigator.pose(), pivot), {kWidth / 2.0, kHeight / 2.0});
}

TEST(Navigator, ZoomKeepsThePointersPointAtItsPlace) {
  for (const glm::dvec2 pixel : {glm::dvec2(100, 650), glm::dvec2(640, 360), glm::dvec2(1200, 500)}) {
    for (const double steps : {1.0, 3.5, -2.0}) {
      Navigator navigator = navigator_over_flat_ground(kStart);
      const glm::dvec3 point = point_at(kStart, pixel, 150);
      navigator.zoom(point, steps);
      expect_same_pixel(pixel_of(navigator.pose(), point), pixel);
      EXPECT_NEAR(glm::length(navigator.pose().position - point), 150 * std::pow(0.85, steps), 1e-6);
    }
  }
}

TEST(Navigator, ZoomInNeverPassesThePoint) {
  Navigator navigator = navigator_over_flat_ground(kStart);
  const glm::dvec3 point = point_at(kStart, {640, 300}, 100);
  for (int i = 0; i < 500; ++i) navigator.zoom(point, 5);
  EXPECT_GT(glm::dot(point - navigator.pose().position, axes_of(navigator.pose()).forward), 0);
  expect_same_pixel(pixel_of(navigator.pose(), point), {640, 300});
}

TEST(Navigator, ZoomInAndOutByTheSameStepsReturns) {
  Navigator navigator = navigator_over_flat_ground(kStart);
  const glm::dvec3 point = point_at(kStart, {800, 400}, 150);
  navigator.zoom(point, 4);
  navigator.zoom(point, -4);
  EXPECT_LT(glm::length(navigator.pose().position - kStart.position), 1e-9);
}

TEST(Navigator, PanMovesThePointByTheDragInPixels) {
  for (const glm::dvec2 drag : {glm::dvec2(37, 0), glm::dvec2(0, 21), glm::dvec2(-140, 55)}) {
    Navigator navigator = navigator_over_flat_ground(kStart);
    const glm::dvec2 pixel{500, 420};
    const glm::dvec3 point = point_at(kStart, pixel, 180);
    navigator.pan(point, drag, kHeight);
    expect_same_pixel(pixel_of(navigator.pose(), point), pixel + drag);
    EXPECT_EQ(navigator.pose().yaw_deg, kStart.yaw_deg);
    EXPECT_EQ(navigator.pose().pitch_deg, kStart.pitch_deg);
  }
}

double flown_level(double height, const FlyInput& input, double speed = 1) {
  Navigator navigator = navigator_over_flat_ground({{0, 0, height}, 0, 0, 50});
  navigator.speed = speed;
  navigator.fly(input, 0.5);
  EXPECT_NEAR(navigator.pose().position.z, height, 1e-9);
  return glm::length(navigator.pose().position - glm::dvec3(0, 0, height));
}

TEST(Navigator, FlyingSpeedIsTheHeightASecond) {
  EXPECT_NEAR(flown_level(40, {.forward = 1}), 20, 1e-6);
  EXPECT_NEAR(flown_level(80, {.right = -1}), 40, 1e-6);
  EXPECT_NEAR(flown_level(40, {.forward = 1, .right = 1}), 20, 1e-6);
  EXPECT_NEAR(flown_level(40, {.forward = 1, .fast = true}), 200, 1e-6);
  EXPECT_NEAR(flown_level(40, {.forward = 1, .slow = true}), 5, 1e-6);
  EXPECT_NEAR(flown_level(40, {.forward = 1}, 2.5), 50, 1e-6);
}

// Positions after each second of a dive across a house and a climb.
std::vector<glm::dvec3> flown_path(int frames_a_second, const Surroundings& place) {
  Navigator navigator;
  navigator.set_surroundings(place);
  navigator.reset({{0, -300, 160}, 0, -40, 50});
  navigator.begin_gesture();
  std::vector<glm::dvec3> path;
  for (int second = 0; second < 5; ++second) {
    for (int i = 0; i < frames_a_second; ++i) {
      navigator.fly({.forward = 1, .right = 0.3, .up = second < 2 ? -0.2 : 1}, 1.0 / frames_a_second);
    }
    path.push_back(navigator.pose().position);
  }
  return path;
}

TEST(Navigator, TheFlownPathDoesNotDependOnTheFrameRate) {
  const Surroundings place = town({{{-30, -200}, {90, -120}, 30}});
  const auto fine = flown_path(240, place);
  for (const int frames_a_second : {144, 75, 60, 10}) {
    const auto path = flown_path(frames_a_second, place);
    for (std::size_t i = 0; i < fine.size(); ++i) {
      const double way = glm::length(fine[i] - glm::dvec3(0, -300, 160));
      EXPECT_LT(glm::length(path[i] - fine[i]), 0.005 * way) << frames_a_second << " frames a second, second " << i + 1;
    }
  }
}

TEST(Navigator, TheSpeedDoesNotLeapAtTheEdgeOfARoof) {
  Navigator navigator;
  navigator.set_surroundings(town({{{-50, 0}, {50, 100}, 50}}));
  navigator.reset({{0, -40, 60}, 0, 0, 50});
  navigator.begin_gesture();
  double former = 0;
  for (int i = 0; i < 120; ++i) {
    const double y = navigator.pose().position.y;
    navigator.fly({.forward = 1}, 1.0 / 60);
    const double way = navigator.pose().position.y - y;
    if (i > 0) {
      EXPECT_NEAR(way, former, 0.1 * former) << i;
    }
    former = way;
  }
}

TEST(Navigator, AWallLiftsTheCameraOverTheRoof) {
  Navigator navigator;
  navigator.set_surroundings(town({{{-50, 20}, {50, 60}, 40}}));
  navigator.reset({{0, 0, 10}, 0, 0, 50});
  double former_z = 10;
  for (int i = 0; i < 60 * 16; ++i) {
    navigator.fly({.forward = 1}, 1.0 / 60);
    EXPECT_LT(navigator.pose().position.z - former_z, 1.5) << "a leap at frame " << i;
    former_z = navigator.pose().position.z;
  }
  EXPECT_GT(navigator.pose().position.y, 60);
  EXPECT_NEAR(navigator.pose().position.z, 41, 0.5);
}

TEST(Navigator, NoMoveByHandGoesBelowTheSurface) {
  const Surroundings place = town({{{-60, -60}, {0, 0}, 80}, {{30, -100}, {60, 90}, 25}, {{-200, 100}, {200, 160}, 50}});
  std::mt19937 random(11);
  std::uniform_real_distribution<double> unit(-1, 1);
  Navigator navigator;
  navigator.set_surroundings(place);
  navigator.reset({{-100, -100, 40}, 0, -20, 50});
  for (int i = 0; i < 20000; ++i) {
    const glm::dvec3 pivot = navigator.pose().position + 60.0 * glm::dvec3(unit(random), unit(random), unit(random));
    switch (i % 5) {
      case 0:
        navigator.fly({.forward = unit(random), .right = unit(random), .up = unit(random), .fast = unit(random) > 0}, 0.05);
        break;
      case 1:
        navigator.orbit(pivot, 40 * unit(random), 40 * unit(random));
        break;
      case 2:
        navigator.pan(pivot, {300 * unit(random), 300 * unit(random)}, kHeight);
        break;
      case 3:
        navigator.zoom(pivot, 4 * unit(random));
        break;
      default:
        navigator.look(30 * unit(random), 30 * unit(random));
    }
    const glm::dvec3 p = navigator.pose().position;
    ASSERT_GE(p.z, place.surface({p.x, p.y}) + navigator.clearance() - 1e-9) << "move " << i;
    if (p.z > 400 || glm::length(p) > 600) navigator.jump({{-100, -100, 40}, 0, -20, 50});
  }
}

TEST(Navigator, ACameraBeneathTreesMayMoveLevelAndUpButNotDown) {
  Navigator navigator;
  navigator.set_surroundings(town({{{-100, -100}, {100, 100}, 12}}));
  navigator.reset({{0, 0, 3}, 0, 0, 50});
  navigator.fly({.forward = 1}, 0.5);
  EXPECT_GT(navigator.pose().position.y, 0.5);
  EXPECT_NEAR(navigator.pose().position.z, 3, 1e-9);
  navigator.fly({.up = -1}, 0.5);
  EXPECT_NEAR(navigator.pose().position.z, 3, 1e-9);
  navigator.fly({.up = 1}, 0.5);
  EXPECT_GT(navigator.pose().position.z, 3.5);
}

TEST(Navigator, UndergroundIsOpenWhenAllowed) {
  Navigator navigator = navigator_over_flat_ground({{0, 0, 5}, 0, -90, 50});
  navigator.fly({.forward = 1}, 1);
  navigator.fly({.forward = 1}, 1);
  EXPECT_NEAR(navigator.pose().position.z, navigator.clearance(), 1e-9);
  navigator.allow_underground = true;
  navigator.fly({.forward = 1}, 1);
  navigator.fly({.forward = 1}, 1);
  EXPECT_LT(navigator.pose().position.z, 0);
}

TEST(Navigator, ASceneWithoutAUnitKeepsASmallClearance) {
  Navigator navigator;
  navigator.set_surroundings({.box = {{-1, -1, 0}, {1, 1, 0.3}}});
  EXPECT_NEAR(navigator.clearance(), 0.015 * std::sqrt(8.09), 1e-6);
}

TEST(Navigator, PitchStaysBetweenStraightDownAndStraightUp) {
  Navigator navigator = navigator_over_flat_ground(kStart);
  navigator.look(0, -500);
  EXPECT_EQ(navigator.pose().pitch_deg, -90);
  navigator.look(0, 1e9);
  EXPECT_EQ(navigator.pose().pitch_deg, 90);
  navigator.look(725, 0);
  EXPECT_NEAR(navigator.pose().yaw_deg, 20, 1e-9);
}

bool is_whole(const Pose& pose) {
  return std::isfinite(pose.position.x + pose.position.y + pose.position.z) && std::isfinite(pose.yaw_deg) &&
         std::abs(pose.pitch_deg) <= 90 && pose.fov_deg >= 1 && pose.fov_deg <= 150;
}

TEST(Navigator, NoInputBreaksThePose) {
  const double wild[] = {kNan, kInfinite, -kInfinite, 1e300, -1e300, 1e18, 0.0, -1e-320};
  std::mt19937 random(3);
  std::uniform_int_distribution<std::size_t> pick(0, std::size(wild) - 1);
  const auto any = [&] { return wild[pick(random)]; };
  Surroundings place = town();
  place.surface = [&](glm::dvec2 p) { return p.x > 100 ? kNan : 0.0; };
  Navigator navigator;
  navigator.set_surroundings(place);
  navigator.reset(kStart);
  for (int i = 0; i < 1000; ++i) {
    const glm::dvec3 point{any(), any(), any()};
    navigator.fly({.forward = any(), .right = any(), .up = any(), .fast = true}, any());
    navigator.look(any(), any());
    navigator.orbit(point, any(), any());
    navigator.pan(point, {any(), any()}, static_cast<int>(pick(random)) - 2);
    navigator.zoom(point, any());
    ASSERT_TRUE(is_whole(navigator.pose())) << i;
    navigator.travel({point, any(), any(), any()}, any());
    navigator.advance(any());
    navigator.advance(0.1);
    ASSERT_TRUE(is_whole(navigator.pose())) << i;
    navigator.jump({point, any(), any(), any()});
    ASSERT_TRUE(is_whole(navigator.pose())) << i;
    ASSERT_TRUE(is_whole(navigator.top()));
    ASSERT_TRUE(is_whole(navigator.axis(any(), any())));
    ASSERT_TRUE(is_whole(navigator.street()));
    ASSERT_TRUE(is_whole(navigator.at({any(), any()})));
    ASSERT_TRUE(is_whole(navigator.frame({point, {any(), any(), any()}})));
  }
}

TEST(Navigator, AHangOfTheProgramIsNoFlightAcrossTheScene) {
  Navigator navigator = navigator_over_flat_ground({{0, 0, 50}, 0, 0, 50});
  navigator.fly({.forward = 1}, 3600);
  EXPECT_LE(glm::length(navigator.pose().position - glm::dvec3(0, 0, 50)), 51);
}

TEST(NavigatorUndo, TakesBackOneGestureAtATime) {
  Navigator navigator = navigator_over_flat_ground(kStart);
  EXPECT_FALSE(navigator.can_undo());
  std::vector<Pose> poses{kStart};
  for (int gesture = 0; gesture < 4; ++gesture) {
    navigator.begin_gesture();
    for (int frame = 0; frame < 30; ++frame) {
      if (gesture % 2 == 0) navigator.fly({.forward = 1}, 1.0 / 60);
      if (gesture % 2 == 1) navigator.look(0.5, 0.1);
    }
    poses.push_back(navigator.pose());
  }
  navigator.jump({{0, 0, 300}, 0, -90, 50});
  for (std::size_t i = poses.size(); i-- > 0;) {
    ASSERT_TRUE(navigator.undo_move());
    EXPECT_EQ(navigator.pose(), poses[i]);
  }
  EXPECT_FALSE(navigator.undo_move());
  for (std::size_t i = 1; i < poses.size(); ++i) {
    ASSERT_TRUE(navigator.redo_move());
    EXPECT_EQ(navigator.pose(), poses[i]);
  }
  ASSERT_TRUE(navigator.redo_move());
  EXPECT_EQ(navigator.pose().position.z, 300);
  EXPECT_FALSE(navigator.redo_move());
}

TEST(NavigatorUndo, AGestureThatMovesNothingLeavesNoTrace) {
  Navigator navigator = navigator_over_flat_ground(kStart);
  navigator.begin_gesture();
  navigator.look(10, 0);
  ASSERT_TRUE(navigator.undo_move());
  navigator.begin_gesture();  // a click
  EXPECT_FALSE(navigator.can_undo());
  EXPECT_TRUE(navigator.can_redo());
  EXPECT_TRUE(navigator.redo_move());
  EXPECT_NEAR(navigator.pose().yaw_deg, 25, 1e-9);
}

TEST(NavigatorUndo, ANewMoveEndsRedo) {
  Navigator navigator = navigator_over_flat_ground(kStart);
  navigator.begin_gesture();
  navigator.look(10, 0);
  navigator.undo_move();
  navigator.begin_gesture();
  navigator.look(-3, 0);
  EXPECT_FALSE(navigator.can_redo());
  EXPECT_FALSE(navigator.redo_move());
  ASSERT_TRUE(navigator.undo_move());
  EXPECT_EQ(navigator.pose(), kStart);
}

TEST(NavigatorUndo, AFlightIsTakenBackAsAWholeAlsoWhileItLasts) {
  const Pose target{{200, 100, 80}, 60, -40, 50};
  Navigator navigator = navigator_over_flat_ground(kStart);
  navigator.travel(target, 1);
  navigator.advance(0.4);
  navigator.travel({{0, 0, 90}, 0, -20, 50}, 1);
  navigator.advance(0.4);
  ASSERT_TRUE(navigator.undo_move());
  EXPECT_EQ(navigator.pose(), kStart);
  EXPECT_FALSE(navigator.travelling());
  ASSERT_TRUE(navigator.redo_move());
  EXPECT_EQ(navigator.pose(), (Pose{{0, 0, 90}, 0, -20, 50}));
}

TEST(NavigatorUndo, ANewSceneBeginsWithNothingToUndo) {
  Navigator navigator;
  navigator.jump(kStart);
  EXPECT_FALSE(navigator.can_undo());
  navigator.jump({{1, 2, 50}, 0, 0, 50});
  EXPECT_TRUE(navigator.can_undo());
  navigator.reset(kStart);
  EXPECT_FALSE(navigator.can_undo());
}

TEST(NavigatorUndo, RemembersAFewHundredMovesAtMost) {
  Navigator navigator = navigator_over_flat_ground(kStart);
  for (int i = 0; i < 1000; ++i) {
    navigator.begin_gesture();
    navigator.look(1, 0);
  }
  int undone = 0;
  while (navigator.undo_move()) ++undone;
  EXPECT_EQ(undone, 200);
}

}  // namespace
}  // namespace skyline::editor
