#include "renderer/objects_below.h"

#include "city/polygon.h"

#include <algorithm>
#include <cmath>

namespace skyline::renderer {
namespace {

constexpr double kMargin = 1.5;      // metres: a field's surfaces are about as thick
constexpr double kGroundBand = 0.5;  // metres above an object's base that still are the ground beside it

double extent_of(const city::Object& object) {
  return object.footprint.empty() ? city::path_length(object.path) * object.width : city::area(object.footprint);
}

}  // namespace

ObjectsBelow::ObjectsBelow(const city::Catalogue& catalogue) : catalogue_(catalogue), index_(catalogue) {}

std::int32_t ObjectsBelow::at(const glm::dvec3& point) const {
  const glm::dvec2 ground(point.x, point.y);
  const city::Rectangle around{ground - kMargin, ground + kMargin};
  std::int32_t found = 0;
  double smallest = 0, nearest = kMargin;
  for (const std::uint32_t i : index_.in_box(around)) {
    const city::Object& object = catalogue_.objects()[i];
    if (point.z > object.base + object.height + kMargin || point.z < object.base - kMargin) continue;
    const double gap = object.footprint.empty() ? std::max(0.0, city::nearest_on_path(object.path, ground).distance - 0.5 * object.width)
                                                : city::gap(object.footprint, ground);
    // Beside the footprint only what stands up belongs to the object: its walls, not the pavement.
    if (gap > 0 && point.z < object.base + std::max(kGroundBand, 0.05 * object.height) + kGroundBand) continue;
    const double extent = extent_of(object);
    if (gap < nearest || (gap == nearest && found != 0 && extent < smallest)) {
      found = object.id;
      nearest = gap;
      smallest = extent;
    }
  }
  return found;
}

glm::vec3 object_colour(std::int32_t id) {
  if (id == 0) return glm::vec3(0.35F);
  // Hues at steps of the golden ratio; three shades of each, by a hash of the identity.
  const double hue = 6 * std::fmod(id * 0.6180339887498949, 1.0);
  const auto hash = static_cast<std::uint32_t>(id) * 2654435761U;
  const double value = 0.72 + 0.12 * static_cast<double>((hash >> 16) % 3),
               saturation = 0.45 + 0.15 * static_cast<double>((hash >> 20) % 3);
  const auto channel = [&](double n) {
    const double k = std::fmod(n + hue, 6.0);
    return static_cast<float>(value - value * saturation * std::clamp(std::min(k, 4 - k), 0.0, 1.0));
  };
  return {channel(5), channel(3), channel(1)};
}

}  // namespace skyline::renderer
