// Vulkan for the files of this folder: volk's function pointers, the memory allocator, objects that destroy themselves, results as errors.
#pragma once

#include "core/result.h"

#include <vk_mem_alloc.h>
#include <volk.h>

#include <string_view>
#include <utility>

namespace skyline::renderer::vulkan {

// "VK_ERROR_DEVICE_LOST" and the like; the number of results that have no name here.
std::string result_name(VkResult result);

// An error that names the call that failed.
core::Error vulkan_error(std::string_view call, VkResult result);

// One object of a device. Destroy points to volk's pointer to the function that destroys it.
template <class T, auto* Destroy>
class Owned {
 public:
  Owned() = default;
  Owned(VkDevice device, T object) : device_(device), object_(object) {}
  ~Owned() { reset(); }
  Owned(Owned&& other) noexcept : device_(other.device_), object_(std::exchange(other.object_, T{})) {}
  Owned& operator=(Owned&& other) noexcept {
    std::swap(device_, other.device_);
    std::swap(object_, other.object_);
    return *this;
  }
  T get() const { return object_; }
  explicit operator bool() const { return object_ != T{}; }
  void reset() {
    if (object_ != T{}) (*Destroy)(device_, object_, nullptr);
    object_ = T{};
  }

 private:
  VkDevice device_ = VK_NULL_HANDLE;
  T object_{};
};

using Fence = Owned<VkFence, &vkDestroyFence>;
using Semaphore = Owned<VkSemaphore, &vkDestroySemaphore>;
using CommandPool = Owned<VkCommandPool, &vkDestroyCommandPool>;
using ImageView = Owned<VkImageView, &vkDestroyImageView>;

// Memory and the buffer or image in it.
template <class T, auto* Destroy>
class Allocated {
 public:
  Allocated() = default;
  Allocated(VmaAllocator allocator, T object, VmaAllocation memory) : allocator_(allocator), object_(object), memory_(memory) {}
  ~Allocated() { reset(); }
  Allocated(Allocated&& other) noexcept
      : allocator_(other.allocator_), object_(std::exchange(other.object_, T{})), memory_(std::exchange(other.memory_, nullptr)) {}
  Allocated& operator=(Allocated&& other) noexcept {
    std::swap(allocator_, other.allocator_);
    std::swap(object_, other.object_);
    std::swap(memory_, other.memory_);
    return *this;
  }
  T get() const { return object_; }
  VmaAllocation memory() const { return memory_; }
  explicit operator bool() const { return object_ != T{}; }
  void reset() {
    if (object_ != T{}) Destroy(allocator_, object_, memory_);
    object_ = T{};
  }

 private:
  VmaAllocator allocator_ = nullptr;
  T object_{};
  VmaAllocation memory_ = nullptr;
};

using Buffer = Allocated<VkBuffer, &vmaDestroyBuffer>;
using DeviceImage = Allocated<VkImage, &vmaDestroyImage>;

}  // namespace skyline::renderer::vulkan
