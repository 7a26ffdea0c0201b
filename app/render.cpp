// skyline render: pictures of a scene.
#include "app/backend_choice.h"
#include "app/edited_scene.h"
#include "app/verbs.h"
#include "app/views.h"
#include "core/parallel.h"
#include "nerf/cpu/renderer.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <set>

namespace skyline::app {
namespace {

namespace fs = std::filesystem;

constexpr int kSheetPictures = 24, kSheetColumns = 4, kSheetPictureWidth = 400, kSheetGap = 6;

struct RenderOptions {
  CommonOptions common;
  std::string scene, moved_scene, output, sheet, layers = "color";
  ViewChoice view;
  nerf::RenderSettings settings;
  core::ParameterSet parameters;
};

core::Result<std::set<std::string>> parse_layers(const std::string& text) {
  static const std::set<std::string> known{"color", "depth", "normal", "opacity", "cost"};
  std::set<std::string> layers;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string layer = text.substr(begin, end - begin);
    if (!known.contains(layer)) return core::Error{"there is no such layer", layer, "choose from color, depth, normal, opacity, cost"};
    layers.insert(layer);
    begin = end + 1;
  }
  return layers;
}

// Writes the layers of one picture; colour keeps the name, the others add theirs ("view.depth.png").
class LayerWriter {
 public:
  LayerWriter(std::set<std::string> layers, nlohmann::json& files, nlohmann::json& ranges)
      : layers_(std::move(layers)), files_(files), ranges_(ranges) {}

  core::Status write(const nerf::Picture& picture, const fs::path& path) {
    for (const std::string& layer : layers_) {
      fs::path file = path;
      if (layer != "color") file.replace_extension("." + layer + path.extension().string());
      if (auto status = core::save_image(image_of(picture, layer, file.string()), file); !status) return status;
      files_.push_back(file.string());
    }
    return {};
  }

 private:
  // Depth and cost are stretched over their range, which the report states.
  core::Image image_of(const nerf::Picture& picture, const std::string& layer, const std::string& file) {
    if (layer == "color") return core::to_image(picture.colour);
    if (layer == "normal") return normal_image(picture.normal);
    if (layer == "opacity") return grey_image(picture.opacity, 0, 1);
    const core::FloatImage& values = layer == "depth" ? picture.depth : picture.cost;
    const auto [low, high] = range_of(values);
    ranges_[file] = {low, high};
    return grey_image(values, low, high);
  }

  std::set<std::string> layers_;
  nlohmann::json& files_;
  nlohmann::json& ranges_;
};

// Collects evenly spaced frames of a path in small.
class SheetMaker {
 public:
  explicit SheetMaker(std::size_t frames) : frames_(frames), count_(std::min<std::size_t>(frames, kSheetPictures)) {}
  void add(std::size_t frame, const core::FloatImage& colour) {
    if (pictures_.size() >= count_ || frame != pictures_.size() * frames_ / count_) return;
    core::Image image = core::to_image(colour);
    if (!pictures_.empty()) {
      if (image.width < pictures_.front().width || image.height < pictures_.front().height) return;
      pictures_.push_back(core::resize_area(image, pictures_.front().width, pictures_.front().height));
    } else {
      const int width = std::min(image.width, kSheetPictureWidth);
      pictures_.push_back(core::resize_area(image, width, std::max(1, image.height * width / image.width)));
    }
  }
  core::Status save(const fs::path& path) const {
    return core::save_image(core::contact_sheet(pictures_, std::min(kSheetColumns, static_cast<int>(pictures_.size())), kSheetGap, 255),
                            path);
  }

 private:
  std::size_t frames_, count_;
  std::vector<core::Image> pictures_;
};

// Where each view goes: one file, or a folder for paths.
core::Result<std::vector<fs::path>> output_files(const RenderOptions& options, const std::vector<nerf::Camera>& views) {
  const bool path = !options.view.path.empty();
  const fs::path output = options.output.empty() ? fs::path(path ? "frames" : "view.png") : fs::path(options.output);
  if (!path) {
    const std::string extension = output.extension().string();
    if (extension != ".png" && extension != ".jpg")
      return core::Error{"the output is not a picture file", output.string(), "end its name in .png or .jpg"};
    if (auto status = check_output_file(output); !status) return status.error();
    return std::vector<fs::path>{output};
  }
  if (auto status = make_output_folder(output); !status) return status.error();
  std::vector<fs::path> files;
  files.reserve(views.size());
  for (const nerf::Camera& view : views) files.push_back(output / (view.name + ".png"));
  return files;
}

// --code goes before the project's light.
std::span<const float> chosen_code(const RenderOptions& options, const EditedScene& edited) {
  return options.settings.code >= 0 ? std::span<const float>() : std::span<const float>(edited.code);
}

core::Result<int> run(RenderOptions& options, const core::StopToken& stop) {
  apply_log_level(options.common);
  const core::ThreadLimit limit(options.common.threads);
  if (auto status = check_backend(options.common.backend); !status) return status.error();
  const auto layers = parse_layers(options.layers);
  if (!layers) {
    print_error(layers.error().message());
    return kExitUsage;
  }
  if (!options.sheet.empty()) {
    if (auto status = check_output_file(options.sheet); !status) return status.error();
  }
  const std::unique_ptr<core::Progress> progress = core::make_console_progress(stop, options.common.quiet);
  const auto edited = load_edited_scene(options.scene, options.moved_scene, *progress);
  if (!edited) return edited.error();
  const nerf::Scene* const scene = &edited->scene;
  const auto views = choose_views(options.view, *scene);
  if (!views) return views.error();
  // Settings that do not fit the scene are refused before anything is written.
  if (auto fits = nerf::Renderer::check(scene->field, options.settings); !fits) return fits.error();
  const auto files = output_files(options, *views);
  if (!files) return files.error();

  nlohmann::json written = nlohmann::json::array(), ranges = nlohmann::json::object();
  LayerWriter writer(*layers, written, ranges);
  SheetMaker sheet(views->size());
  nerf::RenderStats total;
  PictureSource source(options.common.backend, scene->field, options.settings);
  for (std::size_t i = 0; i < views->size(); ++i) {
    nerf::RenderRequest request{.camera = (*views)[i],
                                .depth = layers->contains("depth") || edited->styles != nullptr,
                                .normal = layers->contains("normal"),
                                .opacity = layers->contains("opacity"),
                                .cost = layers->contains("cost"),
                                .code = chosen_code(options, *edited),
                                .exposure = {},
                                .layers = edited->layers.get(),
                                .appearance = edited->appearance.get()};
    nerf::Picture picture;
    nerf::RenderStats stats;
    // One picture reports its own rows, a path its frames.
    core::Progress silent(stop);
    const core::Status status = source.render(request, picture, stats, views->size() == 1 ? *progress : silent);
    if (!status) {
      if (!status.error().stopped) return status.error();
      return core::Error{"stopped", fmt::format("{} of {} pictures are written", i, views->size()), "", true};
    }
    edited->grader.grade(picture.colour);
    if (edited->styles) editor::repaint(*edited->styles, request.camera, picture.colour, picture.depth.pixels);
    if (auto saved = writer.write(picture, (*files)[i]); !saved) return saved.error();
    if (!options.sheet.empty()) sheet.add(i, picture.colour);
    total.rays += stats.rays;
    total.density_samples += stats.density_samples;
    total.seconds += stats.seconds;
    if (views->size() > 1) {
      progress->report(
          {.stage = "rendering", .done = static_cast<double>(i + 1), .total = static_cast<double>(views->size()), .unit = "frames"});
    }
  }
  if (!options.sheet.empty()) {
    if (auto saved = sheet.save(options.sheet); !saved) return saved.error();
    written.push_back(options.sheet);
  }

  const double samples = total.rays > 0 ? static_cast<double>(total.density_samples) / static_cast<double>(total.rays) : 0;
  if (options.common.json) {
    nlohmann::json report{{"files", written}, {"seconds", total.seconds}, {"rays", total.rays}, {"samples_per_ray", samples}};
    if (!ranges.empty()) report["ranges"] = ranges;
    print_line(report.dump());
  } else if (!options.common.quiet) {
    print_line(fmt::format("{} in {:.2f} s, {:.1f} samples a ray: {}{}",
                           written.size() == 1 ? "1 picture" : fmt::format("{} pictures", written.size()), total.seconds, samples,
                           written.front().get<std::string>(), written.size() > 1 ? " ... " + written.back().get<std::string>() : ""));
    for (const auto& [file, range] : ranges.items()) {
      print_line(fmt::format("{}: grey 1 to 255 is {:.3f} to {:.3f}", file, range[0].get<double>(), range[1].get<double>()));
    }
  }
  return kExitDone;
}

}  // namespace

Verb add_render(CLI::App& program) {
  const auto options = std::make_shared<RenderOptions>();
  nerf::register_parameters(options->parameters, options->settings);
  CLI::App* const command = program.add_subcommand("render", "render pictures of a scene (default: its home view)");
  ViewChoice& view = options->view;
  command->add_option("scene", options->scene, "the scene, or a project with its edits")->required()->type_name("CITY.sky|PROJECT.skyproj");
  command->add_option("--scene", options->moved_scene, "where the project's scene is now")->type_name("CITY.sky");
  add_view_choice(*command, view);
  add_pair(*command, "--size", view.width, view.height, "WxH", "size of the pictures");
  command->add_option("--out", options->output, "file to write (.png, .jpg), or folder for a path (default view.png, frames)")
      ->type_name("FILE|FOLDER");
  command->add_option("--layers", options->layers, "color,depth,normal,opacity,cost")->type_name("LIST")->capture_default_str();
  command->add_option("--sheet", options->sheet, "contact sheet of the pictures")->type_name("FILE");
  add_compute_options(*command, options->common);
  add_report_options(*command, options->common);
  add_parameters(*command, options->parameters, "Rendering");
  command->footer("Example: skyline render city.sky --camera 0,-300,200,0,-35 --size 1280x720 --layers color,depth --out view.png");
  return {command, [options](const core::StopToken& stop) { return run(*options, stop); }};
}

}  // namespace skyline::app
