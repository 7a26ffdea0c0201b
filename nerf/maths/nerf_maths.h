// The maths of the NeRF branch per sample, over any number type (see field_maths.h).
#pragma once

#include "nerf/maths/hd.h"

#include <cmath>

namespace skyline::nerf {

// sin(pi x) and cos(pi x), reduced to one period first: subtracting whole periods is exact, so high frequencies of a float keep its
// accuracy.
template <class Real>
SKYLINE_HD void sine_and_cosine_pi(Real x, Real* sine, Real* cosine) {
  const Real reduced = (x - Real(2) * std::floor(x * Real(0.5) + Real(0.5))) * Real(3.14159265358979323846);
  *sine = std::sin(reduced);
  *cosine = std::cos(reduced);
}

// Position [p, sin(2^k pi p), cos(2^k pi p)], k < frequencies (Mildenhall et al. 2020, eq. 4), component-major as encode_direction.
// p in [-1, 1]; out: 3 + 6 * frequencies.
template <class Real>
SKYLINE_HD void encode_position(const Real* p, int frequencies, Real* out) {
  for (int i = 0; i < 3; ++i) out[i] = p[i];
  for (int i = 0; i < 3; ++i) {
    Real scale = Real(1);
    for (int k = 0; k < frequencies; ++k, scale *= Real(2)) {
      sine_and_cosine_pi(scale * p[i], out + 3 + i * frequencies + k, out + 3 + (3 + i) * frequencies + k);
    }
  }
}

}  // namespace skyline::nerf
