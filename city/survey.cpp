#include "city/survey.h"

#include "city/render/noise.h"
#include "city/render/npy.h"
#include "city/render/picture.h"
#include "core/file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>

namespace skyline::city {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Point {
  glm::vec3 position;
  glm::u8vec3 colour;
};

core::Status write_text(const fs::path& path, const std::string& text) {
  return core::write_file_atomic(path, std::as_bytes(std::span(text)));
}

json frame_entry(const SurveyPhoto& photo, const std::string& light) {
  const core::Camera& camera = photo.camera;
  json matrix = json::array();
  for (int row = 0; row < 3; ++row)
    matrix.push_back({camera.rotation[0][row], camera.rotation[1][row], camera.rotation[2][row], camera.position[row]});
  matrix.push_back({0, 0, 0, 1});
  json entry{{"file_path", "images/" + camera.name}, {"transform_matrix", matrix}};
  if (!light.empty()) entry["exposure_group"] = light;
  return entry;
}

// `wanted` says which photos the file lists.
template <class Wanted>
std::string transforms_text(const CityModel& model, const std::vector<SurveyPhoto>& photos, const std::vector<std::string>& groups,
                            const Wanted& wanted) {
  const core::Camera& camera = photos.front().camera;
  json file{{"camera_model", camera.distortion.is_zero() ? "PINHOLE" : "OPENCV"},
            {"w", camera.width},
            {"h", camera.height},
            {"fl_x", camera.fl_x},
            {"fl_y", camera.fl_y},
            {"cx", camera.cx},
            {"cy", camera.cy},
            {"k1", camera.distortion.k1},
            {"k2", camera.distortion.k2},
            {"p1", camera.distortion.p1},
            {"p2", camera.distortion.p2},
            {"ply_file_path", "points3D.ply"},
            {"name", model.name},
            {"credit", model.credit},
            {"frames", json::array()}};
  for (const SurveyPhoto& photo : photos) {
    if (wanted(photo)) file["frames"].push_back(frame_entry(photo, groups.size() > 1 ? groups[static_cast<std::size_t>(photo.group)] : ""));
  }
  return file.dump(1) + "\n";
}

core::Status write_points(const fs::path& path, const std::vector<Point>& points) {
  std::string text = fmt::format(
      "ply\nformat binary_little_endian 1.0\nelement vertex {}\nproperty float x\nproperty float y\nproperty float z\n"
      "property uchar red\nproperty uchar green\nproperty uchar blue\nend_header\n",
      points.size());
  for (const Point& point : points) {
    char record[15];
    std::memcpy(record, &point.position, 12);
    std::memcpy(record + 12, &point.colour, 3);
    text.append(record, sizeof(record));
  }
  return write_text(path, text);
}

core::Status write_truth(const fs::path& folder, const std::string& name, const CityPicture& picture) {
  const std::string stem = fs::path(name).stem().string();
  core::Status status = save_npy(folder / (stem + ".depth.npy"), {picture.height, picture.width}, picture.depth.pixels);
  if (status) status = save_npy(folder / (stem + ".object.npy"), {picture.height, picture.width}, picture.object);
  if (status) status = save_npy(folder / (stem + ".part.npy"), {picture.height, picture.width}, picture.part);
  return status;
}

// Hits at random pixels of one photo.
void sample_points(const CityPicture& picture, const core::Camera& camera, int count, std::uint32_t key, std::vector<Point>& points) {
  const core::RayGenerator rays(camera);
  for (int i = 0; i < count; ++i) {
    const auto n = static_cast<std::uint32_t>(i);
    const int column = std::min(picture.width - 1, static_cast<int>(hash_unit(n, key, 1) * static_cast<float>(picture.width)));
    const int row = std::min(picture.height - 1, static_cast<int>(hash_unit(n, key, 2) * static_cast<float>(picture.height)));
    const std::size_t at = static_cast<std::size_t>(row) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(column);
    const float depth = picture.depth.pixels[at];
    if (depth <= 0) continue;
    const core::Ray ray = rays.ray(static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F);
    const std::uint8_t* const pixel = picture.colour.pixels.data() + 3 * at;
    points.push_back({ray.origin + depth * ray.direction, {pixel[0], pixel[1], pixel[2]}});
  }
}

std::vector<std::string> light_groups(const SurveySettings& survey, const RenderSettings& light) {
  if (survey.times.empty()) return {light.time};
  std::vector<std::string> groups;
  for (std::size_t begin = 0; begin <= survey.times.size();) {
    const std::size_t end = std::min(survey.times.find(',', begin), survey.times.size());
    groups.push_back(survey.times.substr(begin, end - begin));
    begin = end + 1;
  }
  return groups;
}

// A folder beside the wanted one that takes its place when all is written, and vanishes otherwise.
class WorkFolder {
 public:
  explicit WorkFolder(const fs::path& target)
      : target_(target), path_(target.parent_path() / fmt::format(".{}.{}", target.filename().string(), getpid())) {}
  ~WorkFolder() {
    std::error_code code;
    if (!kept_) fs::remove_all(path_, code);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  core::Status make() {
    std::error_code code;
    fs::remove_all(path_, code);
    const bool made = fs::create_directories(path_ / "images", code) && fs::create_directories(path_ / "truth", code);
    if (!made) return core::Error{"cannot make the survey's folder", path_.string(), "choose another place"};
    return {};
  }
  core::Status keep() {
    std::error_code code;
    fs::remove(target_, code);  // an empty folder gives way
    fs::rename(path_, target_, code);
    if (code) return core::Error{"cannot name the survey's folder", target_.string(), "choose another place"};
    kept_ = true;
    return {};
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path target_, path_;
  bool kept_ = false;
};

core::Status check_folder(const fs::path& folder) {
  std::error_code code;
  if (fs::exists(folder, code) && (!fs::is_directory(folder, code) || !fs::is_empty(folder, code)))
    return core::Error{"the survey's folder is in use", folder.string(), "name a folder that does not exist yet"};
  return {};
}

}  // namespace

core::Result<SurveyReport> survey_city(const CityModel& model, const fs::path& wanted_folder, const SurveySettings& survey,
                                       const RenderSettings& light, core::Progress& progress) {
  const auto begin = std::chrono::steady_clock::now();
  const fs::path folder = fs::absolute(wanted_folder / "").parent_path();
  if (auto status = check_folder(folder); !status) return status.error();
  SurveyReport report;
  auto photos = plan_survey(model, survey, report);
  if (!photos) return photos.error();

  // One renderer a lighting group over one scene.
  const auto tracer = CityTracer::build(model, {}, season_of(light));
  if (!tracer) return tracer.error();
  const std::vector<std::string> groups = light_groups(survey, light);
  std::vector<CityRenderer> renderers;
  for (const std::string& time : groups) {
    RenderSettings settings = light;
    settings.time = time;
    auto renderer = CityRenderer::make(*tracer, settings);
    if (!renderer) return renderer.error();
    renderers.push_back(std::move(*renderer));
  }

  WorkFolder work(folder);
  if (auto status = work.make(); !status) return status.error();
  const int training =
      static_cast<int>(std::count_if(photos->begin(), photos->end(), [](const SurveyPhoto& photo) { return !photo.held_out; }));
  std::vector<Point> points;
  double bytes = 0;
  for (std::size_t i = 0; i < photos->size(); ++i) {
    SurveyPhoto& photo = (*photos)[i];
    // Turns shift by one every eight photos, so that all groups are held out, too.
    photo.group = static_cast<int>((i % 8 + i / 8) % groups.size());
    progress.report(
        {.stage = "taking photos", .done = static_cast<double>(i), .total = static_cast<double>(photos->size()), .unit = "photos"});
    const auto picture = renderers[static_cast<std::size_t>(photo.group)].render(photo.camera, static_cast<std::uint32_t>(i), progress);
    if (!picture) return picture.error();
    const fs::path file = work.path() / "images" / photo.camera.name;
    if (auto status = core::save_image(picture->colour, file, {.quality = survey.jpeg_quality, .half_colour = true}); !status)
      return status.error();
    std::error_code code;
    bytes += static_cast<double>(fs::file_size(file, code));
    if (photo.held_out) {
      if (auto status = write_truth(work.path() / "truth", photo.camera.name, *picture); !status) return status.error();
      ++report.held_out;
    } else if (!photo.horizon) {
      sample_points(*picture, photo.camera, survey.points / std::max(1, training),
                    hash_bits(static_cast<std::uint32_t>(survey.seed), static_cast<std::uint32_t>(i)), points);
    }
  }
  core::Status status =
      write_text(work.path() / "transforms.json", transforms_text(model, *photos, groups, [](const SurveyPhoto&) { return true; }));
  if (status)
    status = write_text(work.path() / "transforms_train.json",
                        transforms_text(model, *photos, groups, [](const SurveyPhoto& p) { return !p.held_out; }));
  if (status)
    status = write_text(work.path() / "transforms_test.json",
                        transforms_text(model, *photos, groups, [](const SurveyPhoto& p) { return p.held_out; }));
  if (status) status = write_points(work.path() / "points3D.ply", points);
  if (status) status = save_catalogue(model.catalogue, work.path() / "objects.json");
  if (status) status = work.keep();
  if (!status) return status.error();

  report.photos = static_cast<int>(photos->size());
  report.points = static_cast<std::int64_t>(points.size());
  report.bytes_per_pixel = bytes / (static_cast<double>(survey.width) * survey.height * report.photos);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return report;
}

}  // namespace skyline::city
