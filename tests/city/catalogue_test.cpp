#include "city/catalogue.h"

#include "city/polygon.h"
#include "core/file.h"
#include "core/parallel.h"
#include "tests/city/random.h"
#include "tests/support/process.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <string>

namespace skyline::city {
namespace {

using nlohmann::json;

constexpr const char* kExample = R"({
  "format": "skyline-objects", "version": 1, "units": "m", "made_by": {"tool": "x", "year": 2024},
  "objects": [
    {"id": 12, "class": "tower", "name": "Harbour Tower", "name_zh": "海港大厦",
     "footprint": [[10.0, 4.0], [10.0, 24.0], [30.0, 24.0], [30.0, 4.0]], "base": 0.1, "height": 84.0,
     "wall": "#b04030", "roof": "#404040", "tags": ["glass"], "floors": 28, "owner": {"name": "港", "share": 0.30000000000000004}},
    {"id": 40, "class": "river", "name": "Green \"River\"", "path": [[-200, 60], [0, 55], [200, 70]], "width": 30.0},
    {"id": 41, "class": "park", "footprint": [[60, 0], [120, 0], [120, 50], [60, 50]], "base": 0.0, "height": 0.0}
  ]
})";

std::string file_with(const std::string& objects) {
  return R"({"format": "skyline-objects", "version": 1, "units": "m", "objects": [)" + objects + "]}";
}

std::string error_of(const std::string& objects) {
  const auto catalogue = parse_catalogue(file_with(objects), "city.json");
  EXPECT_FALSE(catalogue.ok()) << objects;
  return catalogue ? "" : catalogue.error().message();
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

constexpr const char* kSquare = R"("footprint": [[0,0],[10,0],[10,10],[0,10]])";

TEST(Catalogue, ReadsWhatTheSpecificationShows) {
  const auto catalogue = parse_catalogue(kExample, "city.json");
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().message();
  ASSERT_EQ(catalogue->size(), 3U);
  const Object* tower = catalogue->find(12);
  ASSERT_NE(tower, nullptr);
  EXPECT_EQ(tower->object_class, ObjectClass::kTower);
  EXPECT_EQ(tower->name, "Harbour Tower");
  EXPECT_EQ(tower->name_zh, "海港大厦");
  EXPECT_EQ(tower->height, 84);
  EXPECT_EQ(tower->base, 0.1);
  EXPECT_EQ(tower->wall, glm::u8vec3(0xb0, 0x40, 0x30));
  EXPECT_EQ(tower->roof, glm::u8vec3(0x40));
  EXPECT_EQ(tower->tags, std::vector<std::string>{"glass"});
  EXPECT_EQ(catalogue->find(40)->path.size(), 3U);
  EXPECT_EQ(catalogue->find(40)->width, 30);
  EXPECT_EQ(catalogue->find(13), nullptr);
}

TEST(Catalogue, TurnsFootprintsCounterClockwise) {
  const auto catalogue = parse_catalogue(kExample, "city.json");
  ASSERT_TRUE(catalogue.ok());
  EXPECT_GT(signed_area(catalogue->find(12)->footprint), 0);
  EXPECT_GT(signed_area(catalogue->find(41)->footprint), 0);
}

TEST(Catalogue, KeepsUnknownMembersOnRewrite) {
  const auto catalogue = parse_catalogue(kExample, "city.json");
  ASSERT_TRUE(catalogue.ok());
  const json again = json::parse(write_catalogue(*catalogue));
  EXPECT_EQ(again["made_by"], json::parse(kExample)["made_by"]);
  EXPECT_EQ(again["objects"][0]["floors"], 28);
  EXPECT_EQ(again["objects"][0]["owner"], json::parse(kExample)["objects"][0]["owner"]);
}

TEST(Catalogue, WritesWhatItReadsBackEqual) {
  testing::Random random(7);
  Catalogue first;
  for (int i = 1; i <= 500; ++i) {
    Object object;
    object.id = i * 3;
    object.object_class = all_classes()[static_cast<std::size_t>(i) % all_classes().size()];
    object.name = "n\n\"" + std::to_string(i);
    const glm::dvec2 at(random.uniform(-1e4, 1e4), random.uniform(-1e4, 1e4));
    if (i % 5 == 0) {
      object.path = {at, at + glm::dvec2(random.uniform(1, 9), 0.1), at + glm::dvec2(20, random.uniform(-5, 5))};
      object.width = random.uniform(1, 30);
    } else {
      object.footprint = testing::random_star(random, at, 3 + i % 9);
      object.height = random.uniform(0, 100);
      object.wall = glm::u8vec3(i & 255, 7, 255);
    }
    object.base = random.uniform(-10, 10);
    ASSERT_TRUE(first.add(object).ok());
  }
  const std::string text = write_catalogue(first);
  const auto second = parse_catalogue(text, "city.json");
  ASSERT_TRUE(second.ok()) << second.error().message();
  ASSERT_EQ(second->size(), first.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    const Object &a = first.objects()[i], &b = second->objects()[i];
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.object_class, b.object_class);
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.footprint, b.footprint);
    EXPECT_EQ(a.path, b.path);
    EXPECT_EQ(a.width, b.width);
    EXPECT_EQ(a.base, b.base);
    EXPECT_EQ(a.height, b.height);
    EXPECT_EQ(a.wall, b.wall);
  }
  EXPECT_EQ(write_catalogue(*second), text);
}

TEST(Catalogue, MinusZeroComesBackAsItWasWritten) {
  Object object;
  object.id = 1;
  object.footprint = {{-0.0, -0.0}, {4, -0.0}, {4, 4}};
  object.base = -0.0;
  Catalogue first;
  ASSERT_TRUE(first.add(object).ok());
  const auto second = parse_catalogue(write_catalogue(first), "x");
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(write_catalogue(*second), write_catalogue(first));
}

TEST(Catalogue, NamesTheObjectAndTheRuleItBreaks) {
  const auto object = [](const std::string& rest) { return R"({"id": 7, "class": "house", )" + rest + "}"; };
  struct Case {
    std::string objects, object, rule;
  };
  const Case cases[] = {
      {object(R"("footprint": [[0,0],[10,10],[10,0],[0,10]])"), "object 7", "crosses or touches itself"},
      {object(R"("footprint": [[0,0],[10,0],[0,0],[10,0]])"), "object 7", "no area"},
      {object(R"("footprint": [[0,0],[10,0],[20,0]])"), "object 7", "no area"},
      {object(R"("footprint": [[0,0],[10,0]])"), "object 7", "fewer than three"},
      {object(R"("footprint": [[0,0],[10,0],[5]])"), "object 7", "[x, y]"},
      {object(R"("footprint": [[0,0],[10,0],[5,1e9]])"), "object 7", "finite place"},
      {object(R"("path": [[0,0],[10,0]])"), "object 7", "no width"},
      {object(R"("path": [[0,0],[0,0]], "width": 3)"), "object 7", "two different points"},
      {object(std::string(kSquare) + R"(, "path": [[0,0],[10,0]], "width": 3)"), "object 7", "a footprint and a path"},
      {object(R"("height": 3)"), "object 7", "neither"},
      {object(std::string(kSquare) + R"(, "height": "tall")"), "object 7", "height is not a number"},
      {object(std::string(kSquare) + R"(, "height": -1)"), "object 7", "height is negative"},
      {object(std::string(kSquare) + R"(, "wall": "red")"), "object 7", "#rrggbb"},
      {object(std::string(kSquare) + R"(, "tags": "red")"), "object 7", "tags"},
      {object(std::string(kSquare) + R"(, "name": 5)"), "object 7", "name is not a text"},
      {object(kSquare) + "," + object(kSquare), "object 7", "taken"},
      {R"({"id": 8, "class": "castle", )" + std::string(kSquare) + "}", "object 8", "castle"},
      {R"({"class": "house", )" + std::string(kSquare) + "}", "object number 1", "no id"},
      {object(kSquare) + R"(, {"id": 0, "class": "house", )" + kSquare + "}", "object 0", "between 1"},
      {object(kSquare) + R"(, {"id": 1.5, "class": "house", )" + kSquare + "}", "object number 2", "whole number"},
      {object(kSquare) + R"(, {"id": 99999999999, "class": "house", )" + kSquare + "}", "object 99999999999", "between 1"},
      {object(kSquare) + R"(, 5)", "object number 2", "not a JSON object"},
  };
  for (const Case& c : cases) {
    const std::string error = error_of(c.objects);
    EXPECT_TRUE(says(error, c.object)) << error;
    EXPECT_TRUE(says(error, c.rule)) << error;
    EXPECT_TRUE(says(error, "city.json")) << error;
    EXPECT_EQ(error.find('\n'), std::string::npos);
  }
}

TEST(Catalogue, RefusesWhatIsNoCatalogue) {
  for (const char* text : {"", "[]", "{", R"({"format": "skyline-objects"})", R"({"format": "x", "version": 1, "objects": []})",
                           R"({"format": "skyline-objects", "version": 2, "objects": []})",
                           R"({"format": "skyline-objects", "version": 1, "units": "ft", "objects": []})",
                           R"({"format": "skyline-objects", "version": 1, "objects": [{"id": 1, "class": "house", "height": 1e999}]})"}) {
    EXPECT_FALSE(parse_catalogue(text, "x").ok()) << text;
  }
  EXPECT_FALSE(parse_catalogue(std::string(1 << 20, '['), "x").ok());
  EXPECT_FALSE(parse_catalogue(file_with("") + std::string(300, '['), "x").ok());
}

TEST(Catalogue, DamagedFilesNeverCrash) {
  testing::Random random(3);
  const std::string whole = kExample;
  for (std::size_t length = 0; length < whole.size(); length += 7) (void)parse_catalogue(whole.substr(0, length), "x");
  for (int i = 0; i < 3000; ++i) {
    std::string text = whole;
    for (int k = 0; k < 1 + i % 4; ++k) text[random.below(text.size())] = "0123456789-[]{},:\"eE. \0\xff"[random.below(24)];
    if (const auto catalogue = parse_catalogue(text, "x")) {
      EXPECT_TRUE(parse_catalogue(write_catalogue(*catalogue), "y").ok()) << text;
    }
  }
}

TEST(Catalogue, ReadsAHundredThousandObjectsQuickly) {
  Catalogue catalogue;
  testing::Random random(1);
  for (int i = 0; i < 100'000; ++i) {
    Object object;
    object.id = i + 1;
    object.object_class = ObjectClass::kHouse;
    object.footprint = testing::random_star(random, {random.uniform(-5e3, 5e3), random.uniform(-5e3, 5e3)}, 8);
    object.height = 10;
    ASSERT_TRUE(catalogue.add(std::move(object)).ok());
  }
  const std::string text = write_catalogue(catalogue);
  const double start = core::process_cpu_seconds();
  const auto again = parse_catalogue(text, "x");
  const double seconds = core::process_cpu_seconds() - start;
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->size(), 100'000U);
  RecordProperty("seconds", std::to_string(seconds));
  EXPECT_LT(seconds, 20) << "a generous bound, for builds with sanitizers";
}

TEST(Catalogue, SavesAndLoads) {
  const testing::TemporaryFolder folder;
  const auto catalogue = parse_catalogue(kExample, "x");
  ASSERT_TRUE(catalogue.ok());
  ASSERT_TRUE(save_catalogue(*catalogue, folder.path() / "objects.json").ok());
  const auto again = load_catalogue(folder.path() / "objects.json");
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(write_catalogue(*again), write_catalogue(*catalogue));
  EXPECT_FALSE(load_catalogue(folder.path() / "absent.json").ok());
}

}  // namespace
}  // namespace skyline::city
