// Scenes of a few texels whose pictures have edges, for the tests of the progressive renderer.
#pragma once

#include "nerf/shared_scene.h"

#include <memory>
#include <string>

namespace skyline::renderer::testing {

// Opaque ground with a few tall blocks of other colours on it, 8 x 8 x 4 world units.
nerf::Field small_city();
std::shared_ptr<nerf::SharedScene> small_scene();

core::Camera camera_at(const std::string& text, int width, int height);

}  // namespace skyline::renderer::testing
