#include "renderer/tracer.h"

#include "core/parallel.h"
#include "editor/grading.h"

#include <chrono>
#include <thread>
#include <utility>

namespace skyline::renderer {
namespace {

// `changing`, held as soon as whoever changes the scene lets go of it; not held when the work is stopped before.
class SceneLock {
 public:
  SceneLock(nerf::SharedScene& scene, const core::Progress& progress) : lock_(scene.changing, std::defer_lock) {
    ++scene.waiting;
    while (!lock_.try_lock() && !progress.stop_requested()) std::this_thread::sleep_for(std::chrono::microseconds(200));
    --scene.waiting;
  }
  bool held() const { return lock_.owns_lock(); }

 private:
  std::unique_lock<std::mutex> lock_;
};

}  // namespace

bool same_settings(const nerf::RenderSettings& a, const nerf::RenderSettings& b) {
  const auto key = [](const nerf::RenderSettings& s) {
    return std::tie(s.decode, s.branch, s.precision, s.step, s.stop_transmittance, s.colour_threshold, s.footprint, s.levels, s.code,
                    s.vignetting);
  };
  return key(a) == key(b);
}

bool same_camera(const core::Camera& a, const core::Camera& b) {
  const auto lens = [](const core::Camera& c) {
    const core::Distortion& d = c.distortion;
    return std::tie(c.width, c.height, c.fl_x, c.fl_y, c.cx, c.cy, d.k1, d.k2, d.k3, d.p1, d.p2, c.lens);
  };
  return lens(a) == lens(b) && a.rotation == b.rotation && a.position == b.position;
}

void Tracer::set_scene(std::shared_ptr<nerf::SharedScene> scene) {
  renderer_.reset();
  objects_.reset();
  scene_ = std::move(scene);
}

core::Status Tracer::prepare(const ViewRequest& request, std::uint64_t version) {
  nerf::RenderSettings wanted = request.settings;
  if (scene_->live) wanted.precision = "float";  // the copy in half precision would be stale
  if (!renderer_ || version != version_ || !same_settings(wanted, settings_)) {
    renderer_.reset();
    core::Result<nerf::Renderer> made = nerf::Renderer::create(*scene_->field, wanted);
    if (!made) return made.error();
    renderer_.emplace(std::move(*made));
    settings_ = wanted;
    version_ = version;
  }
  if (request.view == View::kObject && !objects_) objects_ = std::make_unique<ObjectsBelow>(scene_->info.objects);
  return {};
}

core::Status Tracer::trace(const ViewRequest& request, const Points& points, core::Progress& progress, Traced& traced) {
  nerf::RenderRequest rays;
  rays.camera = request.camera;
  rays.points = points.at;
  rays.layers = request.layers.get();
  if (request.view == View::kColour) rays.appearance = request.appearance.get();
  rays.code = request.code;
  ask_for(request.view, rays);
  traced.stats = {};
  {
    const SceneLock lock(*scene_, progress);
    if (!lock.held()) return core::Error{"rendering was stopped", request.camera.name, "", true};
    traced.version = scene_->version;
    if (auto ready = prepare(request, traced.version); !ready) return ready;
    if (auto status = renderer_->render(rays, picture_, traced.stats, progress); !status) return status;
  }
  const core::RayGenerator generator(request.camera);
  const ValueSources sources{request.view, &generator, objects_.get(), request.truth.get()};
  traced.value.resize(points.at.size() * kValueChannels);
  traced.depth = picture_.depth.pixels;
  if (request.view == View::kColour) editor::Grader(request.grading).grade(picture_.colour);
  constexpr std::int64_t kGrain = 4096;
  core::parallel_for_ranges(static_cast<std::int64_t>(points.at.size()), kGrain, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
      value_of(sources, picture_, i, points.at[i], traced.value.data() + i * kValueChannels);
  });
  return {};
}

}  // namespace skyline::renderer
