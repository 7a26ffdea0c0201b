// The steps of `analyse_scene`, one subject a file. Private to nerf/data.
//
// All but `estimate_up` work in the world frame (z up). "Camera height" is the median height of the cameras above the ground, the scale
// that every margin is measured in: data sets have no fixed unit.
#pragma once

#include "nerf/data/scene_guess.h"

#include <optional>
#include <vector>

namespace skyline::nerf {

// Value at `fraction` (0..1) of the sorted values, by partial sorting of a copy; 0 without values.
double quantile(std::vector<double> values, double fraction);

// scene_frame.cpp
// Fewer points than this say less than the cameras do.
constexpr std::size_t kFewestUsefulPoints = 100;
// Up axis in the frame of the input: the normal of the points' dominant plane, on the cameras' side; without points from the cameras alone.
// Exactly +z when the estimate agrees with it.
glm::dvec3 estimate_up(const Dataset& dataset);
// The smallest rotation that takes `up` to +z.
glm::dmat3 rotation_to_z(const glm::dvec3& up);
// World z of the ground: lowest mode of the points' heights; without points the plane sweep, and where the photos cannot tell, the cameras
// alone. Empty when the cameras do not look down.
std::optional<double> estimate_ground(const Dataset& dataset);

// scene_sweep.cpp
// Ground height from the photos' pixels; empty when no height makes them agree.
std::optional<double> ground_by_sweep(const Dataset& dataset, double camera_z);

// scene_extent.cpp
struct Extent {
  Box box;
  double camera_height = 0;
  double near_distance = 0, far_distance = 0;
  double ground_sampling_distance = 0;
};
// World units a pixel on the ground at this photo width (0 = stored), median over the photos that look at it.
double ground_sampling_distance(const Dataset& dataset, double ground_z, int width);
// Empty when no camera sees the ground.
std::optional<Extent> estimate_extent(const Dataset& dataset, double ground_z, int width);

// height_slab.cpp
HeightSlab estimate_slab(const std::vector<SparsePoint>& points, const Box& box, double ground_z, double camera_height);

// scene_flight.cpp
std::vector<glm::dvec3> plan_flight(const Dataset& dataset, const Box& box, const HeightSlab& slab, double ground_z, double camera_height);

// lighting.cpp
// Spread of exposure and contrast between the photos; -1 without points.
double estimate_lighting_spread(const Dataset& dataset);

}  // namespace skyline::nerf
