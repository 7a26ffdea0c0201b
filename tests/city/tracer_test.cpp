#include "city/render/picture.h"
#include "core/parallel.h"
#include "tests/city/tiny_city.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace skyline::city {
namespace {

using namespace skyline::testing;

core::Camera camera_of(const std::string& text, int width = 160, int height = 120) { return *core::parse_camera(text, width, height); }

CityPicture picture_of(const CityModel& model, const core::Camera& camera, const CityEdit& edit = {}, const RenderSettings& settings = {}) {
  const auto tracer = CityTracer::build(model, edit, season_of(settings));
  EXPECT_TRUE(tracer.ok());
  const auto renderer = CityRenderer::make(*tracer, settings);
  EXPECT_TRUE(renderer.ok());
  auto picture = renderer->render(camera, 0, core::Progress());
  EXPECT_TRUE(picture.ok());
  return std::move(*picture);
}

struct Box {
  glm::dvec3 low, high;
  std::int32_t id;
};

// Distance to the nearest of the boxes and the ground by slabs, with its normal and owner; 0 for none.
struct Truth {
  double distance = 0;
  glm::dvec3 normal{0.0};
  std::int32_t id = 0;
};

Truth analytic(const std::vector<Box>& boxes, glm::dvec3 origin, glm::dvec3 direction) {
  Truth best{std::numeric_limits<double>::infinity(), glm::dvec3(0), 0};
  if (direction.z < 0) {
    const double t = -origin.z / direction.z;
    const glm::dvec3 p = origin + t * direction;
    if (std::abs(p.x) < 120 && std::abs(p.y) < 120) best = {t, {0, 0, 1}, 0};
  }
  for (const Box& box : boxes) {
    double enter = 0, leave = std::numeric_limits<double>::infinity();
    int axis = -1;
    for (int a = 0; a < 3; ++a) {
      double t0 = (box.low[a] - origin[a]) / direction[a], t1 = (box.high[a] - origin[a]) / direction[a];
      if (t0 > t1) std::swap(t0, t1);
      if (t0 > enter) enter = t0, axis = a;
      leave = std::min(leave, t1);
    }
    if (axis < 0 || enter >= leave || enter >= best.distance) continue;
    glm::dvec3 normal(0);
    normal[axis] = direction[axis] > 0 ? -1 : 1;
    best = {enter, normal, box.id};
  }
  return std::isfinite(best.distance) ? best : Truth{};
}

// Ground of 240 m and three boxes, two of them placements of one mesh.
CityModel box_model(std::vector<Box>& boxes) {
  CityModel model = tiny_city();
  Mesh ground, tower, unit;
  add_quad(ground, {-120, -120, 0}, {120, -120, 0}, {120, 120, 0}, {-120, 120, 0}, 0);
  add_box(tower, {-40, 10, 0}, {-20, 30, 40}, 3, 4);
  add_box(unit, {-5, -5, 0}, {5, 5, 8}, 5, 6);
  model.meshes = {ground, tower, unit};
  model.placements = {{.mesh = 0}, {.mesh = 1, .object = kTinyTower}, {.mesh = 2, .object = kTinyHouse}, {.mesh = 2, .object = kTinyTree}};
  model.placements[2].transform[3] = {30, 20, 0};
  model.placements[3].transform[3] = {0, -40, 0};
  boxes = {{{-40, 10, 0}, {-20, 30, 40}, kTinyTower}, {{25, 15, 0}, {35, 25, 8}, kTinyHouse}, {{-5, -45, 0}, {5, -35, 8}, kTinyTree}};
  return model;
}

TEST(CityPicture, DepthNormalAndObjectAreThoseOfAnalyticBoxes) {
  std::vector<Box> boxes;
  const CityModel model = box_model(boxes);
  for (const char* view : {"70,-110,60,30,-25", "0,0,150,0,-90", "-100,20,15,270,0,80"}) {
    core::Camera camera = camera_of(view);
    camera.distortion = {.k1 = -0.05, .k2 = 0.01, .p1 = 0.002, .p2 = -0.001};
    const CityPicture picture = picture_of(model, camera);
    const core::RayGenerator rays(camera);
    int edges = 0;
    for (int row = 0; row < picture.height; ++row) {
      for (int column = 0; column < picture.width; ++column) {
        const auto at = static_cast<std::size_t>(row * picture.width + column);
        const core::Ray ray = rays.ray(static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F);
        const Truth truth = analytic(boxes, ray.origin, ray.direction);
        const double depth = picture.depth.pixels[at];
        if (std::abs(depth - truth.distance) > 1e-3 + 1e-5 * truth.distance) {
          ++edges;  // a ray along an edge may fall on either side of it
          continue;
        }
        if (truth.distance == 0) continue;
        EXPECT_EQ(picture.object[at], truth.id);
        const std::uint8_t expected = truth.id == 0 ? kNoClass : static_cast<std::uint8_t>(model.catalogue.find(truth.id)->object_class);
        EXPECT_EQ(picture.object_class[at], expected);
        for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(picture.normal.pixels[3 * at + c], truth.normal[static_cast<int>(c)], 1e-4);
      }
    }
    EXPECT_LE(edges, 4) << view;
  }
}

TEST(CityPicture, SunIsSeenExactlyWhereNoBoxStandsBefore) {
  std::vector<Box> boxes;
  const CityModel model = box_model(boxes);
  const core::Camera camera = camera_of("-100,110,60,220,-25");
  const CityPicture picture = picture_of(model, camera);
  const Sky sky = *make_sky(RenderSettings(), model.latitude_deg, model.longitude_deg);
  const core::RayGenerator rays(camera);
  int wrong = 0, shaded = 0;
  for (std::size_t at = 0; at < picture.object.size(); ++at) {
    if (picture.depth.pixels[at] == 0) continue;
    const int column = static_cast<int>(at) % picture.width, row = static_cast<int>(at) / picture.width;
    const core::Ray ray = rays.ray(static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F);
    const Truth truth = analytic(boxes, ray.origin, ray.direction);
    const glm::dvec3 place = glm::dvec3(ray.origin) + truth.distance * glm::dvec3(ray.direction) + 1e-3 * truth.normal;
    const bool lit = glm::dot(truth.normal, glm::dvec3(sky.sun_direction)) > 0 && analytic(boxes, place, sky.sun_direction).distance == 0;
    shaded += lit ? 0 : 1;
    wrong += lit == (picture.sun.pixels[at] > 0.5F) ? 0 : 1;
  }
  EXPECT_GT(shaded, 200);
  EXPECT_LE(wrong, 6);
}

TEST(CityPicture, WithoutAnObjectIsTheCityBuiltWithoutIt) {
  const CityModel model = tiny_city();
  CityModel built = model;
  std::erase_if(built.placements, [](const Placement& placement) { return placement.object == kTinyTower; });
  const core::Camera camera = camera_of("70,-110,60,30,-25");
  const CityPicture edited = picture_of(model, camera, {.without = {kTinyTower}}), expected = picture_of(built, camera);
  EXPECT_EQ(edited.colour.pixels, expected.colour.pixels);
  EXPECT_EQ(edited.depth.pixels, expected.depth.pixels);
  EXPECT_EQ(edited.object, expected.object);
  EXPECT_NE(edited.object, picture_of(model, camera).object);
}

TEST(CityPicture, AMovedObjectStandsAsIfBuiltThere) {
  const CityModel model = tiny_city();
  // The house, 16 x 10 m about (30, 20), a quarter turn and 10 m north.
  const CityPicture edited = picture_of(model, camera_of("30,30,100,0,-90,40"), {.without = {}, .moved = {{kTinyHouse, 0, 10, 90}}});
  const core::Camera camera = camera_of("30,30,100,0,-90,40");
  for (int row = 0; row < edited.height; ++row) {
    for (int column = 0; column < edited.width; ++column) {
      const core::Ray ray = core::RayGenerator(camera).ray(static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F);
      const auto at = static_cast<std::size_t>(row * edited.width + column);
      const glm::vec3 place = ray.origin + edited.depth.pixels[at] * ray.direction;
      const bool inside = std::abs(place.x - 30) < 4.9F && std::abs(place.y - 30) < 7.9F;
      const bool outside = std::abs(place.x - 30) > 5.1F || std::abs(place.y - 30) > 8.1F;
      if (inside) {
        EXPECT_EQ(edited.object[at], kTinyHouse);
        EXPECT_NEAR(place.z, 10 - 0.8F * std::abs(place.x - 30), 0.02);  // the ridge now runs north
      }
      if (outside) {
        EXPECT_NE(edited.object[at], kTinyHouse);
      }
    }
  }
}

TEST(CityTracer, RefusesEditsOfUnknownObjectsAndBrokenModels) {
  CityModel model = tiny_city();
  EXPECT_FALSE(CityTracer::build(model, {.without = {99}}, Season::kSummer).ok());
  EXPECT_FALSE(CityTracer::build(model, {.without = {}, .moved = {{99, 1, 1, 0}}}, Season::kSummer).ok());
  EXPECT_FALSE(CityTracer::build(model, {.without = {}, .moved = {{1, 1, 1, 0}, {1, 2, 2, 0}}}, Season::kSummer).ok());
  model.meshes[0].indices[0] = 1000;
  EXPECT_FALSE(CityTracer::build(model, {}, Season::kSummer).ok());
}

TEST(CityPicture, IsTheSameForAnyNumberOfThreads) {
  const CityModel model = tiny_city();
  const core::Camera camera = camera_of("70,-110,60,30,-25", 100, 75);
  CityPicture one, two;
  {
    const core::ThreadLimit limit(1);
    one = picture_of(model, camera);
  }
  {
    const core::ThreadLimit limit(2);
    two = picture_of(model, camera);
  }
  EXPECT_EQ(one.linear.pixels, two.linear.pixels);
  EXPECT_EQ(one.colour.pixels, two.colour.pixels);
}

TEST(CityPicture, TreesStandBareInWinter) {
  const CityModel model = tiny_city();
  RenderSettings winter;
  winter.season = "winter";
  const core::Camera camera = camera_of("0,-45,8,0,-5,40");
  const auto leaves = [](const CityPicture& picture) {
    return std::count(picture.part.begin(), picture.part.end(), static_cast<std::uint8_t>(Part::kFoliage));
  };
  EXPECT_LT(3 * leaves(picture_of(model, camera, {}, winter)), 2 * leaves(picture_of(model, camera)));
}

}  // namespace
}  // namespace skyline::city
