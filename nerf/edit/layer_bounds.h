// How far the layers that are moved into place reach. Private to the edit layers.
#pragma once

#include "nerf/edit/layers.h"

namespace skyline::nerf {

core::Box bounds_of(const Instance& instance);
core::Box bounds_of(const MeshLayer& mesh);  // without what it shades

}  // namespace skyline::nerf
