// The occupancy walk of many rays at once: a vector of rays takes its steps together (SSE4, AVX2 or AVX-512, chosen at run time).
//
// LatticeWalk (march.h) is the scalar reference of one ray; both find the same samples up to rounding at the faces of cells.
#pragma once

#include "nerf/model/occupancy.h"

#include <cstdint>

namespace skyline::nerf {

// Where the rays of a chunk stand, structure of arrays. Lengths along a ray in world units, positions in cells of the lattice.
struct WalkBatch {
  static constexpr int kRays = 128;
  float origin[3][kRays], direction[3][kRays], inverse[3][kRays];  // inverse: world units a cell
  float begin[kRays], end[kRays], step[kRays], inverse_step[kRays], jitter[kRays];
  std::int32_t next_sample[kRays];  // number k of the next sample, at begin + (k + jitter) * step
  std::int32_t level[kRays];        // of the tile of tops that was skipped last
};

// Walks rays[0..count) of the batch until each has `wanted` further samples in occupied cells or has left the box. Distances are written to
// t[ray * stride + sample_count[ray]], and sample_count counts them; no ray gets more than `stride` in all.
void walk_rays(const Occupancy& occupancy, const std::int32_t* rays, int count, int wanted, int stride, WalkBatch& batch,
               std::int32_t* sample_count, float* t);

}  // namespace skyline::nerf
