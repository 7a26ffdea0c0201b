// Smooth flights.
#include "editor/navigator.h"

#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>

namespace skyline::editor {
namespace {

constexpr double kShortest_s = 0.6, kLongest_s = 3, kLongestGiven_s = 600;
constexpr double kLag = 0.15;       // share of the time that a rising flight stays over its ends
constexpr double kRiseShare = 0.4;  // share of the time in which it rises

// From 0 to 1 with no velocity and no acceleration at the ends (the "smootherstep" of Perlin 2002, doi 10.1145/566654.566636).
double ease(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return t * t * t * (t * (6 * t - 15) + 10);
}

double inverse_ease(double share) {
  double low = 0, high = 1;
  for (int i = 0; i < 40; ++i) (ease((low + high) / 2) < share ? low : high) = (low + high) / 2;
  return (low + high) / 2;
}

// Share of the rise at a share of the time: up, along, down.
double rise_at(double time) { return ease(time / kRiseShare) * ease((1 - time) / kRiseShare); }

double duration(const Pose& from, const Pose& to, double scene_size) {
  const double way = glm::length(to.position - from.position) / scene_size;
  const double turn = std::abs(std::remainder(to.yaw_deg - from.yaw_deg, 360)) / 180 + std::abs(to.pitch_deg - from.pitch_deg) / 180;
  return std::clamp(kShortest_s + 2 * std::sqrt(way) + 0.6 * turn, kShortest_s, kLongest_s);
}

}  // namespace

Pose Navigator::on_flight(const Flight& flight, double time) {
  const double share = flight.rise > 0 ? ease((time - kLag) / (1 - 2 * kLag)) : ease(time);
  const Pose &from = flight.from, &to = flight.to;
  Pose pose;
  pose.position = glm::mix(from.position, to.position, share);
  pose.position.z += flight.rise * rise_at(time);
  pose.yaw_deg = from.yaw_deg + std::remainder(to.yaw_deg - from.yaw_deg, 360) * share;
  pose.pitch_deg = from.pitch_deg + (to.pitch_deg - from.pitch_deg) * share;
  pose.fov_deg = from.fov_deg + (to.fov_deg - from.fov_deg) * share;
  return pose;
}

double Navigator::rise_over_obstacles(const Flight& straight) const {
  const glm::dvec3 way = straight.to.position - straight.from.position;
  const double level = glm::length(glm::dvec2(way));
  if (allow_underground || !(level > 0)) return 0;
  const auto missing_at = [&](double share) {
    const glm::dvec3 position = straight.from.position + way * share;
    return surface_at({position.x, position.y}) + clearance() - position.z;
  };
  // A camera that begins or ends too low, a photo taken beneath trees, may go as low between.
  const double allowed = std::max({0.0, missing_at(0), missing_at(1)});
  // Steps of half a clearance see whatever is wider than that.
  const int steps = static_cast<int>(std::clamp(2 * level / clearance(), 64.0, 4096.0));
  bool is_blocked = false;
  double rise = 0;
  for (int i = 1; i < steps; ++i) {
    const double missing = missing_at(static_cast<double>(i) / steps);
    is_blocked = is_blocked || missing > allowed;
    if (missing <= 0) continue;
    // What is in the way near an end is met before the rise is whole, at the latest one step before or after the sample that saw it.
    for (const int met : {i - 1, i + 1}) {
      rise = std::max(rise, missing / rise_at(kLag + (1 - 2 * kLag) * inverse_ease(static_cast<double>(met) / steps)));
    }
  }
  // The straight line's own slope between two samples.
  const double slack = std::abs(way.z) / steps;
  return is_blocked ? rise + 2 * slack : 0;
}

void Navigator::travel(const Pose& target, double seconds) {
  if (!placed_) return reset(target);
  const bool was_travelling = travelling();
  const Pose to = sane(target);
  if (to == pose_) return stop_travel();
  if (!was_travelling) remember(pose_);
  Flight flight{.from = pose_, .to = to};
  flight.seconds = seconds > 0 && std::isfinite(seconds) ? std::min(seconds, kLongestGiven_s) : duration(pose_, to, scene_size());
  flight.rise = rise_over_obstacles(flight);
  flight_ = flight;
  eased_height_ = -1;
}

void Navigator::stop_travel() { flight_.reset(); }

bool Navigator::advance(double seconds) {
  if (!flight_ || !(seconds > 0)) return false;
  flight_->elapsed += seconds;
  if (flight_->elapsed >= flight_->seconds) {
    pose_ = flight_->to;
    flight_.reset();
  } else {
    pose_ = on_flight(*flight_, flight_->elapsed / flight_->seconds);
  }
  return true;
}

}  // namespace skyline::editor
