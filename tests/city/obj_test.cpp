#include "city/import/obj.h"

#include "city/polygon.h"
#include "tests/city/random.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <string>

namespace skyline::city {
namespace {

using testing::Random;

// An L-shaped house of 10 x 10 m less 6 x 6, 8 m high, with ground, walls and a flat roof; the second house is a box whose faces have no
// material.
constexpr const char* kTwoHouses = R"(# Local origin: lon 14.2870 lat 48.3040
# Attribution: City of L
o corner_house
v 0 0 2
v 10 0 2
v 10 4 2
v 4 4 2
v 4 10 2
v 0 10 2
v 0 0 10
v 10 0 10
v 10 4 10
v 4 4 10
v 4 10 10
v 0 10 10
usemtl wall
f 1 2 8 7
f 2 3 9 8
f 3 4 10 9
f 4 5 11 10
f 5 6 12 11
f 6 1 7 12
usemtl roof
f 7 8 9 10
f 7 10 11 12
usemtl ground
f 4 3 2 1
f 6 5 4 1
o box
v 30 0 0
v 36 0 0
v 36 6 0
v 30 6 0
v 30 0 5.5
v 36 0 5.5
v 36 6 5.5
v 30 6 5.5
usemtl default
f -8 -7 -3 -4
f -7/1/1 -6/2/1 -2/3/1 -3/4/1
f -6 -5 -1 -2
f -5 -8 -4 -1
f -4 -3 -2 -1
f -5 -6 -7 -8
)";

std::string error_of(const std::string& text) {
  const auto city = parse_obj(text, "city.obj", "city");
  EXPECT_FALSE(city.ok()) << text;
  return city ? "" : city.error().message();
}

TEST(Obj, EveryObjectHasItsOutlineBaseAndHeight) {
  const auto city = parse_obj(kTwoHouses, "city.obj", "Two houses");
  ASSERT_TRUE(city.ok()) << city.error().message();
  EXPECT_EQ(city->name, "Two houses");
  EXPECT_EQ(city->credit, "City of L");
  EXPECT_DOUBLE_EQ(city->latitude_deg, 48.304);
  EXPECT_DOUBLE_EQ(city->longitude_deg, 14.287);
  ASSERT_EQ(city->catalogue.size(), 2U);
  const Object& house = city->catalogue.objects()[0];
  EXPECT_EQ(house.id, 1);
  EXPECT_EQ(house.name, "corner_house");
  EXPECT_EQ(house.object_class, ObjectClass::kBuilding);
  EXPECT_DOUBLE_EQ(house.base, 2);
  EXPECT_DOUBLE_EQ(house.height, 8);
  EXPECT_EQ(house.footprint.size(), 6U);
  EXPECT_DOUBLE_EQ(signed_area(house.footprint), 64);
  EXPECT_TRUE(contains(house.footprint, {2, 8}));
  EXPECT_FALSE(contains(house.footprint, {8, 8}));
  const Object& box = city->catalogue.objects()[1];
  EXPECT_DOUBLE_EQ(area(box.footprint), 36);
  EXPECT_DOUBLE_EQ(box.height, 5.5);
}

TEST(Obj, WallsCarryWindowsThatFitThem) {
  const auto city = parse_obj(kTwoHouses, "city.obj", "city");
  ASSERT_TRUE(city.ok());
  int walls = 0, windows = 0, roofs = 0;
  for (const Placement& placement : city->placements) {
    if (placement.object == 0) continue;
    const Mesh& mesh = city->meshes[placement.mesh];
    ASSERT_EQ(mesh.uvs.size(), mesh.positions.size());
    for (std::size_t t = 0; t < mesh.materials.size(); ++t) {
      const Material& material = city->materials[mesh.materials[t]];
      const glm::vec3 a = mesh.positions[mesh.indices[3 * t]], b = mesh.positions[mesh.indices[3 * t + 1]],
                      c = mesh.positions[mesh.indices[3 * t + 2]];
      const glm::vec3 normal = glm::cross(b - a, c - a);
      roofs += material.part == Part::kRoof ? 1 : 0;
      EXPECT_TRUE(material.part != Part::kRoof || normal.z > 0);
      if (material.part != Part::kWall) continue;
      ++walls;
      EXPECT_NEAR(normal.z, 0, 1e-4);
      // One metre along the wall is one metre of u; upward is v, to the right u.
      for (std::size_t k = 0; k < 3; ++k) {
        const std::uint32_t i = mesh.indices[3 * t + k], j = mesh.indices[3 * t + (k + 1) % 3];
        EXPECT_NEAR(glm::distance(mesh.uvs[i], mesh.uvs[j]), glm::distance(mesh.positions[i], mesh.positions[j]), 1e-4);
        EXPECT_NEAR(mesh.uvs[i].y - mesh.uvs[j].y, mesh.positions[i].z - mesh.positions[j].z, 1e-4);
      }
      const glm::vec2 u = mesh.uvs[mesh.indices[3 * t]], v = mesh.uvs[mesh.indices[3 * t + 1]], w = mesh.uvs[mesh.indices[3 * t + 2]];
      EXPECT_GT((v.x - u.x) * (w.y - u.y) - (v.y - u.y) * (w.x - u.x), 0) << "seen from outside, uv turns as the triangle does";
      if (material.facade < 0) continue;
      ++windows;
      const Facade& facade = city->facades[static_cast<std::size_t>(material.facade)];
      EXPECT_LE(facade.height, 8.5F);
      EXPECT_LE(facade.length, 10.01F);
      EXPECT_GT(facade.length, 0);
    }
  }
  EXPECT_EQ(walls, 12 + 8);
  EXPECT_EQ(roofs, 4 + 2);
  EXPECT_GE(windows, 8);
}

TEST(Obj, ACityWithoutGroundGetsOneAtTheBasesOfItsObjects) {
  const auto city = parse_obj(kTwoHouses, "city.obj", "city");
  ASSERT_TRUE(city.ok());
  ASSERT_FALSE(city->terrain.heights.empty());
  EXPECT_NEAR(city->terrain.height({2, 2}), 2, 0.1);
  EXPECT_NEAR(city->terrain.height({33, 3}), 0, 0.1);
  EXPECT_EQ(city->placements.back().object, 0);
  const auto given =
      parse_obj(std::string(kTwoHouses) + "o terrain\nv -50 -50 1\nv 90 -50 1\nv 90 70 1\nv -50 70 1\nf -4 -3 -2 -1\n", "city.obj", "city");
  ASSERT_TRUE(given.ok());
  EXPECT_EQ(given->catalogue.size(), 2U);
  EXPECT_NEAR(given->terrain.height({2, 2}), 1, 1e-6);
}

TEST(Obj, NamesTheLineAndTheRule) {
  struct Case {
    std::string text, rule;
  };
  for (const Case& c : {Case{"", "no face"}, Case{"# nothing\n", "no face"}, Case{"o a\nv 0 0 0\n", "no face"},
                        Case{"v 0 0 0\nv 1 0 x\n", "line 2: a vertex is not three numbers"}, Case{"v 0 0\n", "three numbers"},
                        Case{"v 0 0 nan\n", "three numbers"}, Case{"v 0 0 1e999\n", "three numbers"},
                        Case{"o hut\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 4\n", "line 5 (object hut): a face names vertex 4 of 3"},
                        Case{"v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 0\n", "vertex 0 of 3"},
                        Case{"v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 -4\n", "of 3"}, Case{"v 0 0 0\nv 1 0 0\nf 1 2\n", "fewer than three"},
                        Case{"v 0 0 0\nv 1 0 0\nf 1 2 b\n", "not a number"}, Case{"v 0 0 0\nv 1 0 0\nv 0 900000 0\nf 1 2 3\n", "200 km"}}) {
    const std::string error = error_of(c.text);
    EXPECT_NE(error.find(c.rule), std::string::npos) << error;
    EXPECT_NE(error.find("city.obj"), std::string::npos) << error;
  }
}

TEST(Obj, DamagedFilesNeverCrash) {
  Random random(51);
  const std::string whole = kTwoHouses;
  for (std::size_t length = 0; length < whole.size(); length += 11) (void)parse_obj(whole.substr(0, length), "x", "x");
  for (int i = 0; i < 1000; ++i) {
    std::string text = whole;
    for (int k = 0; k < 1 + i % 5; ++k) text[random.below(text.size())] = "0123456789-. \nfvoe/\xff"[random.below(20)];
    (void)parse_obj(text, "x", "x");
  }
}

}  // namespace
}  // namespace skyline::city
