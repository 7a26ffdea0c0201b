#include "nerf/edit/appearance.h"

#include "nerf/edit/colour_tools.h"
#include "nerf/edit/surface_effects.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace skyline::nerf {
namespace {

constexpr float kLeastShare = 1e-3F;     // of a ray's light in a region
constexpr float kLeastOpacity = 0.004F;  // of a surface in front of what lies behind the field
constexpr float kHorizon = -0.01F;       // rays above it meet the sky
constexpr float kFarthestGround = 20000;

RegionGrid grid_of(const std::vector<SurfaceThing>& things) {
  std::vector<Region> regions;
  regions.reserve(things.size());
  for (const SurfaceThing& thing : things) regions.push_back(thing.region);
  return RegionGrid(std::move(regions));
}

glm::vec3 changed_by(const SurfaceEffect& effect, const glm::vec3& colour, const SurfacePoint& point, float strength) {
  if (const auto* const season = std::get_if<Season>(&effect.what)) return in_season(*season, colour, point, strength);
  if (const auto* const weather = std::get_if<Weather>(&effect.what)) return in_weather(*weather, colour, point, strength);
  return in_light(std::get<SunPlace>(effect.what), colour, point, strength);
}

// The ground or the sky that a ray meets behind the field.
SurfacePoint behind_field(const Ray& ray, float ground_z) {
  SurfacePoint point;
  point.direction = ray.direction;
  point.is_sky = ray.direction.z > kHorizon;
  point.distance = point.is_sky ? kFarthestGround : std::clamp((ground_z - ray.origin.z) / ray.direction.z, 0.0F, kFarthestGround);
  point.position = ray.origin + ray.direction * point.distance;
  if (!point.is_sky) point.normal = {0, 0, 1};
  return point;
}

}  // namespace

Appearance::Appearance(std::vector<SurfaceEffect> effects, std::vector<SurfaceThing> things, double ground_z)
    : effects_(std::move(effects)),
      things_(std::move(things)),
      place_of_things_(grid_of(things_)),
      ground_z_(static_cast<float>(ground_z)) {
  std::erase_if(effects_, [](const SurfaceEffect& e) { return !(e.strength > 0); });
  for (const SurfaceEffect& effect : effects_) {
    const auto* const weather = std::get_if<Weather>(&effect.what);
    reads_normals_ =
        reads_normals_ || weather == nullptr || *weather == Weather::kRain || *weather == Weather::kSnow || *weather == Weather::kStorm;
    if (const auto* const sun = std::get_if<SunPlace>(&effect.what); sun != nullptr && !effect.where)
      air_light_ = air_light(*sun, effect.strength);
  }
}

const SurfaceThing* Appearance::thing_at(const glm::vec3& position) const {
  for (const std::int32_t number : place_of_things_.near(position)) {
    if (place_of_things_.region(number).contains(glm::dvec3(position))) return &things_[static_cast<std::size_t>(number)];
  }
  return nullptr;
}

bool Appearance::sees(const RayLight& light, SeenSurface& seen) const {
  seen.ray = light.ray;
  seen.normal = glm::vec3(0.0F);
  seen.share.assign(effects_.size(), 0.0F);
  seen.inside.assign(effects_.size(), glm::vec3(0.0F));
  float weight = 0, sum = 0;
  for (std::size_t i = 0; i < light.t.size(); ++i) {
    weight += light.weight[i];
    sum += light.weight[i] * light.t[i];
  }
  seen.opacity = std::min(weight, 1.0F);
  seen.distance = weight > 0 ? sum / weight : 0;
  seen.position = light.ray.origin + light.ray.direction * seen.distance;
  bool any = false;
  for (std::size_t e = 0; e < effects_.size(); ++e) {
    if (!effects_[e].where) {
      seen.share[e] = 1;
      seen.inside[e] = seen.position;
      any = true;
      continue;
    }
    float inside = 0;
    glm::vec3 middle(0.0F);
    for (std::size_t i = 0; i < light.t.size(); ++i) {
      if (light.weight[i] < kLeastShare) continue;
      const glm::vec3 at = light.ray.origin + light.ray.direction * light.t[i];
      const float part = light.weight[i] * effects_[e].where->share(at);
      inside += part;
      middle += part * at;
    }
    if (inside < kLeastShare) continue;
    seen.share[e] = std::min(inside, 1.0F);
    seen.inside[e] = middle / inside;
    any = true;
  }
  return any;
}

glm::vec3 Appearance::changed(const glm::vec3& colour, const SeenSurface& seen) const {
  const float behind_share = 1 - seen.opacity;
  const bool some_surface = seen.opacity > kLeastOpacity, some_behind = behind_share > kLeastOpacity;
  SurfacePoint surface, behind;
  if (some_behind) behind = behind_field(seen.ray, ground_z_);
  surface.direction = seen.ray.direction;
  surface.normal = seen.normal;
  surface.distance = seen.distance;
  glm::vec3 result = colour;
  for (std::size_t e = 0; e < effects_.size(); ++e) {
    if (!(seen.share[e] > 0)) continue;
    const SurfaceEffect& effect = effects_[e];
    surface.position = seen.inside[e];
    surface.thing = some_surface ? thing_at(surface.position) : nullptr;
    if (effect.where) {
      result = mix(result, changed_by(effect, result, surface, effect.strength), seen.share[e]);
    } else if (some_surface && some_behind) {
      result = mix(changed_by(effect, result, surface, effect.strength), changed_by(effect, result, behind, effect.strength), behind_share);
    } else {
      result = changed_by(effect, result, some_surface ? surface : behind, effect.strength);
    }
  }
  // The air in between, last.
  const float from = seen.ray.origin.z - ground_z_;
  for (std::size_t e = 0; e < effects_.size(); ++e) {
    const auto* const weather = std::get_if<Weather>(&effects_[e].what);
    if (weather == nullptr || !(seen.share[e] > 0)) continue;
    const auto passes = [&](const glm::vec3& to, float distance) {
      return clear_air(*weather, effects_[e].strength, from, to.z - ground_z_, distance);
    };
    float clear = some_surface ? seen.opacity * passes(seen.position, seen.distance) : 0;
    if (some_behind) clear += behind_share * passes(behind.position, behind.distance);
    if (!some_behind) clear /= std::max(seen.opacity, kLeastOpacity);
    if (effects_[e].where) clear = mix(1.0F, clear, seen.share[e]);
    result = mix(air_colour(*weather) * air_light_, result, clear);
  }
  return saturate(result);
}

}  // namespace skyline::nerf
