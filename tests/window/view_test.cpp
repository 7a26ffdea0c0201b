// The window from start to end: a person's first minute by script, real keys and mouse, bad input, a monkey.
#include "tests/window/view_support.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <random>

namespace skyline::testing {
namespace {

namespace fs = std::filesystem;

double distance(const nlohmann::json& a, const nlohmann::json& b) {
  double sum = 0;
  for (int i = 0; i < 3; ++i) sum += std::abs(a[i].get<double>() - b[i].get<double>());
  return sum;
}

TEST(View, StartsFliesSelectsAndSaysWhatItMeasured) {
  View view;
  const ViewResult result =
      view.run(View::city(), {.options = {"--size", "1000x700"},
                              .script = {R"({"wait_for": "scene"})", R"({"command": "camera.goto_name", "name": "tower"})",
                                         R"({"wait": 0.5})", R"({"wait_for": "converged"})", R"({"key": "Ctrl+Shift+P"})",
                                         R"({"wait": 0.3})", "{\"screenshot\": \"" + view.file("palette.png").string() + "\"}"},
                              .hands = {}});
  ASSERT_EQ(result.process.exit_code, 0) << result.process.errors;
  EXPECT_EQ(result.report["validation_messages"], 0) << result.process.errors;
  EXPECT_EQ(result.report["errors"], 0) << result.log;
  EXPECT_EQ(result.report["selection"].size(), 1U);
  EXPECT_GT(result.report["moving_pictures"].get<int>(), 3);
  EXPECT_GT(result.report["exec_to_picture_ms"].get<double>(), 0);
  EXPECT_LE(result.report["exec_to_window_ms"].get<double>(), result.report["exec_to_picture_ms"].get<double>());
  const auto picture = core::load_image(view.file("palette.png"));
  ASSERT_TRUE(picture.ok());
  EXPECT_EQ(picture->width, 1000);
  EXPECT_GT(colours_of(*picture), 500);
}

TEST(View, RealKeysFlyAndTheWheelZooms) {
  View view;
  // The camera before and after, told by two runs of the same script; only the second has hands.
  const std::vector<std::string> script{R"({"wait_for": "scene"})", R"({"wait": 6})"};
  const ViewResult still = view.run(View::city(), {.options = {}, .script = script, .hands = {}});
  ASSERT_EQ(still.process.exit_code, 0) << still.process.errors;
  int step = 0;
  const ViewResult moved = view.run(View::city(), {.options = {}, .script = script, .hands = [&](const std::string& window) {
                                                     ++step;
                                                     if (step == 1) xdotool({"windowfocus", window});
                                                     if (step == 2) xdotool({"mousemove", "--window", window, "600", "400"});
                                                     if (step == 20) xdotool({"keydown", "w"});
                                                     if (step == 40) xdotool({"keyup", "w"});
                                                     if (step == 45) xdotool({"click", "4"});
                                                   }});
  ASSERT_EQ(moved.process.exit_code, 0) << moved.process.errors;
  EXPECT_EQ(moved.report["validation_messages"], 0);
  EXPECT_GT(distance(still.report["camera"]["position"], moved.report["camera"]["position"]), 5);
  EXPECT_EQ(still.report["camera"]["yaw"], moved.report["camera"]["yaw"]);
}

TEST(View, BadScenesGiveASentenceAndTheNextGoodOneOpens) {
  View view;
  const fs::path cut = view.file("cut.sky"), newer = view.file("newer.sky");
  fs::copy_file(View::city(), cut);
  fs::resize_file(cut, fs::file_size(cut) * 6 / 10);
  fs::copy_file(View::city(), newer);
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(newer.c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, "PRAGMA user_version = 99", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
  fs::create_directory(view.file("empty"));
  const auto open = [](const char* command, const fs::path& path) {
    return nlohmann::json{{"command", command}, {"path", path.string()}}.dump();
  };
  const ViewResult result =
      view.run(cut, {.options = {},
                     .script = {R"({"wait_for": "jobs"})", "{\"screenshot\": \"" + view.file("dialog.png").string() + "\"}",
                                open("file.open", newer), R"({"wait_for": "jobs"})", open("file.new_from_photos", view.file("empty")),
                                R"({"wait_for": "jobs"})", open("file.open", View::city()), R"({"wait_for": "scene"})"},
                     .hands = {}});
  ASSERT_EQ(result.process.exit_code, 0) << result.process.errors;
  EXPECT_EQ(result.report["errors"], 3) << result.log;
  EXPECT_EQ(result.report["scene"], View::city().string());
  EXPECT_EQ(result.report["validation_messages"], 0);
  // In the file too, one line each.
  EXPECT_NE(result.log.find("cut.sky"), std::string::npos);
  EXPECT_NE(result.log.find("newer.sky"), std::string::npos);
  EXPECT_NE(result.log.find("empty"), std::string::npos);
}

TEST(View, WithoutADisplayItOffersPicturesInstead) {
  const ProcessResult result = run_process({"/usr/bin/env", "-u", "DISPLAY", "-u", "WAYLAND_DISPLAY", SKYLINE_PROGRAM, "view"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.errors.find("skyline render"), std::string::npos) << result.errors;
  EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1);
}

TEST(View, AWrongOptionIsWrongUsage) {
  const ProcessResult result = run_process({SKYLINE_PROGRAM, "view", "--scale", "9"});
  EXPECT_EQ(result.exit_code, 2);
}

// SKYLINE_MONKEY_STEPS=20000 for the long run.
TEST(View, SurvivesAMonkeyWithFlatMemory) {
  const char* const wanted = std::getenv("SKYLINE_MONKEY_STEPS");
  const int steps = wanted != nullptr ? std::atoi(wanted) : 110;
  View view;
  std::mt19937 random(11);
  std::vector<std::string> script{R"({"wait_for": "scene"})"};
  const std::vector<std::string> harmless{"camera.home",   "camera.top",      "camera.street", "camera.frame",      "camera.tour",
                                          "camera.stop",   "camera.undo",     "camera.redo",   "camera.next_photo", "camera.previous_photo",
                                          "select.next",   "select.previous", "select.none",   "view.depth",        "view.normal",
                                          "view.opacity",  "view.samples",    "view.level",    "view.object",       "view.colour",
                                          "view.outlines", "view.hud",        "view.minimap",  "view.inspector",    "view.hide_interface",
                                          "help.palette",  "help.keys",       "help.about",    "edit.preferences",  "window.reset_layout",
                                          "view.split",    "view.difference"};
  for (int i = 0; i < steps; ++i) {
    script.push_back("{\"command\": \"" + harmless[random() % harmless.size()] + "\"}");
    if (i % 4 == 0) script.push_back(R"({"wait": 0.1})");
    if (i % 9 == 0)
      script.push_back(R"({"command": "window.workspace", "workspace": ")" +
                       std::string(std::array{"explore", "train", "inspect"}[random() % 3]) + "\"}");
    if (i % 13 == 0)
      script.push_back(R"({"command": "view.language", "language": ")" + std::string(random() % 2 == 0 ? "en" : "zh") + "\"}");
    if (i % 21 == 0)
      script.push_back(R"({"command": "view.theme", "theme": ")" + std::string(random() % 2 == 0 ? "dark" : "light") + "\"}");
  }
  const ViewResult result = view.run(View::city(), {.options = {"--size", "900x640"}, .script = script, .hands = {}});
  ASSERT_EQ(result.process.exit_code, 0) << result.process.errors;
  EXPECT_EQ(result.report["validation_messages"], 0) << result.process.errors;
  const double grown = result.report["memory_end_bytes"].get<double>() - result.report["memory_begin_bytes"].get<double>();
  EXPECT_LT(grown, 250e6);
}

}  // namespace
}  // namespace skyline::testing
