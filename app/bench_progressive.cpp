#include "app/bench_progressive.h"

#include "core/memory.h"
#include "core/parallel.h"
#include "nerf/metrics.h"
#include "renderer/progressive.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

namespace skyline::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kViewsPerSecond = 30;  // of the flight
constexpr double kAsksPerSecond = 60;   // as often as an interface asks for a view
constexpr double kWarmUpSeconds = 0.5;
constexpr double kLongestConvergence = 60;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// The view at a time between two views of the flight.
nerf::Camera view_at(const PlannedFlight& flight, double seconds, const PlayOptions& options) {
  const double at = std::clamp(seconds * kViewsPerSecond, 0.0, static_cast<double>(flight.views.size()) - 1);
  const auto low = static_cast<std::size_t>(at), high = std::min(low + 1, flight.views.size() - 1);
  const double t = at - static_cast<double>(low);
  nerf::FlightView view = flight.views[low];
  const nerf::FlightView& next = flight.views[high];
  view.position += t * (next.position - view.position);
  view.yaw_deg += t * std::remainder(next.yaw_deg - view.yaw_deg, 360.0);
  view.pitch_deg += t * (next.pitch_deg - view.pitch_deg);
  return nerf::view_camera(view, kBenchFieldOfView, options.width, options.height);
}

// Collects what the renderer shows, as it comes.
class Audience {
 public:
  explicit Audience(renderer::ProgressiveRenderer& renderer) : renderer_(renderer) {
    renderer_.set_listener([this] { take(); });
  }
  ~Audience() { renderer_.set_listener({}); }
  Audience(const Audience&) = delete;
  Audience& operator=(const Audience&) = delete;

  void keep_every(std::size_t n) { every_ = n; }

  struct Seen {
    std::vector<double> at;  // seconds of the clock
    std::vector<double> fresh_rays, total_ms, trace_ms, reproject_ms, compose_ms;
    std::vector<std::shared_ptr<const renderer::Frame>> kept;
  };
  Seen seen() {
    const std::lock_guard lock(mutex_);
    return std::exchange(seen_, {});
  }
  // Seconds until a converged frame of the request is shown; negative: it took too long.
  double wait_for_convergence(std::uint64_t request, double most) {
    const auto start = Clock::now();
    std::unique_lock lock(mutex_);
    const bool shown = news_.wait_for(lock, std::chrono::duration<double>(most), [&] {
      const auto frame = renderer_.latest();
      return frame && frame->request >= request && frame->stage == renderer::Stage::kConverged;
    });
    return shown ? seconds_since(start) : -1;
  }

 private:
  void take() {
    const std::lock_guard lock(mutex_);
    const auto frame = renderer_.latest();
    news_.notify_all();
    if (!frame || frame->stage != renderer::Stage::kMoving) return;
    seen_.at.push_back(std::chrono::duration<double>(Clock::now().time_since_epoch()).count());
    seen_.fresh_rays.push_back(static_cast<double>(frame->fresh_rays));
    seen_.total_ms.push_back(frame->times.total_ms);
    seen_.trace_ms.push_back(frame->times.trace_ms);
    seen_.reproject_ms.push_back(frame->times.reproject_ms);
    seen_.compose_ms.push_back(frame->times.compose_ms);
    if (every_ > 0 && seen_.at.size() % every_ == 0) seen_.kept.push_back(frame);
  }

  renderer::ProgressiveRenderer& renderer_;
  std::mutex mutex_;
  std::condition_variable news_;
  Seen seen_;
  std::size_t every_ = 0;
};

core::FloatImage colours_of(const renderer::Frame& frame) {
  core::FloatImage image{frame.width, frame.height, 3, {}};
  image.pixels.reserve(frame.depth.size() * 3);
  for (std::size_t i = 0; i < frame.pixels.size(); ++i) {
    if (i % 4 != 3) image.pixels.push_back(static_cast<float>(frame.pixels[i]) / 255.0F);
  }
  return image;
}

// PSNR of moving pictures against the converged pictures of their cameras.
core::Result<std::vector<double>> compare(renderer::ProgressiveRenderer& renderer, Audience& audience, const PlayOptions& options,
                                          const std::vector<std::shared_ptr<const renderer::Frame>>& pictures, core::Progress& progress) {
  std::vector<double> decibel;
  for (const auto& picture : pictures) {
    if (progress.stop_requested()) return bench_stopped();
    renderer::ViewRequest request;
    request.camera = picture->camera;
    request.settings = options.settings;
    if (audience.wait_for_convergence(renderer.look(request), kLongestConvergence) < 0)
      return core::Error{"a picture did not converge", fmt::format("within {} s", kLongestConvergence), "choose a smaller --size"};
    const core::FloatImage moving = colours_of(*picture), converged = colours_of(*renderer.latest());
    decibel.push_back(nerf::psnr(moving, converged));
    if (!options.save.empty()) {
      const auto file = std::filesystem::path(options.save) / fmt::format("{:04}_{:.1f}dB.png", picture->serial, decibel.back());
      if (auto saved = core::save_image(core::contact_sheet({core::to_image(moving), core::to_image(converged)}, 1, 4, 0), file); !saved)
        return saved.error();
    }
    progress.report({.stage = "comparing",
                     .done = static_cast<double>(decibel.size()),
                     .total = static_cast<double>(pictures.size()),
                     .unit = "pictures"});
  }
  return decibel;
}

// Asks for other views while pictures are refined, as somebody does who moves on before they have converged. What it takes to stop a pass
// is among the renderer's totals.
void interrupt_refinement(renderer::ProgressiveRenderer& renderer, const PlannedFlight& flight, const PlayOptions& options) {
  constexpr int kTimes = 50;
  constexpr double kStandMs = 70, kStepMs = 3.3;  // so that passes are stopped at all their stages
  renderer::ViewRequest request;
  request.settings = options.settings;
  for (int i = 0; i < kTimes; ++i) {
    request.camera = view_at(flight, 0.4 * i, options);
    renderer.look(request);
    std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(kStandMs + kStepMs * (i % 10)));
  }
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

double median(const std::vector<double>& values) { return values.empty() ? 0 : percentile(values, 0.5); }

}  // namespace

core::Result<PlayReport> play_progressively(nerf::Scene& scene, const PlannedFlight& flight, const PlayOptions& options,
                                            core::Progress& progress) {
  auto made = renderer::ProgressiveRenderer::create({.threads = core::thread_count()});
  if (!made) return made.error();
  renderer::ProgressiveRenderer& renderer = **made;
  Audience audience(renderer);
  const auto loaded = Clock::now();
  renderer.show(nerf::SharedScene::of(std::move(scene)));

  // One view, so that the first picture and the way up to speed are not taken for motion.
  renderer::ViewRequest request;
  request.settings = options.settings;
  request.moving = true;
  request.camera = view_at(flight, 0, options);
  renderer.look(request);
  while (!renderer.latest() && renderer.failure().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  if (!renderer.failure().empty()) return core::Error{"cannot play the flight", renderer.failure(), ""};
  const double first_ms = 1000 * seconds_since(loaded);
  std::this_thread::sleep_for(std::chrono::duration<double>(kWarmUpSeconds));
  audience.seen();

  const double duration = static_cast<double>(flight.views.size()) / kViewsPerSecond;
  if (options.pictures > 0) audience.keep_every(std::max<std::size_t>(1, flight.views.size() / static_cast<std::size_t>(options.pictures)));
  const auto start = Clock::now();
  std::uint64_t number = 0;
  for (double ask = 0; ask / kAsksPerSecond < duration; ++ask) {
    if (progress.stop_requested()) return bench_stopped();
    request.camera = view_at(flight, seconds_since(start), options);
    number = renderer.look(request);
    std::this_thread::sleep_until(start +
                                  std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>((ask + 1) / kAsksPerSecond)));
    progress.report({.stage = "flying", .done = seconds_since(start), .total = duration, .unit = "s"});
  }
  const Audience::Seen seen = audience.seen();
  audience.keep_every(0);
  request.moving = false;
  number = renderer.look(request);
  const double converged = audience.wait_for_convergence(number, kLongestConvergence);
  if (seen.at.size() < 2 || converged < 0)
    return core::Error{"the flight has too few pictures to be measured", fmt::format("{} in {:.0f} s", seen.at.size(), duration),
                       "choose a smaller --size or more --frames"};
  const auto decibel = compare(renderer, audience, options, seen.kept, progress);
  if (!decibel) return decibel.error();
  interrupt_refinement(renderer, flight, options);

  std::vector<double> intervals;
  for (std::size_t i = 1; i < seen.at.size(); ++i) intervals.push_back(1000 * (seen.at[i] - seen.at[i - 1]));
  const renderer::ProgressiveStats stats = renderer.stats();
  nlohmann::json result = {{"width", options.width},
                           {"height", options.height},
                           {"threads", core::thread_count()},
                           {"frames", flight.views.size()},
                           {"pictures", seen.at.size()},
                           {"fps_median", 1000 / median(intervals)},
                           {"ms_p50", percentile(intervals, 0.50)},
                           {"ms_p99", percentile(intervals, 0.99)},
                           {"fresh_rays_median", median(seen.fresh_rays)},
                           {"fresh_rays_min", percentile(seen.fresh_rays, 0)},
                           {"trace_ms_median", median(seen.trace_ms)},
                           {"reproject_ms_median", median(seen.reproject_ms)},
                           {"compose_ms_median", median(seen.compose_ms)},
                           {"psnr_mean", mean(*decibel)},
                           {"psnr_min", decibel->empty() ? 0 : *std::min_element(decibel->begin(), decibel->end())},
                           {"psnr_pictures", decibel->size()},
                           {"first_picture_ms", first_ms},
                           {"converged_s", converged},
                           {"longest_cancel_ms", stats.longest_cancel_ms},
                           {"hit_share_mean", flight.mean_hits},
                           {"peak_rss_bytes", core::peak_resident_bytes()}};
  const auto number_of = [&](const char* key) { return result[key].get<double>(); };
  PlayReport report;
  report.json = result.dump();
  report.text = fmt::format(
      "{} pictures of {} x {} on {} threads: {:.1f} a second (median), {:.1f} ms (p50), {:.1f} ms (p99)\n"
      "{:.0f} fresh rays each (median): {:.1f} ms tracing, {:.1f} ms reprojection, {:.1f} ms composition\n"
      "{:.2f} dB of the moving picture against the converged one (worst of {}: {:.2f} dB)\n"
      "first picture after {:.0f} ms, converged at rest in {:.2f} s, longest cancel {:.1f} ms, peak memory {:.0f} MiB",
      seen.at.size(), options.width, options.height, core::thread_count(), number_of("fps_median"), number_of("ms_p50"),
      number_of("ms_p99"), number_of("fresh_rays_median"), number_of("trace_ms_median"), number_of("reproject_ms_median"),
      number_of("compose_ms_median"), number_of("psnr_mean"), decibel->size(), number_of("psnr_min"), first_ms, converged,
      stats.longest_cancel_ms, static_cast<double>(core::peak_resident_bytes()) / 1048576.0);
  return report;
}

}  // namespace skyline::app
