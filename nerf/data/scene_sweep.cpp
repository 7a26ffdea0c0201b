// Ground height from photos without points: the level plane on which neighbouring photos agree best (plane sweep, Collins 1996).
#include "core/image.h"
#include "core/parallel.h"
#include "nerf/data/scene_parts.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>

namespace skyline::nerf {
namespace {

constexpr int kWidth = 100;     // pixels: coarse, so that roofs a tenth of the camera height up still overlap
constexpr int kBlurRadius = 5;  // removes shading, keeps streets and roofs
constexpr std::size_t kMostPhotos = 120;
constexpr std::size_t kMostReferences = 32;
constexpr std::size_t kPartners = 3;  // a reference photo
constexpr double kStep = 1.04;        // between tried heights: 1 pixel of parallax or less
constexpr double kSmallestBaseline = 0.1, kLargestBaseline = 0.6, kBestBaseline = 0.25;  // of the height
constexpr double kLeastViewCosine = 0.87;                                                // 30 degrees between the viewing directions
constexpr double kLeastCorrelation = 0.15;                                               // of the winning plane
constexpr int kSampleStep = 4;

struct Detail {
  Camera camera;
  std::vector<float> values;  // luminance less its local mean, [height, width]; empty where the photo cannot be read
};

std::vector<float> high_pass(const core::Image& image) {
  const int width = image.width, height = image.height;
  const auto stride = static_cast<std::size_t>(width) + 1;
  std::vector<double> integral(stride * (static_cast<std::size_t>(height) + 1), 0.0);
  std::vector<float> luminance(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (std::size_t i = 0; i < luminance.size(); ++i) {
    luminance[i] = 0.2126f * image.pixels[3 * i] + 0.7152f * image.pixels[3 * i + 1] + 0.0722f * image.pixels[3 * i + 2];
    const std::size_t at = (i / static_cast<std::size_t>(width) + 1) * stride + i % static_cast<std::size_t>(width) + 1;
    integral[at] = double(luminance[i]) + integral[at - 1] + integral[at - stride] - integral[at - stride - 1];
  }
  std::vector<float> result(luminance.size());
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const int x0 = std::max(0, x - kBlurRadius), x1 = std::min(width, x + kBlurRadius + 1);
      const int y0 = std::max(0, y - kBlurRadius), y1 = std::min(height, y + kBlurRadius + 1);
      const auto corner = [&](int cx, int cy) { return integral[static_cast<std::size_t>(cy) * stride + static_cast<std::size_t>(cx)]; };
      const double mean = (corner(x1, y1) - corner(x0, y1) - corner(x1, y0) + corner(x0, y0)) / (double(x1 - x0) * (y1 - y0));
      const std::size_t i = static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
      result[i] = luminance[i] - static_cast<float>(mean);
    }
  }
  return result;
}

std::vector<Detail> load_details(const Dataset& dataset) {
  const std::size_t count = std::min(kMostPhotos, dataset.photos.size());
  std::vector<Detail> details(count);
  core::parallel_for(static_cast<std::int64_t>(count), [&](std::int64_t i) {
    const Photo& photo = dataset.photos[static_cast<std::size_t>(i) * dataset.photos.size() / count];
    core::Result<core::Image> image = core::load_image(photo.path);
    if (!image) return;
    const int width = std::min(kWidth, image->width);
    const int height = std::clamp(static_cast<int>(std::lround(double(image->height) * width / image->width)), 1, image->height);
    details[static_cast<std::size_t>(i)] = {photo.camera.resized(width, height), high_pass(core::resize_area(*image, width, height))};
  });
  std::erase_if(details, [](const Detail& detail) { return detail.values.empty(); });
  return details;
}

// Photos that see about the same ground from a baseline at which a wrong height shows.
std::vector<const Detail*> partners_of(const Detail& reference, const std::vector<Detail>& details, double height) {
  std::vector<std::pair<double, const Detail*>> ranked;
  for (const Detail& other : details) {
    const double baseline = glm::length(other.camera.position - reference.camera.position) / height;
    if (baseline < kSmallestBaseline || baseline > kLargestBaseline) continue;
    if (glm::dot(other.camera.rotation[2], reference.camera.rotation[2]) < kLeastViewCosine) continue;
    ranked.emplace_back(std::abs(baseline - kBestBaseline), &other);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<const Detail*> partners;
  for (std::size_t i = 0; i < std::min(kPartners, ranked.size()); ++i) partners.push_back(ranked[i].second);
  return partners;
}

// Normalised correlation of two photos over the plane z = `plane_z`; empty when they overlap too little.
std::optional<double> correlation(const Detail& a, const RayGenerator& rays, const Detail& b, double plane_z) {
  double saa = 0, sbb = 0, sab = 0;
  int all = 0, common = 0;
  for (int y = kSampleStep / 2; y < a.camera.height; y += kSampleStep) {
    for (int x = kSampleStep / 2; x < a.camera.width; x += kSampleStep) {
      ++all;
      const Ray ray = rays.ray(static_cast<float>(x) + 0.5f, static_cast<float>(y) + 0.5f);
      if (ray.direction.z > -0.2f) continue;
      const glm::dvec3 point = a.camera.position + (plane_z - a.camera.position.z) / double(ray.direction.z) * glm::dvec3(ray.direction);
      glm::dvec2 pixel;
      if (!project(b.camera, point, pixel) || !(pixel.x >= 0 && pixel.y >= 0 && pixel.x < b.camera.width && pixel.y < b.camera.height))
        continue;
      const double va = a.values[static_cast<std::size_t>(y) * static_cast<std::size_t>(a.camera.width) + static_cast<std::size_t>(x)];
      const double vb =
          b.values[static_cast<std::size_t>(pixel.y) * static_cast<std::size_t>(b.camera.width) + static_cast<std::size_t>(pixel.x)];
      saa += va * va;
      sbb += vb * vb;
      sab += va * vb;
      ++common;
    }
  }
  if (common < 50 || 3 * common < all || !(saa > 0 && sbb > 0)) return std::nullopt;
  return sab / std::sqrt(saa * sbb);
}

// Mean correlation over the pairs of photos when the ground is `height` below the cameras' median; 0 without pairs.
double agreement(const std::vector<Detail>& details, double camera_z, double height) {
  double sum = 0;
  int pairs = 0;
  const std::size_t references = std::min(kMostReferences, details.size());
  for (std::size_t i = 0; i < references; ++i) {
    const Detail& reference = details[i * details.size() / references];
    if (reference.camera.position.z < camera_z - 0.7 * height) continue;
    const RayGenerator rays(reference.camera);
    for (const Detail* partner : partners_of(reference, details, height)) {
      if (const std::optional<double> value = correlation(reference, rays, *partner, camera_z - height)) {
        sum += *value;
        ++pairs;
      }
    }
  }
  return pairs >= 3 ? sum / pairs : 0;
}

}  // namespace

std::optional<double> ground_by_sweep(const Dataset& dataset, double camera_z) {
  const std::vector<Detail> details = load_details(dataset);
  double extent = 0;
  std::vector<double> spacings;
  for (const Detail& detail : details) {
    double nearest = 1e300;
    for (const Detail& other : details) {
      const double distance = glm::length(other.camera.position - detail.camera.position);
      extent = std::max(extent, distance);
      if (distance > 0) nearest = std::min(nearest, distance);
    }
    spacings.push_back(nearest);
  }
  if (details.size() < 3 || !(extent > 0)) return std::nullopt;

  // From photos that hardly overlap to photos that see nearly the same.
  const double lowest = std::max(quantile(std::move(spacings), 0.1) / kLargestBaseline, 1e-3 * extent), highest = 6 * extent;
  const int steps = std::clamp(static_cast<int>(std::log(highest / lowest) / std::log(kStep)), 3, 400);
  std::vector<double> scores(static_cast<std::size_t>(steps));
  core::parallel_for(steps, [&](std::int64_t i) {
    scores[static_cast<std::size_t>(i)] = agreement(details, camera_z, lowest * std::pow(kStep, static_cast<double>(i)));
  });
  const auto best = std::max_element(scores.begin(), scores.end());
  if (*best < kLeastCorrelation) return std::nullopt;

  // Between the steps by a parabola through the peak.
  double position = static_cast<double>(best - scores.begin());
  if (best != scores.begin() && best + 1 != scores.end()) {
    const double curvature = best[-1] - 2 * best[0] + best[1];
    if (curvature < 0) position += 0.5 * (best[-1] - best[1]) / curvature;
  }
  return camera_z - lowest * std::pow(kStep, position);
}

}  // namespace skyline::nerf
