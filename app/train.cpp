// skyline train: photos to a .sky file.
#include "app/verbs.h"
#include "core/log.h"
#include "core/memory.h"
#include "core/parallel.h"
#include "nerf/train/session.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace skyline::app {
namespace {

namespace fs = std::filesystem;

struct TrainOptions {
  CommonOptions common;
  std::string photos, output;
  nerf::TrainingPlanOptions plan;
  core::ParameterSet field_parameters, train_parameters;
};

core::Status check_paths(const TrainOptions& options) {
  const fs::path output = options.output;
  if (output.extension() != ".sky") return core::Error{"the output must end in .sky", options.output, "for example city.sky"};
  if (auto status = check_output_file(output); !status) return status;
  std::error_code code;
  if (options.plan.resume && !fs::exists(nerf::checkpoint_path(output), code)) {
    return core::Error{"there is no check-point to resume from", nerf::checkpoint_path(output).string(), "train without --resume"};
  }
  return {};
}

nlohmann::json report(const TrainOptions& options, const nerf::TrainStats& stats, bool finished) {
  nlohmann::json stages = nlohmann::json::object();
  for (const nerf::TrainStats::Stage& stage : stats.stages) stages[stage.name] = stage.seconds;
  return {{"scene", options.output},
          {"finished", finished},
          {"steps", stats.step},
          {"rays", stats.rays},
          {"seconds", stats.seconds},
          {"rays_per_s", stats.seconds > 0 ? static_cast<double>(stats.rays) / stats.seconds : 0},
          {"samples_per_ray", stats.samples_per_ray},
          {"cpu_seconds", core::process_cpu_seconds()},
          {"train_psnr", stats.psnr},
          {"peak_rss_bytes", core::peak_resident_bytes()},
          {"stages", stages}};
}

// One line for each photo that is left out or looks wrong.
void warn_of_photos(const nerf::TrainingPlan& plan) {
  for (const nerf::UnusablePhoto& photo : plan.unusable)
    core::log_warning(fmt::format("left out {}: {}", photo.path.string(), photo.check.reason));
  for (std::size_t i = 0; i < plan.checks.size(); ++i) {
    if (!plan.checks[i].reason.empty())
      core::log_warning(fmt::format("{}: {}", plan.dataset.photos[i].path.string(), plan.checks[i].reason));
  }
  if (!plan.notice.empty()) core::log_warning(plan.notice);
}

core::Result<int> run(TrainOptions& options, const core::StopToken& stop) {
  apply_log_level(options.common);
  const core::ThreadLimit limit(options.common.threads);
  if (auto status = check_backend(options.common.backend); !status) return status.error();
  if (auto status = check_paths(options); !status) return status.error();

  // Read the cameras, look at the photos, and find out everything that a person would otherwise have to type.
  const std::unique_ptr<core::Progress> progress = core::make_console_progress(stop, options.common.quiet);
  auto plan = nerf::plan_training(options.photos, options.plan, *progress);
  if (!plan) return plan.error();
  core::log_info(fmt::format("{} photos, {} points from {}", plan->dataset.photos.size(), plan->dataset.points.size(),
                             plan->dataset.cameras_file.string()));
  warn_of_photos(*plan);
  core::log_info(plan->guess.summary);
  core::log_info("forecast: " + plan->forecast.text);
  if (plan->forecast.memory_bytes > core::physical_memory_bytes()) {
    core::log_warning("the forecast is above this machine's memory; choose a smaller --width or a larger --texel");
  }

  // Train.
  const fs::path output = options.output;
  const fs::path scratch = output.has_parent_path() ? output.parent_path() : fs::path(".");
  auto cache = nerf::PhotoCache::create(plan->dataset, plan->options.width, scratch, *progress);
  if (!cache) return cache.error();
  auto trainer = nerf::Trainer::create(plan->dataset, plan->guess, std::move(*cache), options.plan.field, options.plan.train);
  if (!trainer) return trainer.error();
  if (options.plan.resume) {
    if (auto status = trainer->load_checkpoint(nerf::checkpoint_path(output)); !status) return status.error();
    core::log_info(fmt::format("resumed at step {}", trainer->stats().step));
  }
  if (auto status = nerf::run_training(*trainer, options.plan.train, output, *progress); !status && !status.error().stopped)
    return status.error();

  // Report.
  const nerf::TrainStats& stats = trainer->stats();
  const bool finished = trainer->finished();
  if (options.common.json) {
    print_line(report(options, stats, finished).dump());
  } else if (!options.common.quiet) {
    print_line(
        fmt::format("{} after {} steps, {:.0f} s, {:.2f} M rays ({:.0f} rays/s): {:.2f} dB on recent training pixels, peak memory {}",
                    options.output, stats.step, stats.seconds, static_cast<double>(stats.rays) / 1e6,
                    stats.seconds > 0 ? static_cast<double>(stats.rays) / stats.seconds : 0, stats.psnr,
                    bytes_text(static_cast<double>(core::peak_resident_bytes()))));
    if (!finished) {
      print_line(fmt::format("stopped before the end; go on with the same command and --resume (check-point {})",
                             nerf::checkpoint_path(output).string()));
    }
  }
  return kExitDone;
}

}  // namespace

Verb add_train(CLI::App& program) {
  const auto options = std::make_shared<TrainOptions>();
  nerf::register_parameters(options->field_parameters, options->plan.field);
  nerf::register_parameters(options->train_parameters, options->plan.train);
  CLI::App* const command = program.add_subcommand("train", "train a field from posed photos");
  command->add_option("photos", options->photos, "folder with transforms*.json or a COLMAP sparse/")->required()->type_name("FOLDER");
  command->add_option("-o,--output", options->output, "the scene to write")->required()->type_name("CITY.sky");
  command
      ->add_option("--split", options->plan.split,
                   "cameras to use: a file in the folder or a path (default transforms_train.json, transforms.json, COLMAP)")
      ->type_name("FILE");
  command
      ->add_option("--width", options->plan.width,
                   fmt::format("train at this photo width; 0 = as stored (default: at most {})", nerf::kDefaultTrainingWidth))
      ->type_name("PIXELS")
      ->check(CLI::Range(0, 100000));
  add_pair(*command, "--blocks", options->plan.field.blocks_x, options->plan.field.blocks_y, "NxM", "cut the scene into N x M blocks");
  command->add_flag("--resume", options->plan.resume, "go on from the check-point beside the output");
  command->add_flag("--skip-bad", options->plan.skip_bad, "train without photos that are missing, damaged or out of place");
  add_compute_options(*command, options->common);
  add_report_options(*command, options->common);
  add_parameters(*command, options->train_parameters, "Training");
  add_parameters(*command, options->field_parameters, "Field", {"blocks-x", "blocks-y"});
  command->footer("Example: skyline train photos/ -o city.sky --split transforms_train.json --width 206 --minutes 10 --threads 2");
  return {command, [options](const core::StopToken& stop) { return run(*options, stop); }};
}

}  // namespace skyline::app
