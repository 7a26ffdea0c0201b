// The hands of the tools in the view: pointer, buttons and keys for the tool that is under way, its line of text, and what it draws. One
// member a tool: moving and turning with the pointer here, areas that select (area_hand), measuring, placing and the gizmo of their own.
#pragma once

#include "app/desktop/viewport.h"

#include <glm/vec2.hpp>

#include <optional>
#include <string>
#include <vector>

namespace skyline::app::desktop {

// What the view gives to a hand.
struct ToolView {
  Interface& ui;
  const PictureArea& area;
  const renderer::Frame& frame;
  bool hovered = false;
  // Where a pixel's ray meets the level `height`.
  std::optional<glm::dvec2> ground_at(glm::dvec2 pixel, double height) const;
  std::optional<ImVec2> on_screen(const glm::dvec3& point) const;
};

// "Drag a rectangle" and, below, the keys; at the lower end of the view.
void draw_line_of_text(Interface& ui, const PictureArea& area, const std::string& text, const std::string& keys);

// Rectangle, lasso and polygon.
class AreaHand {
 public:
  void handle(const ToolView& view);
  void draw(const ToolView& view) const;
  void leave() { corners_.clear(); }

 private:
  void select(const ToolView& view);
  std::vector<glm::dvec2> corners_;  // pixels of the picture
};

// Distances, areas, heights.
void handle_measuring(const ToolView& view);
void draw_measures(const ToolView& view);

// Something new that follows the pointer, or was dragged out of the shelf. True when it was put down.
void handle_placing(const ToolView& view);

// The handles at the selection.
class GizmoHand {
 public:
  // Draws them and moves what is selected; true while they have the left button.
  bool draw(const ToolView& view);

 private:
  std::optional<GizmoDrag> drag_;
  glm::mat4 matrix_{1.0F}, begin_{1.0F};
};

class ViewTools {
 public:
  // True while a tool has the left button: a click is not a selection then.
  bool handle(Interface& ui, const PictureArea& area, const renderer::Frame& frame, bool hovered);
  void draw(Interface& ui, const PictureArea& area, const renderer::Frame& frame);
  // The gizmo has the pointer, since the last `draw`.
  bool holds_pointer() const { return gizmo_acts_; }

 private:
  bool handle_transform(const ToolView& view);
  AreaHand area_;
  GizmoHand gizmo_;
  bool gizmo_acts_ = false;
};

}  // namespace skyline::app::desktop
