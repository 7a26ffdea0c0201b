#include "nerf/cpu/decoder_batch.h"

#include "nerf/cpu/kernels.h"
#include "nerf/maths/field_maths.h"

#include <algorithm>

namespace skyline::nerf {
namespace {

std::vector<float> transposed_of(const DenseLayer& layer, int padded_inputs) {
  std::vector<float> out(static_cast<std::size_t>(layer.outputs) * static_cast<std::size_t>(padded_inputs), 0.0F);
  for (int i = 0; i < layer.inputs; ++i) {
    for (int o = 0; o < layer.outputs; ++o) {
      out[static_cast<std::size_t>(o) * static_cast<std::size_t>(padded_inputs) + static_cast<std::size_t>(i)] =
          layer.weights[static_cast<std::size_t>(i) * static_cast<std::size_t>(layer.outputs) + static_cast<std::size_t>(o)];
    }
  }
  return out;
}

void add_column_sums(int rows, int columns, const float* values, std::vector<float>& sums) {
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) sums[static_cast<std::size_t>(c)] += values[static_cast<std::ptrdiff_t>(r) * columns + c];
  }
}

}  // namespace

DecoderGradient::DecoderGradient(const Field& field)
    : basis(field.decoder.basis.weights.size()),
      weights0(field.decoder.layer0.weights.size()),
      bias0(field.decoder.layer0.bias.size()),
      weights1(field.decoder.layer1.weights.size()),
      bias1(field.decoder.layer1.bias.size()),
      weights2(field.decoder.layer2.weights.size()),
      bias2(field.decoder.layer2.bias.size()) {}

std::vector<std::span<float>> DecoderGradient::spans() { return {basis, weights0, bias0, weights1, bias1, weights2, bias2}; }

void DecoderGradient::clear() {
  for (const std::span<float> part : spans()) std::fill(part.begin(), part.end(), 0.0F);
}

void DecoderGradient::add(const DecoderGradient& other) {
  auto own = spans();
  const auto theirs = const_cast<DecoderGradient&>(other).spans();
  for (std::size_t p = 0; p < own.size(); ++p) {
    for (std::size_t i = 0; i < own[p].size(); ++i) own[p][i] += theirs[p][i];
  }
}

void DecoderTransposed::update(const Field& field) {
  basis = transposed_of(field.decoder.basis, padded(field.decoder.basis.inputs, kChannelPadding));
  weights0 = transposed_of(field.decoder.layer0, padded(field.decoder.layer0.inputs, kChannelPadding));
  weights1 = transposed_of(field.decoder.layer1, field.decoder.layer1.inputs);
  weights2 = transposed_of(field.decoder.layer2, field.decoder.layer2.inputs);
}

DecoderBatch::DecoderBatch(const Field& field, int capacity)
    : capacity_(capacity),
      feature_stride_(padded(field.feature_count(), kChannelPadding)),
      inputs_(padded(field.decoder.layer0.inputs, kChannelPadding)),
      hidden_(field.decoder.layer1.inputs),
      code_at_(field.decoder_features() + field.direction_size()),
      direction_at_(field.decoder_features()),
      code_size_(field.code_size()) {
  const auto rows = static_cast<std::size_t>(capacity);
  const auto hidden = static_cast<std::size_t>(hidden_);
  features_.resize(rows * static_cast<std::size_t>(feature_stride_));
  background_.resize(rows * static_cast<std::size_t>(field.decoder_features()));
  input_.resize(rows * static_cast<std::size_t>(inputs_));
  hidden0_.resize(rows * hidden);
  hidden1_.resize(rows * hidden);
  output_.resize(rows * kChannelPadding);
  colours_.resize(rows * 3);
  output_gradients_.resize(rows * kChannelPadding);
  hidden1_gradients_.resize(rows * hidden);
  hidden0_gradients_.resize(rows * hidden);
  input_gradients_.resize(rows * static_cast<std::size_t>(inputs_));
  feature_gradients_.resize(rows * static_cast<std::size_t>(feature_stride_));
}

void DecoderBatch::set_view(int row, const float* encoded, const float* code) {
  float* input = input_.data() + static_cast<std::ptrdiff_t>(row) * inputs_;
  std::copy(encoded, encoded + (code_at_ - direction_at_), input + direction_at_);
  if (code != nullptr) std::copy(code, code + code_size_, input + code_at_);
}

void DecoderBatch::forward(const Field& field, int rows) {
  const Decoder& decoder = field.decoder;
  const int features = field.decoder_features();
  for (int r = 0; r < rows; ++r) {
    std::copy_n(background_.data() + static_cast<std::ptrdiff_t>(r) * features, features,
                input_.data() + static_cast<std::ptrdiff_t>(r) * inputs_);
  }
  matrix_multiply(rows, features, decoder.basis.inputs, features_.data(), feature_stride_, 1, decoder.basis.weights.data(),
                  decoder.basis.outputs, input_.data(), inputs_, true);
  matrix_multiply(rows, hidden_, decoder.layer0.inputs, input_.data(), inputs_, 1, decoder.layer0.weights.data(), hidden_, hidden0_.data(),
                  hidden_, false);
  bias_relu(rows, hidden_, decoder.layer0.bias.data(), hidden0_.data());
  matrix_multiply(rows, hidden_, hidden_, hidden0_.data(), hidden_, 1, decoder.layer1.weights.data(), hidden_, hidden1_.data(), hidden_,
                  false);
  bias_relu(rows, hidden_, decoder.layer1.bias.data(), hidden1_.data());
  matrix_multiply(rows, kChannelPadding, hidden_, hidden1_.data(), hidden_, 1, decoder.layer2.weights.data(), kChannelPadding,
                  output_.data(), kChannelPadding, false);
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < 3; ++c) {
      colours_[static_cast<std::size_t>(r * 3 + c)] =
          sigmoid(output_[static_cast<std::size_t>(r * kChannelPadding + c)] + decoder.layer2.bias[static_cast<std::size_t>(c)]);
    }
  }
}

void DecoderBatch::backward(const Field& field, const DecoderTransposed& transposed, int rows, const float* colour_gradients,
                            DecoderGradient* gradient) {
  const Decoder& decoder = field.decoder;
  const int features = field.decoder_features();
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < kChannelPadding; ++c) {
      float g = 0;
      if (c < 3) {
        const float colour = colours_[static_cast<std::size_t>(r * 3 + c)];
        g = colour_gradients[r * 3 + c] * colour * (1.0F - colour);
      }
      output_gradients_[static_cast<std::size_t>(r * kChannelPadding + c)] = g;
    }
  }
  matrix_multiply(rows, hidden_, kChannelPadding, output_gradients_.data(), kChannelPadding, 1, transposed.weights2.data(), hidden_,
                  hidden1_gradients_.data(), hidden_, false);
  relu_backward(static_cast<std::int64_t>(rows) * hidden_, hidden1_.data(), hidden1_gradients_.data());
  matrix_multiply(rows, hidden_, hidden_, hidden1_gradients_.data(), hidden_, 1, transposed.weights1.data(), hidden_,
                  hidden0_gradients_.data(), hidden_, false);
  relu_backward(static_cast<std::int64_t>(rows) * hidden_, hidden0_.data(), hidden0_gradients_.data());
  matrix_multiply(rows, inputs_, hidden_, hidden0_gradients_.data(), hidden_, 1, transposed.weights0.data(), inputs_,
                  input_gradients_.data(), inputs_, false);
  matrix_multiply(rows, feature_stride_, features, input_gradients_.data(), inputs_, 1, transposed.basis.data(), feature_stride_,
                  feature_gradients_.data(), feature_stride_, false);
  if (gradient == nullptr) return;
  matrix_multiply(hidden_, kChannelPadding, rows, hidden1_.data(), 1, hidden_, output_gradients_.data(), kChannelPadding,
                  gradient->weights2.data(), kChannelPadding, true);
  add_column_sums(rows, kChannelPadding, output_gradients_.data(), gradient->bias2);
  matrix_multiply(hidden_, hidden_, rows, hidden0_.data(), 1, hidden_, hidden1_gradients_.data(), hidden_, gradient->weights1.data(),
                  hidden_, true);
  add_column_sums(rows, hidden_, hidden1_gradients_.data(), gradient->bias1);
  matrix_multiply(decoder.layer0.inputs, hidden_, rows, input_.data(), 1, inputs_, hidden0_gradients_.data(), hidden_,
                  gradient->weights0.data(), hidden_, true);
  add_column_sums(rows, hidden_, hidden0_gradients_.data(), gradient->bias0);
  // The basis: its output gradient is the feature part of the input gradient, rows `inputs_` apart.
  matrix_multiply(decoder.basis.inputs, features, rows, features_.data(), 1, feature_stride_, input_gradients_.data(), inputs_,
                  gradient->basis.data(), features, true);
}

}  // namespace skyline::nerf
