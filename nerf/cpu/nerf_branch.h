// The NeRF branch over batches of samples, forward and backward (layers: nerf/model/nerf_layout.h).
//
// A NerfBranch is scratch memory for at most kRows samples; use one per thread. Set rows, `forward`, then optionally `backward`.
#pragma once

#include "nerf/model/field.h"
#include "nerf/model/nerf_layout.h"

#include <glm/vec3.hpp>

#include <vector>

namespace skyline::nerf {

// Gradient of the branch's numbers: same layout as Field::nerf. Empty for a field without the branch.
struct NerfGradient {
  struct Layer {
    std::vector<float> weights, bias;
  };
  std::vector<Layer> layers;

  explicit NerfGradient(const Field& field);
  void clear();
};

// Transposed weights for the backward pass; rebuilt after each change of the branch.
struct NerfTransposed {
  struct Layer {
    std::vector<float> weights;  // [outputs, inputs from the layer before, padded]
    std::vector<float> grid;     // [outputs, grid part of the input, padded]; only where a layer reads the input
  };
  std::vector<Layer> layers;
  void update(const Field& field);
};

class NerfBranch {
 public:
  static constexpr int kRows = 512;

  explicit NerfBranch(const Field& field);

  // A sample: its position in the world, the grid's density sum and features [feature_count] there, the encoded direction [direction_size]
  // of its ray, and `code` [code_size] (null without codes).
  void set_row(int row, const glm::vec3& position, float density_sum, const float* features, const float* direction, const float* code);

  // Densities [rows] per world unit and colours [rows, 3].
  void forward(const Field& field, int rows);
  const float* densities() const { return densities_.data(); }
  const float* colours() const { return colours_.data(); }

  // From d loss / d density [rows] and d loss / d colour [rows, 3]: the gradients below; adds the weights' gradients to `gradient` unless
  // it is null.
  void backward(const Field& field, const NerfTransposed& transposed, int rows, const float* density_gradients,
                const float* colour_gradients, NerfGradient* gradient);
  float density_sum_gradient(int row) const { return grid_gradients_[static_cast<std::size_t>(row) * grid_stride_]; }
  const float* feature_gradients(int row) const { return grid_gradients_.data() + static_cast<std::size_t>(row) * grid_stride_ + 1; }
  const float* code_gradient(int row) const {
    return colour_input_gradients_.data() + static_cast<std::size_t>(row) * colour_stride_ + layout_.code_at;
  }

 private:
  void backward_trunk(const Field& field, const NerfTransposed& transposed, int rows, NerfGradient* gradient);

  NerfLayout layout_;
  int frequencies_, features_, direction_size_, code_size_;
  std::size_t input_stride_, colour_stride_, grid_stride_;
  glm::vec3 centre_;
  float scale_;  // positions are (x - centre) * scale, in [-1, 1] along the box's longest edge
  float density_scale_;
  std::vector<float> input_;
  std::vector<std::vector<float>> trunk_;  // outputs of each layer
  std::vector<float> density_output_, densities_, colour_input_, colour0_, colour1_, colour_output_, colours_;
  std::vector<float> density_gradients_, output_gradients_, colour1_gradients_, colour0_gradients_, colour_input_gradients_;
  std::vector<float> trunk_gradients_, trunk_gradients_before_, grid_gradients_;
};

// Weights of `count` samples of one ray by the branch's densities, `step` apart (Max 1995); the last takes all light that is left if
// `opaque_last`. Returns what passes.
float composite_branch(const float* densities, int count, float step, bool opaque_last, float* weights);

}  // namespace skyline::nerf
