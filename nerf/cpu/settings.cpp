#include "nerf/cpu/renderer.h"

namespace skyline::nerf {

void register_parameters(core::ParameterSet& set, RenderSettings& s) {
  set.add("decode", s.decode, {.help = "decode colour once a pixel or once a sample", .choices = {"deferred", "sample"}});
  set.add("branch", s.branch, {.help = "which branch is shown", .choices = {"grid", "nerf"}});
  set.add("precision", s.precision, {.help = "numbers of planes and volume while looking", .choices = {"float", "half"}});
  set.add("step", s.step, {.help = "distance between samples; 0 = as in training", .unit = "world units", .low = 0});
  set.add("stop-transmittance", s.stop_transmittance, {.help = "a ray ends when less light than this is left", .low = 0, .high = 0.5});
  set.add("colour-threshold", s.colour_threshold,
          {.help = "samples of a lower weight are not shaded", .low = 0, .high = 0.1, .source = "GridNeRF: 1e-3"});
  set.add("footprint", s.footprint,
          {.help = "texels of a level that a pixel may cover before the level is left out there; 0 = any number", .low = 0});
  set.add("render-levels", s.levels, {.help = "plane levels to use; 0 = all", .low = 0, .high = 3});
  set.add("code", s.code, {.help = "photo whose appearance is used; -1 = the mean", .low = -1});
  set.add("render-vignetting", s.vignetting, {.help = "darken towards the corners as the photos' lens does"});
}

}  // namespace skyline::nerf
