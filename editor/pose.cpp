#include "editor/navigator.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skyline::editor {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

}  // namespace

double focal_length(double fov_deg, double height) { return 0.5 * height / std::tan(0.5 * fov_deg * kDegree); }

ViewAxes axes_of(const Pose& pose) {
  const double yaw = pose.yaw_deg * kDegree, pitch = pose.pitch_deg * kDegree;
  ViewAxes axes;
  axes.right = {std::cos(yaw), std::sin(yaw), 0};
  axes.forward = {-std::sin(yaw) * std::cos(pitch), std::cos(yaw) * std::cos(pitch), std::sin(pitch)};
  axes.up = glm::cross(axes.right, axes.forward);
  return axes;
}

Pose pose_of(const core::Camera& camera) {
  const glm::dvec3 right = camera.rotation[0], forward = -camera.rotation[2];
  const double level = std::hypot(forward.x, forward.y);
  // Straight down or up the view has no level direction; the picture's right still has.
  constexpr double kSteep = 1e-3;
  Pose pose;
  pose.position = camera.position;
  pose.yaw_deg = (level > kSteep ? std::atan2(-forward.x, forward.y) : std::atan2(right.y, right.x)) / kDegree;
  pose.pitch_deg = std::atan2(forward.z, level) / kDegree;
  pose.fov_deg = 2 * std::atan2(0.5 * camera.height, camera.fl_y) / kDegree;
  return pose;
}

core::Camera camera_of(const Pose& pose, int width, int height) {
  const ViewAxes axes = axes_of(pose);
  core::Camera camera;
  camera.width = std::max(width, 1);
  camera.height = std::max(height, 1);
  camera.fl_x = camera.fl_y = focal_length(pose.fov_deg, camera.height);
  camera.cx = 0.5 * camera.width;
  camera.cy = 0.5 * camera.height;
  camera.rotation = glm::dmat3(axes.right, axes.up, -axes.forward);
  camera.position = pose.position;
  return camera;
}

}  // namespace skyline::editor
