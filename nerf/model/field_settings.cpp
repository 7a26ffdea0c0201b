#include "nerf/model/field_settings.h"

namespace skyline::nerf {

void register_parameters(core::ParameterSet& set, FieldSettings& s) {
  set.add("levels", s.levels,
          {.help = "plane levels, each twice as fine as the one before", .low = 1, .high = 3, .source = "GridNeRF: x1, x2, x4"});
  set.add("density-channels", s.density_channels, {.help = "density channels of a level", .low = 1, .high = 64, .source = "GridNeRF: 16"});
  set.add("appearance-channels", s.appearance_channels, {.help = "appearance channels of a level", .low = 1, .high = 128});
  set.add("volume-channels", s.volume_channels,
          {.help = "channels of the 3-D grid that carries facades; 0 turns it off", .low = 0, .high = 32});
  set.add("texel", s.texel, {.help = "finest texel; 0 derives it from the ground sampling distance", .unit = "world units", .low = 0});
  set.add("volume-cell", s.volume_cell,
          {.help = "edge of a cell of the 3-D grid; 0 derives it from the texel", .unit = "world units", .low = 0});
  set.add("step-texels", s.step_texels, {.help = "distance between samples along a ray, in finest texels", .low = 0.1, .high = 16});
  set.add("features", s.features, {.help = "numbers the decoder sees of a point", .low = 3, .high = 128, .source = "GridNeRF: 27"});
  set.add("hidden", s.hidden, {.help = "width of the decoder's hidden layers", .low = 16, .high = 256, .source = "GridNeRF: 128"});
  set.add("direction-frequencies", s.direction_frequencies,
          {.help = "frequencies of the view direction", .low = 0, .high = 6, .source = "GridNeRF: 2"});
  set.add("code-size", s.code_size, {.help = "numbers in a photo's appearance code", .low = 1, .high = 128, .source = "GridNeRF: 48"});
  set.add("codes", s.codes, {.help = "appearance code per photo, with its exposure", .choices = {"auto", "on", "off"}});
  set.add("exposure", s.exposure, {.help = "three gains per photo beside its appearance code"});
  set.add("vignetting", s.vignetting, {.help = "radial light fall-off per lens"});
  set.add("sky", s.sky, {.help = "directional colour behind the scene"});
  set.add("surroundings", s.surroundings, {.help = "coarse ground outside of the scene box"});
  set.add("surroundings-size", s.surroundings_size, {.help = "texels along a side of the surroundings", .low = 8, .high = 4096});
  set.add("density-activation", s.density_activation, {.help = "from summed products to density", .choices = {"exp", "softplus", "relu"}});
  set.add("blocks-x", s.blocks_x, {.help = "blocks along x", .low = 1, .high = 64});
  set.add("blocks-y", s.blocks_y, {.help = "blocks along y", .low = 1, .high = 64});
  set.add("nerf-branch", s.nerf_branch, {.help = "train the NeRF branch beside the grid"});
  set.add("nerf-hidden", s.nerf_hidden, {.help = "width of the NeRF branch", .low = 16, .high = 512, .source = "GridNeRF: 128"});
  set.add("nerf-layers", s.nerf_layers,
          {.help = "layers of the NeRF branch's density trunk", .low = 2, .high = 12, .source = "GridNeRF: 6"});
  set.add("nerf-frequencies", s.nerf_frequencies,
          {.help = "frequencies of the NeRF branch's position", .low = 1, .high = 20, .source = "GridNeRF: 16"});
}

}  // namespace skyline::nerf
