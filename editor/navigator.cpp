#include "editor/navigator.h"

#include "core/coordinates.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace skyline::editor {
namespace {

constexpr std::size_t kMostMoves = 200;  // that can be undone
constexpr double kReach = 100;           // sizes of the scene that the camera may be away
constexpr double kLeastSpeed = 4;        // clearances a second: a run at street level
constexpr double kFastFactor = 10, kSlowFactor = 0.25;
constexpr double kStep_s = 1.0 / 240;     // of the integration of flying
constexpr double kLongestCall_s = 1;      // a longer time is a hang of the program, not a wish to fly that far
constexpr double kHeightEasing_s = 0.25;  // the speed follows a height that changes at a roof's edge in this time
constexpr double kSteepestSlope = 2;      // that is climbed without slowing down
constexpr double kZoomStep = 0.85;        // of the distance that is left after one step
constexpr double kMostZoomSteps = 50;     // of one call
constexpr int kHalvings = 30;             // of a way that is blocked

bool is_finite(const glm::dvec3& v) { return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z); }
bool is_finite(glm::dvec2 v) { return std::isfinite(v.x) && std::isfinite(v.y); }

double finite_or(double value, double otherwise) { return std::isfinite(value) ? value : otherwise; }

}  // namespace

void Navigator::set_surroundings(Surroundings surroundings) {
  surroundings_ = std::move(surroundings);
  eased_height_ = -1;
}

double Navigator::scene_size() const {
  const double size = glm::length(surroundings_.box.size());
  return std::isfinite(size) && size > 0 ? size : 100;
}

double Navigator::clearance() const { return std::min(surroundings_.metre > 0 ? surroundings_.metre : 1.0, 0.015 * scene_size()); }

double Navigator::surface_at(glm::dvec2 ground) const {
  if (!surroundings_.surface) return surroundings_.ground_z;
  return finite_or(surroundings_.surface(ground), surroundings_.ground_z);
}

double Navigator::height_above_surface() const { return pose_.position.z - surface_at({pose_.position.x, pose_.position.y}); }

double Navigator::lowest_z(const glm::dvec3& position) const {
  if (allow_underground) return -core::kFarthestCoordinate;
  const double lowest = surface_at({position.x, position.y}) + clearance();
  constexpr double kRounding = 1e-9;
  const bool is_below = height_above_surface() < clearance() * (1 - kRounding) - kRounding * std::abs(pose_.position.z);
  return is_below ? std::min(lowest, pose_.position.z) : lowest;
}

Pose Navigator::sane(const Pose& wanted) const {
  Pose pose = wanted;
  if (!is_finite(pose.position)) pose.position = pose_.position;
  const glm::dvec3 middle = (surroundings_.box.low + surroundings_.box.high) / 2.0;
  const glm::dvec3 reach(std::min(kReach * scene_size(), core::kFarthestCoordinate));
  pose.position = glm::clamp(pose.position, middle - reach, middle + reach);
  pose.yaw_deg = finite_or(pose.yaw_deg, pose_.yaw_deg);
  if (std::abs(pose.yaw_deg) > 360) pose.yaw_deg = std::remainder(pose.yaw_deg, 360);
  pose.pitch_deg = std::clamp(finite_or(pose.pitch_deg, pose_.pitch_deg), -90.0, 90.0);
  pose.fov_deg = std::clamp(finite_or(pose.fov_deg, pose_.fov_deg), kNarrowestView_deg, kWidestView_deg);
  return pose;
}

void Navigator::remember(const Pose& pose) {
  if (undo_.empty() || undo_.back() != pose) undo_.push_back(pose);
  if (undo_.size() > kMostMoves) undo_.erase(undo_.begin());
  redo_.clear();
  gesture_.reset();
}

void Navigator::set_pose(const Pose& pose) {
  const Pose next = sane(pose);
  if (next == pose_) return;
  if (gesture_) {
    remember(*gesture_);
  } else if (!redo_.empty() || (undo_.empty() && placed_)) {
    remember(pose_);
  }
  pose_ = next;
  placed_ = true;
}

void Navigator::follow(const Pose& pose) { set_pose(pose); }

void Navigator::begin_gesture() {
  stop_travel();
  gesture_ = pose_;
  eased_height_ = -1;
}

void Navigator::reset(const Pose& pose) {
  flight_.reset();
  gesture_.reset();
  undo_.clear();
  redo_.clear();
  pose_ = sane(pose);
  placed_ = true;
  eased_height_ = -1;
}

void Navigator::jump(const Pose& pose) {
  if (!placed_) return reset(pose);
  const bool was_travelling = travelling();
  flight_.reset();
  const Pose target = sane(pose);
  eased_height_ = -1;
  if (target == pose_) return;
  if (!was_travelling) remember(pose_);  // the flight's beginning is remembered already
  pose_ = target;
}

bool Navigator::can_undo() const {
  return std::any_of(undo_.begin(), undo_.end(), [&](const Pose& pose) { return pose != pose_; });
}

bool Navigator::undo_move() {
  const Pose here = flight_ ? flight_->to : pose_;
  flight_.reset();
  gesture_.reset();
  eased_height_ = -1;
  while (!undo_.empty() && undo_.back() == here) undo_.pop_back();
  if (undo_.empty()) return false;
  redo_.push_back(here);
  pose_ = undo_.back();
  undo_.pop_back();
  return true;
}

bool Navigator::redo_move() {
  if (redo_.empty()) return false;
  flight_.reset();
  gesture_.reset();
  eased_height_ = -1;
  undo_.push_back(pose_);
  pose_ = redo_.back();
  redo_.pop_back();
  return true;
}

void Navigator::fly_step(const FlyInput& input, double seconds) {
  // The speed follows the height with some delay, so that it does not leap at the edge of a roof.
  const double height = std::max(height_above_surface(), kLeastSpeed * clearance());
  if (eased_height_ < 0) eased_height_ = height;
  eased_height_ += (height - eased_height_) * (1 - std::exp(-seconds / kHeightEasing_s));
  const double factor = input.fast ? kFastFactor : input.slow ? kSlowFactor : 1.0;
  const double step = eased_height_ * speed * factor * seconds;

  const ViewAxes axes = axes_of(pose_);
  const auto part = [](double value) { return std::clamp(finite_or(value, 0), -1.0, 1.0); };
  glm::dvec3 direction = part(input.forward) * axes.forward + part(input.right) * axes.right + glm::dvec3(0, 0, part(input.up));
  if (const double length = glm::length(direction); length > 1) direction /= length;

  Pose next = pose_;
  next.position += direction * step;
  const double missing = lowest_z(next.position) - next.position.z;
  if (missing > 0) {
    const double level = glm::length(glm::dvec2(direction)) * step;
    const double climb = lowest_z(next.position) - pose_.position.z;
    if (climb <= kSteepestSlope * level) {
      next.position.z += missing;
    } else {
      next.position = pose_.position + glm::dvec3(0, 0, step);  // a wall lifts the camera until it can pass
    }
  }
  set_pose(next);
}

void Navigator::fly(const FlyInput& input, double seconds) {
  if (!(seconds > 0) || !std::isfinite(speed)) return;
  if (input.forward == 0 && input.right == 0 && input.up == 0) return;
  stop_travel();
  double left = std::min(seconds, kLongestCall_s);
  while (left > 0) {
    const double step = std::min(left, kStep_s);
    fly_step(input, step);
    left -= step;
  }
}

void Navigator::look(double yaw_deg, double pitch_deg) {
  if (!std::isfinite(yaw_deg) || !std::isfinite(pitch_deg)) return;
  stop_travel();
  Pose next = pose_;
  next.yaw_deg = std::remainder(pose_.yaw_deg + yaw_deg, 360);
  next.pitch_deg = std::clamp(pose_.pitch_deg + pitch_deg, -90.0, 90.0);
  set_pose(next);
}

void Navigator::go_as_far_as_possible(const std::function<Pose(double)>& wanted) {
  const auto is_free = [&](const Pose& pose) { return pose.position.z >= lowest_z(pose.position); };
  Pose best = sane(wanted(1));
  if (!is_free(best)) {
    double free = 0, blocked = 1;
    best = pose_;
    for (int i = 0; i < kHalvings; ++i) {
      const double share = (free + blocked) / 2;
      const Pose pose = sane(wanted(share));
      if (is_free(pose)) {
        free = share;
        best = pose;
      } else {
        blocked = share;
      }
    }
  }
  eased_height_ = -1;
  set_pose(best);
}

void Navigator::orbit(const glm::dvec3& pivot, double yaw_deg, double pitch_deg) {
  if (!is_finite(pivot) || !std::isfinite(yaw_deg) || !std::isfinite(pitch_deg)) return;
  stop_travel();
  const Pose start = pose_;
  const ViewAxes before = axes_of(start);
  const glm::dvec3 away = pivot - start.position;
  // Where the pivot is as the camera sees it; the turned camera stands where it sees it there again.
  const glm::dvec3 seen{glm::dot(away, before.right), glm::dot(away, before.up), glm::dot(away, before.forward)};
  const auto turned = [&](double yaw, double pitch) {
    Pose pose = start;
    pose.yaw_deg = std::remainder(start.yaw_deg + yaw, 360);
    pose.pitch_deg = std::clamp(start.pitch_deg + pitch, -90.0, 90.0);
    const ViewAxes axes = axes_of(pose);
    pose.position = pivot - (seen.x * axes.right + seen.y * axes.up + seen.z * axes.forward);
    return pose;
  };
  // The ground stops the tilt, not the turn.
  go_as_far_as_possible([&](double share) { return turned(yaw_deg * share, 0); });
  const double turned_yaw = std::remainder(pose_.yaw_deg - start.yaw_deg, 360);
  go_as_far_as_possible([&](double share) { return turned(turned_yaw, pitch_deg * share); });
}

void Navigator::pan(const glm::dvec3& pivot, glm::dvec2 pixels, int height) {
  if (!is_finite(pivot) || !is_finite(pixels) || height < 1) return;
  stop_travel();
  const Pose start = pose_;
  const ViewAxes axes = axes_of(start);
  const double depth = std::max(std::abs(glm::dot(pivot - start.position, axes.forward)), clearance());
  const double units_per_pixel = depth / focal_length(start.fov_deg, height);
  const glm::dvec3 move = (-pixels.x * axes.right + pixels.y * axes.up) * units_per_pixel;
  go_as_far_as_possible([&](double share) {
    Pose pose = start;
    pose.position += move * share;
    return pose;
  });
}

void Navigator::zoom(const glm::dvec3& pivot, double steps) {
  if (!is_finite(pivot) || !std::isfinite(steps)) return;
  stop_travel();
  const Pose start = pose_;
  const glm::dvec3 away = start.position - pivot;
  const double distance = glm::length(away);
  if (!(distance > 0)) return;
  const double wanted = distance * std::pow(kZoomStep, std::clamp(steps, -kMostZoomSteps, kMostZoomSteps));
  const double nearest = std::min(distance, clearance() / 2), farthest = std::max(distance, kReach / 10 * scene_size());
  const double change = std::clamp(wanted, nearest, farthest) / distance - 1;
  go_as_far_as_possible([&](double share) {
    Pose pose = start;
    pose.position = start.position + away * (change * share);
    return pose;
  });
}

}  // namespace skyline::editor
