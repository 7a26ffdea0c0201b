// The window itself: GLFW, its events, physical keys, full screen, dropped files.
#pragma once

#include "renderer/vulkan/shell.h"
#include "renderer/vulkan/vulkan.h"

#include <memory>
#include <string>
#include <vector>

struct GLFWwindow;

namespace skyline::renderer::vulkan {

class Window {
 public:
  // Errors: no display, no Vulkan for windows. Extensions that the instance needs: `instance_extensions`.
  static core::Result<std::unique_ptr<Window>> create(const ShellOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  static std::vector<const char*> instance_extensions();
  core::Result<VkSurfaceKHR> make_surface(VkInstance instance) const;
  GLFWwindow* handle() const { return window_; }

  VkExtent2D pixels() const;  // 0 by 0 while minimised
  double monitor_scale() const;
  bool close_requested() const;
  void request_close(bool close);
  std::vector<std::string> take_dropped_files() { return std::exchange(dropped_, {}); }
  void set_title(const std::string& title);
  void set_size(int width, int height);
  void set_full_screen(bool on);
  bool full_screen() const;
  bool focused() const;
  bool key_held(std::string_view key) const;
  void grab_pointer(bool on);
  void show();

 private:
  Window() = default;
  struct Place {
    int x = 0, y = 0, width = 0, height = 0;
  };
  GLFWwindow* window_ = nullptr;
  Place before_full_screen_;
  std::vector<std::string> dropped_;
};

}  // namespace skyline::renderer::vulkan
