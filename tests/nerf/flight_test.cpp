#include "nerf/flight.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skyline::nerf {
namespace {

// A ring of radius 100 at 30 above the ground of a box around it; the survey flew at 100.
constexpr double kGround = 5, kCameraHeight = 100;
const Box kBox{{-200, -200, 0}, {200, 200, 60}};

std::vector<glm::dvec3> ring() {
  std::vector<glm::dvec3> points;
  for (int i = 0; i < 12; ++i) {
    const double angle = 2 * std::numbers::pi * i / 12;
    points.emplace_back(100 * std::cos(angle), 100 * std::sin(angle), kGround + 30 + 15 * std::sin(angle));
  }
  return points;
}

TEST(FlightPath, GoesThroughItsControlPointsAndCloses) {
  const std::vector<glm::dvec3> points = ring();
  const FlightPath path(points);
  EXPECT_LT(glm::distance(path.position(0), points[0]), 1e-9);
  EXPECT_LT(glm::distance(path.position(1), points[0]), 1e-9);
  for (const glm::dvec3& point : points) {
    double nearest = 1e300;
    for (int i = 0; i < 4000; ++i) nearest = std::min(nearest, glm::distance(path.position(i / 4000.0), point));
    EXPECT_LT(nearest, 0.2);
  }
}

TEST(FlightPath, IsFlownAtConstantSpeed) {
  const FlightPath path(ring());
  constexpr int kSteps = 500;
  for (int i = 0; i < kSteps; ++i) {
    const double distance = glm::distance(path.position(double(i) / kSteps), path.position(double(i + 1) / kSteps));
    EXPECT_NEAR(distance, path.length() / kSteps, 0.02 * path.length() / kSteps);
  }
}

TEST(ViewCamera, LooksWhereYawAndPitchSay) {
  const auto forward = [](double yaw, double pitch) { return -view_camera({{0, 0, 0}, yaw, pitch}, 50, 64, 48).rotation[2]; };
  EXPECT_LT(glm::distance(forward(0, 0), glm::dvec3(0, 1, 0)), 1e-12);
  EXPECT_LT(glm::distance(forward(90, 0), glm::dvec3(-1, 0, 0)), 1e-12);
  EXPECT_LT(glm::distance(forward(0, -90), glm::dvec3(0, 0, -1)), 1e-12);
  EXPECT_NEAR(yaw_towards({-1, 0, 5}), 90, 1e-12);
}

TEST(ViewCamera, AgreesWithTheTextOfACamera) {
  const auto parsed = core::parse_camera("1,2,3,40,-25,60", 64, 48);
  ASSERT_TRUE(parsed);
  const Camera camera = view_camera({{1, 2, 3}, 40, -25}, 60, 64, 48);
  for (int i = 0; i < 3; ++i) EXPECT_LT(glm::distance(camera.rotation[i], parsed->rotation[i]), 1e-9);
  EXPECT_NEAR(camera.fl_y, parsed->fl_y, 1e-9);
}

TEST(BenchFlight, KeepsToTheHeightsAndPitchesOfItsDefinition) {
  const auto views = bench_flight(ring(), kBox, kGround, kCameraHeight, 600);
  ASSERT_EQ(views.size(), 600U);
  int high = 0;
  double lowest_pitch = 0, highest_pitch = -90;
  for (const FlightView& view : views) {
    const double height = view.position.z - kGround;
    if (std::abs(height - kCameraHeight) < 1e-6) {
      ++high;
    } else {
      EXPECT_GE(height, 0.149 * kCameraHeight);
      EXPECT_LE(height, 0.451 * kCameraHeight);
    }
    lowest_pitch = std::min(lowest_pitch, view.pitch_deg);
    highest_pitch = std::max(highest_pitch, view.pitch_deg);
  }
  EXPECT_EQ(high, 200);
  EXPECT_NEAR(lowest_pitch, -60, 0.5);
  EXPECT_NEAR(highest_pitch, -10, 0.5);
}

TEST(AimAtField, LeavesAViewThatSeesEnough) {
  const FlightView view{{0, -100, 50}, 30, -20};
  const FlightView aimed = aim_at_field(view, kBox, 0.8, [](const FlightView&) { return 0.9; });
  EXPECT_EQ(aimed.yaw_deg, view.yaw_deg);
  EXPECT_EQ(aimed.pitch_deg, view.pitch_deg);
}

TEST(AimAtField, LooksDownFirstAndThenToTheMiddle) {
  const FlightView view{{0, -100, 50}, 120, -10};
  const FlightView down = aim_at_field(view, kBox, 0.8, [](const FlightView& v) { return -v.pitch_deg / 50; });
  EXPECT_EQ(down.yaw_deg, view.yaw_deg);
  EXPECT_LE(down.pitch_deg, -40);
  EXPECT_GE(down.pitch_deg, -60);
  const FlightView inward = aim_at_field(view, kBox, 0.8, [](const FlightView& v) { return 1 - std::abs(v.yaw_deg) / 180; });
  EXPECT_NEAR(inward.yaw_deg, 0, 45);
}

TEST(AimAtField, TakesTheBestWhereNothingSuffices) {
  const FlightView view{{0, -100, 50}, 0, -10};
  const FlightView aimed = aim_at_field(view, kBox, 0.8, [](const FlightView& v) { return v.pitch_deg < -59 ? 0.3 : 0.1; });
  EXPECT_NEAR(aimed.pitch_deg, -60, 1e-9);
}

}  // namespace
}  // namespace skyline::nerf
