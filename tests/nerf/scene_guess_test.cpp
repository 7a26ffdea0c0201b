#include "nerf/data/scene_guess.h"

#include "core/camera.h"
#include "nerf/data/scene_parts.h"

#include <glm/common.hpp>
#include <glm/geometric.hpp>
#include <glm/gtc/quaternion.hpp>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <random>

namespace skyline::nerf {
namespace {

namespace fs = std::filesystem;

constexpr double kGround = 12;
constexpr double kCameraHeight = 100;

// A town of 300 x 300 units on level ground: 20 houses 15 high, a tower of 60, and a flight of 5 x 5 photos looking down and around.
Dataset small_town() {
  Dataset dataset;
  dataset.folder = "town";
  std::mt19937 random(1);
  std::uniform_real_distribution<double> unit(0, 1);
  const auto add = [&](double x, double y, double z) { dataset.points.push_back({{x, y, z}, glm::u8vec3(100), 3}); };
  for (int i = 0; i < 6000; ++i) add(300 * unit(random) - 150, 300 * unit(random) - 150, kGround + 0.2 * unit(random));
  for (int house = 0; house < 20; ++house) {
    const double x = 260 * unit(random) - 130, y = 260 * unit(random) - 130;
    for (int i = 0; i < 100; ++i) add(x + 12 * unit(random), y + 12 * unit(random), kGround + 15 * std::sqrt(unit(random)));
  }
  for (int i = 0; i < 200; ++i) add(40 + 10 * unit(random), 40 + 10 * unit(random), kGround + 60 * unit(random));
  for (int i = 0; i < 25; ++i) {
    const std::string text = std::to_string(60 * (i % 5) - 120) + "," + std::to_string(60 * (i / 5) - 120) + "," +
                             std::to_string(kGround + kCameraHeight) + "," + std::to_string(37 * i) + "," +
                             std::to_string(-90 + 7 * (i % 5)) + ",60";
    core::Result<Camera> camera = core::parse_camera(text, 160, 120);
    EXPECT_TRUE(camera.ok());
    dataset.photos.push_back({*camera, fs::path()});
  }
  return dataset;
}

bool inside_slab(const SceneGuess& guess, const glm::dvec3& point) {
  const glm::dvec3 place = (point - guess.box.low) / guess.slab.cell;
  const int column = std::clamp(static_cast<int>(place.x), 0, guess.slab.columns - 1);
  const int row = std::clamp(static_cast<int>(place.y), 0, guess.slab.rows - 1);
  const auto index = static_cast<std::size_t>(row * guess.slab.columns + column);
  return point.z >= double(guess.slab.low[index]) && point.z <= double(guess.slab.high[index]);
}

double share_inside_slab(const SceneGuess& guess, const std::vector<SparsePoint>& points) {
  double inside = 0, all = 0;
  for (const SparsePoint& point : points) {
    if (glm::clamp(point.position, guess.box.low, guess.box.high) != point.position) continue;
    ++all;
    inside += inside_slab(guess, point.position);
  }
  return inside / all;
}

double slab_fill(const SceneGuess& guess) {
  double volume = 0;
  for (std::size_t i = 0; i < guess.slab.low.size(); ++i) volume += double(guess.slab.high[i] - guess.slab.low[i]);
  return volume / (static_cast<double>(guess.slab.low.size()) * guess.box.size().z);
}

TEST(SceneGuess, FindsGroundBoxAndDistancesOfASmallTown) {
  const Dataset town = small_town();
  core::Result<SceneGuess> guess = analyse_scene(town, 80);
  ASSERT_TRUE(guess.ok()) << guess.error().message();
  EXPECT_EQ(guess->world_from_input, glm::dmat3(1.0));
  EXPECT_TRUE(guess->from_points);
  EXPECT_NEAR(guess->ground_z, kGround, 0.5);
  EXPECT_LT(guess->box.low.x, -145);
  EXPECT_GT(guess->box.high.y, 145);
  EXPECT_GT(guess->box.low.x, -400);
  EXPECT_LT(guess->box.low.z, kGround - 1);
  EXPECT_GT(guess->box.low.z, kGround - 5);
  EXPECT_GT(guess->box.high.z, kGround + 59);
  EXPECT_LT(guess->box.high.z, kGround + 65);
  EXPECT_GT(guess->near_distance, 30);
  EXPECT_LT(guess->near_distance, 45);
  EXPECT_GT(guess->far_distance, kCameraHeight);
  const double focal = 60 / std::tan(30 * 3.14159265358979 / 180) / 2;  // at 80 pixels
  EXPECT_NEAR(guess->ground_sampling_distance, kCameraHeight / focal, 0.1 * kCameraHeight / focal);
}

// Straight down from 100 m with a focal length of 400 pixels in photos of 800: 0.25 m a pixel, at half the width 0.5 m.
TEST(SceneGuess, GroundSamplingDistanceIsHeightOverFocalLengthAtThatWidth) {
  Dataset dataset;
  Photo photo;
  photo.camera = *core::parse_camera("0,0,112,0,-90,60", 800, 600);
  photo.camera.fl_x = 400;
  dataset.photos.push_back(photo);
  EXPECT_NEAR(ground_sampling_distance(dataset, 12, 0), 0.25, 1e-4);
  EXPECT_NEAR(ground_sampling_distance(dataset, 12, 800), 0.25, 1e-4);
  EXPECT_NEAR(ground_sampling_distance(dataset, 12, 400), 0.5, 1e-4);
  EXPECT_NEAR(ground_sampling_distance(dataset, 12, 40), 5, 1e-3);
}

TEST(SceneGuess, HeightSlabKeepsThePointsAndDropsTheAir) {
  Dataset town = small_town();
  const std::vector<SparsePoint> real = town.points;
  for (int i = 0; i < 5; ++i) town.points.push_back({{50.0 * i - 100, 10, kGround + 45}, glm::u8vec3(0), 2});  // mismatches in the air
  core::Result<SceneGuess> guess = analyse_scene(town, 80);
  ASSERT_TRUE(guess.ok()) << guess.error().message();
  EXPECT_GT(share_inside_slab(*guess, real), 0.998);
  EXPECT_LT(slab_fill(*guess), 0.5);
  EXPECT_TRUE(inside_slab(*guess, {45, 45, kGround + 60}));
  EXPECT_TRUE(inside_slab(*guess, {-140, 140, kGround}));
}

TEST(SceneGuess, TurnsATiltedSceneUpright) {
  Dataset town = small_town();
  const glm::dmat3 tilt = glm::mat3_cast(glm::angleAxis(2.0, glm::normalize(glm::dvec3(1, 0.3, 0.2))));
  for (Photo& photo : town.photos) {
    photo.camera.rotation = tilt * photo.camera.rotation;
    photo.camera.position = tilt * photo.camera.position;
  }
  for (SparsePoint& point : town.points) point.position = tilt * point.position;
  core::Result<SceneGuess> guess = analyse_scene(town, 80);
  ASSERT_TRUE(guess.ok()) << guess.error().message();
  EXPECT_GT(glm::dot(guess->up, tilt * glm::dvec3(0, 0, 1)), std::cos(0.02));
  EXPECT_NEAR(guess->ground_z, kGround, 2);
  apply_world_frame(*guess, town);
  EXPECT_NEAR(town.photos[12].camera.position.z, kGround + kCameraHeight, 2);
  EXPECT_GT(share_inside_slab(*guess, town.points), 0.998);
}

TEST(SceneGuess, TheTopOfALoneTowerIsInsideTheBoxAndAMismatchAboveItIsNot) {
  Dataset town = small_town();
  for (int i = 0; i < 3; ++i) town.points.push_back({{44.0 + i, 44, kGround + 72}, glm::u8vec3(100), 3});
  town.points.push_back({{-50, 20, kGround + 88}, glm::u8vec3(100), 3});
  core::Result<SceneGuess> guess = analyse_scene(town, 80);
  ASSERT_TRUE(guess.ok()) << guess.error().message();
  EXPECT_GT(guess->box.high.z, kGround + 72);
  EXPECT_LT(guess->box.high.z, kGround + 80);
}

TEST(SceneGuess, AFrameWithZUpKeepsItsCoordinatesAlsoOnALongSlope) {
  Dataset town = small_town();
  for (SparsePoint& point : town.points) point.position.z += 0.02 * point.position.x;  // rises by 1.1 degrees
  core::Result<SceneGuess> guess = analyse_scene(town, 80);
  ASSERT_TRUE(guess.ok()) << guess.error().message();
  EXPECT_EQ(guess->world_from_input, glm::dmat3(1.0));
}

TEST(SceneGuess, FlightIsALoopAboveEverythingKnown) {
  const Dataset town = small_town();
  core::Result<SceneGuess> guess = analyse_scene(town, 80);
  ASSERT_TRUE(guess.ok());
  ASSERT_EQ(guess->flight.size(), 12u);
  for (const glm::dvec3& position : guess->flight) {
    EXPECT_GT(position.z, kGround + 0.14 * kCameraHeight);
    EXPECT_LT(position.z, kGround + kCameraHeight);
    EXPECT_FALSE(inside_slab(*guess, position));
    EXPECT_LT(std::abs(position.x), 125);
    EXPECT_LT(std::abs(position.y), 125);
  }
}

TEST(SceneGuess, RefusesScenesThatItCannotSee) {
  Dataset same_place = small_town();
  for (Photo& photo : same_place.photos) photo.camera.position = {1, 2, 3};
  EXPECT_FALSE(analyse_scene(same_place, 80).ok());
  Dataset upwards = small_town();
  upwards.points.clear();
  for (std::size_t i = 0; i < upwards.photos.size(); ++i) {
    core::Result<Camera> camera = core::parse_camera("0,0,0," + std::to_string(37 * i) + ",10,20", 160, 120);
    ASSERT_TRUE(camera.ok());
    camera->position = upwards.photos[i].camera.position;
    upwards.photos[i].camera = *camera;
  }
  EXPECT_FALSE(analyse_scene(upwards, 80).ok());
  EXPECT_FALSE(analyse_scene(Dataset{}, 80).ok());
}

// Soft noise of 5-unit cells, the same for every photo.
double ground_texture(double x, double y) {
  const auto corner = [](int cx, int cy) {
    std::uint32_t hash = static_cast<std::uint32_t>(cx) * 73856093u ^ static_cast<std::uint32_t>(cy) * 19349663u;
    hash = (hash ^ (hash >> 13)) * 1274126177u;
    return static_cast<double>((hash >> 8) & 0xffff) / 65535.0;
  };
  const double u = x / 5, v = y / 5;
  const int cx = static_cast<int>(std::floor(u)), cy = static_cast<int>(std::floor(v));
  const double s = u - cx, t = v - cy;
  return (1 - t) * ((1 - s) * corner(cx, cy) + s * corner(cx + 1, cy)) + t * ((1 - s) * corner(cx, cy + 1) + s * corner(cx + 1, cy + 1));
}

class PaintedTown : public testing::Test {
 protected:
  fs::path folder_ = fs::temp_directory_path() / ("skyline_scene_test_" + std::to_string(::getpid()));

  // Photos of painted level ground; `exposure(i)` scales the linear light of photo i.
  template <class Exposure>
  Dataset photos(const Exposure& exposure) {
    fs::create_directories(folder_);
    Dataset town = small_town();
    std::erase_if(town.points, [](const SparsePoint& point) { return point.position.z > kGround + 0.3; });
    for (SparsePoint& point : town.points)
      point.colour = glm::u8vec3(encoded(0.1 + 0.6 * ground_texture(point.position.x, point.position.y)));
    for (std::size_t i = 0; i < town.photos.size(); ++i) {
      Photo& photo = town.photos[i];
      const RayGenerator rays(photo.camera);
      core::Image image{photo.camera.width, photo.camera.height, {}};
      for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
          const Ray ray = rays.ray(static_cast<float>(x) + 0.5f, static_cast<float>(y) + 0.5f);
          const double distance = (kGround - double(ray.origin.z)) / double(ray.direction.z);
          const glm::dvec3 point = glm::dvec3(ray.origin) + distance * glm::dvec3(ray.direction);
          const std::uint8_t value = encoded(exposure(i) * (0.1 + 0.6 * ground_texture(point.x, point.y)));
          image.pixels.insert(image.pixels.end(), 3, value);
        }
      }
      photo.path = folder_ / (std::to_string(i) + ".png");
      EXPECT_TRUE(core::save_image(image, photo.path).ok());
    }
    return town;
  }
  static std::uint8_t encoded(double linear) {
    return static_cast<std::uint8_t>(std::lround(255 * std::min(1.0, 1.055 * std::pow(linear, 1 / 2.4) - 0.055)));
  }
  void TearDown() override { fs::remove_all(folder_); }
};

TEST_F(PaintedTown, GroundIsFoundFromPhotosWithoutPoints) {
  Dataset town = photos([](std::size_t) { return 1.0; });
  town.points.clear();
  core::Result<SceneGuess> guess = analyse_scene(town, 80);
  ASSERT_TRUE(guess.ok()) << guess.error().message();
  EXPECT_FALSE(guess->from_points);
  EXPECT_NEAR(guess->ground_z, kGround, 0.03 * kCameraHeight);
  EXPECT_LT(guess->box.low.z, kGround);
  EXPECT_GT(guess->box.high.z, kGround + 20);
  EXPECT_TRUE(guess->slab.low.empty());
  EXPECT_EQ(guess->lighting_spread, -1);
}

TEST_F(PaintedTown, LightingSpreadTellsOneLightingFromSeveral) {
  core::Result<SceneGuess> one = analyse_scene(photos([](std::size_t) { return 1.0; }), 80);
  ASSERT_TRUE(one.ok());
  EXPECT_GE(one->lighting_spread, 0);
  EXPECT_LT(one->lighting_spread, 0.1);
  core::Result<SceneGuess> two = analyse_scene(photos([](std::size_t i) { return i % 3 == 0 ? 0.5 : 1.0; }), 80);
  ASSERT_TRUE(two.ok());
  EXPECT_GT(two->lighting_spread, 0.2);
}

TEST(Warsaw, GuessHoldsTheWholeCity) {
  const char* root = std::getenv("SKYLINE_DATA");
  const fs::path folder = fs::path(root != nullptr ? root : SKYLINE_SOURCE_DIR "/../shared/data") / "warsaw_ochota";
  if (!fs::exists(folder)) GTEST_SKIP() << "no data set at " << folder;
  core::Result<Dataset> core_photos = load_dataset(folder, {.split = "transforms_core_train.json"});
  ASSERT_TRUE(core_photos.ok()) << core_photos.error().message();
  core::Result<SceneGuess> guess = analyse_scene(*core_photos, 206);
  ASSERT_TRUE(guess.ok()) << guess.error().message();
  EXPECT_EQ(guess->world_from_input, glm::dmat3(1.0));
  EXPECT_NEAR(guess->ground_z, 0, 1);
  EXPECT_LE(guess->box.low.x, -287);
  EXPECT_LE(guess->box.low.y, -240);
  EXPECT_GE(guess->box.high.x, 731);
  EXPECT_GE(guess->box.high.y, 692);
  EXPECT_LE(guess->box.low.z, -4);
  EXPECT_GE(guess->box.high.z, 81);
  EXPECT_LT(guess->box.size().x, 1200);
  EXPECT_LT(guess->box.size().z, 110);
  EXPECT_GT(share_inside_slab(*guess, core_photos->points), 0.998);
  EXPECT_LT(slab_fill(*guess), 0.5);

  core::Result<Dataset> all_photos = load_dataset(folder, {.split = "transforms_train.json"});
  ASSERT_TRUE(all_photos.ok());
  core::Result<SceneGuess> three_lightings = analyse_scene(*all_photos, 206);
  ASSERT_TRUE(three_lightings.ok());
  EXPECT_LT(guess->lighting_spread, 0.17);
  EXPECT_GT(three_lightings->lighting_spread, 0.17);

  core_photos->points.clear();
  core::Result<SceneGuess> without_points = analyse_scene(*core_photos, 206);
  ASSERT_TRUE(without_points.ok()) << without_points.error().message();
  EXPECT_NEAR(without_points->ground_z, 0, 10);
}

}  // namespace
}  // namespace skyline::nerf
