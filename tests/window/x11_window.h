// What a window manager and a person do to a window, done by the test: minimise, focus.
#pragma once

#include "tests/window/window_test.h"

namespace skyline::renderer::vulkan {

// Of the one open window, in the way a window manager marks it.
void set_minimised(bool minimised);

// Gives the window the keyboard or takes it away.
void set_focus(bool focused);

// A key by its name in X11 ("w", "Shift_L") goes down or up as if on a keyboard.
void press_key(const char* name, bool down);

}  // namespace skyline::renderer::vulkan
