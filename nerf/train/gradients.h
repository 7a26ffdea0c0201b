// Loss and gradients of a batch of rays: the forward and the hand-written backward pass of the whole model.
//
// The batch is worked on in two phases. First chunks of rays in parallel: march, shade, decode, loss, and backwards down to every sample.
// Then the samples are sorted by ground strip and their gradients scattered strip by strip, even strips first, then odd ones, so that no
// two threads ever write to one texel and tables are read in cache order. Sums are taken in a fixed order: the result does not depend on
// the thread count.
#pragma once

#include "core/result.h"
#include "nerf/cpu/decoder_batch.h"
#include "nerf/cpu/march.h"
#include "nerf/model/field.h"
#include "nerf/train/trainer.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace skyline::nerf {

// One training ray with everything that its loss depends on.
struct TrainingRay {
  Ray ray;
  float target[3];  // display-encoded, 0..1
  float radius2;    // squared distance of the pixel from the principal point, 1 at the corner
  float step;       // world units
  float jitter;     // [0, 1)
  std::int32_t photo;
  std::int32_t lens;
  std::uint8_t levels;
  bool mean_code;             // use the mean code and no exposure, with no gradient to either
  float direction_scale = 1;  // of the decoder's direction input; 0 hides the view direction
};

struct BatchLoss {
  double loss = 0;                // mean over rays and channels, with all per-ray terms
  double squared_error = 0;       // mean over rays and channels, of the grid
  double nerf_squared_error = 0;  // the same of the NeRF branch, over the rays that hit something
  std::int64_t density_samples = 0;
  std::int64_t shaded_samples = 0;
  double march_seconds = 0, decode_seconds = 0,
         scatter_seconds = 0;  // wall clock of the two phases, the first split by the threads' shares
};

// Gradients of all parameter groups of a field, in the order of Field::groups(). Groups that are touched sparsely carry a flag per row of
// `channels`.
struct FieldGradients {
  struct Group {
    ParameterGroup parameters;
    core::Buffer<float> gradient;
    core::Buffer<std::uint8_t> touched;  // empty: dense
    int rows = 0, columns = 0;           // planes: texel grid, for total variation
    enum class Kind { kPlane, kLine, kVolume, kDecoder, kBackground, kCode, kNerf } kind = Kind::kDecoder;
  };
  std::vector<Group> groups;

  // Errors: out of memory budget.
  static core::Result<FieldGradients> create(Field& field);
  Group* find(const std::string& name);
  // Sets every gradient and flag to zero.
  void clear();
};

class GradientEngine {
 public:
  // Field and gradients must outlive the engine and stay where they are.
  GradientEngine(Field& field, FieldGradients& gradients, const TrainSettings& settings);
  ~GradientEngine();

  // Adds the gradients of the batch's loss. `distortion` and `entropy` are the weights of these terms now; `nerf_branch`: the branch, if
  // the field has one, adds its own colour loss.
  BatchLoss accumulate(std::span<const TrainingRay> rays, double distortion, double entropy, bool nerf_branch = false);

  // Cells that light reached since the last reset: one byte a cell of the occupancy lattice, [layers, rows, columns] with columns
  // innermost.
  std::span<std::uint8_t> seen_cells();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Index of a cell in arrays of one entry a cell.
inline std::size_t cell_index(const Occupancy& o, int x, int y, int z) {
  return (static_cast<std::size_t>(z) * static_cast<std::size_t>(o.rows()) + static_cast<std::size_t>(y)) *
             static_cast<std::size_t>(o.columns()) +
         static_cast<std::size_t>(x);
}

}  // namespace skyline::nerf
