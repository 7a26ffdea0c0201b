// Poses for the usual wishes.
#include "editor/navigator.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace skyline::editor {
namespace {

constexpr double kPictureShare = 1.0 / 3;  // of its area that a framed object fills
constexpr double kMostOfASide = 0.8;       // of the picture that it may take: slender things fill less of the area
constexpr double kEyeHeight_m = 1.7;

std::array<glm::dvec3, 8> corners_of(const core::Box& box) {
  std::array<glm::dvec3, 8> corners;
  for (std::size_t i = 0; i < 8; ++i)
    corners[i] = {(i & 1) != 0 ? box.high.x : box.low.x, (i & 2) != 0 ? box.high.y : box.low.y, (i & 4) != 0 ? box.high.z : box.low.z};
  return corners;
}

// Sides of the box's outline as shares of the picture's, seen by a camera with the axes of `pose`; infinite where the box reaches behind
// it.
glm::dvec2 shares_of_picture(const Pose& pose, const core::Box& box, double aspect) {
  const ViewAxes axes = axes_of(pose);
  const double half_height = 0.5 / focal_length(pose.fov_deg, 1);  // of the picture one unit ahead
  glm::dvec2 low(std::numeric_limits<double>::max()), high(std::numeric_limits<double>::lowest());
  for (const glm::dvec3& corner : corners_of(box)) {
    const glm::dvec3 away = corner - pose.position;
    const double depth = glm::dot(away, axes.forward);
    if (!(depth > 0)) return glm::dvec2(std::numeric_limits<double>::infinity());
    const glm::dvec2 point{glm::dot(away, axes.right) / depth, glm::dot(away, axes.up) / depth};
    low = glm::min(low, point);
    high = glm::max(high, point);
  }
  return (high - low) / glm::dvec2(2 * half_height * aspect, 2 * half_height);
}

}  // namespace

glm::dvec3 Navigator::looked_at() const {
  const ViewAxes axes = axes_of(pose_);
  const double height = pose_.position.z - surroundings_.ground_z;
  const double farthest = 10 * scene_size();
  const double distance = axes.forward.z < 0 && height > 0 ? height / -axes.forward.z : std::numeric_limits<double>::infinity();
  return pose_.position + axes.forward * (distance <= farthest ? distance : scene_size());
}

Pose Navigator::top() const {
  const core::Box& box = surroundings_.box;
  const glm::dvec3 size = box.size();
  constexpr double kMargin = 1.05;
  const double per_height = focal_length(pose_.fov_deg, 1);
  const double wide = std::isfinite(aspect) && aspect > 0 ? aspect : 1;
  Pose pose = pose_;
  pose.position = (box.low + box.high) / 2.0;
  pose.position.z = box.high.z + kMargin * per_height * std::max(size.y, size.x / wide);
  pose.yaw_deg = 0;
  pose.pitch_deg = -90;
  return sane(pose);
}

Pose Navigator::axis(double yaw_deg, double pitch_deg) const {
  const glm::dvec3 target = looked_at();
  Pose pose = pose_;
  pose.yaw_deg = yaw_deg;
  pose.pitch_deg = pitch_deg;
  pose = sane(pose);
  pose.position = target - axes_of(pose).forward * glm::length(target - pose_.position);
  return above_surface(pose);
}

Pose Navigator::above_surface(Pose pose) const {
  if (!allow_underground) pose.position.z = std::max(pose.position.z, surface_at({pose.position.x, pose.position.y}) + clearance());
  return sane(pose);
}

double Navigator::openness(glm::dvec2 ground) const {
  double highest = surface_at(ground);
  for (int i = 0; i < 8; ++i) {
    const double angle = i * std::numbers::pi / 4;
    highest = std::max(highest, surface_at(ground + 2 * clearance() * glm::dvec2(std::cos(angle), std::sin(angle))));
  }
  return highest;
}

Pose Navigator::street() const {
  // Rings about the place below until one has a place that is no higher than a person above the lowest ground around.
  const glm::dvec2 below{pose_.position.x, pose_.position.y};
  const double reach = std::max(40 * clearance(), 0.1 * scene_size());
  constexpr int kRings = 24, kDirections = 24;
  std::vector<glm::dvec2> places{below};
  double lowest = openness(below);
  for (int ring = 1; ring <= kRings; ++ring) {
    for (int i = 0; i < kDirections; ++i) {
      const double angle = i * 2 * std::numbers::pi / kDirections, radius = reach * ring / kRings;
      places.push_back(below + radius * glm::dvec2(std::cos(angle), std::sin(angle)));
      lowest = std::min(lowest, openness(places.back()));
    }
  }
  const auto open = std::find_if(places.begin(), places.end(), [&](glm::dvec2 p) { return openness(p) <= lowest + 2 * clearance(); });
  const glm::dvec2 place = open == places.end() ? below : *open;
  Pose pose = pose_;
  pose.position = {place, surface_at(place) + std::max(kEyeHeight_m, 1.0) * clearance()};
  pose.pitch_deg = 0;
  return sane(pose);
}

Pose Navigator::at(glm::dvec2 ground) const {
  Pose pose = pose_;
  pose.position = {ground, pose_.position.z};
  return above_surface(sane(pose));
}

Pose Navigator::frame(const core::Box& what) const {
  const glm::dvec3 middle = (what.low + what.high) / 2.0;
  const double size = std::max(glm::length(what.size()), clearance());
  if (!std::isfinite(size) || !std::isfinite(middle.x + middle.y + middle.z)) return pose_;
  const double wide = std::isfinite(aspect) && aspect > 0 ? aspect : 1;
  const auto seen_from = [&](double distance, double pitch) {
    Pose pose = pose_;
    pose.pitch_deg = pitch;
    pose.position = middle - axes_of(pose).forward * distance;
    return pose;
  };
  const auto distance_for = [&](double pitch) {
    double near = 0, far = size;
    const auto too_large = [&](double distance) {
      const glm::dvec2 share = shares_of_picture(seen_from(distance, pitch), what, wide);
      return !(share.x * share.y <= kPictureShare && std::max(share.x, share.y) <= kMostOfASide);
    };
    for (int i = 0; i < 40 && too_large(far); ++i) far *= 2;
    for (int i = 0; i < 50; ++i) (too_large((near + far) / 2) ? near : far) = (near + far) / 2;
    return far;
  };
  // From beneath the ground nothing is seen: then from higher, until the camera is free.
  for (double pitch = pose_.pitch_deg;; pitch = std::max(pitch - 5, -90.0)) {
    const Pose pose = seen_from(distance_for(pitch), pitch);
    const bool is_free = allow_underground || pose.position.z >= surface_at({pose.position.x, pose.position.y}) + clearance();
    if (is_free || pitch <= -90) return above_surface(pose);
  }
}

}  // namespace skyline::editor
