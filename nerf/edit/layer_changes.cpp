#include "nerf/edit/layer_changes.h"

#include "nerf/edit/layer_bounds.h"
#include "nerf/edit/mesh_shadow.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace skyline::nerf {
namespace {

struct Content {
  std::uint64_t hash = 0;
  core::Box bounds;
};

// Numbers of a layer, one after the other.
class Digest {
 public:
  explicit Digest(LayerKind kind) { add(static_cast<std::uint64_t>(kind)); }

  template <class Value>
  Digest& add(const Value& value) {
    static_assert(std::is_trivially_copyable_v<Value>);
    hash_ = XXH3_64bits_withSeed(&value, sizeof(Value), hash_);
    return *this;
  }
  template <class Value>
  Digest& add(const std::vector<Value>& values) {
    static_assert(std::is_trivially_copyable_v<Value>);
    hash_ = XXH3_64bits_withSeed(values.data(), values.size() * sizeof(Value), hash_);
    return *this;
  }
  Digest& add(const Region& region) { return add(region.footprint()).add(region.low()).add(region.high()).add(region.soft()); }
  Digest& add(const Placement& p) { return add(p.pivot).add(p.yaw_deg).add(p.scale).add(p.offset); }
  Digest& add(const ColourChange& change) { return add(change.matrix).add(change.offset).add(change.strength).add(change.knee); }

  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0;
};

std::vector<Content> contents_of(const EditLayers* layers) {
  std::vector<Content> contents;
  if (layers == nullptr) return contents;
  contents.reserve(layers->size());
  for (const Carve& carve : layers->carves)
    contents.push_back({Digest(LayerKind::kCarve).add(carve.region).value(), carve.region.bounds()});
  for (const GroundPatch& patch : layers->patches) {
    Digest digest(LayerKind::kGroundPatch);
    digest.add(patch.region).add(patch.low).add(patch.cell).add(patch.columns).add(patch.rows);
    digest.add(patch.shifts).add(patch.surface).add(patch.growth);
    contents.push_back({digest.value(), patch.region.bounds()});
  }
  for (const Instance& instance : layers->instances)
    contents.push_back({Digest(LayerKind::kInstance).add(instance.source).add(instance.placement).value(), bounds_of(instance)});
  for (const Tint& tint : layers->tints)
    contents.push_back({Digest(LayerKind::kTint).add(tint.region).add(tint.wall).add(tint.roof).value(), tint.region.bounds()});
  const MeshLight& light = layers->light;
  for (const MeshLayer& mesh : layers->meshes) {
    Digest digest(LayerKind::kMesh);
    digest.add(mesh.shape.get()).add(mesh.placement);
    digest.add(light.to_sun).add(light.sun).add(light.sky).add(light.ground);
    contents.push_back({digest.value(), shaded_bounds(mesh, light)});
  }
  std::sort(contents.begin(), contents.end(), [](const Content& x, const Content& y) { return x.hash < y.hash; });
  return contents;
}

}  // namespace

std::vector<core::Box> changed_bounds(const EditLayers* a, const EditLayers* b) {
  if (a == b) return {};
  const std::vector<Content> of_a = contents_of(a), of_b = contents_of(b);
  std::vector<Content> changed;
  std::set_symmetric_difference(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(changed),
                                [](const Content& x, const Content& y) { return x.hash < y.hash; });
  std::vector<core::Box> bounds;
  bounds.reserve(changed.size());
  for (const Content& content : changed) bounds.push_back(content.bounds);
  return bounds;
}

}  // namespace skyline::nerf
