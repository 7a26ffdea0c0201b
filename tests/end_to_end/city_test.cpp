// From a seed to objects found again in a field, verb by verb; and what city verbs refuse.
#include "core/file.h"
#include "core/image.h"
#include "tests/end_to_end/fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

namespace skyline::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json read_json(const fs::path& path) {
  std::ifstream file(path);
  return json::parse(file);
}

void write_text(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

// A generated quarter of 200 m, its survey, and a field of it, made when first asked for.
class GeneratedWorld {
 public:
  static GeneratedWorld& instance() {
    static GeneratedWorld world;
    return world;
  }
  fs::path folder() const { return folder_.path(); }
  fs::path city() const { return folder() / "city"; }
  fs::path photos() const { return folder() / "photos"; }
  fs::path scene() const { return folder() / "city.sky"; }

 private:
  GeneratedWorld() {
    skyline_json({"city", "generate", "--seed", "5", "--size", "200", "--out", city()});
    survey_ = skyline_json({"city", "survey", city(), "--out", photos(), "--photos", "40", "--size", "128x96"});
    skyline_json(
        {"train", photos(), "--split", "transforms_train.json", "--steps", "500", "--batch-rays", "1024", "--texel", "1.2", "-o", scene()});
  }
  TemporaryFolder folder_;
  json survey_;
};

TEST(City, ASeedAlwaysMakesTheSameFiles) {
  GeneratedWorld& world = GeneratedWorld::instance();
  const fs::path again = world.folder() / "again";
  skyline_json({"city", "generate", "--seed", "5", "--size", "200", "--out", again});
  for (const char* name : {"city.glb", "objects.json"}) {
    EXPECT_EQ(*core::read_file(world.city() / name), *core::read_file(again / name)) << name;
  }
}

TEST(City, ASurveyTrainsLikePhotosAndItsTruthMeasuresDepth) {
  GeneratedWorld& world = GeneratedWorld::instance();
  const json report = skyline_json({"eval", world.scene(), world.photos(), "--depth-truth", world.photos() / "truth"});
  EXPECT_EQ(report["photos"].size(), 5U);
  // A picture of the mean colour alone reaches about 15 dB; 3 % of the height is what some seconds of training give.
  EXPECT_GT(report["psnr"].get<double>(), 18.0);
  EXPECT_LT(report["depth_error_share"].get<double>(), 0.03);
  // The parts cover the pictures, and their errors are those of the pictures.
  double share = 0, error = 0, whole = 0;
  for (const auto& [part, score] : report["parts"].items()) {
    share += score["share"].get<double>();
    error += score["share"].get<double>() * std::pow(10, -score["psnr"].get<double>() / 10);
  }
  for (const json& photo : report["photos"]) whole += std::pow(10, -photo["psnr"].get<double>() / 10) / 5;
  EXPECT_TRUE(report["parts"].contains("roof") && report["parts"].contains("wall"));
  EXPECT_NEAR(share, 1, 1e-9);
  EXPECT_NEAR(error, whole, 1e-5);
}

TEST(City, WhatIsTakenAwayIsGoneFromThePictureAndTheLayers) {
  GeneratedWorld& world = GeneratedWorld::instance();
  const json catalogue = read_json(world.city() / "objects.json");
  const auto tallest = std::max_element(catalogue["objects"].begin(), catalogue["objects"].end(),
                                        [](const json& a, const json& b) { return a.value("height", 0.0) < b.value("height", 0.0); });
  const std::string id = std::to_string((*tallest)["id"].get<int>());
  const std::vector<std::string> view{"city", "render", world.city(), "--size", "96x72", "--camera=0,-220,170,0,-35", "--layers", "all"};
  const auto render = [&](const fs::path& file, std::vector<std::string> more) {
    std::vector<std::string> arguments = view;
    arguments.insert(arguments.end(), {"-o", file});
    arguments.insert(arguments.end(), more.begin(), more.end());
    skyline_json(arguments);
    return core::load_image(file)->pixels;
  };
  const auto with = render(world.folder() / "with.png", {});
  const auto without = render(world.folder() / "without.png", {"--without", id});
  const auto moved = render(world.folder() / "moved.png", {"--moved", id + ",30,10,45"});
  EXPECT_NE(with, without);
  EXPECT_NE(with, moved);
  EXPECT_NE(without, moved);
}

TEST(City, ObjectsAreFoundStoredAndScored) {
  GeneratedWorld& world = GeneratedWorld::instance();
  const fs::path found = world.folder() / "found.sky", list = world.folder() / "found.json", outlines = world.folder() / "outlines.png";
  const json report = skyline_json({"objects", "extract", world.scene(), "-o", found, "--objects", list, "--outlines", outlines});
  EXPECT_GT(report["objects"].get<int>(), 5);
  EXPECT_GT(core::read_image_size(outlines)->width, 100);
  EXPECT_EQ(read_json(list)["objects"].size(), report["objects"].get<std::size_t>());
  const json score = skyline_json({"objects", "score", found, world.photos() / "objects.json", "--within=-100,-100,100,100"});
  EXPECT_GT(score["truth"].get<int>(), 5);
  EXPECT_GT(score["recall"].get<double>(), 0.3);  // a field of some seconds
  const json truth = skyline_json({"objects", "score", world.photos() / "objects.json", world.photos() / "objects.json"});
  EXPECT_EQ(truth["recall"], 1.0);
  EXPECT_EQ(truth["precision"], 1.0);
}

TEST(City, AKnownCatalogueGivesBookmarksToRender) {
  GeneratedWorld& world = GeneratedWorld::instance();
  const fs::path known = world.folder() / "known.sky", view = world.folder() / "bookmark.png";
  const json report = skyline_json({"objects", "store", world.scene(), world.photos() / "objects.json", "-o", known});
  ASSERT_GT(report["bookmarks"].get<int>(), 1);
  skyline_json({"render", known, "--bookmark", "2", "--size", "96x54", "--out", view});
  EXPECT_EQ(core::read_image_size(view)->width, 96);
  const ProcessResult wrong = skyline({"render", known, "--bookmark", "Atlantis", "--out", view});
  EXPECT_EQ(wrong.exit_code, 1);
  EXPECT_NE(wrong.errors.find("The whole city"), std::string::npos) << wrong.errors;
}

// One sentence that names what is wrong, exit code 1, no output folder.
void expect_refused(const std::string& name, const std::string& content, const std::string& named) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / name, out = folder.path() / "out";
  write_text(file, content);
  const ProcessResult result = skyline({"city", "import", file, "-o", out});
  EXPECT_EQ(result.exit_code, 1) << name;
  EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1) << result.errors;
  EXPECT_NE(result.errors.find(named), std::string::npos) << result.errors;
  EXPECT_FALSE(fs::exists(out)) << name;
}

TEST(City, BrokenModelsAreRefusedInOneSentenceAndNothingIsWritten) {
  expect_refused("empty.obj", "# nothing\n", "empty.obj");
  expect_refused(
      "city.json",
      R"({"type":"CityJSON","version":"1.1","transform":{"scale":[1,1,1],"translate":[0,0,0]},"CityObjects":{"house-7":{"type":"Building",
"geometry":[{"type":"MultiSurface","lod":"1","boundaries":[[[0,1,2]]]}]}},"vertices":[]})",
      "house-7");
  expect_refused(
      "city.gltf",
      R"({"asset":{"version":"2.0"},"buffers":[{"uri":"absent.bin","byteLength":36}],"bufferViews":[{"buffer":0,"byteLength":36}],
"accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3"}],"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],
"nodes":[{"mesh":0,"name":"hall"}],"scenes":[{"nodes":[0]}],"scene":0})",
      "absent.bin");
}

TEST(City, BrokenCataloguesNameTheObjectAndTheRule) {
  GeneratedWorld& world = GeneratedWorld::instance();
  const auto refused = [&](const std::string& objects, const std::string& rule) {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "objects.json", out = folder.path() / "out.sky";
    write_text(file, R"({"format":"skyline-objects","version":1,"objects":[)" + objects + "]}");
    const ProcessResult result = skyline({"objects", "store", world.scene(), file, "-o", out});
    EXPECT_EQ(result.exit_code, 1) << objects;
    EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1) << result.errors;
    EXPECT_NE(result.errors.find("31"), std::string::npos) << result.errors;
    EXPECT_NE(result.errors.find(rule), std::string::npos) << result.errors;
    EXPECT_FALSE(fs::exists(out));
  };
  refused(R"({"id":31,"class":"tower","footprint":[[0,0],[10,10],[10,0],[0,10]]})", "cross");
  refused(R"({"id":31,"class":"castle","footprint":[[0,0],[10,0],[10,10]]})", "castle");
  refused(R"({"id":31,"class":"tower","footprint":[[0,0],[10,0],[10,10]]},{"id":31,"class":"house","footprint":[[20,0],[30,0],[30,10]]})",
          "31");
}

}  // namespace
}  // namespace skyline::testing
