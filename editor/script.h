// Scripts: commands one a line, as JSON objects (docs/commands.md). A script that drives a window may also wait, press keys, move the
// pointer and take screenshots; whoever runs the steps decides what of that it supports.
//
//   {"command": "camera.goto", "position": [0, 0, 80], "pitch": -35}
//   {"wait_for": "converged"}
//   {"screenshot": "shot.png"}
#pragma once

#include "core/result.h"
#include "editor/command_table.h"
#include "editor/key_map.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace skyline::editor {

// {"wait": 1.5}, at most an hour.
struct Wait {
  double seconds = 0;
};

// {"wait_for": "converged" | "scene" | "training" | "jobs" | "plan" | "edit"}: the picture is converged, the scene is shown, the training
// is over, no job runs, the assistant has read what was typed and its preview is drawn, the document has changed since the step began.
struct WaitFor {
  enum class What : std::uint8_t { kConverged, kScene, kTraining, kJobs, kPlan, kEdit };
  What what = What::kConverged;
};

// {"screenshot": "file.png"}
struct Screenshot {
  std::string path;
};

// {"key": "Ctrl+Shift+P"}: pressed and released.
struct KeyPress {
  Chord chord;
};

// {"pointer": [column, row]}: in pixels of the window, from its top left.
struct PointerMove {
  double column = 0, row = 0;
};

// {"press": "left"}, {"release": "left"}: a button of the pointer, left, right or middle, goes down or up where the pointer is.
struct PointerButton {
  enum class Which : std::uint8_t { kLeft, kRight, kMiddle };
  Which which = Which::kLeft;
  bool down = true;
};

// {"type": "remove the tower"}: the characters one after the other, into what has the keyboard.
struct TypeText {
  std::string text;
};

// {"assistant": "remove the tower"}: into the assistant's field, read at once; waits until its plan is shown.
struct SaySentence {
  std::string text;
};

struct ScriptStep {
  int line = 1;
  std::variant<Invocation, Wait, WaitFor, Screenshot, KeyPress, PointerMove, PointerButton, TypeText, SaySentence> action;
  // As a line of a script.
  std::string to_json() const;
};

// Empty lines and lines that begin with # are left out. `name` is what errors call the script; they name the line.
core::Result<std::vector<ScriptStep>> parse_script(std::string_view text, std::string_view name);
core::Result<std::vector<ScriptStep>> load_script(const std::filesystem::path& path);

}  // namespace skyline::editor
