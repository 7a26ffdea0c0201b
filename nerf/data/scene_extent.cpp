#include "core/parallel.h"
#include "nerf/data/scene_parts.h"

#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>

namespace skyline::nerf {
namespace {

// Rays flatter than this, or longer than this many median distances, see the horizon rather than the city.
constexpr double kFlattestSine = 0.208;  // 12 degrees
constexpr double kLongestRay = 4;
constexpr int kRaySteps = 32;  // rays along each side of a photo
// Part of the rays that may leave the box beyond each of its sides: the last rays of a slanted view reach far and show little.
constexpr double kRaysBeyond = 0.001;

// Distance along a ray to the ground; empty for rays that are too flat.
std::optional<double> ground_distance(const Ray& ray, double ground_z) {
  if (-ray.direction.z < kFlattestSine) return std::nullopt;
  const double distance = (double(ray.origin.z) - ground_z) / -double(ray.direction.z);
  return distance > 0 ? std::optional(distance) : std::nullopt;
}

// Rays on a grid over each photo, border included.
std::vector<Ray> grid_rays(const Camera& camera, int steps) {
  const RayGenerator generator(camera);
  std::vector<Ray> rays;
  for (int row = 0; row <= steps; ++row) {
    for (int column = 0; column <= steps; ++column) {
      rays.push_back(generator.ray(static_cast<float>(column * camera.width) / static_cast<float>(steps),
                                   static_cast<float>(row * camera.height) / static_cast<float>(steps)));
    }
  }
  return rays;
}

struct Rectangle {
  glm::dvec2 low{1e300}, high{-1e300};
  void include(glm::dvec2 point) {
    low = glm::min(low, point);
    high = glm::max(high, point);
  }
  bool empty() const { return !(low.x < high.x && low.y < high.y); }
};

// Ground that at least `needed` photos see, found on a grid over `reach`.
Rectangle overlap_of_footprints(const Dataset& dataset, const Rectangle& reach, double ground_z, double longest, int needed) {
  constexpr int kCells = 160;  // along the longer side
  const glm::dvec2 size = reach.high - reach.low;
  const double cell = std::max(size.x, size.y) / kCells;
  const int columns = std::max(1, static_cast<int>(std::ceil(size.x / cell))),
            rows = std::max(1, static_cast<int>(std::ceil(size.y / cell)));

  const auto seen_by = [&](const Camera& camera, const glm::dvec3& point) {
    const glm::dvec3 ray = point - camera.position;
    const double distance = glm::length(ray);
    glm::dvec2 pixel;
    return distance <= longest && -ray.z >= kFlattestSine * distance && project(camera, point, pixel) && pixel.x >= 0 && pixel.y >= 0 &&
           pixel.x <= camera.width && pixel.y <= camera.height;
  };
  std::vector<Rectangle> per_row(static_cast<std::size_t>(rows));
  core::parallel_for(rows, [&](std::int64_t row) {
    for (int column = 0; column < columns; ++column) {
      const glm::dvec3 centre{reach.low.x + (column + 0.5) * cell, reach.low.y + (static_cast<double>(row) + 0.5) * cell, ground_z};
      int seen = 0;
      for (const Photo& photo : dataset.photos) {
        seen += seen_by(photo.camera, centre);
        if (seen == needed) break;
      }
      if (seen < needed) continue;
      per_row[static_cast<std::size_t>(row)].include(glm::dvec2(centre) - 0.5 * cell);
      per_row[static_cast<std::size_t>(row)].include(glm::dvec2(centre) + 0.5 * cell);
    }
  });
  Rectangle result;
  for (const Rectangle& rectangle : per_row) {
    if (rectangle.empty()) continue;
    result.include(rectangle.low);
    result.include(rectangle.high);
  }
  return result;
}

void include_points(const std::vector<SparsePoint>& points, Rectangle& area) {
  std::vector<double> x, y;
  for (const SparsePoint& point : points) {
    x.push_back(point.position.x);
    y.push_back(point.position.y);
  }
  area.include({quantile(x, 0.005), quantile(y, 0.005)});
  area.include({quantile(std::move(x), 0.995), quantile(std::move(y), 0.995)});
}

// Height of the highest point above `from` that is no mismatch: at least two others lie within `reach`. `from` where there is none.
double highest_supported(const std::vector<SparsePoint>& points, double from, double reach) {
  double highest = from;
  for (const SparsePoint& point : points) {
    if (point.position.z <= highest) continue;
    int near = -1;  // without itself
    for (const SparsePoint& other : points) near += glm::length(other.position - point.position) < reach ? 1 : 0;
    if (near >= 2) highest = point.position.z;
  }
  return highest;
}

// Height range of the box over `area`.
void set_heights(const Dataset& dataset, const Rectangle& area, double ground_z, double camera_height, Box& box) {
  const double margin = 0.02 * camera_height;
  std::vector<double> heights;
  for (const SparsePoint& point : dataset.points) {
    const glm::dvec2 position(point.position);
    if (glm::clamp(position, area.low, area.high) == position) heights.push_back(point.position.z);
  }
  if (heights.size() >= kFewestUsefulPoints) {
    box.low.z = std::min(ground_z - margin, quantile(heights, 0.002));
    // The top of a single tower is a handful of points.
    const double most = quantile(std::move(heights), 0.9995);
    box.high.z = std::min(highest_supported(dataset.points, most, 0.05 * camera_height), most + 0.3 * camera_height) + margin;
  } else {
    // Flights keep well above the highest building; the ground is known to a fiftieth of the height.
    box.low.z = ground_z - 3 * margin;
    box.high.z = ground_z + 0.35 * camera_height;
  }
}

// Part of a ray inside the box; false when it misses.
bool clip(const Ray& ray, const Box& box, double& enter, double& leave) {
  enter = 0;
  leave = 1e300;
  for (int axis = 0; axis < 3; ++axis) {
    const double origin = ray.origin[axis], direction = ray.direction[axis];
    if (std::abs(direction) < 1e-12) {
      if (origin < box.low[axis] || origin > box.high[axis]) return false;
      continue;
    }
    const double a = (box.low[axis] - origin) / direction, b = (box.high[axis] - origin) / direction;
    enter = std::max(enter, std::min(a, b));
    leave = std::min(leave, std::max(a, b));
  }
  return enter < leave;
}

void set_distances(const Dataset& dataset, Extent& extent) {
  double nearest = 1e300, farthest = 0;
  for (const Photo& photo : dataset.photos) {
    for (const Ray& ray : grid_rays(photo.camera, 16)) {
      double enter = 0, leave = 0;
      if (!clip(ray, extent.box, enter, leave)) continue;
      nearest = std::min(nearest, enter);
      farthest = std::max(farthest, leave);
    }
  }
  // A camera inside the box sees nothing closer than a thousandth of the scene.
  extent.far_distance = farthest;
  extent.near_distance = std::clamp(nearest, 1e-3 * farthest, farthest);
}

// Along the ray through the middle of the photo.
std::optional<double> axis_ground_distance(const Camera& camera, double ground_z) {
  const Ray axis = RayGenerator(camera).ray(static_cast<float>(camera.width) / 2, static_cast<float>(camera.height) / 2);
  return ground_distance(axis, ground_z);
}

}  // namespace

double ground_sampling_distance(const Dataset& dataset, double ground_z, int width) {
  std::vector<double> pixels;
  for (const Photo& photo : dataset.photos) {
    const std::optional<double> distance = axis_ground_distance(photo.camera, ground_z);
    if (!distance) continue;
    const double focal = photo.camera.fl_x * (width > 0 ? double(width) / photo.camera.width : 1.0);
    pixels.push_back(*distance / focal);
  }
  return quantile(std::move(pixels), 0.5);
}

std::optional<Extent> estimate_extent(const Dataset& dataset, double ground_z, int width) {
  Extent extent;
  std::vector<double> heights, distances;
  for (const Photo& photo : dataset.photos) {
    heights.push_back(photo.camera.position.z - ground_z);
    if (const std::optional<double> distance = axis_ground_distance(photo.camera, ground_z)) distances.push_back(*distance);
  }
  extent.camera_height = quantile(std::move(heights), 0.5);
  extent.ground_sampling_distance = ground_sampling_distance(dataset, ground_z, width);
  if (distances.empty() || !(extent.camera_height > 0)) return std::nullopt;
  const double longest = kLongestRay * quantile(std::move(distances), 0.5);

  // Where the rays meet the ground, less the few that reach farthest, as far as several photos see it.
  std::vector<double> hits_x, hits_y;
  for (const Photo& photo : dataset.photos) {
    for (const Ray& ray : grid_rays(photo.camera, kRaySteps)) {
      const std::optional<double> distance = ground_distance(ray, ground_z);
      if (!distance || *distance > longest) continue;
      hits_x.push_back(double(ray.origin.x) + *distance * double(ray.direction.x));
      hits_y.push_back(double(ray.origin.y) + *distance * double(ray.direction.y));
    }
  }
  Rectangle reach;
  reach.include({quantile(hits_x, kRaysBeyond), quantile(hits_y, kRaysBeyond)});
  reach.include({quantile(std::move(hits_x), 1 - kRaysBeyond), quantile(std::move(hits_y), 1 - kRaysBeyond)});
  if (reach.empty()) return std::nullopt;
  const int needed = dataset.photos.size() >= 8 ? 3 : std::min(2, static_cast<int>(dataset.photos.size()));
  Rectangle area = overlap_of_footprints(dataset, reach, ground_z, longest, needed);
  if (dataset.points.size() >= kFewestUsefulPoints) include_points(dataset.points, area);
  if (area.empty()) area = reach;

  extent.box.low = {area.low, ground_z};
  extent.box.high = {area.high, ground_z};
  set_heights(dataset, area, ground_z, extent.camera_height, extent.box);
  set_distances(dataset, extent);
  return extent;
}

}  // namespace skyline::nerf
