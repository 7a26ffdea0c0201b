// Weathers: what the surface does, and what the air in between does.
#include "nerf/edit/colour_tools.h"
#include "nerf/edit/surface_effects.h"

namespace skyline::nerf {
namespace {

constexpr glm::vec3 kOvercastSky{0.70F, 0.74F, 0.79F}, kStormSky{0.30F, 0.35F, 0.40F}, kFogColour{0.80F, 0.83F, 0.86F},
    kRainAir{0.60F, 0.65F, 0.70F}, kSnowAir{0.84F, 0.87F, 0.91F};
constexpr float kFogHeight = 45;  // metres over which fog thins to 1 / e

// Under clouds: less between light and shadow, cooler, paler.
glm::vec3 overcast(const glm::vec3& colour, float strength, float darker) {
  constexpr glm::vec3 kCool{0.95F, 1.0F, 1.06F};
  const float grey = luma(colour);
  // The sun's part goes, shadows open.
  const float flat = grey + 0.10F * (1 - smooth_step(0.0F, 0.35F, grey)) - 0.16F * smooth_step(0.35F, 0.95F, grey);
  glm::vec3 under = with_saturation(colour * (flat / std::max(grey, 0.02F)), 0.8F) * kCool * darker;
  return mix(colour, saturate(under), strength);
}

// Wet ground is darker and mirrors the sky where one looks along it (Schlick 1994, water).
glm::vec3 wet(const glm::vec3& colour, const SurfacePoint& point, const glm::vec3& sky, float strength) {
  constexpr float kFar = 700;
  const float up = facing_up(point) * smooth_step(2 * kFar, kFar, point.distance);
  if (up <= 0) return colour * (1 - 0.08F * strength);
  const float grey = luma(colour);
  const glm::vec3 soaked = with_saturation(colour * (0.62F + 0.25F * grey), 1.15F);
  const float towards = saturate(-dot3(point.direction, point.normal));
  const float along = std::pow(1 - towards, 5.0F);
  const bool is_soft = point.kind() == SurfaceKind::kLawn || point.kind() == SurfaceKind::kTree || greenness(colour) > 0.15F;
  float mirror = (0.03F + 0.97F * along) * (is_soft ? 0.15F : 1.0F);
  if (point.kind() == SurfaceKind::kRoad || point.kind() == SurfaceKind::kBuilding)
    mirror += 0.30F * smooth_step(0.55F, 0.75F, noise2(point.position.x, point.position.y, 3.5F, 21));  // puddles
  return mix(colour, mix(soaked, sky, std::min(mirror, 0.6F)), up * strength);
}

// Attenuation a metre at the ground, by the distance at which contrast falls to 2 % (Koschmieder 1924).
float thickness(Weather weather, float strength) {
  constexpr float kContrast = 3.912F;
  const auto seen_as_far_as = [&](float faint, float full) { return kContrast / (faint * std::pow(full / faint, strength)); };
  if (strength <= 0) return 0;
  switch (weather) {
    case Weather::kFog:
      return seen_as_far_as(6000, 240);
    case Weather::kRain:
      return seen_as_far_as(16000, 3000);
    case Weather::kSnow:
      return seen_as_far_as(7000, 700);
    case Weather::kStorm:
      return seen_as_far_as(12000, 2000);
    case Weather::kCloud:
      return seen_as_far_as(30000, 9000);
    case Weather::kClear:
      return 0;
  }
  return 0;
}

}  // namespace

float clear_air(Weather weather, float strength, float from_height, float to_height, float distance) {
  const float at_ground = thickness(weather, strength);
  if (at_ground <= 0 || distance <= 0) return 1;
  // A third reaches as high as one likes, the rest thins out upwards: the integral of exp(-height / kFogHeight) along the way.
  const float from = std::max(from_height, -0.5F * kFogHeight) / kFogHeight, to = std::max(to_height, -0.5F * kFogHeight) / kFogHeight;
  const float rise = to - from;
  const float low = std::abs(rise) < 1e-3F ? std::exp(-from) : (std::exp(-from) - std::exp(-to)) / rise;
  return std::exp(-at_ground * distance * (0.33F + 0.67F * low));
}

glm::vec3 air_colour(Weather weather) {
  switch (weather) {
    case Weather::kRain:
      return kRainAir;
    case Weather::kStorm:
      return kStormSky;
    case Weather::kSnow:
      return kSnowAir;
    case Weather::kCloud:
      return kOvercastSky;
    default:
      return kFogColour;
  }
}

glm::vec3 in_weather(Weather weather, const glm::vec3& colour, const SurfacePoint& point, float strength) {
  if (point.is_sky) {
    const float clouds = weather == Weather::kClear ? 0.0F : weather == Weather::kFog ? 0.5F : 1.0F;
    if (weather == Weather::kClear) return mix(colour, with_saturation(colour, 1.3F), strength);
    return mix(colour, air_colour(weather), clouds * strength);
  }
  switch (weather) {
    case Weather::kClear: {
      const glm::vec3 bright = with_saturation(colour, 1.15F) * glm::vec3(1.04F, 1.01F, 0.97F);
      const auto contrast = [](float v) { return mix(v, smooth_step(0.0F, 1.0F, v), 0.35F); };
      return mix(colour, saturate(glm::vec3(contrast(bright.r), contrast(bright.g), contrast(bright.b))), strength);
    }
    case Weather::kCloud:
      return overcast(colour, strength, 0.96F);
    case Weather::kFog:
      return overcast(colour, 0.6F * strength, 1.0F);
    case Weather::kRain:
      return wet(overcast(colour, strength, 0.82F), point, kOvercastSky * 0.9F, strength);
    case Weather::kSnow:
      return snowed_on(overcast(colour, strength, 1.0F), point, strength);
    case Weather::kStorm: {
      const glm::vec3 dark = wet(overcast(colour, strength, 0.60F), point, kStormSky * 1.2F, strength);
      return mix(dark, dark * glm::vec3(0.92F, 1.0F, 1.02F), strength);
    }
  }
  return colour;
}

}  // namespace skyline::nerf
