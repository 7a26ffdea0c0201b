// COLMAP sparse models. Formats: https://colmap.github.io/format.html ; lens models: COLMAP src/colmap/sensor/models.h
#include "core/camera_json.h"
#include "nerf/data/byte_reader.h"
#include "nerf/data/dataset.h"
#include "nerf/data/text_reader.h"

#include <glm/gtc/quaternion.hpp>

#include <cmath>
#include <limits>
#include <unordered_map>

namespace skyline::nerf {
namespace {

struct LensModel {
  int id;
  std::string_view name;
  int parameters;
};

constexpr LensModel kLensModels[] = {
    {0, "SIMPLE_PINHOLE", 3}, {1, "PINHOLE", 4}, {2, "SIMPLE_RADIAL", 4}, {3, "RADIAL", 5}, {4, "OPENCV", 8}, {6, "FULL_OPENCV", 12},
};
constexpr int kMaximumParameters = 12;

using CameraIndex = std::unordered_map<std::uint32_t, int>;  // COLMAP's camera id to our index

core::Error colmap_error(const std::string& where, const std::string& problem) {
  return {"cannot read the COLMAP model", where + ": " + problem, "export the model again with COLMAP"};
}

core::Error at_byte(const char* file, const ByteReader& reader, const std::string& problem) {
  return colmap_error(std::string(file) + ", byte " + std::to_string(reader.position()), problem);
}

core::Error at_line(const char* file, const LineReader& lines, const std::string& problem) {
  return colmap_error(std::string(file) + ", line " + std::to_string(lines.number()), problem);
}

// Fills focal lengths, principal point and distortion. False where the lens model is beyond OPENCV with k3 or the numbers are no camera.
bool set_intrinsics(const LensModel& model, const double* p, std::uint64_t width, std::uint64_t height, Camera& camera) {
  constexpr std::uint64_t kMaximumSide = 1 << 20;
  if (width < 1 || height < 1 || width > kMaximumSide || height > kMaximumSide) return false;
  for (int i = 0; i < model.parameters; ++i) {
    if (!std::isfinite(p[i])) return false;
  }
  camera.width = static_cast<int>(width);
  camera.height = static_cast<int>(height);
  const bool one_focal = model.id == 0 || model.id == 2 || model.id == 3;
  camera.fl_x = p[0];
  camera.fl_y = one_focal ? p[0] : p[1];
  const double* rest = p + (one_focal ? 1 : 2);
  camera.cx = rest[0];
  camera.cy = rest[1];
  const double* lens = rest + 2;
  if (model.id == 2) camera.distortion = {lens[0], 0, 0, 0, 0};
  if (model.id == 3) camera.distortion = {lens[0], lens[1], 0, 0, 0};
  if (model.id == 4) camera.distortion = {lens[0], lens[1], 0, lens[2], lens[3]};
  if (model.id == 6) {
    if (lens[5] != 0 || lens[6] != 0 || lens[7] != 0) return false;
    camera.distortion = {lens[0], lens[1], lens[4], lens[2], lens[3]};
  }
  return camera.fl_x > 0 && camera.fl_y > 0;
}

// COLMAP stores world to camera with y down and z forward; ours is camera to world with y up and -z forward.
core::Result<Photo> make_photo(const Camera& intrinsics, const double quaternion[4], const double translation[3], std::string name) {
  const glm::dquat unnormalised(quaternion[0], quaternion[1], quaternion[2], quaternion[3]);
  const double length = glm::length(unnormalised);
  if (!(length > 1e-9) || !std::isfinite(length)) return colmap_error(name, "the pose is not finite");
  const glm::dmat3 camera_to_world = glm::transpose(glm::mat3_cast(unnormalised / length));
  Photo photo;
  photo.path = name;
  photo.camera = intrinsics;
  photo.camera.name = photo.path.filename().string();
  photo.camera.rotation = glm::dmat3(camera_to_world[0], -camera_to_world[1], -camera_to_world[2]);
  photo.camera.position = -(camera_to_world * glm::dvec3(translation[0], translation[1], translation[2]));
  if (core::Status status = core::make_rigid(name, photo.camera); !status) return status.error();
  return photo;
}

core::Status parse_cameras_binary(std::span<const std::byte> bytes, ColmapModel& model, CameraIndex& index) {
  constexpr const char* kFile = "cameras.bin";
  ByteReader reader(bytes);
  std::uint64_t count = 0;
  if (!reader.read(count) || !reader.holds(count, 24)) return at_byte(kFile, reader, "more cameras than the file holds");
  for (std::uint64_t i = 0; i < count; ++i) {
    std::uint32_t id = 0;
    std::int32_t model_id = 0;
    std::uint64_t width = 0, height = 0;
    if (!reader.read(id) || !reader.read(model_id) || !reader.read(width) || !reader.read(height)) {
      return at_byte(kFile, reader, "the file ends within a camera");
    }
    const auto* lens = std::find_if(std::begin(kLensModels), std::end(kLensModels), [&](const LensModel& m) { return m.id == model_id; });
    if (lens == std::end(kLensModels))
      return at_byte(kFile, reader, "lens model " + std::to_string(model_id) + " is not supported, undistort the photos first");
    double parameters[kMaximumParameters] = {};
    for (int k = 0; k < lens->parameters; ++k) {
      if (!reader.read(parameters[k])) return at_byte(kFile, reader, "the file ends within a camera");
    }
    Camera camera;
    camera.lens = static_cast<int>(model.cameras.size());
    if (!set_intrinsics(*lens, parameters, width, height, camera)) return at_byte(kFile, reader, "intrinsics that are no OPENCV camera");
    index[id] = camera.lens;
    model.cameras.push_back(camera);
  }
  return {};
}

core::Status parse_images_binary(std::span<const std::byte> bytes, const CameraIndex& index, ColmapModel& model) {
  constexpr const char* kFile = "images.bin";
  ByteReader reader(bytes);
  std::uint64_t count = 0;
  if (!reader.read(count) || !reader.holds(count, 73)) return at_byte(kFile, reader, "more images than the file holds");
  for (std::uint64_t i = 0; i < count; ++i) {
    std::uint32_t id = 0, camera_id = 0;
    double pose[7] = {};
    bool whole = reader.read(id);
    for (double& value : pose) whole = whole && reader.read(value);
    std::string name;
    std::uint64_t observations = 0;
    whole = whole && reader.read(camera_id) && reader.read_text(name) && reader.read(observations);
    if (!whole) return at_byte(kFile, reader, "the file ends within an image");
    if (!reader.holds(observations, 24) || !reader.skip(observations * 24))
      return at_byte(kFile, reader, "more observations than the file holds");
    const auto camera = index.find(camera_id);
    if (camera == index.end())
      return at_byte(kFile, reader, name + " refers to camera " + std::to_string(camera_id) + ", which does not exist");
    core::Result<Photo> photo = make_photo(model.cameras[static_cast<std::size_t>(camera->second)], pose, pose + 4, std::move(name));
    if (!photo) return photo.error();
    model.photos.push_back(std::move(*photo));
  }
  return {};
}

core::Status parse_points_binary(std::span<const std::byte> bytes, ColmapModel& model) {
  constexpr const char* kFile = "points3D.bin";
  if (bytes.empty()) return {};
  ByteReader reader(bytes);
  std::uint64_t count = 0;
  if (!reader.read(count) || !reader.holds(count, 51)) return at_byte(kFile, reader, "more points than the file holds");
  model.points.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    std::uint64_t id = 0, track = 0;
    SparsePoint point{};
    double error = 0;
    const bool whole = reader.read(id) && reader.read(point.position.x) && reader.read(point.position.y) && reader.read(point.position.z) &&
                       reader.read(point.colour.x) && reader.read(point.colour.y) && reader.read(point.colour.z) && reader.read(error) &&
                       reader.read(track);
    if (!whole) return at_byte(kFile, reader, "the file ends within a point");
    if (!reader.holds(track, 8) || !reader.skip(track * 8)) return at_byte(kFile, reader, "a track longer than the file");
    point.observations = static_cast<int>(std::min<std::uint64_t>(track, std::numeric_limits<int>::max()));
    if (std::isfinite(point.position.x + point.position.y + point.position.z)) model.points.push_back(point);
  }
  return {};
}

// The next line that is neither empty nor a comment.
bool next_entry(LineReader& lines, std::string_view& line) {
  while (lines.next(line)) {
    if (line.find_first_not_of(" \t") != std::string_view::npos && !line.starts_with('#')) return true;
  }
  return false;
}

core::Status parse_cameras_text(std::string_view text, ColmapModel& model, CameraIndex& index) {
  constexpr const char* kFile = "cameras.txt";
  LineReader lines(text);
  std::string_view line;
  while (next_entry(lines, line)) {
    std::uint32_t id = 0;
    std::uint64_t width = 0, height = 0;
    if (!next_number(line, id)) return at_line(kFile, lines, "broken camera");
    const std::string_view name = next_word(line);
    const auto* lens = std::find_if(std::begin(kLensModels), std::end(kLensModels), [&](const LensModel& m) { return m.name == name; });
    if (lens == std::end(kLensModels))
      return at_line(kFile, lines, "lens model '" + std::string(name) + "' is not supported, undistort the photos first");
    double parameters[kMaximumParameters] = {};
    bool whole = next_number(line, width) && next_number(line, height);
    for (int k = 0; k < lens->parameters; ++k) whole = whole && next_number(line, parameters[k]);
    Camera camera;
    camera.lens = static_cast<int>(model.cameras.size());
    if (!whole || !set_intrinsics(*lens, parameters, width, height, camera))
      return at_line(kFile, lines, "intrinsics that are no OPENCV camera");
    index[id] = camera.lens;
    model.cameras.push_back(camera);
  }
  return {};
}

core::Status parse_images_text(std::string_view text, const CameraIndex& index, ColmapModel& model) {
  constexpr const char* kFile = "images.txt";
  LineReader lines(text);
  std::string_view line;
  while (next_entry(lines, line)) {
    std::uint32_t id = 0, camera_id = 0;
    double pose[7] = {};
    bool whole = next_number(line, id);
    for (double& value : pose) whole = whole && next_number(line, value);
    whole = whole && next_number(line, camera_id);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (!whole || line.empty()) return at_line(kFile, lines, "broken image");
    const auto camera = index.find(camera_id);
    if (camera == index.end()) return at_line(kFile, lines, "camera " + std::to_string(camera_id) + " does not exist");
    core::Result<Photo> photo = make_photo(model.cameras[static_cast<std::size_t>(camera->second)], pose, pose + 4, std::string(line));
    if (!photo) return photo.error();
    model.photos.push_back(std::move(*photo));
    std::string_view observations;  // the second line of an image, often empty
    lines.next(observations);
  }
  return {};
}

core::Status parse_points_text(std::string_view text, ColmapModel& model) {
  constexpr const char* kFile = "points3D.txt";
  LineReader lines(text);
  std::string_view line;
  while (next_entry(lines, line)) {
    std::uint64_t id = 0;
    SparsePoint point{};
    double error = 0;
    const bool whole = next_number(line, id) && next_number(line, point.position.x) && next_number(line, point.position.y) &&
                       next_number(line, point.position.z) && next_number(line, point.colour.x) && next_number(line, point.colour.y) &&
                       next_number(line, point.colour.z) && next_number(line, error);
    if (!whole) return at_line(kFile, lines, "broken point");
    while (!next_word(line).empty()) ++point.observations;
    point.observations /= 2;
    if (std::isfinite(point.position.x + point.position.y + point.position.z)) model.points.push_back(point);
  }
  return {};
}

}  // namespace

core::Result<ColmapModel> parse_colmap_binary(std::span<const std::byte> cameras, std::span<const std::byte> images,
                                              std::span<const std::byte> points) {
  ColmapModel model;
  CameraIndex index;
  if (core::Status status = parse_cameras_binary(cameras, model, index); !status) return status.error();
  if (core::Status status = parse_images_binary(images, index, model); !status) return status.error();
  if (core::Status status = parse_points_binary(points, model); !status) return status.error();
  return model;
}

core::Result<ColmapModel> parse_colmap_text(std::string_view cameras, std::string_view images, std::string_view points) {
  ColmapModel model;
  CameraIndex index;
  if (core::Status status = parse_cameras_text(cameras, model, index); !status) return status.error();
  if (core::Status status = parse_images_text(images, index, model); !status) return status.error();
  if (core::Status status = parse_points_text(points, model); !status) return status.error();
  return model;
}

}  // namespace skyline::nerf
