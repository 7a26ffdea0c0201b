#include "renderer/vulkan/picture_copy.h"

#include <algorithm>

namespace skyline::renderer::vulkan {

void begin_rendering(VkCommandBuffer commands, const FrameTarget& target, const VkClearColorValue* clear) {
  VkRenderingAttachmentInfo attachment{.sType = VK_STRUCTURE_TYPE_RENDERING_ATTACHMENT_INFO};
  attachment.imageView = target.view;
  attachment.imageLayout = VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL;
  attachment.loadOp = clear != nullptr ? VK_ATTACHMENT_LOAD_OP_CLEAR : VK_ATTACHMENT_LOAD_OP_LOAD;
  attachment.storeOp = VK_ATTACHMENT_STORE_OP_STORE;
  if (clear != nullptr) attachment.clearValue.color = *clear;
  VkRenderingInfo rendering{.sType = VK_STRUCTURE_TYPE_RENDERING_INFO};
  rendering.renderArea = {{0, 0}, target.extent};
  rendering.layerCount = 1;
  rendering.colorAttachmentCount = 1;
  rendering.pColorAttachments = &attachment;
  vkCmdBeginRendering(commands, &rendering);
}

void record_picture_copy(VkCommandBuffer commands, const FrameTarget& target, const PictureCopy& copy) {
  const int left = std::max({copy.x, copy.clip_left, 0}), top = std::max({copy.y, copy.clip_top, 0});
  const int right = std::min({copy.x + copy.width, copy.clip_right, static_cast<int>(target.extent.width)});
  const int bottom = std::min({copy.y + copy.height, copy.clip_bottom, static_cast<int>(target.extent.height)});
  if (right <= left || bottom <= top) return;

  constexpr VkAccessFlags2 kDrawn = VK_ACCESS_2_COLOR_ATTACHMENT_READ_BIT | VK_ACCESS_2_COLOR_ATTACHMENT_WRITE_BIT;
  vkCmdEndRendering(commands);
  record_barrier(commands, {.image = target.image,
                            .from = VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL,
                            .to = VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL,
                            .after_stage = VK_PIPELINE_STAGE_2_COLOR_ATTACHMENT_OUTPUT_BIT,
                            .before_stage = VK_PIPELINE_STAGE_2_COPY_BIT,
                            .after_access = VK_ACCESS_2_COLOR_ATTACHMENT_WRITE_BIT,
                            .before_access = VK_ACCESS_2_TRANSFER_WRITE_BIT});
  VkBufferImageCopy region{};
  region.bufferOffset = VkDeviceSize{4} * static_cast<VkDeviceSize>((top - copy.y) * copy.width + (left - copy.x));
  region.bufferRowLength = static_cast<std::uint32_t>(copy.width);
  region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
  region.imageOffset = {left, top, 0};
  region.imageExtent = {static_cast<std::uint32_t>(right - left), static_cast<std::uint32_t>(bottom - top), 1};
  vkCmdCopyBufferToImage(commands, copy.from, target.image, VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, 1, &region);
  record_barrier(commands, {.image = target.image,
                            .from = VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL,
                            .to = VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL,
                            .after_stage = VK_PIPELINE_STAGE_2_COPY_BIT,
                            .before_stage = VK_PIPELINE_STAGE_2_COLOR_ATTACHMENT_OUTPUT_BIT,
                            .after_access = VK_ACCESS_2_TRANSFER_WRITE_BIT,
                            .before_access = kDrawn});
  begin_rendering(commands, target, nullptr);
}

}  // namespace skyline::renderer::vulkan
