#include "nerf/data/dataset.h"

#include "core/file.h"
#include "core/log.h"
#include "core/parallel.h"
#include "nerf/data/transforms_json.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace skyline::nerf {
namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
  std::error_code code;
  return fs::is_regular_file(path, code);
}

bool is_folder(const fs::path& path) {
  std::error_code code;
  return fs::is_directory(path, code);
}

core::Error dataset_error(const std::string& problem, const std::string& where, const std::string& advice) {
  return {"cannot load the data set: " + problem, where, advice};
}

// --- finding the files ---

std::optional<fs::path> find_colmap_folder(const fs::path& folder) {
  for (const char* name : {"sparse/0", "sparse", "colmap/sparse/0"}) {
    const fs::path candidate = folder / name;
    const bool binary = is_file(candidate / "cameras.bin") && is_file(candidate / "images.bin");
    const bool text = is_file(candidate / "cameras.txt") && is_file(candidate / "images.txt");
    if (binary || text) return candidate;
  }
  return std::nullopt;
}

core::Result<std::optional<fs::path>> find_transforms(const fs::path& folder, const std::string& split) {
  if (split.empty()) {
    for (const char* name : {"transforms_train.json", "transforms.json"}) {
      if (is_file(folder / name)) return std::optional<fs::path>(folder / name);
    }
    return std::optional<fs::path>();
  }
  for (const fs::path& candidate : {folder / split, fs::path(split)}) {
    if (is_file(candidate)) return std::optional<fs::path>(candidate);
  }
  return dataset_error("split not found", split, "give the name of a transforms*.json in " + folder.string());
}

// The photo that a frame names, with the extensions that instant-ngp and NeRF's own data leave out.
std::optional<fs::path> find_photo(const std::vector<fs::path>& roots, const fs::path& name) {
  for (const fs::path& root : roots) {
    for (const char* extension : {"", ".png", ".jpg", ".jpeg", ".JPG", ".PNG"}) {
      fs::path candidate = (root / name).lexically_normal();
      candidate += extension;
      if (is_file(candidate)) return candidate;
    }
  }
  return std::nullopt;
}

// --- cameras ---

// Makes the camera fit the stored photo: fills in a missing size, follows a uniform scaling.
core::Status fit_to_photo(const core::JsonIntrinsics* incomplete, Photo& photo) {
  core::Result<core::ImageSize> size = core::read_image_size(photo.path);
  if (!size) return size.error();
  Camera& camera = photo.camera;
  if (camera.width == 0 && incomplete != nullptr) {
    core::Result<Camera> complete = core::complete_intrinsics(*incomplete, size->width, size->height, photo.path.string());
    if (!complete) return complete.error();
    complete->name = camera.name;
    complete->rotation = camera.rotation;
    complete->position = camera.position;
    camera = *complete;
  }
  if (camera.width == size->width && camera.height == size->height) return {};

  constexpr double kAspectTolerance = 0.01;
  const double photo_aspect = double(size->width) / size->height, camera_aspect = double(camera.width) / camera.height;
  if (std::abs(photo_aspect / camera_aspect - 1) > kAspectTolerance) {
    return dataset_error("the photo is " + std::to_string(size->width) + " x " + std::to_string(size->height) + " but its camera " +
                             std::to_string(camera.width) + " x " + std::to_string(camera.height),
                         photo.path.string(), "use the photos that the cameras were computed from, not cropped or turned");
  }
  camera = camera.resized(size->width, size->height);
  return {};
}

core::Status fit_all_to_photos(const std::vector<const core::JsonIntrinsics*>& incomplete, bool skip_unusable, Dataset& dataset) {
  std::vector<Photo>& photos = dataset.photos;
  std::vector<std::optional<core::Error>> errors(photos.size());
  core::parallel_for(static_cast<std::int64_t>(photos.size()), [&](std::int64_t i) {
    const std::size_t k = static_cast<std::size_t>(i);
    if (core::Status status = fit_to_photo(incomplete.empty() ? nullptr : incomplete[k], photos[k]); !status) errors[k] = status.error();
  });
  std::vector<Photo> usable;
  for (std::size_t k = 0; k < photos.size(); ++k) {
    if (!errors[k]) {
      usable.push_back(std::move(photos[k]));
    } else if (skip_unusable) {
      dataset.left_out.push_back({photos[k].path, errors[k]->message()});
    } else {
      return *errors[k];
    }
  }
  photos = std::move(usable);
  return {};
}

core::Result<std::string> load_transforms(const fs::path& file, bool skip_unusable, Dataset& dataset) {
  core::Result<std::string> text = core::read_text_file(file);
  if (!text) return text.error();
  core::Result<TransformsFile> transforms = parse_transforms_file(*text, file.string());
  if (!transforms) return transforms.error();

  std::vector<const core::JsonIntrinsics*> incomplete;
  for (TransformsFrame& frame : transforms->frames) {
    const std::optional<fs::path> found = find_photo({dataset.folder, file.parent_path(), fs::path()}, frame.photo.path);
    if (!found) {
      const core::Error missing = dataset_error("a photo is missing", frame.photo.path.string() + " (named by " + file.string() + ")",
                                                "copy it to " + dataset.folder.string() + " or remove its frame");
      if (!skip_unusable) return missing;
      dataset.left_out.push_back({frame.photo.path, missing.message()});
      continue;
    }
    frame.photo.path = *found;
    dataset.photos.push_back(frame.photo);
    incomplete.push_back(&frame.intrinsics);
  }
  if (core::Status status = fit_all_to_photos(incomplete, skip_unusable, dataset); !status) return status.error();
  return transforms->ply_path;
}

core::Result<ColmapModel> read_colmap(const fs::path& folder, bool with_points) {
  const bool binary = is_file(folder / "cameras.bin") && is_file(folder / "images.bin");
  if (binary) {
    std::vector<std::byte> content[3];
    const char* names[] = {"cameras.bin", "images.bin", "points3D.bin"};
    for (int i = 0; i < 3; ++i) {
      if (i == 2 && (!with_points || !is_file(folder / names[i]))) continue;
      core::Result<std::vector<std::byte>> bytes = core::read_file(folder / names[i]);
      if (!bytes) return bytes.error();
      content[i] = std::move(*bytes);
    }
    return parse_colmap_binary(content[0], content[1], content[2]);
  }
  std::string content[3];
  const char* names[] = {"cameras.txt", "images.txt", "points3D.txt"};
  for (int i = 0; i < 3; ++i) {
    if (i == 2 && (!with_points || !is_file(folder / names[i]))) continue;
    core::Result<std::string> text = core::read_text_file(folder / names[i]);
    if (!text) return text.error();
    content[i] = std::move(*text);
  }
  return parse_colmap_text(content[0], content[1], content[2]);
}

core::Status load_colmap(const fs::path& folder, const DatasetOptions& options, Dataset& dataset) {
  core::Result<ColmapModel> model = read_colmap(folder, options.with_points);
  if (!model) return core::Error{model.error().what, folder.string() + "/" + model.error().where, model.error().advice};
  for (Photo& photo : model->photos) {
    const std::optional<fs::path> found = find_photo({dataset.folder / "images", dataset.folder}, photo.path);
    if (!found) {
      const core::Error missing = dataset_error("a photo is missing", photo.path.string() + " (named by " + folder.string() + ")",
                                                "copy it to " + (dataset.folder / "images").string());
      if (!options.skip_unusable) return missing;
      dataset.left_out.push_back({photo.path, missing.message()});
      continue;
    }
    photo.path = *found;
    dataset.photos.push_back(std::move(photo));
  }
  dataset.points = std::move(model->points);
  return fit_all_to_photos({}, options.skip_unusable, dataset);
}

// Photos whose intrinsics differ by no more than a self-calibration of one lens does share it.
void assign_lenses(Dataset& dataset) {
  constexpr double kTolerance = 0.02;
  const auto same_lens = [&](const Camera& a, const Camera& b) {
    return a.width == b.width && a.height == b.height && std::abs(a.fl_x / b.fl_x - 1) < kTolerance &&
           std::abs(a.fl_y / b.fl_y - 1) < kTolerance && std::abs(a.cx - b.cx) < kTolerance * a.width &&
           std::abs(a.cy - b.cy) < kTolerance * a.height;
  };
  for (Photo& photo : dataset.photos) {
    std::size_t lens = 0;
    while (lens < dataset.lenses.size() && !same_lens(photo.camera, dataset.lenses[lens])) ++lens;
    if (lens == dataset.lenses.size()) {
      Camera camera = photo.camera;
      camera.name = "lens " + std::to_string(lens);
      camera.rotation = glm::dmat3(1.0);
      camera.position = glm::dvec3(0.0);
      camera.lens = static_cast<int>(lens);
      dataset.lenses.push_back(camera);
    }
    photo.camera.lens = static_cast<int>(lens);
  }
}

// Sorts by name; photos of one file name in several folders take their path as name.
void name_and_sort(Dataset& dataset) {
  std::map<std::string, int> uses;
  for (const Photo& photo : dataset.photos) ++uses[photo.camera.name];
  for (Photo& photo : dataset.photos) {
    if (uses[photo.camera.name] > 1) photo.camera.name = photo.path.lexically_relative(dataset.folder).generic_string();
  }
  std::sort(dataset.photos.begin(), dataset.photos.end(),
            [](const Photo& a, const Photo& b) { return std::tie(a.camera.name, a.path) < std::tie(b.camera.name, b.path); });
}

core::Status check_cameras(const Dataset& dataset, int minimum_photos) {
  const int count = static_cast<int>(dataset.photos.size());
  if (count < std::max(1, minimum_photos)) {
    return dataset_error(
        std::to_string(count) + " photos are too few, at least " + std::to_string(std::max(1, minimum_photos)) + " are needed",
        dataset.cameras_file.string(), "add photos");
  }
  double spread = 0, magnitude = 0;
  for (const Photo& photo : dataset.photos) {
    spread = std::max(spread, glm::length(photo.camera.position - dataset.photos.front().camera.position));
    magnitude = std::max(magnitude, glm::length(photo.camera.position));
  }
  if (count >= 3 && spread <= 1e-9 * magnitude) {
    return dataset_error("all cameras are in one point", dataset.cameras_file.string(), "photos must be taken from different places");
  }
  return {};
}

// --- points ---

core::Result<std::vector<SparsePoint>> read_ply(const fs::path& path) {
  core::Result<std::vector<std::byte>> bytes = core::read_file(path);
  if (!bytes) return bytes.error();
  return parse_ply_points(*bytes, path.string());
}

// Programs that write transforms*.json may move the cameras to another frame than COLMAP's; its points then do not fit.
bool same_frame(const ColmapModel& model, const Dataset& dataset) {
  std::map<std::string, glm::dvec3> positions;
  for (const Photo& photo : model.photos) positions[photo.camera.name] = photo.camera.position;
  double extent = 0, deviation = 0;
  int common = 0;
  for (const Photo& photo : dataset.photos) {
    extent = std::max(extent, glm::length(photo.camera.position - dataset.photos.front().camera.position));
    const auto found = positions.find(photo.path.filename().string());
    if (found == positions.end()) continue;
    deviation = std::max(deviation, glm::length(found->second - photo.camera.position));
    ++common;
  }
  return common >= 3 && deviation <= 1e-2 * extent;
}

core::Status load_points(const std::string& ply_path, Dataset& dataset) {
  std::vector<fs::path> candidates;
  if (!ply_path.empty()) {
    candidates.push_back(dataset.folder / ply_path);
    candidates.push_back(dataset.cameras_file.parent_path() / ply_path);
  }
  candidates.push_back(dataset.folder / "points3D.ply");
  candidates.push_back(dataset.folder / "sparse_pc.ply");
  for (const fs::path& candidate : candidates) {
    if (!is_file(candidate)) continue;
    core::Result<std::vector<SparsePoint>> points = read_ply(candidate);
    if (!points) return points.error();
    dataset.points = std::move(*points);
    return {};
  }
  if (!ply_path.empty()) core::log_warning("the points " + ply_path + " do not exist");
  const std::optional<fs::path> colmap = find_colmap_folder(dataset.folder);
  if (!colmap) return {};
  core::Result<ColmapModel> model = read_colmap(*colmap, true);
  if (!model) return model.error();
  if (same_frame(*model, dataset)) {
    dataset.points = std::move(model->points);
  } else {
    core::log_warning("the points of " + colmap->string() + " are left out: their cameras are not those of " +
                      dataset.cameras_file.string());
  }
  return {};
}

core::Result<Dataset> load(const fs::path& folder, const DatasetOptions& options) {
  if (!is_folder(folder))
    return dataset_error("the folder does not exist", folder.string(), "give the folder that holds transforms.json or sparse/");
  Dataset dataset;
  dataset.folder = folder;
  core::Result<std::optional<fs::path>> transforms = find_transforms(folder, options.split);
  if (!transforms) return transforms.error();

  if (*transforms) {
    dataset.cameras_file = **transforms;
    core::Result<std::string> ply_path = load_transforms(dataset.cameras_file, options.skip_unusable, dataset);
    if (!ply_path) return ply_path.error();
    if (core::Status status = check_cameras(dataset, options.minimum_photos); !status) return status.error();
    if (options.with_points) {
      if (core::Status status = load_points(*ply_path, dataset); !status) return status.error();
    }
  } else {
    const std::optional<fs::path> colmap = find_colmap_folder(folder);
    if (!colmap) {
      return dataset_error("no cameras found", folder.string(),
                           "reconstruct the photos first; transforms_train.json, transforms.json or a COLMAP sparse/0 is needed");
    }
    dataset.cameras_file = *colmap;
    if (core::Status status = load_colmap(*colmap, options, dataset); !status) return status.error();
    if (core::Status status = check_cameras(dataset, options.minimum_photos); !status) return status.error();
  }
  name_and_sort(dataset);
  assign_lenses(dataset);
  return dataset;
}

}  // namespace

core::Result<Dataset> load_dataset(const std::filesystem::path& folder, const DatasetOptions& options) {
  try {
    return load(folder, options);
  } catch (const std::exception& error) {  // file names that cannot be encoded, memory
    return dataset_error(error.what(), folder.string(), "");
  }
}

}  // namespace skyline::nerf
