#include "core/image.h"
#include "core/parallel.h"
#include "nerf/data/scene_parts.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace skyline::nerf {
namespace {

constexpr int kPhotoWidth = 200;          // enough to average out noise and small moving things
constexpr std::size_t kMostPhotos = 120;  // evenly chosen: decoding is what costs time
constexpr std::size_t kMostPoints = 12000;
constexpr std::size_t kFewestPairs = 60;
constexpr double kDarkest = 0.004;  // linear light, about one 8-bit level: below is noise

struct PhotoLight {
  double gain = 0;   // median log ratio of the photo against the points
  double slope = 0;  // contrast: log luminance of the photo by that of the points
  bool known = false;
};

// IEC 61966-2-1.
const std::array<double, 256>& linear_table() {
  static const std::array<double, 256> table = [] {
    std::array<double, 256> values{};
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double v = static_cast<double>(i) / 255.0;
      values[i] = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    }
    return values;
  }();
  return table;
}

double log_luminance(std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
  const std::array<double, 256>& linear = linear_table();
  return std::log(std::max(kDarkest, 0.2126 * linear[red] + 0.7152 * linear[green] + 0.0722 * linear[blue]));
}

// Slope of y over x by iteratively reweighted least squares with Huber's weights: occluded points are outliers.
double robust_slope(const std::vector<double>& x, const std::vector<double>& y) {
  constexpr double kTuning = 1.345;  // Huber 1964: 95 % efficiency for normal errors
  std::vector<double> residuals(x.size(), 0.0);
  double slope = 1, offset = 0, scale = 1e300;
  for (int iteration = 0; iteration < 10; ++iteration) {
    double w = 0, wx = 0, wy = 0, wxx = 0, wxy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double weight = residuals[i] <= kTuning * scale ? 1.0 : kTuning * scale / residuals[i];
      w += weight;
      wx += weight * x[i];
      wy += weight * y[i];
      wxx += weight * x[i] * x[i];
      wxy += weight * x[i] * y[i];
    }
    const double variance = wxx - wx * wx / w;
    if (!(variance > 1e-6 * w)) return slope;
    slope = (wxy - wx * wy / w) / variance;
    offset = (wy - slope * wx) / w;
    for (std::size_t i = 0; i < x.size(); ++i) residuals[i] = std::abs(y[i] - offset - slope * x[i]);
    scale = std::max(1e-6, 1.4826 * quantile(residuals, 0.5));
  }
  return slope;
}

PhotoLight light_of(const Photo& photo, const std::vector<SparsePoint>& points) {
  core::Result<core::Image> full = core::load_image(photo.path);
  if (!full) return {};  // told by the photo cache, which decodes every photo
  const int width = std::min(kPhotoWidth, full->width);
  const int height = std::clamp(static_cast<int>(std::lround(double(full->height) * width / full->width)), 1, full->height);
  const core::Image image = core::resize_area(*full, width, height);
  const Camera camera = photo.camera.resized(width, height);

  std::vector<double> of_points, of_photo, ratios;
  for (const SparsePoint& point : points) {
    glm::dvec2 pixel;
    if (!project(camera, point.position, pixel) || !(pixel.x >= 0 && pixel.y >= 0 && pixel.x < width && pixel.y < height)) continue;
    const std::size_t index = static_cast<std::size_t>(pixel.y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(pixel.x);
    const std::uint8_t* rgb = image.pixels.data() + 3 * index;
    of_points.push_back(log_luminance(point.colour.x, point.colour.y, point.colour.z));
    of_photo.push_back(log_luminance(rgb[0], rgb[1], rgb[2]));
    ratios.push_back(of_photo.back() - of_points.back());
  }
  if (ratios.size() < kFewestPairs) return {};
  return {quantile(std::move(ratios), 0.5), robust_slope(of_points, of_photo), true};
}

// Half the width of the central 80 % in units of a normal distribution's: keeps its breadth when a third of the photos has another
// lighting, which the median absolute deviation would not see.
double robust_deviation(const std::vector<double>& values) { return (quantile(values, 0.9) - quantile(values, 0.1)) / 2.5631; }

}  // namespace

double estimate_lighting_spread(const Dataset& dataset) {
  if (dataset.points.size() < kFewestUsefulPoints) return -1;
  std::vector<SparsePoint> points;
  for (std::size_t i = 0; i < dataset.points.size(); i += 1 + dataset.points.size() / kMostPoints) points.push_back(dataset.points[i]);
  const std::size_t count = std::min(kMostPhotos, dataset.photos.size());

  std::vector<PhotoLight> lights(count);
  core::parallel_for(static_cast<std::int64_t>(count), [&](std::int64_t i) {
    const std::size_t k = static_cast<std::size_t>(i);
    lights[k] = light_of(dataset.photos[k * dataset.photos.size() / count], points);
  });
  std::vector<double> gains, slopes;
  for (const PhotoLight& light : lights) {
    if (!light.known) continue;
    gains.push_back(light.gain);
    slopes.push_back(light.slope);
  }
  if (gains.size() < 3) return -1;
  return std::hypot(robust_deviation(gains), robust_deviation(slopes));
}

}  // namespace skyline::nerf
