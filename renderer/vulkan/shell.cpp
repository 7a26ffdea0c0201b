#include "renderer/vulkan/shell.h"

#include "core/log.h"
#include "renderer/vulkan/graphics.h"

#include <GLFW/glfw3.h>
#include <fmt/format.h>

#include <chrono>

namespace skyline::renderer::vulkan {
namespace {

using Clock = std::chrono::steady_clock;

double ms_between(Clock::time_point from, Clock::time_point to) { return std::chrono::duration<double, std::milli>(to - from).count(); }

// The surface belongs to the window and the instance and outlives devices.
class Surface {
 public:
  Surface(VkInstance instance, VkSurfaceKHR surface) : instance_(instance), surface_(surface) {}
  ~Surface() { vkDestroySurfaceKHR(instance_, surface_, nullptr); }
  Surface(const Surface&) = delete;
  Surface& operator=(const Surface&) = delete;
  VkSurfaceKHR get() const { return surface_; }

 private:
  VkInstance instance_;
  VkSurfaceKHR surface_;
};

class WindowShell final : public Shell {
 public:
  explicit WindowShell(const ShellOptions& options) : options_(options) {}
  core::Status start();

  void wait_events(double seconds) override;
  void wake() override { glfwPostEmptyEvent(); }
  bool begin_frame() override;
  void end_frame() override;
  bool close_requested() const override { return window_->close_requested(); }
  void request_close(bool close) override { window_->request_close(close); }

  std::unique_ptr<Texture> make_texture(const std::string& name) override { return textures_.make(name); }
  void capture(std::function<void(core::Result<core::Image>)> taken) override { taken_ = std::move(taken); }

  const DeviceReport& device() const override { return device_; }
  ShellTimes times() const override { return times_; }
  int validation_messages() const override { return instance_->messages(); }
  int frames_queued() const override { return graphics_ ? graphics_->queued() : 0; }
  std::vector<std::string> notices() override { return std::exchange(notices_, {}); }
  std::vector<std::string> dropped_files() override { return window_->take_dropped_files(); }

  void set_title(const std::string& title) override { window_->set_title(title); }
  void set_theme(bool dark) override { gui_->set_theme(dark); }
  void set_scale(double scale) override { gui_->set_scale(scale); }
  double scale() const override { return gui_->scale(); }
  void set_full_screen(bool on) override { window_->set_full_screen(on); }
  bool full_screen() const override { return window_->full_screen(); }
  void set_window_size(int width, int height) override { window_->set_size(width, height); }
  bool focused() const override { return window_->focused(); }
  bool key_held(std::string_view key) const override { return window_->key_held(key); }
  void grab_pointer(bool on) override { window_->grab_pointer(on); }
  core::Status rebuild_device() override;

 private:
  bool judge(VkResult result);

  Clock::time_point created_ = Clock::now(), begun_;
  ShellOptions options_;
  std::unique_ptr<Window> window_;  // destroyed last
  std::unique_ptr<Instance> instance_;
  std::unique_ptr<Surface> surface_;
  std::unique_ptr<Gui> gui_;
  TextureStore textures_;
  std::unique_ptr<Graphics> graphics_;
  DeviceReport device_;
  ShellTimes times_;
  std::function<void(core::Result<core::Image>)> taken_;
  std::vector<std::string> notices_;
  bool lost_before_ = false;
};

core::Status WindowShell::start() {
  core::Result<std::unique_ptr<Window>> window = Window::create(options_);
  if (!window) return window.error();
  window_ = std::move(*window);
  core::Result<std::unique_ptr<Instance>> instance = Instance::create(Window::instance_extensions(), options_.validation);
  if (!instance) return instance.error();
  instance_ = std::move(*instance);
  const core::Result<VkSurfaceKHR> surface = window_->make_surface(instance_->handle());
  if (!surface) return surface.error();
  surface_ = std::make_unique<Surface>(instance_->handle(), *surface);
  gui_ = std::make_unique<Gui>(*window_, options_.dark, options_.scale, options_.layout_file);
  notices_ = gui_->notices();
  core::Result<std::unique_ptr<Graphics>> graphics =
      Graphics::create(*instance_, surface_->get(), *window_, options_.device, *gui_, textures_);
  if (!graphics) return graphics.error();
  graphics_ = std::move(*graphics);
  device_ = graphics_->report();
  if (options_.visible) window_->show();
  return {};
}

core::Status WindowShell::rebuild_device() {
  graphics_.reset();
  core::Result<std::unique_ptr<Graphics>> graphics =
      Graphics::create(*instance_, surface_->get(), *window_, options_.device, *gui_, textures_);
  if (!graphics) return graphics.error();
  graphics_ = std::move(*graphics);
  device_ = graphics_->report();
  return {};
}

// Whether the frame may go on. A lost device is made anew once; a second loss, or one that cannot be mended, closes the window.
bool WindowShell::judge(VkResult result) {
  if (result == VK_SUCCESS) return true;
  if (result == VK_NOT_READY) return false;
  if (result == VK_ERROR_DEVICE_LOST && !lost_before_) {
    lost_before_ = true;
    notices_.push_back(fmt::format("the graphics device was lost and has been started again ({})", device_.name));
    core::log_warning(notices_.back());
    if (core::Status again = rebuild_device(); again) return false;
  }
  notices_.push_back(fmt::format("the window cannot go on drawing ({}): it closes", result_name(result)));
  core::log_warning(notices_.back());
  window_->request_close(true);
  return false;
}

void WindowShell::wait_events(double seconds) {
  if (seconds > 0) {
    glfwWaitEventsTimeout(seconds);
  } else {
    glfwPollEvents();
  }
}

bool WindowShell::begin_frame() {
  begun_ = Clock::now();
  if (!graphics_ || !judge(graphics_->wait())) return false;
  glfwPollEvents();  // what came during the wait belongs to this frame
  if (!judge(graphics_->acquire())) return false;
  gui_->begin_frame();
  times_.begin_ms = ms_between(begun_, Clock::now());
  return true;
}

void WindowShell::end_frame() {
  const Clock::time_point from = Clock::now();
  gui_->end_frame();
  const VkResult result = graphics_->draw(std::exchange(taken_, {}));
  judge(result);
  const Clock::time_point now = Clock::now();
  times_.present_ms = ms_between(from, now);
  times_.frame_ms = ms_between(begun_, now);
  if (times_.first_ms == 0 && result == VK_SUCCESS) times_.first_ms = ms_between(created_, now);
}

}  // namespace

core::Result<std::unique_ptr<Shell>> Shell::create(const ShellOptions& options) {
  auto shell = std::make_unique<WindowShell>(options);
  if (core::Status started = shell->start(); !started) return started.error();
  return std::unique_ptr<Shell>(std::move(shell));
}

core::Result<std::vector<DeviceReport>> list_devices() {
  core::Result<std::unique_ptr<Instance>> instance = Instance::create({}, false);
  if (!instance) return instance.error();
  std::vector<DeviceReport> reports;
  for (const DeviceCandidate& device : (*instance)->candidates(VK_NULL_HANDLE)) {
    reports.push_back({device.name, device.driver, std::string(kind_name(device.kind)),
                       device.missing.empty() ? std::string("can draw the window") : "lacks " + device.missing});
  }
  return reports;
}

}  // namespace skyline::renderer::vulkan
