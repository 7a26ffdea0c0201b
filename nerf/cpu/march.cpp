#include "nerf/cpu/march.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace skyline::nerf {

LatticeWalk::LatticeWalk(const Occupancy& occupancy, const Ray& ray, float step, float jitter)
    : step_(step), inverse_step_(1.0F / step), jitter_(jitter) {
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
      const int low_z = z / kBrick * kBrick;
      plane_z = static_cast<float>(direction_.z > 0 ? low_z + kBrick : low_z);
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

void LatticeWalk::skip_to(float t) {
  const float wanted = std::min(std::ceil((t - begin_) * inverse_step_ - jitter_), 1e9F);
  k_ = std::max(k_, static_cast<std::int64_t>(wanted));
}

void LatticeWalk::enter(WalkBatch& batch, int ray) const {
  for (int axis = 0; axis < 3; ++axis) {
    batch.origin[axis][ray] = origin_[axis];
    batch.direction[axis][ray] = direction_[axis];
    batch.inverse[axis][ray] = inverse_[axis];
  }
  batch.begin[ray] = begin_;
  batch.end[ray] = end_;
  batch.step[ray] = step_;
  batch.inverse_step[ray] = inverse_step_;
  batch.jitter[ray] = jitter_;
  batch.next_sample[ray] = static_cast<std::int32_t>(k_);
  batch.level[ray] = level_;
}

RayChunk::RayChunk()
    : x(kCapacity),
      y(kCapacity),
      z(kCapacity),
      t(kCapacity),
      s(kCapacity),
      weight(kCapacity),
      before(kCapacity),
      sample_levels(kCapacity),
      feature_row(kCapacity) {
  round_.reserve(kCapacity);
}

std::array<float, kMaxLevels> level_ends(const Field& field, double footprint, const Camera& camera) {
  std::array<float, kMaxLevels> ends = kAllLevels;
  for (int l = 1; footprint > 0 && l < field.settings.levels; ++l) {
    const double texel = field.finest_texel * (1 << (field.settings.levels - 1 - l));
    ends[static_cast<std::size_t>(l)] = static_cast<float>(footprint * texel * camera.fl_x);
  }
  return ends;
}

bool composite(RayChunk& chunk, int r, int first, int count, const float* opacity, float stop_transmittance) {
  float transmittance = chunk.transmittance[r];
  const std::size_t of_ray = static_cast<std::size_t>(r) * RayChunk::kMaxSamples;
  bool lit = true;
  for (int j = first; j < first + count && lit; ++j) {
    const std::size_t i = of_ray + static_cast<std::size_t>(j);
    chunk.before[i] = transmittance;
    chunk.weight[i] = transmittance * opacity[j - first];
    transmittance -= chunk.weight[i];
    if (transmittance < stop_transmittance) {
      chunk.sample_count[r] = j + 1;
      lit = false;
    }
  }
  chunk.transmittance[r] = transmittance;
  return lit;
}

void make_opaque(RayChunk& chunk, int r) {
  const auto last = static_cast<std::size_t>(r * RayChunk::kMaxSamples + chunk.sample_count[r] - 1);
  chunk.weight[last] = chunk.before[last];
  chunk.transmittance[r] = 0;
  chunk.opaque_last[r] = true;
}

void march(const FieldView& field, const Occupancy& occupancy, const MarchSettings& settings, RayChunk& chunk) {
  std::int32_t alive[RayChunk::kRays];
  int alive_count = 0;
  chunk.density_samples = 0;
  for (int r = 0; r < chunk.count; ++r) {
    const LatticeWalk walk(occupancy, chunk.rays[r], chunk.step[r], chunk.jitter[r]);
    walk.enter(chunk.walks_, r);
    chunk.leaves_by_floor_[r] = walk.leaves_by_floor();
    chunk.sample_count[r] = 0;
    chunk.transmittance[r] = 1;
    chunk.opaque_last[r] = false;
    if (walk.hits_box()) alive[alive_count++] = r;
  }
  const SampleSpan samples{chunk.x.data(), chunk.y.data(), chunk.z.data(), chunk.sample_levels.data()};
  while (alive_count > 0) {
    // Walk every living ray to its next few samples.
    int first[RayChunk::kRays];
    for (int a = 0; a < alive_count; ++a) first[a] = chunk.sample_count[alive[a]];
    walk_rays(occupancy, alive, alive_count, settings.samples_a_round, RayChunk::kMaxSamples, chunk.walks_, chunk.sample_count,
              chunk.t.data());
    chunk.round_.clear();
    chunk.round_step_.clear();
    for (int a = 0; a < alive_count; ++a) {
      const int r = alive[a];
      const Ray& ray = chunk.rays[r];
      const int end = r * RayChunk::kMaxSamples + chunk.sample_count[r];
      for (int i = r * RayChunk::kMaxSamples + first[a]; i < end; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const float t = chunk.t[at];
        chunk.x[at] = ray.origin.x + ray.direction.x * t;
        chunk.y[at] = ray.origin.y + ray.direction.y * t;
        chunk.z[at] = ray.origin.z + ray.direction.z * t;
        chunk.sample_levels[at] = static_cast<std::uint8_t>(levels_at<float>(chunk.levels[r], settings.level_end.data(), t));
        chunk.round_.push_back(i);
        chunk.round_step_.push_back(chunk.step[r]);
      }
    }
    // Evaluate their density.
    const int count = static_cast<int>(chunk.round_.size());
    if (chunk.with_features) {
      const auto first_row = static_cast<std::size_t>(chunk.density_samples), features = static_cast<std::size_t>(field.feature_count());
      if (chunk.features.size() < (first_row + chunk.round_.size()) * features)
        chunk.features.resize((first_row + chunk.round_.size()) * features);
      density_and_features(field, samples, chunk.round_.data(), count, chunk.s.data(), chunk.features.data() + first_row * features);
      for (int k = 0; k < count; ++k)
        chunk.feature_row[static_cast<std::size_t>(chunk.round_[static_cast<std::size_t>(k)])] = static_cast<std::int32_t>(first_row) + k;
    } else {
      density_sums(field, samples, chunk.round_.data(), count, chunk.s.data());
    }
    chunk.round_opacity_.resize(chunk.round_.size());
    opacities(field, chunk.round_.data(), count, chunk.s.data(), chunk.round_step_.data(), chunk.round_opacity_.data());
    chunk.density_samples += count;
    // Composite, and keep the rays that have light and way left.
    int still = 0;
    const float* opacity = chunk.round_opacity_.data();
    for (int a = 0; a < alive_count; ++a) {
      const int r = alive[a];
      const int walked = chunk.sample_count[r];
      const bool ended = !composite(chunk, r, first[a], walked - first[a], opacity, settings.stop_transmittance);
      opacity += walked - first[a];
      const bool exhausted = walked < first[a] + settings.samples_a_round || walked >= RayChunk::kMaxSamples;
      if (!ended && !exhausted) {
        alive[still++] = r;
        continue;
      }
      // What is left of the light belongs to the last sample when the ray was ended early or would go into the ground.
      if (chunk.sample_count[r] > 0 && (ended || chunk.leaves_by_floor_[r] || chunk.sample_count[r] >= RayChunk::kMaxSamples)) {
        make_opaque(chunk, r);
      }
    }
    alive_count = still;
  }
}

}  // namespace skyline::nerf
