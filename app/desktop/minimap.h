// A map in the corner of the view: the scene from straight above, rendered once in the background, with the camera's cone. A click flies
// there.
#pragma once

#include "app/desktop/interface.h"

#include <imgui.h>

#include <memory>

namespace skyline::app::desktop {

class Minimap {
 public:
  explicit Minimap(renderer::vulkan::Shell& shell) : texture_(shell.make_texture("map")) {}
  // True when the pointer is over it.
  bool draw(Interface& ui, ImVec2 low, ImVec2 high);

 private:
  void start(Interface& ui);

  std::unique_ptr<renderer::vulkan::Texture> texture_;
  std::shared_ptr<nerf::SharedScene> mapped_;  // the scene that the map shows or is being made of
  core::Camera camera_;                        // of the map's picture
  bool ready_ = false;
};

}  // namespace skyline::app::desktop
