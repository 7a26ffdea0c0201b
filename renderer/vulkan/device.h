// The logical device with its one queue and memory allocator.
#pragma once

#include "renderer/vulkan/instance.h"
#include "renderer/vulkan/vulkan.h"

#include <memory>
#include <string>

namespace skyline::renderer::vulkan {

class Device {
 public:
  static core::Result<std::unique_ptr<Device>> create(const Instance& instance, VkPhysicalDevice physical,
                                                      const DeviceCandidate& candidate);
  ~Device();
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  VkDevice handle() const { return device_; }
  VkPhysicalDevice physical() const { return physical_; }
  VkQueue queue() const { return queue_; }
  std::uint32_t queue_family() const { return family_; }
  VmaAllocator allocator() const { return allocator_; }
  bool software() const { return software_; }
  // Presenting can be waited for (VK_KHR_present_wait).
  bool present_wait() const { return present_wait_; }

  template <class T>
  void name(T object, VkObjectType type, const std::string& text) const {
    name_object(reinterpret_cast<std::uint64_t>(object), type, text);
  }

  // Host memory that the device reads from (writes in order) or writes to (`read_back`); always mapped.
  core::Result<Buffer> make_host_buffer(VkDeviceSize bytes, bool read_back, const std::string& name) const;
  void* mapped(const Buffer& buffer) const;
  Semaphore make_semaphore(const std::string& name) const;

  void wait_idle() const { vkDeviceWaitIdle(device_); }

 private:
  Device() = default;
  void name_object(std::uint64_t object, VkObjectType type, const std::string& text) const;
  core::Status make_allocator(const Instance& instance);

  VkDevice device_ = VK_NULL_HANDLE;
  VkPhysicalDevice physical_ = VK_NULL_HANDLE;
  VkQueue queue_ = VK_NULL_HANDLE;
  std::uint32_t family_ = 0;
  VmaAllocator allocator_ = nullptr;
  bool software_ = false, present_wait_ = false;
};

// One barrier of a whole colour image.
struct ImageBarrier {
  VkImage image = VK_NULL_HANDLE;
  VkImageLayout from = VK_IMAGE_LAYOUT_UNDEFINED, to = VK_IMAGE_LAYOUT_UNDEFINED;
  VkPipelineStageFlags2 after_stage = 0, before_stage = 0;
  VkAccessFlags2 after_access = 0, before_access = 0;
};
void record_barrier(VkCommandBuffer commands, const ImageBarrier& barrier);

}  // namespace skyline::renderer::vulkan
