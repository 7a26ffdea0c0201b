#include "nerf/cpu/march.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace skyline::nerf {

LatticeWalk::LatticeWalk(const Occupancy& occupancy, const Ray& ray, float step, float jitter) : step_(step), inverse_step_(1.0F / step), jitter_(jitter) {
  const Box& box = occupancy.box();
  const auto scale = static_cast<float>(1.0 / occupancy.cell());
  float enter = 0, leave = std::numeric_limits<float>::max();
  int leave_axis = -1;
  for (int axis = 0; axis < 3; ++axis) {
    const auto low = static_cast<float>(box.low[axis]), high = static_cast<float>(box.high[axis]);
    float d = ray.direction[axis];
    if (std::abs(d) < 1e-9F) d = d < 0 ? -1e-9F : 1e-9F;
    const float inverse = 1.0F / d;
    float t0 = (low - ray.origin[axis]) * inverse, t1 = (high - ray.origin[axis]) * inverse;
    if (t0 > t1) std::swap(t0, t1);
    enter = std::max(enter, t0);
    if (t1 < leave) {
      leave = t1;
      leave_axis = axis;
    }
    origin_[axis] = (ray.origin[axis] - low) * scale;
    direction_[axis] = d * scale;
    inverse_[axis] = inverse * static_cast<float>(occupancy.cell());
  }
  begin_ = enter;
  end_ = leave;
  leaves_by_floor_ = end_ > begin_ && leave_axis == 2 && ray.direction.z < 0;
}

float LatticeWalk::next(const Occupancy& occupancy) {
  constexpr int kBrick = Occupancy::kBrick;
  const int columns = occupancy.columns(), rows = occupancy.rows(), layers = occupancy.layers(), levels = occupancy.top_levels();
  while (true) {
    const float t = begin_ + (static_cast<float>(k_) + jitter_) * step_;
    if (!(t < end_)) return -1;
    const glm::vec3 g = origin_ + direction_ * t;
    const int x = std::clamp(static_cast<int>(g.x), 0, columns - 1);
    const int y = std::clamp(static_cast<int>(g.y), 0, rows - 1);
    const int z = std::clamp(static_cast<int>(g.z), 0, layers - 1);
    int size = 1, cx = x, cy = y;
    float plane_z;  // where the empty space ends above or below
    if (z >= occupancy.top(0, x, y)) {
      // In the air: over the widest tile whose tops are all below. The level of the last step is a good first guess.
      if (z >= occupancy.top(level_, x, y)) {
        while (level_ + 1 < levels && z >= occupancy.top(level_ + 1, x, y)) ++level_;
      } else {
        do --level_;
        while (z < occupancy.top(level_, x, y));
      }
      size = 1 << level_;
      cx = x >> level_ << level_;
      cy = y >> level_ << level_;
      plane_z = static_cast<float>(direction_.z < 0 ? occupancy.top(level_, x, y) : layers);
    } else if (!occupancy.brick_occupied(x / kBrick, y / kBrick, z / kBrick)) {
      size = kBrick;
      cx = x / kBrick * kBrick;
      cy = y / kBrick * kBrick;
      plane_z = static_cast<float>(z / kBrick * kBrick + (direction_.z > 0 ? kBrick : 0));
    } else if (occupancy.occupied(x, y, z)) {
      ++k_;
      return t;
    } else {
      plane_z = static_cast<float>(direction_.z > 0 ? z + 1 : z);
    }
    // Skip to the first sample behind the empty space. The margin is that of the rounding: a sample too early only costs a further step.
    const float ex = (static_cast<float>(direction_.x > 0 ? cx + size : cx) - origin_.x) * inverse_.x;
    const float ey = (static_cast<float>(direction_.y > 0 ? cy + size : cy) - origin_.y) * inverse_.y;
    const float ez = (plane_z - origin_.z) * inverse_.z;
    const float exit = std::min({ex, ey, ez});
    const float wanted = std::min(std::ceil((exit - begin_) * inverse_step_ - jitter_ - 1e-3F), 1e9F);
    k_ = std::max(k_ + 1, static_cast<std::int64_t>(wanted));
  }
}

RayChunk::RayChunk()
    : x(kCapacity),
      y(kCapacity),
      z(kCapacity),
      t(kCapacity),
      s(kCapacity),
      sigma(kCapacity),
      weight(kCapacity),
      before(kCapacity),
      sample_levels(kCapacity) {
  round_.reserve(kCapacity);
}

void march(const FieldView& field, const Occupancy& occupancy, const MarchSettings& settings, RayChunk& chunk) {
  int alive[RayChunk::kRays];
  int alive_count = 0;
  chunk.density_samples = 0;
  for (int r = 0; r < chunk.count; ++r) {
    chunk.walks_[r] = LatticeWalk(occupancy, chunk.rays[r], chunk.step[r], chunk.jitter[r]);
    chunk.sample_count[r] = 0;
    chunk.transmittance[r] = 1;
    chunk.opaque_last[r] = false;
    if (chunk.walks_[r].hits_box()) alive[alive_count++] = r;
  }
  const SampleSpan samples{chunk.x.data(), chunk.y.data(), chunk.z.data(), chunk.sample_levels.data()};
  while (alive_count > 0) {
    // Walk every living ray to its next few samples.
    chunk.round_.clear();
    int first[RayChunk::kRays];
    for (int a = 0; a < alive_count; ++a) {
      const int r = alive[a];
      first[a] = chunk.sample_count[r];
      const int most = std::min(first[a] + settings.samples_a_round, RayChunk::kMaxSamples);
      while (chunk.sample_count[r] < most) {
        const float t = chunk.walks_[r].next(occupancy);
        if (t < 0) break;
        const int i = r * RayChunk::kMaxSamples + chunk.sample_count[r]++;
        const auto at = static_cast<std::size_t>(i);
        const glm::vec3 p = chunk.rays[r].origin + chunk.rays[r].direction * t;
        chunk.x[at] = p.x;
        chunk.y[at] = p.y;
        chunk.z[at] = p.z;
        chunk.t[at] = t;
        chunk.sample_levels[at] = chunk.levels[r];
        chunk.round_.push_back(i);
      }
    }
    // Evaluate their density.
    density_sums(field, samples, chunk.round_.data(), static_cast<int>(chunk.round_.size()), chunk.s.data());
    chunk.density_samples += static_cast<std::int64_t>(chunk.round_.size());
    // Composite, and keep the rays that have light and way left.
    int still = 0;
    for (int a = 0; a < alive_count; ++a) {
      const int r = alive[a];
      float transmittance = chunk.transmittance[r];
      bool ended = false;
      for (int j = first[a]; j < chunk.sample_count[r]; ++j) {
        const auto i = static_cast<std::size_t>(r * RayChunk::kMaxSamples + j);
        chunk.sigma[i] = field.density_scale * activate_density(field.activation, chunk.s[i]);
        chunk.before[i] = transmittance;
        const float opacity = interval_opacity(chunk.sigma[i], chunk.step[r]);
        chunk.weight[i] = transmittance * opacity;
        transmittance -= chunk.weight[i];
        if (transmittance < settings.stop_transmittance) {
          chunk.sample_count[r] = j + 1;
          ended = true;
          break;
        }
      }
      chunk.transmittance[r] = transmittance;
      const bool exhausted = chunk.sample_count[r] < first[a] + settings.samples_a_round || chunk.sample_count[r] >= RayChunk::kMaxSamples;
      if (!ended && !exhausted) {
        alive[still++] = r;
        continue;
      }
      // What is left of the light belongs to the last sample when the ray was ended early or would go into the ground.
      if (chunk.sample_count[r] > 0 && (ended || chunk.walks_[r].leaves_by_floor() || chunk.sample_count[r] >= RayChunk::kMaxSamples)) {
        const auto last = static_cast<std::size_t>(r * RayChunk::kMaxSamples + chunk.sample_count[r] - 1);
        chunk.weight[last] = chunk.before[last];
        chunk.transmittance[r] = 0;
        chunk.opaque_last[r] = true;
      }
    }
    alive_count = still;
  }
}

}  // namespace skyline::nerf
