// Two frames' worth of command buffers, of which one at most is with the device: a frame begins when the former one is done.
#pragma once

#include "renderer/vulkan/device.h"

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace skyline::renderer::vulkan {

class FrameRing {
 public:
  static constexpr int kFrames = 2;

  static core::Result<std::unique_ptr<FrameRing>> create(const Device& device);
  ~FrameRing();

  // Which of the two is drawn next; what belongs to it may be written now, the device is done with it.
  int current() const { return current_; }
  // Frames that are with the device: 0 or 1.
  int queued() const { return queued_; }

  // Waits for the former frame and destroys what only it needed.
  VkResult wait_for_former();
  VkSemaphore acquired() const { return frames_[static_cast<std::size_t>(current_)].acquired.get(); }
  // Command buffer of the current frame, begun.
  VkCommandBuffer begin();
  // Submits and moves on to the other one; `rendered` is signalled.
  VkResult submit(VkSemaphore rendered);
  // An acquired image will not be drawn: its semaphore is replaced.
  void forget_acquired();

  // Keeps `object` until the frame that is drawn next is done.
  template <class T>
  void retire(T object) {
    frames_[static_cast<std::size_t>(current_)].retired.push_back(std::make_shared<T>(std::move(object)));
  }

 private:
  explicit FrameRing(const Device& device) : device_(device) {}
  struct Frame {
    CommandPool pool;
    VkCommandBuffer commands = VK_NULL_HANDLE;
    Fence done;
    Semaphore acquired;
    std::vector<std::shared_ptr<void>> retired;
  };
  core::Status make_frame(Frame& frame, int number);

  const Device& device_;
  std::array<Frame, kFrames> frames_;
  int current_ = 0, queued_ = 0;
};

}  // namespace skyline::renderer::vulkan
