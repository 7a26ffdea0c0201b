#include "nerf/reference/reference_ray.h"

#include "nerf/reference/conventions.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace skyline::nerf {
namespace {

// As in training: see gradients.cpp.
constexpr double kTrainingThreshold = 1e-4;

template <class Real>
std::array<Real, 3> along(const Ray& ray, Real t) {
  return {Real(ray.origin.x) + Real(ray.direction.x) * t, Real(ray.origin.y) + Real(ray.direction.y) * t,
          Real(ray.origin.z) + Real(ray.direction.z) * t};
}

template <class Real>
std::array<Real, 3> direction_of(const Ray& ray) {
  return {ray.direction.x, ray.direction.y, ray.direction.z};
}

// mip-NeRF 360, eq. 15, on distances in units of 64 texels, as the plain double sum.
template <class Real>
Real distortion_of(const std::vector<Real>& weights, const RaySamples<Real>& samples, Real unit) {
  Real sum = Real(0);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    for (std::size_t j = 0; j < weights.size(); ++j)
      sum += weights[i] * weights[j] * std::abs(samples.distances[i] - samples.distances[j]) / unit;
    sum += weights[i] * weights[i] * samples.step / (Real(3) * unit);
  }
  return sum;
}

// Entropy of the weights (InfoNeRF, eq. 5).
template <class Real>
Real entropy_of(const std::vector<Real>& weights) {
  Real sum = Real(0);
  for (const Real w : weights) {
    const Real weight = std::max(Real(1e-6), w);
    sum -= weight * std::log(weight);
  }
  return sum;
}

}  // namespace

template <class Real>
CompositedRay<Real> composite_weights(const ReferenceField<Real>& field, const Ray& ray, const RaySamples<Real>& samples) {
  CompositedRay<Real> result;
  const std::size_t count = samples.distances.size();
  std::vector<Real> opacities;
  for (std::size_t j = 0; j < count; ++j) {
    const bool opaque = samples.opaque_last && j + 1 == count;
    const Real t = samples.distances[j];
    opacities.push_back(opaque ? Real(1) : interval_opacity(field.density(along(ray, t), samples.levels_at(t)), samples.step));
  }
  result.transmittance = weights_of_opacities<Real>(opacities, Real(0), result.weights);
  for (std::size_t j = 0; j < count; ++j) result.depth += result.weights[j] * samples.distances[j];
  const Real hit = Real(1) - result.transmittance;
  result.depth = hit > Real(0) ? result.depth / hit : Real(0);
  return result;
}

template <class Real>
CompositedRay<Real> composite(const ReferenceField<Real>& field, const Ray& ray, const RaySamples<Real>& samples,
                              const std::vector<Real>& code, const CompositeSettings& settings) {
  CompositedRay<Real> result = composite_weights(field, ray, samples);
  const auto threshold = Real(settings.colour_threshold);
  const std::array<Real, 3> direction = direction_of<Real>(ray);
  std::vector<Real> features(static_cast<std::size_t>(field.field().feature_count()), Real(0)), background;
  Real total = Real(0);
  const auto add_colour = [&](Real weight, std::span<const Real> of_sample, std::span<const Real> of_background) {
    const std::array<Real, 3> colour = field.decode(of_sample, of_background, direction, code);
    for (std::size_t c = 0; c < 3; ++c) result.colour[c] += weight * colour[c];
  };
  for (std::size_t j = 0; j < samples.distances.size(); ++j) {
    const Real weight = result.weights[j];
    if (weight <= threshold) continue;
    total += weight;
    const std::vector<Real> here = field.features(along(ray, samples.distances[j]), samples.levels_at(samples.distances[j]));
    if (settings.per_sample) {
      add_colour(weight, here, {});
    } else {
      for (std::size_t f = 0; f < here.size(); ++f) features[f] += weight * here[f];
    }
  }
  if (result.transmittance > (settings.renormalise ? Real(0) : threshold)) {
    total += result.transmittance;
    background = field.background(ray);
    if (settings.per_sample) {
      add_colour(result.transmittance, {}, background);
    } else {
      for (Real& value : background) value *= result.transmittance;
    }
  }
  const Real scale = settings.renormalise ? Real(1) / std::max(total, Real(1e-6)) : Real(1);
  if (settings.per_sample) {
    for (Real& value : result.colour) value *= scale;
  } else {
    for (Real& value : features) value *= scale;
    for (Real& value : background) value *= scale;
    result.colour = field.decode(features, background, direction, code);
  }
  return result;
}

template <class Real>
RaySamples<Real> dense_samples(const ReferenceField<Real>& field, const Ray& ray, Real step) {
  const Box& box = field.field().box;
  Real enter = Real(0), leave = std::numeric_limits<Real>::max();
  int leave_axis = -1;
  for (int axis = 0; axis < 3; ++axis) {
    const Real origin = ray.origin[axis], direction = ray.direction[axis];
    const Real low = Real(box.low[axis]), high = Real(box.high[axis]);
    if (direction == Real(0)) {
      if (origin < low || origin > high) leave = Real(-1);
      continue;
    }
    const Real near = ((direction > Real(0) ? low : high) - origin) / direction,
               far = ((direction > Real(0) ? high : low) - origin) / direction;
    enter = std::max(enter, near);
    if (far < leave) {
      leave = far;
      leave_axis = axis;
    }
  }
  RaySamples<Real> samples;
  samples.step = step;
  samples.levels = field.field().settings.levels;
  for (int k = 0; enter + (Real(k) + Real(0.5)) * step < leave; ++k) samples.distances.push_back(enter + (Real(k) + Real(0.5)) * step);
  samples.opaque_last = !samples.distances.empty() && leave_axis == 2 && ray.direction.z < 0;
  return samples;
}

template <class Real>
CompositedRay<Real> dense_march(const ReferenceField<Real>& field, const Ray& ray, Real step, const std::vector<Real>& code,
                                bool per_sample) {
  return composite(field, ray, dense_samples(field, ray, step), code, {.per_sample = per_sample});
}

template <class Real>
Real ray_loss(const ReferenceField<Real>& field, const TrainingRay& ray, const RaySamples<Real>& samples, const TrainSettings& settings,
              double distortion, double entropy) {
  const int photo = ray.mean_code ? -1 : ray.photo;
  const CompositedRay<Real> seen = composite(field, ray.ray, samples, field.code(photo),
                                             {.per_sample = settings.decode == "sample", .colour_threshold = kTrainingThreshold});
  const std::array<Real, 3> gain = field.gain(photo);
  const Real fall_off = field.fall_off(ray.lens, Real(ray.radius2));
  const auto epsilon = Real(settings.charbonnier_epsilon);
  Real loss = Real(0);
  for (std::size_t c = 0; c < 3; ++c) {
    const Real difference = seen.colour[c] * gain[c] * fall_off - Real(ray.target[c]);
    const Real squared = difference * difference;
    loss += (settings.loss == "charbonnier" ? std::sqrt(squared + epsilon * epsilon) - epsilon : squared) / Real(3);
  }
  if (distortion > 0) loss += Real(distortion) * distortion_of(seen.weights, samples, Real(64 * field.field().finest_texel));
  if (entropy > 0) loss += Real(entropy) * entropy_of(seen.weights);
  return loss;
}

#define SKYLINE_INSTANTIATE(Real)                                                                                                    \
  template CompositedRay<Real> composite_weights(const ReferenceField<Real>&, const Ray&, const RaySamples<Real>&);                  \
  template CompositedRay<Real> composite(const ReferenceField<Real>&, const Ray&, const RaySamples<Real>&, const std::vector<Real>&, \
                                         const CompositeSettings&);                                                                  \
  template RaySamples<Real> dense_samples(const ReferenceField<Real>&, const Ray&, Real);                                            \
  template CompositedRay<Real> dense_march(const ReferenceField<Real>&, const Ray&, Real, const std::vector<Real>&, bool);           \
  template Real ray_loss(const ReferenceField<Real>&, const TrainingRay&, const RaySamples<Real>&, const TrainSettings&, double, double)
SKYLINE_INSTANTIATE(float);
SKYLINE_INSTANTIATE(double);
#undef SKYLINE_INSTANTIATE

}  // namespace skyline::nerf
