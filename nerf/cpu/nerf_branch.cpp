#include "nerf/cpu/nerf_branch.h"

#include "nerf/cpu/kernels.h"
#include "nerf/maths/field_maths.h"
#include "nerf/maths/nerf_maths.h"

#include <algorithm>

namespace skyline::nerf {
namespace {

constexpr int kPadding = kChannelPadding;
constexpr int kColourHidden = NerfLayout::kColourHidden;

std::vector<float> scratch(int columns) {
  return std::vector<float>(static_cast<std::size_t>(NerfBranch::kRows) * static_cast<std::size_t>(columns));
}

// Rows [begin, begin + count) of a layer's weights, transposed to [outputs, count padded].
std::vector<float> transposed_rows(const DenseLayer& layer, int begin, int count) {
  const auto stride = static_cast<std::size_t>(padded(count, kPadding)), outputs = static_cast<std::size_t>(layer.outputs);
  std::vector<float> out(outputs * stride, 0.0F);
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    const float* row = layer.weights.data() + (static_cast<std::size_t>(begin) + i) * outputs;
    for (std::size_t o = 0; o < outputs; ++o) out[o * stride + i] = row[o];
  }
  return out;
}

void add_bias(int rows, const DenseLayer& layer, float* values, int stride) {
  for (int r = 0; r < rows; ++r) {
    float* row = values + static_cast<std::ptrdiff_t>(r) * stride;
    for (int c = 0; c < layer.outputs; ++c) row[c] += layer.bias[static_cast<std::size_t>(c)];
  }
}

// Adds the gradient of a layer from its inputs [rows, inputs] and its outputs' gradients [rows, outputs]; `first_input`: where in the
// layer's inputs these lie.
void add_weight_gradient(int rows, const float* inputs, int input_stride, int count, int first_input, const float* output_gradients,
                         int output_stride, int outputs, NerfGradient::Layer& gradient) {
  matrix_multiply(count, outputs, rows, inputs, 1, input_stride, output_gradients, output_stride,
                  gradient.weights.data() + static_cast<std::ptrdiff_t>(first_input) * outputs, outputs, true);
}

void add_bias_gradient(int rows, const float* output_gradients, int output_stride, NerfGradient::Layer& gradient) {
  for (int r = 0; r < rows; ++r) {
    const float* row = output_gradients + static_cast<std::ptrdiff_t>(r) * output_stride;
    for (std::size_t c = 0; c < gradient.bias.size(); ++c) gradient.bias[c] += row[c];
  }
}

}  // namespace

NerfGradient::NerfGradient(const Field& field) {
  for (const DenseLayer& layer : field.nerf)
    layers.push_back({std::vector<float>(layer.weights.size()), std::vector<float>(layer.bias.size())});
}

void NerfGradient::clear() {
  for (Layer& layer : layers) {
    std::fill(layer.weights.begin(), layer.weights.end(), 0.0F);
    std::fill(layer.bias.begin(), layer.bias.end(), 0.0F);
  }
}

void NerfTransposed::update(const Field& field) {
  const NerfLayout layout(field);
  layers.resize(field.nerf.size());
  for (int i = 0; i < static_cast<int>(layers.size()); ++i) {
    const DenseLayer& layer = field.nerf[static_cast<std::size_t>(i)];
    Layer& out = layers[static_cast<std::size_t>(i)];
    const bool reads_input = i == 0 || (i == NerfLayout::kSkipLayer && i < layout.trunk_layers);
    const int skipped = reads_input ? layout.inputs : 0;
    if (reads_input) out.grid = transposed_rows(layer, layout.grid_at, layout.inputs - layout.grid_at);
    out.weights = transposed_rows(layer, skipped, layer.inputs - skipped);
  }
}

NerfBranch::NerfBranch(const Field& field)
    : layout_(field),
      frequencies_(field.settings.nerf_frequencies),
      features_(field.feature_count()),
      direction_size_(field.direction_size()),
      code_size_(field.code_size()),
      input_stride_(static_cast<std::size_t>(padded(layout_.inputs, kPadding))),
      colour_stride_(static_cast<std::size_t>(padded(layout_.colour_inputs, kPadding))),
      grid_stride_(static_cast<std::size_t>(padded(layout_.inputs - layout_.grid_at, kPadding))),
      centre_(0.5 * (field.box.low + field.box.high)),
      density_scale_(static_cast<float>(field.density_scale)),
      input_(scratch(static_cast<int>(input_stride_))),
      trunk_(static_cast<std::size_t>(layout_.trunk_layers), scratch(layout_.hidden)),
      density_output_(scratch(kPadding)),
      densities_(scratch(1)),
      colour_input_(scratch(static_cast<int>(colour_stride_))),
      colour0_(scratch(kColourHidden)),
      colour1_(scratch(kColourHidden)),
      colour_output_(scratch(kPadding)),
      colours_(scratch(3)),
      density_gradients_(scratch(kPadding)),
      output_gradients_(scratch(kPadding)),
      colour1_gradients_(scratch(kColourHidden)),
      colour0_gradients_(scratch(kColourHidden)),
      colour_input_gradients_(scratch(static_cast<int>(colour_stride_))),
      trunk_gradients_(scratch(layout_.hidden)),
      trunk_gradients_before_(scratch(layout_.hidden)),
      grid_gradients_(scratch(static_cast<int>(grid_stride_))) {
  const glm::dvec3 size = field.box.size();
  scale_ = static_cast<float>(2.0 / std::max({size.x, size.y, size.z}));
}

void NerfBranch::set_row(int row, const glm::vec3& position, float density_sum, const float* features, const float* direction,
                         const float* code) {
  const glm::vec3 relative = (position - centre_) * scale_;
  const float p[3] = {relative.x, relative.y, relative.z};
  float* input = input_.data() + static_cast<std::size_t>(row) * input_stride_;
  encode_position(p, frequencies_, input);
  input[layout_.grid_at] = density_sum;
  std::copy_n(features, features_, input + layout_.grid_at + 1);
  float* view = colour_input_.data() + static_cast<std::size_t>(row) * colour_stride_;
  std::copy_n(direction, direction_size_, view + layout_.direction_at);
  if (code != nullptr) std::copy_n(code, code_size_, view + layout_.code_at);
}

void NerfBranch::forward(const Field& field, int rows) {
  const int hidden = layout_.hidden, input_stride = static_cast<int>(input_stride_), colour_stride = static_cast<int>(colour_stride_);
  // out = in * weights, or what was there + in * weights.
  const auto multiply = [&](int index, int first_input, int inputs, const float* in, int in_stride, float* out, int out_stride, bool add) {
    const DenseLayer& layer = field.nerf[static_cast<std::size_t>(index)];
    matrix_multiply(rows, layer.outputs, inputs, in, in_stride, 1,
                    layer.weights.data() + static_cast<std::ptrdiff_t>(first_input) * layer.outputs, layer.outputs, out, out_stride, add);
  };
  const auto layer_of = [&](int index) -> const DenseLayer& { return field.nerf[static_cast<std::size_t>(index)]; };

  // Density trunk.
  for (int l = 0; l < layout_.trunk_layers; ++l) {
    float* out = trunk_[static_cast<std::size_t>(l)].data();
    const bool reads_input = l == 0 || l == NerfLayout::kSkipLayer;
    if (reads_input) multiply(l, 0, layout_.inputs, input_.data(), input_stride, out, hidden, false);
    if (l > 0) {
      multiply(l, reads_input ? layout_.inputs : 0, hidden, trunk_[static_cast<std::size_t>(l - 1)].data(), hidden, out, hidden,
               reads_input);
    }
    bias_relu(rows, hidden, layer_of(l).bias.data(), out);
  }

  // Density and feature heads.
  const float* trunk = trunk_.back().data();
  multiply(layout_.density_head(), 0, hidden, trunk, hidden, density_output_.data(), kPadding, false);
  bias_relu(rows, kPadding, layer_of(layout_.density_head()).bias.data(), density_output_.data());
  for (int r = 0; r < rows; ++r)
    densities_[static_cast<std::size_t>(r)] = density_scale_ * density_output_[static_cast<std::size_t>(r * kPadding)];
  multiply(layout_.feature_head(), 0, hidden, trunk, hidden, colour_input_.data(), colour_stride, false);
  add_bias(rows, layer_of(layout_.feature_head()), colour_input_.data(), colour_stride);

  // Colour trunk.
  multiply(layout_.colour(0), 0, layout_.colour_inputs, colour_input_.data(), colour_stride, colour0_.data(), kColourHidden, false);
  bias_relu(rows, kColourHidden, layer_of(layout_.colour(0)).bias.data(), colour0_.data());
  multiply(layout_.colour(1), 0, kColourHidden, colour0_.data(), kColourHidden, colour1_.data(), kColourHidden, false);
  bias_relu(rows, kColourHidden, layer_of(layout_.colour(1)).bias.data(), colour1_.data());
  multiply(layout_.colour(2), 0, kColourHidden, colour1_.data(), kColourHidden, colour_output_.data(), kPadding, false);
  add_bias(rows, layer_of(layout_.colour(2)), colour_output_.data(), kPadding);
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < 3; ++c)
      colours_[static_cast<std::size_t>(r * 3 + c)] = sigmoid(colour_output_[static_cast<std::size_t>(r * kPadding + c)]);
  }
}

void NerfBranch::backward(const Field& field, const NerfTransposed& transposed, int rows, const float* density_gradients,
                          const float* colour_gradients, NerfGradient* gradient) {
  const int hidden = layout_.hidden, colour_stride = static_cast<int>(colour_stride_);
  const auto back = [&](int index) { return transposed.layers[static_cast<std::size_t>(index)].weights.data(); };
  for (int r = 0; r < rows; ++r) {
    float* by_output = output_gradients_.data() + static_cast<std::ptrdiff_t>(r) * kPadding;
    float* by_density = density_gradients_.data() + static_cast<std::ptrdiff_t>(r) * kPadding;
    std::fill_n(by_output, kPadding, 0.0F);
    std::fill_n(by_density, kPadding, 0.0F);
    for (int c = 0; c < 3; ++c) {
      const float colour = colours_[static_cast<std::size_t>(r * 3 + c)];
      by_output[c] = colour_gradients[r * 3 + c] * colour * (1.0F - colour);
    }
    if (densities_[static_cast<std::size_t>(r)] > 0) by_density[0] = density_gradients[r] * density_scale_;
  }

  // Colour trunk.
  matrix_multiply(rows, kColourHidden, kPadding, output_gradients_.data(), kPadding, 1, back(layout_.colour(2)), kColourHidden,
                  colour1_gradients_.data(), kColourHidden, false);
  relu_backward(static_cast<std::int64_t>(rows) * kColourHidden, colour1_.data(), colour1_gradients_.data());
  matrix_multiply(rows, kColourHidden, kColourHidden, colour1_gradients_.data(), kColourHidden, 1, back(layout_.colour(1)), kColourHidden,
                  colour0_gradients_.data(), kColourHidden, false);
  relu_backward(static_cast<std::int64_t>(rows) * kColourHidden, colour0_.data(), colour0_gradients_.data());
  matrix_multiply(rows, colour_stride, kColourHidden, colour0_gradients_.data(), kColourHidden, 1, back(layout_.colour(0)), colour_stride,
                  colour_input_gradients_.data(), colour_stride, false);

  // Both heads lead to the end of the trunk.
  matrix_multiply(rows, hidden, hidden, colour_input_gradients_.data(), colour_stride, 1, back(layout_.feature_head()), hidden,
                  trunk_gradients_.data(), hidden, false);
  matrix_multiply(rows, hidden, 1, density_gradients_.data(), kPadding, 1, back(layout_.density_head()), hidden, trunk_gradients_.data(),
                  hidden, true);

  if (gradient != nullptr) {
    const auto add = [&](int index, int inputs, const float* in, int in_stride, const float* out, int out_stride) {
      NerfGradient::Layer& layer = gradient->layers[static_cast<std::size_t>(index)];
      add_weight_gradient(rows, in, in_stride, inputs, 0, out, out_stride, layout_.layer_outputs(index), layer);
      add_bias_gradient(rows, out, out_stride, layer);
    };
    add(layout_.colour(2), kColourHidden, colour1_.data(), kColourHidden, output_gradients_.data(), kPadding);
    add(layout_.colour(1), kColourHidden, colour0_.data(), kColourHidden, colour1_gradients_.data(), kColourHidden);
    add(layout_.colour(0), layout_.colour_inputs, colour_input_.data(), colour_stride, colour0_gradients_.data(), kColourHidden);
    add(layout_.feature_head(), hidden, trunk_.back().data(), hidden, colour_input_gradients_.data(), colour_stride);
    add(layout_.density_head(), hidden, trunk_.back().data(), hidden, density_gradients_.data(), kPadding);
  }
  backward_trunk(field, transposed, rows, gradient);
}

// From the gradients of the trunk's last outputs down to the grid part of the input.
void NerfBranch::backward_trunk(const Field& field, const NerfTransposed& transposed, int rows, NerfGradient* gradient) {
  const int hidden = layout_.hidden, input_stride = static_cast<int>(input_stride_), grid_stride = static_cast<int>(grid_stride_);
  bool grid_begun = false;
  for (int l = layout_.trunk_layers - 1; l >= 0; --l) {
    const NerfTransposed::Layer& back = transposed.layers[static_cast<std::size_t>(l)];
    const bool reads_input = l == 0 || l == NerfLayout::kSkipLayer;
    const float* before = l > 0 ? trunk_[static_cast<std::size_t>(l - 1)].data() : nullptr;
    relu_backward(static_cast<std::int64_t>(rows) * hidden, trunk_[static_cast<std::size_t>(l)].data(), trunk_gradients_.data());
    if (gradient != nullptr) {
      NerfGradient::Layer& layer = gradient->layers[static_cast<std::size_t>(l)];
      const int first_hidden = field.nerf[static_cast<std::size_t>(l)].inputs - hidden;
      if (reads_input)
        add_weight_gradient(rows, input_.data(), input_stride, layout_.inputs, 0, trunk_gradients_.data(), hidden, hidden, layer);
      if (l > 0) add_weight_gradient(rows, before, hidden, hidden, first_hidden, trunk_gradients_.data(), hidden, hidden, layer);
      add_bias_gradient(rows, trunk_gradients_.data(), hidden, layer);
    }
    if (reads_input) {
      matrix_multiply(rows, grid_stride, hidden, trunk_gradients_.data(), hidden, 1, back.grid.data(), grid_stride, grid_gradients_.data(),
                      grid_stride, grid_begun);
      grid_begun = true;
    }
    if (l == 0) break;
    matrix_multiply(rows, hidden, hidden, trunk_gradients_.data(), hidden, 1, back.weights.data(), hidden, trunk_gradients_before_.data(),
                    hidden, false);
    trunk_gradients_.swap(trunk_gradients_before_);
  }
}

float composite_branch(const float* densities, int count, float step, bool opaque_last, float* weights) {
  float transmittance = 1;
  for (int k = 0; k < count; ++k) {
    weights[k] = opaque_last && k == count - 1 ? transmittance : transmittance * interval_opacity(densities[k], step);
    transmittance -= weights[k];
  }
  return transmittance;
}

}  // namespace skyline::nerf
