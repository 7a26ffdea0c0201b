#include "nerf/flight.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skyline::nerf {
namespace {

constexpr double kDegrees = std::numbers::pi / 180.0;
constexpr int kPiecesPerPoint = 32;  // of the table of lengths
constexpr double kLowestPitch = -60, kHighestPitch = -10;

// The smallest turn from one yaw to another, in (-180, 180].
double turn_between(double from_deg, double to_deg) { return std::remainder(to_deg - from_deg, 360.0); }

double yaw_to_middle(const glm::dvec3& position, const Box& box) { return yaw_towards(0.5 * (box.low + box.high) - position); }

// The view at `share` of the path, turned from the heading by `inward` (0..1) of the way to the middle of the box.
FlightView view_along(const FlightPath& path, const Box& box, double share, double inward, double pitch_deg) {
  FlightView view;
  view.position = path.position(share);
  const double ahead = yaw_towards(path.heading(share));
  view.yaw_deg = ahead + inward * turn_between(ahead, yaw_to_middle(view.position, box));
  view.pitch_deg = pitch_deg;
  return view;
}

}  // namespace

FlightPath::FlightPath(std::span<const glm::dvec3> control) : control_(control.begin(), control.end()) {
  const int pieces = kPiecesPerPoint * static_cast<int>(control_.size());
  lengths_.push_back(0);
  glm::dvec3 last = curve(0);
  for (int i = 1; i <= pieces; ++i) {
    const glm::dvec3 next = curve(static_cast<double>(i) / kPiecesPerPoint);
    lengths_.push_back(lengths_.back() + glm::distance(last, next));
    last = next;
  }
}

glm::dvec3 FlightPath::curve(double parameter) const {
  const auto count = static_cast<std::int64_t>(control_.size());
  const auto segment = static_cast<std::int64_t>(std::floor(parameter));
  const double t = parameter - static_cast<double>(segment);
  const auto point = [&](std::int64_t i) { return control_[static_cast<std::size_t>(((i % count) + count) % count)]; };
  const glm::dvec3 a = point(segment - 1), b = point(segment), c = point(segment + 1), d = point(segment + 2);
  return 0.5 * (2.0 * b + t * (c - a) + t * t * (2.0 * a - 5.0 * b + 4.0 * c - d) + t * t * t * (3.0 * (b - c) + d - a));
}

glm::dvec3 FlightPath::position(double share) const {
  const double wanted = (share - std::floor(share)) * length();
  const auto above = std::upper_bound(lengths_.begin(), lengths_.end(), wanted);
  if (above == lengths_.end()) return curve(0);
  const auto i = static_cast<double>(above - lengths_.begin() - 1);
  const double begin = *(above - 1), piece = *above - begin;
  return curve((i + (piece > 0 ? (wanted - begin) / piece : 0)) / kPiecesPerPoint);
}

glm::dvec3 FlightPath::heading(double share) const {
  constexpr double kStep = 1e-3;
  glm::dvec3 direction = position(share + kStep) - position(share - kStep);
  direction.z = 0;
  const double size = glm::length(direction);
  return size > 0 ? direction / size : glm::dvec3(0, 1, 0);
}

double yaw_towards(const glm::dvec3& direction) { return std::atan2(-direction.x, direction.y) / kDegrees; }

Camera view_camera(const FlightView& view, double fov_deg, int width, int height) {
  const double yaw = view.yaw_deg * kDegrees, pitch = view.pitch_deg * kDegrees;
  const glm::dvec3 forward{-std::sin(yaw) * std::cos(pitch), std::cos(yaw) * std::cos(pitch), std::sin(pitch)};
  const glm::dvec3 right{std::cos(yaw), std::sin(yaw), 0};
  Camera camera;
  camera.width = width;
  camera.height = height;
  camera.fl_x = camera.fl_y = 0.5 * height / std::tan(0.5 * fov_deg * kDegrees);
  camera.cx = 0.5 * width;
  camera.cy = 0.5 * height;
  camera.rotation = glm::dmat3(right, glm::cross(right, forward), -forward);
  camera.position = view.position;
  return camera;
}

std::vector<FlightView> tour_flight(std::span<const glm::dvec3> control, const Box& box, int frames) {
  const FlightPath path(control);
  std::vector<FlightView> views;
  for (int i = 0; i < frames; ++i) {
    const double share = static_cast<double>(i) / frames;
    views.push_back(view_along(path, box, share, 0.6, -37.5 - 7.5 * std::cos(4 * std::numbers::pi * share)));
  }
  return views;
}

std::vector<FlightView> bench_flight(std::span<const glm::dvec3> control, const Box& box, double ground_z, double camera_height,
                                     int frames) {
  constexpr double kSwings = 5;  // of the pitch, along each of the two rounds
  std::vector<glm::dvec3> low(control.begin(), control.end()), high = low;
  for (glm::dvec3& point : low) point.z = std::max(point.z, ground_z + 0.15 * camera_height);
  for (glm::dvec3& point : high) point.z = ground_z + camera_height;
  std::vector<FlightView> views;
  const int high_frames = frames / 3, low_frames = frames - high_frames;
  const auto add_round = [&](const std::vector<glm::dvec3>& points, int count) {
    const FlightPath path(points);
    for (int i = 0; i < count; ++i) {
      const double share = static_cast<double>(i) / count;
      const double swing = std::cos(2 * std::numbers::pi * kSwings * share);
      const double inward = 0.5 + 0.3 * std::sin(2 * std::numbers::pi * 2 * share);
      views.push_back(
          view_along(path, box, share, inward, 0.5 * (kLowestPitch + kHighestPitch) + 0.5 * (kHighestPitch - kLowestPitch) * swing));
    }
  };
  add_round(low, low_frames);
  if (high_frames > 0) add_round(high, high_frames);
  return views;
}

FlightView aim_at_field(const FlightView& view, const Box& box, double wanted, const std::function<double(const FlightView&)>& hit_share) {
  constexpr int kPitchSteps = 4, kYawSteps = 3;
  FlightView best = view;
  double best_share = hit_share(view);
  const auto consider = [&](const FlightView& candidate) {
    const double share = hit_share(candidate);
    if (share > best_share) {
      best_share = share;
      best = candidate;
    }
  };
  FlightView candidate = view;
  for (int i = 1; i <= kPitchSteps && best_share < wanted; ++i) {
    candidate.pitch_deg = view.pitch_deg + (std::min(kLowestPitch, view.pitch_deg) - view.pitch_deg) * i / kPitchSteps;
    consider(candidate);
  }
  const double turn = turn_between(view.yaw_deg, yaw_to_middle(view.position, box));
  for (int i = 1; i <= kYawSteps && best_share < wanted; ++i) {
    candidate.yaw_deg = view.yaw_deg + turn * i / kYawSteps;
    consider(candidate);
  }
  return best;
}

double mean_camera_height(std::span<const Camera> cameras, double ground_z) {
  double height = 0;
  for (const Camera& camera : cameras) height += (camera.position.z - ground_z) / static_cast<double>(cameras.size());
  return height;
}

}  // namespace skyline::nerf
