// The error of each training photo while the field learns: now and then one photo, in turn, as a small picture.
#pragma once

#include "core/result.h"
#include "nerf/model/field.h"
#include "nerf/train/trainer.h"

#include <vector>

namespace skyline::nerf {

struct PhotoError {
  double psnr = -1;  // of a small rendered picture against the photo, -1: not measured yet
  std::int64_t step = 0;
};

class PhotoErrorMeter {
 public:
  explicit PhotoErrorMeter(int photos) : errors_(static_cast<std::size_t>(photos)) {}

  // Whether the next photo may be measured: about once a second of training, and never more than kShare of its time.
  bool due(double training_seconds) const { return training_seconds >= next_; }
  // Renders the next photo's view at kWidth pixels, with its own light and lens, and compares. Reads the field only.
  core::Status measure(const Trainer& trainer);
  const std::vector<PhotoError>& errors() const { return errors_; }

  static constexpr int kWidth = 64;       // pixels
  static constexpr double kShare = 0.03;  // of the training time
  static constexpr double kInterval = 1;  // seconds of training

 private:
  std::vector<PhotoError> errors_;
  std::size_t photo_ = 0;  // the next one
  double next_ = 0;
};

}  // namespace skyline::nerf
