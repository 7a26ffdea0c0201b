// Dear ImGui and ImPlot over the window and the device: contexts, typefaces, theme, scale, the kept layout.
#pragma once

#include "renderer/vulkan/device.h"
#include "renderer/vulkan/swapchain.h"
#include "renderer/vulkan/window.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace skyline::renderer::vulkan {

class Gui {
 public:
  // `scale` 0: the monitor's.
  Gui(const Window& window, bool dark, double scale, std::filesystem::path layout_file);
  ~Gui();
  Gui(const Gui&) = delete;
  Gui& operator=(const Gui&) = delete;

  // The device's part; it goes with the device and comes back with the next one.
  void attach(const Instance& instance, const Device& device, const Swapchain& swapchain);
  void detach();

  void begin_frame();
  void end_frame();                                                   // what is to be drawn stands fast
  void draw(VkCommandBuffer commands);                                // inside of rendering
  void set_theme(bool dark) { dark_ = dark, style_changed_ = true; }  // with the next frame
  void set_scale(double scale);
  double scale() const { return scale_; }
  const std::vector<std::string>& notices() const { return notices_; }

 private:
  void keep_layout();

  const Window& window_;
  bool dark_, style_changed_ = true, attached_ = false;
  double scale_;
  bool follow_monitor_;
  std::filesystem::path layout_file_;
  std::vector<std::string> notices_;
};

}  // namespace skyline::renderer::vulkan
