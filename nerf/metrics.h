// Picture metrics, one implementation for all: PSNR, SSIM, and the split of an error into a slow and a fine band.
#pragma once

#include "core/image.h"
#include "core/result.h"

namespace skyline::nerf {

// Columns [begin, end) of the picture are compared; end 0 = width.
struct MetricWindow {
  int begin = 0;
  int end = 0;
};

// 10 log10(1 / mean squared error) over all channels of [0, 1] pictures; 99 for identical ones. Sizes must match (programming error
// otherwise).
double psnr(const core::FloatImage& picture, const core::FloatImage& truth, MetricWindow window = {});

// Mean structural similarity, Wang et al. 2004: 11 x 11 Gaussian window of sigma 1.5, K1 = 0.01, K2 = 0.03, dynamic range 1, over each
// colour channel, then the mean; only positions where the whole window fits. A picture smaller than the window is compared by the largest
// odd window that fits.
double ssim(const core::FloatImage& picture, const core::FloatImage& truth, MetricWindow window = {});

// PSNR of the low-passed error (Gaussian, sigma 8 pixels, mirrored borders) and of the rest.
struct BandPsnr {
  double slow = 0;
  double fine = 0;
};
BandPsnr band_psnr(const core::FloatImage& picture, const core::FloatImage& truth);

}  // namespace skyline::nerf
