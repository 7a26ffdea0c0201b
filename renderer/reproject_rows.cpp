#include "renderer/reproject_rows.h"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "renderer/reproject_rows.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#ifndef SKYLINE_RENDERER_FILTER_TABLE
#define SKYLINE_RENDERER_FILTER_TABLE
namespace skyline::renderer {

// Weights of four pixels for a position between the first and the fourth, kPhases to a pixel: Catmull-Rom between the second and the third,
// linear beyond, where the picture ends.
inline constexpr int kPhases = 64;
inline constexpr int kRowUnit = 128, kColumnUnit = 32768;  // the weights of rows and of columns add up to these
struct FilterTable {
  std::int16_t along_x[3 * kPhases + 1][16];  // each weight four times, one a channel
  std::int16_t along_y[3 * kPhases + 1][4];

  FilterTable() {
    for (int p = 0; p <= 3 * kPhases; ++p) {
      const float f = static_cast<float>(p) / kPhases - 1.0F;  // from the second
      float weights[4] = {f * (-0.5F + f * (1.0F - 0.5F * f)), 1.0F + f * f * (-2.5F + 1.5F * f), f * (0.5F + f * (2.0F - 1.5F * f)),
                          f * f * (-0.5F + 0.5F * f)};
      if (f < 0) {
        weights[0] = -f;
        weights[1] = 1.0F + f;
        weights[2] = weights[3] = 0;
      } else if (f > 1) {
        weights[0] = weights[1] = 0;
        weights[2] = 2.0F - f;
        weights[3] = f - 1.0F;
      }
      int rows[4], columns[4];
      whole(weights, kRowUnit, rows);
      whole(weights, kColumnUnit, columns);
      for (int k = 0; k < 4; ++k) {
        along_y[p][k] = static_cast<std::int16_t>(rows[k]);
        for (int c = 0; c < 4; ++c) along_x[p][k * 4 + c] = static_cast<std::int16_t>(std::min(columns[k], 32767));
      }
    }
  }

 private:
  // Whole numbers whose sum is `unit`: what rounding leaves goes to the greatest.
  static void whole(const float* weights, int unit, int* numbers) {
    int sum = 0;
    for (int k = 0; k < 4; ++k) {
      numbers[k] = static_cast<int>(std::lround(weights[k] * static_cast<float>(unit)));
      sum += numbers[k];
    }
    *std::max_element(numbers, numbers + 4) += unit - sum;
  }
};

inline const FilterTable& filter_table() {
  static const FilterTable table;
  return table;
}

// More steps find hardly more and read further from the colours' own pixels: 34.6 dB with one, 33.8 dB with two on the bench flight.
inline constexpr int kSearchSteps = 1;
// What was traced so many frames ago at most is taken for better than what its neighbours tell; it is corrected the less, the younger it
// is.
inline constexpr int kTrustedFrames = 4;
// Largest distance, in pixels, between a pixel and where the former picture's point is seen now.
inline constexpr float kFoundWithin = 0.7F;
// Depths of a gap's corners that differ by more belong to different surfaces; a former point within this of them agrees with them.
inline constexpr float kSameSurface = 1.06F;
// Four neighbours whose motion differs from their mean by at most so many pixels are read together, as if it were the same.
inline constexpr float kSameMotion = 0.5F;
inline constexpr int kGroup = 4;

}  // namespace skyline::renderer
#endif

HWY_BEFORE_NAMESPACE();
namespace skyline::renderer {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
// Between the fresh colours around pixel (x, y).
HWY_INLINE void interpolated(const RowsInput& in, int x, int y, std::uint8_t* out) {
  const int top = std::max(in.y.cell[y] - 1, 0), bottom = std::min(in.y.cell[y], in.rows - 1);
  const int left = std::max(in.x.cell[x] - 1, 0), right = std::min(in.x.cell[x], in.columns - 1);
  const auto at = [&](int row, int column) { return in.fresh_rgba + (static_cast<std::ptrdiff_t>(row) * in.columns + column) * 4; };
  const std::uint8_t *a = at(top, left), *b = at(top, right), *c = at(bottom, left), *e = at(bottom, right);
  const float u = in.x.share[x], v = in.y.share[y];
  for (int k = 0; k < 4; ++k) {
    const float above = static_cast<float>(a[k]) + u * static_cast<float>(b[k] - a[k]);
    const float below = static_cast<float>(c[k]) + u * static_cast<float>(e[k] - c[k]);
    out[k] = static_cast<std::uint8_t>(above + v * (below - above) + 0.5F);
  }
}

// Row y of fresh rays alone.
void FreshRow(const RowsInput& in, int y) {
  const float v = (static_cast<float>(y) - in.middle_y) * in.slope_y;
  const float* depth = in.fresh_depth + static_cast<std::ptrdiff_t>(in.y.nearest[y]) * in.columns;
  for (int x = 0; x < in.width; ++x) {
    const std::ptrdiff_t pixel = static_cast<std::ptrdiff_t>(y) * in.width + x;
    interpolated(in, x, y, in.rgba + pixel * 4);
    in.rgba[pixel * 4 + 3] = 255;
    in.depth[pixel] = aged(depth[in.x.nearest[x]], kOldest);
    const float u = (static_cast<float>(x) - in.middle_x) * in.slope_x;
    in.distance[pixel] = in.depth[pixel] > 0 ? std::sqrt(u * u + (v * v + 1.0F)) / in.depth[pixel] : 0.0F;
  }
}

#if HWY_TARGET != HWY_SCALAR

using Floats = hn::CappedTag<float, 16>;
using Ints = hn::RebindToSigned<Floats>;
using FloatVector = hn::Vec<Floats>;
using IntVector = hn::Vec<Ints>;
using Mask = hn::Mask<Floats>;
using GroupBytes = hn::FixedTag<std::uint8_t, kGroup * 4>;  // colours of four pixels
using Shorts = hn::CappedTag<std::int16_t, kGroup * 4>;     // the same as numbers, or a half of them

// 0, 1, 2, ... and where the group of each begins.
HWY_ALIGN constexpr float kLane[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
HWY_ALIGN constexpr float kGroupOfLane[16] = {0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12};

HWY_INLINE FloatVector reciprocal(FloatVector v) {
  const auto guess = hn::ApproximateReciprocal(v);
  return hn::Mul(guess, hn::NegMulAdd(v, guess, hn::Set(Floats(), 2.0F)));
}

struct Place {
  FloatVector x, y, depth;
};

HWY_INLINE Place warped(const Warp& warp, FloatVector x, FloatVector y, FloatVector depth) {
  const Floats d;
  const auto row = [&](int i) {
    const auto plane =
        hn::MulAdd(hn::Set(d, warp.h[i * 3]), x, hn::MulAdd(hn::Set(d, warp.h[i * 3 + 1]), y, hn::Set(d, warp.h[i * 3 + 2])));
    return hn::MulAdd(depth, hn::Set(d, warp.t[i]), plane);
  };
  // Behind the camera: somewhere outside of the picture.
  const auto s = row(2);
  const auto scale = hn::IfThenElse(hn::Gt(s, hn::Set(d, 1e-6F)), reciprocal(s), hn::Set(d, 1e6F));
  return {hn::Mul(row(0), scale), hn::Mul(row(1), scale), hn::Mul(depth, scale)};
}

struct Found {
  FloatVector x, y;   // in the former picture
  FloatVector depth;  // now; negative where nothing was hit
  Mask is;
};

// The former picture's point that is seen at (x, y) now, looked for from the depth `seed`.
HWY_INLINE Found search(const RowsInput& in, FloatVector x, FloatVector y, FloatVector seed) {
  const Floats d;
  const Ints di;
  const auto right = hn::Set(d, static_cast<float>(in.past_width - 1)), bottom = hn::Set(d, static_cast<float>(in.past_height - 1));
  const auto zero = hn::Zero(d);
  Place at = warped(in.back, x, y, seed);
  auto error2 = zero;
  auto depth = zero;
  Place seen = at;
  for (int step = 0; step <= kSearchSteps; ++step) {
    const auto px = hn::Min(hn::Max(at.x, zero), right), py = hn::Min(hn::Max(at.y, zero), bottom);
    const auto index = hn::Add(hn::NearestInt(px), hn::Mul(hn::NearestInt(py), hn::Set(di, in.past_width)));
    depth = hn::GatherIndex(d, in.past_depth, index);
    seen = warped(in.forth, at.x, at.y, hn::Abs(depth));
    const auto ex = hn::Sub(x, seen.x), ey = hn::Sub(y, seen.y);
    error2 = hn::MulAdd(ex, ex, hn::Mul(ey, ey));
    if (step == kSearchSteps) break;
    at.x = hn::Add(at.x, ex);
    at.y = hn::Add(at.y, ey);
  }
  const auto half = hn::Set(d, 0.5F);
  const auto inside = hn::And(hn::And(hn::Ge(at.x, hn::Neg(half)), hn::Le(at.x, hn::Add(right, half))),
                              hn::And(hn::Ge(at.y, hn::Neg(half)), hn::Le(at.y, hn::Add(bottom, half))));
  const auto found = hn::And(inside, hn::Lt(error2, hn::Set(d, kFoundWithin * kFoundWithin)));
  // A frame older, up to the oldest.
  const auto bits = hn::BitCast(di, depth), mask = hn::Set(di, kOldest);
  const auto age = hn::Min(hn::Add(hn::And(bits, mask), hn::Set(di, in.still ? 0 : 1)), mask);
  const auto now = hn::BitCast(di, hn::CopySign(seen.depth, depth));
  return {at.x, at.y, hn::BitCast(d, hn::Or(hn::AndNot(mask, now), age)), found};
}

// The same, where two surfaces with the inverse depths `near` and `far` may meet: the one in front hides the other. `margin`: how far the
// colours may lie outside of the fresh ones.
HWY_INLINE Found search_between(const RowsInput& in, FloatVector x, FloatVector y, FloatVector seed, FloatVector near, FloatVector far,
                                IntVector& margin) {
  const Floats d;
  const Ints di;
  Found best = search(in, x, y, seed);
  const auto same = hn::Set(d, kSameSurface);
  const auto edge = hn::Gt(near, hn::Mul(far, same));
  if (!hn::AllFalse(d, edge)) {
    const Found front = search(in, x, y, near);
    const auto nearer = hn::Gt(hn::Abs(front.depth), hn::Mul(hn::Abs(best.depth), hn::Set(d, 1.02F)));
    const auto better = hn::And(hn::And(edge, front.is), hn::Or(nearer, hn::Not(best.is)));
    best.x = hn::IfThenElse(better, front.x, best.x);
    best.y = hn::IfThenElse(better, front.y, best.y);
    best.depth = hn::IfThenElse(better, front.depth, best.depth);
    best.is = hn::Or(best.is, better);
  }
  const auto size = hn::Abs(best.depth);
  const auto agree = hn::And(hn::Le(size, hn::Mul(near, same)), hn::Ge(hn::Mul(size, same), far));
  margin = hn::IfThenElse(hn::RebindMask(di, agree), hn::Set(di, in.margin), hn::Set(di, in.strict_margin));
  return best;
}

// The pixels around places of the former picture: offsets of the first of them, and phases of the filter.
struct FilterPlaces {
  HWY_ALIGN std::int32_t offset[16], phase_x[16], phase_y[16];

  // `right` and `below`: pixels that are read beyond the second. Returns where the filter need not be moved off a border.
  HWY_INLINE Mask set(const RowsInput& in, FloatVector x, FloatVector y, int right, int below) {
    const Floats d;
    const Ints di;
    const auto phases = hn::Set(d, static_cast<float>(kPhases)), zero = hn::Zero(d);
    const auto first = hn::Set(di, 1);
    const auto px = hn::Min(hn::Max(x, zero), hn::Set(d, static_cast<float>(in.past_width - 1)));
    const auto py = hn::Min(hn::Max(y, zero), hn::Set(d, static_cast<float>(in.past_height - 1)));
    const auto whole_x = hn::ConvertTo(di, px), whole_y = hn::ConvertTo(di, py);
    const auto column = hn::Min(hn::Max(whole_x, first), hn::Set(di, in.past_width - 1 - right));
    const auto row = hn::Min(hn::Max(whole_y, first), hn::Set(di, in.past_height - 1 - below));
    const auto phase = [&](FloatVector position, IntVector pixel) {
      return hn::NearestInt(hn::Mul(hn::Sub(position, hn::ConvertTo(d, hn::Sub(pixel, first))), phases));
    };
    hn::Store(phase(px, column), di, phase_x);
    hn::Store(phase(py, row), di, phase_y);
    hn::Store(hn::Add(hn::Mul(hn::Sub(row, first), hn::Set(di, in.past_width)), hn::Sub(column, first)), di, offset);
    return hn::RebindMask(d, hn::And(hn::Eq(column, whole_x), hn::Eq(row, whole_y)));
  }
};

// Sums are added with saturation, what may be negative first: an overshoot beyond 255 stays there.
template <class V>
HWY_INLINE V sum_of(V outer_low, V inner_low, V inner_high, V outer_high) {
  return hn::SaturatedAdd(hn::SaturatedAdd(hn::SaturatedAdd(outer_low, outer_high), inner_low), inner_high);
}

// Colour of the former picture at one place: 4 x 4 pixels, Catmull-Rom.
HWY_INLINE void filtered(const RowsInput& in, const std::int16_t* weight_x, const std::int16_t* weight_y, std::int32_t offset,
                         std::uint8_t* out) {
  const hn::FixedTag<std::int16_t, 8> d;  // two pixels
  const hn::Rebind<std::uint8_t, decltype(d)> du;
  const std::uint8_t* top = in.past_rgba + static_cast<std::ptrdiff_t>(offset) * 4;
  const std::ptrdiff_t pitch = static_cast<std::ptrdiff_t>(in.past_width) * 4;
  const auto pair = [&](int i) {
    const auto row = [&](int k) { return hn::Mul(hn::PromoteTo(d, hn::LoadU(du, top + k * pitch + i)), hn::Set(d, weight_y[k])); };
    return hn::MulFixedPoint15(sum_of(row(0), row(1), row(2), row(3)), hn::LoadU(d, weight_x + i));
  };
  const auto left = pair(0), right = pair(8);
  // The outer ones, then the inner ones.
  const auto outer = hn::SaturatedAdd(left, hn::ShiftRightBytes<8>(d, right));
  const auto inner = hn::SaturatedAdd(hn::ShiftRightBytes<8>(d, left), right);
  const auto sum = hn::SaturatedAdd(hn::SaturatedAdd(outer, inner), hn::Set(d, std::int16_t{kRowUnit / 2}));
  const auto bytes = hn::DemoteTo(du, hn::ShiftRight<7>(sum));
  HWY_ALIGN std::uint8_t eight[8];
  hn::Store(bytes, du, eight);
  std::memcpy(out, eight, 4);
}

#if HWY_MAX_BYTES >= 32
// Colours of the former picture at four neighbouring places: 7 x 4 pixels.
HWY_INLINE hn::Vec<GroupBytes> filtered_group(const RowsInput& in, const std::int16_t* weight_x, const std::int16_t* weight_y,
                                              std::int32_t offset) {
  const hn::FixedTag<std::int16_t, 16> d;  // four pixels
  const std::uint8_t* top = in.past_rgba + static_cast<std::ptrdiff_t>(offset) * 4;
  const std::ptrdiff_t pitch = static_cast<std::ptrdiff_t>(in.past_width) * 4;
#if HWY_MAX_BYTES >= 64
  const hn::FixedTag<std::int16_t, 32> wide;
  const hn::Rebind<std::uint8_t, decltype(wide)> wide_bytes;
  const auto row = [&](int k) { return hn::Mul(hn::PromoteTo(wide, hn::LoadU(wide_bytes, top + k * pitch)), hn::Set(wide, weight_y[k])); };
  const auto sums = sum_of(row(0), row(1), row(2), row(3));
  const auto p0 = hn::LowerHalf(d, sums), p4 = hn::UpperHalf(d, sums);
#else
  const hn::Rebind<std::uint8_t, decltype(d)> bytes;
  const auto row = [&](int k, int i) { return hn::Mul(hn::PromoteTo(d, hn::LoadU(bytes, top + k * pitch + i)), hn::Set(d, weight_y[k])); };
  const auto p0 = sum_of(row(0, 0), row(1, 0), row(2, 0), row(3, 0)), p4 = sum_of(row(0, 16), row(1, 16), row(2, 16), row(3, 16));
#endif
  const auto p2 = hn::ConcatLowerUpper(d, p4, p0);
  const auto p1 = hn::CombineShiftRightBytes<8>(d, p2, p0), p3 = hn::CombineShiftRightBytes<8>(d, p4, p2);
  const auto part = [&](hn::Vec<decltype(d)> p, int k) { return hn::MulFixedPoint15(p, hn::Set(d, weight_x[k * 4])); };
  const auto sum = hn::SaturatedAdd(sum_of(part(p0, 0), part(p1, 1), part(p2, 2), part(p3, 3)), hn::Set(d, std::int16_t{kRowUnit / 2}));
  return hn::DemoteTo(GroupBytes(), hn::ShiftRight<7>(sum));
}
#endif

// Distances along the rays of pixels x of a row, whose squared lengths are `of_row` and what the columns add.
HWY_INLINE FloatVector distances(const RowsInput& in, FloatVector x, FloatVector of_row, FloatVector depth) {
  const Floats d;
  const auto u = hn::Mul(hn::Sub(x, hn::Set(d, in.middle_x)), hn::Set(d, in.slope_x));
  return hn::IfThenElseZero(hn::Gt(depth, hn::Zero(d)), hn::Mul(hn::Sqrt(hn::MulAdd(u, u, of_row)), reciprocal(depth)));
}

// Four pixels: colours held within the fresh ones, then corrected by the errors around them.
struct Finish {
  const std::uint8_t *low, *high;         // [4, 4]
  const std::int16_t *upper, *lower;      // [4, 4] errors
  std::int16_t upper_share, lower_share;  // of the errors in this row

  HWY_INLINE void operator()(hn::Vec<GroupBytes> colour, const std::uint32_t* margin, const std::uint32_t* open, std::uint8_t* out) const {
    const GroupBytes db;
    const Shorts d;
    const auto wide = hn::BitCast(db, hn::LoadU(hn::Repartition<std::uint32_t, GroupBytes>(), margin));
    const auto held = hn::Min(hn::Max(colour, hn::SaturatedSub(hn::LoadU(db, low), wide)), hn::SaturatedAdd(hn::LoadU(db, high), wide));
#if HWY_MAX_BYTES >= 32
    const auto result = corrected(hn::PromoteTo(d, held), 0, open);
#else
    const auto lower_part = corrected(hn::PromoteTo(d, hn::LowerHalf(held)), 0, open);
    const auto upper_part = corrected(hn::PromoteTo(d, hn::UpperHalf(hn::Half<GroupBytes>(), held)), 8, open);
    const auto result = hn::Combine(db, upper_part, lower_part);
#endif
    hn::StoreU(hn::Or(result, hn::BitCast(db, hn::Set(hn::Repartition<std::uint32_t, GroupBytes>(), 0xFF000000U))), db, out);
  }

 private:
  HWY_INLINE hn::Vec<hn::Rebind<std::uint8_t, Shorts>> corrected(hn::Vec<Shorts> own, int i, const std::uint32_t* open) const {
    const Shorts d;
    const hn::Repartition<std::uint64_t, Shorts> d64;
    const auto pair = hn::PromoteTo(d64, hn::LoadU(hn::Rebind<std::uint32_t, decltype(d64)>(), open + i / 4));
    const auto share = hn::BitCast(d, hn::Or(pair, hn::ShiftLeft<32>(pair)));
    const auto error = hn::Add(hn::MulFixedPoint15(hn::LoadU(d, upper + i), hn::Set(d, upper_share)),
                               hn::MulFixedPoint15(hn::LoadU(d, lower + i), hn::Set(d, lower_share)));
    const auto change = hn::Add(hn::MulFixedPoint15(error, share), hn::Set(d, std::int16_t{kErrorScale / 2}));
    return hn::DemoteTo(hn::Rebind<std::uint8_t, Shorts>(), hn::Add(own, hn::ShiftRight<6>(change)));
  }
};

void ErrorRow(const RowsInput& in, int row, std::int16_t* error) {
  const Floats d;
  const Ints di;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const FilterTable& table = filter_table();
  const int y = in.y.first + row * in.y.stride;
  const std::ptrdiff_t line = static_cast<std::ptrdiff_t>(row) * in.columns;
  const std::ptrdiff_t gap_row = static_cast<std::ptrdiff_t>(in.y.cell[y]) * (in.columns + 1);
  FilterPlaces places;
  HWY_ALIGN float seeds[16], near[16], far[16], found[16];
  HWY_ALIGN std::int32_t margins[16];
  for (int first = 0; first < in.columns; first += lanes) {
    const int n = std::min(lanes, in.columns - first);
    for (int i = 0; i < lanes; ++i) {
      const int column = std::min(first + i, in.columns - 1);
      const std::ptrdiff_t gap = gap_row + in.x.cell[in.x.first + column * in.x.stride];
      seeds[i] = in.fresh_depth[line + column];
      near[i] = in.high_depth[gap];
      far[i] = in.low_depth[gap];
    }
    const auto x = hn::MulAdd(hn::Add(hn::Load(d, kLane), hn::Set(d, static_cast<float>(first))),
                              hn::Set(d, static_cast<float>(in.x.stride)), hn::Set(d, static_cast<float>(in.x.first)));
    IntVector margin;
    const Found best =
        search_between(in, x, hn::Set(d, static_cast<float>(y)), hn::Abs(hn::Load(d, seeds)), hn::Load(d, near), hn::Load(d, far), margin);
    places.set(in, best.x, best.y, 2, 2);
    hn::Store(hn::IfThenElseZero(best.is, hn::Set(d, 1.0F)), d, found);
    hn::Store(margin, di, margins);
    for (int i = 0; i < n; ++i) {
      std::int16_t* out = error + static_cast<std::ptrdiff_t>(first + i) * 4;
      std::fill_n(out, 4, std::int16_t{0});
      if (found[i] == 0) continue;
      std::uint8_t colour[4];
      filtered(in, table.along_x[places.phase_x[i]], table.along_y[places.phase_y[i]], places.offset[i], colour);
      const std::uint8_t* fresh = in.fresh_rgba + (line + first + i) * 4;
      const std::ptrdiff_t gap = (gap_row + in.x.cell[in.x.first + (first + i) * in.x.stride]) * 4;
      for (int c = 0; c < 3; ++c) {
        const int held =
            std::min(std::max(static_cast<int>(colour[c]), in.low_colour[gap + c] - margins[i]), in.high_colour[gap + c] + margins[i]);
        out[c] = static_cast<std::int16_t>((fresh[c] - held) * kErrorScale);
      }
    }
  }
}

// Numbers of one lattice row [columns, 4], spread over the picture's columns by weights of the gaps' lower and upper ends.
void SpreadRow(const RowsInput& in, const float* weight_low, const float* weight_high, const std::int16_t* from, std::int16_t* out) {
  const hn::FixedTag<float, 4> d;
  const hn::RebindToSigned<decltype(d)> di;
  const hn::Rebind<std::int16_t, decltype(d)> ds;
  const auto at = [&](int column) {
    return hn::ConvertTo(d, hn::PromoteTo(di, hn::LoadU(ds, from + static_cast<std::ptrdiff_t>(column) * 4)));
  };
  int cell = -1;
  auto left = hn::Zero(d), right = hn::Zero(d);
  for (int x = 0; x < in.width; ++x) {
    if (in.x.cell[x] != cell) {
      cell = in.x.cell[x];
      left = at(std::max(cell - 1, 0));
      right = at(std::min(cell, in.columns - 1));
    }
    const auto sum = hn::MulAdd(hn::Set(d, weight_high[x]), right, hn::Mul(hn::Set(d, weight_low[x]), left));
    hn::StoreU(hn::DemoteTo(ds, hn::NearestInt(sum)), ds, out + static_cast<std::ptrdiff_t>(x) * 4);
  }
}

// Between the fresh colours around four pixels.
HWY_INLINE void between(const std::int16_t* upper, const std::int16_t* lower, std::int16_t share, std::uint8_t* out) {
  const Shorts d;
  const hn::Rebind<std::uint8_t, Shorts> du;
  for (int i = 0; i < kGroup * 4; i += static_cast<int>(hn::Lanes(d))) {
    const auto from = hn::LoadU(d, upper + i);
    const auto sum = hn::Add(from, hn::MulFixedPoint15(hn::Sub(hn::LoadU(d, lower + i), from), hn::Set(d, share)));
    hn::StoreU(hn::DemoteTo(du, hn::ShiftRight<6>(hn::Add(sum, hn::Set(d, std::int16_t{kErrorScale / 2})))), du, out + i);
  }
}

// What sixteen pixels (or fewer, by the machine's vectors) of some rows have in common.
struct Motion {
  FilterPlaces group_places;
  HWY_ALIGN float column[16], row[16];  // of each pixel of the first row in the former picture
  HWY_ALIGN std::uint32_t margins[16], open[16];
  std::uint32_t together = 0, found = 0;  // bits: read as one group; seen in the former picture

  void search_at(const RowsInput& in, const BandLines& lines, const float* seeds, int first, int y, int rows);
};

HWY_INLINE void Motion::search_at(const RowsInput& in, const BandLines& lines, const float* seeds, int first, int y, int rows) {
  const Floats d;
  const Ints di;
  const hn::RebindToUnsigned<Ints> du;
  const auto middle = hn::Set(d, static_cast<float>(y) + 0.5F * static_cast<float>(rows - 1));
  const auto x = hn::Add(hn::Load(d, kLane), hn::Set(d, static_cast<float>(first)));
  IntVector margin;
  const auto seed = hn::LoadU(d, seeds + first);
  const Found best = search_between(in, x, middle, hn::Abs(seed), hn::LoadU(d, lines.high_depth.data() + first),
                                    hn::LoadU(d, lines.low_depth.data() + first), margin);
  const auto is = hn::RebindMask(di, best.is);
  // Where nothing is found: the nearest fresh depth, never traced, any colour.
  const auto old = hn::Set(di, kOldest);
  const auto bits = hn::IfThenElse(is, hn::BitCast(di, best.depth), hn::Or(hn::AndNot(old, hn::BitCast(di, seed)), old));
  const auto depth = hn::BitCast(d, bits);
  const float v = (static_cast<float>(y) + 0.5F * static_cast<float>(rows - 1) - in.middle_y) * in.slope_y;
  const auto distance = distances(in, x, hn::Set(d, v * v + 1.0F), depth);
  for (std::ptrdiff_t pixel = static_cast<std::ptrdiff_t>(y) * in.width + first, row = 0; row < rows; ++row, pixel += in.width) {
    hn::StoreU(depth, d, in.depth + pixel);
    hn::StoreU(distance, d, in.distance + pixel);
  }
  margin = hn::IfThenElse(is, margin, hn::Set(di, 255));
  hn::Store(hn::BitCast(du, hn::Mul(margin, hn::Set(di, 0x01010101))), du, margins);
  // How far a pixel of that age is corrected.
  const auto age = hn::And(bits, old), full = hn::Set(di, 32767);
  const auto aging = in.still ? hn::Zero(di) : hn::Min(hn::Mul(age, hn::Set(di, 32768 / kTrustedFrames)), full);
  const auto part = hn::IfThenElse(hn::Eq(age, old), full, aging);
  hn::Store(hn::BitCast(du, hn::Or(part, hn::ShiftLeft<16>(part))), du, open);
  // Groups that move as one. Places are those of the first row.
  const auto first_row = hn::Set(d, static_cast<float>(y));
  const auto dx = hn::Sub(best.x, x), dy = hn::Sub(best.y, middle);
  const auto mean = [&](FloatVector a) {
    const auto pairs = hn::Add(a, hn::Shuffle2301(a));
    return hn::Mul(hn::Add(pairs, hn::Shuffle1032(pairs)), hn::Set(d, 0.25F));
  };
  const auto mean_x = mean(dx), mean_y = mean(dy), tolerance = hn::Set(d, kSameMotion);
  const auto alike = hn::And(hn::Lt(hn::Abs(hn::Sub(dx, mean_x)), tolerance), hn::Lt(hn::Abs(hn::Sub(dy, mean_y)), tolerance));
  const auto begin = hn::Add(mean_x, hn::Load(d, kGroupOfLane));
  const auto clear = group_places.set(in, hn::Add(begin, hn::Set(d, static_cast<float>(first))), hn::Add(mean_y, first_row), 6, rows + 1);
  HWY_ALIGN std::uint8_t mask[2][8] = {};
  hn::StoreMaskBits(d, hn::And(hn::And(best.is, alike), clear), mask[0]);
  hn::StoreMaskBits(d, best.is, mask[1]);
  together = static_cast<std::uint32_t>(mask[0][0] | mask[0][1] << 8U);
  found = static_cast<std::uint32_t>(mask[1][0] | mask[1][1] << 8U);
#if HWY_MAX_BYTES < 32
  together = 0;
#endif
  hn::Store(best.x, d, column);
  hn::Store(hn::Add(dy, first_row), d, row);
}

void PictureRows(const RowsInput& in, const BandLines& lines, int y, int rows) {
  const int lanes = static_cast<int>(hn::Lanes(Floats()));
  const FilterTable& table = filter_table();
  const float* seeds = in.y.nearest[y + rows / 2] == std::max(in.y.cell[y] - 1, 0) ? lines.upper_depth.data() : lines.lower_depth.data();
  const auto share = [](float s) { return static_cast<std::int16_t>(std::min(s * 32768.0F, 32767.0F)); };
  const std::uint32_t whole_vector = (1U << static_cast<unsigned>(lanes)) - 1U;
  Motion motion;
  FilterPlaces places;
  HWY_ALIGN std::uint8_t colours[kGroup * 4];
  for (int x0 = 0; x0 < in.width; x0 += lanes) {
    const int first = std::min(x0, in.width - lanes);  // the last vector overlaps
    motion.search_at(in, lines, seeds, first, y, rows);
    for (int row = 0; row < rows; ++row) {
      std::uint8_t* rgba = in.rgba + static_cast<std::ptrdiff_t>(y + row) * in.width * 4;
      const std::int16_t upper_share = share(in.y.error_low[y + row]), lower_share = share(in.y.error_high[y + row]);
      const std::int32_t below = row * in.past_width;
      if (motion.together != whole_vector) {
        const Floats d;
        places.set(in, hn::Load(d, motion.column), hn::Add(hn::Load(d, motion.row), hn::Set(d, static_cast<float>(row))), 2, 2);
      }
      for (int group = 0; group < lanes; group += kGroup) {
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(first + group) * 4;
        const Finish finish{lines.low_colour.data() + at,
                            lines.high_colour.data() + at,
                            lines.upper_error.data() + at,
                            lines.lower_error.data() + at,
                            upper_share,
                            lower_share};
#if HWY_MAX_BYTES >= 32
        if ((motion.together >> static_cast<unsigned>(group) & 15U) == 15U) {
          const FilterPlaces& shared = motion.group_places;
          finish(
              filtered_group(in, table.along_x[shared.phase_x[group]], table.along_y[shared.phase_y[group]], shared.offset[group] + below),
              motion.margins + group, motion.open + group, rgba + at);
          continue;
        }
#endif
        const std::uint32_t found = motion.found >> static_cast<unsigned>(group) & 15U;
        if (found != 15U) between(lines.upper_colour.data() + at, lines.lower_colour.data() + at, share(in.y.share[y + row]), colours);
        for (int i = group; i < group + kGroup; ++i) {
          if ((motion.found >> static_cast<unsigned>(i) & 1U) == 0) continue;
          filtered(in, table.along_x[places.phase_x[i]], table.along_y[places.phase_y[i]], places.offset[i],
                   colours + static_cast<std::ptrdiff_t>(i - group) * 4);
        }
        finish(hn::Load(GroupBytes(), colours), motion.margins + group, motion.open + group, rgba + at);
      }
    }
  }
}

void AnyRows(const RowsInput& in, const BandLines& lines, int y, int rows) {
  if (in.past_rgba != nullptr && in.width >= static_cast<int>(hn::Lanes(Floats()))) {
    PictureRows(in, lines, y, rows);
  } else {
    for (int row = y; row < y + rows; ++row) FreshRow(in, row);
  }
}

#else  // HWY_SCALAR: a machine without vectors shows its fresh rays

void ErrorRow(const RowsInput& in, int, std::int16_t* error) {
  std::fill_n(error, static_cast<std::ptrdiff_t>(in.columns) * 4, std::int16_t{0});
}
void SpreadRow(const RowsInput& in, const float*, const float*, const std::int16_t*, std::int16_t* out) {
  std::fill_n(out, static_cast<std::ptrdiff_t>(in.width) * 4, std::int16_t{0});
}
void AnyRows(const RowsInput& in, const BandLines&, int y, int rows) {
  for (int row = y; row < y + rows; ++row) FreshRow(in, row);
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace skyline::renderer
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skyline::renderer {

HWY_EXPORT(ErrorRow);
HWY_EXPORT(SpreadRow);
HWY_EXPORT(AnyRows);

void error_row(const RowsInput& input, int row, std::int16_t* error) { HWY_DYNAMIC_DISPATCH(ErrorRow)(input, row, error); }

void spread_band(const RowsInput& input, int gap, const std::int16_t* errors, bool from_above, BandLines& lines) {
  if (input.past_rgba == nullptr) return;
  const auto width = static_cast<std::size_t>(input.width);
  const std::ptrdiff_t above = std::max(gap - 1, 0), below = std::min(gap, input.rows - 1);
  const auto spread_row = [&](std::ptrdiff_t row, std::vector<float>& depth, std::vector<std::int16_t>& error,
                              std::vector<std::int16_t>& colour) {
    depth.resize(width);
    error.resize(width * 4);
    colour.resize(width * 4);
    const float* line = input.fresh_depth + row * input.columns;
    for (std::size_t x = 0; x < width; ++x) depth[x] = line[input.x.nearest[x]];
    HWY_DYNAMIC_DISPATCH(SpreadRow)(input, input.x.error_low, input.x.error_high, errors + row * input.columns * 4, error.data());
    thread_local std::vector<std::int16_t> fresh;
    fresh.resize(static_cast<std::size_t>(input.columns) * 4);
    for (std::size_t i = 0; i < fresh.size(); ++i)
      fresh[i] = static_cast<std::int16_t>(kErrorScale * input.fresh_rgba[row * input.columns * 4 + static_cast<std::ptrdiff_t>(i)]);
    HWY_DYNAMIC_DISPATCH(SpreadRow)(input, input.x.colour_low, input.x.share, fresh.data(), colour.data());
  };
  if (from_above) {
    std::swap(lines.upper_depth, lines.lower_depth);
    std::swap(lines.upper_error, lines.lower_error);
    std::swap(lines.upper_colour, lines.lower_colour);
  } else {
    spread_row(above, lines.upper_depth, lines.upper_error, lines.upper_colour);
  }
  spread_row(below, lines.lower_depth, lines.lower_error, lines.lower_colour);
  lines.low_depth.resize(width);
  lines.high_depth.resize(width);
  lines.low_colour.resize(width * 4);
  lines.high_colour.resize(width * 4);
  const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(gap) * (input.columns + 1);
  for (std::size_t x = 0; x < width; ++x) {
    const std::ptrdiff_t cell = row + input.x.cell[x];
    lines.low_depth[x] = input.low_depth[cell];
    lines.high_depth[x] = input.high_depth[cell];
    std::memcpy(lines.low_colour.data() + x * 4, input.low_colour + cell * 4, 4);
    std::memcpy(lines.high_colour.data() + x * 4, input.high_colour + cell * 4, 4);
  }
}

void picture_rows(const RowsInput& input, const BandLines& lines, int y, int rows) { HWY_DYNAMIC_DISPATCH(AnyRows)(input, lines, y, rows); }

}  // namespace skyline::renderer
#endif  // HWY_ONCE
