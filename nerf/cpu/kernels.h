// SIMD kernels of the field, chosen at run time for SSE4, AVX2 or AVX-512 (Google Highway).
//
// Samples come as structure of arrays. Channel-last tensors are padded to whole vectors (see field.h), so kernels have no tails over
// channels. The scalar reference of each kernel is the corresponding function in nerf/maths/field_maths.h; tests compare the two.
#pragma once

#include "nerf/cpu/field_view.h"

#include <cstdint>
#include <string>

namespace skyline::nerf {

// Positions of samples and how many plane levels each may use.
struct SampleSpan {
  const float* x;
  const float* y;
  const float* z;
  const std::uint8_t* levels;
};

// s[i] = sum of density products at samples index[0..count): out[index[i]].
void density_sums(const FieldView& field, const SampleSpan& samples, const std::int32_t* index, int count, float* out);

// out[i] = opacity of an interval of length step[i] with the density sum s[index[i]] (interval_opacity of field_maths.h).
void opacities(const FieldView& field, const std::int32_t* index, int count, const float* s, const float* step, float* out);

// Appearance features of samples index[0..count), row i of `features` [count, feature_count].
void appearance_features(const FieldView& field, const SampleSpan& samples, const std::int32_t* index, int count, float* features);

// Both in one pass over the texels: density sums at index[i] of `density`, features in row i of `features`.
void density_and_features(const FieldView& field, const SampleSpan& samples, const std::int32_t* index, int count, float* density,
                          float* features);

// IEEE 754 half precision of `count` numbers, a multiple of kVolumePadding, rounded to nearest; larger magnitudes become 65504.
void to_half(std::int64_t count, const float* from, std::uint16_t* to);

// One entry of the backward scatter: adds d loss / d s = density_gradient and d loss / d F = scale * feature_gradients[row] to the gradient
// tensors of every texel that the sample reads.
struct ScatterRecord {
  float x, y, z;
  float density_gradient;
  float scale;
  std::int32_t row;  // of feature gradients; -1: none
  std::uint8_t levels;
};

// Where the gradients go: same shapes as the field. Planes and volume are shared by concurrent calls only if their texels are disjoint;
// lines are private to the call ([block][level] -> [size, channels]).
struct GradientView {
  struct BlockGradient {
    std::array<float*, kMaxLevels> planes;
    std::array<std::uint8_t*, kMaxLevels> plane_touched;  // a byte a texel
    std::array<float*, kMaxLevels> lines;
    float* volume;
    std::uint8_t* volume_touched;
  };
  std::vector<BlockGradient> blocks;
};

// `only_block` >= 0 restricts the scatter to that block's tensors.
void scatter_gradients(const FieldView& field, const ScatterRecord* records, int count, const float* feature_gradients,
                       const GradientView& gradients, int only_block);

// c[m, n] = (accumulate ? c : 0) + a(m, k) b[k, n]; a(m, k) is read at a[m * a_row + k * a_column]; n is a multiple of kChannelPadding; b
// rows are ldb apart, c rows ldc.
void matrix_multiply(int m, int n, int k, const float* a, int a_row, int a_column, const float* b, int ldb, float* c, int ldc,
                     bool accumulate);

// out[i] += sum_k weight_k * rows: y[n] += w * x[n], n a multiple of kVolumePadding.
void add_scaled(int n, float w, const float* x, float* y);
float dot(int n, const float* x, const float* y);

// In place: v = max(v + bias, 0) over [rows, n].
void bias_relu(int rows, int n, const float* bias, float* v);
// In place: gradient = value > 0 ? gradient : 0.
void relu_backward(std::int64_t count, const float* value, float* gradient);

// Adam (Kingma & Ba 2015, algorithm 1) on `count` numbers; `rate` already holds the bias correction. Clears the gradient.
struct AdamStep {
  float rate, beta1, beta2, epsilon;
  float correction2;  // 1 / (1 - beta2^t)
};
void adam(std::int64_t count, const AdamStep& step, float* value, float* gradient, float* moment1, float* moment2);

// Adam on the rows with touched[i] != 0 of a [rows, channels] tensor; clears gradient and flag. Moments are bfloat16, rounded to nearest
// even: they keep float's range, and a step of 1 - beta2 = 1 % of a second moment is more than half a unit in its last place.
void adam_touched(std::int64_t rows, int channels, const AdamStep& step, std::uint8_t* touched, float* value, float* gradient,
                  std::uint16_t* moment1, std::uint16_t* moment2);

// Adds weight * (squared-difference total variation gradient) to touched texels of a [rows, columns, channels] plane, for rows [row_begin,
// row_end).
void add_total_variation(int rows, int columns, int channels, int row_begin, int row_end, const std::uint8_t* touched, const float* value,
                         float weight, float* gradient);

// Name of the instruction set that the kernels use on this machine ("AVX3_ZEN4", "AVX2", "SSE4", ...).
std::string simd_target();

}  // namespace skyline::nerf
