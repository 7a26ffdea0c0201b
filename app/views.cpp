#include "app/views.h"

#include "core/file.h"
#include "core/json_depth.h"
#include "nerf/data/dataset.h"
#include "nerf/flight.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace skyline::app {
namespace {

using nlohmann::json;

constexpr int kDefaultWidth = 1280, kDefaultHeight = 720;
constexpr double kTourFieldOfView = 50;  // degrees, vertical
constexpr int kTourFrames = 120;

core::Result<nerf::Camera> find_photo(const std::string& wanted, const std::vector<nerf::Camera>& cameras) {
  for (const nerf::Camera& camera : cameras) {
    if (camera.name == wanted) return camera;
  }
  std::size_t index = 0;
  const auto [end, code] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), index);
  if (code == std::errc() && end == wanted.data() + wanted.size() && index < cameras.size()) return cameras[index];
  return core::Error{"the scene has no such photo", wanted,
                     cameras.empty()
                         ? "it holds no cameras"
                         : fmt::format("give an index from 0 to {} or a name such as {}", cameras.size() - 1, cameras.front().name)};
}

core::Result<nerf::Camera> find_bookmark(const std::string& wanted, const std::vector<city::Bookmark>& bookmarks) {
  std::size_t number = 0;
  const auto [end, code] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
  if (code == std::errc() && end == wanted.data() + wanted.size() && number >= 1 && number <= bookmarks.size()) {
    return bookmarks[number - 1].camera;
  }
  for (const city::Bookmark& bookmark : bookmarks) {
    if (bookmark.name == wanted || bookmark.name_zh == wanted) return bookmark.camera;
  }
  std::string names;
  for (const city::Bookmark& bookmark : bookmarks) names += (names.empty() ? "" : ", ") + bookmark.name;
  return core::Error{"the scene has no such bookmark", wanted, bookmarks.empty() ? "it holds no bookmarks" : "it has: " + names};
}

std::string frame_name(std::size_t index) { return fmt::format("{:04}", index); }

core::Result<std::vector<nerf::Camera>> flight_views(const ViewChoice& choice, const nerf::Scene& scene) {
  if (scene.info.flight.size() < 3)
    return core::Error{"the scene has no flight path", scene.info.name, "give a JSON list of cameras instead"};
  const int width = choice.width > 0 ? choice.width : kDefaultWidth, height = choice.height > 0 ? choice.height : kDefaultHeight;
  std::vector<nerf::Camera> cameras;
  for (const nerf::FlightView& view :
       nerf::tour_flight(scene.info.flight, scene.field.box, choice.frames > 0 ? choice.frames : kTourFrames)) {
    cameras.push_back(nerf::view_camera(view, kTourFieldOfView, width, height));
    cameras.back().name = frame_name(cameras.size() - 1);
  }
  return cameras;
}

// Cameras in the entries of transforms.json; names and sizes may be left out.
core::Result<std::vector<nerf::Camera>> listed_views(const ViewChoice& choice, json document) {
  if (document.is_array()) document = json{{"frames", std::move(document)}};
  if (!document.contains("frames") || !document["frames"].is_array() || document["frames"].empty()) {
    return core::Error{"the path has no cameras", choice.path, "give a JSON list of cameras with transform_matrix, fl_x, w and h"};
  }
  const bool sized = document.contains("w") && document.contains("h");
  for (json& frame : document["frames"]) {
    if (!frame.is_object())
      return core::Error{"the path has an entry that is not a camera", choice.path, "give objects with transform_matrix"};
    frame["file_path"] = "view";
    if (!sized && !frame.contains("w")) {
      frame["w"] = choice.width > 0 ? choice.width : kDefaultWidth;
      frame["h"] = choice.height > 0 ? choice.height : kDefaultHeight;
    }
  }
  std::string ply;
  auto photos = nerf::parse_transforms(document.dump(), choice.path, ply);
  if (!photos) return photos.error();
  const std::size_t count = choice.frames > 0 ? std::min(photos->size(), static_cast<std::size_t>(choice.frames)) : photos->size();
  std::vector<nerf::Camera> cameras;
  for (std::size_t i = 0; i < count; ++i) {
    cameras.push_back((*photos)[i * photos->size() / count].camera);
    if (cameras.back().width < 1) return core::Error{"the path has a camera of no size", choice.path, "give both w and h, or --size"};
    if (choice.width > 0) cameras.back() = fit_view(cameras.back(), choice.width, choice.height);
    cameras.back().name = frame_name(i);
  }
  return cameras;
}

core::Result<std::vector<nerf::Camera>> path_views(const ViewChoice& choice, const nerf::Scene& scene) {
  if (choice.path == "flight") return flight_views(choice, scene);
  auto text = core::read_text_file(choice.path);
  if (!text) return text.error();
  json document = core::is_shallow_json(*text) ? json::parse(*text, nullptr, false) : json(json::value_t::discarded);
  if (document.is_discarded()) return core::Error{"the path is not JSON", choice.path, "give a list of cameras, or --path flight"};
  if (document.is_object() && document.contains("flight")) return flight_views(choice, scene);
  return listed_views(choice, std::move(document));
}

core::Result<nerf::Camera> single_view(const ViewChoice& choice, const nerf::Scene& scene) {
  const int width = choice.width > 0 ? choice.width : kDefaultWidth, height = choice.height > 0 ? choice.height : kDefaultHeight;
  if (!choice.camera.empty()) return core::parse_camera(choice.camera, width, height);
  if (!choice.camera_json.empty()) return core::read_camera_json(choice.camera_json, choice.width, choice.height);
  if (!choice.photo.empty()) {
    auto camera = find_photo(choice.photo, scene.info.cameras);
    if (!camera || choice.width == 0) return camera;
    return fit_view(*camera, choice.width, choice.height);
  }
  if (!choice.bookmark.empty()) {
    const auto camera = find_bookmark(choice.bookmark, scene.info.bookmarks);
    if (!camera) return camera;
    return fit_view(*camera, width, height);
  }
  if (scene.info.home.width <= 0) return core::Error{"the scene has no home view", scene.info.name, "give --camera"};
  return choice.width > 0 ? fit_view(scene.info.home, choice.width, choice.height) : scene.info.home;
}

}  // namespace

core::Result<std::vector<nerf::Camera>> choose_views(const ViewChoice& choice, const nerf::Scene& scene) {
  if (!choice.path.empty()) return path_views(choice, scene);
  auto camera = single_view(choice, scene);
  if (!camera) return camera.error();
  camera->name = "view";
  return std::vector<nerf::Camera>{*camera};
}

void add_view_choice(CLI::App& command, ViewChoice& choice) {
  CLI::Option* const camera = command.add_option(
      "--camera", choice.camera, "x,y,z,yaw,pitch[,fov]: yaw 0 looks along +y, positive to the left; pitch -90 straight down; degrees");
  camera->type_name("VIEW");
  CLI::Option* const camera_json =
      command.add_option("--camera-json", choice.camera_json, "a camera as in transforms.json")->type_name("FILE");
  CLI::Option* const photo = command.add_option("--photo", choice.photo, "the camera of a training photo")->type_name("NAME|INDEX");
  CLI::Option* const path =
      command.add_option("--path", choice.path, "\"flight\" for the scene's own flight, or a JSON list of cameras")->type_name("FILE");
  CLI::Option* const bookmark = command.add_option("--bookmark", choice.bookmark, "a bookmark of the scene")->type_name("NAME|NUMBER");
  bookmark->excludes(camera)->excludes(camera_json)->excludes(photo)->excludes(path);
  camera->excludes(camera_json)->excludes(photo)->excludes(path);
  camera_json->excludes(photo)->excludes(path);
  photo->excludes(path);
  command.add_option("--frames", choice.frames, "pictures along the path")->needs(path)->type_name("N")->check(CLI::Range(1, 1000000));
}

core::Camera home_view(const city::CityModel& model, int width, int height) {
  const glm::dvec2 middle = 0.5 * (model.quarter_low + model.quarter_high), size = model.quarter_high - model.quarter_low;
  const double reach = std::max({size.x, size.y, 50.0});
  const double ground = model.terrain.height(middle);
  const auto camera = core::parse_camera(
      fmt::format("{},{},{},18,-32,50", middle.x + 0.28 * reach, middle.y - 0.86 * reach, ground + 0.54 * reach), width, height);
  return *camera;
}

nerf::Camera fit_view(const nerf::Camera& camera, int width, int height) {
  nerf::Camera result = camera;
  const double scale = static_cast<double>(height) / camera.height;
  result.width = width;
  result.height = height;
  result.fl_x *= scale;
  result.fl_y *= scale;
  result.cx = 0.5 * width + (camera.cx - 0.5 * camera.width) * scale;
  result.cy = camera.cy * scale;
  return result;
}

std::pair<float, float> range_of(const core::FloatImage& image) {
  std::pair<float, float> range{0.0F, 0.0F};
  bool any = false;
  for (const float value : image.pixels) {
    if (!(value > 0) || !std::isfinite(value)) continue;
    range.first = any ? std::min(range.first, value) : value;
    range.second = any ? std::max(range.second, value) : value;
    any = true;
  }
  return range;
}

core::Image grey_image(const core::FloatImage& image, float low, float high) {
  core::Image result{image.width, image.height, {}};
  result.pixels.reserve(image.pixels.size() * 3);
  const float scale = high > low ? 254.0F / (high - low) : 0.0F;
  for (const float value : image.pixels) {
    const float grey = value > 0 ? 1.0F + std::clamp((value - low) * scale, 0.0F, 254.0F) : 0.0F;
    result.pixels.insert(result.pixels.end(), 3, static_cast<std::uint8_t>(std::lround(grey)));
  }
  return result;
}

core::Image normal_image(const core::FloatImage& image) {
  core::Image result{image.width, image.height, {}};
  result.pixels.reserve(image.pixels.size());
  for (std::size_t i = 0; i + 2 < image.pixels.size(); i += 3) {
    const float* n = &image.pixels[i];
    const bool none = n[0] == 0 && n[1] == 0 && n[2] == 0;
    for (int c = 0; c < 3; ++c)
      result.pixels.push_back(none ? std::uint8_t{0}
                                   : static_cast<std::uint8_t>(std::lround(std::clamp(n[c] * 127.5F + 127.5F, 0.0F, 255.0F))));
  }
  return result;
}

core::FloatImage to_float(const core::Image& image) {
  core::FloatImage result{image.width, image.height, 3, {}};
  result.pixels.reserve(image.pixels.size());
  for (const std::uint8_t value : image.pixels) result.pixels.push_back(static_cast<float>(value) / 255.0F);
  return result;
}

}  // namespace skyline::app
