#include "city/render/surface.h"

#include "city/render/noise.h"
#include "tests/city/tiny_city.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <cmath>

namespace skyline::city {
namespace {

// Mean albedo of places spread over a square of 60 m, and the standard deviation of its brightness.
struct Statistics {
  glm::dvec3 mean{0.0};
  double deviation = 0;
};

Statistics sample(const Surfaces& surfaces, std::uint16_t material, float footprint, int count = 20000) {
  Statistics result;
  double sum = 0, squares = 0;
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(count); ++i) {
    SurfacePoint point;
    point.uv = 60.0F * glm::vec2(hash_unit(i, 1), hash_unit(i, 2));
    point.position = glm::vec3(point.uv, 0);
    point.normal = {0, 0, 1};
    point.footprint = footprint;
    point.seed = 4;
    const glm::dvec3 albedo = surfaces.look(point, material).albedo;
    const double brightness = (albedo.r + albedo.g + albedo.b) / 3;
    result.mean += albedo / static_cast<double>(count);
    sum += brightness;
    squares += brightness * brightness;
  }
  result.deviation = std::sqrt(std::max(0.0, squares / count - sum / count * sum / count));
  return result;
}

CityModel material_model() {
  CityModel model;
  for (int i = 0; i <= static_cast<int>(Texture::kWater); ++i) {
    Material material;
    material.texture = static_cast<Texture>(i);
    material.part = Part::kOther;
    material.color = {0.55F, 0.50F, 0.42F};
    material.color2 = {0.35F, 0.33F, 0.30F};
    model.materials.push_back(material);
  }
  return model;
}

TEST(Surface, KeepsItsMeanColourFromNearToFar) {
  const CityModel model = material_model();
  const Surfaces surfaces(model, RenderSettings(), false);
  for (std::uint16_t m = 0; m < model.materials.size(); ++m) {
    const Statistics near = sample(surfaces, m, 0.01F);
    for (const float footprint : {0.3F, 1.0F, 4.0F, 30.0F}) {
      const Statistics far = sample(surfaces, m, footprint);
      for (int c = 0; c < 3; ++c) EXPECT_NEAR(far.mean[c] / near.mean[c], 1, 0.06) << "texture " << m << " at " << footprint << " m";
    }
  }
}

TEST(Surface, ShowsDetailNearAndNoNoiseFromFar) {
  const CityModel model = material_model();
  const Surfaces surfaces(model, RenderSettings(), false);
  for (std::uint16_t m = 0; m < model.materials.size(); ++m) {
    const Statistics near = sample(surfaces, m, 0.3F), far = sample(surfaces, m, 60.0F);
    const double brightness = (near.mean.r + near.mean.g + near.mean.b) / 3;
    EXPECT_GT(near.deviation / brightness, 0.025) << "texture " << m;
    EXPECT_LT(far.deviation / brightness, 0.02) << "texture " << m;
  }
}

TEST(Surface, WindowsLieWhereTheFacadeSays) {
  CityModel model = testing::tiny_city();
  const Facade& facade = model.facades[1];  // bays of 3 m over 16 m: centred, first window at 0.5 + 1.5 m
  const Surfaces surfaces(model, RenderSettings(), false);
  const std::uint16_t wall = 5;
  const auto part_at = [&](float u, float v) {
    SurfacePoint point;
    point.normal = {0, -1, 0};
    point.uv = {u, v};
    point.position = {22 + u, 15, v};
    point.footprint = 0.02F;
    return surfaces.look(point, wall).part;
  };
  for (int bay = 0; bay < 5; ++bay) {
    const float middle = 0.5F + 3 * (static_cast<float>(bay) + 0.5F);
    for (int floor = 0; floor < 2; ++floor) {
      const float sill = 3 * static_cast<float>(floor) + facade.sill;
      EXPECT_EQ(part_at(middle, sill + 0.7F), Part::kWindow);
      EXPECT_EQ(part_at(middle + 0.5F * facade.window_width - 0.03F, sill + 0.7F), Part::kWindow);
      EXPECT_EQ(part_at(middle + 0.5F * facade.window_width + 0.03F, sill + 0.7F), Part::kWall);
      EXPECT_EQ(part_at(middle, sill - 0.03F), Part::kWall);
      EXPECT_EQ(part_at(middle, sill + facade.window_height + 0.03F), Part::kWall);
    }
  }
}

TEST(Surface, SnowLiesOnRoofsAndNotOnWalls) {
  const CityModel model = testing::tiny_city();
  RenderSettings settings;
  settings.season = "winter";
  const Surfaces winter(model, settings, false), summer(model, RenderSettings(), false);
  const std::uint16_t roof = 4, wall = 3;
  SurfacePoint up;
  up.normal = {0, 0, 1};
  up.footprint = 5;
  EXPECT_GT(winter.look(up, roof).albedo.g, 2 * summer.look(up, roof).albedo.g);
  SurfacePoint side;
  side.normal = {0, -1, 0};
  side.uv = {1.0F, 20.0F};
  EXPECT_EQ(winter.look(side, wall).albedo, summer.look(side, wall).albedo);
}

}  // namespace
}  // namespace skyline::city
