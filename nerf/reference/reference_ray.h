// Compositing and loss of one ray in a plain loop, over any number type, on top of ReferenceField.
//
// Samples are given (by the marcher, or by `dense_samples`), so that the loss is a smooth function of the learned numbers and can be
// differentiated numerically.
#pragma once

#include "nerf/reference/reference_field.h"
#include "nerf/train/gradients.h"

#include <array>
#include <vector>

namespace skyline::nerf {

// Samples of one ray: distances, the length of the interval that each stands for, and the marcher's rule that the last one takes all light
// that is left.
template <class Real>
struct RaySamples {
  std::vector<Real> distances;
  Real step = Real(1);
  int levels = 0;
  std::array<float, kMaxLevels> level_end = kAllLevels;
  bool opaque_last = false;

  int levels_at(Real t) const { return nerf::levels_at(levels, level_end.data(), static_cast<float>(t)); }
};

struct CompositeSettings {
  bool per_sample = false;      // decode every sample; else once from the accumulated features
  double colour_threshold = 0;  // samples of at most this weight give no colour
  bool renormalise = false;     // divide by the weight that gave colour, as the renderer does
};

template <class Real>
struct CompositedRay {
  std::array<Real, 3> colour{};  // before exposure and vignetting
  std::vector<Real> weights;
  Real transmittance = Real(1);
  Real depth = Real(0);  // expected distance over what was hit; 0 where nothing was
};

// Opacity of each interval, weights and transmittance (Max 1995), without colour.
template <class Real>
CompositedRay<Real> composite_weights(const ReferenceField<Real>& field, const Ray& ray, const RaySamples<Real>& samples);

// The same with colour. `code` as in ReferenceField::decode.
template <class Real>
CompositedRay<Real> composite(const ReferenceField<Real>& field, const Ray& ray, const RaySamples<Real>& samples,
                              const std::vector<Real>& code, const CompositeSettings& settings);

// Every multiple of `step` (at the middle of its interval) between entry into and exit from the box: no occupancy, no early end.
template <class Real>
RaySamples<Real> dense_samples(const ReferenceField<Real>& field, const Ray& ray, Real step);

// Plain dense march of a field along a ray.
template <class Real>
CompositedRay<Real> dense_march(const ReferenceField<Real>& field, const Ray& ray, Real step, const std::vector<Real>& code,
                                bool per_sample);

// Loss of one training ray: mean over channels of the colour loss, and the ray's distortion and entropy terms with their weights.
template <class Real>
Real ray_loss(const ReferenceField<Real>& field, const TrainingRay& ray, const RaySamples<Real>& samples, const TrainSettings& settings,
              double distortion, double entropy);

}  // namespace skyline::nerf
