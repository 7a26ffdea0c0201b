// Reading back what a frame shows.
#pragma once

#include "core/image.h"
#include "renderer/vulkan/device.h"
#include "renderer/vulkan/swapchain.h"

namespace skyline::renderer::vulkan {

class Capture {
 public:
  // Errors: no memory, images that cannot be read.
  static core::Result<Capture> create(const Device& device, const Swapchain& swapchain);
  // Copies `image`, which was drawn to (layout: colour attachment) and is left for copying from (transfer source).
  void record(VkCommandBuffer commands, VkImage image) const;
  // After the frame is done.
  core::Image read() const;

 private:
  explicit Capture(const Device& device) : device_(&device) {}
  const Device* device_;
  Buffer buffer_;
  VkExtent2D extent_{};
  bool blue_first_ = false;
};

}  // namespace skyline::renderer::vulkan
