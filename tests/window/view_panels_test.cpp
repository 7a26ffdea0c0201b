// Every panel in two languages and at two scales: drawn, and not blank.
#include "tests/window/view_support.h"

#include <gtest/gtest.h>

namespace skyline::testing {
namespace {

constexpr const char* kPanels[] = {"scene",      "objects",  "bookmarks", "properties", "inspector",
                                   "film_strip", "training", "jobs",      "profiler",   "log"};

struct Look {
  const char* language;
  const char* scale;
};

class ViewPanels : public ::testing::TestWithParam<Look> {};

TEST_P(ViewPanels, AreAllDrawn) {
  View view;
  std::vector<std::string> script{R"({"wait_for": "scene"})", R"({"wait_for": "converged"})", R"({"wait_for": "jobs"})",
                                  R"({"pointer": [700, 420]})"};
  const auto shot = [&](const std::string& name) { return "{\"screenshot\": \"" + view.file(name + ".png").string() + "\"}"; };
  for (const std::string panel : kPanels) {
    const std::string command = R"({"command": "window.panel", "panel": ")" + panel + R"(", "on": )";
    script.push_back(command + "false}");
    script.push_back(shot(panel + "-closed"));
    script.push_back(command + "true}");
    script.push_back(R"({"wait": 0.2})");
    script.push_back(shot(panel));
  }
  const std::string large = std::string(GetParam().scale) == "2" ? "2000x1400" : "1280x800";
  const ViewResult result = view.run(
      View::city(),
      {.options = {"--language", GetParam().language, "--scale", GetParam().scale, "--size", large}, .script = script, .hands = {}});
  ASSERT_EQ(result.process.exit_code, 0) << result.process.errors;
  EXPECT_EQ(result.report["validation_messages"], 0) << result.process.errors;
  EXPECT_EQ(result.report["errors"], 0) << result.log;
  for (const std::string panel : kPanels) {
    const auto open = core::load_image(view.file(panel + ".png")), closed = core::load_image(view.file(panel + "-closed.png"));
    ASSERT_TRUE(open.ok() && closed.ok()) << panel;
    EXPECT_GT(colours_of(*open), 500) << panel;
    EXPECT_GT(difference_of(*open, *closed), 0.002) << panel;
  }
}

INSTANTIATE_TEST_SUITE_P(Looks, ViewPanels, ::testing::Values(Look{"en", "1"}, Look{"zh", "1"}, Look{"en", "2"}, Look{"zh", "2"}),
                         [](const auto& look) { return std::string(look.param.language) + "_" + look.param.scale; });

}  // namespace
}  // namespace skyline::testing
