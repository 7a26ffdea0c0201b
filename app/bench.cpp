// skyline bench: speed along the scene's flight, every frame rendered afresh.
#include "app/backend_choice.h"
#include "app/bench_flight.h"
#include "app/bench_progressive.h"
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

struct BenchOptions {
  CommonOptions common;
  std::string scene;
  int width = 320, height = 180, frames = 600;
  bool progressive = false;
  int pictures = 24;
  std::string save;
  nerf::RenderSettings settings;
  core::ParameterSet parameters;
};

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
    request.camera = nerf::view_camera(view, kBenchFieldOfView, options.width, options.height);
    nerf::RenderStats stats;
    const auto begin = std::chrono::steady_clock::now();
    if (auto status = source.render(request, picture, stats, silent); !status)
      return status.error().stopped ? bench_stopped() : status.error();
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
  core::Result<nerf::Scene> scene = nerf::load_scene(options.scene);
  if (!scene) return scene.error();
  if (scene->info.flight.size() < 3 || scene->info.cameras.empty()) {
    return core::Error{"the scene has no flight path", options.scene, "train it again with this version"};
  }
  const std::unique_ptr<core::Progress> progress = core::make_console_progress(stop, options.common.quiet);
  PictureSource source(options.common.backend, scene->field, options.settings);
  const auto flight = plan_flight(*scene, source, options.width, options.height, options.frames, *progress);
  if (!flight) return flight.error();
  if (options.progressive) {
    if (!options.save.empty()) {
      if (auto folder = make_output_folder(options.save); !folder) return folder.error();
    }
    const auto played =
        play_progressively(*scene, *flight, {options.width, options.height, options.pictures, options.settings, options.save}, *progress);
    if (!played) return played.error();
    print_line(options.common.json ? played->json : played->text);
    return kExitDone;
  }
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
  command->add_flag("--progressive", options->progressive, "play it in real time through the progressive renderer");
  command->add_option("--pictures", options->pictures, "moving pictures held against converged ones, with --progressive")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(0, 1000));
  command->add_option("--save", options->save, "folder for those pictures, moving above converged")->type_name("DIR");
  add_compute_options(*command, options->common);
  add_report_options(*command, options->common);
  add_parameters(*command, options->parameters, "Rendering");
  command->footer("Example: skyline bench city.sky --size 320x180 --threads 2 --decode deferred");
  return {command, [options](const core::StopToken& stop) { return run(*options, stop); }};
}

}  // namespace skyline::app
