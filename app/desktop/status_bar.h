// The line at the bottom: what the keys do here, the running job with its time left, the device, the memory.
#pragma once

#include "app/desktop/interface.h"

namespace skyline::app::desktop {

// Height of the line in pixels.
float status_bar_height(const Interface& ui);
void draw_status_bar(Interface& ui, float left, float top, float width);

}  // namespace skyline::app::desktop
