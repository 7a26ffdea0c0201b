// The decoder over batches of rows, forward and backward.
//
// Input of a row: accumulated features [feature_count] (through the basis) or features of the background [decoder_features], view
// direction, code. A DecoderBatch is scratch memory for at most `capacity` rows; use one per thread.
#pragma once

#include "nerf/model/field.h"

#include <span>
#include <vector>

namespace skyline::nerf {

// Gradient of the decoder's numbers, same layout as its buffers.
struct DecoderGradient {
  std::vector<float> basis, weights0, bias0, weights1, bias1, weights2, bias2;
  explicit DecoderGradient(const Field& field);
  void clear();
  void add(const DecoderGradient& other);
  // In the order of the field's parameter groups: basis, weights0, bias0, weights1, bias1, weights2, bias2.
  std::vector<std::span<float>> spans();
};

// Transposed weights for the backward pass; rebuilt after each change of the decoder.
struct DecoderTransposed {
  std::vector<float> basis;     // [decoder_features, feature_count padded]
  std::vector<float> weights0;  // [hidden, inputs padded]
  std::vector<float> weights1;  // [hidden, hidden]
  std::vector<float> weights2;  // [outputs, hidden]
  void update(const Field& field);
};

class DecoderBatch {
 public:
  DecoderBatch(const Field& field, int capacity);

  int input_stride() const { return inputs_; }
  int feature_stride() const { return feature_stride_; }
  // [capacity, feature_stride()] accumulated features; the caller fills the first feature_count numbers of a row.
  float* features() { return features_.data(); }
  // [capacity, decoder_features] added to basis^T features; the caller fills or zeroes it.
  float* background() { return background_.data(); }
  // Sets the direction and code part of a row's input. `encoded` [direction_size]; `code` [code_size] or null.
  void set_view(int row, const float* encoded, const float* code);

  // Colours [rows, 3] (after the sigmoid).
  void forward(const Field& field, int rows);
  const float* colours() const { return colours_.data(); }

  // From d loss / d colour [rows, 3]: fills feature_gradients() [rows, feature_stride()], background_gradients() [rows, decoder_features]
  // and code_gradient(row); adds the weights' gradients to `gradient` unless it is null.
  void backward(const Field& field, const DecoderTransposed& transposed, int rows, const float* colour_gradients,
                DecoderGradient* gradient);
  const float* feature_gradients() const { return feature_gradients_.data(); }
  const float* background_gradients(int row) const { return input_gradients_.data() + static_cast<std::ptrdiff_t>(row) * inputs_; }
  const float* code_gradient(int row) const { return input_gradients_.data() + static_cast<std::ptrdiff_t>(row) * inputs_ + code_at_; }

 private:
  int capacity_, feature_stride_, inputs_, hidden_, code_at_, direction_at_, code_size_;
  std::vector<float> features_, background_, input_, hidden0_, hidden1_, output_, colours_;
  std::vector<float> output_gradients_, hidden1_gradients_, hidden0_gradients_, input_gradients_, feature_gradients_;
};

}  // namespace skyline::nerf
