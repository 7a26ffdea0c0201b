// Adam over all parameter groups of a field: sparse for planes, volume and surroundings (touched rows only, moments in bfloat16), dense for
// the rest (moments in float).
#pragma once

#include "core/result.h"
#include "nerf/train/gradients.h"

#include <array>
#include <cstdint>
#include <span>
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
  // First (which = 0) or second (1) moments of group i as floats, for check-points: what was got is set again bit for bit.
  std::vector<float> moments(std::size_t i, int which) const;
  void set_moments(std::size_t i, int which, std::span<const float> values);

 private:
  struct Moments {
    core::Buffer<float> full;          // of dense groups
    core::Buffer<std::uint16_t> half;  // of sparse ones, bfloat16
  };
  std::vector<std::array<Moments, 2>> moments_;
  std::int64_t steps_ = 0;
};

}  // namespace skyline::nerf
