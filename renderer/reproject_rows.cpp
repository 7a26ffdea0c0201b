#include "renderer/reproject_rows.h"

#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "renderer/reproject_rows.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#ifndef SKYLINE_RENDERER_FILTER_TABLE
#define SKYLINE_RENDERER_FILTER_TABLE
namespace skyline::renderer {

// Catmull-Rom weights of the four pixels around a position between the second and the third, for kPhases positions.
inline constexpr int kPhases = 64;
struct FilterTable {
  float along_x[kPhases + 1][16];  // each weight four times, one a channel
  float along_y[kPhases + 1][4];

  FilterTable() {
    for (int p = 0; p <= kPhases; ++p) {
      const float f = static_cast<float>(p) / kPhases;
      const float weights[4] = {f * (-0.5F + f * (1.0F - 0.5F * f)), 1.0F + f * f * (-2.5F + 1.5F * f), f * (0.5F + f * (2.0F - 1.5F * f)),
                                f * f * (-0.5F + 0.5F * f)};
      for (int k = 0; k < 4; ++k) {
        along_y[p][k] = weights[k];
        for (int c = 0; c < 4; ++c) along_x[p][k * 4 + c] = weights[k];
      }
    }
  }
};

inline const FilterTable& filter_table() {
  static const FilterTable table;
  return table;
}

inline constexpr int kSearchSteps = 2;
// Largest distance, in pixels, between a pixel and where the former picture's point is seen now.
inline constexpr float kFoundWithin = 0.7F;
// Depths of a gap's corners that differ by more belong to different surfaces; a former point within this of them agrees with them.
inline constexpr float kSameSurface = 1.06F;

}  // namespace skyline::renderer
#endif

HWY_BEFORE_NAMESPACE();
namespace skyline::renderer {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Floats = hn::CappedTag<float, 16>;
using Ints = hn::RebindToSigned<Floats>;
using FloatVector = hn::Vec<Floats>;
using Mask = hn::Mask<Floats>;
#if HWY_TARGET == HWY_SCALAR
constexpr int kPixelLanes = 1;
#else
constexpr int kPixelLanes = 4;
#endif
using Pixel = hn::CappedTag<float, kPixelLanes>;

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
  const auto scale = hn::IfThenElse(hn::Gt(s, hn::Set(d, 1e-6F)), hn::Div(hn::Set(d, 1.0F), s), hn::Set(d, 1e6F));
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
  return {at.x, at.y, hn::CopySign(seen.depth, depth), found};
}

// The 4 x 4 pixels around places of the former picture: offsets of the first of them, and phases of the filter.
struct FilterPlaces {
  HWY_ALIGN std::int32_t offset[16], phase_x[16], phase_y[16];

  HWY_INLINE void set(const RowsInput& in, FloatVector x, FloatVector y) {
    const Floats d;
    const Ints di;
    const auto one = hn::Set(d, 1.0F), phases = hn::Set(d, static_cast<float>(kPhases));
    const auto px = hn::Min(hn::Max(x, one), hn::Set(d, static_cast<float>(in.past_width - 3)));
    const auto py = hn::Min(hn::Max(y, one), hn::Set(d, static_cast<float>(in.past_height - 3)));
    const auto column = hn::ConvertTo(di, px), row = hn::ConvertTo(di, py);
    hn::Store(hn::NearestInt(hn::Mul(hn::Sub(px, hn::ConvertTo(d, column)), phases)), di, phase_x);
    hn::Store(hn::NearestInt(hn::Mul(hn::Sub(py, hn::ConvertTo(d, row)), phases)), di, phase_y);
    const auto first = hn::Set(di, 1);
    hn::Store(hn::Add(hn::Mul(hn::Sub(row, first), hn::Set(di, in.past_width)), hn::Sub(column, first)), di, offset);
  }
};

// Colour of the former picture: 4 x 4 pixels, Catmull-Rom.
HWY_INLINE void filtered(const RowsInput& in, const float* weight_x, const float* weight_y, std::int32_t offset, float* out) {
  const Floats d;
  const hn::Rebind<std::uint8_t, Floats> du;
  const Ints di;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const std::uint8_t* top = in.past_rgba + static_cast<std::ptrdiff_t>(offset) * 4;
  const std::ptrdiff_t pitch = static_cast<std::ptrdiff_t>(in.past_width) * 4;
  HWY_ALIGN float sums[16];
  for (int i = 0; i < 16; i += lanes) {
    const auto pixels = [&](int k) { return hn::ConvertTo(d, hn::PromoteTo(di, hn::LoadU(du, top + k * pitch + i))); };
    const auto upper = hn::MulAdd(hn::Set(d, weight_y[1]), pixels(1), hn::Mul(hn::Set(d, weight_y[0]), pixels(0)));
    const auto lower = hn::MulAdd(hn::Set(d, weight_y[3]), pixels(3), hn::Mul(hn::Set(d, weight_y[2]), pixels(2)));
    hn::Store(hn::Mul(hn::Add(upper, lower), hn::LoadU(d, weight_x + i)), d, sums + i);
  }
  const Pixel p;
  for (int c = 0; c < 4; c += kPixelLanes) {
    hn::StoreU(hn::Add(hn::Add(hn::LoadU(p, sums + c), hn::LoadU(p, sums + 4 + c)),
                       hn::Add(hn::LoadU(p, sums + 8 + c), hn::LoadU(p, sums + 12 + c))),
               p, out + c);
  }
}

int ReprojectRow(const RowsInput& in, int y) {
  const Floats d;
  const Ints di;
  const Pixel p;
  const hn::Rebind<std::uint8_t, Pixel> pu;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const FilterTable& table = filter_table();
  const int gap_row = in.y.cell[y] * (in.columns + 1);
  const float* nearest_depth = in.fresh_depth + static_cast<std::ptrdiff_t>(in.y.nearest[y]) * in.columns;
  const int low_row = HWY_MAX(in.y.cell[y] - 1, 0), high_row = HWY_MIN(in.y.cell[y], in.rows - 1);
  const float* upper = in.fresh_colour + static_cast<std::ptrdiff_t>(low_row) * in.columns * 4;
  const float* lower = in.fresh_colour + static_cast<std::ptrdiff_t>(high_row) * in.columns * 4;
  const float share_y = in.y.share[y];
  FilterPlaces places;
  HWY_ALIGN float depth[16], found[16], margins[16];
  HWY_ALIGN float colour[4];
  int taken = 0;

  for (int x0 = 0; x0 < in.width; x0 += lanes) {
    const int n = HWY_MIN(lanes, in.width - x0);
    const int first = x0 + lanes <= in.width ? x0 : HWY_MAX(0, in.width - lanes);  // of the vector: the last one overlaps
    const int skip = x0 - first;
    if (in.past_rgba != nullptr && in.width >= lanes) {
      const auto x = hn::ConvertTo(d, hn::Iota(di, first)), row = hn::Set(d, static_cast<float>(y));
      const auto gap = hn::Add(hn::LoadU(di, in.x.cell + first), hn::Set(di, gap_row));
      const auto near = hn::GatherIndex(d, in.high_depth, gap), far = hn::GatherIndex(d, in.low_depth, gap);
      Found best = search(in, x, row, hn::Abs(hn::GatherIndex(d, nearest_depth, hn::LoadU(di, in.x.nearest + first))));
      // Two surfaces meet here: the one in front hides the other.
      const auto same = hn::Set(d, kSameSurface);
      const auto edge = hn::Gt(near, hn::Mul(far, same));
      if (!hn::AllFalse(d, edge)) {
        const Found front = search(in, x, row, near);
        const auto nearer = hn::Gt(hn::Abs(front.depth), hn::Mul(hn::Abs(best.depth), hn::Set(d, 1.02F)));
        const auto better = hn::And(hn::And(edge, front.is), hn::Or(nearer, hn::Not(best.is)));
        best.x = hn::IfThenElse(better, front.x, best.x);
        best.y = hn::IfThenElse(better, front.y, best.y);
        best.depth = hn::IfThenElse(better, front.depth, best.depth);
        best.is = hn::Or(best.is, better);
      }
      const auto size = hn::Abs(best.depth);
      const auto agree = hn::And(hn::Le(size, hn::Mul(near, same)), hn::Ge(hn::Mul(size, same), far));
      places.set(in, best.x, best.y);
      hn::Store(best.depth, d, depth);
      hn::Store(hn::IfThenElseZero(best.is, hn::Set(d, 1.0F)), d, found);
      hn::Store(hn::IfThenElse(agree, hn::Set(d, in.margin), hn::Set(d, in.strict_margin)), d, margins);
    } else {
      for (int i = 0; i < 16; ++i) found[i] = 0;
    }
    for (int i = 0; i < n; ++i) {
      const int x = x0 + i, lane = i + skip;
      const int gap = gap_row + in.x.cell[x];
      std::uint8_t* rgba = in.rgba + (static_cast<std::ptrdiff_t>(y) * in.width + x) * 4;
      float* depth_out = in.depth + static_cast<std::ptrdiff_t>(y) * in.width + x;
      if (found[lane] != 0) {
        ++taken;
        filtered(in, table.along_x[places.phase_x[lane]], table.along_y[places.phase_y[lane]], places.offset[lane], colour);
        for (int c = 0; c < 4; c += kPixelLanes) {
          const auto low = hn::Sub(hn::LoadU(p, in.low_colour + static_cast<std::ptrdiff_t>(gap) * 4 + c), hn::Set(p, margins[lane]));
          const auto high = hn::Add(hn::LoadU(p, in.high_colour + static_cast<std::ptrdiff_t>(gap) * 4 + c), hn::Set(p, margins[lane]));
          hn::StoreU(hn::Min(hn::Max(hn::LoadU(p, colour + c), low), high), p, colour + c);
        }
        *depth_out = depth[lane];
      } else {
        const int low_column = HWY_MAX(in.x.cell[x] - 1, 0), high_column = HWY_MIN(in.x.cell[x], in.columns - 1);
        const float share_x = in.x.share[x];
        for (int c = 0; c < 4; c += kPixelLanes) {
          const auto at = [&](const float* line, int column) { return hn::LoadU(p, line + static_cast<std::ptrdiff_t>(column) * 4 + c); };
          const auto mix = [&](hn::Vec<Pixel> a, hn::Vec<Pixel> b, float t) { return hn::MulAdd(hn::Set(p, t), hn::Sub(b, a), a); };
          hn::StoreU(mix(mix(at(upper, low_column), at(upper, high_column), share_x),
                         mix(at(lower, low_column), at(lower, high_column), share_x), share_y),
                     p, colour + c);
        }
        *depth_out = nearest_depth[in.x.nearest[x]];
      }
      for (int c = 0; c < 4; c += kPixelLanes) hn::StoreU(hn::DemoteTo(pu, hn::NearestInt(hn::LoadU(p, colour + c))), pu, rgba + c);
      rgba[3] = 255;
    }
  }
  return taken;
}

void DistanceRow(const RowsInput& in, int y, float* distance) {
  const Floats d;
  const Ints di;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const float v = (static_cast<float>(y) - in.middle_y) * in.slope_y;
  const float* depth = in.depth + static_cast<std::ptrdiff_t>(y) * in.width;
  const auto of_row = hn::Set(d, v * v + 1.0F), middle = hn::Set(d, in.middle_x), slope = hn::Set(d, in.slope_x);
  int x = 0;
  for (; x + lanes <= in.width; x += lanes) {
    const auto u = hn::Mul(hn::Sub(hn::ConvertTo(d, hn::Iota(di, x)), middle), slope);
    const auto w = hn::LoadU(d, depth + x);
    const auto hit = hn::Gt(w, hn::Zero(d));
    hn::StoreU(hn::IfThenElseZero(hit, hn::Div(hn::Sqrt(hn::MulAdd(u, u, of_row)), w)), d, distance + x);
  }
  for (; x < in.width; ++x) {
    const float u = (static_cast<float>(x) - in.middle_x) * in.slope_x;
    distance[x] = depth[x] > 0 ? std::sqrt(u * u + (v * v + 1.0F)) / depth[x] : 0.0F;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace skyline::renderer
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skyline::renderer {

HWY_EXPORT(ReprojectRow);
HWY_EXPORT(DistanceRow);

int reproject_row(const RowsInput& input, int y) { return HWY_DYNAMIC_DISPATCH(ReprojectRow)(input, y); }
void distance_row(const RowsInput& input, int y, float* distance) { HWY_DYNAMIC_DISPATCH(DistanceRow)(input, y, distance); }

}  // namespace skyline::renderer
#endif  // HWY_ONCE
