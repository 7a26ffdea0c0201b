#include "renderer/vulkan/frame_ring.h"

#include <limits>
#include <string>

namespace skyline::renderer::vulkan {

core::Result<std::unique_ptr<FrameRing>> FrameRing::create(const Device& device) {
  std::unique_ptr<FrameRing> ring(new FrameRing(device));
  for (int i = 0; i < kFrames; ++i) {
    if (core::Status made = ring->make_frame(ring->frames_[static_cast<std::size_t>(i)], i); !made) return made.error();
  }
  return ring;
}

FrameRing::~FrameRing() { device_.wait_idle(); }

core::Status FrameRing::make_frame(Frame& frame, int number) {
  const std::string name = "frame " + std::to_string(number);
  const VkCommandPoolCreateInfo pool_info{.sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO,
                                          .pNext = nullptr,
                                          .flags = VK_COMMAND_POOL_CREATE_TRANSIENT_BIT,
                                          .queueFamilyIndex = device_.queue_family()};
  VkCommandPool pool = VK_NULL_HANDLE;
  if (const VkResult result = vkCreateCommandPool(device_.handle(), &pool_info, nullptr, &pool); result != VK_SUCCESS) {
    return vulkan_error("vkCreateCommandPool", result);
  }
  frame.pool = CommandPool(device_.handle(), pool);
  const VkCommandBufferAllocateInfo commands_info{.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO,
                                                  .pNext = nullptr,
                                                  .commandPool = pool,
                                                  .level = VK_COMMAND_BUFFER_LEVEL_PRIMARY,
                                                  .commandBufferCount = 1};
  if (const VkResult result = vkAllocateCommandBuffers(device_.handle(), &commands_info, &frame.commands); result != VK_SUCCESS) {
    return vulkan_error("vkAllocateCommandBuffers", result);
  }
  const VkFenceCreateInfo fence_info{.sType = VK_STRUCTURE_TYPE_FENCE_CREATE_INFO, .pNext = nullptr, .flags = VK_FENCE_CREATE_SIGNALED_BIT};
  VkFence fence = VK_NULL_HANDLE;
  if (const VkResult result = vkCreateFence(device_.handle(), &fence_info, nullptr, &fence); result != VK_SUCCESS) {
    return vulkan_error("vkCreateFence", result);
  }
  frame.done = Fence(device_.handle(), fence);
  frame.acquired = device_.make_semaphore(name + " acquired");
  device_.name(pool, VK_OBJECT_TYPE_COMMAND_POOL, name + " commands");
  device_.name(frame.commands, VK_OBJECT_TYPE_COMMAND_BUFFER, name + " commands");
  device_.name(fence, VK_OBJECT_TYPE_FENCE, name + " done");
  return {};
}

VkResult FrameRing::wait_for_former() {
  Frame& former = frames_[static_cast<std::size_t>(current_ ^ 1)];
  const VkFence fence = former.done.get();
  const VkResult result = vkWaitForFences(device_.handle(), 1, &fence, VK_TRUE, std::numeric_limits<std::uint64_t>::max());
  if (result != VK_SUCCESS) return result;
  former.retired.clear();
  queued_ = 0;
  return VK_SUCCESS;
}

VkCommandBuffer FrameRing::begin() {
  Frame& frame = frames_[static_cast<std::size_t>(current_)];
  vkResetCommandPool(device_.handle(), frame.pool.get(), 0);
  const VkCommandBufferBeginInfo info{.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO,
                                      .pNext = nullptr,
                                      .flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT,
                                      .pInheritanceInfo = nullptr};
  vkBeginCommandBuffer(frame.commands, &info);
  return frame.commands;
}

VkResult FrameRing::submit(VkSemaphore rendered) {
  Frame& frame = frames_[static_cast<std::size_t>(current_)];
  if (const VkResult result = vkEndCommandBuffer(frame.commands); result != VK_SUCCESS) return result;
  VkSemaphoreSubmitInfo wait{.sType = VK_STRUCTURE_TYPE_SEMAPHORE_SUBMIT_INFO};
  wait.semaphore = frame.acquired.get();
  wait.stageMask = VK_PIPELINE_STAGE_2_COLOR_ATTACHMENT_OUTPUT_BIT;
  VkSemaphoreSubmitInfo signal{.sType = VK_STRUCTURE_TYPE_SEMAPHORE_SUBMIT_INFO};
  signal.semaphore = rendered;
  signal.stageMask = VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT;
  VkCommandBufferSubmitInfo commands{.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_SUBMIT_INFO};
  commands.commandBuffer = frame.commands;
  VkSubmitInfo2 info{.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO_2};
  info.waitSemaphoreInfoCount = 1;
  info.pWaitSemaphoreInfos = &wait;
  info.commandBufferInfoCount = 1;
  info.pCommandBufferInfos = &commands;
  info.signalSemaphoreInfoCount = 1;
  info.pSignalSemaphoreInfos = &signal;
  const VkFence fence = frame.done.get();
  vkResetFences(device_.handle(), 1, &fence);
  const VkResult result = vkQueueSubmit2(device_.queue(), 1, &info, fence);
  if (result != VK_SUCCESS) return result;
  current_ ^= 1;
  ++queued_;
  return VK_SUCCESS;
}

void FrameRing::forget_acquired() {
  device_.wait_idle();
  frames_[static_cast<std::size_t>(current_)].acquired = device_.make_semaphore("frame acquired");
}

}  // namespace skyline::renderer::vulkan
