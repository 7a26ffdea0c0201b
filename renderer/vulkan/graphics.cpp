#include "renderer/vulkan/graphics.h"

#include "renderer/vulkan/theme.h"

#include <limits>
#include <optional>

namespace skyline::renderer::vulkan {
namespace {

// A frame that was not shown in this time (nanoseconds) is no longer waited for: the window may be hidden.
constexpr std::uint64_t kLongestPresentWait = 100'000'000;

}  // namespace

core::Result<std::unique_ptr<Graphics>> Graphics::create(const Instance& instance, VkSurfaceKHR surface, const Window& window,
                                                         const std::string& wanted_device, Gui& gui, TextureStore& textures) {
  std::unique_ptr<Graphics> graphics(new Graphics(instance, surface, window, gui, textures));
  if (core::Status made = graphics->make_device(wanted_device); !made) return made.error();
  core::Result<std::unique_ptr<Swapchain>> swapchain = Swapchain::create(*graphics->device_, surface, window.pixels(), nullptr);
  if (!swapchain) return swapchain.error();
  graphics->swapchain_ = std::move(*swapchain);
  core::Result<std::unique_ptr<FrameRing>> frames = FrameRing::create(*graphics->device_);
  if (!frames) return frames.error();
  graphics->frames_ = std::move(*frames);
  gui.attach(instance, *graphics->device_, *graphics->swapchain_);
  core::Result<std::unique_ptr<PicturePipeline>> pictures = PicturePipeline::create(*graphics->device_, graphics->swapchain_->format());
  if (!pictures) return pictures.error();
  graphics->pictures_ = std::move(*pictures);
  textures.attach(*graphics->device_, *graphics->frames_, *graphics->pictures_, *graphics->swapchain_);
  return graphics;
}

core::Status Graphics::make_device(const std::string& wanted) {
  const std::vector<DeviceCandidate> candidates = instance_.candidates(surface_);
  const core::Result<DeviceChoice> choice = pick_device(candidates, wanted);
  if (!choice) return choice.error();
  const DeviceCandidate& chosen = candidates[choice->index];
  report_ = {chosen.name, chosen.driver, std::string(kind_name(chosen.kind)), choice->reason};
  core::Result<std::unique_ptr<Device>> device = Device::create(instance_, instance_.devices()[choice->index], chosen);
  if (!device) return device.error();
  device_ = std::move(*device);
  return {};
}

Graphics::~Graphics() {
  if (device_) device_->wait_idle();
  textures_.detach();
  frames_.reset();  // retired pictures give their descriptor sets back to Dear ImGui's pool
  gui_.detach();
}

VkResult Graphics::wait() {
  if (const VkResult result = frames_->wait_for_former(); result != VK_SUCCESS) return result;
  if (device_->present_wait() && presented_ > 0 && !stale_) {
    const VkResult result = vkWaitForPresentKHR(device_->handle(), swapchain_->handle(), presented_, kLongestPresentWait);
    if (result == VK_ERROR_DEVICE_LOST) return result;
  }
  return VK_SUCCESS;
}

VkResult Graphics::renew_swapchain() {
  const VkExtent2D pixels = window_.pixels();
  if (pixels.width == 0 || pixels.height == 0) return VK_NOT_READY;
  device_->wait_idle();
  core::Result<std::unique_ptr<Swapchain>> made = Swapchain::create(*device_, surface_, pixels, swapchain_.get());
  if (!made) return VK_NOT_READY;
  swapchain_ = std::move(*made);
  presented_ = 0;
  stale_ = false;
  return VK_SUCCESS;
}

VkResult Graphics::acquire() {
  const VkExtent2D pixels = window_.pixels();
  if (pixels.width == 0 || pixels.height == 0) return VK_NOT_READY;
  stale_ = stale_ || pixels.width != swapchain_->extent().width || pixels.height != swapchain_->extent().height;
  constexpr int kAttempts = 3;  // the window may change its size again while the swapchain is made
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (stale_) {
      if (const VkResult renewed = renew_swapchain(); renewed != VK_SUCCESS) return renewed;
    }
    const VkResult result = vkAcquireNextImageKHR(device_->handle(), swapchain_->handle(), std::numeric_limits<std::uint64_t>::max(),
                                                  frames_->acquired(), VK_NULL_HANDLE, &image_);
    if (result == VK_SUCCESS) return result;
    stale_ = true;
    if (result == VK_SUBOPTIMAL_KHR) return VK_SUCCESS;  // shown once more, then renewed
    if (result != VK_ERROR_OUT_OF_DATE_KHR) return result;
  }
  return VK_NOT_READY;
}

void Graphics::record(VkCommandBuffer commands, const Capture* capture) {
  textures_.record(commands);
  const VkImage image = swapchain_->image(image_);
  record_barrier(commands, {.image = image,
                            .from = VK_IMAGE_LAYOUT_UNDEFINED,
                            .to = VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL,
                            .after_stage = VK_PIPELINE_STAGE_2_COLOR_ATTACHMENT_OUTPUT_BIT,
                            .before_stage = VK_PIPELINE_STAGE_2_COLOR_ATTACHMENT_OUTPUT_BIT,
                            .after_access = 0,
                            .before_access = VK_ACCESS_2_COLOR_ATTACHMENT_WRITE_BIT | VK_ACCESS_2_COLOR_ATTACHMENT_READ_BIT});
  const FrameTarget target{image, swapchain_->view(image_), swapchain_->extent()};
  const Colour& ground = palette().ground;
  const VkClearColorValue clear{.float32 = {ground.r, ground.g, ground.b, 1}};
  textures_.draw_to(target);
  begin_rendering(commands, target, &clear);
  gui_.draw(commands);
  vkCmdEndRendering(commands);

  if (capture != nullptr) capture->record(commands, image);
  const bool copied = capture != nullptr;
  record_barrier(commands, {.image = image,
                            .from = copied ? VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL : VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL,
                            .to = VK_IMAGE_LAYOUT_PRESENT_SRC_KHR,
                            .after_stage = copied ? VK_PIPELINE_STAGE_2_COPY_BIT : VK_PIPELINE_STAGE_2_COLOR_ATTACHMENT_OUTPUT_BIT,
                            .before_stage = VK_PIPELINE_STAGE_2_NONE,
                            .after_access = copied ? VkAccessFlags2{0} : VK_ACCESS_2_COLOR_ATTACHMENT_WRITE_BIT,
                            .before_access = 0});
}

VkResult Graphics::present() {
  const std::uint64_t identifier = ++presented_;
  const VkPresentIdKHR id{.sType = VK_STRUCTURE_TYPE_PRESENT_ID_KHR, .pNext = nullptr, .swapchainCount = 1, .pPresentIds = &identifier};
  const VkSemaphore rendered = swapchain_->rendered(image_);
  const VkSwapchainKHR swapchain = swapchain_->handle();
  VkPresentInfoKHR info{.sType = VK_STRUCTURE_TYPE_PRESENT_INFO_KHR};
  if (device_->present_wait()) info.pNext = &id;
  info.waitSemaphoreCount = 1;
  info.pWaitSemaphores = &rendered;
  info.swapchainCount = 1;
  info.pSwapchains = &swapchain;
  info.pImageIndices = &image_;
  const VkResult result = vkQueuePresentKHR(device_->queue(), &info);
  if (result == VK_SUBOPTIMAL_KHR || result == VK_ERROR_OUT_OF_DATE_KHR) {
    stale_ = true;
    return VK_SUCCESS;
  }
  return result;
}

VkResult Graphics::draw(const Taken& taken) {
  std::optional<Capture> capture;
  if (taken) {
    core::Result<Capture> made = Capture::create(*device_, *swapchain_);
    if (made)
      capture = std::move(*made);
    else
      taken(made.error());
  }
  record(frames_->begin(), capture ? &*capture : nullptr);
  if (const VkResult result = frames_->submit(swapchain_->rendered(image_)); result != VK_SUCCESS) {
    if (capture) taken(vulkan_error("vkQueueSubmit2", result));
    return result;
  }
  const VkResult result = present();
  if (capture) {
    const VkResult done = frames_->wait_for_former();
    if (done == VK_SUCCESS)
      taken(capture->read());
    else
      taken(vulkan_error("vkWaitForFences", done));
  }
  return result;
}

}  // namespace skyline::renderer::vulkan
