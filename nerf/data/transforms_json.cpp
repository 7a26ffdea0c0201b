#include "nerf/data/transforms_json.h"

#include <nlohmann/json.hpp>

namespace skyline::nerf {
namespace {

using nlohmann::json;

core::Error transforms_error(const std::string& where, const std::string& problem) {
  return {"cannot read the cameras", where + ": " + problem, "write the file again with the program that made it"};
}

core::Result<TransformsFrame> parse_frame(const json& entry, const json& file, const std::string& where) {
  if (!entry.is_object()) return transforms_error(where, "the frame is not an object");
  const auto path = entry.find("file_path");
  if (path == entry.end() || !path->is_string() || path->get_ref<const std::string&>().empty()) {
    return transforms_error(where, "file_path is missing");
  }

  TransformsFrame frame;
  frame.photo.path = path->get<std::string>();
  const std::string frame_where = where + " (" + frame.photo.path.string() + ")";
  core::Result<core::JsonIntrinsics> intrinsics = core::read_json_intrinsics(entry, file, frame_where);
  if (!intrinsics) return intrinsics.error();
  frame.intrinsics = *intrinsics;
  frame.photo.camera = frame.intrinsics.camera;
  if (frame.photo.camera.width > 0) {
    core::Result<Camera> camera = core::complete_intrinsics(frame.intrinsics, 0, 0, frame_where);
    if (!camera) return camera.error();
    frame.photo.camera = *camera;
  }
  frame.photo.camera.name = frame.photo.path.filename().string();
  if (core::Status status = core::read_json_pose(entry, frame_where, frame.photo.camera); !status) return status.error();
  return frame;
}

}  // namespace

core::Result<TransformsFile> parse_transforms_file(std::string_view text, const std::string& where) {
  core::Result<json> document = core::parse_json(text, where);
  if (!document) return document.error();
  TransformsFile file;
  const auto ply = document->find("ply_file_path");
  if (ply != document->end() && ply->is_string()) file.ply_path = ply->get<std::string>();

  const auto frames = document->find("frames");
  if (frames == document->end() || !frames->is_array()) return transforms_error(where, "no list of frames");
  file.frames.reserve(frames->size());
  for (std::size_t i = 0; i < frames->size(); ++i) {
    core::Result<TransformsFrame> frame = parse_frame((*frames)[i], *document, where + ", frame " + std::to_string(i));
    if (!frame) return frame.error();
    file.frames.push_back(std::move(*frame));
  }
  return file;
}

core::Result<std::vector<Photo>> parse_transforms(std::string_view text, const std::string& where, std::string& ply_path) {
  core::Result<TransformsFile> file = parse_transforms_file(text, where);
  if (!file) return file.error();
  ply_path = file->ply_path;
  std::vector<Photo> photos;
  photos.reserve(file->frames.size());
  for (TransformsFrame& frame : file->frames) photos.push_back(std::move(frame.photo));
  return photos;
}

}  // namespace skyline::nerf
