#include "nerf/train/colour_loss.h"

#include "nerf/maths/field_maths.h"

#include <cmath>

namespace skyline::nerf {
namespace {

struct LossTerm {
  float value;
  float gradient;
};

LossTerm colour_loss(bool charbonnier, float epsilon, float difference) {
  if (!charbonnier) return {difference * difference, 2 * difference};
  const float root = std::sqrt(difference * difference + epsilon * epsilon);  // Charbonnier et al. 1994
  return {root - epsilon, difference / root};
}

}  // namespace

void add_colour_loss(const Field& field, const TrainSettings& settings, std::size_t batch, std::span<const TrainingRay> rays,
                     const float (*colour)[3], float (*gradient)[3], const ColourLossSums& sums) {
  const float normaliser = 1.0F / (3.0F * static_cast<float>(batch));
  const auto epsilon = static_cast<float>(settings.charbonnier_epsilon);
  const bool charbonnier = settings.loss == "charbonnier";
  for (std::size_t r = 0; r < rays.size(); ++r) {
    const TrainingRay& ray = rays[r];
    const float* lens = field.vignetting.empty() ? nullptr : field.vignetting.data() + static_cast<std::ptrdiff_t>(ray.lens) * 3;
    const float fall_off = lens != nullptr ? vignetting_factor(lens, ray.radius2) : 1.0F;
    const bool exposed = !field.exposure.empty() && !ray.mean_code;
    float by_fall_off = 0;
    for (int c = 0; c < 3; ++c) {
      const float gain = exposed ? std::exp(field.exposure[static_cast<std::size_t>(ray.photo * 3 + c)]) : 1.0F;
      const float difference = colour[r][c] * gain * fall_off - ray.target[c];
      const LossTerm term = colour_loss(charbonnier, epsilon, difference);
      sums.loss += static_cast<double>(term.value * normaliser);
      sums.squared_error += static_cast<double>(difference * difference * normaliser);
      const float g = term.gradient * normaliser;
      gradient[r][c] = g * gain * fall_off;
      by_fall_off += g * gain * colour[r][c];
      if (exposed) sums.exposure[static_cast<std::size_t>(ray.photo * 3 + c)] += g * gain * fall_off * colour[r][c];
    }
    if (lens != nullptr) {
      float power = ray.radius2;
      for (int k = 0; k < 3; ++k, power *= ray.radius2) sums.vignetting[static_cast<std::size_t>(ray.lens * 3 + k)] += by_fall_off * power;
    }
  }
}

}  // namespace skyline::nerf
