#include "city/gltf.h"

#include "city/load_city.h"
#include "city/polygon.h"
#include "core/file.h"
#include "tests/city/random.h"
#include "tests/support/process.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <string>

namespace skyline::city {
namespace {

using testing::Random;
using testing::TemporaryFolder;

// Every member differs from its default.
CityModel small_city() {
  Random random(9);
  const auto number = [&] { return static_cast<float>(random.uniform(0.01, 0.99)); };
  CityModel city;
  city.name = "Quarter \"7\" 港";
  city.credit = "made by hand";
  city.latitude_deg = 48.3;
  city.longitude_deg = -14.25;
  city.quarter_low = {-100.5, -90};
  city.quarter_high = {100, 90.25};
  Object house;
  house.id = 5;
  house.object_class = ObjectClass::kHouse;
  house.name = "House";
  house.footprint = {{0, 0}, {8, 0}, {8, 6}, {0, 6}};
  house.height = 9;
  Object tree = house;
  tree.id = 9;
  tree.object_class = ObjectClass::kTree;
  tree.name.clear();
  tree.further = R"({"species":"lime"})";
  EXPECT_TRUE(city.catalogue.add(house).ok());
  EXPECT_TRUE(city.catalogue.add(tree).ok());
  city.terrain = {{-200, -150.5}, 12.5, 3, 2, {0.25F, 1.5F, -2.125F, 0.1F, 7, 8}};
  for (int i = 0; i < 2; ++i) {
    Facade facade;
    for (float* member : {&facade.length, &facade.height, &facade.bay, &facade.window_width, &facade.storey, &facade.window_height,
                          &facade.sill, &facade.ground_storey})
      *member = number();
    facade.shop_front = facade.ribbon = i == 1;
    facade.frame = {number(), number(), number()};
    facade.glass = {number(), number(), number()};
    facade.accent = {number(), number(), number()};
    facade.seed = 0xFFFFFFF0U + static_cast<std::uint32_t>(i);
    city.facades.push_back(facade);
  }
  for (int i = 0; i < 3; ++i) {
    Material material;
    material.part = static_cast<Part>(i * 5);
    material.texture = static_cast<Texture>(19 - i);
    material.color = {number(), number(), number()};
    material.color2 = {number(), number(), number()};
    material.scale = number();
    material.weathering = number();
    material.gloss = number();
    material.evergreen = i == 1;
    material.facade = i - 1;
    city.materials.push_back(material);
  }
  for (std::uint16_t m = 0; m < 2; ++m) {
    Mesh mesh;
    for (int i = 0; i < 9; ++i) {
      mesh.positions.emplace_back(number() * 10, number() * 10, number() * 10);
      if (m == 0) mesh.uvs.emplace_back(number(), number());
    }
    mesh.indices = {0, 1, 2, 3, 4, 5, 6, 7, 8, 2, 1, 0};
    mesh.materials = {m, m, 2, 2};
    city.meshes.push_back(mesh);
  }
  city.placements = {{0, 5, glm::mat4x3(1.0F), glm::vec3(1.0F)}, {1, 9, glm::mat4x3(1.0F), {0.5F, 1.25F, 0.1F}}, {1, 0, {}, {}}};
  for (int c = 0; c < 4; ++c) city.placements[1].transform[c] = {number(), -number(), number()};
  city.placements[2].transform[3] = {3, 4, 5};
  measure_model(city);
  return city;
}

// Without waiting for the disk.
void write_quickly(const std::filesystem::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

std::string bytes_of(const std::filesystem::path& path) {
  const auto text = core::read_text_file(path);
  return text ? *text : std::string();
}

void expect_equal(const CityModel& a, const CityModel& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.credit, b.credit);
  EXPECT_EQ(a.latitude_deg, b.latitude_deg);
  EXPECT_EQ(a.longitude_deg, b.longitude_deg);
  EXPECT_EQ(a.low, b.low);
  EXPECT_EQ(a.high, b.high);
  EXPECT_EQ(a.quarter_low, b.quarter_low);
  EXPECT_EQ(a.quarter_high, b.quarter_high);
  EXPECT_EQ(write_catalogue(a.catalogue), write_catalogue(b.catalogue));
  EXPECT_EQ(a.terrain.low, b.terrain.low);
  EXPECT_EQ(a.terrain.cell, b.terrain.cell);
  EXPECT_EQ(a.terrain.columns, b.terrain.columns);
  EXPECT_EQ(a.terrain.rows, b.terrain.rows);
  EXPECT_EQ(a.terrain.heights, b.terrain.heights);
  ASSERT_EQ(a.facades.size(), b.facades.size());
  for (std::size_t i = 0; i < a.facades.size(); ++i) {
    const Facade &x = a.facades[i], &y = b.facades[i];
    EXPECT_EQ(x.length, y.length);
    EXPECT_EQ(x.height, y.height);
    EXPECT_EQ(x.bay, y.bay);
    EXPECT_EQ(x.window_width, y.window_width);
    EXPECT_EQ(x.storey, y.storey);
    EXPECT_EQ(x.window_height, y.window_height);
    EXPECT_EQ(x.sill, y.sill);
    EXPECT_EQ(x.ground_storey, y.ground_storey);
    EXPECT_EQ(x.shop_front, y.shop_front);
    EXPECT_EQ(x.ribbon, y.ribbon);
    EXPECT_EQ(x.frame, y.frame);
    EXPECT_EQ(x.glass, y.glass);
    EXPECT_EQ(x.accent, y.accent);
    EXPECT_EQ(x.seed, y.seed);
  }
  ASSERT_EQ(a.materials.size(), b.materials.size());
  for (std::size_t i = 0; i < a.materials.size(); ++i) {
    const Material &x = a.materials[i], &y = b.materials[i];
    EXPECT_EQ(x.part, y.part);
    EXPECT_EQ(x.texture, y.texture);
    EXPECT_EQ(x.color, y.color);
    EXPECT_EQ(x.color2, y.color2);
    EXPECT_EQ(x.scale, y.scale);
    EXPECT_EQ(x.weathering, y.weathering);
    EXPECT_EQ(x.gloss, y.gloss);
    EXPECT_EQ(x.evergreen, y.evergreen);
    EXPECT_EQ(x.facade, y.facade);
  }
  ASSERT_EQ(a.meshes.size(), b.meshes.size());
  for (std::size_t i = 0; i < a.meshes.size(); ++i) {
    EXPECT_EQ(a.meshes[i].positions, b.meshes[i].positions);
    EXPECT_EQ(a.meshes[i].uvs, b.meshes[i].uvs);
    EXPECT_EQ(a.meshes[i].indices, b.meshes[i].indices);
    EXPECT_EQ(a.meshes[i].materials, b.meshes[i].materials);
  }
  ASSERT_EQ(a.placements.size(), b.placements.size());
  for (std::size_t i = 0; i < a.placements.size(); ++i) {
    EXPECT_EQ(a.placements[i].mesh, b.placements[i].mesh);
    EXPECT_EQ(a.placements[i].object, b.placements[i].object);
    EXPECT_EQ(a.placements[i].transform, b.placements[i].transform);
    EXPECT_EQ(a.placements[i].tint, b.placements[i].tint);
  }
}

TEST(Gltf, GivesBackEveryMemberOfACity) {
  const TemporaryFolder folder;
  const CityModel city = small_city();
  const core::Status saved = save_glb(city, folder.path() / "city.glb");
  ASSERT_TRUE(saved.ok()) << saved.error().message();
  const auto again = load_gltf(folder.path() / "city.glb");
  ASSERT_TRUE(again.ok()) << again.error().message();
  expect_equal(city, *again);
}

TEST(Gltf, SameCitySameBytes) {
  const TemporaryFolder folder;
  ASSERT_TRUE(save_glb(small_city(), folder.path() / "a.glb").ok());
  ASSERT_TRUE(save_glb(small_city(), folder.path() / "b.glb").ok());
  EXPECT_EQ(bytes_of(folder.path() / "a.glb"), bytes_of(folder.path() / "b.glb"));
  ASSERT_TRUE(save_glb(*load_gltf(folder.path() / "a.glb"), folder.path() / "c.glb").ok());
  EXPECT_EQ(bytes_of(folder.path() / "a.glb"), bytes_of(folder.path() / "c.glb"));
}

TEST(Gltf, OrdersTrianglesByMaterial) {
  const TemporaryFolder folder;
  CityModel city = small_city();
  city.meshes[0].materials = {2, 0, 2, 0};
  ASSERT_TRUE(save_glb(city, folder.path() / "city.glb").ok());
  const auto again = load_gltf(folder.path() / "city.glb");
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->meshes[0].materials, (std::vector<std::uint16_t>{0, 0, 2, 2}));
  EXPECT_EQ(again->meshes[0].indices, (std::vector<std::uint32_t>{3, 4, 5, 2, 1, 0, 0, 1, 2, 6, 7, 8}));
}

TEST(Gltf, RefusesAModelThatPointsNowhere) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "city.glb";
  CityModel city = small_city();
  city.meshes[0].indices[3] = 99;
  EXPECT_FALSE(save_glb(city, path).ok());
  city = small_city();
  city.placements[0].object = 77;
  const core::Status status = save_glb(city, path);
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().message().find("object 77"), std::string::npos);
  city = small_city();
  city.materials[2].facade = 2;
  EXPECT_FALSE(save_glb(city, path).ok());
  city = small_city();
  city.terrain.rows = 5;
  EXPECT_FALSE(save_glb(city, path).ok());
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Gltf, AFolderShowsItsEditedCatalogue) {
  const TemporaryFolder folder;
  ASSERT_TRUE(save_city(small_city(), folder.path() / "new" / "city").ok());
  auto city = load_city(folder.path() / "new" / "city");
  ASSERT_TRUE(city.ok()) << city.error().message();
  expect_equal(small_city(), *city);
  Catalogue shorter;
  Object house = *city->catalogue.find(5);
  house.name = "Renamed";
  ASSERT_TRUE(shorter.add(house).ok());
  ASSERT_TRUE(save_catalogue(shorter, folder.path() / "new" / "city" / "objects.json").ok());
  city = load_city(folder.path() / "new" / "city");
  ASSERT_TRUE(city.ok());
  EXPECT_EQ(city->catalogue.find(5)->name, "Renamed");
  EXPECT_EQ(city->placements.size(), 2U);  // the tree is gone
}

TEST(Gltf, DamagedFilesNeverCrash) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "city.glb";
  ASSERT_TRUE(save_glb(small_city(), path).ok());
  const std::string whole = bytes_of(path);
  Random random(11);
  const auto try_bytes = [&](const std::string& bytes) {
    write_quickly(path, bytes);
    if (const auto city = load_gltf(path); city.ok()) {
      EXPECT_TRUE(check_model(*city, "x").ok());
    } else {
      EXPECT_EQ(city.error().message().find('\n'), std::string::npos) << city.error().message();
    }
  };
  for (std::size_t length = 0; length < whole.size(); length += 61) try_bytes(whole.substr(0, length));
  for (int i = 0; i < 1500; ++i) {
    std::string bytes = whole;
    for (int k = 0; k < 1 + i % 3; ++k) {
      const std::size_t at = 20 + random.below(bytes.size() - 20);
      bytes[at] = i % 2 == 0 ? "0123456789-[]{}\",: "[random.below(19)] : static_cast<char>(random.below(256));
    }
    try_bytes(bytes);
  }
}

TEST(Gltf, NamesAnAbsentBuffer) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "house.gltf";
  const std::string text = R"({"asset": {"version": "2.0"}, "buffers": [{"uri": "house.bin", "byteLength": 36}],
    "bufferViews": [{"buffer": 0, "byteLength": 36}], "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"}],
    "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}], "nodes": [{"mesh": 0}], "scenes": [{"nodes": [0]}], "scene": 0})";
  write_quickly(path, text);
  const auto city = load_gltf(path);
  ASSERT_FALSE(city.ok());
  EXPECT_NE(city.error().message().find("buffer 0 is the file house.bin, which is absent"), std::string::npos) << city.error().message();
}

// A box of 4 x 6 m and 5 m height as a foreign program writes it, y up, placed by a parent.
std::string foreign_box(const std::string& node_extras = "") {
  std::string bytes;
  const auto put = [&](const auto& value) { bytes.append(reinterpret_cast<const char*>(&value), sizeof(value)); };
  for (int i = 0; i < 8; ++i) {
    for (const float v : {i & 1 ? 4.0F : 0.0F, i & 2 ? 5.0F : 0.0F, i & 4 ? 6.0F : 0.0F}) put(v);
  }
  const std::uint16_t indices[] = {0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6, 0, 4, 6, 0, 6, 2,
                                   1, 3, 7, 1, 7, 5, 2, 6, 7, 2, 7, 3, 0, 1, 5, 0, 5, 4};
  for (const std::uint16_t index : indices) put(index);
  const char* const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string base64;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = (group << 8) | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (int k = 3; k >= 0; --k) base64 += digits[(group >> (6 * k)) & 63];
  }
  return R"({"asset": {"version": "2.0"}, "buffers": [{"byteLength": 168, "uri": "data:application/octet-stream;base64,)" + base64 + R"("}],
    "bufferViews": [{"buffer": 0, "byteLength": 96}, {"buffer": 0, "byteOffset": 96, "byteLength": 72}],
    "accessors": [{"bufferView": 0, "componentType": 5126, "count": 8, "type": "VEC3", "min": [0, 0, 0], "max": [4, 5, 6]},
                  {"bufferView": 1, "componentType": 5123, "count": 36, "type": "SCALAR"}],
    "materials": [{"pbrMetallicRoughness": {"baseColorFactor": [1, 0, 0, 1]}}],
    "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1, "material": 0}]}],
    "nodes": [{"children": [1, 2], "translation": [100, 0, -50]}, {"mesh": 0, "name": "Tower A")" +
         node_extras + R"(},
              {"mesh": 0, "name": "thing", "translation": [20, 1, 0], "scale": [2, 1, 1]}],
    "scenes": [{"nodes": [0]}], "scene": 0})";
}

core::Result<CityModel> load_text(const std::string& text) {
  const TemporaryFolder folder;
  write_quickly(folder.path() / "x.gltf", text);
  return load_gltf(folder.path() / "x.gltf");
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Gltf, ForeignNodesBecomeObjects) {
  const auto city = load_text(foreign_box());
  ASSERT_TRUE(city.ok()) << city.error().message();
  ASSERT_EQ(city->catalogue.size(), 2U);
  const Object &tower = city->catalogue.objects()[0], &thing = city->catalogue.objects()[1];
  EXPECT_EQ(tower.name, "Tower A");
  EXPECT_EQ(tower.object_class, ObjectClass::kTower);
  EXPECT_EQ(thing.object_class, ObjectClass::kBuilding);
  EXPECT_DOUBLE_EQ(tower.base, 0);
  EXPECT_DOUBLE_EQ(tower.height, 5);
  EXPECT_DOUBLE_EQ(thing.base, 1);
  EXPECT_EQ(tower.wall, glm::u8vec3(255, 0, 0));
  // x stays east; z of the file points south.
  const Rectangle box = bounds(tower.footprint), wide = bounds(thing.footprint);
  EXPECT_EQ(box.low, glm::dvec2(100, 44));
  EXPECT_EQ(box.high, glm::dvec2(104, 50));
  EXPECT_EQ(wide.low, glm::dvec2(120, 44));
  EXPECT_EQ(wide.high, glm::dvec2(128, 50));
  const auto church = load_text(foreign_box(R"(, "extras": {"class": "church"})"));
  ASSERT_TRUE(church.ok());
  EXPECT_EQ(church->catalogue.objects()[0].object_class, ObjectClass::kChurch);
}

TEST(Gltf, NamesTheElementThatPointsNowhere) {
  const std::string whole = foreign_box();
  struct Case {
    std::string from, to, rule;
  };
  for (const Case& c : {Case{"\"bufferView\": 1", "\"bufferView\": 9", ""},
                        Case{"\"count\": 8", "\"count\": 9", "accessor 0 of node 1 (Tower A) reaches beyond its buffer view"},
                        Case{"\"count\": 8", "\"count\": 7", "a triangle of node 1 (Tower A) names vertex 7 of 7"},
                        Case{"{\"mesh\": 0, \"name\": \"thing\"", "{\"mesh\": 5, \"name\": \"thing\"", "node 2 names mesh 5 of 1"},
                        Case{"\"children\": [1, 2]", "\"children\": [1, 0]", "child of itself"},
                        Case{"\"children\": [1, 2]", "\"children\": [1, 7]", "node 7 of 3"}, Case{"\"material\": 0", "\"material\": 3", ""},
                        Case{"\"byteLength\": 96", "\"byteLength\": 960", "buffer view 0 reaches beyond buffer 0"},
                        Case{"\"mesh\": 0, \"name\": \"Tower A\"", "\"name\": \"Tower A\"", ""}}) {
    const auto city = load_text(replaced(whole, c.from, c.to));
    if (c.from.starts_with("\"mesh\"")) {
      EXPECT_TRUE(city.ok());  // a node without a mesh is no object
      continue;
    }
    ASSERT_FALSE(city.ok()) << c.to;
    EXPECT_NE(city.error().message().find(c.rule), std::string::npos) << city.error().message();
  }
}

TEST(Gltf, DamagedForeignFilesNeverCrash) {
  Random random(12);
  const TemporaryFolder folder;
  const std::string whole = foreign_box();
  for (int i = 0; i < 1500; ++i) {
    std::string text = whole;
    for (int k = 0; k < 1 + i % 4; ++k) {
      const std::size_t at = random.below(text.size());
      text[at] = "0123456789-[]{}\",: eE."[random.below(22)];
    }
    (void)load_text(text);
  }
}

}  // namespace
}  // namespace skyline::city
