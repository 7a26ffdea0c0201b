#include "nerf/metrics.h"

#include "core/parallel.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>

namespace skyline::nerf {
namespace {

constexpr double kIdenticalPsnr = 99;

struct Columns {
  int begin, end;
  int count() const { return end - begin; }
};

Columns checked_columns(const core::FloatImage& picture, const core::FloatImage& truth, MetricWindow window) {
  const int end = window.end == 0 ? picture.width : window.end;
  if (picture.width != truth.width || picture.height != truth.height || picture.channels != truth.channels || window.begin < 0 ||
      end > picture.width || window.begin >= end || picture.height < 1 || picture.channels < 1) {
    std::fprintf(stderr, "metrics: cannot compare columns %d to %d of %d x %d x %d with %d x %d x %d\n", window.begin, end, picture.width,
                 picture.height, picture.channels, truth.width, truth.height, truth.channels);
    std::abort();
  }
  return {window.begin, end};
}

double psnr_of_mean_square(double mean_square) {
  return mean_square > 0 ? std::min(kIdenticalPsnr, -10 * std::log10(mean_square)) : kIdenticalPsnr;
}

// Normalised to a sum of 1, `2 radius + 1` taps.
std::vector<float> gaussian_kernel(int radius, double sigma) {
  std::vector<double> taps;
  for (int i = -radius; i <= radius; ++i) taps.push_back(std::exp(-0.5 * i * i / (sigma * sigma)));
  const double sum = std::accumulate(taps.begin(), taps.end(), 0.0);
  std::vector<float> kernel;
  for (const double tap : taps) kernel.push_back(static_cast<float>(tap / sum));
  return kernel;
}

// One plane, row-major.
struct Plane {
  int width = 0, height = 0;
  std::vector<float> values;
  Plane(int w, int h) : width(w), height(h), values(static_cast<std::size_t>(w) * static_cast<std::size_t>(h)) {}
  float* row(int y) { return values.data() + static_cast<std::ptrdiff_t>(y) * width; }
  const float* row(int y) const { return values.data() + static_cast<std::ptrdiff_t>(y) * width; }
};

Plane channel_plane(const core::FloatImage& image, Columns columns, int channel) {
  Plane plane(columns.count(), image.height);
  for (int y = 0; y < image.height; ++y) {
    const float* source = image.pixels.data() + (static_cast<std::ptrdiff_t>(y) * image.width + columns.begin) * image.channels + channel;
    float* target = plane.row(y);
    for (int x = 0; x < plane.width; ++x) target[x] = source[static_cast<std::ptrdiff_t>(x) * image.channels];
  }
  return plane;
}

// Both directions; positions where the kernel fits.
Plane filter_valid(const Plane& plane, const std::vector<float>& kernel) {
  const int taps = static_cast<int>(kernel.size());
  Plane across(plane.width - taps + 1, plane.height);
  core::parallel_for_ranges(plane.height, 32, [&](std::int64_t begin, std::int64_t end) {
    for (int y = static_cast<int>(begin); y < end; ++y) {
      float* target = across.row(y);
      for (int k = 0; k < taps; ++k) {
        const float weight = kernel[static_cast<std::size_t>(k)];
        const float* source = plane.row(y) + k;
        for (int x = 0; x < across.width; ++x) target[x] += weight * source[x];
      }
    }
  });
  Plane result(across.width, plane.height - taps + 1);
  core::parallel_for_ranges(result.height, 32, [&](std::int64_t begin, std::int64_t end) {
    for (int y = static_cast<int>(begin); y < end; ++y) {
      float* target = result.row(y);
      for (int k = 0; k < taps; ++k) {
        const float weight = kernel[static_cast<std::size_t>(k)];
        const float* source = across.row(y + k);
        for (int x = 0; x < result.width; ++x) target[x] += weight * source[x];
      }
    }
  });
  return result;
}

// Index of a signal mirrored about its borders (edge samples repeated), for any distance outside.
int mirrored(int i, int count) {
  const int period = 2 * count;
  int folded = i % period;
  if (folded < 0) folded += period;
  return folded < count ? folded : period - 1 - folded;
}

Plane padded_by_mirror(const Plane& plane, int radius) {
  Plane padded(plane.width + 2 * radius, plane.height + 2 * radius);
  for (int y = 0; y < padded.height; ++y) {
    const float* source = plane.row(mirrored(y - radius, plane.height));
    float* target = padded.row(y);
    for (int x = 0; x < padded.width; ++x) target[x] = source[mirrored(x - radius, plane.width)];
  }
  return padded;
}

Plane product(const Plane& a, const Plane& b) {
  Plane result(a.width, a.height);
  std::transform(a.values.begin(), a.values.end(), b.values.begin(), result.values.begin(), [](float x, float y) { return x * y; });
  return result;
}

double channel_ssim(const Plane& x, const Plane& y) {
  constexpr double kC1 = 0.01 * 0.01, kC2 = 0.03 * 0.03;
  const int side = std::min({11, x.width, x.height});
  const std::vector<float> kernel = gaussian_kernel((side - 1) / 2, 1.5);
  const Plane mean_x = filter_valid(x, kernel), mean_y = filter_valid(y, kernel);
  const Plane mean_xx = filter_valid(product(x, x), kernel), mean_yy = filter_valid(product(y, y), kernel);
  const Plane mean_xy = filter_valid(product(x, y), kernel);
  double sum = 0;
  for (std::size_t i = 0; i < mean_x.values.size(); ++i) {
    const double mx = mean_x.values[i], my = mean_y.values[i];
    const double variances = mean_xx.values[i] - mx * mx + mean_yy.values[i] - my * my;
    const double covariance = mean_xy.values[i] - mx * my;
    // Wang et al. 2004, equation 13.
    sum += (2 * mx * my + kC1) * (2 * covariance + kC2) / ((mx * mx + my * my + kC1) * (variances + kC2));
  }
  return sum / static_cast<double>(mean_x.values.size());
}

}  // namespace

double psnr(const core::FloatImage& picture, const core::FloatImage& truth, MetricWindow window) {
  const Columns columns = checked_columns(picture, truth, window);
  double sum = 0;
  for (int y = 0; y < picture.height; ++y) {
    const std::size_t row = static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width);
    const std::size_t begin = (row + static_cast<std::size_t>(columns.begin)) * static_cast<std::size_t>(picture.channels);
    const std::size_t end = (row + static_cast<std::size_t>(columns.end)) * static_cast<std::size_t>(picture.channels);
    for (std::size_t i = begin; i < end; ++i) {
      const double error = double(picture.pixels[i]) - double(truth.pixels[i]);
      sum += error * error;
    }
  }
  return psnr_of_mean_square(sum / (double(columns.count()) * picture.height * picture.channels));
}

double ssim(const core::FloatImage& picture, const core::FloatImage& truth, MetricWindow window) {
  const Columns columns = checked_columns(picture, truth, window);
  double sum = 0;
  for (int channel = 0; channel < picture.channels; ++channel) {
    sum += channel_ssim(channel_plane(picture, columns, channel), channel_plane(truth, columns, channel));
  }
  return sum / picture.channels;
}

BandPsnr band_psnr(const core::FloatImage& picture, const core::FloatImage& truth) {
  constexpr double kSigma = 8;
  constexpr int kRadius = 24;  // three sigma
  const Columns columns = checked_columns(picture, truth, {});
  const std::vector<float> kernel = gaussian_kernel(kRadius, kSigma);
  double slow_sum = 0, fine_sum = 0;
  for (int channel = 0; channel < picture.channels; ++channel) {
    Plane error = channel_plane(picture, columns, channel);
    const Plane subtrahend = channel_plane(truth, columns, channel);
    for (std::size_t i = 0; i < error.values.size(); ++i) error.values[i] -= subtrahend.values[i];
    const Plane slow = filter_valid(padded_by_mirror(error, kRadius), kernel);
    for (std::size_t i = 0; i < error.values.size(); ++i) {
      const double low = slow.values[i], high = double(error.values[i]) - low;
      slow_sum += low * low;
      fine_sum += high * high;
    }
  }
  const double count = double(picture.width) * picture.height * picture.channels;
  return {psnr_of_mean_square(slow_sum / count), psnr_of_mean_square(fine_sum / count)};
}

}  // namespace skyline::nerf
