// Plays a script (editor/script.h) in the window: one step after the other, waiting where it says so.
#pragma once

#include "core/result.h"
#include "editor/script.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace skyline::app::desktop {

class DesktopWindow;
class Session;

class ScriptPlayer {
 public:
  explicit ScriptPlayer(std::vector<editor::ScriptStep> steps) : steps_(std::move(steps)) {}
  // Does the next step when the one before is over. A command that fails is told and the script goes on.
  void advance(Session& session, DesktopWindow& window);
  // The effect of the last step was seen in one more frame.
  void frame_drawn() { ++settled_; }
  // The step that runs waits for something: nothing needs to be drawn for the script.
  bool waiting() const { return begun_; }
  bool finished() const { return next_ == steps_.size() && settled_ >= kSettlingFrames; }
  // A wait that lasted too long ends the script.
  const std::optional<core::Error>& failure() const { return failure_; }

 private:
  static constexpr int kSettlingFrames = 4;  // drawn after a step, so that its effect is seen
  bool waits(Session& session, const editor::ScriptStep& step);
  void begin(Session& session, DesktopWindow& window, const editor::ScriptStep& step);

  std::vector<editor::ScriptStep> steps_;
  std::size_t next_ = 0;
  bool begun_ = false;
  int settled_ = 0;
  std::chrono::steady_clock::time_point begin_;
  std::optional<core::Error> failure_;
  // Of the document, when the step began and when the one before did.
  std::uint64_t begun_version_ = 0, version_before_ = 0;
};

}  // namespace skyline::app::desktop
