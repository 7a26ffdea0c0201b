#include "editor/mesh_light.h"

#include <glm/common.hpp>
#include <glm/geometric.hpp>
#include <glm/gtc/constants.hpp>

#include <algorithm>
#include <cmath>

namespace skyline::editor {
namespace {

// Under another sun meshes are drawn flatter: the effect, which lights them like everything else, adds to what faces the sun.
constexpr float kSunUnderEffect = 0.5F, kSkyUnderEffect = 0.62F;
constexpr float kLeastElevation_deg = 1;  // below, nothing casts a shadow

glm::vec3 towards(const SunPlace& sun) {
  const double azimuth = sun.azimuth_deg * glm::pi<double>() / 180, elevation = sun.elevation_deg * glm::pi<double>() / 180;
  return {std::sin(azimuth) * std::cos(elevation), std::cos(azimuth) * std::cos(elevation), std::sin(elevation)};
}

// Share of the sun that gets through.
float sun_under(Weather weather, float strength) {
  switch (weather) {
    case Weather::kClear:
      return 1;
    case Weather::kCloud:
    case Weather::kFog:
    case Weather::kSnow:
      return 1 - 0.85F * strength;
    case Weather::kRain:
    case Weather::kStorm:
      return 1 - strength;
  }
  return 1;
}

}  // namespace

nerf::MeshLight mesh_light(const EffectStack& effects) {
  nerf::MeshLight light;
  const nerf::MeshLight captured;
  for (const Effect& effect : effects) {
    if (effect.muted || !effect.targets.empty() || !(effect.strength > 0)) continue;
    const auto strength = static_cast<float>(effect.strength);
    if (effect.kind == EffectKind::kWeather) light.sun *= sun_under(effect.weather, strength);
    if (effect.kind != EffectKind::kLight) continue;
    const bool up = effect.sun.elevation_deg > static_cast<double>(kLeastElevation_deg);
    const float through = light.sun / captured.sun;
    light.sun = glm::mix(captured.sun, up ? kSunUnderEffect : 0.0F, strength) * through;
    light.sky = glm::mix(captured.sky, kSkyUnderEffect, strength);
    if (up) light.to_sun = glm::normalize(glm::mix(captured.to_sun, towards(effect.sun), strength));
  }
  return light;
}

}  // namespace skyline::editor
