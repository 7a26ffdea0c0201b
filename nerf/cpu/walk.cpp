#include "nerf/cpu/walk.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nerf/cpu/walk.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace skyline::nerf {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Floats = hn::CappedTag<float, 16>;
using Ints = hn::RebindToSigned<Floats>;
using FloatVector = hn::Vec<Floats>;
using IntVector = hn::Vec<Ints>;

// The larger end of a cell range along an axis where the ray goes up, the smaller one where it goes down, as a distance along the ray.
HWY_INLINE FloatVector exit_distance(FloatVector origin, FloatVector inverse, hn::Mask<Floats> up, IntVector low, IntVector size) {
  const Floats d;
  const Ints di;
  const auto face = hn::Add(low, hn::IfThenElseZero(hn::RebindMask(di, up), size));
  return hn::Mul(hn::Sub(hn::ConvertTo(d, face), origin), inverse);
}

void WalkRays(const OccupancyTables& o, const std::int32_t* rays, int count, int wanted, int stride, WalkBatch& batch,
              std::int32_t* sample_count, float* t_out) {
  const Floats d;
  const Ints di;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const auto zero = hn::Zero(di), one = hn::Set(di, 1), seven = hn::Set(di, 7);
  const auto last_x = hn::Set(di, o.columns - 1), last_y = hn::Set(di, o.rows - 1), last_z = hn::Set(di, o.layers - 1);
  const auto top_level = hn::Set(di, o.top_levels - 1), layers = hn::Set(di, o.layers);
  const auto brick_columns = hn::Set(di, o.columns / Occupancy::kBrick), brick_layers = hn::Set(di, o.layers / Occupancy::kBrick);
  HWY_ALIGN std::int32_t ray_of[16], left_of[16], ints[16];
  HWY_ALIGN float floats[16];

  for (int begin_ray = 0; begin_ray < count; begin_ray += lanes) {
    const int n = HWY_MIN(lanes, count - begin_ray);
    for (int i = 0; i < lanes; ++i) {
      ray_of[i] = rays[begin_ray + HWY_MIN(i, n - 1)];
      left_of[i] = i < n ? HWY_MIN(wanted, stride - sample_count[ray_of[i]]) : 0;
    }
    const auto index = hn::Load(di, ray_of);
    const auto get = [&](const float* array) { return hn::GatherIndex(d, array, index); };
    const auto ox = get(batch.origin[0]), oy = get(batch.origin[1]), oz = get(batch.origin[2]);
    const auto dx = get(batch.direction[0]), dy = get(batch.direction[1]), dz = get(batch.direction[2]);
    const auto ix = get(batch.inverse[0]), iy = get(batch.inverse[1]), iz = get(batch.inverse[2]);
    const auto begin = get(batch.begin), end = get(batch.end), jitter = get(batch.jitter);
    const auto step = get(batch.step), inverse_step = get(batch.inverse_step);
    const auto up_x = hn::Gt(dx, hn::Zero(d)), up_y = hn::Gt(dy, hn::Zero(d)), up_z = hn::Gt(dz, hn::Zero(d));
    auto k = hn::GatherIndex(di, batch.next_sample, index);
    auto level = hn::GatherIndex(di, batch.level, index);
    auto left = hn::Load(di, left_of);
    auto active = hn::Gt(left, zero);

    while (true) {
      // Where the next sample would be.
      const auto t = hn::MulAdd(hn::Add(hn::ConvertTo(d, k), jitter), step, begin);
      active = hn::And(active, hn::RebindMask(di, hn::Lt(t, end)));
      if (hn::AllFalse(di, active)) break;
      const auto cell = [&](FloatVector origin, FloatVector direction, IntVector last) {
        return hn::Min(hn::Max(hn::ConvertTo(di, hn::MulAdd(direction, t, origin)), zero), last);
      };
      const auto x = cell(ox, dx, last_x), y = cell(oy, dy, last_y), z = cell(oz, dz, last_z);

      // In the air over the tile of the last step, or even over the next wider one? Otherwise look at a narrower one in the next round.
      const auto top_of = [&](IntVector l) {
        const auto row = hn::Mul(hn::Shr(y, l), hn::GatherIndex(di, o.top_columns, l));
        return hn::GatherIndex(di, o.tops, hn::Add(hn::GatherIndex(di, o.top_offsets, l), hn::Add(row, hn::Shr(x, l))));
      };
      const auto top = top_of(level);
      const auto above = hn::Not(hn::Lt(z, top));
      const auto wider_level = hn::Min(hn::Add(level, one), top_level);
      const auto wider_top = top_of(wider_level);
      const auto wider = hn::AndNot(hn::Lt(z, wider_top), above);
      const auto column = hn::Eq(level, zero);
      const auto below = hn::AndNot(above, column);  // among the roofs and walls of its column
      const auto retry = hn::Not(hn::Or(above, column));
      const auto level_here = hn::IfThenElse(wider, wider_level, level);
      const auto top_here = hn::IfThenElse(wider, wider_top, top);

      // There a bit decides, and a brick without any is skipped whole.
      const auto brick =
          hn::Add(hn::Mul(hn::Add(hn::Mul(hn::ShiftRight<3>(y), brick_columns), hn::ShiftRight<3>(x)), brick_layers), hn::ShiftRight<3>(z));
      const auto half = hn::And(hn::ShiftRight<2>(y), one);  // a layer's 64 bits are two ints
      const auto word = hn::Add(hn::ShiftLeft<1>(hn::Add(hn::ShiftLeft<3>(brick), hn::And(z, seven))), half);
      const auto bit = hn::Add(hn::ShiftLeft<3>(hn::And(y, hn::Set(di, 3))), hn::And(x, seven));
      const auto bits = hn::Shr(hn::GatherIndex(di, o.bits, word), bit);
      const auto occupied = hn::And(below, hn::Eq(hn::And(bits, one), one));
      const auto empty_brick = hn::Eq(hn::GatherIndex(di, o.bricks, brick), zero);

      // The first sample behind the empty space. The margin is that of the rounding: one too early only costs a further step.
      const auto width = hn::IfThenElse(below, hn::IfThenElseZero(empty_brick, hn::Set(di, 3)), level_here);  // as a power of two
      const auto size = hn::Shl(one, width);
      const auto low = [&](IntVector v) { return hn::Shl(hn::Shr(v, width), width); };
      const auto low_z = hn::IfThenElse(below, low(z), hn::IfThenElse(hn::RebindMask(di, up_z), layers, top_here));
      const auto size_z = hn::IfThenElseZero(below, size);
      const auto exit = hn::Min(exit_distance(ox, ix, up_x, low(x), size),
                                hn::Min(exit_distance(oy, iy, up_y, low(y), size), exit_distance(oz, iz, up_z, low_z, size_z)));
      const auto place = hn::Sub(hn::Mul(hn::Sub(exit, begin), inverse_step), hn::Add(jitter, hn::Set(d, 1e-3F)));
      const auto behind = hn::ConvertTo(di, hn::Ceil(hn::Min(place, hn::Set(d, 1e9F))));
      const auto following = hn::Add(k, one);
      const auto skipped = hn::IfThenElse(retry, k, hn::Max(following, behind));
      k = hn::IfThenElse(active, hn::IfThenElse(occupied, following, skipped), k);
      // Of the walking rays only: what a ray finds must not depend on how long the others of its vector walk on.
      level = hn::IfThenElse(active, hn::IfThenElse(retry, hn::ShiftRight<1>(level), level_here), level);

      const auto found = hn::And(occupied, active);
      if (hn::AllFalse(di, found)) continue;
      hn::Store(t, d, floats);
      std::uint8_t mask[8] = {};
      hn::StoreMaskBits(di, found, mask);
      for (unsigned rest = mask[0] | (static_cast<unsigned>(mask[1]) << 8); rest != 0; rest &= rest - 1) {
        const int lane = static_cast<int>(hwy::Num0BitsBelowLS1Bit_Nonzero32(rest));
        const std::int32_t ray = ray_of[lane];
        t_out[static_cast<std::ptrdiff_t>(ray) * stride + sample_count[ray]++] = floats[lane];
      }
      left = hn::Sub(left, hn::IfThenElseZero(found, one));
      active = hn::And(active, hn::Gt(left, zero));
    }
    hn::Store(k, di, ints);
    for (int i = 0; i < n; ++i) batch.next_sample[ray_of[i]] = ints[i];
    hn::Store(level, di, ints);
    for (int i = 0; i < n; ++i) batch.level[ray_of[i]] = ints[i];
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace skyline::nerf
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skyline::nerf {

HWY_EXPORT(WalkRays);

void walk_rays(const Occupancy& occupancy, const std::int32_t* rays, int count, int wanted, int stride, WalkBatch& batch,
               std::int32_t* sample_count, float* t) {
  HWY_DYNAMIC_DISPATCH(WalkRays)(occupancy.tables(), rays, count, wanted, stride, batch, sample_count, t);
}

}  // namespace skyline::nerf
#endif  // HWY_ONCE
