#include "renderer/vulkan/device.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace skyline::renderer::vulkan {
namespace {

bool has_extension(const std::vector<VkExtensionProperties>& extensions, const char* wanted) {
  return std::ranges::any_of(extensions,
                             [&](const VkExtensionProperties& extension) { return std::strcmp(extension.extensionName, wanted) == 0; });
}

std::vector<VkExtensionProperties> extensions_of(VkPhysicalDevice device) {
  std::uint32_t count = 0;
  vkEnumerateDeviceExtensionProperties(device, nullptr, &count, nullptr);
  std::vector<VkExtensionProperties> extensions(count);
  vkEnumerateDeviceExtensionProperties(device, nullptr, &count, extensions.data());
  return extensions;
}

}  // namespace

core::Result<std::unique_ptr<Device>> Device::create(const Instance& instance, VkPhysicalDevice physical,
                                                     const DeviceCandidate& candidate) {
  std::unique_ptr<Device> device(new Device);
  device->physical_ = physical;
  device->family_ = *candidate.queue_family;
  device->software_ = candidate.kind == DeviceKind::kSoftware;

  VkPhysicalDevicePresentWaitFeaturesKHR wait{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PRESENT_WAIT_FEATURES_KHR};
  VkPhysicalDevicePresentIdFeaturesKHR id{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PRESENT_ID_FEATURES_KHR, .pNext = &wait};
  VkPhysicalDeviceVulkan13Features features{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_FEATURES};
  features.dynamicRendering = VK_TRUE;
  features.synchronization2 = VK_TRUE;

  const std::vector<VkExtensionProperties> offered = extensions_of(physical);
  std::vector<const char*> wanted = {VK_KHR_SWAPCHAIN_EXTENSION_NAME};
  if (has_extension(offered, VK_KHR_PRESENT_ID_EXTENSION_NAME) && has_extension(offered, VK_KHR_PRESENT_WAIT_EXTENSION_NAME)) {
    VkPhysicalDeviceFeatures2 all{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2, .pNext = &id, .features = {}};
    vkGetPhysicalDeviceFeatures2(physical, &all);
    device->present_wait_ = wait.presentWait == VK_TRUE && id.presentId == VK_TRUE && !device->software_;
  }
  if (device->present_wait_) {
    wanted.push_back(VK_KHR_PRESENT_ID_EXTENSION_NAME);
    wanted.push_back(VK_KHR_PRESENT_WAIT_EXTENSION_NAME);
    features.pNext = &id;
  }

  const float priority = 1;
  const VkDeviceQueueCreateInfo queue{.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO,
                                      .pNext = nullptr,
                                      .flags = 0,
                                      .queueFamilyIndex = device->family_,
                                      .queueCount = 1,
                                      .pQueuePriorities = &priority};
  const VkDeviceCreateInfo info{.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO,
                                .pNext = &features,
                                .flags = 0,
                                .queueCreateInfoCount = 1,
                                .pQueueCreateInfos = &queue,
                                .enabledLayerCount = 0,
                                .ppEnabledLayerNames = nullptr,
                                .enabledExtensionCount = static_cast<std::uint32_t>(wanted.size()),
                                .ppEnabledExtensionNames = wanted.data(),
                                .pEnabledFeatures = nullptr};
  if (const VkResult result = vkCreateDevice(physical, &info, nullptr, &device->device_); result != VK_SUCCESS) {
    return vulkan_error("vkCreateDevice", result);
  }
  volkLoadDevice(device->device_);
  vkGetDeviceQueue(device->device_, device->family_, 0, &device->queue_);
  device->name(device->device_, VK_OBJECT_TYPE_DEVICE, "device");
  device->name(device->queue_, VK_OBJECT_TYPE_QUEUE, "queue");
  if (core::Status made = device->make_allocator(instance); !made) return made.error();
  return device;
}

core::Status Device::make_allocator(const Instance& instance) {
  VmaVulkanFunctions functions{};
  functions.vkGetInstanceProcAddr = vkGetInstanceProcAddr;
  functions.vkGetDeviceProcAddr = vkGetDeviceProcAddr;
  VmaAllocatorCreateInfo info{};
  info.physicalDevice = physical_;
  info.device = device_;
  info.instance = instance.handle();
  info.pVulkanFunctions = &functions;
  info.vulkanApiVersion = VK_API_VERSION_1_3;
  const VkResult result = vmaCreateAllocator(&info, &allocator_);
  return result == VK_SUCCESS ? core::Status() : vulkan_error("vmaCreateAllocator", result);
}

Device::~Device() {
  if (device_ == VK_NULL_HANDLE) return;
  vkDeviceWaitIdle(device_);
  if (allocator_ != nullptr) vmaDestroyAllocator(allocator_);
  vkDestroyDevice(device_, nullptr);
}

void Device::name_object(std::uint64_t object, VkObjectType type, const std::string& text) const {
  if (vkSetDebugUtilsObjectNameEXT == nullptr) return;
  const VkDebugUtilsObjectNameInfoEXT info{.sType = VK_STRUCTURE_TYPE_DEBUG_UTILS_OBJECT_NAME_INFO_EXT,
                                           .pNext = nullptr,
                                           .objectType = type,
                                           .objectHandle = object,
                                           .pObjectName = text.c_str()};
  vkSetDebugUtilsObjectNameEXT(device_, &info);
}

core::Result<Buffer> Device::make_host_buffer(VkDeviceSize bytes, bool read_back, const std::string& name) const {
  VkBufferCreateInfo info{.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO};
  info.size = bytes;
  info.usage = static_cast<VkBufferUsageFlags>(read_back ? VK_BUFFER_USAGE_TRANSFER_DST_BIT : VK_BUFFER_USAGE_TRANSFER_SRC_BIT);
  VmaAllocationCreateInfo where{};
  where.usage = VMA_MEMORY_USAGE_AUTO_PREFER_HOST;
  where.flags = static_cast<VmaAllocationCreateFlags>(
      VMA_ALLOCATION_CREATE_MAPPED_BIT |
      (read_back ? VMA_ALLOCATION_CREATE_HOST_ACCESS_RANDOM_BIT : VMA_ALLOCATION_CREATE_HOST_ACCESS_SEQUENTIAL_WRITE_BIT));
  VkBuffer buffer = VK_NULL_HANDLE;
  VmaAllocation memory = nullptr;
  if (const VkResult result = vmaCreateBuffer(allocator_, &info, &where, &buffer, &memory, nullptr); result != VK_SUCCESS) {
    return vulkan_error("vmaCreateBuffer", result);
  }
  this->name(buffer, VK_OBJECT_TYPE_BUFFER, name);
  return Buffer(allocator_, buffer, memory);
}

void* Device::mapped(const Buffer& buffer) const {
  VmaAllocationInfo info{};
  vmaGetAllocationInfo(allocator_, buffer.memory(), &info);
  return info.pMappedData;
}

Semaphore Device::make_semaphore(const std::string& name) const {
  const VkSemaphoreCreateInfo info{.sType = VK_STRUCTURE_TYPE_SEMAPHORE_CREATE_INFO, .pNext = nullptr, .flags = 0};
  VkSemaphore semaphore = VK_NULL_HANDLE;
  if (vkCreateSemaphore(device_, &info, nullptr, &semaphore) != VK_SUCCESS) return {};
  this->name(semaphore, VK_OBJECT_TYPE_SEMAPHORE, name);
  return {device_, semaphore};
}

void record_barrier(VkCommandBuffer commands, const ImageBarrier& barrier) {
  VkImageMemoryBarrier2 image{.sType = VK_STRUCTURE_TYPE_IMAGE_MEMORY_BARRIER_2};
  image.srcStageMask = barrier.after_stage;
  image.srcAccessMask = barrier.after_access;
  image.dstStageMask = barrier.before_stage;
  image.dstAccessMask = barrier.before_access;
  image.oldLayout = barrier.from;
  image.newLayout = barrier.to;
  image.srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
  image.dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
  image.image = barrier.image;
  image.subresourceRange = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 1, 0, 1};
  VkDependencyInfo info{.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO};
  info.imageMemoryBarrierCount = 1;
  info.pImageMemoryBarriers = &image;
  vkCmdPipelineBarrier2(commands, &info);
}

}  // namespace skyline::renderer::vulkan
