// Copies a picture from host memory straight into the image that is drawn to, between two parts of the interface. A software driver does
// this at the speed of memory; shading the same pixels costs it ten times as much.
#pragma once

#include "renderer/vulkan/device.h"

namespace skyline::renderer::vulkan {

// What a frame is drawn to.
struct FrameTarget {
  VkImage image = VK_NULL_HANDLE;
  VkImageView view = VK_NULL_HANDLE;
  VkExtent2D extent{};
};

// Begins drawing into the target; what is there is kept, or replaced by `clear`.
void begin_rendering(VkCommandBuffer commands, const FrameTarget& target, const VkClearColorValue* clear);

struct PictureCopy {
  VkBuffer from = VK_NULL_HANDLE;  // [height, width, 4], in the byte order of the target
  int width = 0, height = 0;
  int x = 0, y = 0;                                                  // where its corner goes, in pixels of the target
  int clip_left = 0, clip_top = 0, clip_right = 0, clip_bottom = 0;  // only there
};

// Within rendering, which it ends and begins again. Nothing where the clip leaves nothing.
void record_picture_copy(VkCommandBuffer commands, const FrameTarget& target, const PictureCopy& copy);

}  // namespace skyline::renderer::vulkan
