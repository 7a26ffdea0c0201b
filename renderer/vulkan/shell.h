// The window of the program: GLFW, a Vulkan device, a swapchain and Dear ImGui with docking, behind one small interface.
//
//   auto shell = Shell::create({.title = "Skyline", .width = 1280, .height = 720});   // errors: no display, no Vulkan; says what to do
//   while (!(*shell)->close_requested()) {
//     (*shell)->wait_events(0.25);                  // until input, wake() or the time is over
//     if (!(*shell)->begin_frame()) continue;       // minimised or being resized: nothing to draw into
//     ... Dear ImGui calls ...
//     (*shell)->end_frame();                        // draws, presents; at most one frame is queued
//   }
//
// All calls on the thread that made it, but wake(). GPU objects are named; validation messages are counted and logged when the layers are
// on.
#pragma once

#include "core/image.h"
#include "core/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace skyline::renderer::vulkan {

struct ShellOptions {
  std::string title = "Skyline";
  int width = 1280, height = 720;  // of the window's client area in screen units
  double scale = 0;                // of the interface; 0: the monitor's
  bool dark = true;
  bool validation = false;  // validation and synchronization layers, where installed
  bool visible = true;
  std::string device{};                 // part of the name of the wanted device; empty: the best one
  std::filesystem::path layout_file{};  // Dear ImGui's docking layout; empty: none is kept
};

struct DeviceReport {
  std::string name, driver, kind;  // "NVIDIA ...", "llvmpipe ...", "discrete" | "integrated" | "software"
  std::string reason;              // why this one, in one sentence, naming those that were passed over
};

// What one frame of the interface took.
struct ShellTimes {
  double begin_ms = 0;    // waiting for the former frame and the swapchain
  double present_ms = 0;  // recording, submitting, presenting
  double frame_ms = 0;    // from begin_frame to the end of end_frame
  double first_ms = 0;    // from the call of create to the first frame presented; 0 before
};

// A picture on the GPU that panels show with draw() or ImGui::Image. Owned by the caller, must die before the shell.
class Texture {
 public:
  virtual ~Texture() = default;
  // RGBA bytes [height, width, 4]; another size makes a new image, the old one lives until the frames that use it are done.
  virtual core::Status update(std::span<const std::uint8_t> rgba, int width, int height) = 0;
  virtual std::uint64_t id() const = 0;  // ImTextureID; 0 before the first update
  // Draws it into the current Dear ImGui window with its top left corner at (x, y) of the screen. Where width and height are the picture's
  // own it is shown pixel for pixel, opaque, moved to whole pixels: much the cheapest way on a software driver. Else it is filtered.
  // Nothing before the first update.
  virtual void draw(float x, float y, float width, float height) const = 0;
  virtual int width() const = 0;
  virtual int height() const = 0;
};

class Shell {
 public:
  static core::Result<std::unique_ptr<Shell>> create(const ShellOptions& options);
  virtual ~Shell() = default;

  virtual void wait_events(double seconds) = 0;  // 0: only what is there
  virtual void wake() = 0;                       // any thread
  virtual bool begin_frame() = 0;
  virtual void end_frame() = 0;
  virtual bool close_requested() const = 0;
  virtual void request_close(bool close) = 0;

  virtual std::unique_ptr<Texture> make_texture(const std::string& name) = 0;
  // The picture of the next end_frame, RGB. Call between begin_frame and end_frame; `taken` is called inside end_frame.
  virtual void capture(std::function<void(core::Result<core::Image>)> taken) = 0;

  virtual const DeviceReport& device() const = 0;
  virtual ShellTimes times() const = 0;
  virtual int validation_messages() const = 0;           // warnings and errors since the start
  virtual int frames_queued() const = 0;                 // frames that the device has not finished: 0 or 1
  virtual std::vector<std::string> notices() = 0;        // sentences for the person since the last call: typefaces missing, device lost
  virtual std::vector<std::string> dropped_files() = 0;  // paths dropped on the window since the last call

  virtual void set_title(const std::string& title) = 0;
  virtual void set_theme(bool dark) = 0;
  virtual void set_scale(double scale) = 0;  // 1 to 3; fonts and spacing follow
  virtual double scale() const = 0;
  virtual void set_full_screen(bool on) = 0;
  virtual bool full_screen() const = 0;
  virtual void set_window_size(int width, int height) = 0;
  virtual bool focused() const = 0;
  // Physical state of a key by its place on a US keyboard ("W", "Left Shift", ...): for held movement keys. False without focus.
  virtual bool key_held(std::string_view key) const = 0;
  // Hides the pointer and lets it move without end while the view is turned.
  virtual void grab_pointer(bool on) = 0;
  // Makes the device and all that lies on it anew, as after a device loss (which does this by itself, once): textures have no picture, and
  // id() is 0, until their next update. Not within a frame.
  virtual core::Status rebuild_device() = 0;
};

// One line a device of this machine, for `skyline doctor`; errors: no loader, no driver.
core::Result<std::vector<DeviceReport>> list_devices();

}  // namespace skyline::renderer::vulkan
