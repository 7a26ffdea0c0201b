#include "renderer/vulkan/capture.h"

namespace skyline::renderer::vulkan {

core::Result<Capture> Capture::create(const Device& device, const Swapchain& swapchain) {
  if (!swapchain.readable()) {
    return core::Error{"the window cannot be captured", "the driver does not let its pictures be read",
                       "use 'skyline render' for pictures"};
  }
  Capture capture(device);
  capture.extent_ = swapchain.extent();
  capture.blue_first_ = swapchain.blue_first();
  const VkDeviceSize bytes = VkDeviceSize{4} * capture.extent_.width * capture.extent_.height;
  core::Result<Buffer> buffer = device.make_host_buffer(bytes, true, "capture");
  if (!buffer) return buffer.error();
  capture.buffer_ = std::move(*buffer);
  return capture;
}

void Capture::record(VkCommandBuffer commands, VkImage image) const {
  record_barrier(commands, {.image = image,
                            .from = VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL,
                            .to = VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL,
                            .after_stage = VK_PIPELINE_STAGE_2_COLOR_ATTACHMENT_OUTPUT_BIT,
                            .before_stage = VK_PIPELINE_STAGE_2_COPY_BIT,
                            .after_access = VK_ACCESS_2_COLOR_ATTACHMENT_WRITE_BIT,
                            .before_access = VK_ACCESS_2_TRANSFER_READ_BIT});
  VkBufferImageCopy region{};
  region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
  region.imageExtent = {extent_.width, extent_.height, 1};
  vkCmdCopyImageToBuffer(commands, image, VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, buffer_.get(), 1, &region);

  VkBufferMemoryBarrier2 to_host{.sType = VK_STRUCTURE_TYPE_BUFFER_MEMORY_BARRIER_2};
  to_host.srcStageMask = VK_PIPELINE_STAGE_2_COPY_BIT;
  to_host.srcAccessMask = VK_ACCESS_2_TRANSFER_WRITE_BIT;
  to_host.dstStageMask = VK_PIPELINE_STAGE_2_HOST_BIT;
  to_host.dstAccessMask = VK_ACCESS_2_HOST_READ_BIT;
  to_host.srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
  to_host.dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
  to_host.buffer = buffer_.get();
  to_host.size = VK_WHOLE_SIZE;
  VkDependencyInfo info{.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO};
  info.bufferMemoryBarrierCount = 1;
  info.pBufferMemoryBarriers = &to_host;
  vkCmdPipelineBarrier2(commands, &info);
}

core::Image Capture::read() const {
  vmaInvalidateAllocation(device_->allocator(), buffer_.memory(), 0, VK_WHOLE_SIZE);
  core::Image image;
  image.width = static_cast<int>(extent_.width);
  image.height = static_cast<int>(extent_.height);
  const std::size_t pixels = std::size_t{extent_.width} * extent_.height;
  image.pixels.resize(pixels * 3);
  const auto* const bytes = static_cast<const std::uint8_t*>(device_->mapped(buffer_));
  const std::size_t red = blue_first_ ? 2 : 0, blue = blue_first_ ? 0 : 2;
  for (std::size_t i = 0; i < pixels; ++i) {
    image.pixels[3 * i] = bytes[4 * i + red];
    image.pixels[3 * i + 1] = bytes[4 * i + 1];
    image.pixels[3 * i + 2] = bytes[4 * i + blue];
  }
  return image;
}

}  // namespace skyline::renderer::vulkan
