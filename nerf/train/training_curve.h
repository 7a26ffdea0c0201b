// Loss and PSNR over the training time, thinned so that a long training keeps few points.
#pragma once

#include "nerf/train/trainer.h"

#include <cstddef>
#include <vector>

namespace skyline::nerf {

// A point of the curves.
struct TrainingPoint {
  double seconds = 0;  // of training
  double loss = 0;     // mean over recent batches
  double psnr = 0;     // of recent training rays
};

class TrainingCurve {
 public:
  // Keeps the point when enough time has gone by since the last one; halves the points when there are kMost.
  void add(const TrainStats& stats) {
    if (!points_.empty() && stats.seconds < points_.back().seconds + interval_) return;
    points_.push_back({stats.seconds, stats.loss, stats.psnr});
    if (points_.size() < kMost) return;
    for (std::size_t i = 0; 2 * i < points_.size(); ++i) points_[i] = points_[2 * i];
    points_.resize((points_.size() + 1) / 2);
    interval_ *= 2;
  }
  const std::vector<TrainingPoint>& points() const { return points_; }

  static constexpr std::size_t kMost = 2000;

 private:
  double interval_ = 0.1;  // seconds
  std::vector<TrainingPoint> points_;
};

}  // namespace skyline::nerf
