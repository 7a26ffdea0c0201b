// Names of physical keys: what is printed on them on a US keyboard.
#pragma once

#include <string_view>

namespace skyline::renderer::vulkan {

// GLFW's number of the key of this name ("W", "Left Shift", "F11", "/", "Keypad 3"), -1 for an unknown name.
int key_of_name(std::string_view name);

}  // namespace skyline::renderer::vulkan
