// The Vulkan instance: loader, layers, the messages of the validation layers, and what the devices of the machine offer.
#pragma once

#include "renderer/vulkan/device_picker.h"
#include "renderer/vulkan/vulkan.h"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace skyline::renderer::vulkan {

class Instance {
 public:
  // `extensions`: what the windowing system needs. Errors: no loader, no driver, a loader older than 1.3.
  static core::Result<std::unique_ptr<Instance>> create(const std::vector<const char*>& extensions, bool validation);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  VkInstance handle() const { return instance_; }
  bool validation() const { return validation_; }  // asked for and installed
  int messages() const { return messages_.load(); }

  const std::vector<VkPhysicalDevice>& devices() const { return devices_; }
  // What each device offers, in their order; families are judged for `surface` (none: for drawing alone).
  std::vector<DeviceCandidate> candidates(VkSurfaceKHR surface) const;

 private:
  Instance() = default;
  static VKAPI_ATTR VkBool32 VKAPI_CALL hear(VkDebugUtilsMessageSeverityFlagBitsEXT severity, VkDebugUtilsMessageTypeFlagsEXT types,
                                             const VkDebugUtilsMessengerCallbackDataEXT* data, void* self);
  core::Status find_devices();

  VkInstance instance_ = VK_NULL_HANDLE;
  VkDebugUtilsMessengerEXT messenger_ = VK_NULL_HANDLE;
  bool validation_ = false;
  std::atomic<int> messages_ = 0;
  std::vector<VkPhysicalDevice> devices_;
};

}  // namespace skyline::renderer::vulkan
