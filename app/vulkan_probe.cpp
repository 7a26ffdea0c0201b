#include "app/vulkan_probe.h"

#include <dlfcn.h>

#include <array>
#include <cstddef>
#include <memory>

namespace skyline::app {
namespace {

// The few declarations of the Vulkan 1.0 interface (registry of the specification) that counting devices takes; its headers are the
// window's.
using Instance = struct InstanceHandle*;
using PhysicalDevice = struct PhysicalDeviceHandle*;

struct InstanceCreateInfo {
  int type = 1;  // VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO
  const void* next = nullptr;
  std::uint32_t flags = 0;
  const void* application = nullptr;
  std::uint32_t layer_count = 0;
  const char* const* layers = nullptr;
  std::uint32_t extension_count = 0;
  const char* const* extensions = nullptr;
};

struct PhysicalDeviceProperties {
  std::uint32_t api_version = 0, driver_version = 0, vendor = 0, device = 0;
  std::uint32_t kind = 0;
  std::array<char, 256> name{};
  std::array<std::byte, 4096> rest{};  // identifiers and limits, 548 bytes in the specification
};

using CreateInstance = int (*)(const InstanceCreateInfo*, const void*, Instance*);
using DestroyInstance = void (*)(Instance, const void*);
using EnumerateDevices = int (*)(Instance, std::uint32_t*, PhysicalDevice*);
using GetProperties = void (*)(PhysicalDevice, PhysicalDeviceProperties*);

constexpr std::array kKinds = {"other", "integrated", "discrete", "virtual", "software"};

struct LibraryCloser {
  void operator()(void* library) const { dlclose(library); }
};

core::Error failure(std::string where, std::string advice) { return {"Vulkan finds no device", std::move(where), std::move(advice)}; }

}  // namespace

core::Result<std::vector<VulkanDevice>> probe_vulkan() {
  const std::unique_ptr<void, LibraryCloser> library(dlopen("libvulkan.so.1", RTLD_NOW | RTLD_LOCAL));
  if (!library) return failure("no Vulkan loader (libvulkan.so.1) is installed", "install the package libvulkan1");
  const auto create = reinterpret_cast<CreateInstance>(dlsym(library.get(), "vkCreateInstance"));
  const auto destroy = reinterpret_cast<DestroyInstance>(dlsym(library.get(), "vkDestroyInstance"));
  const auto enumerate = reinterpret_cast<EnumerateDevices>(dlsym(library.get(), "vkEnumeratePhysicalDevices"));
  const auto properties_of = reinterpret_cast<GetProperties>(dlsym(library.get(), "vkGetPhysicalDeviceProperties"));
  Instance instance = nullptr;
  const InstanceCreateInfo info;
  const bool whole = create != nullptr && destroy != nullptr && enumerate != nullptr && properties_of != nullptr;
  if (!whole || create(&info, nullptr, &instance) != 0) {
    return failure("no Vulkan driver is installed", "install the package mesa-vulkan-drivers, which holds one in software");
  }
  std::uint32_t count = 0;
  enumerate(instance, &count, nullptr);
  std::vector<PhysicalDevice> handles(count);
  enumerate(instance, &count, handles.data());
  std::vector<VulkanDevice> devices;
  for (const PhysicalDevice handle : handles) {
    PhysicalDeviceProperties properties;
    properties_of(handle, &properties);
    properties.name.back() = '\0';
    devices.push_back({properties.name.data(), properties.kind < kKinds.size() ? kKinds[properties.kind] : kKinds[0],
                       properties.api_version >> 22U, (properties.api_version >> 12U) & 0x3ffU});
  }
  destroy(instance, nullptr);
  return devices;
}

}  // namespace skyline::app
