// The pictures of the view: one of the scene as it is; while a plan is previewed two of one camera, before and after.
//
// One renderer draws them in turn: what is previewed first, the scene as it is when that has come to rest. A camera that moves shows the
// preview alone. What was on the screen when a preview began is its picture of before. One thread.
#pragma once

#include "renderer/progressive.h"

#include <cstdint>
#include <memory>

namespace skyline::app::desktop {

class ViewPictures {
 public:
  explicit ViewPictures(renderer::ProgressiveRenderer& renderer) : renderer_(renderer) {}

  // Once a frame: what is to be drawn.
  void look(const renderer::ViewRequest& request);
  void look(const renderer::ViewRequest& before, const renderer::ViewRequest& after);
  // Forgets all pictures: another scene.
  void forget();

  // The newest picture of the scene, or of the preview. Null before the first.
  std::shared_ptr<const renderer::Frame> shown() const;
  // Of a preview: the scene as it is, seen by the camera of `shown`. Null: it is not drawn yet, or there is no preview.
  std::shared_ptr<const renderer::Frame> before() const;
  // Of the scene as it is asked for now, traced at least on a lattice. Null: not yet, or a preview is shown.
  std::shared_ptr<const renderer::Frame> traced() const;
  // Both are there and at rest; without a preview: the one.
  bool complete() const;

 private:
  // What is asked for and the newest picture of it.
  struct Picture {
    renderer::ViewRequest request;
    std::uint64_t number = 0;
    std::shared_ptr<const renderer::Frame> frame;
    bool rests() const { return frame && frame->request == number && frame->stage == renderer::Stage::kConverged; }
  };
  void take();
  void ask(Picture& picture, const renderer::ViewRequest& request);

  renderer::ProgressiveRenderer& renderer_;
  bool parted_ = false;
  Picture plain_, after_;                        // plain: of the scene as it is
  Picture* asked_ = nullptr;                     // which of them the renderer draws now ...
  std::uint64_t asked_from_ = 0;                 // ... since the request of this number; pictures of earlier ones are the other's
  std::shared_ptr<const renderer::Frame> held_;  // shown after a preview until its successor is there
};

}  // namespace skyline::app::desktop
