// Editing from the command line: a script makes a project, the project is drawn.
#include "core/camera.h"
#include "core/image.h"
#include "tests/end_to_end/fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace skyline::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kCity = fs::path(SKYLINE_ASSETS) / "city.sky";
// Saint Martin's Church of the bundled city: on a lawn, its tower 40 m high.
constexpr int kChurch = 208;
constexpr const char* kView = "-130,-95,75,-45,-36,45";
constexpr const char* kSize = "200x150";

class Edit : public ::testing::Test {
 protected:
  fs::path at(const std::string& name) const { return folder_.path() / name; }
  std::string script(const std::string& lines) const {
    std::ofstream(at("edits.jsonl")) << lines;
    return at("edits.jsonl").string();
  }
  core::Image drawn(const fs::path& what, const std::string& name) const {
    skyline_json({"render", what.string(), "--camera", kView, "--size", kSize, "--out", at(name).string()});
    auto image = core::load_image(at(name));
    EXPECT_TRUE(image.ok());
    return *image;
  }
  void expect_refused(const std::vector<std::string>& arguments, const std::string& part) const {
    std::vector<std::string> quiet = arguments;
    quiet.push_back("--quiet");
    const ProcessResult result = skyline(quiet);
    EXPECT_EQ(result.exit_code, 1) << result.errors;
    EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1) << result.errors;
    EXPECT_NE(result.errors.find(part), std::string::npos) << result.errors;
  }
  TemporaryFolder folder_;
};

// Pixels around the projection of what a removal of the church may touch.
struct Touched {
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
};
Touched touched_by_church() {
  auto camera = *core::parse_camera(kView, 200, 150);
  Touched touched;
  for (const double x : {-92.0, -70.5}) {
    for (const double y : {-47.0, -4.5}) {
      for (const double z : {-2.5, 46.5}) {
        glm::dvec2 pixel;
        EXPECT_TRUE(core::project(camera, {x, y, z}, pixel));
        touched.left = std::min(touched.left, pixel.x - 1);
        touched.right = std::max(touched.right, pixel.x + 1);
        touched.top = std::min(touched.top, pixel.y - 1);
        touched.bottom = std::max(touched.bottom, pixel.y + 1);
      }
    }
  }
  return touched;
}

TEST_F(Edit, AScriptedRemovalChangesPixelsOfItsRegionOnly) {
  const std::string project = at("church.skyproj").string();
  const json report =
      skyline_json({"run", kCity.string(), "--script", script("{\"op\": \"remove\", \"targets\": [208]}\n"), "-o", project});
  EXPECT_EQ(report["changed_objects"], 1);
  const core::Image before = drawn(kCity, "before.png"), after = drawn(project, "after.png");
  const Touched touched = touched_by_church();
  int changed = 0, outside = 0;
  for (int y = 0; y < before.height; ++y) {
    for (int x = 0; x < before.width; ++x) {
      const auto i = static_cast<std::size_t>(y * before.width + x) * 3;
      if (std::equal(before.pixels.begin() + static_cast<std::ptrdiff_t>(i), before.pixels.begin() + static_cast<std::ptrdiff_t>(i) + 3,
                     after.pixels.begin() + static_cast<std::ptrdiff_t>(i)))
        continue;
      ++changed;
      if (x < touched.left || x > touched.right || y < touched.top || y > touched.bottom) ++outside;
    }
  }
  EXPECT_GT(changed, 500) << "the church is gone";
  EXPECT_EQ(outside, 0);
}

TEST_F(Edit, UndoneEditsDrawTheSceneBitForBitAndAScriptGoesOnWithAProject) {
  const std::string project = at("p.skyproj").string();
  const std::string moves = script(
      "{\"command\": \"select.object\", \"ids\": [208]}\n{\"command\": \"edit.move\", \"offset\": [20, 0, 0]}\n"
      "{\"command\": \"edit.rotate\", \"angle\": 30}\n{\"command\": \"edit.grade\", \"exposure\": 1}\n");
  const json first = skyline_json({"run", kCity.string(), "--script", moves, "-o", project});
  EXPECT_NE(drawn(kCity, "a.png").pixels, drawn(project, "b.png").pixels);
  const json undone = skyline_json({"run", project, "--script", script("{\"op\": \"undo\", \"steps\": 3}\n")});
  EXPECT_EQ(undone["log"], 7);
  EXPECT_EQ(drawn(kCity, "a.png").pixels, drawn(project, "b.png").pixels);
  // The same script gives the same log and state.
  const json again =
      skyline_json({"run", kCity.string(), "--script",
                    script("{\"command\": \"select.object\", \"ids\": [208]}\n{\"command\": \"edit.move\", \"offset\": [20, 0, 0]}\n"
                           "{\"command\": \"edit.rotate\", \"angle\": 30}\n{\"command\": \"edit.grade\", \"exposure\": 1}\n"),
                    "-o", at("q.skyproj").string()});
  EXPECT_EQ(again["log_hash"], first["log_hash"]);
  EXPECT_EQ(again["state_hash"], first["state_hash"]);
}

TEST_F(Edit, BadScriptsNameTheirLineAndLeaveNothing) {
  const std::string project = at("p.skyproj").string();
  const auto refused = [&](const std::string& lines, const std::string& part) {
    expect_refused({"run", kCity.string(), "--script", script(lines), "-o", project}, part);
    EXPECT_FALSE(fs::exists(project));
  };
  refused("{\"op\": \"remove\", \"targets\": [208]}\n{\"op\": \"remove\", \"targets\": [99999]}\n", "line 2");
  refused("{\"op\": \"move\", \"targets\": [208], \"offset\": [NaN, 0, 0]}\n", "line 1");
  refused("{\"op\": \"move\", \"targets\": [208], \"offset\": [1e999, 0, 0]}\n", "line 1");
  refused("{\"op\": \"scale\", \"targets\": [208], \"factor\": [0, 1, 1]}\n", "line 1");
  refused("remove the church\n", "line 1");
  refused("{\"op\": \"weather\", \"weather\": \"locusts\", \"targets\": []}\n", "line 1");
  refused("{\"wait\": 1}\n", "line 1");
  expect_refused({"run", kCity.string(), "--script", at("none.jsonl").string(), "-o", project}, "none.jsonl");
  expect_refused({"run", kCity.string(), "--script", script(""), "-o", at("p.txt").string()}, ".skyproj");
}

TEST_F(Edit, AProjectWhoseSceneIsMissingAsksWhereItIs) {
  fs::copy(kCity, at("town.sky"));
  const std::string project = at("p.skyproj").string();
  skyline_json({"run", at("town.sky").string(), "--script", script("{\"op\": \"remove\", \"targets\": [208]}\n"), "-o", project});
  fs::rename(at("town.sky"), at("moved.sky"));
  expect_refused({"render", project, "--out", at("a.png").string()}, "--scene");
  skyline_json({"render", project, "--scene", at("moved.sky").string(), "--size", "64x48", "--out", at("a.png").string()});
  EXPECT_TRUE(fs::exists(at("a.png")));
  std::ofstream(at("foreign.skyproj")) << "no project";
  expect_refused({"render", at("foreign.skyproj").string(), "--out", at("b.png").string()}, "not a project");
}

}  // namespace
}  // namespace skyline::testing
