// The view: the newest picture on the screen, what is drawn over it, and the hands that move the camera.
#pragma once

#include "app/desktop/interface.h"
#include "app/desktop/minimap.h"

#include <glm/vec2.hpp>
#include <imgui.h>

#include <memory>
#include <optional>

namespace skyline::app::desktop {

// Where the picture lies on the screen: pixels of the picture to screen and back.
struct PictureArea {
  ImVec2 low{0, 0}, high{0, 0};  // of the view, screen pixels
  ImVec2 picture_low{0, 0};      // of the picture, which may be smaller than the view (a photo's shape)
  double zoom = 1;               // screen pixels a picture pixel
  int width = 0, height = 0;     // of the picture
  ImVec2 to_screen(glm::dvec2 pixel) const {
    return {static_cast<float>(picture_low.x + pixel.x * zoom), static_cast<float>(picture_low.y + pixel.y * zoom)};
  }
  glm::dvec2 to_pixel(ImVec2 screen) const { return {(screen.x - picture_low.x) / zoom, (screen.y - picture_low.y) / zoom}; }
};

class PreviewWipe;
class ViewTools;

class Viewport {
 public:
  explicit Viewport(renderer::vulkan::Shell& shell);
  ~Viewport();

  // The window of the view, within the dock space. `alone`: the interface is hidden, no toolbar.
  void draw(Interface& ui, bool alone);
  // Size of the view in pixels as of the last frame.
  int width() const { return width_; }
  int height() const { return height_; }
  // The keyboard belongs to the view: plain letters are commands and movement.
  bool has_keyboard() const { return keyboard_; }
  // The last picture was put on the screen.
  bool picture_shown() const { return shown_serial_ != 0; }
  std::uint64_t shown_serial() const { return shown_serial_; }
  // Number of the request that it answers; 0: there is none.
  std::uint64_t shown_request() const { return shown_ ? shown_->request : 0; }

 private:
  void upload(Interface& ui);
  void draw_picture(Interface& ui, const PictureArea& area);
  void draw_split(Interface& ui, const PictureArea& area);
  void handle_input(Interface& ui, const PictureArea& area, bool hovered);
  void handle_keys(Interface& ui, bool hovered);
  void handle_drag(Interface& ui, const PictureArea& area);
  void handle_click(Interface& ui, const PictureArea& area);

  enum class Gesture { kNone, kLook, kOrbit, kPan, kSplit };
  std::unique_ptr<renderer::vulkan::Texture> picture_, photo_;
  std::uint64_t shown_serial_ = 0;
  std::shared_ptr<const renderer::Frame> shown_;
  const void* shown_photo_ = nullptr;
  Minimap minimap_;
  std::unique_ptr<ViewTools> tools_;
  std::unique_ptr<PreviewWipe> wipe_;
  bool tool_acts_ = false;  // a tool has the left button
  int width_ = 0, height_ = 0;
  bool keyboard_ = false, grabbed_ = false;
  Gesture gesture_ = Gesture::kNone;
  glm::dvec3 pivot_{0.0};
  double dragged_ = 0;  // pixels since the button went down
  bool flying_ = false;
};

// The row of buttons above the view.
void draw_toolbar(Interface& ui);

}  // namespace skyline::app::desktop
