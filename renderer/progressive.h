// The progressive renderer: pictures of a field for somebody who moves, none of it waits for a window.
//
//   auto renderer = ProgressiveRenderer::create({.threads = 2});
//   renderer->set_listener([] { glfwPostEmptyEvent(); });     // called from a worker when a new frame is there
//   renderer->show(scene);                                    // keeps the scene alive
//   renderer->look({.camera = camera, .moving = true});       // any thread, never waits; the newest request wins
//   std::shared_ptr<const Frame> frame = renderer->latest();  // never waits; the same frame until there is a newer one
//
// While the camera moves, each frame traces an interleaved lattice of fresh rays, as many as the measured frame budget allows; the rest of
// the picture is the former frame reprojected by depth. At rest the lattices fill the whole resolution, then further samples a pixel smooth
// the edges, then no processor is used. A change of the view stops the running pass within 10 ms. A frame is always whole: never a blank or
// torn tile. Threads of its own; they run at a lower priority than the caller's, so that an interface stays quick beside them.
#pragma once

#include "core/camera.h"
#include "core/image.h"
#include "core/result.h"
#include "editor/operation.h"
#include "editor/picture_style.h"
#include "nerf/cpu/renderer.h"
#include "nerf/edit/appearance.h"
#include "nerf/edit/layers.h"
#include "nerf/shared_scene.h"

#include <glm/vec2.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::renderer {

// What the pixels show. kObject colours the catalogue's objects, kDifference a training photo (see ViewRequest::photo).
enum class View : std::uint8_t { kColour, kDepth, kNormal, kOpacity, kSamples, kLevel, kObject, kDifference };
inline constexpr int kViews = 8;
// "colour", "depth", ...
std::string_view view_name(View view);

// Rest: from the first lattice to the last extra sample.
enum class Stage : std::uint8_t { kMoving, kRefining, kSmoothing, kConverged };

struct FrameTimes {
  double total_ms = 0;  // from taking the request to publishing
  double trace_ms = 0, reproject_ms = 0, compose_ms = 0;
};

struct Frame {
  std::uint64_t serial = 0;   // counts frames, from 1
  std::uint64_t request = 0;  // number of the request that it answers, see ProgressiveRenderer::look
  core::Camera camera;        // what it shows exactly (the newest request that was known when it was begun)
  View view = View::kColour;
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;  // [height, width, 4] RGBA, display-encoded, alpha 255
  std::vector<float> depth;          // [height, width] distance along the ray in world units; 0 where nothing was hit
  Stage stage = Stage::kMoving;
  double converged_share = 0;   // of the work from the first lattice to the last extra sample, 0..1
  std::int64_t fresh_rays = 0;  // traced for this frame
  double density_samples_per_ray = 0;
  FrameTimes times;
};

struct ViewRequest {
  core::Camera camera;  // pinhole or OPENCV; its width and height are the picture's
  View view = View::kColour;
  nerf::RenderSettings settings;                  // decode, branch, code, vignetting
  bool moving = false;                            // the camera will move on: hold the frame rate; false: refine to the end
  glm::dvec2 focus{-1, -1};                       // pixel to be refined first; negative: the middle
  int photo = -1;                                 // kDifference: training photo at `truth`
  std::shared_ptr<const core::FloatImage> truth;  // of the picture's size, [0, 1] RGB
  // What is changed in the scene; null: nothing. Another value is another picture: the former one is not reprojected into it.
  std::shared_ptr<const nerf::EditLayers> layers;
  std::vector<float> code;  // appearance code instead of settings.code; empty: by the settings
  // Of kColour: light, season and weather, then grading, then styles of the finished picture. Null: none.
  std::shared_ptr<const nerf::Appearance> appearance;
  editor::Grading grading;
  std::shared_ptr<const editor::StyleStack> styles;
};

struct ProgressiveOptions {
  int threads = 0;                  // 0: all cores
  double frame_budget_ms = 33;      // of a moving frame: as many fresh rays as fit
  std::int64_t least_rays = 28800;  // of a moving frame, for which it may take longer than its budget ...
  double longest_frame_ms = 46;     // ... but not longer than this; half of them are traced whatever it takes
  int smoothing_samples = 4;        // samples a pixel at the end
};

// Totals since creation, for HUD, tests and `--report`.
struct ProgressiveStats {
  std::uint64_t frames = 0, moving_frames = 0, converged_frames = 0;
  std::int64_t rays = 0;
  double longest_cancel_ms = 0;  // from a new request to the end of the pass that it stopped
};

class ProgressiveRenderer {
 public:
  static core::Result<std::unique_ptr<ProgressiveRenderer>> create(const ProgressiveOptions& options);
  ~ProgressiveRenderer();  // stops within 20 ms
  ProgressiveRenderer(const ProgressiveRenderer&) = delete;
  ProgressiveRenderer& operator=(const ProgressiveRenderer&) = delete;

  // `listener` is called from a worker thread whenever `latest` or `failure` has news; it must be quick.
  void set_listener(std::function<void()> listener);
  // Null: nothing is shown. Frames of the former scene are dropped.
  void show(std::shared_ptr<nerf::SharedScene> scene);
  // Returns the request's number (ascending). A request equal to the one being refined goes on with it.
  std::uint64_t look(const ViewRequest& request);
  // Pauses all work (minimised window, training at full speed) and goes on.
  void pause(bool paused);
  void set_options(const ProgressiveOptions& options);

  std::shared_ptr<const Frame> latest() const;
  // The last request's fault (no NeRF branch in the scene, ...), empty when it is fine.
  std::string failure() const;
  ProgressiveStats stats() const;

 private:
  struct State;
  explicit ProgressiveRenderer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace skyline::renderer
