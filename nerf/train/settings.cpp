#include "nerf/train/trainer.h"

namespace skyline::nerf {

void register_parameters(core::ParameterSet& set, TrainSettings& s) {
  set.add("minutes", s.minutes, {.help = "training time; the schedule is stretched to it", .unit = "min", .low = 0.01, .high = 100000});
  set.add("steps", s.steps, {.help = "train exactly this many steps instead (repeats bit for bit)", .low = 0});
  set.add("batch-rays", s.batch_rays, {.help = "rays a step", .low = 128, .high = 1048576});
  set.add("seed", s.seed, {.help = "of every random choice", .low = 0});
  set.add("train-decode", s.decode,
          {.help = "how training composes colour: once a ray or once a sample", .choices = {"deferred", "sample"}});
  set.add("rate-planes", s.rate_planes,
          {.help = "initial learning rate of planes, volume and surroundings", .low = 0, .high = 1, .source = "GridNeRF: 0.02"});
  set.add("rate-decoder", s.rate_decoder,
          {.help = "initial learning rate of lines and decoder", .low = 0, .high = 1, .source = "GridNeRF: 1e-3"});
  set.add("rate-codes", s.rate_codes, {.help = "initial learning rate of codes, exposures and vignetting", .low = 0, .high = 1});
  set.add("rate-nerf", s.rate_nerf, {.help = "initial learning rate of the NeRF branch", .low = 0, .high = 1, .source = "GridNeRF: 5e-4"});
  set.add("final-rate", s.final_rate, {.help = "share of the initial rates that is left at the end", .low = 0, .high = 1});
  set.add("loss", s.loss, {.help = "colour loss", .choices = {"charbonnier", "mse"}});
  set.add("charbonnier-epsilon", s.charbonnier_epsilon,
          {.help = "colour difference below which the loss is quadratic", .low = 1e-6, .high = 1});
  set.add("weight-tv", s.weight_tv, {.help = "total variation of the planes", .low = 0});
  set.add("weight-l1", s.weight_l1, {.help = "mean absolute value of the density planes", .low = 0});
  set.add("weight-distortion", s.weight_distortion, {.help = "spread of the weights along a ray (mip-NeRF 360)", .low = 0});
  set.add("weight-entropy", s.weight_entropy, {.help = "entropy of the weights along a ray, second half of the training", .low = 0});
  set.add("weight-code", s.weight_code, {.help = "decay of codes, exposures and vignetting", .low = 0});
  set.add("code-dropout", s.code_dropout, {.help = "share of rays trained with the mean code", .low = 0, .high = 1});
  set.add("direction-dropout", s.direction_dropout,
          {.help = "share of rays trained with less or nothing of the view direction", .low = 0, .high = 1});
  set.add("level2-start", s.level2_start, {.help = "share of the training at which the second level joins", .low = 0, .high = 1});
  set.add("level3-start", s.level3_start, {.help = "share of the training at which the third level joins", .low = 0, .high = 1});
  set.add("occupancy-opacity", s.occupancy_opacity, {.help = "opacity over one texel below which a cell is skipped", .low = 0, .high = 1});
  set.add("level-dropout", s.level_dropout, {.help = "share of rays trained with the coarse levels only", .low = 0, .high = 1});
  set.add("local-slab", s.local_slab, {.help = "begin with the heights that the sparse points allow in each place"});
  set.add("credit", s.credit, {.help = "attribution of the photos, kept in the scene file"});
  set.add("encoding", s.encoding, {.help = "numbers of planes and volume in the file", .choices = {"float32", "float16", "int8", "int6"}});
  set.add("nerf-start", s.nerf_start, {.help = "share of the training at which the NeRF branch joins", .low = 0, .high = 1});
  set.add("checkpoint-minutes", s.checkpoint_minutes, {.help = "time between check-points", .unit = "min", .low = 0.01});
}

}  // namespace skyline::nerf
