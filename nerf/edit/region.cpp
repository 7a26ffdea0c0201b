#include "nerf/edit/region.h"

#include "city/polygon.h"

#include <algorithm>
#include <cmath>

namespace skyline::nerf {

Region::Region(std::vector<glm::dvec2> footprint, double low, double high, double soft)
    : footprint_(std::move(footprint)), low_(low), high_(high), soft_(soft) {
  const city::Rectangle rectangle = city::bounds(footprint_).grown(soft_);
  bounds_ = {{rectangle.low.x, rectangle.low.y, low_ - soft_}, {rectangle.high.x, rectangle.high.y, high_ + soft_}};
}

bool Region::contains(const glm::dvec3& point) const {
  return point.z >= low_ && point.z <= high_ && city::contains(footprint_, {point.x, point.y});
}

float Region::share(const glm::dvec3& point) const {
  if (soft_ <= 0) return contains(point) ? 1.0F : 0.0F;
  const double above = std::max({0.0, low_ - point.z, point.z - high_});
  if (above >= soft_) return 0;
  const double beside = city::gap(footprint_, glm::dvec2(point.x, point.y));
  const double outside = std::sqrt(above * above + beside * beside);
  return static_cast<float>(std::clamp(1 - outside / soft_, 0.0, 1.0));
}

bool clip_to_box(const core::Ray& ray, const core::Box& box, double& begin, double& end) {
  for (int axis = 0; axis < 3; ++axis) {
    const double origin = ray.origin[axis], direction = ray.direction[axis];
    if (std::abs(direction) < 1e-12) {
      if (origin < box.low[axis] || origin > box.high[axis]) return false;
      continue;
    }
    double near = (box.low[axis] - origin) / direction, far = (box.high[axis] - origin) / direction;
    if (near > far) std::swap(near, far);
    begin = std::max(begin, near);
    end = std::min(end, far);
  }
  return begin < end;
}

int Region::intersect(const core::Ray& ray, float begin, float end, std::vector<RayInterval>& out) const {
  double first = begin, last = end;
  if (!clip_to_box(ray, bounds_, first, last)) return 0;
  if (soft_ <= 0) return intersect_footprint(ray, first, last, out);
  out.push_back({static_cast<float>(first), static_cast<float>(last)});
  return 1;
}

// Crossings of the ray's plan with the footprint's edges, taken in pairs.
int Region::intersect_footprint(const core::Ray& ray, double begin, double end, std::vector<RayInterval>& out) const {
  const glm::dvec2 origin(ray.origin.x, ray.origin.y), direction(ray.direction.x, ray.direction.y);
  constexpr double kPlumb = 1e-9;  // a ray this steep stays over one point
  if (direction.x * direction.x + direction.y * direction.y < kPlumb) {
    if (!city::contains(footprint_, origin)) return 0;
    out.push_back({static_cast<float>(begin), static_cast<float>(end)});
    return 1;
  }
  const std::size_t start = out.size();
  thread_local std::vector<double> crossings;
  crossings.clear();
  for (std::size_t i = 0, j = footprint_.size() - 1; i < footprint_.size(); j = i++) {
    // An edge counts when its ends lie on different sides of the ray's plan, each corner on one side only.
    const glm::dvec2 a = footprint_[j] - origin, b = footprint_[i] - origin;
    const double side_a = direction.x * a.y - direction.y * a.x, side_b = direction.x * b.y - direction.y * b.x;
    if ((side_a >= 0) == (side_b >= 0)) continue;
    const glm::dvec2 at = a + (b - a) * (side_a / (side_a - side_b));
    crossings.push_back((at.x * direction.x + at.y * direction.y) / (direction.x * direction.x + direction.y * direction.y));
  }
  std::sort(crossings.begin(), crossings.end());
  for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
    const double first = std::max(begin, crossings[i]), last = std::min(end, crossings[i + 1]);
    if (first < last) out.push_back({static_cast<float>(first), static_cast<float>(last)});
  }
  return static_cast<int>(out.size() - start);
}

}  // namespace skyline::nerf
