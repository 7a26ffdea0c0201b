// All that lies on the device: what is made at the start, and made anew when the device is lost.
#pragma once

#include "renderer/vulkan/capture.h"
#include "renderer/vulkan/frame_ring.h"
#include "renderer/vulkan/gui.h"
#include "renderer/vulkan/shell.h"
#include "renderer/vulkan/texture.h"

#include <memory>

namespace skyline::renderer::vulkan {

// One frame goes begin (waits, acquires) -> draw (records, submits, presents). Results below zero are failures of the driver.
class Graphics {
 public:
  static core::Result<std::unique_ptr<Graphics>> create(const Instance& instance, VkSurfaceKHR surface, const Window& window,
                                                        const std::string& wanted_device, Gui& gui, TextureStore& textures);
  ~Graphics();
  Graphics(const Graphics&) = delete;
  Graphics& operator=(const Graphics&) = delete;

  const DeviceReport& report() const { return report_; }
  int queued() const { return frames_->queued(); }

  // Waits for the former frame: its input is shown, the next one may be read.
  VkResult wait();
  // An image to draw into; VK_NOT_READY while the window has none.
  VkResult acquire();
  using Taken = std::function<void(core::Result<core::Image>)>;
  VkResult draw(const Taken& taken);

 private:
  Graphics(const Instance& instance, VkSurfaceKHR surface, const Window& window, Gui& gui, TextureStore& textures)
      : instance_(instance), surface_(surface), window_(window), gui_(gui), textures_(textures) {}
  core::Status make_device(const std::string& wanted);
  VkResult renew_swapchain();
  void record(VkCommandBuffer commands, const Capture* capture);
  VkResult present();

  const Instance& instance_;
  VkSurfaceKHR surface_;
  const Window& window_;
  Gui& gui_;
  TextureStore& textures_;
  DeviceReport report_;
  std::unique_ptr<Device> device_;
  std::unique_ptr<Swapchain> swapchain_;
  std::unique_ptr<PicturePipeline> pictures_;
  std::unique_ptr<FrameRing> frames_;
  std::uint32_t image_ = 0;
  bool stale_ = false;           // the swapchain no longer fits the window
  std::uint64_t presented_ = 0;  // identifiers of presented frames, for waiting
};

}  // namespace skyline::renderer::vulkan
