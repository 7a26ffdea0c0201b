// Light, season, weather and style from the command line: a script makes a project, the project is drawn.
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
constexpr const char* kView = "-130,-95,75,-45,-36,45";  // as in edit_test

class Looks : public ::testing::Test {
 protected:
  fs::path at(const std::string& name) const { return folder_.path() / name; }
  json run(const std::string& what, const std::string& lines, const std::string& project = {}) const {
    std::ofstream(at("looks.jsonl")) << lines;
    std::vector<std::string> arguments{"run", what, "--script", at("looks.jsonl").string()};
    if (!project.empty()) arguments.insert(arguments.end(), {"-o", project});
    return skyline_json(arguments);
  }
  core::Image drawn(const fs::path& what) const {
    skyline_json({"render", what.string(), "--camera", kView, "--size", "200x150", "--out", at("drawn.png").string()});
    auto image = core::load_image(at("drawn.png"));
    EXPECT_TRUE(image.ok());
    return *image;
  }
  static double brightness(const core::Image& image) {
    double sum = 0;
    for (const std::uint8_t v : image.pixels) sum += v;
    return sum / static_cast<double>(image.pixels.size());
  }
  TemporaryFolder folder_;
};

TEST_F(Looks, AScriptedWinterIsWhiteAndItsUndoDrawsTheSceneBitForBit) {
  const std::string project = at("winter.skyproj").string();
  const json report = run(kCity.string(), "{\"op\": \"season\", \"season\": \"winter\", \"strength\": 1, \"targets\": []}\n", project);
  const core::Image before = drawn(kCity), winter = drawn(project);
  EXPECT_GT(brightness(winter), brightness(before) + 25);
  EXPECT_EQ(drawn(project).pixels, winter.pixels) << "the same again";
  run(project, "{\"op\": \"weather\", \"weather\": \"fog\", \"targets\": []}\n{\"op\": \"style\", \"style\": \"ink\", \"targets\": []}\n");
  EXPECT_NE(drawn(project).pixels, winter.pixels);
  run(project, "{\"op\": \"undo\", \"steps\": 2}\n");
  EXPECT_EQ(drawn(project).pixels, winter.pixels);
  run(project, "{\"command\": \"edit.mute\", \"effects\": [1]}\n");
  EXPECT_EQ(drawn(project).pixels, before.pixels);
  // The same script gives the same log and state.
  const json again =
      run(kCity.string(), "{\"op\": \"season\", \"season\": \"winter\", \"strength\": 1, \"targets\": []}\n", at("again.skyproj").string());
  EXPECT_EQ(again["log_hash"], report["log_hash"]);
  EXPECT_EQ(again["state_hash"], report["state_hash"]);
}

TEST_F(Looks, AStyleAndASeasonOfOneBuildingLeaveTheRestBitForBit) {
  const core::Image before = drawn(kCity);
  for (const std::string step : {R"({"op": "season", "season": "winter", "strength": 1, "targets": [208]})",
                                 R"({"op": "style", "style": "comic", "strength": 1, "targets": [208]})"}) {
    const std::string project = at("one.skyproj").string();
    fs::remove(project);
    run(kCity.string(), step + "\n", project);
    const core::Image after = drawn(project);
    std::size_t changed = 0, border = 0;
    for (std::size_t i = 0; i < before.pixels.size(); i += 3) {
      const bool same =
          std::equal(before.pixels.begin() + static_cast<std::ptrdiff_t>(i), before.pixels.begin() + static_cast<std::ptrdiff_t>(i) + 3,
                     after.pixels.begin() + static_cast<std::ptrdiff_t>(i));
      changed += same ? 0 : 1;
      const std::size_t column = i / 3 % 200, row = i / 3 / 200;
      border += !same && (column < 20 || column >= 180 || row < 5 || row >= 130) ? 1 : 0;
    }
    EXPECT_GT(changed, 100u) << step;
    EXPECT_LT(changed, 9000u) << step;
    EXPECT_EQ(border, 0u) << step;
  }
}

}  // namespace
}  // namespace skyline::testing
