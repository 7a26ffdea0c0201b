// Ray marching through edit layers: the sample positions of a ray come from several places of the field, in the order in which it meets
// them.
//
// For each ray: the field itself outside of carved regions, ground patches, and instances, each walked through the occupancy lattice in its
// own frame. Samples are merged by distance, evaluated in rounds like `march`, and composited together. Scratch memory of one thread.
#pragma once

#include "nerf/cpu/march.h"
#include "nerf/edit/layers.h"

#include <cstdint>
#include <vector>

namespace skyline::nerf {

// Samples of a ray that are shaded alike: from one frame, under one tint.
struct SampleGroup {
  std::int32_t instance = -1;  // -1: the field where it stands
  std::int32_t tint = -1;      // -1: none
  bool operator==(const SampleGroup&) const = default;
};

class EditedMarch {
 public:
  static constexpr int kMaxGroups = 8;  // of a ray; further ones are shaded like the last

  EditedMarch();

  // True when the ray really enters a layer's region (not only its bounds), or the space that a mesh may shade: then it must be marched
  // here.
  bool touches(const EditLayers& layers, const Ray& ray);

  // Marches chunk.rays[0..chunk.count) like `march`; x, y, z of the chunk's samples are positions in the field (of the source, for an
  // instance), t is the distance along the ray in the edited scene.
  void march(const FieldView& field, const Occupancy& occupancy, const EditLayers& layers, const MarchSettings& settings, RayChunk& chunk);

  // Of the last march. `group` of sample i indexes groups[ray].
  std::vector<std::uint8_t> group;
  std::vector<SampleGroup> groups[RayChunk::kRays];
  // Where each ray ends at a mesh, and the tint there (-1: none). What light its samples leave comes from the mesh.
  MeshStop stops[RayChunk::kRays];
  std::int32_t stop_tints[RayChunk::kRays];
  // Meshes that may shade what each ray meets.
  std::vector<std::int32_t> meshes[RayChunk::kRays];

 private:
  // One place that samples of a ray come from.
  struct Walker {
    enum class Kind : std::uint8_t { kField, kPatch, kInstance };
    Kind kind = Kind::kField;
    std::int32_t layer = 0;
    LatticeWalk walk;
    Ray ray;                                    // in the frame of the source
    float stretch = 1;                          // source distance a distance along the ray
    float step = 1;                             // in the frame of the source
    std::int32_t first = 0, count = 0, at = 0;  // intervals along `ray` that samples may lie in (kField: that they may not)
    float next = -1;                            // distance along the ray of the next sample; negative: no more
    bool started = false;                       // until then `next` is where its region begins
    std::int64_t k = 0;                         // kPatch: number of the next sample in its interval
  };

  void begin_ray(const Occupancy& occupancy, const EditLayers& layers, const RayChunk& chunk, int r);
  Walker* nearest_walker(const Occupancy& occupancy, const EditLayers& layers, int r);
  void advance(const Occupancy& occupancy, const EditLayers& layers, Walker& walker, float stop);
  std::int32_t tint_at(const EditLayers& layers, int r, const glm::vec3& seen_at) const;
  float next_of_field(const Occupancy& occupancy, Walker& walker);
  float next_of_instance(const Occupancy& occupancy, Walker& walker);
  float next_of_patch(const Occupancy& occupancy, const EditLayers& layers, Walker& walker);
  void add_sample(const EditLayers& layers, const MarchSettings& settings, RayChunk& chunk, int r, const Walker& walker);
  std::uint8_t group_of(const EditLayers& layers, int r, const Walker& walker, const glm::vec3& seen_at);
  void evaluate(const FieldView& field, RayChunk& chunk);

  std::vector<LayerHit> hits_;
  std::vector<RayInterval> intervals_;  // of all walkers of the chunk
  std::vector<Walker> walkers_[RayChunk::kRays];
  std::vector<std::int32_t> tints_[RayChunk::kRays];
  bool leaves_by_floor_[RayChunk::kRays];
  std::vector<std::int32_t> round_;
  std::vector<float> round_step_, round_opacity_, round_share_;
  bool any_soft_ = false;
};

}  // namespace skyline::nerf
