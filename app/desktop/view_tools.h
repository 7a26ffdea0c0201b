// The hands of the tools in the view: pointer, buttons and keys for the tool that is under way, its line of text, the rectangle of a box
// selection.
#pragma once

#include "app/desktop/viewport.h"

namespace skyline::app::desktop {

class ViewTools {
 public:
  // True while a tool has the left button: a click is not a selection then.
  bool handle(Interface& ui, const PictureArea& area, const renderer::Frame& frame, bool hovered);
  void draw(Interface& ui, const PictureArea& area, const renderer::Frame& frame);

 private:
  bool handle_box(Interface& ui, const PictureArea& area, const renderer::Frame& frame, bool hovered);
  void select_in_box(Interface& ui, const PictureArea& area, const renderer::Frame& frame) const;

  std::optional<ImVec2> box_begin_;  // screen
};

}  // namespace skyline::app::desktop
