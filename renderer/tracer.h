// Traces points of a shared scene: one nerf::Renderer that is made anew when the scene's numbers, the settings or the view ask for it.
//
// Used by one thread. Holds the scene's `changing` for one trace only.
#pragma once

#include "core/progress.h"
#include "renderer/lattice.h"
#include "renderer/objects_below.h"
#include "renderer/values.h"

#include <memory>
#include <optional>

namespace skyline::renderer {

// Values and depths of traced points, in their order.
struct Traced {
  std::vector<float> value;  // [points, 3]
  std::vector<float> depth;  // [points]
  nerf::RenderStats stats;
  std::uint64_t version = 0;  // of the scene, that was traced
};

class Tracer {
 public:
  // Null: nothing to trace.
  void set_scene(std::shared_ptr<nerf::SharedScene> scene);
  const std::shared_ptr<nerf::SharedScene>& scene() const { return scene_; }
  // Traces points of the request's camera. Errors: settings that do not fit the field, stopped.
  core::Status trace(const ViewRequest& request, const Points& points, core::Progress& progress, Traced& traced);
  int levels() const { return scene_ ? scene_->field->settings.levels : 1; }

 private:
  core::Status prepare(const ViewRequest& request, std::uint64_t version);

  std::shared_ptr<nerf::SharedScene> scene_;
  std::unique_ptr<ObjectsBelow> objects_;
  std::optional<nerf::Renderer> renderer_;
  nerf::RenderSettings settings_;
  std::uint64_t version_ = 0;
  nerf::Picture picture_;
};

// True when both render the same numbers.
bool same_settings(const nerf::RenderSettings& a, const nerf::RenderSettings& b);
bool same_camera(const core::Camera& a, const core::Camera& b);

}  // namespace skyline::renderer
