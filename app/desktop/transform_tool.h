// Moving, turning and scaling with the hand, as values: the pointer, an axis, typed numbers in; the command that this means and a line of
// text out. Knows no window; whoever has one feeds it and shows `command` as a preview until it is applied or given up.
//
//   TransformTool tool(TransformTool::Kind::kMove, targets, pivot);
//   tool.point({ground, pixel});          // the pointer, again and again
//   tool.press_axis('X'); tool.type("12.5");
//   registry.run(*editor::parse_invocation(tool.command()));
#pragma once

#include "editor/command_table.h"
#include "editor/operation.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace skyline::app::desktop {

// Where the pointer is.
struct ToolPointer {
  std::optional<glm::dvec2> ground;  // on the level of the pivot, metres; none above the horizon
  glm::dvec2 pixel{0.0};             // from the pivot's place in the picture
};

class TransformTool {
 public:
  // kDuplicate is a move of copies.
  enum class Kind { kMove, kRotate, kScale, kDuplicate };
  // X and Y: east and north; kHeight: up alone.
  enum class Axis { kNone, kX, kY, kHeight };

  TransformTool(Kind kind, editor::ObjectIds targets, const glm::dvec3& pivot);
  // Moves bring the pivot to a corner of a grid of this side, metres; 0: anywhere.
  void set_grid(double cell) { grid_ = cell; }

  Kind kind() const { return kind_; }
  Axis axis() const { return axis_; }
  const glm::dvec3& pivot() const { return pivot_; }
  const editor::ObjectIds& targets() const { return targets_; }

  // The first call is where the hand begins. `snap`: whole metres, 15 degrees, tenths.
  void point(const ToolPointer& pointer, bool snap);
  // The same axis again: none.
  void press_axis(Axis axis);
  // Digits, sign and point of a number; what makes no number is left out.
  void type(char character);
  void erase();
  bool typed() const { return !typed_.empty(); }

  // "Move  X 12.5 m"
  std::string text(editor::Language language) const;
  // The command that does it, as a line of a script: what moves along the ground stays on it. Empty when it would change nothing.
  std::string command() const;

 private:
  glm::dvec3 offset() const;
  double angle_deg() const;
  glm::dvec3 factor() const;

  Kind kind_;
  editor::ObjectIds targets_;
  glm::dvec3 pivot_;
  double grid_ = 0;
  Axis axis_ = Axis::kNone;
  std::string typed_;
  bool snap_ = false;
  std::optional<ToolPointer> begin_, now_;
  double turned_deg_ = 0;  // by the hand, more than a turn too
};

}  // namespace skyline::app::desktop
