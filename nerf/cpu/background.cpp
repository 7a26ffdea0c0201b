#include "nerf/cpu/background.h"

#include "nerf/maths/field_maths.h"

#include <algorithm>

namespace skyline::nerf {

BackgroundTap background_tap(const Field& field, const Ray& ray) {
  BackgroundTap result{};
  const float share = field.sky.empty() ? 0.0F : (field.surroundings.empty() ? 1.0F : sky_share(ray.direction.z));
  if (share > 0) {
    const float d[3] = {ray.direction.x, ray.direction.y, ray.direction.z};
    spherical_harmonics(d, result.sky_weight);
    for (float& w : result.sky_weight) w *= share;
  }
  if (field.surroundings.empty() || share >= 1) return result;
  // A ray at or above the horizon meets the contracted ground at its far end.
  const float fall = std::max(1e-4F, -ray.direction.z);
  const float distance = std::max(0.0F, (ray.origin.z - static_cast<float>(field.ground_z)) / fall);
  const float position[2] = {ray.origin.x + ray.direction.x * distance, ray.origin.y + ray.direction.y * distance};
  const glm::dvec3 middle = 0.5 * (field.box.low + field.box.high), half_size = 0.5 * field.box.size();
  const float centre[2] = {static_cast<float>(middle.x), static_cast<float>(middle.y)};
  const float half[2] = {static_cast<float>(half_size.x), static_cast<float>(half_size.y)};
  float uv[2];
  contract_ground(position, centre, half, uv);
  const int size = field.settings.surroundings_size;
  const auto last = static_cast<float>(size - 1);
  const Tap<float> u = tap(uv[0], 0.0F, last, size), v = tap(uv[1], 0.0F, last, size);
  for (int k = 0; k < 4; ++k) {
    const int dx = k & 1, dy = k >> 1;
    result.texel[k] = (v.index + dy) * size + u.index + dx;
    result.texel_weight[k] = (1.0F - share) * (dx != 0 ? u.fraction : 1.0F - u.fraction) * (dy != 0 ? v.fraction : 1.0F - v.fraction);
  }
  return result;
}

void background_features(const Field& field, const BackgroundTap& tap, float* features) {
  const int n = field.decoder_features();
  std::fill(features, features + n, 0.0F);
  if (!field.surroundings.empty()) {
    for (int k = 0; k < 4; ++k) {
      const float* texel = field.surroundings.data() + static_cast<std::ptrdiff_t>(tap.texel[k]) * n;
      for (int c = 0; c < n; ++c) features[c] += tap.texel_weight[k] * texel[c];
    }
  }
  if (!field.sky.empty()) {
    for (int k = 0; k < kSkyBasis; ++k) {
      const float* row = field.sky.data() + static_cast<std::ptrdiff_t>(k) * n;
      for (int c = 0; c < n; ++c) features[c] += tap.sky_weight[k] * row[c];
    }
  }
}

void scatter_background(const Field& field, const BackgroundTap& tap, const float* feature_gradient, float* surroundings_gradient,
                        std::uint8_t* touched, float* sky_gradient) {
  const int n = field.decoder_features();
  if (surroundings_gradient != nullptr) {
    for (int k = 0; k < 4; ++k) {
      if (tap.texel_weight[k] == 0) continue;
      float* texel = surroundings_gradient + static_cast<std::ptrdiff_t>(tap.texel[k]) * n;
      for (int c = 0; c < n; ++c) texel[c] += tap.texel_weight[k] * feature_gradient[c];
      touched[tap.texel[k]] = 1;
    }
  }
  if (sky_gradient != nullptr) {
    for (int k = 0; k < kSkyBasis; ++k) {
      float* row = sky_gradient + static_cast<std::ptrdiff_t>(k) * n;
      for (int c = 0; c < n; ++c) row[c] += tap.sky_weight[k] * feature_gradient[c];
    }
  }
}

}  // namespace skyline::nerf
