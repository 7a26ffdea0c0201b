// What each pixel of a view shows, for captions: from a field's depth and the catalogue, from a frame of the window, from a ray tracer.
#pragma once

#include "app/edited_scene.h"
#include "city/render/tracer.h"
#include "core/camera.h"
#include "core/progress.h"
#include "core/result.h"
#include "models/caption/view_pixels.h"
#include "models/language/interpreter/situation.h"

#include <cstdint>
#include <span>
#include <string>

namespace skyline::app {

// Enough to tell what is in a picture; smaller cameras stay as they are.
inline constexpr int kCaptionWidth = 320;
core::Camera caption_camera(const core::Camera& camera);

// Renders the field with its edits. `code`: as of a RenderRequest. Errors: those of the back end.
core::Result<models::ViewPixels> field_pixels(const EditedScene& edited, const models::SceneView& city, const core::Camera& camera,
                                              const std::string& backend, core::Progress& progress);
// From distances that are there already: [height, width] of `depth_camera`, every so many of them.
// `rgba` [height, width, 4] may be empty.
models::ViewPixels depth_pixels(const models::SceneView& city, const core::Camera& depth_camera, std::span<const float> depth,
                                std::span<const std::uint8_t> rgba = {});
models::ViewPixels traced_pixels(const city::CityTracer& tracer, const core::Camera& camera);

}  // namespace skyline::app
