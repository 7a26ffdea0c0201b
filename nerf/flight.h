// Flights over a scene: a closed path through its control points, and the views along it for tours and for the benchmark.
//
// Pure functions of their arguments. Angles as at the command line: yaw 0 looks along +y, positive to the left; pitch -90 straight down.
#pragma once

#include "nerf/space.h"

#include <glm/vec3.hpp>

#include <functional>
#include <span>
#include <vector>

namespace skyline::nerf {

struct FlightView {
  glm::dvec3 position{0.0};
  double yaw_deg = 0;
  double pitch_deg = 0;
};

// A smooth closed curve through the control points (Catmull & Rom 1974, uniform), run through at constant speed.
class FlightPath {
 public:
  // At least three points.
  explicit FlightPath(std::span<const glm::dvec3> control);
  // `share` of the round, 0 = 1 = the first control point.
  glm::dvec3 position(double share) const;
  // Unit length, level.
  glm::dvec3 heading(double share) const;
  double length() const { return lengths_.back(); }

 private:
  glm::dvec3 curve(double parameter) const;

  std::vector<glm::dvec3> control_;
  std::vector<double> lengths_;  // from the start to each of the equally spaced parameters
};

// Yaw that looks along the level part of `direction`.
double yaw_towards(const glm::dvec3& direction);

// A pinhole camera with square pixels; `fov_deg` is the vertical field of view.
Camera view_camera(const FlightView& view, double fov_deg, int width, int height);

// One round for people: forward and a little inward, looking down at 30 to 45 degrees.
std::vector<FlightView> tour_flight(std::span<const glm::dvec3> control, const Box& box, int frames);

// The bench flight of docs/command-line.md: two thirds of the frames along the scene's own path (15 to 45 % of the photos' mean height),
// one third along the same round at that height; the pitch swings between -10 and -60 degrees.
std::vector<FlightView> bench_flight(std::span<const glm::dvec3> control, const Box& box, double ground_z, double camera_height,
                                     int frames);

// Turns a view down (to -60 degrees at most) and then towards the middle of the box until at least `wanted` of its rays hit the field; the
// best view found where none does. `hit_share` tells the share of a view.
FlightView aim_at_field(const FlightView& view, const Box& box, double wanted, const std::function<double(const FlightView&)>& hit_share);

// Mean height of the cameras above the ground.
double mean_camera_height(std::span<const Camera> cameras, double ground_z);

}  // namespace skyline::nerf
