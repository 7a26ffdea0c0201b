#include "city/import/cityjson.h"

#include "city/polygon.h"
#include "tests/city/random.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <string>

namespace skyline::city {
namespace {

using nlohmann::json;
using testing::Random;

// Far from the origin, in centimetres: a church with a courtyard in two parts of a building, a road, and a lake.
json example() {
  return json::parse(R"({
    "type": "CityJSON", "version": "2.0", "transform": {"scale": [0.01, 0.01, 0.01], "translate": [85000.0, 447000.0, 0.0]},
    "metadata": {"title": "Delft"},
    "CityObjects": {
      "b1": {"type": "Building", "children": ["b1-0"], "attributes": {"name": "Old Church", "function": "1050 church", "measuredHeight": 12.5}},
      "b1-0": {"type": "BuildingPart", "parents": ["b1"], "geometry": [
        {"type": "MultiSurface", "lod": "0", "boundaries": [[[0, 1, 2, 3]]]},
        {"type": "Solid", "lod": "2.2", "boundaries": [[
          [[3, 2, 1, 0], [8, 9, 10, 11]], [[4, 5, 6, 7], [15, 14, 13, 12]],
          [[0, 1, 5, 4]], [[1, 2, 6, 5]], [[2, 3, 7, 6]], [[3, 0, 4, 7]],
          [[9, 8, 12, 13]], [[10, 9, 13, 14]], [[11, 10, 14, 15]], [[8, 11, 15, 12]]]],
         "semantics": {"surfaces": [{"type": "GroundSurface"}, {"type": "RoofSurface"}, {"type": "WallSurface"}],
                       "values": [[0, 1, 2, 2, 2, 2, 2, 2, 2, null]]}}]},
      "r": {"type": "Road", "geometry": [{"type": "MultiSurface", "lod": 1, "boundaries": [[[16, 17, 18, 19]]]}]},
      "w": {"type": "WaterBody", "geometry": [{"type": "CompositeSurface", "lod": "1", "boundaries": [[[20, 21, 22]]]}]}
    },
    "vertices": [[0,0,0],[2000,0,0],[2000,1000,0],[0,1000,0],[0,0,1000],[2000,0,1000],[2000,1000,1000],[0,1000,1000],
                 [500,300,0],[1500,300,0],[1500,700,0],[500,700,0],[500,300,1000],[1500,300,1000],[1500,700,1000],[500,700,1000],
                 [0,-1000,0],[2000,-1000,0],[2000,-500,0],[0,-500,0],[3000,0,-50],[4000,0,-50],[3000,1000,-50]]
  })");
}

std::string error_of(const json& file) {
  const auto city = parse_cityjson(file.dump(), "delft.json", "delft");
  EXPECT_FALSE(city.ok());
  return city ? "" : city.error().message();
}

TEST(CityJson, BuildingsRoadsAndWaterBecomeObjects) {
  const auto city = parse_cityjson(example().dump(), "delft.json", "delft");
  ASSERT_TRUE(city.ok()) << city.error().message();
  EXPECT_EQ(city->name, "Delft");
  ASSERT_EQ(city->catalogue.size(), 3U);
  const Object& church = city->catalogue.objects()[0];
  EXPECT_EQ(church.name, "Old Church");
  EXPECT_EQ(church.object_class, ObjectClass::kChurch);
  EXPECT_DOUBLE_EQ(church.height, 12.5);
  EXPECT_DOUBLE_EQ(church.base, 0);
  EXPECT_NEAR(area(church.footprint), 200, 1e-6);
  EXPECT_EQ(json::parse(church.further)["source_id"], "b1");
  EXPECT_EQ(city->catalogue.objects()[1].object_class, ObjectClass::kRoad);
  EXPECT_NEAR(area(city->catalogue.objects()[1].footprint), 100, 1e-6);
  EXPECT_EQ(city->catalogue.objects()[2].object_class, ObjectClass::kWater);
  EXPECT_DOUBLE_EQ(city->catalogue.objects()[2].base, -0.5);
}

TEST(CityJson, FarCoordinatesComeToTheOriginAndTheOffsetIsKept) {
  const auto city = parse_cityjson(example().dump(), "delft.json", "delft");
  ASSERT_TRUE(city.ok());
  const json further = json::parse(city->catalogue.further);
  EXPECT_EQ(further["origin"], json({85000.0, 447000.0, 0.0}));
  EXPECT_LT(std::abs(city->high.x), 1000);
  EXPECT_LT(std::abs(city->low.y), 1000);
}

TEST(CityJson, SemanticsGiveThePartsAndHolesStayOpen) {
  const auto city = parse_cityjson(example().dump(), "delft.json", "delft");
  ASSERT_TRUE(city.ok());
  double roof = 0, wall = 0;
  const Mesh& mesh = city->meshes[city->placements[0].mesh];
  for (std::size_t t = 0; t < mesh.materials.size(); ++t) {
    const glm::vec3 a = mesh.positions[mesh.indices[3 * t]];
    const glm::vec3 cross = glm::cross(mesh.positions[mesh.indices[3 * t + 1]] - a, mesh.positions[mesh.indices[3 * t + 2]] - a);
    const Part part = city->materials[mesh.materials[t]].part;
    (part == Part::kRoof ? roof : wall) += static_cast<double>(glm::length(cross)) / 2;
    EXPECT_TRUE(part != Part::kRoof || cross.z > 0);
  }
  EXPECT_NEAR(roof, 200 - 40, 1e-3);
  EXPECT_NEAR(wall, 600 + 280, 1e-2);
  EXPECT_EQ(city->materials[city->meshes[city->placements[2].mesh].materials[0]].part, Part::kWater);
}

TEST(CityJson, NamesTheObjectAndTheRule) {
  const auto says = [](const json& file, const std::string& part) {
    const std::string error = error_of(file);
    EXPECT_NE(error.find(part), std::string::npos) << error;
    EXPECT_NE(error.find("delft.json"), std::string::npos) << error;
  };
  json file = example();
  file.erase("vertices");
  says(file, "no \"vertices\"");
  file = example();
  file["vertices"].erase(22);
  says(file, "city object w: it names vertex 22 of 22");
  file = example();
  file["CityObjects"]["r"]["geometry"][0]["boundaries"][0][0][2] = -1;
  says(file, "city object r: it names vertex -1 of 23");
  file = example();
  file["CityObjects"]["r"]["geometry"][0]["boundaries"] = json::parse("[[16, 17, 18, 19]]");
  says(file, "city object r");
  file = example();
  file["CityObjects"]["r"]["geometry"][0]["boundaries"] = json::parse("[[[16, 17]]]");
  says(file, "fewer than three");
  file = example();
  file["CityObjects"] = json::object();
  says(file, "no city object");
  file = example();
  file["transform"].erase("scale");
  says(file, "scale");
  file = example();
  file["vertices"][3] = json::parse("[1, 2]");
  says(file, "vertex 3");
  file = example();
  for (auto& [id, object] : file["CityObjects"].items()) object.erase("geometry");
  says(file, "no city object has a surface");
  says(json::parse("{}"), "CityJSON");
  says(json::parse("[]"), "CityJSON");
}

TEST(CityJson, DamagedFilesNeverCrash) {
  Random random(61);
  const std::string whole = example().dump();
  for (std::size_t length = 0; length < whole.size(); length += 17) (void)parse_cityjson(whole.substr(0, length), "x", "x");
  EXPECT_FALSE(parse_cityjson(std::string(100'000, '['), "x", "x").ok());
  for (int i = 0; i < 2000; ++i) {
    std::string text = whole;
    for (int k = 0; k < 1 + i % 3; ++k) text[random.below(text.size())] = "0123456789-[]{},:\"eE."[random.below(22)];
    (void)parse_cityjson(text, "x", "x");
  }
}

}  // namespace
}  // namespace skyline::city
