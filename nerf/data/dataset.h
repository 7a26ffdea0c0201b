// A data set: posed photos and, where there are any, sparse points, as a reconstruction program left them in one folder.
//
// Order of calls:  load_dataset(folder, options) -> Dataset   (cameras and points only, nothing decoded; every input error is found here)
//                  analyse_scene(dataset, ...)   -> SceneGuess (up axis, ground, box, near / far, resolutions)
//                  PhotoCache::create(dataset, width, ...) (decodes each photo once into a memory-mapped cache at the wanted width)
//
// Files understood: `transforms*.json` as instant-ngp and nerfstudio write them (global or per-frame intrinsics, `camera_angle_x`,
// OPENCV distortion, `ply_file_path`), COLMAP `sparse/0`, `sparse` or `colmap/sparse/0` in text or binary form, PLY points. Hints that a
// file may carry (`scene`, `scale`, `offset`, `aabb_scale`, gains) are ignored: the result must be as good without them.
#pragma once

#include "core/image.h"
#include "core/result.h"
#include "nerf/space.h"

#include <glm/vec3.hpp>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::nerf {

struct Photo {
  Camera camera;               // at the size of the stored photo
  std::filesystem::path path;  // the picture, absolute or relative to the working folder
};

// A triangulated point; `observations` counts the photos that saw it (0: unknown).
struct SparsePoint {
  glm::dvec3 position;
  glm::u8vec3 colour;
  int observations = 0;
};

// A photo that is named but not used.
struct LeftOutPhoto {
  std::filesystem::path path;
  std::string reason;  // one sentence
};

struct DatasetOptions {
  std::string
      split;  // a file name (looked up in the folder, then as a path); empty: transforms_train.json, else transforms.json, else COLMAP
  int minimum_photos = 3;      // an error below; eval passes 1
  bool skip_unusable = false;  // photos that are missing, have no readable header or do not fit their camera are left out, not an error
  bool with_points = true;
};

struct Dataset {
  std::filesystem::path folder;
  std::filesystem::path cameras_file;  // what the cameras were read from
  std::vector<Photo> photos;           // in name order
  std::vector<SparsePoint> points;     // empty where there are none
  std::vector<LeftOutPhoto> left_out;  // with skip_unusable
  std::vector<Camera> lenses;          // one camera per lens (intrinsics only), Photo::camera.lens indexes it
};

// Errors (each one sentence): missing folder, no cameras found, photo missing, photo truncated or of another aspect ratio than its camera
// (a uniformly scaled photo is fine: the intrinsics follow), non-finite or non-rigid pose, focal length not positive, fewer than
// `minimum_photos` photos, all cameras in one point, split not found, split naming unknown photos, broken JSON / COLMAP / PLY (with byte or
// line), count fields larger than the file. Photo headers are read for their size; truncation is found when the photo is decoded, before
// training begins.
core::Result<Dataset> load_dataset(const std::filesystem::path& folder, const DatasetOptions& options);

// Loaders by format, for tests and fuzzing: text or bytes in, no file is opened.
struct ColmapModel {
  std::vector<Camera> cameras;  // intrinsics, `lens` = index
  std::vector<Photo> photos;    // path = image name as stored
  std::vector<SparsePoint> points;
};
core::Result<ColmapModel> parse_colmap_binary(std::span<const std::byte> cameras, std::span<const std::byte> images,
                                              std::span<const std::byte> points);
core::Result<ColmapModel> parse_colmap_text(std::string_view cameras, std::string_view images, std::string_view points);
// Frames of a transforms*.json; `ply_path` receives `ply_file_path` or stays empty. Paths are left as written. A frame without `w` and `h`
// has a camera of size 0, which `load_dataset` completes from the photo.
core::Result<std::vector<Photo>> parse_transforms(std::string_view json, const std::string& where, std::string& ply_path);
core::Result<std::vector<SparsePoint>> parse_ply_points(std::span<const std::byte> content, const std::string& where);

}  // namespace skyline::nerf
