// A map of a field from above with the outlines of its objects.
#pragma once

#include "city/catalogue.h"
#include "core/image.h"
#include "nerf/objects/surface_map.h"

#include <vector>

namespace skyline::app {

// North up, one pixel a cell; buildings red, bridges yellow, vegetation green.
core::Image draw_outlines(const nerf::SurfaceMap& map, const city::Catalogue& catalogue);

// Heights above the ground as grey, north up: black 0, white `highest` metres; nothing known is dark red.
core::Image draw_heights(const nerf::SurfaceMap& map, const std::vector<float>& ground, float highest);

}  // namespace skyline::app
