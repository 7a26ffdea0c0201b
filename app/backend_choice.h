// Rendering through the contract of back ends, as --backend asks for.
#pragma once

#include "nerf/backend.h"

#include <string>

namespace skyline::app {

// One picture of a field on the back end that --backend names ("auto": the cheapest that supports it). Errors: those of the back end, and
// no back end of that name in this build.
core::Status render_picture(const std::string& backend, const nerf::Field& field, const nerf::RenderSettings& settings,
                            const nerf::RenderRequest& request, nerf::Picture& picture, nerf::RenderStats& stats, core::Progress& progress);

// Name of the back end that render_picture takes for pictures of this size.
std::string backend_name(const std::string& backend, const nerf::Field& field, const nerf::RenderSettings& settings, int width, int height);

}  // namespace skyline::app
