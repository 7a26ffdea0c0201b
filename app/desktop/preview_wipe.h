// The view while a plan is previewed: before on the left of a line that the hand moves, after on the right, and a notice that nothing has
// changed yet.
#pragma once

#include "app/desktop/interface.h"
#include "app/desktop/viewport.h"

#include <memory>

namespace skyline::app::desktop {

class PreviewWipe {
 public:
  explicit PreviewWipe(renderer::vulkan::Shell& shell);

  // Over the picture of the preview, which is drawn already.
  void draw(Interface& ui, const PictureArea& area);
  // What is said about it, over everything else in the view.
  void draw_notice(Interface& ui, const PictureArea& area) const;
  // True when the line has the left button.
  bool handle(Interface& ui, const PictureArea& area, bool hovered);

 private:
  std::unique_ptr<renderer::vulkan::Texture> before_;
  const void* shown_ = nullptr;  // frame in the texture
  bool dragging_ = false;
};

}  // namespace skyline::app::desktop
