// What can be seen to be wrong with photos before a training: unreadable, blurred, out of place.
//
// Photos that are missing are found by load_dataset, which refuses them or, with skip_unusable, leaves them out and says so.
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "nerf/data/dataset.h"

#include <cstdint>
#include <string>
#include <vector>

namespace skyline::nerf {

struct PhotoCheck {
  enum class Verdict : std::uint8_t { kGood, kBlurred, kOutOfPlace, kUnreadable };
  Verdict verdict = Verdict::kGood;
  double sharpness = 0;  // of the picture (see below), relative to the median of its neighbours in name order; 0 when unreadable
  std::string reason;    // one sentence for a person; empty when good

  // Whether training is better off without it: a blurred photo still teaches, the others do harm.
  bool usable() const { return verdict == Verdict::kGood || verdict == Verdict::kBlurred; }
};

// One check a photo. `out of place`: a pose far from its neighbours in name order and from every other, or one that sees none of the
// sparse points. Decodes photos in parallel; stops within 200 ms when asked to (an Error with `stopped`).
core::Result<std::vector<PhotoCheck>> check_photos(const Dataset& dataset, core::Progress& progress);

// Sharpness of one picture: the variance of the Laplacian of its grey values (Pech-Pacheco et al. 2000, "Diatom autofocusing in brightfield
// microscopy") at a width of at most 640 pixels, by the same at a quarter of that width. The quotient knows neither exposure nor how much
// there is to see: over 116 kite photos of a city in three lightings it is 0.42 to 1.5 of the neighbours' median, after a Gaussian blur of
// 1.5 pixels at a width of 822 at most 0.22. Only to be compared among photos of one camera.
double sharpness_of(const core::Image& image);

}  // namespace skyline::nerf
