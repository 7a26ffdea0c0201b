#include "nerf/train/occupancy_keeper.h"

#include "core/parallel.h"
#include "nerf/cpu/kernels.h"
#include "nerf/maths/field_maths.h"
#include "nerf/train/gradients.h"
#include "nerf/train/ray_sampler.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace skyline::nerf {
namespace {

constexpr double kMostCells = 24e6;     // the lattice is coarsened until it has at most this many cells
constexpr double kTexelsPerCell = 2.0;  // edge of a cell in finest texels
constexpr float kDecay = 0.95F;         // of the remembered opacity, per visit (instant-ngp, appendix C)
constexpr int kPhases = 4;              // an update visits one candidate in four

Occupancy make_lattice(const Box& box, double texel) {
  const glm::dvec3 size = box.size();
  double cell = texel * kTexelsPerCell;
  const double cells = size.x / cell * (size.y / cell) * (size.z / cell);
  if (cells > kMostCells) cell *= std::cbrt(cells / kMostCells);
  return {box, cell};
}

}  // namespace

core::Result<OccupancyKeeper> OccupancyKeeper::create(Field& field, const HeightSlab& slab) {
  field.occupancy = make_lattice(field.box, field.finest_texel);
  Occupancy& o = field.occupancy;
  OccupancyKeeper keeper;
  const double cell = o.cell();
  for (int z = 0; z < o.layers(); ++z) {
    const double low = field.box.low.z + z * cell, high = low + cell;
    for (int y = 0; y < o.rows(); ++y) {
      for (int x = 0; x < o.columns(); ++x) {
        const double px = field.box.low.x + (x + 0.5) * cell, py = field.box.low.y + (y + 0.5) * cell;
        if (px - 0.5 * cell > field.box.high.x || py - 0.5 * cell > field.box.high.y || low > field.box.high.z) continue;
        if (!slab.low.empty()) {
          const int i = std::clamp(static_cast<int>((px - field.box.low.x) / slab.cell), 0, slab.columns - 1);
          const int j = std::clamp(static_cast<int>((py - field.box.low.y) / slab.cell), 0, slab.rows - 1);
          const auto at = static_cast<std::size_t>(j * slab.columns + i);
          if (high < static_cast<double>(slab.low[at]) || low > static_cast<double>(slab.high[at])) continue;
        }
        o.set(x, y, z, true);
        keeper.candidates_.push_back(static_cast<std::uint32_t>(cell_index(o, x, y, z)));
      }
    }
  }
  o.update_summaries();
  auto opacity = core::Buffer<float>::create("train.occupancy", keeper.candidates_.size());
  if (!opacity) return opacity.error();
  keeper.opacity_ = std::move(*opacity);
  std::fill_n(keeper.opacity_.data(), keeper.opacity_.size(), 1.0F);
  auto hidden = core::Buffer<std::uint8_t>::create("train.occupancy", keeper.candidates_.size());
  if (!hidden) return hidden.error();
  keeper.hidden_ = std::move(*hidden);
  return keeper;
}

void OccupancyKeeper::set_bit(Field& field, std::size_t candidate) {
  Occupancy& o = field.occupancy;
  const std::uint32_t cell = candidates_[candidate];
  const auto columns = static_cast<std::uint32_t>(o.columns()), rows = static_cast<std::uint32_t>(o.rows());
  o.set(static_cast<int>(cell % columns), static_cast<int>(cell / columns % rows), static_cast<int>(cell / columns / rows),
        opacity_[candidate] > static_cast<float>(keep_opacity_) && hidden_[candidate] == 0);
}

void OccupancyKeeper::update(Field& field, int levels, std::int64_t round, std::uint64_t seed, double keep_opacity) {
  keep_opacity_ = keep_opacity;
  const Occupancy& o = field.occupancy;
  const FieldView view = make_view(field);
  const auto count = static_cast<std::int64_t>(candidates_.size());
  const auto columns = static_cast<std::uint32_t>(o.columns()), rows = static_cast<std::uint32_t>(o.rows());
  const auto texel = static_cast<float>(field.finest_texel);
  constexpr std::int64_t kGrain = 1024;  // candidates of this phase in one task
  const std::int64_t phase = round % kPhases;
  const std::int64_t of_phase = (count - phase + kPhases - 1) / kPhases;
  core::parallel_for_ranges(of_phase, kGrain, [&](std::int64_t begin, std::int64_t end) {
    std::array<float, kGrain> x{}, y{}, z{}, s{};
    std::array<std::uint8_t, kGrain> use{};
    std::array<std::int32_t, kGrain> index{};
    const auto n = static_cast<std::size_t>(end - begin);
    for (std::size_t k = 0; k < n; ++k) {
      const std::uint32_t cell = candidates_[static_cast<std::size_t>((begin + static_cast<std::int64_t>(k)) * kPhases + phase)];
      const std::uint64_t bits = mix_bits(seed + static_cast<std::uint64_t>(round), cell);
      const auto fraction = [&](int shift) { return static_cast<double>((bits >> shift) & 0xffff) / 65536.0; };
      x[k] = static_cast<float>(o.box().low.x + (cell % columns + fraction(0)) * o.cell());
      y[k] = static_cast<float>(o.box().low.y + (cell / columns % rows + fraction(16)) * o.cell());
      z[k] = static_cast<float>(o.box().low.z + (cell / columns / rows + fraction(32)) * o.cell());
      use[k] = static_cast<std::uint8_t>(levels);
      index[k] = static_cast<std::int32_t>(k);
    }
    density_sums(view, {x.data(), y.data(), z.data(), use.data()}, index.data(), static_cast<int>(n), s.data());
    for (std::size_t k = 0; k < n; ++k) {
      const float opacity = interval_opacity(view.density_scale * activate_density(view.activation, s[k]), texel);
      float& kept = opacity_[static_cast<std::size_t>((begin + static_cast<std::int64_t>(k)) * kPhases + phase)];
      kept = std::max(kept * kDecay, opacity);
    }
  });
  // Neighbouring cells share words, so the bits are set by one thread.
  for (std::int64_t i = phase; i < count; i += kPhases) set_bit(field, static_cast<std::size_t>(i));
  field.occupancy.update_summaries();
}

void OccupancyKeeper::hide_unseen(Field& field, std::span<const std::uint8_t> seen) {
  for (std::size_t i = 0; i < candidates_.size(); ++i) hidden_[i] = seen[candidates_[i]] == 0;
  restore(field);
}

void OccupancyKeeper::restore(Field& field) {
  for (std::size_t i = 0; i < candidates_.size(); ++i) set_bit(field, i);
  field.occupancy.update_summaries();
}

}  // namespace skyline::nerf
