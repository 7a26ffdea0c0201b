// Clears what no ray can read any more, so that a saved scene is small.
#pragma once

#include "nerf/model/field.h"

namespace skyline::nerf {

// Sets plane texels and volume cells to 0 that no sample inside an occupied cell reads. No picture changes.
void clear_unreachable(Field& field);

}  // namespace skyline::nerf
