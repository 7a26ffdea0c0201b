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
  held_.reset();
  parted_ = false;
}

// The renderer has one newest picture; it belongs to the request that it answers.
void ViewPictures::take() {
  auto frame = renderer_.latest();
  if (!frame) {
    plain_.frame.reset();
    after_.frame.reset();
    return;
  }
  if (parted_ && frame->request == after_.number) {
    after_.frame = std::move(frame);
  } else if (frame->request == plain_.number || !parted_) {
    plain_.frame = std::move(frame);
  }
}

void ViewPictures::ask(Picture& picture, const renderer::ViewRequest& request) {
  picture.request = request;
  picture.number = renderer_.look(request);
}

void ViewPictures::look(const renderer::ViewRequest& request) {
  if (parted_) {
    // What was applied stays on the screen, what was given up leaves it at once.
    held_ = request.layers != plain_.request.layers ? after_.frame : plain_.frame;
    after_ = {};
  }
  parted_ = false;
  ask(plain_, request);
  take();
  if (plain_.frame && plain_.frame->request >= plain_.number) held_.reset();
}

void ViewPictures::look(const renderer::ViewRequest& before, const renderer::ViewRequest& after) {
  take();
  if (!parted_) after_ = {};
  held_.reset();
  parted_ = true;
  const bool after_current = after_.number != 0 && renderer::same_request(after_.request, after);
  if (!after_current || !after_.rests()) {
    // Asked again although it is the same: the renderer may have drawn the other one meanwhile.
    ask(after_, after);
    return;
  }
  const bool before_current = plain_.rests() && renderer::same_request(plain_.request, before);
  if (!before_current && !after.moving) ask(plain_, before);
}

std::shared_ptr<const renderer::Frame> ViewPictures::shown() const {
  if (!parted_) return held_ ? held_ : renderer_.latest();
  return after_.frame ? after_.frame : plain_.frame;
}

std::shared_ptr<const renderer::Frame> ViewPictures::before() const {
  const bool whole = parted_ && after_.frame && plain_.frame && plain_.frame->stage != renderer::Stage::kMoving;
  return whole && same_camera(*plain_.frame, after_.request) ? plain_.frame : nullptr;
}

bool ViewPictures::complete() const { return parted_ ? after_.rests() && before() != nullptr && plain_.rests() : plain_.rests(); }

}  // namespace skyline::app::desktop
