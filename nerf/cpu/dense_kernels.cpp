// Kernels on plain arrays: matrix products and activations of the decoder, Adam, total variation.
#include "nerf/cpu/kernels.h"

#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nerf/cpu/dense_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace skyline::nerf {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Wide = hn::CappedTag<float, kChannelPadding>;  // rows of the decoder
using Half = hn::CappedTag<float, kTexelPadding>;    // channels of planes, lines and volume

// A tile of Rows x Vectors accumulators held in registers over the whole depth k.
template <int Rows, int Vectors>
HWY_INLINE void multiply_tile(int k, const float* HWY_RESTRICT a, int a_row, int a_column, const float* HWY_RESTRICT b, int ldb,
                              float* HWY_RESTRICT c, int ldc, bool accumulate) {
  const Wide d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  hn::Vec<Wide> acc[Rows][Vectors];
  for (int r = 0; r < Rows; ++r) {
    for (int v = 0; v < Vectors; ++v) {
      acc[r][v] = accumulate ? hn::LoadU(d, c + static_cast<std::ptrdiff_t>(r) * ldc + v * lanes) : hn::Zero(d);
    }
  }
  for (int i = 0; i < k; ++i) {
    hn::Vec<Wide> row[Vectors];
    for (int v = 0; v < Vectors; ++v) row[v] = hn::LoadU(d, b + static_cast<std::ptrdiff_t>(i) * ldb + v * lanes);
    for (int r = 0; r < Rows; ++r) {
      const auto value = hn::Set(d, a[static_cast<std::ptrdiff_t>(r) * a_row + static_cast<std::ptrdiff_t>(i) * a_column]);
      for (int v = 0; v < Vectors; ++v) acc[r][v] = hn::MulAdd(value, row[v], acc[r][v]);
    }
  }
  for (int r = 0; r < Rows; ++r) {
    for (int v = 0; v < Vectors; ++v) hn::StoreU(acc[r][v], d, c + static_cast<std::ptrdiff_t>(r) * ldc + v * lanes);
  }
}

template <int Vectors>
HWY_INLINE void multiply_columns(int m, int k, const float* a, int a_row, int a_column, const float* b, int ldb, float* c, int ldc,
                                 bool accumulate) {
  constexpr int kRows = 6;
  int r = 0;
  for (; r + kRows <= m; r += kRows) {
    multiply_tile<kRows, Vectors>(k, a + static_cast<std::ptrdiff_t>(r) * a_row, a_row, a_column, b, ldb,
                                  c + static_cast<std::ptrdiff_t>(r) * ldc, ldc, accumulate);
  }
  for (; r < m; ++r) {
    multiply_tile<1, Vectors>(k, a + static_cast<std::ptrdiff_t>(r) * a_row, a_row, a_column, b, ldb,
                              c + static_cast<std::ptrdiff_t>(r) * ldc, ldc, accumulate);
  }
}

void MatrixMultiply(int m, int n, int k, const float* a, int a_row, int a_column, const float* b, int ldb, float* c, int ldc,
                    bool accumulate) {
  const Wide d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  // 24 accumulators fit the 32 registers of AVX-512, 12 the 16 of AVX2 and SSE.
  constexpr int kMost = HWY_MAX_BYTES >= 64 ? 4 : 2;
  int column = 0;
  for (; column + kMost * lanes <= n; column += kMost * lanes)
    multiply_columns<kMost>(m, k, a, a_row, a_column, b + column, ldb, c + column, ldc, accumulate);
  for (; column + lanes <= n; column += lanes) multiply_columns<1>(m, k, a, a_row, a_column, b + column, ldb, c + column, ldc, accumulate);
}

void AddScaled(int n, float w, const float* x, float* y) {
  const Half d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const auto weight = hn::Set(d, w);
  for (int i = 0; i < n; i += lanes) hn::StoreU(hn::MulAdd(weight, hn::LoadU(d, x + i), hn::LoadU(d, y + i)), d, y + i);
}

float Dot(int n, const float* x, const float* y) {
  const Half d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  auto sum = hn::Zero(d);
  for (int i = 0; i < n; i += lanes) sum = hn::MulAdd(hn::LoadU(d, x + i), hn::LoadU(d, y + i), sum);
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

void BiasRelu(int rows, int n, const float* bias, float* v) {
  const Wide d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  for (int r = 0; r < rows; ++r, v += n) {
    for (int i = 0; i < n; i += lanes) hn::StoreU(hn::Max(hn::Add(hn::LoadU(d, v + i), hn::LoadU(d, bias + i)), hn::Zero(d)), d, v + i);
  }
}

void ReluBackward(std::int64_t count, const float* value, float* gradient) {
  const Wide d;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  for (std::int64_t i = 0; i < count; i += lanes) {
    const auto keep = hn::Gt(hn::LoadU(d, value + i), hn::Zero(d));
    hn::StoreU(hn::IfThenElseZero(keep, hn::LoadU(d, gradient + i)), d, gradient + i);
  }
}

// Moments as they are stored: float, or bfloat16 in 16 bits.
template <class D>
HWY_INLINE hn::Vec<D> load_moment(D d, const float* p) {
  return hn::LoadU(d, p);
}
template <class D>
HWY_INLINE void store_moment(D d, hn::Vec<D> v, float* p) {
  hn::StoreU(v, d, p);
}
template <class D>
HWY_INLINE hn::Vec<D> load_moment(D d, const std::uint16_t* p) {
  const hn::RebindToUnsigned<D> du;
  const hn::Rebind<std::uint16_t, D> d16;
  return hn::BitCast(d, hn::ShiftLeft<16>(hn::PromoteTo(du, hn::LoadU(d16, p))));
}
template <class D>
HWY_INLINE void store_moment(D /*d*/, hn::Vec<D> v, std::uint16_t* p) {
  const hn::RebindToUnsigned<D> du;
  const hn::RebindToSigned<D> di;
  const hn::Rebind<std::uint16_t, D> d16;
  const auto bits = hn::BitCast(du, v);
  const auto odd = hn::And(hn::ShiftRight<16>(bits), hn::Set(du, 1U));
  const auto rounded = hn::ShiftRight<16>(hn::Add(bits, hn::Add(odd, hn::Set(du, 0x7fffU))));
  hn::StoreU(hn::DemoteTo(d16, hn::BitCast(di, rounded)), d16, p);
}

template <class D, class Moment>
HWY_INLINE void adam_vector(D d, const AdamStep& step, float* value, float* gradient, Moment* moment1, Moment* moment2) {
  const auto g = hn::LoadU(d, gradient);
  const auto m = hn::MulAdd(hn::Set(d, step.beta1), load_moment(d, moment1), hn::Mul(hn::Set(d, 1.0F - step.beta1), g));
  const auto v = hn::MulAdd(hn::Set(d, step.beta2), load_moment(d, moment2), hn::Mul(hn::Set(d, 1.0F - step.beta2), hn::Mul(g, g)));
  store_moment(d, m, moment1);
  store_moment(d, v, moment2);
  const auto denominator = hn::Add(hn::Sqrt(hn::Mul(v, hn::Set(d, step.correction2))), hn::Set(d, step.epsilon));
  hn::StoreU(hn::NegMulAdd(hn::Set(d, step.rate), hn::Div(m, denominator), hn::LoadU(d, value)), d, value);
  hn::StoreU(hn::Zero(d), d, gradient);
}

void Adam(std::int64_t count, const AdamStep& step, float* value, float* gradient, float* moment1, float* moment2) {
  const Wide d;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes) adam_vector(d, step, value + i, gradient + i, moment1 + i, moment2 + i);
  const hn::CappedTag<float, 1> one;
  for (; i < count; ++i) adam_vector(one, step, value + i, gradient + i, moment1 + i, moment2 + i);
}

void AdamTouched(std::int64_t rows, int channels, const AdamStep& step, std::uint8_t* touched, float* value, float* gradient,
                 std::uint16_t* moment1, std::uint16_t* moment2) {
  const Half h;
  const Wide w;
  const int half_lanes = static_cast<int>(hn::Lanes(h)), wide_lanes = static_cast<int>(hn::Lanes(w));
  const bool wide = channels % wide_lanes == 0;
  const auto update = [&](std::int64_t row) {
    const std::ptrdiff_t at = row * channels;
    if (wide) {
      for (int c = 0; c < channels; c += wide_lanes)
        adam_vector(w, step, value + at + c, gradient + at + c, moment1 + at + c, moment2 + at + c);
    } else {
      for (int c = 0; c < channels; c += half_lanes)
        adam_vector(h, step, value + at + c, gradient + at + c, moment1 + at + c, moment2 + at + c);
    }
    touched[row] = 0;
  };
  std::int64_t row = 0;
  for (; row + 8 <= rows; row += 8) {  // most texels are untouched: look at eight flags at once
    std::uint64_t flags;
    std::memcpy(&flags, touched + row, 8);
    if (flags == 0) continue;
    for (std::int64_t i = row; i < row + 8; ++i) {
      if (touched[i] != 0) update(i);
    }
  }
  for (; row < rows; ++row) {
    if (touched[row] != 0) update(row);
  }
}

void AddTotalVariation(int rows, int columns, int channels, int row_begin, int row_end, const std::uint8_t* touched, const float* value,
                       float weight, float* gradient) {
  const Half d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const auto factor = hn::Set(d, 2.0F * weight);
  const auto stride = static_cast<std::ptrdiff_t>(columns) * channels;
  for (int row = row_begin; row < row_end; ++row) {
    for (int column = 0; column < columns; ++column) {
      const std::ptrdiff_t texel = static_cast<std::ptrdiff_t>(row) * columns + column;
      if (touched[texel] == 0) continue;
      const float* p = value + texel * channels;
      float* g = gradient + texel * channels;
      // A neighbour beyond the edge is the texel itself: no difference, no gradient.
      const std::ptrdiff_t left = column > 0 ? -channels : 0, right = column + 1 < columns ? channels : 0;
      const std::ptrdiff_t up = row > 0 ? -stride : 0, down = row + 1 < rows ? stride : 0;
      for (int c = 0; c < channels; c += lanes) {
        const auto own = hn::LoadU(d, p + c);
        auto sum = hn::Add(hn::LoadU(d, p + c + left), hn::LoadU(d, p + c + right));
        sum = hn::Add(sum, hn::Add(hn::LoadU(d, p + c + up), hn::LoadU(d, p + c + down)));
        const auto difference = hn::NegMulAdd(hn::Set(d, 0.25F), sum, own);
        hn::StoreU(hn::MulAdd(hn::Mul(factor, hn::Set(d, 4.0F)), difference, hn::LoadU(d, g + c)), d, g + c);
      }
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace skyline::nerf
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skyline::nerf {

HWY_EXPORT(MatrixMultiply);
HWY_EXPORT(AddScaled);
HWY_EXPORT(Dot);
HWY_EXPORT(BiasRelu);
HWY_EXPORT(ReluBackward);
HWY_EXPORT(Adam);
HWY_EXPORT(AdamTouched);
HWY_EXPORT(AddTotalVariation);

void matrix_multiply(int m, int n, int k, const float* a, int a_row, int a_column, const float* b, int ldb, float* c, int ldc,
                     bool accumulate) {
  HWY_DYNAMIC_DISPATCH(MatrixMultiply)(m, n, k, a, a_row, a_column, b, ldb, c, ldc, accumulate);
}
void add_scaled(int n, float w, const float* x, float* y) { HWY_DYNAMIC_DISPATCH(AddScaled)(n, w, x, y); }
float dot(int n, const float* x, const float* y) { return HWY_DYNAMIC_DISPATCH(Dot)(n, x, y); }
void bias_relu(int rows, int n, const float* bias, float* v) { HWY_DYNAMIC_DISPATCH(BiasRelu)(rows, n, bias, v); }
void relu_backward(std::int64_t count, const float* value, float* gradient) { HWY_DYNAMIC_DISPATCH(ReluBackward)(count, value, gradient); }
void adam(std::int64_t count, const AdamStep& step, float* value, float* gradient, float* moment1, float* moment2) {
  HWY_DYNAMIC_DISPATCH(Adam)(count, step, value, gradient, moment1, moment2);
}
void adam_touched(std::int64_t rows, int channels, const AdamStep& step, std::uint8_t* touched, float* value, float* gradient,
                  std::uint16_t* moment1, std::uint16_t* moment2) {
  HWY_DYNAMIC_DISPATCH(AdamTouched)(rows, channels, step, touched, value, gradient, moment1, moment2);
}
void add_total_variation(int rows, int columns, int channels, int row_begin, int row_end, const std::uint8_t* touched, const float* value,
                         float weight, float* gradient) {
  HWY_DYNAMIC_DISPATCH(AddTotalVariation)(rows, columns, channels, row_begin, row_end, touched, value, weight, gradient);
}

}  // namespace skyline::nerf
#endif  // HWY_ONCE
