// The colour operations of light, season and weather, one surface point at a time. Private to the appearance.
#pragma once

#include "nerf/edit/appearance.h"

#include <glm/vec3.hpp>

namespace skyline::nerf {

// A place that light comes from.
struct SurfacePoint {
  glm::vec3 position{0.0F};
  glm::vec3 normal{0.0F};     // 0: not known
  glm::vec3 direction{0.0F};  // of the ray
  float distance = 0;
  const SurfaceThing* thing = nullptr;  // null: nothing is known to stand there
  bool is_sky = false;

  SurfaceKind kind() const { return thing == nullptr ? SurfaceKind::kUnknown : thing->kind; }
  std::uint32_t seed() const { return thing == nullptr ? 0 : thing->seed; }
};

// Share of a surface that lies open to the sky: 1 for a roof, 0 for a wall.
float facing_up(const SurfacePoint& point);
// Share of plants in a colour, by what stands there and else by its green.
float plants_in(const glm::vec3& colour, const SurfacePoint& point);
// `amount` of snow, 0 to 1, on what faces up: patches first, then everything.
glm::vec3 snowed_on(const glm::vec3& colour, const SurfacePoint& point, float amount);

glm::vec3 in_season(Season season, const glm::vec3& colour, const SurfacePoint& point, float strength);
// Of the surface alone, without the air.
glm::vec3 in_weather(Weather weather, const glm::vec3& colour, const SurfacePoint& point, float strength);
glm::vec3 in_light(const SunPlace& sun, const glm::vec3& colour, const SurfacePoint& point, float strength);

// Share of the light that the air of a weather lets through between two heights above the ground.
float clear_air(Weather weather, float strength, float from_height, float to_height, float distance);
// Of fog and clouds by day.
glm::vec3 air_colour(Weather weather);
// What fog scatters under this sun, relative to day.
glm::vec3 air_light(const SunPlace& sun, float strength);

}  // namespace skyline::nerf
