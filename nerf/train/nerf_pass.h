// Loss and gradients of the NeRF branch for a chunk of rays, on the samples that the grid shaded.
//
// A NerfPass is scratch memory; use one per thread. Rays without shaded samples are skipped: they teach the branch nothing. What lies
// behind the samples has the colour that the grid's decoder gives the background, taken as a constant.
#pragma once

#include "nerf/cpu/decoder_batch.h"
#include "nerf/cpu/nerf_branch.h"
#include "nerf/train/colour_loss.h"
#include "nerf/train/gradients.h"

#include <span>
#include <vector>

namespace skyline::nerf {

// A chunk as the grid's pass leaves it.
struct ShadedChunk {
  const RayChunk& chunk;
  std::span<const TrainingRay> rays;
  std::span<const std::int32_t> samples;  // shaded ones, ray by ray
  std::span<const float> features;        // of the shaded samples [samples, feature_count]
  std::span<const float> mean_code;
  std::size_t batch;  // rays of the whole batch
};

struct NerfPassSums {
  NerfGradient& branch;
  std::span<float> codes;  // gradient, as the field's
  ColourLossSums loss;
  std::vector<ScatterRecord>& records;  // appended: gradients that go on into the grid, by density sum and features
  // Feature gradients, kSamplesPerRay rows a ray; the records count rows from `first_row`, the row of the chunk's first ray.
  float* feature_gradients;
  std::size_t first_row;
};

class NerfPass {
 public:
  explicit NerfPass(const Field& field);
  void run(const Field& field, const TrainSettings& settings, const NerfTransposed& transposed, const ShadedChunk& shaded,
           NerfPassSums& sums);

 private:
  struct BranchRay {
    int ray;           // in the chunk
    int first, count;  // rows of the branch
    std::size_t first_shaded;
    bool opaque_last;
    float passes;  // transmittance behind the samples
  };
  void background_colours(const Field& field, const ShadedChunk& shaded);
  void run_rows(const Field& field, const TrainSettings& settings, const NerfTransposed& transposed, const ShadedChunk& shaded, int rows,
                NerfPassSums& sums);
  void add_ray_gradient(const ShadedChunk& shaded, const BranchRay& ray, const float* colour_gradient);

  NerfBranch branch_;
  DecoderBatch decoder_;
  std::vector<float> direction_, background_;  // of one ray
  std::vector<BranchRay> rays_;
  std::vector<TrainingRay> training_rays_;
  std::vector<float> weights_, density_gradients_, colour_gradients_;
  float ray_colour_[RayChunk::kRays][3], ray_gradient_[RayChunk::kRays][3];
};

}  // namespace skyline::nerf
