// transforms*.json with what the photos' sizes have yet to complete. Private to nerf/data.
#pragma once

#include "core/camera_json.h"
#include "core/result.h"
#include "nerf/data/dataset.h"

#include <string>
#include <string_view>
#include <vector>

namespace skyline::nerf {

struct TransformsFrame {
  Photo photo;  // pose and path; intrinsics complete when the file gives `w` and `h`
  core::JsonIntrinsics intrinsics;
};

struct TransformsFile {
  std::vector<TransformsFrame> frames;
  std::string ply_path;
};

core::Result<TransformsFile> parse_transforms_file(std::string_view json, const std::string& where);

}  // namespace skyline::nerf
