// Kernels on samples: reading planes, lines and volume, and scattering gradients to them.
#include "nerf/cpu/kernels.h"

#include <cmath>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nerf/cpu/kernels.cpp"
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
//
#include <hwy/contrib/math/math-inl.h>

HWY_BEFORE_NAMESPACE();
namespace skyline::nerf {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Wide = hn::CappedTag<float, kChannelPadding>;  // rows of the decoder
using Half = hn::CappedTag<float, kTexelPadding>;    // channels of planes, lines and volume
static_assert(kTexelPadding == kVolumePadding);

// Offsets and weights of the four texels of a plane and the two of a line around a sample.
struct PlaneTap {
  std::size_t texel;      // of the low corner
  std::size_t offset[4];  // of the corners, in floats
  float weight[4];
  std::size_t line_offset;  // of the lower line texel
  float line_fraction;
};

HWY_INLINE PlaneTap plane_tap(const BlockView& block, const LevelView& level, int channels, float x, float y, float z) {
  const Tap<float> tx = tap(x, block.low_x, level.scale_x, level.columns);
  const Tap<float> ty = tap(y, block.low_y, level.scale_y, level.rows);
  const Tap<float> tz = tap(z, block.low_z, level.scale_z, level.size);
  PlaneTap t;
  t.texel = static_cast<std::size_t>(ty.index) * static_cast<std::size_t>(level.columns) + static_cast<std::size_t>(tx.index);
  t.offset[0] = t.texel * static_cast<std::size_t>(channels);
  t.offset[1] = t.offset[0] + static_cast<std::size_t>(channels);
  t.offset[2] = t.offset[0] + static_cast<std::size_t>(level.columns) * static_cast<std::size_t>(channels);
  t.offset[3] = t.offset[2] + static_cast<std::size_t>(channels);
  t.weight[0] = (1.0F - tx.fraction) * (1.0F - ty.fraction);
  t.weight[1] = tx.fraction * (1.0F - ty.fraction);
  t.weight[2] = (1.0F - tx.fraction) * ty.fraction;
  t.weight[3] = tx.fraction * ty.fraction;
  t.line_offset = static_cast<std::size_t>(tz.index) * static_cast<std::size_t>(channels);
  t.line_fraction = tz.fraction;
  return t;
}

struct VolumeTap {
  std::size_t cell[4];  // of the low layer of each column of cells: (x, y), (x+1, y), (x, y+1), (x+1, y+1)
  float weight[4];
  float fraction;  // of the upper layer
};

HWY_INLINE VolumeTap volume_tap(const BlockView& block, float x, float y, float z) {
  const Tap<float> tx = tap(x, block.low_x, block.volume_scale_x, block.volume_columns);
  const Tap<float> ty = tap(y, block.low_y, block.volume_scale_y, block.volume_rows);
  const Tap<float> tz = tap(z, block.low_z, block.volume_scale_z, block.volume_layers);
  const auto layers = static_cast<std::size_t>(block.volume_layers);
  const std::size_t row = static_cast<std::size_t>(block.volume_columns) * layers;
  VolumeTap t;
  t.cell[0] = static_cast<std::size_t>(ty.index) * row + static_cast<std::size_t>(tx.index) * layers + static_cast<std::size_t>(tz.index);
  t.cell[1] = t.cell[0] + layers;
  t.cell[2] = t.cell[0] + row;
  t.cell[3] = t.cell[2] + layers;
  t.weight[0] = (1.0F - tx.fraction) * (1.0F - ty.fraction);
  t.weight[1] = tx.fraction * (1.0F - ty.fraction);
  t.weight[2] = (1.0F - tx.fraction) * ty.fraction;
  t.weight[3] = tx.fraction * ty.fraction;
  t.fraction = tz.fraction;
  return t;
}

// Numbers of planes and volume as they are stored: float, or half precision in a renderer's copy.
template <class D>
HWY_INLINE hn::Vec<D> load_numbers(D d, const float* p) {
  return hn::LoadU(d, p);
}
template <class D>
HWY_INLINE hn::Vec<D> load_numbers(D d, const hwy::float16_t* p) {
  return hn::PromoteTo(d, hn::LoadU(hn::Rebind<hwy::float16_t, D>(), p));
}

template <class Stored>
HWY_INLINE const Stored* plane_of(const LevelView& level) {
  if constexpr (sizeof(Stored) == sizeof(float)) {
    return level.plane;
  } else {
    return reinterpret_cast<const Stored*>(level.half_plane);
  }
}

template <class Stored>
HWY_INLINE const Stored* volume_of(const BlockView& block) {
  if constexpr (sizeof(Stored) == sizeof(float)) {
    return block.volume;
  } else {
    return reinterpret_cast<const Stored*>(block.half_volume);
  }
}

template <class D, class Stored>
HWY_INLINE hn::Vec<D> plane_value(D d, const Stored* base, const PlaneTap& t) {
  auto v = hn::Mul(hn::Set(d, t.weight[0]), load_numbers(d, base + t.offset[0]));
  v = hn::MulAdd(hn::Set(d, t.weight[1]), load_numbers(d, base + t.offset[1]), v);
  v = hn::MulAdd(hn::Set(d, t.weight[2]), load_numbers(d, base + t.offset[2]), v);
  return hn::MulAdd(hn::Set(d, t.weight[3]), load_numbers(d, base + t.offset[3]), v);
}

template <class D>
HWY_INLINE hn::Vec<D> line_value(D d, const float* base, const PlaneTap& t, int channels) {
  const auto low = hn::LoadU(d, base + t.line_offset);
  const auto high = hn::LoadU(d, base + t.line_offset + channels);
  return hn::MulAdd(hn::Set(d, t.line_fraction), hn::Sub(high, low), low);
}

// One block's share of a sample with everything that locates its texels.
struct Located {
  std::int32_t sample;  // position in the caller's index
  std::int32_t block;
  float weight;
  int levels;
  PlaneTap plane[kMaxLevels];
  VolumeTap volume;
};

// Samples are located in groups, and the cache lines of their texels fetched, before any of them is evaluated: the tables are far larger
// than the caches and a group's misses then overlap.
constexpr int kGroup = 16;

struct Group {
  int count = 0;
  Located entries[kGroup * 4];
};

// Which of a sample's numbers a kernel reads.
enum class Part { kDensity, kAppearance, kBoth };

template <Part kPart, class Stored>
HWY_INLINE void prefetch(const FieldView& field, const BlockView& block, const Located& e) {
  const int channels = field.texel_channels();
  const int at = kPart == Part::kAppearance ? field.density_channels : 0;
  const int count = kPart == Part::kBoth ? channels : kPart == Part::kDensity ? field.density_channels : field.appearance_channels;
  const int bytes = count * static_cast<int>(sizeof(Stored));
  for (int l = 0; l < e.levels; ++l) {
    const Stored* plane = plane_of<Stored>(block.levels[static_cast<std::size_t>(l)]) + at;
    for (const std::size_t row : {e.plane[l].offset[0], e.plane[l].offset[2]}) {
      const char* p = reinterpret_cast<const char*>(plane + row);
      const char* q = reinterpret_cast<const char*>(plane + row + channels);
      for (int k = 0; k < bytes; k += 64) {
        hwy::Prefetch(p + k);
        hwy::Prefetch(q + k);
      }
    }
  }
  if (block.volume == nullptr || kPart == Part::kAppearance) return;
  for (int k = 0; k < 4; ++k) hwy::Prefetch(volume_of<Stored>(block) + e.volume.cell[k] * static_cast<std::size_t>(field.volume_channels));
}

template <Part kPart, class Stored>
HWY_INLINE void locate(const FieldView& field, const SampleSpan& samples, const std::int32_t* index, int count, Group& group) {
  const int channels = field.texel_channels();
  group.count = 0;
  for (int i = 0; i < count; ++i) {
    const std::int32_t s = index[i];
    const float x = samples.x[s], y = samples.y[s], z = samples.z[s];
    BlockShare shares[4];
    const int share_count = field.shares(x, y, shares);
    for (int b = 0; b < share_count; ++b) {
      Located& e = group.entries[group.count++];
      e.sample = i;
      e.block = shares[b].block;
      e.weight = shares[b].weight;
      e.levels = samples.levels[s];
      const BlockView& block = field.blocks[static_cast<std::size_t>(e.block)];
      for (int l = 0; l < e.levels; ++l) e.plane[l] = plane_tap(block, block.levels[static_cast<std::size_t>(l)], channels, x, y, z);
      if (block.volume != nullptr) e.volume = volume_tap(block, x, y, z);
      prefetch<kPart, Stored>(field, block, e);
    }
  }
}

template <class Stored>
void density_sums_of(const FieldView& field, const SampleSpan& samples, const std::int32_t* index, int count, float* out) {
  const Half d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const int channels = field.texel_channels();
  Group group;
  for (int begin = 0; begin < count; begin += kGroup) {
    const int n = HWY_MIN(kGroup, count - begin);
    locate<Part::kDensity, Stored>(field, samples, index + begin, n, group);
    for (int i = 0; i < n; ++i) out[index[begin + i]] = 0;
    for (int k = 0; k < group.count; ++k) {
      const Located& e = group.entries[k];
      const BlockView& block = field.blocks[static_cast<std::size_t>(e.block)];
      auto acc = hn::Zero(d);
      for (int l = 0; l < e.levels; ++l) {
        const LevelView& level = block.levels[static_cast<std::size_t>(l)];
        const Stored* plane = plane_of<Stored>(level);
        for (int c = 0; c < field.density_channels; c += lanes) {
          acc = hn::MulAdd(plane_value(d, plane + c, e.plane[l]), line_value(d, level.line + c, e.plane[l], channels), acc);
        }
      }
      float value = hn::GetLane(hn::SumOfLanes(d, acc));
      if (block.volume != nullptr) {
        const auto v = static_cast<std::size_t>(field.volume_channels);
        for (int corner = 0; corner < 4; ++corner) {
          const Stored* cell = volume_of<Stored>(block) + e.volume.cell[corner] * v;
          const hn::CappedTag<float, 1> one;
          const float low = hn::GetLane(load_numbers(one, cell)), high = hn::GetLane(load_numbers(one, cell + v));
          value += e.volume.weight[corner] * (low + e.volume.fraction * (high - low));
        }
      }
      out[index[begin + e.sample]] += e.weight * value;
    }
  }
}

void DensitySums(const FieldView& field, const SampleSpan& samples, const std::int32_t* index, int count, float* out) {
  if (field.half) {
    density_sums_of<hwy::float16_t>(field, samples, index, count, out);
  } else {
    density_sums_of<float>(field, samples, index, count, out);
  }
}

void Opacities(const FieldView& field, const std::int32_t* index, int count, const float* s, const float* step, float* out) {
  const hn::CappedTag<float, 16> d;
  const hn::RebindToSigned<decltype(d)> di;
  const int lanes = static_cast<int>(hn::Lanes(d));
  int i = 0;
  if (field.activation == DensityActivation::kExp) {
    const auto scale = hn::Set(d, field.density_scale), shift = hn::Set(d, static_cast<float>(kExpShift));
    const auto limit = hn::Set(d, static_cast<float>(kExpLimit));
    const auto vector = [&](const std::int32_t* at, const float* length, float* opacity) {
      const auto sum = hn::Min(hn::GatherIndex(d, s, hn::LoadU(di, at)), limit);
      const auto depth = hn::Mul(hn::Mul(scale, hn::Exp(d, hn::Add(sum, shift))), hn::LoadU(d, length));
      hn::StoreU(hn::Neg(hn::Expm1(d, hn::Neg(depth))), d, opacity);
    };
    for (; i + lanes <= count; i += lanes) vector(index + i, step + i, out + i);
    if (i < count) {  // in a vector as the others, so that a sample's opacity does not depend on its neighbours
      std::int32_t last_index[16];
      float last_step[16], last_opacity[16];
      for (int k = 0; k < lanes; ++k) {
        last_index[k] = index[HWY_MIN(i + k, count - 1)];
        last_step[k] = step[HWY_MIN(i + k, count - 1)];
      }
      vector(last_index, last_step, last_opacity);
      for (int k = 0; i < count; ++i, ++k) out[i] = last_opacity[k];
    }
  }
  for (; i < count; ++i) out[i] = interval_opacity(field.density_scale * activate_density(field.activation, s[index[i]]), step[i]);
}

// Density and appearance products of one level at a sample: adds to the density's sum, writes or adds the appearance features.
template <Part kPart, class Stored>
HWY_INLINE void level_products(const FieldView& field, const LevelView& level, const PlaneTap& t, float share, bool add, float* target,
                               float& density) {
  const Half d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const int channels = field.texel_channels();
  const Stored* plane = plane_of<Stored>(level);
  const auto write = [&](hn::Vec<Half> value, int c) {
    value = hn::Mul(value, hn::Set(d, share));
    if (add) value = hn::Add(value, hn::LoadU(d, target + c));
    hn::StoreU(value, d, target + c);
  };
#if HWY_TARGET != HWY_SCALAR  // which has no halves of vectors
  if constexpr (kPart == Part::kBoth && hn::MaxLanes(Wide()) == 2 * kTexelPadding) {
    if (field.density_channels == kTexelPadding && field.appearance_channels == kTexelPadding) {  // one vector holds a whole texel
      const Wide w;
      const auto product = hn::Mul(plane_value(w, plane, t), line_value(w, level.line, t, channels));
      density += hn::GetLane(hn::SumOfLanes(d, hn::LowerHalf(d, product)));
      write(hn::UpperHalf(d, product), 0);
      return;
    }
  }
#endif
  if constexpr (kPart == Part::kBoth) {
    auto sum = hn::Zero(d);
    for (int c = 0; c < field.density_channels; c += lanes)
      sum = hn::MulAdd(plane_value(d, plane + c, t), line_value(d, level.line + c, t, channels), sum);
    density += hn::GetLane(hn::SumOfLanes(d, sum));
  }
  for (int c = 0; c < field.appearance_channels; c += lanes) {
    const int channel = field.density_channels + c;
    write(hn::Mul(plane_value(d, plane + channel, t), line_value(d, level.line + channel, t, channels)), c);
  }
}

// Features of samples, with their density sums for Part::kBoth (`density` may be null otherwise).
template <Part kPart, class Stored>
void features_of(const FieldView& field, const SampleSpan& samples, const std::int32_t* index, int count, float* density, float* features) {
  const Half d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const int appearance = field.appearance_channels;
  const int total = field.feature_count();
  const auto v = static_cast<std::size_t>(field.volume_channels);
  Group group;
  for (int begin = 0; begin < count; begin += kGroup) {
    const int n = HWY_MIN(kGroup, count - begin);
    locate<kPart, Stored>(field, samples, index + begin, n, group);
    int previous = -1;
    for (int k = 0; k < group.count; ++k) {
      const Located& e = group.entries[k];
      const BlockView& block = field.blocks[static_cast<std::size_t>(e.block)];
      float* row = features + static_cast<std::ptrdiff_t>(begin + e.sample) * total;
      const bool add = e.sample == previous;  // a further block's share of the same sample
      previous = e.sample;
      float sum = 0;
      for (int l = 0; l < field.levels; ++l) {
        float* target = row + l * appearance;
        if (l < e.levels) {
          level_products<kPart, Stored>(field, block.levels[static_cast<std::size_t>(l)], e.plane[l], e.weight, add, target, sum);
        } else {
          for (int c = 0; c < appearance; c += lanes) hn::StoreU(hn::Zero(d), d, target + c);
        }
      }
      if (block.volume != nullptr) {
        float* target = row + field.levels * appearance;
        const auto fraction = hn::Set(d, e.volume.fraction);
        for (int c = 0; c < field.volume_channels; c += lanes) {
          auto value = hn::Zero(d);
          for (int corner = 0; corner < 4; ++corner) {
            const Stored* cell = volume_of<Stored>(block) + e.volume.cell[corner] * v + c;
            const auto low = load_numbers(d, cell);
            const auto high = load_numbers(d, cell + v);
            value = hn::MulAdd(hn::Set(d, e.volume.weight[corner]), hn::MulAdd(fraction, hn::Sub(high, low), low), value);
          }
          if (c == 0) sum += hn::GetLane(value);
          value = hn::Mul(value, hn::Set(d, e.weight));
          if (add) value = hn::Add(value, hn::LoadU(d, target + c));
          hn::StoreU(value, d, target + c);
        }
        target[0] = 0;  // the density channel is no appearance
      }
      if constexpr (kPart == Part::kBoth) {
        float& out = density[index[begin + e.sample]];
        out = (add ? out : 0.0F) + e.weight * sum;
      }
    }
  }
}

void AppearanceFeatures(const FieldView& field, const SampleSpan& samples, const std::int32_t* index, int count, float* features) {
  if (field.half) {
    features_of<Part::kAppearance, hwy::float16_t>(field, samples, index, count, nullptr, features);
  } else {
    features_of<Part::kAppearance, float>(field, samples, index, count, nullptr, features);
  }
}

void DensityAndFeatures(const FieldView& field, const SampleSpan& samples, const std::int32_t* index, int count, float* density,
                        float* features) {
  if (field.half) {
    features_of<Part::kBoth, hwy::float16_t>(field, samples, index, count, density, features);
  } else {
    features_of<Part::kBoth, float>(field, samples, index, count, density, features);
  }
}

void ToHalf(std::int64_t count, const float* from, std::uint16_t* to) {
  const Half d;
  const hn::Rebind<hwy::float16_t, Half> d16;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const auto most = hn::Set(d, 65504.0F);  // the largest finite half
  auto* target = reinterpret_cast<hwy::float16_t*>(to);
  for (std::int64_t i = 0; i + lanes <= count; i += lanes)
    hn::StoreU(hn::DemoteTo(d16, hn::Clamp(hn::LoadU(d, from + i), hn::Neg(most), most)), d16, target + i);
}

HWY_INLINE void scatter_plane(const FieldView& field, const LevelView& level, int l, const PlaneTap& t, float density_gradient, float scale,
                              const float* feature_gradient, const GradientView::BlockGradient& gradient) {
  const Half d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const int channels = field.texel_channels();
  float* plane = gradient.planes[static_cast<std::size_t>(l)];
  float* line = gradient.lines[static_cast<std::size_t>(l)];
  const int last = feature_gradient != nullptr ? channels : field.density_channels;
  for (int c = 0; c < last; c += lanes) {
    const auto g =
        c < field.density_channels
            ? hn::Set(d, density_gradient)
            : hn::Mul(hn::Set(d, scale), hn::LoadU(d, feature_gradient + l * field.appearance_channels + c - field.density_channels));
    const auto p = plane_value(d, level.plane + c, t);
    const auto z = line_value(d, level.line + c, t, channels);
    const auto gp = hn::Mul(g, z);
    for (int k = 0; k < 4; ++k) {
      float* target = plane + t.offset[k] + c;
      hn::StoreU(hn::MulAdd(hn::Set(d, t.weight[k]), gp, hn::LoadU(d, target)), d, target);
    }
    const auto gl = hn::Mul(g, p);
    float* low = line + t.line_offset + c;
    float* high = low + channels;
    hn::StoreU(hn::MulAdd(hn::Set(d, 1.0F - t.line_fraction), gl, hn::LoadU(d, low)), d, low);
    hn::StoreU(hn::MulAdd(hn::Set(d, t.line_fraction), gl, hn::LoadU(d, high)), d, high);
  }
  std::uint8_t* touched = gradient.plane_touched[static_cast<std::size_t>(l)];
  touched[t.texel] = 1;
  touched[t.texel + 1] = 1;
  touched[t.texel + static_cast<std::size_t>(level.columns)] = 1;
  touched[t.texel + static_cast<std::size_t>(level.columns) + 1] = 1;
}

HWY_INLINE void scatter_volume(const FieldView& field, const VolumeTap& t, float density_gradient, float scale,
                               const float* feature_gradient, const GradientView::BlockGradient& gradient) {
  const Half d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const auto n = static_cast<std::size_t>(field.volume_channels);
  HWY_ALIGN float g[64];
  for (int c = 0; c < field.volume_channels; c += lanes) {
    const auto v = feature_gradient != nullptr
                       ? hn::Mul(hn::Set(d, scale), hn::LoadU(d, feature_gradient + field.levels * field.appearance_channels + c))
                       : hn::Zero(d);
    hn::Store(v, d, g + c);
  }
  g[0] = density_gradient;
  for (int k = 0; k < 4; ++k) {
    float* low = gradient.volume + t.cell[k] * n;
    for (int c = 0; c < field.volume_channels; c += lanes) {
      const auto v = hn::Mul(hn::Set(d, t.weight[k]), hn::Load(d, g + c));
      float* a = low + c;
      float* b = a + n;
      hn::StoreU(hn::MulAdd(hn::Set(d, 1.0F - t.fraction), v, hn::LoadU(d, a)), d, a);
      hn::StoreU(hn::MulAdd(hn::Set(d, t.fraction), v, hn::LoadU(d, b)), d, b);
    }
    gradient.volume_touched[t.cell[k]] = 1;
    gradient.volume_touched[t.cell[k] + 1] = 1;
  }
}

void ScatterGradients(const FieldView& field, const ScatterRecord* records, int count, const float* feature_gradients,
                      const GradientView& gradients, int only_block) {
  const int total = field.feature_count();
  for (int i = 0; i < count; ++i) {
    const ScatterRecord& r = records[i];
    const float* feature_gradient = r.row >= 0 ? feature_gradients + static_cast<std::ptrdiff_t>(r.row) * total : nullptr;
    BlockShare shares[4];
    const int share_count = field.shares(r.x, r.y, shares);
    for (int b = 0; b < share_count; ++b) {
      if (only_block >= 0 && shares[b].block != only_block) continue;
      const BlockView& block = field.blocks[static_cast<std::size_t>(shares[b].block)];
      const auto& gradient = gradients.blocks[static_cast<std::size_t>(shares[b].block)];
      const float density_gradient = r.density_gradient * shares[b].weight, scale = r.scale * shares[b].weight;
      for (int l = 0; l < r.levels; ++l) {
        const LevelView& level = block.levels[static_cast<std::size_t>(l)];
        const PlaneTap t = plane_tap(block, level, field.texel_channels(), r.x, r.y, r.z);
        scatter_plane(field, level, l, t, density_gradient, scale, feature_gradient, gradient);
      }
      if (block.volume != nullptr)
        scatter_volume(field, volume_tap(block, r.x, r.y, r.z), density_gradient, scale, feature_gradient, gradient);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace skyline::nerf
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skyline::nerf {

HWY_EXPORT(DensitySums);
HWY_EXPORT(Opacities);
HWY_EXPORT(AppearanceFeatures);
HWY_EXPORT(DensityAndFeatures);
HWY_EXPORT(ToHalf);
HWY_EXPORT(ScatterGradients);

void density_sums(const FieldView& field, const SampleSpan& samples, const std::int32_t* index, int count, float* out) {
  HWY_DYNAMIC_DISPATCH(DensitySums)(field, samples, index, count, out);
}
void opacities(const FieldView& field, const std::int32_t* index, int count, const float* s, const float* step, float* out) {
  HWY_DYNAMIC_DISPATCH(Opacities)(field, index, count, s, step, out);
}
void appearance_features(const FieldView& field, const SampleSpan& samples, const std::int32_t* index, int count, float* features) {
  HWY_DYNAMIC_DISPATCH(AppearanceFeatures)(field, samples, index, count, features);
}
void density_and_features(const FieldView& field, const SampleSpan& samples, const std::int32_t* index, int count, float* density,
                          float* features) {
  HWY_DYNAMIC_DISPATCH(DensityAndFeatures)(field, samples, index, count, density, features);
}
void to_half(std::int64_t count, const float* from, std::uint16_t* to) { HWY_DYNAMIC_DISPATCH(ToHalf)(count, from, to); }
void scatter_gradients(const FieldView& field, const ScatterRecord* records, int count, const float* feature_gradients,
                       const GradientView& gradients, int only_block) {
  HWY_DYNAMIC_DISPATCH(ScatterGradients)(field, records, count, feature_gradients, gradients, only_block);
}

std::string simd_target() {
  const std::int64_t best = hwy::SupportedTargets() & HWY_TARGETS;
  return hwy::TargetName(best & -best);
}

}  // namespace skyline::nerf
#endif  // HWY_ONCE
