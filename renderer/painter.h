// Makes the frames of one request after another: moving frames from fresh rays and the former frame, refined ones at rest.
//
// An edit of what is seen by a camera at rest keeps all pixels that it cannot have changed, with their samples: first the changed area is
// shown from few rays, then it alone is refined.
//
// Used by the progressive renderer's own thread, inside of its team. Each call does one pass; a pass that is stopped leaves what was there
// before it.
#pragma once

#include "core/progress.h"
#include "renderer/canvas.h"
#include "renderer/changed_area.h"
#include "renderer/frame_pool.h"
#include "renderer/fresh_layer.h"
#include "renderer/pace.h"
#include "renderer/progressive.h"
#include "renderer/tracer.h"

#include <chrono>
#include <memory>

namespace skyline::renderer {

// Both show the same but for the point that is refined first.
bool same_request(const ViewRequest& a, const ViewRequest& b);
// Both show the same kind of picture in the same size; cameras may differ.
bool same_kind(const ViewRequest& a, const ViewRequest& b);
// Colours of one camera at rest that differ in the edit layers (and styles) alone: the second's picture goes on from the first's.
bool differ_in_layers(const ViewRequest& a, const ViewRequest& b);

// What a pass does: a frame in motion, the first one after an edit, a step of the refinement.
enum class Pass { kMoving, kFirstLook, kRefining };

class Painter {
 public:
  void set_scene(std::shared_ptr<nerf::SharedScene> scene);
  void set_options(const ProgressiveOptions& options) { options_ = options; }
  void begin(const ViewRequest& request, std::uint64_t number);

  // What `next` would do now.
  bool is_done() const;  // nothing: the picture is converged
  Pass pass() const;
  // True when the scene's numbers have changed since they were drawn.
  bool is_stale() const;

  // Makes the next frame. Errors: those of nerf::Renderer; stopped.
  core::Result<std::shared_ptr<const Frame>> next(core::Progress& progress);

 private:
  using Clock = std::chrono::steady_clock;
  core::Result<std::shared_ptr<const Frame>> moving_frame(core::Progress& progress);
  core::Result<std::shared_ptr<const Frame>> first_look(core::Progress& progress);
  core::Result<std::shared_ptr<const Frame>> refined_frame(core::Progress& progress);
  void begin_refinement();
  void order_units();
  void go_on_with(const ViewRequest& request);
  void collect_units(std::size_t wanted);
  core::Status trace_area(core::Progress& progress, double& trace_ms);
  std::shared_ptr<const Frame> composed_frame(Clock::time_point start, double trace_ms);
  bool view_is_colour() const { return request_.view == View::kColour; }
  bool past_is_of_use() const;
  void paint_colours(Frame& frame);
  void paint_values(Frame& frame);
  glm::ivec2 next_offset(glm::ivec2 stride);
  std::int64_t moving_rays() const;
  std::shared_ptr<Frame> new_frame() const;
  void publish(const std::shared_ptr<Frame>& frame, Clock::time_point start);
  int samples() const;
  std::shared_ptr<const Frame> presented(const std::shared_ptr<Frame>& frame);

  ProgressiveOptions options_;
  ViewRequest request_;
  std::uint64_t number_ = 0, serial_ = 0;
  Tracer tracer_;
  Points points_;
  Traced traced_;
  FreshLayer fresh_;
  std::vector<float> value_;                       // of a moving frame of another view than colour
  std::vector<float> inverse_depth_, past_depth_;  // of the last frame and the one that is being made, see reproject.h
  std::uint64_t inverse_depth_of_ = 0;             // serial of the frame that `inverse_depth_` belongs to
  mutable FramePool pool_;
  std::shared_ptr<const Frame> last_;
  ViewRequest last_request_;  // that `last_` answers

  Pace pace_;
  RunningMs moving_rest_ms_;  // what a moving frame takes beside tracing
  glm::ivec2 stride_{0};
  std::vector<glm::ivec2> offsets_;  // of that stride
  std::size_t next_offset_ = 0;

  bool refining_ = false;
  Canvas canvas_;
  RefinementOrder order_;
  std::vector<std::uint8_t> unit_done_;  // by unit of the order
  std::vector<std::size_t> taken_;       // units of the pass
  int taken_sample_ = 0;                 // that they are
  std::size_t next_unit_ = 0;            // all before it are done
  std::size_t units_left_ = 0, first_offset_ = 0;
  int order_samples_ = 0;         // of which the order was made
  bool owes_first_look_ = false;  // the request was not answered yet
  bool owes_last_frame_ = false;  // nothing is left to trace, and the frame that shows all of it is still to come
  PixelArea changed_;             // by edits that were not shown yet
  std::uint64_t drawn_version_ = 0;
};

}  // namespace skyline::renderer
