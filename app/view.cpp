// skyline view: the window. It lives in a program of its own (skyline-desktop, beside this one), so that everything else starts without a
// display, a Vulkan loader or GLFW.
#include "app/verbs.h"
#include "app/view_options.h"

#include <CLI/CLI.hpp>
#include <dlfcn.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace skyline::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOtherWay = "use skyline render to make pictures without a window";

bool has_display() {
  for (const char* const name : {"WAYLAND_DISPLAY", "DISPLAY"}) {
    const char* const value = std::getenv(name);
    if (value != nullptr && *value != '\0') return true;
  }
  return false;
}

core::Result<fs::path> desktop_program() {
  std::error_code code;
  const fs::path self = fs::read_symlink("/proc/self/exe", code);
  const fs::path desktop = self.parent_path() / "skyline-desktop";
  if (code || !fs::exists(desktop, code)) {
    return core::Error{"this build has no window", desktop.string(), std::string("build with SKYLINE_WINDOW=ON, or ") + kOtherWay};
  }
  return desktop;
}

core::Status check_window() {
  if (!has_display()) return core::Error{"there is no display", "neither DISPLAY nor WAYLAND_DISPLAY is set", kOtherWay};
  void* const loader = dlopen("libvulkan.so.1", RTLD_NOW | RTLD_LOCAL);
  if (loader == nullptr) return core::Error{"there is no Vulkan on this machine", "libvulkan.so.1", kOtherWay};
  dlclose(loader);
  return {};
}

// Becomes the window's program; returns only when that fails.
core::Error become_desktop(const fs::path& program, std::vector<std::string> arguments) {
  std::vector<char*> pointers;
  std::string name = program.string();
  pointers.push_back(name.data());
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  execv(program.c_str(), pointers.data());
  return {"the window's program does not start", program.string(), std::strerror(errno)};
}

core::Result<int> run(const std::vector<std::string>& arguments) {
  if (auto status = check_window(); !status) return status.error();
  const auto program = desktop_program();
  if (!program) return program.error();
  return become_desktop(*program, arguments);
}

}  // namespace

bool window_possible() { return has_display() && desktop_program().ok(); }

core::Result<int> open_window(const std::vector<std::string>& arguments) { return run(arguments); }

Verb add_view(CLI::App& program, std::vector<std::string> arguments) {
  const auto options = std::make_shared<ViewOptions>();
  CLI::App* const command = program.add_subcommand("view", "fly through a scene in a window");
  add_view_options(*command, *options);
  return {command, [options, arguments = std::move(arguments)](const core::StopToken&) { return run(arguments); }};
}

}  // namespace skyline::app
