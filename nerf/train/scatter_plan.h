// Scatters sample gradients to texels without locks: samples are binned by block, strip of ground rows and tile along the strip; strips of
// one parity touch disjoint texels and run in parallel. Lines are summed per strip and added in order.
#pragma once

#include "nerf/cpu/kernels.h"

#include <cstdint>
#include <span>
#include <vector>

namespace skyline::nerf {

struct FieldGradients;

class ScatterPlan {
 public:
  ScatterPlan(const Field& field, FieldGradients& gradients);
  // Adds the gradients of all records, taken in the order of `records`.
  void scatter(const FieldView& view, const std::vector<std::span<const ScatterRecord>>& records, const float* feature_gradients);

 private:
  struct BlockPlan {
    int strip_rows = 4;  // coarse texels in a strip
    int strips = 0, tiles = 0;
    int first_bin = 0;   // bins of this block: strip-major
    int first_task = 0;  // tasks (strips) of this block
  };
  void sort_by_bin(const FieldView& view, const std::vector<std::span<const ScatterRecord>>& records);
  int bin_of(const FieldView& view, int block, float x, float y) const;

  std::vector<BlockPlan> blocks_;
  int bins_ = 0, tasks_ = 0;
  GradientView target_;                            // lines unset
  std::vector<std::vector<float*>> line_targets_;  // [block][level]
  std::vector<std::size_t> line_sizes_;            // floats of all lines of a block
  std::vector<std::vector<float>> line_sums_;      // per task
  std::vector<std::int32_t> counts_, bin_begin_;   // [parts, bins] and [bins + 1]
  std::vector<ScatterRecord> sorted_;
};

}  // namespace skyline::nerf
