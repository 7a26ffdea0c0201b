// What gradient checks share: the samples that the marcher finds on rays, and the comparison of every parameter group with central
// differences in double.
#pragma once

#include "nerf/reference/reference_ray.h"
#include "nerf/train/gradients.h"

#include <functional>
#include <vector>

namespace skyline::nerf::testing {

// A training ray and the samples that the marcher finds on it.
struct MarchedRay {
  TrainingRay ray;
  RaySamples<double> samples;
};

// Marches the rays as the engine does. Rays with a sample near the engine's shading threshold or near the kink of relu are left out: there
// the loss is not smooth.
std::vector<MarchedRay> march_rays(const Field& field, const std::vector<TrainingRay>& rays);

// `loss` evaluates the batch's loss from the numbers of `reference`. Each group: the largest entries, some others, and the whole gradient.
void expect_gradients_are_differences(const Field& field, const FieldGradients& gradients, ReferenceField<double>& reference,
                                      const std::function<double()>& loss);

}  // namespace skyline::nerf::testing
