// The images that the window shows.
#pragma once

#include "renderer/vulkan/device.h"

#include <memory>
#include <vector>

namespace skyline::renderer::vulkan {

// The colour format that the surface shows as it is written (display-encoded bytes).
VkSurfaceFormatKHR choose_format(const std::vector<VkSurfaceFormatKHR>& offered);

// Hardware waits for the screen (FIFO). Software shows at once where offered: pacing is ours, and waiting would only cost frames.
VkPresentModeKHR choose_present_mode(const std::vector<VkPresentModeKHR>& offered, bool software);

class Swapchain {
 public:
  // `window`: of the framebuffer in pixels. `former` may be null; it is retired and must be destroyed after.
  static core::Result<std::unique_ptr<Swapchain>> create(const Device& device, VkSurfaceKHR surface, VkExtent2D window,
                                                         const Swapchain* former);
  ~Swapchain();
  Swapchain(const Swapchain&) = delete;
  Swapchain& operator=(const Swapchain&) = delete;

  VkSwapchainKHR handle() const { return swapchain_; }
  VkFormat format() const { return format_; }
  VkExtent2D extent() const { return extent_; }
  std::uint32_t count() const { return static_cast<std::uint32_t>(images_.size()); }
  bool readable() const { return readable_; }  // its images can be copied from
  bool writable() const { return writable_; }  // and to
  bool blue_first() const { return format_ == VK_FORMAT_B8G8R8A8_UNORM || format_ == VK_FORMAT_B8G8R8A8_SRGB; }
  VkImage image(std::uint32_t index) const { return images_[index]; }
  VkImageView view(std::uint32_t index) const { return views_[index].get(); }
  VkSemaphore rendered(std::uint32_t index) const { return rendered_[index].get(); }

 private:
  explicit Swapchain(const Device& device) : device_(device) {}
  core::Status make_images();

  const Device& device_;
  VkSwapchainKHR swapchain_ = VK_NULL_HANDLE;
  VkFormat format_ = VK_FORMAT_UNDEFINED;
  VkExtent2D extent_{};
  bool readable_ = false, writable_ = false;
  std::vector<VkImage> images_;
  std::vector<ImageView> views_;
  std::vector<Semaphore> rendered_;  // one an image: presenting may still wait for it when the next frame is recorded
};

}  // namespace skyline::renderer::vulkan
