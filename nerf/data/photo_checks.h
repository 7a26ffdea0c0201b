// What can be seen to be wrong with photos before a training: missing, unreadable, blurred, out of place.
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "nerf/data/dataset.h"

#include <string>
#include <vector>

namespace skyline::nerf {

struct PhotoCheck {
  enum class Verdict : std::uint8_t { kGood, kBlurred, kOutOfPlace, kUnreadable };
  Verdict verdict = Verdict::kGood;
  double sharpness = 0;  // variance of the Laplacian of a reduced grey picture, relative to the median of its neighbours in time
  std::string reason;    // one sentence for a person; empty when good
};

// One check a photo. `out of place`: a pose far from its neighbours in name order, or one that sees none of the sparse points.
// Decodes reduced photos in parallel; stops within 200 ms when asked to.
core::Result<std::vector<PhotoCheck>> check_photos(const Dataset& dataset, core::Progress& progress);

}  // namespace skyline::nerf
