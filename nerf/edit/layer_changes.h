// What differs between two sets of edit layers: a picture of one becomes a picture of the other by drawing anew what lies there.
#pragma once

#include "core/box.h"
#include "nerf/edit/layers.h"

#include <vector>

namespace skyline::nerf {

// Boxes around all that one of them has and the other has not. A ray that crosses none of them has the same colour and depth with both, bit
// by bit. Null: no layers.
std::vector<core::Box> changed_bounds(const EditLayers* a, const EditLayers* b);

}  // namespace skyline::nerf
