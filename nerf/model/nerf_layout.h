// Where the NeRF branch keeps what: the layers in Field::nerf, and the rows that go into them.
//
//   input    [position encoding | density sum of the grid | its appearance features]
//   trunk    `trunk_layers` layers of `hidden` numbers with ReLU; layer kSkipLayer reads [input | the layer before]
//   heads    density (1 number, ReLU) and features (`hidden` numbers, linear), both from the trunk's end
//   colour   [features | direction encoding | code] -> kColourHidden ReLU -> kColourHidden ReLU -> 3 sigmoid
//
// As GridNeRF's nerf_branch.py, with positions relative to the scene box instead of world units, and the grid's density as one number.
#pragma once

#include "nerf/model/field.h"

namespace skyline::nerf {

struct NerfLayout {
  static constexpr int kSkipLayer = 4;
  static constexpr int kColourHidden = 64;
  // Samples of a ray that the branch evaluates at most: the first ones that the grid shades.
  static constexpr int kSamplesPerRay = 32;

  int trunk_layers, hidden;  // hidden: padded
  int grid_at;               // in the input: density sum of the grid, then its features
  int inputs;                // of the trunk
  int direction_at, code_at, colour_inputs;

  explicit NerfLayout(const Field& field)
      : trunk_layers(field.settings.nerf_layers),
        hidden(padded(field.settings.nerf_hidden, kChannelPadding)),
        grid_at(3 + 6 * field.settings.nerf_frequencies),
        inputs(grid_at + 1 + field.feature_count()),
        direction_at(hidden),
        code_at(direction_at + field.direction_size()),
        colour_inputs(code_at + field.code_size()) {}

  // Indices into Field::nerf; the trunk comes first.
  int density_head() const { return trunk_layers; }
  int feature_head() const { return trunk_layers + 1; }
  int colour(int layer) const { return trunk_layers + 2 + layer; }
  int layer_count() const { return trunk_layers + 5; }

  int layer_inputs(int layer) const {
    if (layer == 0) return inputs;
    if (layer < trunk_layers) return layer == kSkipLayer ? inputs + hidden : hidden;
    if (layer <= feature_head()) return hidden;
    return layer == colour(0) ? colour_inputs : kColourHidden;
  }
  int layer_outputs(int layer) const {  // padded
    if (layer == density_head() || layer == colour(2)) return kChannelPadding;
    return layer < colour(0) ? hidden : kColourHidden;
  }
  // False when the field has no branch, or one that other settings made.
  bool fits(const Field& field) const {
    if (static_cast<int>(field.nerf.size()) != layer_count()) return false;
    for (int i = 0; i < layer_count(); ++i) {
      const DenseLayer& layer = field.nerf[static_cast<std::size_t>(i)];
      if (layer.inputs != layer_inputs(i) || layer.outputs != layer_outputs(i)) return false;
    }
    return true;
  }
};

}  // namespace skyline::nerf
