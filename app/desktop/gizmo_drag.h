// What dragging the gizmo of the selection means: its matrix before and now in, a command out. Knows no window.
#pragma once

#include "editor/operation.h"

#include <glm/mat4x4.hpp>
#include <glm/vec3.hpp>

#include <string>

namespace skyline::app::desktop {

enum class GizmoMode { kNone, kMove, kRotate, kScale };

class GizmoDrag {
 public:
  GizmoDrag(GizmoMode mode, editor::ObjectIds targets, const glm::mat4& begin) : mode_(mode), targets_(std::move(targets)), begin_(begin) {}

  // The command that brings the gizmo from where it was to `now`, as a line of a script; empty: none. A move that keeps its height stays on
  // the ground.
  std::string command(const glm::mat4& now) const;
  GizmoMode mode() const { return mode_; }
  const glm::mat4& begin() const { return begin_; }

 private:
  GizmoMode mode_;
  editor::ObjectIds targets_;
  glm::mat4 begin_;
};

}  // namespace skyline::app::desktop
