// Ray marching over the occupancy lattice, in chunks of rays.
//
// A chunk advances all of its rays together in rounds of a few samples: walk the lattice, evaluate density where something is, composite,
// drop the rays whose light is used up. So nothing behind a surface is ever evaluated. The trainer and the renderer share this code.
#pragma once

#include "nerf/cpu/field_view.h"
#include "nerf/cpu/kernels.h"
#include "nerf/cpu/walk.h"
#include "nerf/model/occupancy.h"
#include "nerf/space.h"

#include <glm/vec3.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

namespace skyline::nerf {

// Walks one ray over the lattice: the scalar reference of walk_rays (walk.h). Yields the sample distances begin + (k + jitter) * step that
// fall into occupied cells, in order.
class LatticeWalk {
 public:
  LatticeWalk() = default;
  // `jitter` in [0, 1).
  LatticeWalk(const Occupancy& occupancy, const Ray& ray, float step, float jitter);

  // Distance of the next sample, or a negative number at the end.
  float next(const Occupancy& occupancy);

  // The next sample is the first one at or behind `t`, unless it is further already.
  void skip_to(float t);
  // Yields the last sample again.
  void step_back() { --k_; }

  float begin() const { return begin_; }
  float end() const { return end_; }
  bool leaves_by_floor() const { return leaves_by_floor_; }
  bool hits_box() const { return end_ > begin_; }
  // Puts the walk's start into place `ray` of a batch.
  void enter(WalkBatch& batch, int ray) const;

 private:
  glm::vec3 origin_{0.0F};     // in cells
  glm::vec3 direction_{0.0F};  // cells a world unit
  glm::vec3 inverse_{0.0F};
  float begin_ = 0, end_ = -1, step_ = 1, inverse_step_ = 1, jitter_ = 0;
  int level_ = 0;  // of the tile of tops that was skipped last
  std::int64_t k_ = 0;
  bool leaves_by_floor_ = false;
};

inline constexpr std::array<float, kMaxLevels> kAllLevels = {std::numeric_limits<float>::max(), std::numeric_limits<float>::max(),
                                                             std::numeric_limits<float>::max()};

// What a chunk of rays is marched with.
struct MarchSettings {
  float stop_transmittance = 1e-3F;
  int samples_a_round = 8;
  std::array<float, kMaxLevels> level_end = kAllLevels;  // see level_ends
};

// Distances from which on each level is left out, because a pixel of the camera covers more than `footprint` of its texels there
// (anti-aliasing by footprint; a pixel in the middle of the picture covers 1 / focal length of the distance). 0: none is left out.
std::array<float, kMaxLevels> level_ends(const Field& field, double footprint, const Camera& camera);

// Rays of a chunk and what was found along them. Sample j of ray r is at index r * kMaxSamples + j of the arrays.
struct RayChunk {
  static constexpr int kRays = WalkBatch::kRays;
  static constexpr int kMaxSamples = 192;
  static constexpr int kCapacity = kRays * kMaxSamples;

  // in
  int count = 0;
  Ray rays[kRays];
  std::uint8_t levels[kRays];
  float step[kRays];  // world units
  float jitter[kRays];
  bool with_features = true;  // read appearance together with density

  // out, per ray
  int sample_count[kRays];
  float transmittance[kRays];        // what passes all samples; 0 where the last sample is opaque
  bool opaque_last[kRays];           // the last sample takes all light that is left: the ray was ended early or left by the floor
  std::int64_t density_samples = 0;  // of the whole chunk

  // out, per sample
  std::vector<float> x, y, z, t, s, weight, before;  // `before` = transmittance in front of the sample
  std::vector<std::uint8_t> sample_levels;
  std::vector<std::int32_t> feature_row;  // of a sample in `features`
  std::vector<float> features;            // [density_samples, feature_count]

  RayChunk();
  // Appearance features of sample i [feature_count].
  const float* features_of(std::size_t i, std::size_t feature_count) const {
    return features.data() + static_cast<std::size_t>(feature_row[i]) * feature_count;
  }

 private:
  friend void march(const FieldView&, const Occupancy&, const MarchSettings&, RayChunk&);
  // Samples of the round: where they are, how long they stand for, what came out.
  std::vector<std::int32_t> round_;
  std::vector<float> round_step_, round_opacity_;
  bool leaves_by_floor_[kRays];
  WalkBatch walks_;
};

// Composites samples [first, first + count) of ray r, whose opacities are `opacity`; false when the ray's light is used up (then the
// samples behind the last one that counts are dropped).
bool composite(RayChunk& chunk, int r, int first, int count, const float* opacity, float stop_transmittance);
// Gives what is left of ray r's light to its last sample.
void make_opaque(RayChunk& chunk, int r);

void march(const FieldView& field, const Occupancy& occupancy, const MarchSettings& settings, RayChunk& chunk);

}  // namespace skyline::nerf
