// The shape of a field: what a person may choose before training. Stored in every .sky file.
#pragma once

#include "core/parameters.h"

#include <string>

namespace skyline::nerf {

struct FieldSettings {
  int levels = 3;                 // planes and lines at x1, x2, x4
  int density_channels = 8;       // per level
  int appearance_channels = 8;    // per level
  int volume_channels = 8;        // facade capacity: dense 3-D grid, channel 0 adds to the density, the rest to appearance; 0 = off
  double texel = 0;               // finest texel in world units; 0 = from the ground sampling distance
  double volume_cell = 0;         // edge of a volume cell in world units; 0 = from `texel`
  double step_texels = 3.0;       // distance between samples along a ray, in finest texels; samples are jittered in training
  int features = 27;              // what the decoder sees of a point
  int hidden = 64;                // width of the decoder's two hidden layers
  int direction_frequencies = 2;  // view direction: d, sin(2^k d), cos(2^k d), k < frequencies
  int code_size = 48;             // appearance code per photo
  std::string codes = "auto";     // auto | on | off: per-photo codes and exposure; auto = on when the photos show several lightings
  bool exposure = true;           // where there are codes: three log gains per photo beside the code
  bool vignetting = true;         // one radial polynomial per lens
  bool sky = true;                // directional colour behind everything
  bool surroundings = true;       // ground outside of the box
  int surroundings_size = 128;    // texels along a side of the contracted ground plane
  std::string density_activation = "exp";  // exp | softplus | relu
  int blocks_x = 1, blocks_y = 1;
  bool nerf_branch = false;  // second branch: positional MLP fed with grid features
  int nerf_hidden = 128;
  int nerf_layers = 6;
  int nerf_frequencies = 16;
};

void register_parameters(core::ParameterSet& set, FieldSettings& settings);

}  // namespace skyline::nerf
