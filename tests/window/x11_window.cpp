#include "tests/window/x11_window.h"

#include <X11/Xlib.h>
#include <imgui.h>

#include <cstdlib>
#include <string>

// Of glfw3native.h, which wants headers of every X11 extension.
struct GLFWwindow;
extern "C" Display* glfwGetX11Display();
extern "C" Window glfwGetX11Window(GLFWwindow* window);

namespace skyline::renderer::vulkan {
namespace {

struct Native {
  Display* display = glfwGetX11Display();
  ::Window window = glfwGetX11Window(static_cast<GLFWwindow*>(ImGui::GetMainViewport()->PlatformHandle));
};

}  // namespace

void set_minimised(bool minimised) {
  const Native native;
  const Atom state = XInternAtom(native.display, "WM_STATE", False);
  const long value[2] = {minimised ? 3 : 1, 0};  // IconicState, NormalState of the ICCCM
  XChangeProperty(native.display, native.window, state, state, 32, PropModeReplace, reinterpret_cast<const unsigned char*>(value), 2);
  XSync(native.display, False);
}

void set_focus(bool focused) {
  const Native native;
  XSetInputFocus(native.display, focused ? native.window : static_cast<::Window>(PointerRoot), RevertToPointerRoot, CurrentTime);
  XSync(native.display, False);
}

void press_key(const char* name, bool down) {
  const std::string command = std::string("xdotool ") + (down ? "keydown " : "keyup ") + name;
  if (std::system(command.c_str()) != 0) ADD_FAILURE() << command;
}

}  // namespace skyline::renderer::vulkan
