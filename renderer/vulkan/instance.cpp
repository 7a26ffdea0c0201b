#include "renderer/vulkan/instance.h"

#include "core/log.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace skyline::renderer::vulkan {
namespace {

constexpr const char* kValidationLayer = "VK_LAYER_KHRONOS_validation";
constexpr std::string_view kWithoutWindow = "or use 'skyline render' to make pictures without a window";

// The software driver takes every core for its rasteriser unless told otherwise; the field's renderer needs them more.
void leave_cores_to_the_renderer() { setenv("LP_NUM_THREADS", "1", 0); }

bool has_layer(const char* wanted) {
  std::uint32_t count = 0;
  vkEnumerateInstanceLayerProperties(&count, nullptr);
  std::vector<VkLayerProperties> layers(count);
  vkEnumerateInstanceLayerProperties(&count, layers.data());
  return std::ranges::any_of(layers, [&](const VkLayerProperties& layer) { return std::strcmp(layer.layerName, wanted) == 0; });
}

bool has_extension(const char* wanted) {
  std::uint32_t count = 0;
  vkEnumerateInstanceExtensionProperties(nullptr, &count, nullptr);
  std::vector<VkExtensionProperties> extensions(count);
  vkEnumerateInstanceExtensionProperties(nullptr, &count, extensions.data());
  return std::ranges::any_of(extensions,
                             [&](const VkExtensionProperties& extension) { return std::strcmp(extension.extensionName, wanted) == 0; });
}

DeviceKind kind_of(VkPhysicalDeviceType type) {
  switch (type) {
    case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU:
      return DeviceKind::kDiscrete;
    case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU:
      return DeviceKind::kIntegrated;
    case VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU:
      return DeviceKind::kVirtual;
    case VK_PHYSICAL_DEVICE_TYPE_CPU:
      return DeviceKind::kSoftware;
    default:
      return DeviceKind::kOther;
  }
}

std::string missing_of(VkPhysicalDevice device, const VkPhysicalDeviceProperties& properties) {
  if (properties.apiVersion < VK_API_VERSION_1_3) return "Vulkan 1.3";
  VkPhysicalDeviceVulkan13Features features{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_FEATURES};
  VkPhysicalDeviceFeatures2 all{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2, .pNext = &features, .features = {}};
  vkGetPhysicalDeviceFeatures2(device, &all);
  if (features.dynamicRendering == VK_FALSE) return "dynamic rendering";
  if (features.synchronization2 == VK_FALSE) return "synchronization2";
  return {};
}

std::uint64_t local_memory(VkPhysicalDevice device) {
  VkPhysicalDeviceMemoryProperties memory;
  vkGetPhysicalDeviceMemoryProperties(device, &memory);
  std::uint64_t largest = 0;
  for (std::uint32_t i = 0; i < memory.memoryHeapCount; ++i) {
    if ((memory.memoryHeaps[i].flags & VK_MEMORY_HEAP_DEVICE_LOCAL_BIT) != 0) largest = std::max(largest, memory.memoryHeaps[i].size);
  }
  return largest;
}

std::optional<std::uint32_t> queue_family_of(VkPhysicalDevice device, VkSurfaceKHR surface) {
  std::uint32_t count = 0;
  vkGetPhysicalDeviceQueueFamilyProperties(device, &count, nullptr);
  std::vector<VkQueueFamilyProperties> families(count);
  vkGetPhysicalDeviceQueueFamilyProperties(device, &count, families.data());
  for (std::uint32_t i = 0; i < count; ++i) {
    if ((families[i].queueFlags & VK_QUEUE_GRAPHICS_BIT) == 0) continue;
    VkBool32 presents = surface == VK_NULL_HANDLE ? VK_TRUE : VK_FALSE;
    if (surface != VK_NULL_HANDLE) vkGetPhysicalDeviceSurfaceSupportKHR(device, i, surface, &presents);
    if (presents == VK_TRUE) return i;
  }
  return std::nullopt;
}

}  // namespace

VkBool32 Instance::hear(VkDebugUtilsMessageSeverityFlagBitsEXT, VkDebugUtilsMessageTypeFlagsEXT,
                        const VkDebugUtilsMessengerCallbackDataEXT* data, void* self) {
  ++static_cast<Instance*>(self)->messages_;
  core::log_warning(fmt::format("Vulkan validation: {}", data->pMessage));
  return VK_FALSE;
}

core::Result<std::unique_ptr<Instance>> Instance::create(const std::vector<const char*>& extensions, bool validation) {
  leave_cores_to_the_renderer();
  if (volkInitialize() != VK_SUCCESS) {
    return core::Error{"no window can be drawn", "the Vulkan loader (libvulkan.so.1) is not installed",
                       fmt::format("install the package libvulkan1, {}", kWithoutWindow)};
  }
  if (volkGetInstanceVersion() < VK_API_VERSION_1_3) {
    return core::Error{"no window can be drawn", "the Vulkan loader is older than 1.3", fmt::format("update it, {}", kWithoutWindow)};
  }
  std::unique_ptr<Instance> instance(new Instance);
  instance->validation_ = validation && has_layer(kValidationLayer);
  if (validation && !instance->validation_) {
    core::log_warning("the Vulkan validation layers are not installed (package vulkan-validationlayers): going on without");
  }
  std::vector<const char*> wanted = extensions;
  const bool names = has_extension(VK_EXT_DEBUG_UTILS_EXTENSION_NAME);
  if (names) wanted.push_back(VK_EXT_DEBUG_UTILS_EXTENSION_NAME);

  const VkDebugUtilsMessengerCreateInfoEXT hearing{
      .sType = VK_STRUCTURE_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT,
      .pNext = nullptr,
      .flags = 0,
      .messageSeverity = VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT | VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT,
      .messageType = VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT | VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT,
      .pfnUserCallback = &Instance::hear,
      .pUserData = instance.get()};
  const VkValidationFeatureEnableEXT checks[] = {VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT};
  const VkValidationFeaturesEXT features{.sType = VK_STRUCTURE_TYPE_VALIDATION_FEATURES_EXT,
                                         .pNext = &hearing,
                                         .enabledValidationFeatureCount = 1,
                                         .pEnabledValidationFeatures = checks,
                                         .disabledValidationFeatureCount = 0,
                                         .pDisabledValidationFeatures = nullptr};
  const VkApplicationInfo application{.sType = VK_STRUCTURE_TYPE_APPLICATION_INFO,
                                      .pNext = nullptr,
                                      .pApplicationName = "Skyline",
                                      .applicationVersion = 1,
                                      .pEngineName = "Skyline",
                                      .engineVersion = 1,
                                      .apiVersion = VK_API_VERSION_1_3};
  const VkInstanceCreateInfo info{.sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO,
                                  .pNext = instance->validation_ ? &features : nullptr,
                                  .flags = 0,
                                  .pApplicationInfo = &application,
                                  .enabledLayerCount = instance->validation_ ? 1U : 0U,
                                  .ppEnabledLayerNames = &kValidationLayer,
                                  .enabledExtensionCount = static_cast<std::uint32_t>(wanted.size()),
                                  .ppEnabledExtensionNames = wanted.data()};
  const VkResult made = vkCreateInstance(&info, nullptr, &instance->instance_);
  if (made == VK_ERROR_INCOMPATIBLE_DRIVER) {
    return core::Error{"no window can be drawn", "no Vulkan driver is installed",
                       fmt::format("install one (the package mesa-vulkan-drivers holds one in software), {}", kWithoutWindow)};
  }
  if (made != VK_SUCCESS) return vulkan_error("vkCreateInstance", made);
  volkLoadInstanceOnly(instance->instance_);
  if (instance->validation_ && names) {
    vkCreateDebugUtilsMessengerEXT(instance->instance_, &hearing, nullptr, &instance->messenger_);
  }
  if (core::Status found = instance->find_devices(); !found) return found.error();
  return instance;
}

Instance::~Instance() {
  if (messenger_ != VK_NULL_HANDLE) vkDestroyDebugUtilsMessengerEXT(instance_, messenger_, nullptr);
  if (instance_ != VK_NULL_HANDLE) vkDestroyInstance(instance_, nullptr);
}

core::Status Instance::find_devices() {
  std::uint32_t count = 0;
  if (const VkResult result = vkEnumeratePhysicalDevices(instance_, &count, nullptr); result != VK_SUCCESS) {
    return vulkan_error("vkEnumeratePhysicalDevices", result);
  }
  devices_.resize(count);
  vkEnumeratePhysicalDevices(instance_, &count, devices_.data());
  devices_.resize(count);
  return {};
}

std::vector<DeviceCandidate> Instance::candidates(VkSurfaceKHR surface) const {
  std::vector<DeviceCandidate> result;
  for (VkPhysicalDevice device : devices_) {
    VkPhysicalDeviceDriverProperties driver{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_DRIVER_PROPERTIES};
    VkPhysicalDeviceProperties2 properties{.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2, .pNext = &driver, .properties = {}};
    vkGetPhysicalDeviceProperties2(device, &properties);
    result.push_back({.name = properties.properties.deviceName,
                      .driver = fmt::format("{} {}", driver.driverName, driver.driverInfo),
                      .kind = kind_of(properties.properties.deviceType),
                      .memory_bytes = local_memory(device),
                      .queue_family = queue_family_of(device, surface),
                      .missing = missing_of(device, properties.properties)});
  }
  return result;
}

}  // namespace skyline::renderer::vulkan
