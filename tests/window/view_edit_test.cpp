// Editing in a real window by script: what is removed is gone from the picture and nothing else is; undo gives the first picture again.
#include "tests/window/view_support.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace skyline::testing {
namespace {

constexpr int kFooter = 60;  // rows at the lower end with the scale bar, which follows what lies in the middle

// The message that the scene is open lies in the view for seven seconds.
constexpr const char* kToastsAreGone = R"({"wait": 8})";

// Columns and rows that hold pixels that differ; empty (first > last) when none does.
struct Changed {
  int left = 1 << 30, right = -1, top = 1 << 30, bottom = -1;
};

Changed changed_between(const core::Image& a, const core::Image& b) {
  Changed changed;
  for (int row = 0; row < a.height - kFooter; ++row) {
    for (int column = 0; column < a.width; ++column) {
      const std::size_t at = 3 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(a.width) + static_cast<std::size_t>(column));
      if (std::equal(a.pixels.begin() + static_cast<std::ptrdiff_t>(at), a.pixels.begin() + static_cast<std::ptrdiff_t>(at + 3),
                     b.pixels.begin() + static_cast<std::ptrdiff_t>(at))) {
        continue;
      }
      changed = {std::min(changed.left, column), std::max(changed.right, column), std::min(changed.top, row),
                 std::max(changed.bottom, row)};
    }
  }
  return changed;
}

TEST(ViewEdits, ARemovalChangesThePictureAroundTheBuildingAloneAndUndoTakesItBack) {
  View view;
  const auto shot = [&](const char* name) { return "{\"screenshot\": \"" + view.file(name).string() + "\"}"; };
  const std::string converged = R"({"wait_for": "converged"})", a_moment = R"({"wait": 0.3})";
  const ViewResult result = view.run(View::city(), {.options = {"--size", "700x500"},
                                                    .script = {R"({"wait_for": "scene"})",
                                                               kToastsAreGone,
                                                               R"({"command": "view.hide_interface"})",
                                                               R"({"command": "view.hud"})",
                                                               R"({"command": "view.minimap"})",
                                                               R"({"pointer": [2, 2]})",
                                                               R"({"command": "camera.goto_name", "name": "tower"})",
                                                               R"({"wait": 1.5})",
                                                               R"({"command": "select.none"})",
                                                               converged,
                                                               R"({"wait_for": "jobs"})",
                                                               converged,
                                                               a_moment,
                                                               shot("before.png"),
                                                               R"({"command": "edit.undo"})",
                                                               R"({"command": "edit.remove"})",
                                                               a_moment,
                                                               converged,
                                                               a_moment,
                                                               shot("removed.png"),
                                                               R"({"key": "Ctrl+Z"})",
                                                               R"({"command": "select.none"})",
                                                               a_moment,
                                                               converged,
                                                               a_moment,
                                                               shot("undone.png")},
                                                    .hands = {}});
  ASSERT_EQ(result.process.exit_code, 0) << result.process.errors;
  EXPECT_EQ(result.report["validation_messages"], 0) << result.process.errors;
  EXPECT_EQ(result.report["errors"], 0) << result.log;
  const auto before = core::load_image(view.file("before.png")), removed = core::load_image(view.file("removed.png")),
             undone = core::load_image(view.file("undone.png"));
  ASSERT_TRUE(before.ok() && removed.ok() && undone.ok());
  EXPECT_EQ(difference_of(*before, *undone), 0);
  EXPECT_GT(difference_of(*before, *removed), 0.02);
  // The tower stands in the middle: the margins of the picture are as they were.
  const Changed changed = changed_between(*before, *removed);
  EXPECT_GT(changed.left, 100);
  EXPECT_LT(changed.right, 600);
}

}  // namespace
}  // namespace skyline::testing
