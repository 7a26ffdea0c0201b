// Windows, sills, reveals and shop fronts over a wall. Private to city/render.
#pragma once

#include "city/render/surface.h"

namespace skyline::city {

// Paints the windows of `facade` over the wall in `look`. The uv of the point are metres along the wall and above its foot; `weathering` is
// the wall's. Edges are box-filtered over the footprint.
void paint_facade(const Facade& facade, const SurfacePoint& point, float weathering, bool lights_on, SurfaceLook& look);

}  // namespace skyline::city
