// The per-sample maths of the field, written once: scalar reference of the CPU kernels, and source of the device kernels.
//
// Every function is a template over the number type, so that tests evaluate the same formulas in double. Nothing here allocates.
#pragma once

#include "nerf/maths/hd.h"

#include <cmath>

namespace skyline::nerf {

enum class DensityActivation { kExp, kSoftplus, kRelu };

// Shifts that make a field of zeros faintly visible at the start (exp: our choice, alpha of about 0.08 over one finest texel; softplus: -10
// as published).
inline constexpr double kExpShift = -2.5;
inline constexpr double kSoftplusShift = -10.0;
// exp is cut here so that one step cannot overflow: e^(8 - 2.5) = 245 per texel is opaque.
inline constexpr double kExpLimit = 8.0;

// sigma per unit of 1 / density_scale, from the summed products s.
template <class Real>
SKYLINE_HD Real activate_density(DensityActivation kind, Real s) {
  switch (kind) {
    case DensityActivation::kExp:
      return std::exp((s < Real(kExpLimit) ? s : Real(kExpLimit)) + Real(kExpShift));
    case DensityActivation::kSoftplus: {
      const Real x = s + Real(kSoftplusShift);
      return x > Real(20) ? x : std::log1p(std::exp(x));
    }
    case DensityActivation::kRelu:
      return s > Real(0) ? s : Real(0);
  }
  return Real(0);
}

// d sigma / d s. The cut of exp keeps a gradient for values that must come down again.
template <class Real>
SKYLINE_HD Real activate_density_gradient(DensityActivation kind, Real s) {
  switch (kind) {
    case DensityActivation::kExp:
      return s < Real(kExpLimit) ? std::exp(s + Real(kExpShift)) : Real(0);
    case DensityActivation::kSoftplus:
      return Real(1) / (Real(1) + std::exp(-(s + Real(kSoftplusShift))));
    case DensityActivation::kRelu:
      return s > Real(0) ? Real(1) : Real(0);
  }
  return Real(0);
}

// Opacity of an interval of length `dt` with density `sigma` (Max 1995, eq. 3).
template <class Real>
SKYLINE_HD Real interval_opacity(Real sigma, Real dt) {
  return -std::expm1(-sigma * dt);
}

// Where a coordinate falls between two neighbouring texels whose centres lie on the ends of the extent ("align corners"). Outside it is
// clamped.
template <class Real>
struct Tap {
  int index;      // of the lower texel, in [0, size - 2] (0 when size is 1)
  Real fraction;  // weight of the upper texel
};

template <class Real>
SKYLINE_HD Tap<Real> tap(Real coordinate, Real low, Real texels_per_unit, int size) {
  if (size < 2) return {0, Real(0)};
  Real u = (coordinate - low) * texels_per_unit;
  const Real last = Real(size - 1);
  u = u < Real(0) ? Real(0) : (u > last ? last : u);
  int index = static_cast<int>(u);
  if (index > size - 2) index = size - 2;
  return {index, u - Real(index)};
}

// Bilinear value of channel `c` of a plane [rows, columns, channels].
template <class Real, class Stored>
SKYLINE_HD Real bilinear(const Stored* plane, int columns, int channels, Tap<Real> x, Tap<Real> y, int c, bool single_column,
                         bool single_row) {
  const long right = single_column ? 0 : channels;
  const long down = single_row ? 0 : static_cast<long>(columns) * channels;
  const Stored* p = plane + (static_cast<long>(y.index) * columns + x.index) * channels + c;
  const Real top = Real(p[0]) + (Real(p[right]) - Real(p[0])) * x.fraction;
  const Real bottom = Real(p[down]) + (Real(p[down + right]) - Real(p[down])) * x.fraction;
  return top + (bottom - top) * y.fraction;
}

// Linear value of channel `c` of a line [size, channels].
template <class Real, class Stored>
SKYLINE_HD Real linear(const Stored* line, int channels, Tap<Real> z, int c, bool single) {
  const Stored* p = line + static_cast<long>(z.index) * channels + c;
  return Real(p[0]) + (Real(p[single ? 0 : channels]) - Real(p[0])) * z.fraction;
}

// Trilinear value of channel `c` of a volume [rows, columns, layers, channels].
template <class Real, class Stored>
SKYLINE_HD Real trilinear(const Stored* volume, int columns, int layers, int channels, Tap<Real> x, Tap<Real> y, Tap<Real> z, int c) {
  const long step_z = channels, step_x = static_cast<long>(layers) * channels, step_y = step_x * columns;
  const Stored* p = volume + y.index * step_y + x.index * step_x + z.index * step_z + c;
  Real value = Real(0);
  for (int corner = 0; corner < 8; ++corner) {
    const int dx = corner & 1, dy = (corner >> 1) & 1, dz = corner >> 2;
    const Real weight =
        (dx ? x.fraction : Real(1) - x.fraction) * (dy ? y.fraction : Real(1) - y.fraction) * (dz ? z.fraction : Real(1) - z.fraction);
    if (weight != Real(0)) value += weight * Real(p[dy * step_y + dx * step_x + dz * step_z]);
  }
  return value;
}

// Levels that a sample at distance t reads: level l only nearer than level_end[l], the first one everywhere.
template <class Real>
SKYLINE_HD int levels_at(int levels, const Real* level_end, Real t) {
  while (levels > 1 && t >= level_end[levels - 1]) --levels;
  return levels;
}

// [sin(2^k v) | cos(2^k v)], k < frequencies, of `count` numbers, component-major and without pi as published.
// out: 2 * count * frequencies.
template <class Real>
SKYLINE_HD void encode_frequencies(const Real* v, int count, int frequencies, Real* out) {
  for (int i = 0; i < count; ++i) {
    Real scale = Real(1);
    for (int k = 0; k < frequencies; ++k, scale *= Real(2)) {
      out[i * frequencies + k] = std::sin(scale * v[i]);
      out[(count + i) * frequencies + k] = std::cos(scale * v[i]);
    }
  }
}

// View direction [d | sin(2^k d) | cos(2^k d)]. out: 3 + 6 * frequencies.
template <class Real>
SKYLINE_HD void encode_direction(const Real* d, int frequencies, Real* out) {
  for (int i = 0; i < 3; ++i) out[i] = d[i];
  encode_frequencies(d, 3, frequencies, out + 3);
}

// Real spherical harmonics up to degree 2 of a unit vector (Sloan 2008, "Stupid Spherical Harmonics Tricks", appendix A2). out: 9.
template <class Real>
SKYLINE_HD void spherical_harmonics(const Real* d, Real* out) {
  const Real x = d[0], y = d[1], z = d[2];
  out[0] = Real(0.28209479177387814);
  out[1] = Real(-0.4886025119029199) * y;
  out[2] = Real(0.4886025119029199) * z;
  out[3] = Real(-0.4886025119029199) * x;
  out[4] = Real(1.0925484305920792) * x * y;
  out[5] = Real(-1.0925484305920792) * y * z;
  out[6] = Real(0.31539156525252005) * (Real(3) * z * z - Real(1));
  out[7] = Real(-1.0925484305920792) * x * z;
  out[8] = Real(0.5462742152960396) * (x * x - y * y);
}

// Ground position to [0, 1]^2 of the surroundings' plane: the box takes the middle half, everything beyond is contracted as 1 / r (mip-NeRF
// 360, eq. 10, with the maximum norm). `centre`, `half` of the box in x and y.
template <class Real>
SKYLINE_HD void contract_ground(const Real* position, const Real* centre, const Real* half, Real* uv) {
  const Real x = (position[0] - centre[0]) / half[0], y = (position[1] - centre[1]) / half[1];
  const Real ax = x < Real(0) ? -x : x, ay = y < Real(0) ? -y : y;
  const Real r = ax > ay ? ax : ay;
  const Real scale = r <= Real(1) ? Real(1) : (Real(2) - Real(1) / r) / r;
  uv[0] = Real(0.5) + Real(0.25) * x * scale;
  uv[1] = Real(0.5) + Real(0.25) * y * scale;
}

// Share of the sky behind everything in direction d: 1 above the horizon, 0 below, over 0.04 of sin(elevation).
template <class Real>
SKYLINE_HD Real sky_share(Real sine_of_elevation) {
  const Real x = (sine_of_elevation + Real(0.04)) / Real(0.04);
  if (x <= Real(0)) return Real(0);
  if (x >= Real(1)) return Real(1);
  return x * x * (Real(3) - Real(2) * x);
}

template <class Real>
SKYLINE_HD Real sigmoid(Real x) {
  return Real(1) / (Real(1) + std::exp(-x));
}

// Radial light fall-off of a lens: 1 + v1 r^2 + v2 r^4 + v3 r^6, r = 1 at the picture's corner.
template <class Real>
SKYLINE_HD Real vignetting_factor(const Real* v, Real r2) {
  return Real(1) + r2 * (v[0] + r2 * (v[1] + r2 * v[2]));
}

}  // namespace skyline::nerf
