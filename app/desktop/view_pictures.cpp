#include "app/desktop/view_pictures.h"

#include "renderer/painter.h"

namespace skyline::app::desktop {
namespace {

bool same_camera(const renderer::Frame& frame, const renderer::ViewRequest& request) {
  const core::Camera &a = frame.camera, &b = request.camera;
  return a.position == b.position && a.rotation == b.rotation && a.width == b.width && a.height == b.height && a.fl_x == b.fl_x;
}

}  // namespace

void ViewPictures::forget() {
  plain_ = after_ = {};
  asked_ = nullptr;
  held_.reset();
  parted_ = false;
}

// The renderer has one newest picture. A camera that moves is ahead of its pictures, so that they are told apart by when the renderer was
// given the other thing to draw.
void ViewPictures::take() {
  auto frame = renderer_.latest();
  if (!frame || asked_ == nullptr) return;
  Picture& other = asked_ == &plain_ ? after_ : plain_;
  (frame->request >= asked_from_ ? *asked_ : other).frame = std::move(frame);
}

void ViewPictures::ask(Picture& picture, const renderer::ViewRequest& request) {
  picture.request = request;
  picture.number = renderer_.look(request);
  if (asked_ != &picture) asked_from_ = picture.number;
  asked_ = &picture;
}

void ViewPictures::look(const renderer::ViewRequest& request) {
  take();
  if (parted_) {
    // What was applied stays on the screen, what was given up leaves it at once.
    const renderer::ViewRequest& was = plain_.request;
    const bool applied = request.layers != was.layers || request.appearance != was.appearance || request.styles != was.styles;
    held_ = applied ? after_.frame : plain_.frame;
  }
  parted_ = false;
  ask(plain_, request);
  const auto newest = renderer_.latest();
  if (newest && newest->request >= asked_from_) held_.reset();
}

void ViewPictures::look(const renderer::ViewRequest& before, const renderer::ViewRequest& after) {
  take();
  if (!parted_) after_ = {};
  held_.reset();
  parted_ = true;
  const bool after_rests = after_.number != 0 && renderer::same_request(after_.request, after) && after_.rests();
  if (!after_rests) {
    ask(after_, after);
    return;
  }
  const bool before_rests = renderer::same_request(plain_.request, before) && plain_.rests();
  if (!before_rests && !after.moving) ask(plain_, before);
}

std::shared_ptr<const renderer::Frame> ViewPictures::shown() const {
  if (!parted_) return held_ ? held_ : renderer_.latest();
  return after_.frame ? after_.frame : plain_.frame;
}

std::shared_ptr<const renderer::Frame> ViewPictures::before() const {
  const bool whole = parted_ && after_.frame && plain_.frame && plain_.frame->stage != renderer::Stage::kMoving;
  return whole && same_camera(*plain_.frame, after_.request) ? plain_.frame : nullptr;
}

std::shared_ptr<const renderer::Frame> ViewPictures::traced() const {
  if (parted_) return nullptr;
  auto newest = renderer_.latest();
  const bool whole = newest && newest->request == plain_.number && newest->stage >= renderer::Stage::kRefining;
  return whole ? newest : nullptr;
}

bool ViewPictures::complete() const { return parted_ ? after_.rests() && before() != nullptr && plain_.rests() : plain_.rests(); }

}  // namespace skyline::app::desktop
