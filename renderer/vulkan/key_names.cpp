#include "renderer/vulkan/key_names.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <array>

namespace skyline::renderer::vulkan {
namespace {

struct KeyName {
  std::string_view name;
  int key;
};

constexpr std::array kKeys = {
    KeyName{"Space", GLFW_KEY_SPACE},
    KeyName{"Escape", GLFW_KEY_ESCAPE},
    KeyName{"Enter", GLFW_KEY_ENTER},
    KeyName{"Tab", GLFW_KEY_TAB},
    KeyName{"Backspace", GLFW_KEY_BACKSPACE},
    KeyName{"Insert", GLFW_KEY_INSERT},
    KeyName{"Delete", GLFW_KEY_DELETE},
    KeyName{"Left", GLFW_KEY_LEFT},
    KeyName{"Right", GLFW_KEY_RIGHT},
    KeyName{"Up", GLFW_KEY_UP},
    KeyName{"Down", GLFW_KEY_DOWN},
    KeyName{"Page Up", GLFW_KEY_PAGE_UP},
    KeyName{"Page Down", GLFW_KEY_PAGE_DOWN},
    KeyName{"Home", GLFW_KEY_HOME},
    KeyName{"End", GLFW_KEY_END},
    KeyName{"Left Shift", GLFW_KEY_LEFT_SHIFT},
    KeyName{"Right Shift", GLFW_KEY_RIGHT_SHIFT},
    KeyName{"Left Ctrl", GLFW_KEY_LEFT_CONTROL},
    KeyName{"Right Ctrl", GLFW_KEY_RIGHT_CONTROL},
    KeyName{"Left Alt", GLFW_KEY_LEFT_ALT},
    KeyName{"Right Alt", GLFW_KEY_RIGHT_ALT},
    KeyName{"Left Super", GLFW_KEY_LEFT_SUPER},
    KeyName{"Right Super", GLFW_KEY_RIGHT_SUPER},
    KeyName{"Keypad +", GLFW_KEY_KP_ADD},
    KeyName{"Keypad -", GLFW_KEY_KP_SUBTRACT},
    KeyName{"Keypad *", GLFW_KEY_KP_MULTIPLY},
    KeyName{"Keypad /", GLFW_KEY_KP_DIVIDE},
    KeyName{"Keypad .", GLFW_KEY_KP_DECIMAL},
    KeyName{"Keypad Enter", GLFW_KEY_KP_ENTER},
};

constexpr std::string_view kPrinted = "',-./;=[\\]`";  // GLFW numbers these and letters and digits by their ASCII code

// "F11" -> 11; "Keypad 3" -> 3; -1 for anything else.
int number_after(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix) || name.size() == prefix.size() || name.size() > prefix.size() + 2) return -1;
  int number = 0;
  for (const char c : name.substr(prefix.size())) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace

int key_of_name(std::string_view name) {
  if (name.size() == 1) {
    const char c = name[0];
    if (c >= 'a' && c <= 'z') return c - 'a' + GLFW_KEY_A;
    const bool known = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kPrinted.find(c) != std::string_view::npos;
    return known ? c : -1;
  }
  if (const int number = number_after(name, "F"); number >= 1 && number <= 25) return GLFW_KEY_F1 + number - 1;
  if (const int number = number_after(name, "Keypad "); number >= 0 && number <= 9) return GLFW_KEY_KP_0 + number;
  const auto found = std::ranges::find(kKeys, name, &KeyName::name);
  return found == kKeys.end() ? -1 : found->key;
}

}  // namespace skyline::renderer::vulkan
