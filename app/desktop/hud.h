// Figures over the picture: rate, resolution, rays, milliseconds by stage, how far the picture is; hints for newcomers.
#pragma once

#include "app/desktop/interface.h"

#include <imgui.h>

namespace skyline::app::desktop {

void draw_hud(Interface& ui, ImVec2 low, ImVec2 high, const renderer::Frame* frame);

}  // namespace skyline::app::desktop
