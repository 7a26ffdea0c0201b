// Lines and names over the picture: outlines of objects with hidden parts dimmed, box of a planned training, photo cameras, compass, scale.
#pragma once

#include "app/desktop/viewport.h"

namespace skyline::app::desktop {

void draw_overlays(Interface& ui, const PictureArea& area, const renderer::Frame& frame);
// Names of the two sides of a comparison, with PSNR and SSIM.
void draw_split_labels(Interface& ui, const PictureArea& area, float divider, bool ready);

}  // namespace skyline::app::desktop
