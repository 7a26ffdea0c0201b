// skyline bench: speed along the scene's flight, every frame rendered afresh.
#include "app/backend_choice.h"
#include "app/verbs.h"
#include "core/memory.h"
#include "core/parallel.h"
#include "nerf/cpu/renderer.h"
#include "nerf/flight.h"
#include "nerf/store/sky_file.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>

namespace skyline::app {
namespace {

constexpr double kFieldOfView = 50;  // degrees, vertical
constexpr double kWantedHits = 0.8;  // share of the rays that must hit the field
constexpr double kHitOpacity = 0.5;  // a ray hits where more than this of its light comes from the field
constexpr int kProbeColumns = 24, kProbeRows = 14;

struct BenchOptions {
  CommonOptions common;
  std::string scene;
  int width = 320, height = 180, frames = 600;
  nerf::RenderSettings settings;
  core::ParameterSet parameters;
};

struct PlannedFlight {
  std::vector<nerf::FlightView> views;
  double mean_hits = 0, fewest_hits = 1;
};

core::Error stopped_error() { return {"stopped", "the benchmark is not finished", "", true}; }

// The flight with its views turned so that enough rays hit the field, found on tiny pictures before anything is timed.
core::Result<PlannedFlight> plan_flight(const BenchOptions& options, const nerf::Scene& scene, PictureSource& source,
                                        core::Progress& progress) {
  core::Progress silent(progress.stop_token());
  core::Status status;
  const auto hit_share = [&](const nerf::FlightView& view) {
    if (!status) return 1.0;
    nerf::RenderRequest request;
    request.camera = nerf::view_camera(view, kFieldOfView, options.width, options.height);
    request.camera = request.camera.resized(kProbeColumns, kProbeRows);
    request.opacity = true;
    nerf::Picture picture;
    nerf::RenderStats stats;
    status = source.render(request, picture, stats, silent);
    const std::vector<float>& opacity = picture.opacity.pixels;
    const auto hits = std::count_if(opacity.begin(), opacity.end(), [](float o) { return o > kHitOpacity; });
    return opacity.empty() ? 0.0 : static_cast<double>(hits) / static_cast<double>(opacity.size());
  };

  PlannedFlight flight;
  const double height = nerf::mean_camera_height(scene.info.cameras, scene.field.ground_z);
  const auto views = nerf::bench_flight(scene.info.flight, scene.field.box, scene.field.ground_z, height, options.frames);
  for (const nerf::FlightView& view : views) {
    flight.views.push_back(nerf::aim_at_field(view, scene.field.box, kWantedHits, hit_share));
    const double hits = hit_share(flight.views.back());
    if (!status) return status.error().stopped ? stopped_error() : status.error();
    flight.mean_hits += hits / static_cast<double>(views.size());
    flight.fewest_hits = std::min(flight.fewest_hits, hits);
    progress.report({.stage = "planning the flight",
                     .done = static_cast<double>(flight.views.size()),
                     .total = static_cast<double>(views.size()),
                     .unit = "frames"});
  }
  return flight;
}

struct Timing {
  std::vector<double> ms;  // of each frame
  nerf::RenderStats total;
};

core::Result<Timing> time_frames(const BenchOptions& options, const PlannedFlight& flight, PictureSource& source,
                                 core::Progress& progress) {
  core::Progress silent(progress.stop_token());
  Timing timing;
  nerf::Picture picture;
  for (const nerf::FlightView& view : flight.views) {
    nerf::RenderRequest request;
    request.camera = nerf::view_camera(view, kFieldOfView, options.width, options.height);
    nerf::RenderStats stats;
    const auto begin = std::chrono::steady_clock::now();
    if (auto status = source.render(request, picture, stats, silent); !status)
      return status.error().stopped ? stopped_error() : status.error();
    timing.ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    timing.total.rays += stats.rays;
    timing.total.density_samples += stats.density_samples;
    timing.total.shaded_samples += stats.shaded_samples;
    timing.total.seconds += timing.ms.back() / 1000.0;
    progress.report({.stage = "rendering",
                     .done = static_cast<double>(timing.ms.size()),
                     .total = static_cast<double>(flight.views.size()),
                     .unit = "frames"});
  }
  return timing;
}

// Nearest-rank percentile.
double percentile(std::vector<double> values, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  const auto index = static_cast<std::ptrdiff_t>(std::clamp<std::size_t>(rank, 1, values.size()) - 1);
  std::nth_element(values.begin(), values.begin() + index, values.end());
  return values[static_cast<std::size_t>(index)];
}

nlohmann::json report(const BenchOptions& options, const PictureSource& source, const PlannedFlight& flight, const Timing& timing) {
  const auto rays = static_cast<double>(timing.total.rays);
  return {{"width", options.width},
          {"height", options.height},
          {"threads", core::thread_count()},
          {"frames", timing.ms.size()},
          {"fps", static_cast<double>(timing.ms.size()) / timing.total.seconds},
          {"rays_per_s", rays / timing.total.seconds},
          {"density_samples_per_ray", static_cast<double>(timing.total.density_samples) / rays},
          {"shaded_samples_per_ray", static_cast<double>(timing.total.shaded_samples) / rays},
          {"ms_p50", percentile(timing.ms, 0.50)},
          {"ms_p99", percentile(timing.ms, 0.99)},
          {"hit_share_mean", flight.mean_hits},
          {"hit_share_min", flight.fewest_hits},
          {"peak_rss_bytes", core::peak_resident_bytes()},
          {"backend", source.backend_name(options.width, options.height)},
          {"mode", options.settings.decode}};
}

core::Result<int> run(BenchOptions& options, const core::StopToken& stop) {
  apply_log_level(options.common);
  const core::ThreadLimit limit(options.common.threads);
  if (auto status = check_backend(options.common.backend); !status) return status.error();
  const auto scene = nerf::load_scene(options.scene);
  if (!scene) return scene.error();
  if (scene->info.flight.size() < 3 || scene->info.cameras.empty()) {
    return core::Error{"the scene has no flight path", options.scene, "train it again with this version"};
  }
  const std::unique_ptr<core::Progress> progress = core::make_console_progress(stop, options.common.quiet);
  PictureSource source(options.common.backend, scene->field, options.settings);
  const auto flight = plan_flight(options, *scene, source, *progress);
  if (!flight) return flight.error();
  const auto timing = time_frames(options, *flight, source, *progress);
  if (!timing) return timing.error();

  const nlohmann::json result = report(options, source, *flight, *timing);
  if (options.common.json) {
    print_line(result.dump());
    return kExitDone;
  }
  print_line(fmt::format("{} frames of {} x {} on {} threads, {} decoding", timing->ms.size(), options.width, options.height,
                         core::thread_count(), options.settings.decode));
  print_line(fmt::format("{:.2f} fps, {:.0f} rays/s; a frame takes {:.1f} ms (p50), {:.1f} ms (p99)", result["fps"].get<double>(),
                         result["rays_per_s"].get<double>(), result["ms_p50"].get<double>(), result["ms_p99"].get<double>()));
  print_line(fmt::format("{:.1f} density samples and {:.2f} shaded samples a ray; {:.0f} % of the rays hit the field; peak memory {}",
                         result["density_samples_per_ray"].get<double>(), result["shaded_samples_per_ray"].get<double>(),
                         100 * flight->mean_hits, bytes_text(static_cast<double>(core::peak_resident_bytes()))));
  return kExitDone;
}

}  // namespace

Verb add_bench(CLI::App& program) {
  const auto options = std::make_shared<BenchOptions>();
  nerf::register_parameters(options->parameters, options->settings);
  CLI::App* const command = program.add_subcommand("bench", "measure rendering along the scene's flight");
  command->add_option("scene", options->scene, "the scene")->required()->type_name("CITY.sky");
  add_pair(*command, "--size", options->width, options->height, "WxH", "size of the pictures [320x180]");
  command->add_option("--frames", options->frames, "frames of the flight")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000000));
  add_compute_options(*command, options->common);
  add_report_options(*command, options->common);
  add_parameters(*command, options->parameters, "Rendering");
  command->footer("Example: skyline bench city.sky --size 320x180 --threads 2 --decode deferred");
  return {command, [options](const core::StopToken& stop) { return run(*options, stop); }};
}

}  // namespace skyline::app
