// Frames that are used again: a new picture of the same size costs no new memory. Safe from any thread; frames may outlive the pool.
#pragma once

#include "renderer/progressive.h"

#include <memory>
#include <mutex>
#include <vector>

namespace skyline::renderer {

class FramePool {
 public:
  // A frame of that size whose pixels hold anything.
  std::shared_ptr<Frame> take(int width, int height) {
    std::unique_ptr<Frame> frame;
    {
      const std::lock_guard lock(shelf_->mutex);
      if (!shelf_->frames.empty()) {
        frame = std::move(shelf_->frames.back());
        shelf_->frames.pop_back();
      }
    }
    if (!frame) frame = std::make_unique<Frame>();
    const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    frame->width = width;
    frame->height = height;
    frame->pixels.resize(pixels * 4);
    frame->depth.resize(pixels);
    return {frame.release(), [shelf = shelf_](Frame* used) {
              std::unique_ptr<Frame> owned(used);
              const std::lock_guard lock(shelf->mutex);
              if (shelf->frames.size() < kMostKept) shelf->frames.push_back(std::move(owned));
            }};
  }

 private:
  static constexpr std::size_t kMostKept = 3;
  struct Shelf {
    std::mutex mutex;
    std::vector<std::unique_ptr<Frame>> frames;
  };
  std::shared_ptr<Shelf> shelf_ = std::make_shared<Shelf>();
};

}  // namespace skyline::renderer
