#include "nerf/edit/appearance.h"

#include "nerf/cpu/renderer.h"
#include "nerf/edit/layers.h"
#include "tests/nerf/random_field.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace skyline::nerf {
namespace {

std::vector<glm::dvec2> rectangle(double x0, double y0, double x1, double y1) { return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}; }
float luma_of(const glm::vec3& c) { return 0.2126F * c.r + 0.7152F * c.g + 0.0722F * c.b; }
float furthest(const glm::vec3& a, const glm::vec3& b) { return std::max({std::abs(a.r - b.r), std::abs(a.g - b.g), std::abs(a.b - b.b)}); }

// A street: a house, a car, a tree and a lawn, flat ground around them.
struct Street {
  glm::vec3 wall{0.62F, 0.42F, 0.34F}, roof{0.45F, 0.28F, 0.24F}, leaves{0.22F, 0.36F, 0.15F}, paint{0.15F, 0.42F, 0.20F};
  std::vector<SurfaceThing> things{{Region(rectangle(0, 0, 10, 10), -1, 9), SurfaceKind::kBuilding, 1},
                                   {Region(rectangle(20, 0, 24, 2), -1, 2), SurfaceKind::kVehicle, 2},
                                   {Region(rectangle(30, 0, 36, 6), -1, 8), SurfaceKind::kTree, 3},
                                   {Region(rectangle(40, 0, 80, 40), -1, 1), SurfaceKind::kLawn, 4}};

  // What a surface of this colour there looks like, seen from above at `distance`.
  static glm::vec3 seen(const Appearance& appearance, const glm::vec3& colour, const glm::vec3& place, const glm::vec3& normal,
                        float distance = 100) {
    SeenSurface surface;
    const glm::vec3 direction(0.6F, 0, -0.8F);
    const std::array<float, 1> t{distance}, weight{1.0F};
    if (!appearance.sees({{place - direction * distance, direction}, t, weight}, surface)) return colour;
    surface.normal = normal;
    return appearance.changed(colour, surface);
  }
  // Mean over places around, so that single patches do not count.
  template <class What>
  glm::vec3 mean(What what, const glm::vec3& colour, const glm::vec3& place, const glm::vec3& normal) const {
    const Appearance appearance({{what, 1, nullptr}}, things, 0);
    glm::vec3 sum(0.0F);
    for (int k = 0; k < 64; ++k)
      sum += seen(appearance, colour, place + glm::vec3(0.2F * static_cast<float>(k % 8), 0.2F * static_cast<float>(k / 8), 0), normal);
    return sum / 64.0F;
  }
};

constexpr glm::vec3 kUp{0, 0, 1}, kSouth{0, -1, 0};

TEST(Appearance, WinterWhitensRoofsAndGroundAndLeavesWalls) {
  const Street street;
  const glm::vec3 roof = street.mean(Season::kWinter, street.roof, {4, 4, 8}, kUp);
  const glm::vec3 ground = street.mean(Season::kWinter, {0.35F, 0.34F, 0.33F}, {-20, -20, 0}, kUp);
  const glm::vec3 wall = street.mean(Season::kWinter, street.wall, {4, 0.1F, 4}, kSouth);
  EXPECT_GT(luma_of(roof), 0.65F);
  EXPECT_LT(std::abs(roof.r - roof.b), 0.15F) << "white, not red";
  EXPECT_GT(luma_of(ground), 0.7F);
  EXPECT_LT(furthest(wall, street.wall), 0.02F);
}

TEST(Appearance, SnowKeepsLightAndShadow) {
  const Street street;
  const glm::vec3 lit = street.mean(Season::kWinter, {0.5F, 0.5F, 0.5F}, {-20, -20, 0}, kUp),
                  shaded = street.mean(Season::kWinter, {0.1F, 0.1F, 0.1F}, {-20, -20, 0}, kUp);
  EXPECT_GT(luma_of(lit), luma_of(shaded) + 0.15F);
  EXPECT_GT(shaded.b, shaded.r) << "shadows on snow are blue";
}

TEST(Appearance, SeasonsChangePlantsAndNoCarAndNoWall) {
  const Street street;
  for (const Season season : {Season::kSpring, Season::kSummer, Season::kAutumn}) {
    EXPECT_GT(furthest(street.mean(season, street.leaves, {32, 2, 6}, {0.5F, 0.5F, 0.7F}), street.leaves), 0.03F);
    // Green paint is no leaf.
    EXPECT_LT(furthest(street.mean(season, street.paint, {21, 0.1F, 1}, kUp), street.paint), 1e-5F);
    EXPECT_LT(furthest(street.mean(season, street.paint, {4, 0.1F, 4}, kSouth), street.paint), 1e-5F);
  }
  const glm::vec3 autumn = street.mean(Season::kAutumn, street.leaves, {32, 2, 6}, {0.5F, 0.5F, 0.7F});
  EXPECT_GT(autumn.r, autumn.g) << "leaves are yellow to brown";
  EXPECT_NEAR(luma_of(autumn), luma_of(street.leaves), 0.08F) << "light and shadow of the crown stay";
}

TEST(Appearance, WhereTheCatalogueTellsNothingGreenTells) {
  const Street street;
  EXPECT_GT(furthest(street.mean(Season::kAutumn, street.leaves, {-30, 50, 5}, {0.7F, 0, 0.7F}), street.leaves), 0.03F);
  EXPECT_LT(furthest(street.mean(Season::kAutumn, street.wall, {-30, 50, 5}, {0.7F, 0, 0.7F}), street.wall), 1e-5F);
}

TEST(Appearance, FogGrowsWithTheDistanceAndTheStrength) {
  const glm::vec3 dark(0.1F, 0.1F, 0.1F);
  float last = 0;
  for (const float distance : {5.0F, 20.0F, 60.0F, 150.0F, 400.0F, 1000.0F, 4000.0F}) {
    const Appearance fog({{Weather::kFog, 0.6F, nullptr}}, {}, 0);
    const float grey = luma_of(Street::seen(fog, dark, {0, 0, 0}, kUp, distance));
    EXPECT_GT(grey, last) << distance;
    last = grey;
  }
  last = 0;
  for (const float strength : {0.1F, 0.3F, 0.6F, 0.8F, 1.0F}) {
    const Appearance fog({{Weather::kFog, strength, nullptr}}, {}, 0);
    const float grey = luma_of(Street::seen(fog, dark, {0, 0, 0}, kUp, 200));
    EXPECT_GT(grey, last) << strength;
    last = grey;
  }
}

TEST(Appearance, NightIsDarkAndBlueAndDuskIsWarm) {
  const Street street;
  const glm::vec3 grey(0.5F, 0.5F, 0.5F);
  const glm::vec3 night = street.mean(SunPlace{0, -25}, grey, {-20, -20, 0}, kUp),
                  dusk = street.mean(SunPlace{270, 2}, grey, {-20, -20, 3}, {-1, 0, 0}),
                  noon = street.mean(SunPlace{180, 52}, grey, {-20, -20, 0}, {0, -0.5F, 0.87F});
  EXPECT_LT(luma_of(night), 0.3F);
  EXPECT_GT(night.b, night.r * 1.15F);
  EXPECT_GT(dusk.r, dusk.b * 1.15F) << "what faces the low sun glows";
  EXPECT_LT(furthest(noon, grey), 0.12F) << "the light of the capture is no change";
}

TEST(Appearance, SomeWindowsAreLitAtNight) {
  const Street street;
  const Appearance night({{SunPlace{0, -25}, 1, nullptr}}, street.things, 0);
  int lit = 0, dark = 0;
  for (int k = 0; k < 400; ++k) {
    const glm::vec3 place(0.5F * static_cast<float>(k % 20), 0.05F, 0.4F * static_cast<float>(k / 20));
    const glm::vec3 colour = Street::seen(night, street.wall, place, kSouth);
    (luma_of(colour) > 0.45F ? lit : dark) += 1;
  }
  EXPECT_GT(lit, 5);
  EXPECT_GT(dark, 250);
}

TEST(Appearance, NoEffectAndNoStrengthSeeNothing) {
  SeenSurface seen;
  const std::array<float, 1> t{10}, weight{1};
  EXPECT_FALSE(Appearance({}, {}, 0).sees({{{0, 0, 9}, {0, 0, -1}}, t, weight}, seen));
  EXPECT_FALSE(Appearance({{Season::kWinter, 0, nullptr}}, {}, 0).sees({{{0, 0, 9}, {0, 0, -1}}, t, weight}, seen));
}

// A field with a block on the ground, as in edit_layers_test.
class ChangedTown : public ::testing::Test {
 protected:
  ChangedTown() : random_(5), field_(testing::random_field(testing::small_settings(), testing::small_box(), 5, 6, random_)) {
    Occupancy occupancy = testing::lattice(field_, false);
    for (int z = 0; z < occupancy.layers(); ++z) {
      for (int y = 0; y < occupancy.rows(); ++y) {
        for (int x = 0; x < occupancy.columns(); ++x) {
          const glm::dvec3 at = occupancy.cell() * glm::dvec3(x + 0.5, y + 0.5, z + 0.5);
          occupancy.set(x, y, z, at.z < 0.5 || (at.x > 2 && at.x < 4 && at.y > 2 && at.y < 4 && at.z < 2.5));
        }
      }
    }
    occupancy.update_summaries();
    field_.occupancy = occupancy;
  }
  core::FloatImage colours(const Appearance* appearance, const EditLayers* layers = nullptr) {
    Renderer renderer = *Renderer::create(field_, {});
    Picture picture;
    RenderStats stats;
    core::Progress progress;
    RenderRequest request{.camera = camera()};
    request.appearance = appearance;
    request.layers = layers;
    EXPECT_TRUE(renderer.render(request, picture, stats, progress).ok());
    return picture.colour;
  }
  Camera camera() const {
    const glm::dvec3& at = field_.box.low;
    return *core::parse_camera(std::to_string(at.x - 3) + "," + std::to_string(at.y - 3) + "," + std::to_string(at.z + 5) + ",-45,-28,45",
                               96, 72);
  }
  Region block(double soft) const {
    const glm::dvec3& at = field_.box.low;
    return Region(rectangle(at.x + 2, at.y + 2, at.x + 4, at.y + 4), at.z + 0.5, at.z + 2.6, soft);
  }
  testing::Random random_;
  Field field_;
};

TEST_F(ChangedTown, RaysThatMissTheRegionKeepTheirBits) {
  const core::FloatImage before = colours(nullptr);
  EditLayers layers;
  layers.add(Instance{block(0), {.offset = {6, 1, 0}}});
  layers.build();
  const core::FloatImage before_edited = colours(nullptr, &layers);
  const RayGenerator rays(camera());
  for (const double soft : {0.0, 0.8}) {
    const auto where = std::make_shared<const RegionGrid>(std::vector<Region>{block(soft)});
    for (const SurfaceEffect& effect :
         {SurfaceEffect{Season::kWinter, 1, where}, SurfaceEffect{Weather::kFog, 1, where}, SurfaceEffect{SunPlace{90, 5}, 1, where}}) {
      const Appearance appearance({effect}, {}, field_.ground_z);
      for (const auto& [original, with] :
           {std::pair<const core::FloatImage&, const EditLayers*>{before, nullptr}, {before_edited, &layers}}) {
        const core::FloatImage after = colours(&appearance, with);
        int inside = 0, outside = 0;
        std::vector<RayInterval> intervals;
        for (int i = 0; i < 96 * 72; ++i) {
          const auto first = static_cast<std::size_t>(i) * 3;
          if (std::equal(original.pixels.begin() + static_cast<std::ptrdiff_t>(first),
                         original.pixels.begin() + static_cast<std::ptrdiff_t>(first) + 3,
                         after.pixels.begin() + static_cast<std::ptrdiff_t>(first)))
            continue;
          const Ray ray = rays.ray(static_cast<float>(i % 96) + 0.5F, static_cast<float>(i / 96) + 0.5F);
          (where->region(0).intersect(ray, 0, 1e6F, intervals) > 0 ? inside : outside) += 1;
        }
        EXPECT_GT(inside, 20);
        EXPECT_EQ(outside, 0);
      }
    }
  }
}

TEST_F(ChangedTown, AWholeSceneChangesAndAnEmptyAppearanceChangesNoBit) {
  const core::FloatImage before = colours(nullptr);
  const Appearance nothing({}, {}, field_.ground_z), night({{SunPlace{0, -30}, 1, nullptr}}, {}, field_.ground_z);
  EXPECT_EQ(colours(&nothing).pixels, before.pixels);
  double brighter = 0;
  const core::FloatImage after = colours(&night);
  for (std::size_t i = 0; i < after.pixels.size(); ++i) brighter += after.pixels[i] > before.pixels[i] ? 1 : 0;
  EXPECT_LT(brighter, 0.05 * static_cast<double>(after.pixels.size()));
}

}  // namespace
}  // namespace skyline::nerf
