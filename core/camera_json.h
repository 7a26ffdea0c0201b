// The camera entries that transforms*.json and a single camera file share. Private to nerf: the JSON library stays out of the public
// headers.
#pragma once

#include "core/camera.h"
#include "core/result.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>

namespace skyline::core {

// Intrinsics as far as a file gives them; what depends on the picture's size is filled in by `complete_intrinsics`.
struct JsonIntrinsics {
  Camera camera;  // width and height 0 where the file has none
  std::optional<double> fl_x, fl_y, cx, cy;
  std::optional<double> camera_angle_x, camera_angle_y;  // full fields of view in radians
};

// Parses text; errors name the byte. `where` is the file's name.
Result<nlohmann::json> parse_json(std::string_view text, const std::string& where);

// Each entry is looked up in `frame`, then in `file`. Errors: not a number, not finite, focal length not positive, a lens model other
// than OPENCV.
Result<JsonIntrinsics> read_json_intrinsics(const nlohmann::json& frame, const nlohmann::json& file, const std::string& where);

// The camera of a picture of the given size (the file's own size wins). Errors: no focal length.
Result<Camera> complete_intrinsics(const JsonIntrinsics& intrinsics, int width, int height, const std::string& where);

// Reads `transform_matrix` ([3, 4] or [4, 4], camera to world) into the camera's pose.
Status read_json_pose(const nlohmann::json& frame, const std::string& where, Camera& camera);

// Replaces the rotation by the nearest orthonormal one. Errors: not finite, not a rotation within 1e-2.
Status make_rigid(const std::string& where, Camera& camera);

}  // namespace skyline::core
