#include "core/camera_json.h"

#include "core/coordinates.h"
#include "core/file.h"
#include "core/json_depth.h"

#include <Eigen/Dense>
#include <nlohmann/json.hpp>

#include <cmath>

namespace skyline::core {
namespace {

using nlohmann::json;

constexpr int kMaximumSide = 1 << 20;  // pixels; larger sizes are broken files

Error entry_error(const std::string& where, const std::string& problem) {
  return {"cannot read the cameras", where + ": " + problem, "write the file again with the program that made it"};
}

// Absent entries leave `value` as it is.
Status read_number(const json& frame, const json& file, const char* key, const std::string& where, std::optional<double>& value) {
  for (const json* object : {&frame, &file}) {
    const auto entry = object->find(key);
    if (entry == object->end() || entry->is_null()) continue;
    if (!entry->is_number()) return entry_error(where, std::string(key) + " is not a number");
    value = entry->get<double>();
    if (!std::isfinite(*value)) return entry_error(where, std::string(key) + " is not finite");
    return {};
  }
  return {};
}

Status check_lens_model(const json& frame, const json& file, const std::string& where) {
  const char* advice = "undistort the photos first, for example with COLMAP's image_undistorter";
  for (const json* object : {&frame, &file}) {
    const auto model = object->find("camera_model");
    if (model != object->end() && model->is_string()) {
      const std::string name = model->get<std::string>();
      if (name != "OPENCV" && name != "PINHOLE" && name != "SIMPLE_PINHOLE" && name != "SIMPLE_RADIAL" && name != "RADIAL") {
        return Error{"cannot use the lens model " + name, where, advice};
      }
      break;
    }
  }
  std::optional<double> k4;
  if (Status status = read_number(frame, file, "k4", where, k4); !status) return status;
  if (k4.value_or(0) != 0) return Error{"cannot use a lens model with k4", where, advice};
  const auto fisheye = file.find("is_fisheye");
  if (fisheye != file.end() && fisheye->is_boolean() && fisheye->get<bool>()) {
    return Error{"cannot use a fisheye lens model", where, advice};
  }
  return {};
}

Result<int> read_side(const json& frame, const json& file, const char* key, const std::string& where) {
  std::optional<double> side;
  if (Status status = read_number(frame, file, key, where, side); !status) return status.error();
  if (!side) return 0;
  if (!(*side >= 1 && *side <= kMaximumSide)) return entry_error(where, std::string(key) + " is not a picture's size");
  return static_cast<int>(std::lround(*side));
}

double focal_of_angle(double side, double angle) { return 0.5 * side / std::tan(0.5 * angle); }

}  // namespace

Result<json> parse_json(std::string_view text, const std::string& where) {
  if (!is_shallow_json(text)) return entry_error(where, "lists within lists without end");
  try {
    json document = json::parse(text);
    if (!document.is_object()) return entry_error(where, "the document is not a JSON object");
    return document;
  } catch (const json::parse_error& error) {
    return entry_error(where, "broken JSON at byte " + std::to_string(error.byte));
  } catch (const json::exception&) {
    return entry_error(where, "a number outside of the range of a double");
  } catch (const std::exception& error) {
    return entry_error(where, error.what());
  }
}

Result<JsonIntrinsics> read_json_intrinsics(const json& frame, const json& file, const std::string& where) {
  if (Status status = check_lens_model(frame, file, where); !status) return status.error();

  JsonIntrinsics intrinsics;
  Result<int> width = read_side(frame, file, "w", where);
  if (!width) return width.error();
  Result<int> height = read_side(frame, file, "h", where);
  if (!height) return height.error();
  if (*width > 0 && *height > 0) {
    intrinsics.camera.width = *width;
    intrinsics.camera.height = *height;
  }

  std::optional<double> k1, k2, k3, p1, p2;
  const std::pair<const char*, std::optional<double>*> entries[] = {{"fl_x", &intrinsics.fl_x},
                                                                    {"fl_y", &intrinsics.fl_y},
                                                                    {"cx", &intrinsics.cx},
                                                                    {"cy", &intrinsics.cy},
                                                                    {"camera_angle_x", &intrinsics.camera_angle_x},
                                                                    {"camera_angle_y", &intrinsics.camera_angle_y},
                                                                    {"k1", &k1},
                                                                    {"k2", &k2},
                                                                    {"k3", &k3},
                                                                    {"p1", &p1},
                                                                    {"p2", &p2}};
  for (const auto& [key, value] : entries) {
    if (Status status = read_number(frame, file, key, where, *value); !status) return status.error();
  }
  intrinsics.camera.distortion = {k1.value_or(0), k2.value_or(0), k3.value_or(0), p1.value_or(0), p2.value_or(0)};
  if (intrinsics.fl_x.value_or(1) <= 0 || intrinsics.fl_y.value_or(1) <= 0) {
    return entry_error(where, "the focal length is not positive");
  }
  for (const std::optional<double>& angle : {intrinsics.camera_angle_x, intrinsics.camera_angle_y}) {
    if (angle && !(*angle > 0 && *angle < 3.14)) return entry_error(where, "the field of view is not between 0 and pi");
  }
  if (!intrinsics.fl_x && !intrinsics.fl_y && !intrinsics.camera_angle_x && !intrinsics.camera_angle_y) {
    return entry_error(where, "no focal length (fl_x or camera_angle_x)");
  }
  return intrinsics;
}

Result<Camera> complete_intrinsics(const JsonIntrinsics& intrinsics, int width, int height, const std::string& where) {
  Camera camera = intrinsics.camera;
  if (camera.width == 0 || camera.height == 0) {
    camera.width = width;
    camera.height = height;
  }
  if (camera.width < 1 || camera.height < 1) return entry_error(where, "no picture size (w and h)");

  if (intrinsics.fl_x)
    camera.fl_x = *intrinsics.fl_x;
  else if (intrinsics.camera_angle_x)
    camera.fl_x = focal_of_angle(camera.width, *intrinsics.camera_angle_x);
  if (intrinsics.fl_y)
    camera.fl_y = *intrinsics.fl_y;
  else if (intrinsics.camera_angle_y)
    camera.fl_y = focal_of_angle(camera.height, *intrinsics.camera_angle_y);
  else
    camera.fl_y = camera.fl_x;
  if (camera.fl_x == 0) camera.fl_x = camera.fl_y;
  camera.cx = intrinsics.cx.value_or(0.5 * camera.width);
  camera.cy = intrinsics.cy.value_or(0.5 * camera.height);
  if (!std::isfinite(camera.fl_x) || !std::isfinite(camera.fl_y)) return entry_error(where, "the field of view is too narrow");
  return camera;
}

Status read_json_pose(const json& frame, const std::string& where, Camera& camera) {
  const auto matrix = frame.find("transform_matrix");
  if (matrix == frame.end() || !matrix->is_array() || (matrix->size() != 3 && matrix->size() != 4)) {
    return entry_error(where, "transform_matrix is not a 4 x 4 matrix");
  }
  for (int row = 0; row < 3; ++row) {
    const json& values = (*matrix)[static_cast<std::size_t>(row)];
    if (!values.is_array() || values.size() != 4) return entry_error(where, "transform_matrix is not a 4 x 4 matrix");
    for (int column = 0; column < 4; ++column) {
      const json& value = values[static_cast<std::size_t>(column)];
      if (!value.is_number()) return entry_error(where, "transform_matrix holds something that is not a number");
      (column < 3 ? camera.rotation[column][row] : camera.position[row]) = value.get<double>();
    }
  }
  return make_rigid(where, camera);
}

Status make_rigid(const std::string& where, Camera& camera) {
  constexpr double kTolerance = 1e-2;
  Eigen::Matrix3d rotation;
  for (int column = 0; column < 3; ++column) {
    if (!std::isfinite(camera.position[column])) return entry_error(where, "the pose is not finite");
    if (std::abs(camera.position[column]) > kFarthestCoordinate) return entry_error(where, "the camera is too far away");
    for (int row = 0; row < 3; ++row) rotation(row, column) = camera.rotation[column][row];
  }
  if (!rotation.allFinite()) return entry_error(where, "the pose is not finite");
  const Eigen::Matrix3d gram = rotation.transpose() * rotation;
  if ((gram - Eigen::Matrix3d::Identity()).cwiseAbs().maxCoeff() > kTolerance || rotation.determinant() < 0) {
    return entry_error(where, "the pose is not rigid (its rotation is scaled, sheared or mirrored)");
  }
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(rotation, Eigen::ComputeFullU | Eigen::ComputeFullV);
  const Eigen::Matrix3d nearest = svd.matrixU() * svd.matrixV().transpose();
  for (int column = 0; column < 3; ++column) {
    for (int row = 0; row < 3; ++row) camera.rotation[column][row] = nearest(row, column);
  }
  return {};
}

Result<Camera> read_camera_json(const std::string& path, int width, int height) {
  Result<std::string> text = read_text_file(path);
  if (!text) return text.error();
  Result<json> document = parse_json(*text, path);
  if (!document) return document.error();
  Result<JsonIntrinsics> intrinsics = read_json_intrinsics(*document, json::object(), path);
  if (!intrinsics) return intrinsics.error();
  Result<Camera> camera = complete_intrinsics(*intrinsics, width, height, path);
  if (!camera) return camera.error();
  camera->name = path;
  if (Status status = read_json_pose(*document, path, *camera); !status) return status.error();
  if (width > 0 && height > 0) return camera->resized(width, height);
  return camera;
}

}  // namespace skyline::core
