// Cameras, rays and boxes under the names that nerf uses for them: they cross modules and live in core.
#pragma once

#include "core/box.h"
#include "core/camera.h"

namespace skyline::nerf {

using core::Box;
using core::Camera;
using core::Distortion;
using core::Ray;
using core::RayGenerator;

}  // namespace skyline::nerf
