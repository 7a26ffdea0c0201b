#include "renderer/vulkan/window.h"

#include "renderer/vulkan/key_names.h"

#include <GLFW/glfw3.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace skyline::renderer::vulkan {
namespace {

constexpr int kSmallestWidth = 640, kSmallestHeight = 400;

std::string last_glfw_error() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text != nullptr ? text : "no reason given";
}

Window& window_of(GLFWwindow* handle) { return *static_cast<Window*>(glfwGetWindowUserPointer(handle)); }

}  // namespace

core::Result<std::unique_ptr<Window>> Window::create(const ShellOptions& options) {
  if (glfwInit() != GLFW_TRUE) {
    return core::Error{"no window can be opened", fmt::format("there is no display to open it on ({})", last_glfw_error()),
                       "start it from a desktop or set DISPLAY, or use 'skyline render' to make pictures without a window"};
  }
  std::unique_ptr<Window> window(new Window);
  glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "skyline");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "skyline");
  window->window_ = glfwCreateWindow(std::max(options.width, 1), std::max(options.height, 1), options.title.c_str(), nullptr, nullptr);
  if (window->window_ == nullptr) {
    return core::Error{"no window can be opened", last_glfw_error(), "use 'skyline render' to make pictures without a window"};
  }
  glfwSetWindowSizeLimits(window->window_, std::min(options.width, kSmallestWidth), std::min(options.height, kSmallestHeight),
                          GLFW_DONT_CARE, GLFW_DONT_CARE);
  glfwSetWindowUserPointer(window->window_, window.get());
  glfwSetDropCallback(window->window_, [](GLFWwindow* handle, int count, const char** paths) {
    for (int i = 0; i < count; ++i) window_of(handle).dropped_.emplace_back(paths[i]);
  });
  return window;
}

Window::~Window() {
  if (window_ != nullptr) glfwDestroyWindow(window_);
  glfwTerminate();
}

std::vector<const char*> Window::instance_extensions() {
  std::uint32_t count = 0;
  const char** const names = glfwGetRequiredInstanceExtensions(&count);
  return names == nullptr ? std::vector<const char*>() : std::vector<const char*>(names, names + count);
}

core::Result<VkSurfaceKHR> Window::make_surface(VkInstance instance) const {
  VkSurfaceKHR surface = VK_NULL_HANDLE;
  if (const VkResult result = glfwCreateWindowSurface(instance, window_, nullptr, &surface); result != VK_SUCCESS) {
    return vulkan_error("glfwCreateWindowSurface", result);
  }
  return surface;
}

VkExtent2D Window::pixels() const {
  if (glfwGetWindowAttrib(window_, GLFW_ICONIFIED) == GLFW_TRUE) return {0, 0};
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  return {static_cast<std::uint32_t>(std::max(width, 0)), static_cast<std::uint32_t>(std::max(height, 0))};
}

double Window::monitor_scale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window_, &x, &y);
  return std::max(x, y);
}

bool Window::close_requested() const { return glfwWindowShouldClose(window_) == GLFW_TRUE; }
void Window::request_close(bool close) { glfwSetWindowShouldClose(window_, close ? GLFW_TRUE : GLFW_FALSE); }
void Window::set_title(const std::string& title) { glfwSetWindowTitle(window_, title.c_str()); }
void Window::set_size(int width, int height) { glfwSetWindowSize(window_, std::max(width, 1), std::max(height, 1)); }
bool Window::focused() const { return glfwGetWindowAttrib(window_, GLFW_FOCUSED) == GLFW_TRUE; }
void Window::show() { glfwShowWindow(window_); }
bool Window::full_screen() const { return glfwGetWindowMonitor(window_) != nullptr; }

void Window::set_full_screen(bool on) {
  if (on == full_screen()) return;
  if (on) {
    GLFWmonitor* const monitor = glfwGetPrimaryMonitor();
    const GLFWvidmode* const mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
    if (mode == nullptr) return;
    Place& place = before_full_screen_;
    glfwGetWindowPos(window_, &place.x, &place.y);
    glfwGetWindowSize(window_, &place.width, &place.height);
    glfwSetWindowMonitor(window_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
  } else {
    const Place& place = before_full_screen_;
    glfwSetWindowMonitor(window_, nullptr, place.x, place.y, place.width, place.height, GLFW_DONT_CARE);
  }
}

bool Window::key_held(std::string_view key) const {
  const int number = key_of_name(key);
  return number >= 0 && focused() && glfwGetKey(window_, number) == GLFW_PRESS;
}

void Window::grab_pointer(bool on) {
  const int wanted = on ? GLFW_CURSOR_DISABLED : GLFW_CURSOR_NORMAL;
  if (glfwGetInputMode(window_, GLFW_CURSOR) != wanted) glfwSetInputMode(window_, GLFW_CURSOR, wanted);
}

}  // namespace skyline::renderer::vulkan
