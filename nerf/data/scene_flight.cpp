#include "nerf/data/scene_parts.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skyline::nerf {
namespace {

constexpr int kControlPoints = 12;

double cross(glm::dvec2 a, glm::dvec2 b) { return a.x * b.y - a.y * b.x; }

// Convex hull, counter-clockwise (Andrew's monotone chain).
std::vector<glm::dvec2> convex_hull(std::vector<glm::dvec2> points) {
  std::sort(points.begin(), points.end(), [](glm::dvec2 a, glm::dvec2 b) { return a.x < b.x || (a.x == b.x && a.y < b.y); });
  std::vector<glm::dvec2> hull;
  for (int pass = 0; pass < 2; ++pass) {
    const std::size_t start = hull.size();
    for (const glm::dvec2& point : points) {
      while (hull.size() >= start + 2 && cross(hull.back() - hull[hull.size() - 2], point - hull.back()) <= 0) hull.pop_back();
      hull.push_back(point);
    }
    hull.pop_back();
    std::reverse(points.begin(), points.end());
  }
  return hull;
}

// Distance from `centre` to the hull's border along `direction`; 0 from outside.
double reach(const std::vector<glm::dvec2>& hull, glm::dvec2 centre, glm::dvec2 direction) {
  double distance = 1e300;
  for (std::size_t i = 0; i < hull.size(); ++i) {
    const glm::dvec2 edge = hull[(i + 1) % hull.size()] - hull[i];
    const glm::dvec2 outward{edge.y, -edge.x};
    const double inside = glm::dot(outward, hull[i] - centre), speed = glm::dot(outward, direction);
    if (inside < 0) return 0;
    if (speed > 1e-12) distance = std::min(distance, inside / speed);
  }
  return distance < 1e300 ? distance : 0;
}

// Highest known thing within a disc.
double highest_around(const Box& box, const HeightSlab& slab, glm::dvec2 centre, double radius) {
  double highest = box.low.z;
  for (int row = 0; row < slab.rows; ++row) {
    for (int column = 0; column < slab.columns; ++column) {
      const glm::dvec2 cell = glm::dvec2(box.low) + slab.cell * glm::dvec2(column + 0.5, row + 0.5);
      if (glm::length(cell - centre) > radius) continue;
      const auto index = static_cast<std::size_t>(row) * static_cast<std::size_t>(slab.columns) + static_cast<std::size_t>(column);
      highest = std::max(highest, double(slab.high[index]));
    }
  }
  return highest;
}

}  // namespace

std::vector<glm::dvec3> plan_flight(const Dataset& dataset, const Box& box, const HeightSlab& slab, double ground_z, double camera_height) {
  std::vector<glm::dvec2> positions;
  glm::dvec2 mean{0.0};
  for (const Photo& photo : dataset.photos) {
    positions.emplace_back(photo.camera.position);
    mean += positions.back() / static_cast<double>(dataset.photos.size());
  }
  const std::vector<glm::dvec2> hull = convex_hull(positions);

  // Around the box's centre where photos were taken all round it, else around the middle of the cameras.
  const double smallest_radius = 0.05 * std::min(box.size().x, box.size().y);
  const auto direction = [](int i) {
    const double angle = 2 * std::numbers::pi * i / kControlPoints;
    return glm::dvec2(std::cos(angle), std::sin(angle));
  };
  const auto has_room = [&](glm::dvec2 centre) {
    for (int i = 0; i < kControlPoints; ++i) {
      if (reach(hull, centre, direction(i)) < 2 * smallest_radius) return false;
    }
    return true;
  };
  const glm::dvec2 box_centre = 0.5 * glm::dvec2(box.low + box.high);
  const glm::dvec2 centre = has_room(box_centre) ? box_centre : mean;

  // Most of the way to the border, smoothed over neighbours.
  double radii[kControlPoints], smooth[kControlPoints];
  for (int i = 0; i < kControlPoints; ++i) radii[i] = std::max(smallest_radius, 0.8 * reach(hull, centre, direction(i)));
  for (int i = 0; i < kControlPoints; ++i) {
    const double neighbours = radii[(i + 1) % kControlPoints] + radii[(i + kControlPoints - 1) % kControlPoints];
    smooth[i] = std::min(radii[i] * 1.2, 0.5 * radii[i] + 0.25 * neighbours);
  }

  // One gentle descent a round, never through what is known to stand there.
  constexpr double kSteepest = 0.35;
  double mean_radius = 0;
  for (const double radius : smooth) mean_radius += radius / kControlPoints;
  const double swing = std::min(0.15 * camera_height, kSteepest * mean_radius);
  std::vector<glm::dvec3> flight;
  for (int i = 0; i < kControlPoints; ++i) {
    const glm::dvec2 place = centre + smooth[i] * direction(i);
    const double phase = 2 * std::numbers::pi * i / kControlPoints;
    const double step = 2 * smooth[i] * std::sin(std::numbers::pi / kControlPoints);
    const double clear = highest_around(box, slab, place, std::max(step, 2 * slab.cell)) + 0.03 * camera_height;
    const double wanted = ground_z + 0.30 * camera_height + swing * std::cos(phase);
    flight.emplace_back(place, std::max(wanted, clear));
  }
  return flight;
}

}  // namespace skyline::nerf
