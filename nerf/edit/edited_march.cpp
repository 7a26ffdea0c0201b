#include "nerf/edit/edited_march.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace skyline::nerf {
namespace {

constexpr float kFar = std::numeric_limits<float>::max();

// The ray in the frame of an instance's source; `stretch` receives the source distance a distance along the ray.
Ray source_ray(const Placement& placement, const Ray& ray, float& stretch) {
  const glm::dvec3 origin = placement.to_source(glm::dvec3(ray.origin));
  const glm::dvec3 direction = placement.direction_to_source(glm::dvec3(ray.direction));
  const double length = std::sqrt(direction.x * direction.x + direction.y * direction.y + direction.z * direction.z);
  stretch = static_cast<float>(length);
  return {glm::vec3(origin), glm::vec3(direction / length)};
}

bool cell_occupied(const Occupancy& occupancy, const glm::vec3& position) {
  const glm::dvec3 cell = (glm::dvec3(position) - occupancy.box().low) / occupancy.cell();
  if (cell.x < 0 || cell.y < 0 || cell.z < 0) return false;
  const int x = static_cast<int>(cell.x), y = static_cast<int>(cell.y), z = static_cast<int>(cell.z);
  return x < occupancy.columns() && y < occupancy.rows() && z < occupancy.layers() && occupancy.occupied(x, y, z);
}

// Orders intervals and joins those that overlap.
void join_intervals(std::vector<RayInterval>& intervals, std::size_t first) {
  std::sort(intervals.begin() + static_cast<std::ptrdiff_t>(first), intervals.end(),
            [](const RayInterval& a, const RayInterval& b) { return a.begin < b.begin; });
  std::size_t kept = first;
  for (std::size_t i = first; i < intervals.size(); ++i) {
    if (kept > first && intervals[i].begin <= intervals[kept - 1].end) {
      intervals[kept - 1].end = std::max(intervals[kept - 1].end, intervals[i].end);
    } else {
      intervals[kept++] = intervals[i];
    }
  }
  intervals.resize(kept);
}

}  // namespace

EditedMarch::EditedMarch() : group(RayChunk::kCapacity) { round_.reserve(RayChunk::kCapacity); }

bool EditedMarch::touches(const EditLayers& layers, const Ray& ray) {
  layers.crossed(ray, hits_);
  intervals_.clear();
  for (const LayerHit& hit : hits_) {
    const auto i = static_cast<std::size_t>(hit.index);
    switch (hit.kind) {
      case LayerKind::kCarve:
        if (layers.carves[i].region.intersect(ray, 0, kFar, intervals_) > 0) return true;
        break;
      case LayerKind::kGroundPatch:
        if (layers.patches[i].region.intersect(ray, 0, kFar, intervals_) > 0) return true;
        break;
      case LayerKind::kTint:
        if (layers.tints[i].region.intersect(ray, 0, kFar, intervals_) > 0) return true;
        break;
      case LayerKind::kInstance: {
        float stretch = 1;
        const Ray source = source_ray(layers.instances[i].placement, ray, stretch);
        if (layers.instances[i].source.intersect(source, 0, kFar, intervals_) > 0) return true;
        break;
      }
      case LayerKind::kMesh:
        return true;
    }
  }
  return false;
}

// The walkers of ray r, each where its region begins.
void EditedMarch::begin_ray(const Occupancy& occupancy, const EditLayers& layers, const RayChunk& chunk, int r) {
  const Ray& ray = chunk.rays[r];
  layers.crossed(ray, hits_);
  // In their own order, which layers elsewhere have no part in: what a ray shows depends on those that it crosses alone.
  std::sort(hits_.begin(), hits_.end(),
            [](const LayerHit& a, const LayerHit& b) { return std::tie(a.kind, a.index) < std::tie(b.kind, b.index); });
  walkers_[r].clear();
  tints_[r].clear();
  groups[r].clear();
  stops[r] = {};
  meshes[r].clear();
  for (const LayerHit& hit : hits_) {
    if (hit.kind != LayerKind::kMesh) continue;
    layers.meets_mesh(hit.index, ray, stops[r]);
    meshes[r].push_back(hit.index);
  }

  // The field where it stands, but in carved and patched regions.
  Walker base;
  base.ray = ray;
  base.step = chunk.step[r];
  base.walk = LatticeWalk(occupancy, ray, chunk.step[r], chunk.jitter[r]);
  base.first = static_cast<std::int32_t>(intervals_.size());
  const std::size_t closed = intervals_.size();
  for (const LayerHit& hit : hits_) {
    const auto i = static_cast<std::size_t>(hit.index);
    if (hit.kind == LayerKind::kCarve && layers.carves[i].region.soft() <= 0) layers.carves[i].region.intersect(ray, 0, kFar, intervals_);
    if (hit.kind == LayerKind::kCarve && layers.carves[i].region.soft() > 0) any_soft_ = true;
    if (hit.kind == LayerKind::kGroundPatch) layers.patches[i].region.intersect(ray, 0, kFar, intervals_);
    if (hit.kind == LayerKind::kTint) tints_[r].push_back(hit.index);
  }
  join_intervals(intervals_, closed);
  base.count = static_cast<std::int32_t>(intervals_.size()) - base.first;
  leaves_by_floor_[r] = base.walk.leaves_by_floor();
  std::sort(tints_[r].begin(), tints_[r].end());
  base.next = 0;
  if (base.walk.hits_box()) walkers_[r].push_back(base);

  for (const LayerHit& hit : hits_) {
    const auto i = static_cast<std::size_t>(hit.index);
    Walker walker;
    walker.layer = hit.index;
    walker.first = static_cast<std::int32_t>(intervals_.size());
    walker.step = chunk.step[r];
    if (hit.kind == LayerKind::kGroundPatch) {
      walker.kind = Walker::Kind::kPatch;
      walker.ray = ray;
      walker.count = layers.patches[i].region.intersect(ray, 0, kFar, intervals_);
    } else if (hit.kind == LayerKind::kInstance) {
      const Instance& instance = layers.instances[i];
      walker.kind = Walker::Kind::kInstance;
      walker.ray = source_ray(instance.placement, ray, walker.stretch);
      walker.walk = LatticeWalk(occupancy, walker.ray, walker.step, chunk.jitter[r]);
      if (!walker.walk.hits_box()) continue;
      walker.count = instance.source.intersect(walker.ray, walker.walk.begin(), walker.walk.end(), intervals_);
    }
    if (walker.count == 0) continue;
    walker.next = intervals_[static_cast<std::size_t>(walker.first)].begin / walker.stretch;
    walkers_[r].push_back(walker);
  }
  stop_tints[r] = -1;
  if (stops[r].layer >= 0) stop_tints[r] = tint_at(layers, r, ray.origin + stops[r].distance * ray.direction);
}

// The walker with the nearest sample of ray r, or none. A walker looks for its first sample when the ray gets there: what stands behind
// something opaque costs nothing.
EditedMarch::Walker* EditedMarch::nearest_walker(const Occupancy& occupancy, const EditLayers& layers, int r) {
  while (true) {
    Walker* nearest = nullptr;
    for (Walker& walker : walkers_[r]) {
      if (walker.next >= 0 && (nearest == nullptr || walker.next < nearest->next)) nearest = &walker;
    }
    if (nearest == nullptr || nearest->started) return nearest;
    nearest->started = true;
    advance(occupancy, layers, *nearest, stops[r].distance);
  }
}

// To the walker's next sample in front of `stop`.
void EditedMarch::advance(const Occupancy& occupancy, const EditLayers& layers, Walker& walker, float stop) {
  switch (walker.kind) {
    case Walker::Kind::kField:
      walker.next = next_of_field(occupancy, walker);
      break;
    case Walker::Kind::kPatch:
      walker.next = next_of_patch(occupancy, layers, walker);
      break;
    case Walker::Kind::kInstance:
      walker.next = next_of_instance(occupancy, walker);
      break;
  }
  if (walker.next >= stop) walker.next = -1;
}

// Of overlapping tints the later one; -1: none.
std::int32_t EditedMarch::tint_at(const EditLayers& layers, int r, const glm::vec3& seen_at) const {
  std::int32_t found = -1;
  for (const std::int32_t tint : tints_[r]) {
    if (layers.tints[static_cast<std::size_t>(tint)].region.share(glm::dvec3(seen_at)) >= 0.5F) found = tint;
  }
  return found;
}

float EditedMarch::next_of_field(const Occupancy& occupancy, Walker& walker) {
  while (true) {
    const float t = walker.walk.next(occupancy);
    if (t < 0) return -1;
    while (walker.at < walker.count && intervals_[static_cast<std::size_t>(walker.first + walker.at)].end <= t) ++walker.at;
    if (walker.at >= walker.count || intervals_[static_cast<std::size_t>(walker.first + walker.at)].begin > t) return t;
    walker.walk.skip_to(intervals_[static_cast<std::size_t>(walker.first + walker.at)].end);
  }
}

float EditedMarch::next_of_instance(const Occupancy& occupancy, Walker& walker) {
  while (walker.at < walker.count) {
    const RayInterval& interval = intervals_[static_cast<std::size_t>(walker.first + walker.at)];
    walker.walk.skip_to(interval.begin);
    const float t = walker.walk.next(occupancy);
    if (t < 0) return -1;
    if (t < interval.end) return t / walker.stretch;
    walker.walk.step_back();
    ++walker.at;
  }
  return -1;
}

float EditedMarch::next_of_patch(const Occupancy& occupancy, const EditLayers& layers, Walker& walker) {
  const GroundPatch& patch = layers.patches[static_cast<std::size_t>(walker.layer)];
  for (; walker.at < walker.count; ++walker.at, walker.k = 0) {
    const RayInterval& interval = intervals_[static_cast<std::size_t>(walker.first + walker.at)];
    while (true) {
      const float t = interval.begin + (static_cast<float>(walker.k) + 0.5F) * walker.step;
      if (t >= interval.end) break;
      ++walker.k;
      const glm::vec3 at = walker.ray.origin + walker.ray.direction * t;
      if (patch.shows(at) && cell_occupied(occupancy, patch.source_of(at))) return t;
    }
  }
  return -1;
}

// Which way the walker's next sample of ray r is shaded; `seen_at` is its place in the edited scene.
std::uint8_t EditedMarch::group_of(const EditLayers& layers, int r, const Walker& walker, const glm::vec3& seen_at) {
  SampleGroup wanted;
  if (walker.kind == Walker::Kind::kInstance) wanted.instance = walker.layer;
  wanted.tint = tint_at(layers, r, seen_at);
  std::vector<SampleGroup>& known = groups[r];
  for (std::size_t g = 0; g < known.size(); ++g) {
    if (known[g] == wanted) return static_cast<std::uint8_t>(g);
  }
  if (known.size() < kMaxGroups) known.push_back(wanted);
  return static_cast<std::uint8_t>(known.size() - 1);
}

void EditedMarch::add_sample(const EditLayers& layers, const MarchSettings& settings, RayChunk& chunk, int r, const Walker& walker) {
  const auto i = static_cast<std::size_t>(r * RayChunk::kMaxSamples + chunk.sample_count[r]);
  const float t = walker.next;
  const glm::vec3 seen_at = chunk.rays[r].origin + chunk.rays[r].direction * t;
  glm::vec3 at = walker.ray.origin + walker.ray.direction * (t * walker.stretch);
  float share = 1;
  if (walker.kind == Walker::Kind::kPatch) at = layers.patches[static_cast<std::size_t>(walker.layer)].source_of(at);
  if (walker.kind == Walker::Kind::kInstance) {
    const Region& source = layers.instances[static_cast<std::size_t>(walker.layer)].source;
    if (source.soft() > 0) share = source.share(glm::dvec3(at));
  }
  if (walker.kind == Walker::Kind::kField && any_soft_) {
    for (const Carve& carve : layers.carves) {
      if (carve.region.soft() > 0) share = std::min(share, 1 - carve.region.share(glm::dvec3(at)));
    }
  }
  chunk.t[i] = t;
  chunk.x[i] = at.x;
  chunk.y[i] = at.y;
  chunk.z[i] = at.z;
  chunk.sample_levels[i] = static_cast<std::uint8_t>(levels_at<float>(chunk.levels[r], settings.level_end.data(), t));
  group[i] = group_of(layers, r, walker, seen_at);
  round_.push_back(static_cast<std::int32_t>(i));
  round_step_.push_back(walker.step);
  round_share_.push_back(share);
  ++chunk.sample_count[r];
}

// Density, features and opacity of the round's samples.
void EditedMarch::evaluate(const FieldView& field, RayChunk& chunk) {
  const int count = static_cast<int>(round_.size());
  const SampleSpan samples{chunk.x.data(), chunk.y.data(), chunk.z.data(), chunk.sample_levels.data()};
  const auto first_row = static_cast<std::size_t>(chunk.density_samples), features = static_cast<std::size_t>(field.feature_count());
  if (chunk.features.size() < (first_row + round_.size()) * features) chunk.features.resize((first_row + round_.size()) * features);
  density_and_features(field, samples, round_.data(), count, chunk.s.data(), chunk.features.data() + first_row * features);
  for (int k = 0; k < count; ++k)
    chunk.feature_row[static_cast<std::size_t>(round_[static_cast<std::size_t>(k)])] = static_cast<std::int32_t>(first_row) + k;
  round_opacity_.resize(round_.size());
  opacities(field, round_.data(), count, chunk.s.data(), round_step_.data(), round_opacity_.data());
  for (std::size_t k = 0; k < round_.size(); ++k) round_opacity_[k] *= round_share_[k];
  chunk.density_samples += count;
}

void EditedMarch::march(const FieldView& field, const Occupancy& occupancy, const EditLayers& layers, const MarchSettings& settings,
                        RayChunk& chunk) {
  std::int32_t alive[RayChunk::kRays];
  int alive_count = 0;
  chunk.density_samples = 0;
  intervals_.clear();
  any_soft_ = false;
  for (int r = 0; r < chunk.count; ++r) {
    begin_ray(occupancy, layers, chunk, r);
    chunk.sample_count[r] = 0;
    chunk.transmittance[r] = 1;
    chunk.opaque_last[r] = false;
    if (!walkers_[r].empty()) alive[alive_count++] = r;
  }
  while (alive_count > 0) {
    round_.clear();
    round_step_.clear();
    round_share_.clear();
    // Take the nearest samples of every living ray.
    int first[RayChunk::kRays];
    bool exhausted[RayChunk::kRays];
    for (int a = 0; a < alive_count; ++a) {
      const int r = alive[a];
      first[a] = chunk.sample_count[r];
      exhausted[a] = false;
      while (chunk.sample_count[r] < first[a] + settings.samples_a_round) {
        Walker* const nearest = nearest_walker(occupancy, layers, r);
        if (nearest == nullptr || chunk.sample_count[r] >= RayChunk::kMaxSamples) {
          exhausted[a] = true;
          break;
        }
        add_sample(layers, settings, chunk, r, *nearest);
        advance(occupancy, layers, *nearest, stops[r].distance);
      }
    }
    evaluate(field, chunk);
    // Composite, and keep the rays that have light and way left.
    int still = 0;
    const float* opacity = round_opacity_.data();
    for (int a = 0; a < alive_count; ++a) {
      const int r = alive[a];
      const int walked = chunk.sample_count[r];
      const bool ended = !composite(chunk, r, first[a], walked - first[a], opacity, settings.stop_transmittance);
      opacity += walked - first[a];
      if (!ended && !exhausted[a]) {
        alive[still++] = r;
        continue;
      }
      // A mesh takes what is left. Without one, as in `march`: what is left of the light belongs to the last sample of a ray that was ended
      // early or would go into the ground.
      if (chunk.sample_count[r] > 0 && (ended || (leaves_by_floor_[r] && stops[r].layer < 0))) {
        make_opaque(chunk, r);
      }
    }
    alive_count = still;
  }
}

}  // namespace skyline::nerf
