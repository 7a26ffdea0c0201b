#include "core/camera.h"
#include "tests/support/process.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

namespace skyline::core {
namespace {

Camera oblique_camera() {
  Result<Camera> camera = parse_camera("10,-20,100,30,-60,50", 400, 300);
  EXPECT_TRUE(camera.ok());
  return *camera;
}

void expect_near(const glm::dvec3& a, const glm::dvec3& b, double tolerance) {
  EXPECT_LT(glm::length(a - b), tolerance) << a.x << " " << a.y << " " << a.z << " against " << b.x << " " << b.y << " " << b.z;
}

TEST(Camera, RaysOfAPinholeProjectBackToTheirPixels) {
  const Camera camera = oblique_camera();
  const RayGenerator rays(camera);
  for (const glm::dvec2 pixel : {glm::dvec2(0.5, 0.5), glm::dvec2(399.5, 299.5), glm::dvec2(123, 45)}) {
    const Ray ray = rays.ray(static_cast<float>(pixel.x), static_cast<float>(pixel.y));
    EXPECT_NEAR(glm::length(ray.direction), 1, 1e-6);
    glm::dvec2 back;
    ASSERT_TRUE(project(camera, camera.position + 50.0 * glm::dvec3(ray.direction), back));
    EXPECT_NEAR(back.x, pixel.x, 1e-3);
    EXPECT_NEAR(back.y, pixel.y, 1e-3);
  }
}

TEST(Camera, RaysOfADistortedLensProjectBackWithinAHundredthOfAPixel) {
  Camera camera = oblique_camera();
  camera.distortion = {-0.12, 0.05, -0.01, 0.001, -0.002};
  const RayGenerator rays(camera);
  for (int row = 1; row < 300; row += 13) {
    for (int column = 1; column < 400; column += 13) {
      const Ray ray = rays.ray(static_cast<float>(column), static_cast<float>(row));
      glm::dvec2 back;
      ASSERT_TRUE(project(camera, camera.position + 50.0 * glm::dvec3(ray.direction), back));
      EXPECT_LT(glm::length(back - glm::dvec2(column, row)), 0.011);
    }
  }
}

TEST(Camera, UndistortInvertsDistort) {
  const Distortion lens{-0.2, 0.08, 0.01, 0.002, -0.001};
  for (double x = -0.6; x <= 0.6; x += 0.1) {
    for (double y = -0.6; y <= 0.6; y += 0.1) {
      EXPECT_LT(glm::length(undistort(lens, distort(lens, {x, y})) - glm::dvec2(x, y)), 1e-9);
    }
  }
}

TEST(Camera, UndistortReturnsItsStartWhereTheLensFolds) {
  const Distortion folding{-0.5, 0, 0, 0, 0};
  const glm::dvec2 outside{2.0, 0.0};  // the model reaches no farther than 0.544
  EXPECT_EQ(undistort(folding, outside), outside);
  Camera camera = oblique_camera();
  camera.distortion = folding;
  glm::dvec2 pixel;
  EXPECT_FALSE(project(camera, camera.position - camera.rotation[2] + 2.0 * camera.rotation[0], pixel));
}

TEST(Camera, PointsBehindDoNotProject) {
  const Camera camera = oblique_camera();
  glm::dvec2 pixel;
  EXPECT_FALSE(project(camera, camera.position + camera.rotation[2], pixel));
}

TEST(Camera, ResizingKeepsTheRays) {
  const Camera camera = oblique_camera(), small = camera.resized(100, 75);
  expect_near(RayGenerator(camera).ray(120, 80).direction, RayGenerator(small).ray(30, 20).direction, 1e-6);
}

TEST(ParseCamera, YawTurnsFromNorthToTheLeftAndPitchLooksDown) {
  Result<Camera> north = parse_camera("1,2,3,0,0", 100, 100);
  ASSERT_TRUE(north.ok());
  expect_near(-north->rotation[2], {0, 1, 0}, 1e-12);
  expect_near(north->rotation[1], {0, 0, 1}, 1e-12);
  expect_near(north->position, {1, 2, 3}, 1e-12);
  EXPECT_NEAR(north->fl_y, 50 / std::tan(25 * 3.14159265358979 / 180), 1e-6);
  Result<Camera> west = parse_camera(" 0, 0, 0, 90, 0, 90", 100, 100);
  ASSERT_TRUE(west.ok());
  expect_near(-west->rotation[2], {-1, 0, 0}, 1e-12);
  Result<Camera> down = parse_camera("0,0,0,0,-90", 100, 100);
  ASSERT_TRUE(down.ok());
  expect_near(-down->rotation[2], {0, 0, -1}, 1e-12);
  expect_near(down->rotation[1], {0, 1, 0}, 1e-12);
}

TEST(ParseCamera, ErrorsNameTheOffendingPart) {
  const std::pair<const char*, const char*> cases[] = {
      {"1,2,3,4", "pitch"},       {"1,b,3,4,5", "y 'b'"},           {"1,2,3,4,5,6,7", "more than 6"},
      {"1,2,3,4,-95", "pitch"},   {"1,2,3,4,5,180", "fov"},         {"", "x ''"},
      {"1,2,nan,4,5", "z 'nan'"}, {"1,2,3,1e999,5", "yaw '1e999'"}, {"1,2,1e300,4,5", "z is"},
      {"1,2,3,4,5,1e-320", "fov"}};
  for (const auto& [text, part] : cases) {
    Result<Camera> camera = parse_camera(text, 10, 10);
    ASSERT_FALSE(camera.ok()) << text;
    EXPECT_NE(camera.error().message().find(part), std::string::npos) << camera.error().message();
  }
}

class CameraFile : public ::testing::Test {
 protected:
  skyline::testing::TemporaryFolder folder_;  // of its own: tests run side by side
  std::filesystem::path path_ = folder_.path() / "camera.json";
  void write(const std::string& text) { std::ofstream(path_) << text; }
};

TEST_F(CameraFile, IsReadAndResized) {
  write(R"({"w": 200, "h": 100, "camera_angle_x": 1.5707963267948966, "k1": 0.1,
            "transform_matrix": [[1,0,0,5],[0,1,0,6],[0,0,1,7],[0,0,0,1]]})");
  Result<Camera> camera = read_camera_json(path_.string(), 0, 0);
  ASSERT_TRUE(camera.ok()) << camera.error().message();
  EXPECT_EQ(camera->width, 200);
  EXPECT_NEAR(camera->fl_x, 100, 1e-9);
  EXPECT_NEAR(camera->fl_y, 100, 1e-9);
  EXPECT_NEAR(camera->cx, 100, 1e-9);
  EXPECT_EQ(camera->distortion.k1, 0.1);
  expect_near(camera->position, {5, 6, 7}, 1e-12);
  Result<Camera> small = read_camera_json(path_.string(), 100, 50);
  ASSERT_TRUE(small.ok());
  EXPECT_NEAR(small->fl_x, 50, 1e-9);
}

TEST_F(CameraFile, IsRefusedWhenItIsBeyondWhatRaysCanReach) {
  write(R"({"w": 200, "h": 100, "fl_x": 100, "transform_matrix": [[1,0,0,5],[0,1,0,1e300],[0,0,1,7],[0,0,0,1]]})");
  EXPECT_FALSE(read_camera_json(path_.string(), 0, 0).ok());
  write(R"({"w": 200, "h": 100, "camera_angle_x": 1e-320, "transform_matrix": [[1,0,0,5],[0,1,0,6],[0,0,1,7],[0,0,0,1]]})");
  EXPECT_FALSE(read_camera_json(path_.string(), 0, 0).ok());
}

TEST_F(CameraFile, IsRefusedWhenItNestsWithoutEnd) {
  constexpr std::size_t kDepth = 200000;
  write("{\"a\": " + std::string(kDepth, '[') + std::string(kDepth, ']') + "}");
  EXPECT_FALSE(read_camera_json(path_.string(), 0, 0).ok());
}

TEST_F(CameraFile, IsRefusedWhenItsPoseIsNotRigid) {
  write(R"({"w": 200, "h": 100, "fl_x": 100, "transform_matrix": [[2,0,0,5],[0,1,0,6],[0,0,1,7],[0,0,0,1]]})");
  Result<Camera> camera = read_camera_json(path_.string(), 0, 0);
  ASSERT_FALSE(camera.ok());
  EXPECT_NE(camera.error().message().find("rigid"), std::string::npos);
}

}  // namespace
}  // namespace skyline::core
