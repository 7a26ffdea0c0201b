// A scene of a few texels whose pictures have edges, and waiting for frames: for the tests of the progressive renderer.
#pragma once

#include "nerf/metrics.h"
#include "nerf/shared_scene.h"
#include "renderer/progressive.h"

#include <functional>
#include <memory>
#include <string>

namespace skyline::renderer::testing {

// Opaque ground with two towers on it, every texel of another colour, 8 x 8 x 4 world units. Nothing is seen above.
nerf::Field small_city();
std::shared_ptr<nerf::SharedScene> small_scene();

core::Camera camera_at(const std::string& text, int width, int height);
// Looks down at the towers.
inline const char* kView = "0.3,-9,6,10,-30";

ViewRequest request_of(const core::Camera& camera, bool moving, View view = View::kColour);
std::unique_ptr<ProgressiveRenderer> renderer_of(const std::shared_ptr<nerf::SharedScene>& scene, const ProgressiveOptions& options);

using Wanted = std::function<bool(const Frame&)>;
// The first latest frame that is wanted; null when none comes within a generous time.
std::shared_ptr<const Frame> wait_for(const ProgressiveRenderer& renderer, const Wanted& wanted);
Wanted converged_for(std::uint64_t request);

// All rays through the pixels' points shifted by `shift`.
nerf::Picture whole_picture(const nerf::Field& field, const core::Camera& camera, glm::vec2 shift = {0, 0}, bool layers = false);
core::FloatImage colours_of(const Frame& frame);

}  // namespace skyline::renderer::testing
