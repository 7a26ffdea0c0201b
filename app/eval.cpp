// skyline eval: a scene against photos that it may or may not have seen.
#include "app/survey_truth.h"
#include "app/verbs.h"
#include "app/views.h"
#include "core/memory.h"
#include "core/parallel.h"
#include "nerf/cpu/renderer.h"
#include "nerf/data/photo_cache.h"
#include "nerf/data/scene_guess.h"
#include "nerf/metrics.h"
#include "nerf/store/sky_file.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <glm/mat3x3.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

namespace skyline::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct EvalOptions {
  CommonOptions common;
  std::string scene, photos, split, fit_code, save, depth_truth;
  int width = -1;  // -1: the training width
  nerf::RenderSettings settings;
  core::ParameterSet parameters;
};

// Training may have turned the input so that z is up; the photos to compare with must follow. Scenes without the entry were not turned.
nerf::SceneGuess world_frame(const nerf::SceneInfo& info) {
  nerf::SceneGuess guess;
  const json training = json::parse(info.training_json, nullptr, false);
  if (!training.is_object() || !training.contains("world_from_input")) return guess;
  const json& rows = training["world_from_input"];
  const auto is_number = [](const json& value) { return value.is_number(); };
  if (!rows.is_array() || rows.size() != 9 || !std::all_of(rows.begin(), rows.end(), is_number)) return guess;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column)
      guess.world_from_input[column][row] = rows[static_cast<std::size_t>(3 * row + column)].get<double>();
  }
  return guess;
}

// The lens of the training cameras whose intrinsics are nearest: a split numbers its lenses on its own.
int nearest_lens(const nerf::Camera& camera, const std::vector<nerf::Camera>& training) {
  int lens = 0;
  double smallest = 1e300;
  for (const nerf::Camera& other : training) {
    const auto difference = [&](double a, double b) { return std::abs(a / camera.width - b / other.width); };
    const double distance = difference(camera.fl_x, other.fl_x) + difference(camera.cx, other.cx) + difference(camera.cy, other.cy) +
                            std::abs(camera.distortion.k1 - other.distortion.k1) + std::abs(camera.distortion.k2 - other.distortion.k2);
    if (distance < smallest) {
      smallest = distance;
      lens = other.lens;
    }
  }
  return lens;
}

// Photo, rendering and the absolute error (three times as bright), side by side.
core::Image comparison(const core::FloatImage& photo, const core::FloatImage& picture) {
  constexpr float kErrorGain = 3;
  core::FloatImage error = photo;
  for (std::size_t i = 0; i < error.pixels.size(); ++i)
    error.pixels[i] = std::min(1.0F, kErrorGain * std::abs(photo.pixels[i] - picture.pixels[i]));
  return core::contact_sheet({core::to_image(photo), core::to_image(picture), core::to_image(error)}, 3, 4, 255);
}

// Renders one photo's view, by the mean code or by a code fitted to the photo's left half, and compares.
class Evaluator {
 public:
  // `truth` is null where nothing is known but the photos.
  Evaluator(nerf::Renderer& renderer, int code_size, bool fit, SurveyTruth* truth, double ground_z, core::Progress& progress)
      : renderer_(renderer), code_size_(code_size), fit_(fit), truth_(truth), ground_z_(ground_z), progress_(progress) {}

  core::Result<json> compare(const nerf::Camera& camera, const core::FloatImage& photo, core::FloatImage& shown) {
    nerf::RenderRequest request;
    request.camera = camera;
    request.depth = truth_ != nullptr;
    core::FloatImage depth;
    auto picture = render(request, &depth);
    if (!picture) return picture.error();
    const nerf::BandPsnr bands = nerf::band_psnr(*picture, photo);
    json entry{{"file", camera.name},
               {"psnr", nerf::psnr(*picture, photo)},
               {"ssim", nerf::ssim(*picture, photo)},
               {"psnr_slow", bands.slow},
               {"psnr_fine", bands.fine}};
    shown = std::move(*picture);
    if (truth_ != nullptr) {
      const auto error = truth_->median_depth_error(camera, depth);
      if (!error) return error.error();
      if (auto added = truth_->add_colour_errors(camera, shown, photo); !added) return added.error();
      entry["depth_error"] = *error;
      entry["depth_error_share"] = *error / std::max(1e-9, camera.position.z - ground_z_);
    }
    if (!fit_) return entry;
    request.depth = false;

    const int middle = camera.width / 2;
    const nerf::MetricWindow right{middle, camera.width};
    entry["psnr_right"] = nerf::psnr(shown, photo, right);
    entry["ssim_right"] = nerf::ssim(shown, photo, right);
    const auto fitted = renderer_.fit_code(camera, photo, 0, middle, progress_);
    if (!fitted) return fitted.error();
    const auto code = static_cast<std::size_t>(code_size_);
    request.code = std::span(*fitted).first(std::min(code, fitted->size()));
    request.exposure = std::span(*fitted).subspan(request.code.size());
    picture = render(request);
    if (!picture) return picture.error();
    entry["psnr_fit"] = nerf::psnr(*picture, photo, right);
    entry["ssim_fit"] = nerf::ssim(*picture, photo, right);
    shown = std::move(*picture);
    return entry;
  }

 private:
  core::Result<core::FloatImage> render(const nerf::RenderRequest& request, core::FloatImage* depth = nullptr) {
    nerf::Picture picture;
    nerf::RenderStats stats;
    core::Progress silent(progress_.stop_token());
    if (auto status = renderer_.render(request, picture, stats, silent); !status) return status.error();
    if (depth != nullptr) *depth = std::move(picture.depth);
    return std::move(picture.colour);
  }

  nerf::Renderer& renderer_;
  int code_size_;
  bool fit_;
  SurveyTruth* truth_;
  double ground_z_;
  core::Progress& progress_;
};

json mean_report(const json& photos) {
  json report;
  for (const auto& [key, value] : photos.front().items()) {
    if (!value.is_number()) continue;
    double sum = 0;
    for (const json& photo : photos) sum += photo.at(key).get<double>();
    report[key] = sum / static_cast<double>(photos.size());
  }
  return report;
}

void print_report(const json& report) {
  const bool fit = report.contains("psnr_fit");
  const auto print = [&](const std::string& name, const json& entry) {
    std::string line = fmt::format("{:<32} {:7.2f} {:7.4f} {:7.2f} {:7.2f}", name, entry["psnr"].get<double>(), entry["ssim"].get<double>(),
                                   entry["psnr_slow"].get<double>(), entry["psnr_fine"].get<double>());
    if (fit) line += fmt::format(" {:11.2f} {:8.2f}", entry["psnr_right"].get<double>(), entry["psnr_fit"].get<double>());
    print_line(line);
  };
  print_line(fmt::format("{:<32} {:>7} {:>7} {:>7} {:>7}{}", "photo", "psnr", "ssim", "slow", "fine", fit ? "  right half   fitted" : ""));
  for (const json& photo : report["photos"]) print(photo["file"].get<std::string>(), photo);
  print("mean", report);
  if (report.contains("depth_error")) {
    print_line(fmt::format("median depth error {:.3f}, {:.2f} % of the camera's height", report["depth_error"].get<double>(),
                           100 * report["depth_error_share"].get<double>()));
  }
  if (!report.contains("parts")) return;
  for (const auto& [part, score] : report["parts"].items()) {
    print_line(
        fmt::format("{:<8} {:7.2f} dB, {:4.1f} % of the pixels", part, score["psnr"].get<double>(), 100 * score["share"].get<double>()));
  }
}

core::Result<int> run(EvalOptions& options, const core::StopToken& stop) {
  apply_log_level(options.common);
  const core::ThreadLimit limit(options.common.threads);
  if (auto status = check_backend(options.common.backend); !status) return status.error();
  if (!options.save.empty()) {
    if (auto status = make_output_folder(options.save); !status) return status.error();
  }
  const auto scene = nerf::load_scene(options.scene);
  if (!scene) return scene.error();

  // Bring the photos to the scene's world frame and to the training width.
  std::error_code code;
  if (options.split.empty() && fs::is_regular_file(fs::path(options.photos) / "transforms_test.json", code))
    options.split = "transforms_test.json";
  auto dataset = nerf::load_dataset(options.photos, {.split = options.split, .minimum_photos = 1, .with_points = false});
  if (!dataset) return dataset.error();
  nerf::apply_world_frame(world_frame(scene->info), *dataset);
  int width = options.width;
  if (width < 0) {
    width = scene->info.training_width;
    for (const nerf::Photo& photo : dataset->photos) width = std::min(width, photo.camera.width);
  }
  const std::unique_ptr<core::Progress> progress = core::make_console_progress(stop, options.common.quiet);
  const auto cache = nerf::PhotoCache::create(*dataset, width, fs::temp_directory_path(), *progress);
  if (!cache) return cache.error();

  auto renderer = nerf::Renderer::create(scene->field, options.settings);
  if (!renderer) return renderer.error();
  SurveyTruth truth(options.depth_truth);
  Evaluator evaluator(*renderer, scene->field.code_size(), !options.fit_code.empty(), options.depth_truth.empty() ? nullptr : &truth,
                      scene->field.ground_z, *progress);
  json photos = json::array();
  for (int i = 0; i < cache->photo_count(); ++i) {
    nerf::Camera camera = cache->camera(i);
    camera.lens = nearest_lens(camera, scene->info.cameras);
    const core::FloatImage photo = to_float(cache->image(i));
    core::FloatImage shown;
    auto entry = evaluator.compare(camera, photo, shown);
    if (!entry) return entry.error().stopped ? core::Error{"stopped", "the evaluation is not finished", "", true} : entry.error();
    photos.push_back(std::move(*entry));
    if (!options.save.empty()) {
      const fs::path file = fs::path(options.save) / (fs::path(camera.name).stem().string() + ".png");
      if (auto saved = core::save_image(comparison(photo, shown), file); !saved) return saved.error();
    }
    progress->report({.stage = "comparing", .done = i + 1.0, .total = static_cast<double>(cache->photo_count()), .unit = "photos"});
  }

  json report = mean_report(photos);
  report["photos"] = photos;
  for (const auto& [part, score] : truth.scores()) report["parts"][part] = {{"psnr", score.psnr}, {"share", score.share}};
  report["width"] = width > 0 ? width : cache->camera(0).width;
  report["peak_rss_bytes"] = core::peak_resident_bytes();
  if (options.common.json) {
    print_line(report.dump(-1, ' ', false, json::error_handler_t::replace));
  } else {
    print_report(report);
  }
  return kExitDone;
}

}  // namespace

Verb add_eval(CLI::App& program) {
  const auto options = std::make_shared<EvalOptions>();
  options->settings.vignetting = true;  // as the photos have it
  nerf::register_parameters(options->parameters, options->settings);
  CLI::App* const command = program.add_subcommand("eval", "compare a scene with photos: PSNR and SSIM per photo and mean");
  command->add_option("scene", options->scene, "the scene")->required()->type_name("CITY.sky");
  command->add_option("photos", options->photos, "folder of the photos, as for train")->required()->type_name("FOLDER");
  command->add_option("--split", options->split, "cameras to compare with (default transforms_test.json, else as for train)")
      ->type_name("FILE");
  command->add_option("--width", options->width, "compare at this photo width; 0 = as stored (default: the training width)")
      ->type_name("PIXELS")
      ->check(CLI::Range(0, 100000));
  command->add_option("--fit-code", options->fit_code, "left-half: fit the appearance to each photo's left half, measure on its right half")
      ->type_name("left-half")
      ->check(CLI::IsMember({"left-half"}));
  command
      ->add_option("--depth-truth", options->depth_truth,
                   "folder with the true depth NAME.depth.npy (and, for scores of walls, roofs and so on, NAME.part.npy) of each photo, as "
                   "city survey "
                   "writes them")
      ->type_name("FOLDER")
      ->check(CLI::ExistingDirectory);
  command->add_option("--save", options->save, "folder for pictures: photo, rendering, error")->type_name("FOLDER");
  add_compute_options(*command, options->common);
  add_report_options(*command, options->common);
  add_parameters(*command, options->parameters, "Rendering");
  command->footer("Example: skyline eval city.sky photos/ --split transforms_test.json --fit-code left-half --save compare/");
  return {command, [options](const core::StopToken& stop) { return run(*options, stop); }};
}

}  // namespace skyline::app
