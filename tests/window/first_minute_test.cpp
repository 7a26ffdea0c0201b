// The first minute of somebody who has never seen the program, with real keys: look, type a sentence, see what it would do, apply, undo,
// apply, lose the program, and find everything again.
#include "core/file.h"
#include "tests/window/view_support.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>

namespace skyline::testing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSentence = "remove the tallest tower";
// The preview's frame and notice, and the scale bar, which follows what lies in the middle.
constexpr int kHeader = 56, kFooter = 60, kMargin = 4;
constexpr const char* kToastsAreGone = R"({"wait": 8})";

// The part of a picture that shows the city alone.
core::Image city_of(const core::Image& window) {
  core::Image city;
  city.width = window.width - 2 * kMargin;
  city.height = window.height - kHeader - kFooter;
  for (int row = 0; row < city.height; ++row) {
    const auto begin = window.pixels.begin() + 3 * (static_cast<std::ptrdiff_t>(row + kHeader) * window.width + kMargin);
    city.pixels.insert(city.pixels.end(), begin, begin + 3 * static_cast<std::ptrdiff_t>(city.width));
  }
  return city;
}

// Share of the picture that the rectangle around all differences covers.
double extent_of_difference(const core::Image& a, const core::Image& b) {
  int left = a.width, right = -1, top = a.height, bottom = -1;
  for (int row = 0; row < a.height; ++row) {
    for (int column = 0; column < a.width; ++column) {
      const auto at = 3 * (static_cast<std::ptrdiff_t>(row) * a.width + column);
      if (std::equal(a.pixels.begin() + at, a.pixels.begin() + at + 3, b.pixels.begin() + at)) continue;
      left = std::min(left, column), right = std::max(right, column), top = std::min(top, row), bottom = std::max(bottom, row);
    }
  }
  if (right < left) return 0;
  return static_cast<double>(right - left + 1) * (bottom - top + 1) / (static_cast<double>(a.width) * a.height);
}

// Middle of the pixels that have the commonest colour of the accent: the one button that stands out.
std::pair<int, int> middle_of_accent(const core::Image& image) {
  constexpr std::array<int, 3> kAccent{0x4f, 0xc7, 0xb5};
  std::map<int, int> rows;  // pixels of the colour by row
  std::vector<std::pair<int, int>> found;
  for (int row = 0; row < image.height; ++row) {
    for (int column = 0; column < image.width; ++column) {
      const auto at = 3 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(column));
      const bool same = std::abs(image.pixels[at] - kAccent[0]) < 3 && std::abs(image.pixels[at + 1] - kAccent[1]) < 3 &&
                        std::abs(image.pixels[at + 2] - kAccent[2]) < 3;
      if (!same) continue;
      ++rows[row];
      found.emplace_back(column, row);
    }
  }
  // Rows of the button are long.
  std::erase_if(found, [&](const auto& pixel) { return rows[pixel.second] < 40; });
  if (found.empty()) return {-1, -1};
  std::sort(found.begin(), found.end());
  const int column = found[found.size() / 2].first;
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return {column, found[found.size() / 2].second};
}

class FirstMinute : public ::testing::Test {
 protected:
  std::string shot(const std::string& name) const { return "{\"screenshot\": \"" + view_.file(name + ".png").string() + "\"}"; }
  // The picture alone, at rest, and the interface again.
  void add_picture(std::vector<std::string>& script, const std::string& name) const {
    for (const std::string& line :
         {std::string(R"({"command": "view.hide_interface", "on": true})"), std::string(R"({"wait": 0.5})"),
          std::string(R"({"wait_for": "converged"})"), std::string(R"({"wait": 0.3})"), shot(name),
          std::string(R"({"command": "view.hide_interface", "on": false})"), std::string(R"({"wait": 0.3})"), shot(name + "-done")}) {
      script.push_back(line);
    }
  }
  bool has(const std::string& name) const { return fs::exists(view_.file(name + ".png")); }
  core::Image city(const std::string& name) const {
    const auto image = core::load_image(view_.file(name + ".png"));
    EXPECT_TRUE(image.ok()) << name;
    return image ? city_of(*image) : core::Image{};
  }

  // How often the command stands in the log of commands.
  int commands_run(const std::string& command) const {
    const auto log = core::read_text_file(view_.file("state/skyline/commands.jsonl"));
    int count = 0;
    for (std::size_t at = log ? log->find(command) : std::string::npos; at != std::string::npos; at = log->find(command, at + 1)) ++count;
    return count;
  }

  View view_;
};

TEST_F(FirstMinute, ASentenceIsPreviewedAppliedUndoneAndOutlivesTheProgram) {
  const std::vector<std::string> begin{R"({"wait_for": "scene"})",
                                       R"({"command": "view.hud", "on": false})",
                                       R"({"command": "view.minimap", "on": false})",
                                       R"({"pointer": [2, 2]})",
                                       kToastsAreGone,
                                       R"({"wait_for": "converged"})",
                                       R"({"wait_for": "jobs"})",
                                       R"({"wait_for": "converged"})"};
  std::vector<std::string> script = begin;
  add_picture(script, "before");
  for (const char* const line : {R"({"wait_for": "plan"})", R"({"wait": 0.5})"}) script.emplace_back(line);
  script.push_back(shot("planned"));
  script.emplace_back(R"({"command": "assistant.wipe", "share": 0})");
  add_picture(script, "preview");
  script.emplace_back(R"({"wait_for": "edit"})");
  add_picture(script, "applied");
  script.emplace_back(R"({"wait_for": "edit"})");
  add_picture(script, "undone");
  script.emplace_back(R"({"wait_for": "plan"})");
  script.push_back(shot("planned-again"));
  script.emplace_back(R"({"wait_for": "edit"})");
  add_picture(script, "again");
  script.emplace_back(R"({"wait": 60})");  // until it is killed

  int done = 0;
  const auto type = [&](const std::string& window) {
    xdotool({"windowfocus", "--sync", window});
    xdotool({"key", "slash"});
    xdotool({"type", "--delay", "30", kSentence});
  };
  // A key, until the commands that were run tell that it was heard: a window that is busy may lose one.
  struct Wanted {
    const char* key = nullptr;
    const char* command = nullptr;
    int times = 0;
  } wanted;
  auto pressed = std::chrono::steady_clock::time_point();
  const auto press = [&](const Wanted& key) {
    const auto now = std::chrono::steady_clock::now();
    if (key.key == nullptr || now - pressed < std::chrono::seconds(3) || commands_run(key.command) >= key.times) return;
    pressed = now;
    xdotool({"key", key.key});
  };
  const auto next = [&](int step, const std::string& after) { return done == step && has(after) && ++done > 0; };
  const ViewResult killed =
      view_.run(View::city(), {.options = {"--size", "1280x720"}, .script = script, .hands = [&](const std::string& window) {
                                 if (next(0, "before-done")) type(window);
                                 if (next(1, "preview-done")) wanted = {"ctrl+Return", "edit.plan", 1};
                                 if (next(2, "applied-done")) wanted = {"ctrl+z", "edit.undo", 1};
                                 if (next(3, "undone-done")) type(window);
                                 if (next(4, "planned-again")) wanted = {"Return", "edit.plan", 2};
                                 press(wanted);
                                 if (next(5, "again-done")) {
                                   ::kill(std::stoi(xdotool({"getwindowpid", window})), SIGKILL);
                                 }
                               }});
  ASSERT_EQ(done, 6) << killed.log << killed.process.errors;
  const core::Image before = city("before"), preview = city("preview"), applied = city("applied"), undone = city("undone"),
                    again = city("again");
  EXPECT_GT(difference_of(before, preview), 0.001);
  EXPECT_LT(extent_of_difference(before, preview), 0.25);
  EXPECT_EQ(difference_of(preview, applied), 0);
  EXPECT_EQ(difference_of(before, undone), 0);
  EXPECT_EQ(difference_of(applied, again), 0);

  // The start page offers what the killed program had; its picture is the same.
  std::vector<std::string> offered{R"({"wait": 1})", shot("offered")};
  offered.insert(offered.end(), begin.begin(), begin.end());
  add_picture(offered, "recovered");
  bool clicked = false;
  const ViewResult recovered = view_.run(
      {}, {.options = {"--size", "1280x720"}, .script = offered, .hands = [&](const std::string& window) {
             if (clicked || !has("offered")) return;
             const auto page = core::load_image(view_.file("offered.png"));
             if (!page) return;  // it is being written
             clicked = true;
             const auto [column, row] = middle_of_accent(*page);
             EXPECT_GE(column, 0) << "nothing is offered";
             xdotool({"windowfocus", "--sync", window});
             xdotool({"mousemove", "--window", window, std::to_string(column), std::to_string(row), "sleep", "0.3", "click", "1"});
           }});
  ASSERT_EQ(recovered.process.exit_code, 0) << recovered.log << recovered.process.errors;
  EXPECT_EQ(recovered.report["validation_messages"], 0) << recovered.process.errors;
  EXPECT_EQ(recovered.report["errors"], 0) << recovered.log;
  EXPECT_EQ(difference_of(again, city("recovered")), 0);
}

}  // namespace
}  // namespace skyline::testing
