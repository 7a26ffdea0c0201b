// The colour loss of rays, with exposure and vignetting: shared by the grid and the NeRF branch.
#pragma once

#include "nerf/train/gradients.h"

#include <span>

namespace skyline::nerf {

// Where losses and the gradients of exposure and vignetting are added; these two have the layout of the field's.
struct ColourLossSums {
  double& loss;
  double& squared_error;
  std::span<float> exposure, vignetting;
};

// From the colours of rays before exposure and vignetting: adds the loss of a batch of `batch` rays and fills the gradient by these
// colours.
void add_colour_loss(const Field& field, const TrainSettings& settings, std::size_t batch, std::span<const TrainingRay> rays,
                     const float (*colour)[3], float (*gradient)[3], const ColourLossSums& sums);

// The code that a training ray is decoded with; null without codes.
inline const float* code_of(const Field& field, const TrainingRay& ray, std::span<const float> mean_code) {
  if (!field.use_codes) return nullptr;
  return ray.mean_code ? mean_code.data() : field.codes.data() + static_cast<std::ptrdiff_t>(ray.photo) * field.settings.code_size;
}

}  // namespace skyline::nerf
