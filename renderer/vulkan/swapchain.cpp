#include "renderer/vulkan/swapchain.h"

#include <algorithm>
#include <string>

namespace skyline::renderer::vulkan {
namespace {

std::vector<VkSurfaceFormatKHR> formats_of(VkPhysicalDevice device, VkSurfaceKHR surface) {
  std::uint32_t count = 0;
  vkGetPhysicalDeviceSurfaceFormatsKHR(device, surface, &count, nullptr);
  std::vector<VkSurfaceFormatKHR> formats(count);
  vkGetPhysicalDeviceSurfaceFormatsKHR(device, surface, &count, formats.data());
  return formats;
}

std::vector<VkPresentModeKHR> present_modes_of(VkPhysicalDevice device, VkSurfaceKHR surface) {
  std::uint32_t count = 0;
  vkGetPhysicalDeviceSurfacePresentModesKHR(device, surface, &count, nullptr);
  std::vector<VkPresentModeKHR> modes(count);
  vkGetPhysicalDeviceSurfacePresentModesKHR(device, surface, &count, modes.data());
  return modes;
}

VkExtent2D extent_for(const VkSurfaceCapabilitiesKHR& offered, VkExtent2D window) {
  constexpr std::uint32_t kAnySize = 0xffffffffU;
  if (offered.currentExtent.width != kAnySize) return offered.currentExtent;
  return {std::clamp(window.width, offered.minImageExtent.width, offered.maxImageExtent.width),
          std::clamp(window.height, offered.minImageExtent.height, offered.maxImageExtent.height)};
}

VkCompositeAlphaFlagBitsKHR alpha_for(const VkSurfaceCapabilitiesKHR& offered) {
  return (offered.supportedCompositeAlpha & VK_COMPOSITE_ALPHA_OPAQUE_BIT_KHR) != 0 ? VK_COMPOSITE_ALPHA_OPAQUE_BIT_KHR
                                                                                    : VK_COMPOSITE_ALPHA_INHERIT_BIT_KHR;
}

// Two to draw and show in turn, three where showing at once would block otherwise.
std::uint32_t image_count(const VkSurfaceCapabilitiesKHR& offered, VkPresentModeKHR mode) {
  const std::uint32_t wanted = std::max(offered.minImageCount, mode == VK_PRESENT_MODE_FIFO_KHR ? 2U : 3U);
  return offered.maxImageCount == 0 ? wanted : std::min(wanted, offered.maxImageCount);
}

}  // namespace

VkSurfaceFormatKHR choose_format(const std::vector<VkSurfaceFormatKHR>& offered) {
  for (const VkFormat format : {VK_FORMAT_B8G8R8A8_UNORM, VK_FORMAT_R8G8B8A8_UNORM}) {
    const auto found = std::ranges::find_if(offered, [&](const VkSurfaceFormatKHR& one) {
      return one.format == format && one.colorSpace == VK_COLOR_SPACE_SRGB_NONLINEAR_KHR;
    });
    if (found != offered.end()) return *found;
  }
  return offered.empty() ? VkSurfaceFormatKHR{VK_FORMAT_UNDEFINED, VK_COLOR_SPACE_SRGB_NONLINEAR_KHR} : offered.front();
}

VkPresentModeKHR choose_present_mode(const std::vector<VkPresentModeKHR>& offered, bool software) {
  if (!software) return VK_PRESENT_MODE_FIFO_KHR;
  for (const VkPresentModeKHR mode : {VK_PRESENT_MODE_MAILBOX_KHR, VK_PRESENT_MODE_IMMEDIATE_KHR}) {
    if (std::ranges::find(offered, mode) != offered.end()) return mode;
  }
  return VK_PRESENT_MODE_FIFO_KHR;
}

core::Result<std::unique_ptr<Swapchain>> Swapchain::create(const Device& device, VkSurfaceKHR surface, VkExtent2D window,
                                                           const Swapchain* former) {
  VkSurfaceCapabilitiesKHR offered{};
  if (const VkResult result = vkGetPhysicalDeviceSurfaceCapabilitiesKHR(device.physical(), surface, &offered); result != VK_SUCCESS) {
    return vulkan_error("vkGetPhysicalDeviceSurfaceCapabilitiesKHR", result);
  }
  std::unique_ptr<Swapchain> swapchain(new Swapchain(device));
  const VkSurfaceFormatKHR format = choose_format(formats_of(device.physical(), surface));
  const VkPresentModeKHR mode = choose_present_mode(present_modes_of(device.physical(), surface), device.software());
  swapchain->format_ = format.format;
  swapchain->extent_ = extent_for(offered, window);
  swapchain->readable_ = (offered.supportedUsageFlags & VK_IMAGE_USAGE_TRANSFER_SRC_BIT) != 0;
  swapchain->writable_ = (offered.supportedUsageFlags & VK_IMAGE_USAGE_TRANSFER_DST_BIT) != 0;
  if (swapchain->extent_.width == 0 || swapchain->extent_.height == 0) {
    return core::Error{"the window has no pixels", "minimised", "restore it"};
  }

  VkSwapchainCreateInfoKHR info{.sType = VK_STRUCTURE_TYPE_SWAPCHAIN_CREATE_INFO_KHR};
  info.surface = surface;
  info.minImageCount = image_count(offered, mode);
  info.imageFormat = format.format;
  info.imageColorSpace = format.colorSpace;
  info.imageExtent = swapchain->extent_;
  info.imageArrayLayers = 1;
  info.imageUsage = VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT;
  if (swapchain->readable_) info.imageUsage |= VK_IMAGE_USAGE_TRANSFER_SRC_BIT;
  if (swapchain->writable_) info.imageUsage |= VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  info.imageSharingMode = VK_SHARING_MODE_EXCLUSIVE;
  info.preTransform = offered.currentTransform;
  info.compositeAlpha = alpha_for(offered);
  info.presentMode = mode;
  info.clipped = VK_TRUE;
  info.oldSwapchain = former != nullptr ? former->handle() : VK_NULL_HANDLE;
  if (const VkResult result = vkCreateSwapchainKHR(device.handle(), &info, nullptr, &swapchain->swapchain_); result != VK_SUCCESS) {
    return vulkan_error("vkCreateSwapchainKHR", result);
  }
  device.name(swapchain->swapchain_, VK_OBJECT_TYPE_SWAPCHAIN_KHR, "swapchain");
  if (core::Status made = swapchain->make_images(); !made) return made.error();
  return swapchain;
}

core::Status Swapchain::make_images() {
  std::uint32_t count = 0;
  vkGetSwapchainImagesKHR(device_.handle(), swapchain_, &count, nullptr);
  images_.resize(count);
  vkGetSwapchainImagesKHR(device_.handle(), swapchain_, &count, images_.data());
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string name = "swapchain image " + std::to_string(i);
    device_.name(images_[i], VK_OBJECT_TYPE_IMAGE, name);
    VkImageViewCreateInfo info{.sType = VK_STRUCTURE_TYPE_IMAGE_VIEW_CREATE_INFO};
    info.image = images_[i];
    info.viewType = VK_IMAGE_VIEW_TYPE_2D;
    info.format = format_;
    info.subresourceRange = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 1, 0, 1};
    VkImageView view = VK_NULL_HANDLE;
    if (const VkResult result = vkCreateImageView(device_.handle(), &info, nullptr, &view); result != VK_SUCCESS) {
      return vulkan_error("vkCreateImageView", result);
    }
    device_.name(view, VK_OBJECT_TYPE_IMAGE_VIEW, name + " view");
    views_.emplace_back(device_.handle(), view);
    rendered_.push_back(device_.make_semaphore(name + " rendered"));
  }
  return {};
}

Swapchain::~Swapchain() {
  views_.clear();
  rendered_.clear();
  if (swapchain_ != VK_NULL_HANDLE) vkDestroySwapchainKHR(device_.handle(), swapchain_, nullptr);
}

}  // namespace skyline::renderer::vulkan
