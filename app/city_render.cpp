// skyline city render: a picture of a city and its truth.
#include "app/city_verbs.h"
#include "app/views.h"
#include "city/load_city.h"
#include "city/render/noise.h"
#include "city/render/npy.h"
#include "city/render/picture.h"
#include "core/parallel.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

namespace skyline::app {
namespace {

namespace fs = std::filesystem;

struct CityRenderOptions {
  CommonOptions common;
  std::string city, output = "view.png", camera, camera_json, path, without;
  std::vector<std::string> moved;
  std::string layers = "color";
  int width = 800, height = 600;
  bool moods = false;
  city::RenderSettings settings;
  core::ParameterSet parameters;
};

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

template <class T>
bool read_number(const std::string& text, T& value) {
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  return code == std::errc() && end == text.data() + text.size();
}

core::Result<city::CityEdit> parse_edit(const CityRenderOptions& options) {
  city::CityEdit edit;
  if (!options.without.empty()) {
    for (const std::string& part : split(options.without)) {
      std::int32_t id = 0;
      if (!read_number(part, id)) return core::Error{"cannot read --without", "\"" + part + "\"", "give ids of objects parted by commas"};
      edit.without.push_back(id);
    }
  }
  for (const std::string& text : options.moved) {
    const std::vector<std::string> parts = split(text);
    city::MovedObject move;
    const bool read = (parts.size() == 3 || parts.size() == 4) && read_number(parts[0], move.id) && read_number(parts[1], move.dx) &&
                      read_number(parts[2], move.dy) && (parts.size() == 3 || read_number(parts[3], move.angle_deg));
    if (!read || !(std::abs(move.dx) + std::abs(move.dy) < 1e6) || !(std::abs(move.angle_deg) < 1e6))
      return core::Error{"cannot read --moved", "\"" + text + "\"", "write ID,dx,dy[,angle] in metres and degrees"};
    edit.moved.push_back(move);
  }
  return edit;
}

core::Result<std::vector<core::Camera>> choose_cameras(const CityRenderOptions& options, const city::CityModel& model) {
  nerf::Scene views;  // that has no field
  views.info.home = home_view(model, options.width, options.height);
  return choose_views({.camera = options.camera,
                       .camera_json = options.camera_json,
                       .photo = {},
                       .bookmark = {},
                       .path = options.path,
                       .width = options.width,
                       .height = options.height},
                      views);
}

// One file, or one a view of a path.
core::Result<std::vector<fs::path>> output_files(const CityRenderOptions& options, const std::vector<core::Camera>& cameras) {
  if (options.path.empty()) return std::vector<fs::path>{options.output};
  if (auto status = make_output_folder(options.output); !status) return status.error();
  std::vector<fs::path> files;
  for (const core::Camera& camera : cameras) files.push_back(fs::path(options.output) / (camera.name + ".png"));
  return files;
}

core::Status check_output(const CityRenderOptions& options) {
  if (!options.path.empty()) return {};
  const fs::path output = options.output;
  if (output.extension() != ".png" && output.extension() != ".jpg")
    return core::Error{"the output is not a picture file", output.string(), "end its name in .png or .jpg"};
  return check_output_file(output);
}

// Each value in a colour of its own; 0 is black.
core::Image false_colours(std::span<const std::int32_t> values, int width, int height) {
  core::Image image{width, height, std::vector<std::uint8_t>(3 * values.size())};
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == 0) continue;
    const std::uint32_t bits = city::hash_bits(static_cast<std::uint32_t>(values[i]), 5);
    for (std::size_t c = 0; c < 3; ++c) image.pixels[3 * i + c] = static_cast<std::uint8_t>(48 + (bits >> (8 * c)) % 208);
  }
  return image;
}

core::Image part_colours(std::span<const std::uint8_t> parts, int width, int height) {
  // none ground wall roof window grass foliage trunk water vehicle other
  constexpr std::array<std::array<std::uint8_t, 3>, 11> kColours{{{0, 0, 0},
                                                                  {120, 120, 125},
                                                                  {222, 200, 160},
                                                                  {190, 80, 60},
                                                                  {70, 140, 220},
                                                                  {120, 190, 90},
                                                                  {40, 120, 50},
                                                                  {110, 75, 45},
                                                                  {30, 70, 150},
                                                                  {230, 60, 200},
                                                                  {240, 230, 60}}};
  core::Image image{width, height, std::vector<std::uint8_t>(3 * parts.size())};
  for (std::size_t i = 0; i < parts.size(); ++i)
    std::copy_n(kColours[std::min<std::size_t>(parts[i], 10)].data(), 3, image.pixels.data() + 3 * i);
  return image;
}

// The other layers as pictures for people and, where numbers matter, as arrays for scripts.
class LayerFiles {
 public:
  LayerFiles(const city::CityPicture& picture, fs::path output) : picture_(picture), output_(std::move(output)) {}

  core::Status write() {
    const int w = picture_.width, h = picture_.height;
    const auto [low, high] = range_of(picture_.depth);
    std::vector<std::int32_t> classes(picture_.object_class.size());
    std::transform(picture_.object_class.begin(), picture_.object_class.end(), classes.begin(),
                   [](std::uint8_t value) { return value == city::kNoClass ? 0 : value + 1; });
    core::Status status = save("depth", grey_image(picture_.depth, low, high));
    if (status) status = save("normal", normal_image(picture_.normal));
    if (status) status = save("object", false_colours(picture_.object, w, h));
    if (status) status = save("class", false_colours(classes, w, h));
    if (status) status = save("part", part_colours(picture_.part, w, h));
    if (status) status = save("sun", grey_image(picture_.sun, 0, 1));
    if (status) status = city::save_npy(name("depth", ".npy"), {h, w}, picture_.depth.pixels);
    if (status) status = city::save_npy(name("normal", ".npy"), {h, w, 3}, picture_.normal.pixels);
    if (status) status = city::save_npy(name("linear", ".npy"), {h, w, 3}, picture_.linear.pixels);
    if (status) status = city::save_npy(name("object", ".npy"), {h, w}, picture_.object);
    if (status) status = city::save_npy(name("class", ".npy"), {h, w}, picture_.object_class);
    if (status) status = city::save_npy(name("part", ".npy"), {h, w}, picture_.part);
    if (status) status = city::save_npy(name("sun", ".npy"), {h, w}, picture_.sun.pixels);
    return status;
  }
  const std::vector<std::string>& files() const { return files_; }

 private:
  fs::path name(const char* layer, const std::string& extension) {
    fs::path file = output_;
    file.replace_extension(std::string(".") + layer + extension);
    files_.push_back(file.string());
    return file;
  }
  core::Status save(const char* layer, const core::Image& image) { return core::save_image(image, name(layer, ".png")); }

  const city::CityPicture& picture_;
  fs::path output_;
  std::vector<std::string> files_;
};

// One view in the light and the season of four days of a year, on one sheet.
core::Result<core::Image> mood_sheet(const city::CityModel& model, const city::CityEdit& edit, const city::RenderSettings& settings,
                                     const core::Camera& camera, const core::StopToken& stop) {
  struct Mood {
    const char *season, *time, *sky;
  };
  constexpr std::array<Mood, 4> kMoods{
      {{"spring", "08:00", "clear"}, {"summer", "12:00", "clear"}, {"autumn", "16:00", "clear"}, {"winter", "12:00", "overcast"}}};
  std::vector<core::Image> pictures;
  for (const Mood& mood : kMoods) {
    city::RenderSettings there = settings;
    there.season = mood.season;
    there.time = mood.time;
    there.sky = mood.sky;
    const auto tracer = city::CityTracer::build(model, edit, city::season_of(there));
    if (!tracer) return tracer.error();
    const auto renderer = city::CityRenderer::make(*tracer, there);
    if (!renderer) return renderer.error();
    auto picture = renderer->render(camera, 0, core::Progress(stop));
    if (!picture) return picture.error();
    pictures.push_back(std::move(picture->colour));
  }
  return core::contact_sheet(pictures, 2, 4, 255);
}

void report(const CityRenderOptions& options, const std::vector<std::string>& files, double seconds, std::pair<float, float> range,
            const city::SunPosition& sun) {
  if (options.common.json) {
    nlohmann::json entry{
        {"files", files}, {"seconds", seconds}, {"sun_azimuth_deg", sun.azimuth_deg}, {"sun_elevation_deg", sun.elevation_deg}};
    if (options.path.empty()) entry["depth_range"] = {range.first, range.second};
    print_line(entry.dump());
  } else if (!options.common.quiet) {
    print_line(fmt::format("{} in {:.2f} s, sun {:.1f} degrees high in {:.0f}: {}",
                           files.size() == 1 ? "1 picture" : fmt::format("{} files", files.size()), seconds, sun.elevation_deg,
                           sun.azimuth_deg, files.front()));
    if (files.size() > 1 && options.path.empty())
      print_line(fmt::format("depth: grey 1 to 255 is {:.2f} to {:.2f} m; exact values in the .npy files", range.first, range.second));
  }
}

core::Result<int> run(CityRenderOptions& options, const core::StopToken& stop) {
  apply_log_level(options.common);
  const core::ThreadLimit limit(options.common.threads);
  if (auto status = check_output(options); !status) return status.error();
  const auto edit = parse_edit(options);
  if (!edit) return edit.error();
  if (const auto time = city::civil_time(options.settings); !time) return time.error();

  const auto model = city::load_city(options.city);
  if (!model) return model.error();
  const auto cameras = choose_cameras(options, *model);
  if (!cameras) return cameras.error();
  if (options.moods) {
    const auto sheet = mood_sheet(*model, *edit, options.settings, cameras->front(), stop);
    if (!sheet) return sheet.error();
    if (auto status = core::save_image(*sheet, options.output); !status) return status.error();
    if (!options.common.quiet && !options.common.json)
      print_line("spring morning, summer noon, autumn afternoon, winter: " + options.output);
    if (options.common.json) print_line(nlohmann::json{{"files", {options.output}}}.dump());
    return kExitDone;
  }
  const auto outputs = output_files(options, *cameras);
  if (!outputs) return outputs.error();
  const auto tracer = city::CityTracer::build(*model, *edit, city::season_of(options.settings));
  if (!tracer) return tracer.error();
  const auto renderer = city::CityRenderer::make(*tracer, options.settings);
  if (!renderer) return renderer.error();
  std::vector<std::string> files;
  double seconds = 0;
  std::pair<float, float> range;
  for (std::size_t i = 0; i < cameras->size(); ++i) {
    const auto picture = renderer->render((*cameras)[i], 0, core::Progress(stop));
    if (!picture) return picture.error();
    if (auto status = core::save_image(picture->colour, (*outputs)[i]); !status) return status.error();
    files.push_back((*outputs)[i].string());
    if (options.layers == "all") {
      LayerFiles layers(*picture, (*outputs)[i]);
      if (auto status = layers.write(); !status) return status.error();
      files.insert(files.end(), layers.files().begin(), layers.files().end());
    }
    seconds += picture->seconds;
    range = range_of(picture->depth);
  }
  report(options, files, seconds, range, renderer->sky().sun);
  return kExitDone;
}

}  // namespace

Verb add_city_render(CLI::App& city) {
  const auto options = std::make_shared<CityRenderOptions>();
  city::register_parameters(options->parameters, options->settings);
  CLI::App* const command = city.add_subcommand("render", "a ray-traced picture of a city, with depth, objects and light of every pixel");
  command->add_option("city", options->city, "the city")->required()->type_name("CITY");
  command->add_option("-o,--out", options->output, "picture to write (.png, .jpg), or folder for a path")
      ->type_name("FILE")
      ->capture_default_str();
  CLI::Option* const camera = command->add_option(
      "--camera", options->camera, "x,y,z,yaw,pitch[,fov]: yaw 0 looks along +y, positive to the left; pitch -90 straight down; degrees");
  camera->type_name("VIEW");
  CLI::Option* const camera_json =
      command->add_option("--camera-json", options->camera_json, "a camera as in transforms.json")->type_name("FILE")->excludes(camera);
  CLI::Option* const path =
      command->add_option("--path", options->path, "a JSON list of cameras; the output is a folder then")->type_name("FILE");
  path->excludes(camera)->excludes(camera_json);
  add_pair(*command, "--size", options->width, options->height, "WxH", "size of the picture (default 800x600)");
  command
      ->add_option(
          "--layers", options->layers,
          "color, or all: also depth, normal, object, class, part, sun as pictures and as .npy arrays (object and class: 0 and 255 "
          "where there is none)")
      ->check(CLI::IsMember({"color", "all"}))
      ->capture_default_str();
  command->add_flag("--moods", options->moods,
                    "a sheet of four pictures instead: spring, summer, autumn, winter, each in a light of its own");
  command->add_option("--without", options->without, "objects to leave out")->type_name("ID,ID,...");
  command->add_option("--moved", options->moved, "an object elsewhere, turned about the middle of its footprint; may be given again")
      ->type_name("ID,dx,dy[,angle]");
  command->add_option("--threads", options->common.threads, "processor threads (0 = all)")->type_name("N")->check(CLI::Range(0, 1024));
  add_report_options(*command, options->common);
  add_parameters(*command, options->parameters, "Light and weather");
  command->footer("Example: skyline city render town/ --camera 0,-200,120,0,-35 --time 17:30 --season autumn --layers all -o view.png");
  return {command, [options](const core::StopToken& stop) { return run(*options, stop); }};
}

}  // namespace skyline::app
