#include "nerf/edit/mesh_shadow.h"

#include "nerf/edit/colour_tools.h"
#include "nerf/edit/layer_bounds.h"

#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace skyline::nerf {
namespace {

constexpr double kLongestShadow = 40;                // metres
constexpr float kLeastReach = 0.5F, kMostReach = 4;  // metres around a mesh where the sky is hidden
constexpr float kReachOfHeight = 0.5F;
constexpr float kLift = 0.12F;      // metres off the field's surface, which is rough
constexpr double kDip = 1.5;        // metres that the ground may fall beside it
constexpr float kPenumbra = 0.03F;  // of the sun's direction, wider than the sun: the field's own shadows are soft
constexpr int kSkyRays = 12, kSunRays = 18;
constexpr std::size_t kFirstSunRays = 6;  // where they agree, the others are not asked
constexpr float kGolden = 2.39996323F;    // radians

float reach_of(const core::Box& box) {
  return std::clamp(kReachOfHeight * static_cast<float>(box.high.z - box.low.z), kLeastReach, kMostReach);
}

// Over the upper half space, by the cosine: a spiral on the disc, lifted onto the sphere (Malley's method).
std::array<glm::vec3, kSkyRays> sky_directions() {
  std::array<glm::vec3, kSkyRays> directions;
  for (int i = 0; i < kSkyRays; ++i) {
    const float r2 = (static_cast<float>(i) + 0.5F) / kSkyRays, r = std::sqrt(r2), angle = kGolden * static_cast<float>(i);
    directions[static_cast<std::size_t>(i)] = {r * std::cos(angle), r * std::sin(angle), std::sqrt(1 - r2)};
  }
  return directions;
}

std::array<glm::vec3, kSunRays> sun_directions(const glm::vec3& to_sun) {
  const glm::vec3 side = glm::normalize(glm::cross(to_sun, std::abs(to_sun.z) < 0.9F ? glm::vec3(0, 0, 1) : glm::vec3(1, 0, 0)));
  const glm::vec3 up = glm::cross(side, to_sun);
  std::array<glm::vec3, kSunRays> directions;
  for (int i = 0; i < kSunRays; ++i) {
    const float angle = kGolden * static_cast<float>(i), r = kPenumbra * std::sqrt((static_cast<float>(i) + 0.5F) / kSunRays);
    directions[static_cast<std::size_t>(i)] = glm::normalize(to_sun + r * (std::cos(angle) * side + std::sin(angle) * up));
  }
  return directions;
}

// Distance along `direction` to the mesh; negative: none within `far`.
float distance_to(const MeshLayer& mesh, const glm::vec3& from, const glm::vec3& direction, float far) {
  MeshHit hit;
  const glm::vec3 origin(mesh.placement.to_source(glm::dvec3(from)));
  const glm::vec3 way(mesh.placement.direction_to_source(glm::dvec3(direction)));
  return mesh.shape->intersect(origin, way, far, hit) ? hit.distance : -1;
}

bool inside(const core::Box& box, const glm::vec3& p) {
  return p.x >= box.low.x && p.y >= box.low.y && p.z >= box.low.z && p.x <= box.high.x && p.y <= box.high.y && p.z <= box.high.z;
}

// Which rays to the sun the mesh stops, besides those that are stopped already.
void cast_shadow(const MeshLayer& mesh, const glm::vec3& from, const std::array<glm::vec3, kSunRays>& sun,
                 std::array<bool, kSunRays>& dark) {
  std::size_t stopped = 0;
  for (std::size_t i = 0; i < kSunRays; ++i) {
    if (i == kFirstSunRays && (stopped == 0 || stopped == kFirstSunRays)) {
      if (stopped > 0) std::fill(dark.begin() + kFirstSunRays, dark.end(), true);
      return;
    }
    const bool is_stopped = distance_to(mesh, from, sun[i], static_cast<float>(3 * kLongestShadow)) >= 0;
    stopped += is_stopped ? 1 : 0;
    dark[i] = dark[i] || is_stopped;
  }
}

bool has_sun(const MeshLight& light) { return light.sun > 0 && light.to_sun.z > 0.02F; }

}  // namespace

core::Box shaded_bounds(const MeshLayer& mesh, const MeshLight& light) {
  const core::Box own = bounds_of(mesh);
  const double reach = static_cast<double>(reach_of(own));
  core::Box box{own.low - glm::dvec3(reach, reach, kDip), own.high + glm::dvec3(reach, reach, 0)};
  if (!has_sun(light)) return box;
  // Where the box's shadow falls onto the ground below it.
  const glm::dvec3 to_sun(light.to_sun);
  const double level = std::hypot(to_sun.x, to_sun.y);
  const double length = std::min((own.high.z - own.low.z + kDip) * level / to_sun.z, kLongestShadow);
  if (level < 1e-6) return box;
  for (int axis = 0; axis < 2; ++axis) {
    const double shift = -to_sun[axis] / level * length;
    box.low[axis] = std::min(box.low[axis], own.low[axis] + shift);
    box.high[axis] = std::max(box.high[axis], own.high[axis] + shift);
  }
  return box;
}

MeshShade shade_at(const EditLayers& layers, std::span<const std::int32_t> meshes, const glm::vec3& place) {
  static const std::array<glm::vec3, kSkyRays> kSky = sky_directions();
  const bool sunny = has_sun(layers.light);
  const std::array<glm::vec3, kSunRays> sun = sun_directions(layers.light.to_sun);
  const glm::vec3 from = place + glm::vec3(0, 0, kLift);
  std::array<float, kSkyRays> hidden{};
  std::array<bool, kSunRays> dark{};
  for (const std::int32_t number : meshes) {
    const MeshLayer& mesh = layers.meshes[static_cast<std::size_t>(number)];
    const core::Box own = bounds_of(mesh);
    const float reach = reach_of(own);
    if (!inside(shaded_bounds(mesh, layers.light), place)) continue;
    const core::Box close{own.low - glm::dvec3(static_cast<double>(reach)), own.high + glm::dvec3(static_cast<double>(reach))};
    for (std::size_t i = 0; i < kSkyRays && inside(close, place); ++i) {
      const float distance = distance_to(mesh, from, kSky[i], reach);
      if (distance >= 0) hidden[i] = std::max(hidden[i], 1 - distance / reach);
    }
    if (sunny) cast_shadow(mesh, from, sun, dark);
  }
  MeshShade shade;
  for (const float share : hidden) shade.sky += share / kSkyRays;
  for (const bool share : dark) shade.sun += share ? 1.0F / kSunRays : 0.0F;
  return shade;
}

float shaded(const MeshShade& shade, const MeshLight& light, const glm::vec3& colour) {
  constexpr float kMostOfSky = 0.85F;
  // As far as a colour tells that a place lies in the sun.
  const float lit = smooth_step(0.08F, 0.45F, luma(colour));
  const float of_sun = light.sun / std::max(light.sun + light.sky, 1e-6F) * smooth_step(0.02F, 0.15F, light.to_sun.z);
  const float left = (1 - of_sun * lit * shade.sun) * (1 - kMostOfSky * shade.sky);
  return std::sqrt(left);  // near enough to the display's curve
}

}  // namespace skyline::nerf
