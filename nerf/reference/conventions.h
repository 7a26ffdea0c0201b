// Conventions in which the published GridNeRF differs from ours, and the scalar ray maths that follows either.
//
// The defaults are Skyline's; the `kPublished...` constants are compatibility mode: what the released code computes, for parity tests of
// the formulas and for reading its tensors. docs/reference.md lists the differences. The SIMD path knows only the defaults.
#pragma once

#include "nerf/maths/field_maths.h"
#include "nerf/space.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace skyline::nerf {

struct RayConventions {
  bool unit_directions = true;  // else the camera-space z of a direction is -1, and distances are depths
  double pixel_centre = 0.5;    // where in its pixel a ray goes through
};
inline constexpr RayConventions kPublishedRays{.unit_directions = false, .pixel_centre = 0};

struct CompositeConventions {
  double distance_scale = 1;       // lengths of intervals are multiplied by this
  double last_interval = 0;        // length of the interval of the last sample, before that
  double transmittance_leak = 0;   // added to what each sample lets through
  double colour_threshold = 1e-3;  // samples of at most this weight give no colour
  bool renormalise = true;         // divide by the weight that gave colour
  bool white_background = false;   // behind everything
  bool depth_of_weights = false;   // depth is the plain sum of weight times distance, not divided by opacity
};
inline constexpr CompositeConventions kPublishedGrid{.distance_scale = 25,
                                                     .last_interval = 0,
                                                     .transmittance_leak = 1e-10,
                                                     .colour_threshold = 1e-3,
                                                     .renormalise = false,
                                                     .white_background = true,
                                                     .depth_of_weights = true};
inline constexpr CompositeConventions kPublishedNerfBranch{.distance_scale = 1,
                                                           .last_interval = 1e3,
                                                           .transmittance_leak = 1e-10,
                                                           .colour_threshold = 0,
                                                           .renormalise = false,
                                                           .white_background = true,
                                                           .depth_of_weights = true};

template <class Real>
struct ReferenceRay {
  std::array<Real, 3> origin, direction;
};

// Ray of the pixel (column, row).
template <class Real>
ReferenceRay<Real> camera_ray(const Camera& camera, int column, int row, const RayConventions& conventions) {
  const glm::dvec2 seen{(column + conventions.pixel_centre - camera.cx) / camera.fl_x,
                        (row + conventions.pixel_centre - camera.cy) / camera.fl_y};
  const glm::dvec2 point = undistort(camera.distortion, seen);
  const glm::dvec3 direction = camera.rotation * glm::dvec3(point.x, -point.y, -1.0);
  const double length =
      conventions.unit_directions ? std::sqrt(direction.x * direction.x + direction.y * direction.y + direction.z * direction.z) : 1.0;
  ReferenceRay<Real> ray;
  for (int c = 0; c < 3; ++c) {
    ray.origin[static_cast<std::size_t>(c)] = Real(camera.position[c]);
    ray.direction[static_cast<std::size_t>(c)] = Real(direction[c] / length);
  }
  return ray;
}

// Weight of each sample from the opacities of their intervals (Max 1995), front to back, appended to `weights`; what is left is returned.
template <class Real>
Real weights_of_opacities(std::span<const Real> opacities, Real leak, std::vector<Real>& weights) {
  Real transmittance = Real(1);
  for (const Real opacity : opacities) {
    weights.push_back(transmittance * opacity);
    transmittance *= Real(1) - opacity + leak;
  }
  return transmittance;
}

// Weights of samples at `distances` with `densities`; each stands for the interval up to the next one.
template <class Real>
std::vector<Real> weights_of_samples(std::span<const Real> distances, std::span<const Real> densities,
                                     const CompositeConventions& conventions) {
  std::vector<Real> opacities, weights;
  for (std::size_t i = 0; i < distances.size(); ++i) {
    const Real length = i + 1 < distances.size() ? distances[i + 1] - distances[i] : Real(conventions.last_interval);
    opacities.push_back(interval_opacity(densities[i], length * Real(conventions.distance_scale)));
  }
  weights_of_opacities<Real>(opacities, Real(conventions.transmittance_leak), weights);
  return weights;
}

template <class Real>
struct BlendedRay {
  std::array<Real, 3> colour{};
  Real depth = Real(0), opacity = Real(0);
  int shaded = 0;  // samples that gave colour
};

// Colour of a ray. `colour(i)` is the colour of sample i and is asked only above the threshold.
template <class Real, class Colour>
BlendedRay<Real> blend_samples(std::span<const Real> distances, std::span<const Real> weights, const Colour& colour,
                               const CompositeConventions& conventions) {
  BlendedRay<Real> ray;
  Real shown = Real(0);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    ray.opacity += weights[i];
    ray.depth += weights[i] * distances[i];
    if (!(weights[i] > Real(conventions.colour_threshold))) continue;
    const std::array<Real, 3> of_sample = colour(i);
    for (std::size_t c = 0; c < 3; ++c) ray.colour[c] += weights[i] * of_sample[c];
    shown += weights[i];
    ++ray.shaded;
  }
  if (!conventions.depth_of_weights && ray.opacity > Real(0)) ray.depth /= ray.opacity;
  for (Real& value : ray.colour) {
    if (conventions.renormalise && shown > Real(0)) value /= shown;
    if (conventions.white_background) value += Real(1) - ray.opacity;
    value = value < Real(0) ? Real(0) : (value > Real(1) ? Real(1) : value);
  }
  return ray;
}

}  // namespace skyline::nerf
