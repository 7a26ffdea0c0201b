// Adam over all parameter groups of a field: sparse for planes, volume and surroundings (touched rows only), dense for the rest.
#pragma once

#include "core/result.h"
#include "nerf/train/gradients.h"

#include <vector>

namespace skyline::nerf {

class Optimiser {
 public:
  // Errors: out of memory budget.
  static core::Result<Optimiser> create(const FieldGradients& gradients);

  struct Rates {
    double planes = 0, lines = 0, decoder = 0, codes = 0, nerf = 0;
    double decay_codes = 0;  // of codes, exposures and vignetting: gradient += decay * value
    double total_variation = 0, l1_density = 0;
    int density_channels = 0;  // padded; where l1_density applies
  };
  // One step; clears gradients and flags.
  void step(FieldGradients& gradients, const Rates& rates);

  std::int64_t steps() const { return steps_; }
  void set_steps(std::int64_t steps) { steps_ = steps; }
  // Moments of group i, for check-points.
  std::span<float> moment1(std::size_t i) { return moments1_[i].span(); }
  std::span<float> moment2(std::size_t i) { return moments2_[i].span(); }
  std::size_t size() const { return moments1_.size(); }

 private:
  std::vector<core::Buffer<float>> moments1_, moments2_;
  std::int64_t steps_ = 0;
};

}  // namespace skyline::nerf
