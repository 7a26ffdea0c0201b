// What a ray sees behind the field: the contracted ground of the surroundings, the sky, or a blend of both near the horizon.
#pragma once

#include "nerf/model/field.h"
#include "nerf/space.h"

namespace skyline::nerf {

// Where a ray reads the background tensors: four texels of the surroundings and the sky's basis, with all weights applied.
struct BackgroundTap {
  std::int32_t texel[4];        // index of the texel (not of the float) in `surroundings`
  float texel_weight[4];        // 0 where the ground is not seen
  float sky_weight[kSkyBasis];  // 0 where the sky is not seen
};

BackgroundTap background_tap(const Field& field, const Ray& ray);

// features [decoder_features] = the background's features of one ray.
void background_features(const Field& field, const BackgroundTap& tap, float* features);

// Adds the gradient of the features to the gradients of both tensors; `touched` has a byte a texel of the surroundings.
void scatter_background(const Field& field, const BackgroundTap& tap, const float* feature_gradient, float* surroundings_gradient,
                        std::uint8_t* touched, float* sky_gradient);

}  // namespace skyline::nerf
