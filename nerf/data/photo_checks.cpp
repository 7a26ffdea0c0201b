#include "nerf/data/photo_checks.h"

#include "core/parallel.h"
#include "nerf/data/scene_parts.h"

#include <fmt/format.h>
#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>

namespace skyline::nerf {
namespace {

constexpr int kGreyWidth = 640;  // wider than most trainings; a blur that vanishes at this size does no harm
// Photos on each side in name order that a photo's sharpness is held against: they show nearly the same.
constexpr int kSharpnessNeighbours = 8;
constexpr double kBlurredBelow = 0.3;
constexpr std::size_t kMostPoints = 4000;
constexpr int kPoseNeighbours = 2;  // photos on each side in name order that one of them should be near

// Grey values, [height, width].
struct Grey {
  int width = 0, height = 0;
  std::vector<float> values;
  float at(int x, int y) const {
    return values[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
};

Grey reduced_grey(const core::Image& image, int width) {
  const int height = std::max(1, static_cast<int>(std::lround(static_cast<double>(image.height) * width / image.width)));
  const core::Image small = width == image.width ? image : core::resize_area(image, width, height);
  Grey grey{small.width, small.height, {}};
  grey.values.reserve(small.pixels.size() / 3);
  for (std::size_t i = 0; i + 2 < small.pixels.size(); i += 3) {
    // Luma of ITU-R BT.601.
    grey.values.push_back(0.299F * static_cast<float>(small.pixels[i]) + 0.587F * static_cast<float>(small.pixels[i + 1]) +
                          0.114F * static_cast<float>(small.pixels[i + 2]));
  }
  return grey;
}

// --- sharpness ---

double laplacian_variance(const Grey& grey) {
  double sum = 0, squares = 0;
  std::int64_t count = 0;
  for (int y = 1; y + 1 < grey.height; ++y) {
    for (int x = 1; x + 1 < grey.width; ++x) {
      const double value = grey.at(x - 1, y) + grey.at(x + 1, y) + grey.at(x, y - 1) + grey.at(x, y + 1) - 4 * grey.at(x, y);
      sum += value;
      squares += value * value;
      ++count;
    }
  }
  if (count == 0) return 0;
  const double mean = sum / static_cast<double>(count);
  return squares / static_cast<double>(count) - mean * mean;
}

// Sets each photo's sharpness relative to its neighbours', and the verdict where it is low.
void judge_sharpness(const std::vector<double>& sharpness, std::vector<PhotoCheck>& checks) {
  const auto count = static_cast<int>(checks.size());
  for (int i = 0; i < count; ++i) {
    std::vector<double> neighbours;
    for (int j = std::max(0, i - kSharpnessNeighbours); j <= std::min(count - 1, i + kSharpnessNeighbours); ++j) {
      if (j != i && sharpness[static_cast<std::size_t>(j)] >= 0) neighbours.push_back(sharpness[static_cast<std::size_t>(j)]);
    }
    PhotoCheck& check = checks[static_cast<std::size_t>(i)];
    const double own = sharpness[static_cast<std::size_t>(i)], usual = quantile(std::move(neighbours), 0.5);
    if (own < 0 || !(usual > 0)) continue;
    check.sharpness = own / usual;
    if (check.verdict != PhotoCheck::Verdict::kGood || check.sharpness >= kBlurredBelow) continue;
    check.verdict = PhotoCheck::Verdict::kBlurred;
    check.reason = fmt::format("blurred: {:.0f} % of the sharpness of its neighbours", 100 * check.sharpness);
  }
}

// --- poses ---

// Distance to the nearest of the neighbours in name order, and to the nearest of all.
struct PoseDistance {
  double in_order = 0, of_all = 0;
};

PoseDistance distance_of(const Dataset& dataset, int photo) {
  const auto count = static_cast<int>(dataset.photos.size());
  PoseDistance nearest{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  for (int j = 0; j < count; ++j) {
    if (j == photo) continue;
    const double distance = glm::length(dataset.photos[static_cast<std::size_t>(j)].camera.position -
                                        dataset.photos[static_cast<std::size_t>(photo)].camera.position);
    nearest.of_all = std::min(nearest.of_all, distance);
    if (std::abs(j - photo) <= kPoseNeighbours) nearest.in_order = std::min(nearest.in_order, distance);
  }
  return nearest;
}

// Half the breadth of the flight: the median distance of the cameras from their median position.
double flight_radius(const Dataset& dataset) {
  std::vector<double> x, y, z, distances;
  for (const Photo& photo : dataset.photos) {
    x.push_back(photo.camera.position.x);
    y.push_back(photo.camera.position.y);
    z.push_back(photo.camera.position.z);
  }
  const glm::dvec3 middle{quantile(x, 0.5), quantile(y, 0.5), quantile(z, 0.5)};
  for (const Photo& photo : dataset.photos) distances.push_back(glm::length(photo.camera.position - middle));
  return quantile(distances, 0.5);
}

bool sees_any(const Camera& camera, const std::vector<SparsePoint>& points) {
  const std::size_t stride = 1 + points.size() / kMostPoints;
  for (std::size_t i = 0; i < points.size(); i += stride) {
    glm::dvec2 pixel;
    if (project(camera, points[i].position, pixel) && pixel.x >= 0 && pixel.y >= 0 && pixel.x < camera.width && pixel.y < camera.height)
      return true;
  }
  return false;
}

void judge_poses(const Dataset& dataset, std::vector<PhotoCheck>& checks) {
  // A flight keeps its distances, but may pause or go on elsewhere: only what is both far from its neighbours and away from the whole
  // flight is wrong.
  constexpr double kFarInOrder = 5;  // medians
  const auto count = static_cast<int>(dataset.photos.size());
  std::vector<PoseDistance> distances(dataset.photos.size());
  core::parallel_for(count, [&](std::int64_t i) { distances[static_cast<std::size_t>(i)] = distance_of(dataset, static_cast<int>(i)); });
  std::vector<double> in_order;
  for (const PoseDistance& distance : distances) in_order.push_back(distance.in_order);
  const double usual = quantile(in_order, 0.5), radius = flight_radius(dataset);
  const bool has_points = dataset.points.size() >= kFewestUsefulPoints;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    PhotoCheck& check = checks[i];
    if (check.verdict == PhotoCheck::Verdict::kUnreadable) continue;
    if (distances[i].in_order > kFarInOrder * usual && distances[i].of_all > radius) {
      check.verdict = PhotoCheck::Verdict::kOutOfPlace;
      check.reason = fmt::format("out of place: {:.0f} times as far from its neighbours as usual", distances[i].in_order / usual);
    } else if (has_points && !sees_any(dataset.photos[i].camera, dataset.points)) {
      check.verdict = PhotoCheck::Verdict::kOutOfPlace;
      check.reason = "out of place: its camera sees none of the reconstructed points";
    }
  }
}

}  // namespace

double sharpness_of(const core::Image& image) {
  constexpr int kCoarser = 4;
  const int width = std::min(kGreyWidth, image.width);
  const double fine = laplacian_variance(reduced_grey(image, width));
  const double coarse = laplacian_variance(reduced_grey(image, std::max(1, width / kCoarser)));
  return coarse > 0 ? fine / coarse : 0;
}

core::Result<std::vector<PhotoCheck>> check_photos(const Dataset& dataset, core::Progress& progress) {
  const std::size_t count = dataset.photos.size();
  std::vector<PhotoCheck> checks(count);
  std::vector<double> sharpness(count, -1.0);  // -1: unreadable
  std::mutex report_mutex;
  double done = 0;
  core::parallel_for(static_cast<std::int64_t>(count), [&](std::int64_t i) {
    if (progress.stop_requested()) return;
    const auto k = static_cast<std::size_t>(i);
    if (const core::Result<core::Image> image = core::load_image(dataset.photos[k].path); image) {
      if (!progress.stop_requested()) sharpness[k] = sharpness_of(*image);
    } else {
      checks[k].verdict = PhotoCheck::Verdict::kUnreadable;
      checks[k].reason = image.error().message();
    }
    const std::lock_guard lock(report_mutex);
    progress.report({.stage = "checking photos", .done = ++done, .total = static_cast<double>(count), .unit = "photos", .note = {}});
  });
  if (progress.stop_requested()) return core::Error{.what = "stopped while checking photos", .where = {}, .advice = {}, .stopped = true};
  judge_poses(dataset, checks);
  judge_sharpness(sharpness, checks);
  return checks;
}

}  // namespace skyline::nerf
