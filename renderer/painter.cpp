#include "renderer/painter.h"

#include "renderer/reproject.h"

#include <algorithm>
#include <utility>

namespace skyline::renderer {
namespace {

constexpr double kRefinedPassMs = 30;
constexpr std::int64_t kLeastRefinedRays = 4096;
constexpr float kChangedMargin = 0.05F;  // how far the former picture may be off after the scene has changed

double ms_between(std::chrono::steady_clock::time_point a, std::chrono::steady_clock::time_point b) {
  return std::chrono::duration<double, std::milli>(b - a).count();
}

glm::ivec2 size_of(const ViewRequest& request) { return {request.camera.width, request.camera.height}; }

// Both show the same scene, in the same light.
bool same_edits(const ViewRequest& a, const ViewRequest& b) {
  return a.layers == b.layers && a.code == b.code && a.appearance == b.appearance && a.grading == b.grading;
}

}  // namespace

bool same_kind(const ViewRequest& a, const ViewRequest& b) {
  return a.view == b.view && same_settings(a.settings, b.settings) && size_of(a) == size_of(b) && a.photo == b.photo &&
         a.truth == b.truth && same_edits(a, b);
}

bool differ_in_layers(const ViewRequest& a, const ViewRequest& b) {
  ViewRequest with_layers = b;
  with_layers.layers = a.layers;
  return !a.moving && !b.moving && a.view == View::kColour && same_kind(a, with_layers) && same_camera(a.camera, b.camera);
}

bool same_request(const ViewRequest& a, const ViewRequest& b) {
  return same_kind(a, b) && a.styles == b.styles && a.moving == b.moving && same_camera(a.camera, b.camera);
}

void Painter::set_scene(std::shared_ptr<nerf::SharedScene> scene) {
  tracer_.set_scene(std::move(scene));
  last_.reset();
  refining_ = false;
  owes_first_look_ = owes_last_frame_ = false;
  pace_.forget();
}

void Painter::begin(const ViewRequest& request, std::uint64_t number) {
  number_ = number;
  if (refining_ && last_ && !is_stale() && order_samples_ == samples() && differ_in_layers(request_, request)) {
    go_on_with(request);
    return;
  }
  request_ = request;
  refining_ = false;
  owes_first_look_ = owes_last_frame_ = false;
  // A still picture that is already shown is refined at once. Colours of other views do not tell the values that they stand for.
  const bool shown =
      last_ && view_is_colour() && same_kind(request, last_request_) && same_camera(request.camera, last_request_.camera) && !is_stale();
  if (!request.moving && shown) begin_refinement();
}

bool Painter::is_done() const { return refining_ && units_left_ == 0 && !owes_first_look_ && !owes_last_frame_; }
Pass Painter::pass() const { return !refining_ ? Pass::kMoving : owes_first_look_ ? Pass::kFirstLook : Pass::kRefining; }
bool Painter::is_stale() const { return tracer_.scene() && last_ && tracer_.scene()->version != drawn_version_; }

// Samples a pixel in the end. Averages of distances, identities and the like mean nothing.
int Painter::samples() const { return view_is_colour() ? std::clamp(options_.smoothing_samples, 1, kMostSamples) : 1; }

void Painter::begin_refinement() {
  const auto pixels = last_->depth.size();
  if (view_is_colour()) {
    value_.resize(pixels * kValueChannels);
    for (std::size_t i = 0; i < pixels; ++i) {
      for (std::size_t c = 0; c < kValueChannels; ++c)
        value_[i * kValueChannels + c] = static_cast<float>(last_->pixels[i * 4 + c]) * (1.0F / 255.0F);
    }
  }
  canvas_.begin(size_of(request_), std::exchange(value_, {}), last_->depth);
  order_units();
  refining_ = true;
}

void Painter::order_units() {
  order_ = RefinementOrder(size_of(request_), samples(), request_.focus, first_offset_);
  order_samples_ = samples();
  unit_done_.assign(order_.units(), 0);
  units_left_ = order_.units();
  next_unit_ = 0;
  changed_ = {};
  owes_first_look_ = owes_last_frame_ = false;
}

// The same picture but for an edit: what that may have changed is begun anew.
void Painter::go_on_with(const ViewRequest& request) {
  const PixelArea area = changed_area(request.camera, request_.layers.get(), request.layers.get());
  request_ = request;
  owes_first_look_ = true;
  if (area.empty()) return;
  changed_ = joined(changed_, area);
  canvas_.reopen(changed_.low, changed_.high);
  for (std::size_t i = 0; i < order_.units(); ++i) {
    if (unit_done_[i] == 0 || !order_.touches(i, changed_.low, changed_.high)) continue;
    unit_done_[i] = 0;
    ++units_left_;
  }
  next_unit_ = 0;
}

core::Result<std::shared_ptr<const Frame>> Painter::next(core::Progress& progress) {
  if (refining_ && is_stale()) {
    // The scene has changed under the picture: the same again, from what is shown, going on in the order so that every pixel has its turn.
    canvas_.begin_again();
    first_offset_ += 1;
    order_units();
  }
  switch (pass()) {
    case Pass::kMoving:
      return moving_frame(progress);
    case Pass::kFirstLook:
      return first_look(progress);
    case Pass::kRefining:
      return refined_frame(progress);
  }
  return moving_frame(progress);
}

glm::ivec2 Painter::next_offset(glm::ivec2 stride) {
  if (stride != stride_) {
    stride_ = stride;
    offsets_ = offset_order(stride);
    next_offset_ = 0;
  }
  return offsets_[next_offset_++ % offsets_.size()];
}

std::shared_ptr<Frame> Painter::new_frame() const {
  std::shared_ptr<Frame> frame = pool_.take(request_.camera.width, request_.camera.height);
  frame->request = number_;
  frame->camera = request_.camera;
  frame->view = request_.view;
  frame->fresh_rays = traced_.stats.rays;
  frame->density_samples_per_ray =
      static_cast<double>(traced_.stats.density_samples) / static_cast<double>(std::max<std::int64_t>(traced_.stats.rays, 1));
  frame->times = {};
  return frame;
}

void Painter::publish(const std::shared_ptr<Frame>& frame, Clock::time_point start) {
  frame->serial = ++serial_;
  frame->times.total_ms = ms_between(start, Clock::now());
  drawn_version_ = traced_.version;
  last_ = frame;
  last_request_ = request_;
}

// The former picture can be seen from the new camera.
bool Painter::past_is_of_use() const {
  return last_ && last_request_.view == View::kColour && same_settings(last_request_.settings, request_.settings) &&
         same_edits(last_request_, request_) && last_->camera.distortion.is_zero();
}

// Colours are reprojected.
void Painter::paint_colours(Frame& frame) {
  const auto start = Clock::now();
  const double ground = tracer_.scene()->field->ground_z;
  const bool use_past = past_is_of_use();
  if (use_past && inverse_depth_of_ != last_->serial) {
    inverse_depth_.resize(last_->depth.size());
    inverse_depths(last_->camera, ground, last_->depth, inverse_depth_);
  }
  std::swap(inverse_depth_, past_depth_);
  inverse_depth_.resize(frame.depth.size());
  inverse_depth_of_ = serial_ + 1;
  PastPicture past;
  if (use_past) past = {&last_->camera, last_->pixels.data(), past_depth_.data()};
  const ReprojectOptions options{traced_.version == drawn_version_ ? 1.0F : kChangedMargin};
  reproject(request_.camera, ground, fresh_, use_past ? &past : nullptr, options, frame.pixels, inverse_depth_, frame.depth);
  frame.times.reproject_ms = ms_between(start, Clock::now());
}

// Other values are shown as far as they are known.
void Painter::paint_values(Frame& frame) {
  const auto start = Clock::now();
  value_.resize(frame.depth.size() * kValueChannels);
  fill_from(fresh_, size_of(request_), view_is_colour(), value_, frame.depth);
  write_colours(request_.view, tracer_.levels(), value_, frame);
  frame.times.compose_ms = ms_between(start, Clock::now());
}

// As many as fit the budget; where these are few, the frame rate gives way before the rays do.
std::int64_t Painter::moving_rays() const {
  const glm::ivec2 size = size_of(request_);
  const std::int64_t all = static_cast<std::int64_t>(size.x) * size.y;
  const double rest = moving_rest_ms_.mean();
  const std::int64_t fit = pace_.rays_in(options_.frame_budget_ms - rest, options_.least_rays / 2, all);
  const std::int64_t at_most = pace_.rays_in(options_.longest_frame_ms - rest, options_.least_rays / 2, all);
  return std::max(fit, std::min({options_.least_rays, at_most, all}));
}

core::Result<std::shared_ptr<const Frame>> Painter::moving_frame(core::Progress& progress) {
  const auto start = Clock::now();
  const glm::ivec2 size = size_of(request_);
  const glm::ivec2 stride = stride_for(size, moving_rays());
  fresh_.lattice = Lattice(size, stride, next_offset(stride));
  lattice_points(fresh_.lattice, points_);
  const auto trace_start = Clock::now();
  if (auto status = tracer_.trace(request_, points_, progress, traced_); !status) return status.error();
  const auto traced = Clock::now();
  pace_.measured(traced_.stats.rays, ms_between(trace_start, traced));

  fresh_.value.resize(traced_.value.size());
  fresh_.depth.resize(traced_.depth.size());
  for (std::size_t i = 0; i < points_.pixel.size(); ++i) {
    const std::size_t pixel = points_.pixel[i];
    std::copy_n(traced_.value.data() + i * kValueChannels, kValueChannels, fresh_.value.data() + pixel * kValueChannels);
    fresh_.depth[pixel] = traced_.depth[i];
  }
  std::shared_ptr<Frame> frame = new_frame();
  if (view_is_colour() && request_.camera.distortion.is_zero()) {
    paint_colours(*frame);
  } else {
    paint_values(*frame);
  }
  frame->stage = Stage::kMoving;
  frame->converged_share = 0;
  frame->times.trace_ms = ms_between(trace_start, traced);
  publish(frame, start);
  const auto shown = presented(frame);
  moving_rest_ms_.add(shown->times.total_ms - shown->times.trace_ms);
  if (!request_.moving) begin_refinement();
  return shown;
}

// The rays of a moving frame over the area that edits have changed; between them the area is guessed.
core::Status Painter::trace_area(core::Progress& progress, double& trace_ms) {
  const glm::ivec2 size = changed_.size();
  const glm::ivec2 stride = stride_for(size, moving_rays());
  fresh_.lattice = Lattice(size, stride, stride / 2);
  lattice_points(fresh_.lattice, points_);
  const std::vector<std::uint32_t> place = points_.pixel;  // in the lattice
  for (std::size_t i = 0; i < points_.at.size(); ++i) {
    points_.at[i] += glm::vec2(changed_.low);
    points_.pixel[i] = static_cast<std::uint32_t>(points_.at[i].y) * static_cast<std::uint32_t>(request_.camera.width) +
                       static_cast<std::uint32_t>(points_.at[i].x);
  }
  const auto trace_start = Clock::now();
  if (auto status = tracer_.trace(request_, points_, progress, traced_); !status) return status;
  trace_ms = ms_between(trace_start, Clock::now());
  pace_.measured(traced_.stats.rays, trace_ms);
  if (stride != glm::ivec2(1)) {
    fresh_.value.resize(traced_.value.size());
    fresh_.depth.resize(traced_.depth.size());
    for (std::size_t i = 0; i < place.size(); ++i) {
      std::copy_n(traced_.value.data() + i * kValueChannels, kValueChannels, fresh_.value.data() + place[i] * kValueChannels);
      fresh_.depth[place[i]] = traced_.depth[i];
    }
    const auto pixels = static_cast<std::size_t>(size.x) * static_cast<std::size_t>(size.y);
    value_.resize(pixels * kValueChannels);
    std::vector<float> depth(pixels);
    fill_from(fresh_, size, true, value_, depth);
    canvas_.guess(changed_.low, changed_.high, value_, depth);
  }
  // Pixels' centres are their first samples. None of the area has one: it was reopened and not refined since.
  canvas_.add(points_, traced_, true);
  return {};
}

core::Result<std::shared_ptr<const Frame>> Painter::first_look(core::Progress& progress) {
  const auto start = Clock::now();
  double trace_ms = 0;
  traced_.stats = {};
  if (!changed_.empty()) {
    if (auto traced = trace_area(progress, trace_ms); !traced) return traced.error();
  }
  changed_ = {};
  owes_first_look_ = false;
  // Styles paint the last frame in full detail, which takes long: not the first one.
  owes_last_frame_ = units_left_ == 0 && request_.styles != nullptr;
  return composed_frame(start, trace_ms);
}

// The points of the next units, of one sample only: no pixel comes twice in a pass. Pixels that have the sample already are left out.
void Painter::collect_units(std::size_t wanted) {
  points_.at.clear();
  points_.pixel.clear();
  taken_.clear();
  taken_sample_ = -1;
  for (std::size_t unit = next_unit_; unit < order_.units() && points_.at.size() < wanted; ++unit) {
    if (unit_done_[unit] != 0) continue;
    if (taken_sample_ >= 0 && order_.sample(unit) != taken_sample_) break;
    taken_sample_ = order_.sample(unit);
    taken_.push_back(unit);
    std::size_t kept = points_.at.size();
    const std::size_t first = kept;
    order_.append(unit, points_);
    for (std::size_t i = first; i < points_.at.size(); ++i) {
      if (canvas_.samples(points_.pixel[i]) != taken_sample_) continue;
      points_.at[kept] = points_.at[i];
      points_.pixel[kept++] = points_.pixel[i];
    }
    points_.at.resize(kept);
    points_.pixel.resize(kept);
  }
}

core::Result<std::shared_ptr<const Frame>> Painter::refined_frame(core::Progress& progress) {
  const auto start = Clock::now();
  collect_units(static_cast<std::size_t>(pace_.rays_in(kRefinedPassMs, kLeastRefinedRays, std::int64_t{1} << 30)));
  const auto trace_start = Clock::now();
  traced_.stats = {};
  if (!points_.at.empty()) {
    if (auto status = tracer_.trace(request_, points_, progress, traced_); !status) return status.error();
    canvas_.add(points_, traced_, taken_sample_ == 0);
  }
  const double trace_ms = ms_between(trace_start, Clock::now());
  pace_.measured(traced_.stats.rays, trace_ms);
  for (const std::size_t unit : taken_) unit_done_[unit] = 1;
  units_left_ -= taken_.size();
  while (next_unit_ < order_.units() && unit_done_[next_unit_] != 0) ++next_unit_;
  owes_last_frame_ = false;
  return composed_frame(start, trace_ms);
}

// What the canvas shows now.
std::shared_ptr<const Frame> Painter::composed_frame(Clock::time_point start, double trace_ms) {
  const auto composed = Clock::now();
  std::shared_ptr<Frame> frame = new_frame();
  canvas_.compose(request_.view, tracer_.levels(), *frame);
  frame->stage = units_left_ == 0 && !owes_last_frame_ ? Stage::kConverged
                 : next_unit_ >= order_.first_units()  ? Stage::kSmoothing
                                                       : Stage::kRefining;
  frame->converged_share = 1 - static_cast<double>(units_left_) / static_cast<double>(std::max<std::size_t>(order_.units(), 1));
  frame->times.trace_ms = trace_ms;
  frame->times.compose_ms = ms_between(composed, Clock::now());
  publish(frame, start);
  return presented(frame);
}

// What is shown of a frame: itself, or repainted in the request's styles. The painter goes on with the frame as it was traced.
std::shared_ptr<const Frame> Painter::presented(const std::shared_ptr<Frame>& frame) {
  if (!request_.styles || !view_is_colour()) return frame;
  const auto start = Clock::now();
  std::shared_ptr<Frame> repainted = pool_.take(frame->width, frame->height);
  *repainted = *frame;
  // On the way to the end a coarser one is enough.
  const auto detail = frame->stage == Stage::kConverged ? editor::StyleDetail::kFull : editor::StyleDetail::kMotion;
  editor::repaint(*request_.styles, frame->camera, repainted->pixels, repainted->depth, detail);
  const double took = ms_between(start, Clock::now());
  repainted->times.compose_ms += took;
  repainted->times.total_ms += took;
  return repainted;
}

}  // namespace skyline::renderer
