// Light of another hour: what the sun and the sky would add to a surface, held against what they did when it was photographed.
//
// The sun's light passes the air: air mass after Kasten and Young (1989, "Revised optical air mass tables and approximation formula"),
// Rayleigh scattering after Hansen and Travis (1974, "Light scattering in planetary atmospheres", eq. 2.29) and Angstrom's law for haze. No
// shadow is cast: a surface is lit as far as it faces the sun, and shadows of the capture stay.
#include "nerf/edit/colour_tools.h"
#include "nerf/edit/surface_effects.h"

#include <glm/gtc/constants.hpp>

#include <array>
#include <limits>

namespace skyline::nerf {
namespace {

constexpr float kDegree = glm::pi<float>() / 180;
constexpr float kCaptureElevation_deg = 50;  // of the sun that photos are taken under
constexpr glm::vec3 kWavelength_um{0.610F, 0.550F, 0.465F};
constexpr float kHaze = 0.03F, kHazeExponent = 1.3F;

// Of the direct sun, relative to green at the capture.
glm::vec3 sunlight(float elevation_deg) {
  if (elevation_deg <= -1) return glm::vec3(0.0F);
  const auto passed = [](float elevation) {
    const float h = std::max(elevation, 0.0F);
    const float air_mass = 1 / (std::sin(h * kDegree) + 0.50572F * std::pow(h + 6.07995F, -1.6364F));
    glm::vec3 light;
    for (int c = 0; c < 3; ++c) {
      const float w = kWavelength_um[c], w2 = 1 / (w * w);
      const float rayleigh = 0.008569F * w2 * w2 * (1 + 0.0113F * w2 + 0.00013F * w2 * w2);
      light[c] = std::exp(-air_mass * (rayleigh + kHaze * std::pow(w, -kHazeExponent)));
    }
    return light;
  };
  const glm::vec3 reference = passed(kCaptureElevation_deg);
  return passed(elevation_deg) / reference * saturate(1 + elevation_deg);
}

// Of the whole sky, relative to the direct sun of the capture.
glm::vec3 skylight(float elevation_deg) {
  const float high = smooth_step(0, 35, elevation_deg), night = 1 - smooth_step(-9, 0, elevation_deg);
  const glm::vec3 hue =
      mix(mix(glm::vec3(0.86F, 0.92F, 1.25F), glm::vec3(0.94F, 0.99F, 1.12F), high), glm::vec3(0.46F, 0.70F, 1.40F), night);
  const float amount = mix(0.030F, 0.20F, high) * (elevation_deg < 0 ? std::exp(elevation_deg / 4) : 1.0F) + 0.0035F;
  return hue * amount;
}

// How bright the picture is to be, linear: eyes and cameras follow the light, but not all of the way.
float wanted_exposure(float elevation_deg) {
  constexpr std::array<std::pair<float, float>, 7> kCurve{
      {{-90, 0.13F}, {-12, 0.13F}, {-6, 0.22F}, {0, 0.62F}, {8, 0.78F}, {30, 0.80F}, {90, 0.82F}}};
  for (std::size_t i = 1; i < kCurve.size(); ++i) {
    if (elevation_deg > kCurve[i].first) continue;
    const auto& [x0, y0] = kCurve[i - 1];
    const auto& [x1, y1] = kCurve[i];
    return mix(y0, y1, (elevation_deg - x0) / (x1 - x0));
  }
  return kCurve.back().second;
}

glm::vec3 towards(const SunPlace& sun) {
  const float azimuth = static_cast<float>(sun.azimuth_deg) * kDegree, elevation = static_cast<float>(sun.elevation_deg) * kDegree;
  return {std::sin(azimuth) * std::cos(elevation), std::cos(azimuth) * std::cos(elevation), std::sin(elevation)};
}

float dark_hours(float elevation_deg) { return 1 - smooth_step(-7, 4, elevation_deg); }

// A camera balances white for half of the way.
glm::vec3 balanced(const glm::vec3& light) {
  const float grey = std::max(luma(light), 1e-6F);
  return {grey * std::pow(light.r / grey, 0.72F), grey * std::pow(light.g / grey, 0.72F), grey * std::pow(light.b / grey, 0.72F)};
}

// Linear factors of a surface's colour.
glm::vec3 relit(const SunPlace& sun, const glm::vec3& colour, const glm::vec3& normal) {
  const auto elevation = static_cast<float>(sun.elevation_deg);
  const glm::vec3 direct = sunlight(elevation), sky = skylight(elevation), direct_then = sunlight(kCaptureElevation_deg),
                  sky_then = skylight(kCaptureElevation_deg);
  const bool known = dot3(normal, normal) > 0;
  const float facing = known ? smooth_step(-0.35F, 1.0F, dot3(normal, towards(sun))) : 0.4F, up = known ? 0.5F + 0.5F * normal.z : 0.75F;
  // What was in the sun then is brighter than its surroundings, as a rule; what was in shade stays darker, in the light of the sky.
  const float lit = smooth_step(0.08F, 0.45F, luma(colour));
  const glm::vec3 now = direct * facing * (0.45F + 0.55F * lit) + sky * (0.35F + 0.65F * up);
  const glm::vec3 then = direct_then * 0.55F * (0.6F + 0.4F * lit) + sky_then * 0.8F;
  // Over roofs, streets and walls of all sides.
  const float average =
      luma(direct) * (0.45F * std::max(0.0F, std::sin(elevation * kDegree)) + 0.30F * std::cos(elevation * kDegree)) + luma(sky) * 0.75F;
  const float average_then = luma(direct_then) * 0.5F + luma(sky_then) * 0.75F;
  const float dark = dark_hours(elevation);
  // The whole sky glows with a low sun.
  const glm::vec3 glow =
      mix(glm::vec3(1.0F), glm::vec3(1.20F, 0.97F, 0.80F), (1 - smooth_step(3, 16, elevation)) * smooth_step(-6, 0, elevation));
  return glow * mix(balanced(now / then), now / then, dark) * (wanted_exposure(elevation) * average_then / std::max(average, 1e-6F));
}

glm::vec3 lit_sky(const SunPlace& sun, const glm::vec3& colour, const glm::vec3& direction) {
  const auto elevation = static_cast<float>(sun.elevation_deg);
  const float high = std::sqrt(saturate(direction.z));
  const glm::vec3 to_sun = towards(sun);
  const float beside = std::hypot(direction.x, direction.y) * std::hypot(to_sun.x, to_sun.y);
  const float near_sun = beside > 1e-4F ? 0.5F + 0.5F * (direction.x * to_sun.x + direction.y * to_sun.y) / beside : 0.5F;
  const glm::vec3 glow = mix(glm::vec3(0.66F, 0.55F, 0.60F), glm::vec3(0.99F, 0.66F, 0.36F), near_sun * near_sun);
  const glm::vec3 evening = mix(glow, glm::vec3(0.30F, 0.41F, 0.60F), high);
  const glm::vec3 night = mix(glm::vec3(0.085F, 0.105F, 0.175F), glm::vec3(0.02F, 0.03F, 0.07F), high);
  const float dark = 1 - smooth_step(-11, 1, elevation), low = 1 - smooth_step(6, 28, elevation);
  const glm::vec3 day = colour * std::sqrt(wanted_exposure(elevation));
  return mix(mix(day, evening, low), night, dark);
}

// Windows of a building that are lit, as light on top of its wall: a lattice of storeys along the footprint's nearest edge.
glm::vec3 window_light(const SurfacePoint& point, float dark) {
  constexpr float kStorey = 3.2F, kBay = 3.0F, kLit = 0.42F, kFar = 500;
  if (point.kind() != SurfaceKind::kBuilding || point.normal.z > 0.5F || point.distance > 2 * kFar) return glm::vec3(0.0F);
  const auto& corners = point.thing->region.footprint();
  double nearest = std::numeric_limits<double>::max();
  float along = 0;
  std::uint32_t edge = 0;
  const glm::dvec2 at(point.position.x, point.position.y);
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const glm::dvec2 from = corners[i], way = corners[(i + 1) % corners.size()] - from, off = at - from;
    const double length2 = way.x * way.x + way.y * way.y;
    if (length2 < 1) continue;
    const double share = std::clamp((off.x * way.x + off.y * way.y) / length2, 0.0, 1.0);
    const glm::dvec2 apart = off - share * way;
    const double distance = apart.x * apart.x + apart.y * apart.y;
    if (distance >= nearest) continue;
    nearest = distance;
    along = static_cast<float>(share * std::sqrt(length2));
    edge = static_cast<std::uint32_t>(i);
  }
  if (nearest > 150) return glm::vec3(0.0F);  // a court or a roof structure: no outer wall
  const float bay = along / kBay, storey = (point.position.z - static_cast<float>(point.thing->region.low()) - 1.4F) / kStorey;
  if (storey < 0) return glm::vec3(0.0F);
  const float in_bay = bay - std::floor(bay), in_storey = storey - std::floor(storey);
  const std::uint32_t hash =
      hash_at(static_cast<int>(std::floor(bay)), static_cast<int>(std::floor(storey)), static_cast<int>(edge), point.seed());
  if (unit_of(hash) > kLit * dark) return glm::vec3(0.0F);
  const float blur = 0.05F + 0.0008F * point.distance;
  const auto inside = [&](float v, float low, float high) {
    return smooth_step(low - blur, low + blur, v) * (1 - smooth_step(high - blur, high + blur, v));
  };
  const float pane = inside(in_bay, 0.24F, 0.76F) * inside(in_storey, 0.22F, 0.70F);
  const glm::vec3 lamp = mix(glm::vec3(1.0F, 0.70F, 0.36F), glm::vec3(1.0F, 0.90F, 0.72F), unit_of(hash_of(hash)));
  return lamp * (pane * (0.55F + 0.45F * unit_of(hash_of(hash + 1))) * (1 - smooth_step(kFar, 2 * kFar, point.distance)));
}

// Lamps along roads: pools of warm light on the ground and, fainter, on what stands beside it. Linear, to be multiplied with the colour.
glm::vec3 lamp_light(const SurfacePoint& point, float height) {
  constexpr float kApart = 22, kPool = 7;
  constexpr glm::vec3 kSodium{1.0F, 0.66F, 0.34F};
  const float u = point.position.x / kApart, v = point.position.y / kApart;
  const float du = (u - std::floor(u) - 0.5F) * kApart, dv = (v - std::floor(v) - 0.5F) * kApart;
  const float pool = std::exp(-(du * du + dv * dv) / (2 * kPool * kPool));
  constexpr float kFar = 450;
  float amount = 0;
  if (point.kind() == SurfaceKind::kRoad || point.kind() == SurfaceKind::kVehicle) amount = 0.14F + 0.75F * pool;
  if (point.kind() == SurfaceKind::kBuilding) amount = 0.22F;
  if (point.kind() == SurfaceKind::kTree) amount = 0.10F;
  const float near = 1 - smooth_step(kFar, 2 * kFar, point.distance);
  return kSodium * (amount * std::exp(-std::max(height, 0.0F) / 7) * mix(0.35F, 1.0F, near));
}

}  // namespace

glm::vec3 air_light(const SunPlace& sun, float strength) {
  const auto elevation = static_cast<float>(sun.elevation_deg);
  const float low = (1 - smooth_step(4, 25, elevation)) * smooth_step(-8, 0, elevation), dark = 1 - smooth_step(-10, 0, elevation);
  const glm::vec3 hue = mix(mix(glm::vec3(1.0F), glm::vec3(1.10F, 0.96F, 0.86F), low), glm::vec3(0.72F, 0.85F, 1.15F), dark);
  return mix(glm::vec3(1.0F), hue * std::sqrt(std::min(wanted_exposure(elevation), 1.0F)), strength);
}

glm::vec3 in_light(const SunPlace& sun, const glm::vec3& colour, const SurfacePoint& point, float strength) {
  if (point.is_sky) return mix(colour, saturate(lit_sky(sun, colour, point.direction)), strength);
  const glm::vec3 linear = colour * colour;  // near enough to the display's curve for factors
  glm::vec3 lit = linear * relit(sun, colour, point.normal);
  const float dark = dark_hours(static_cast<float>(sun.elevation_deg));
  if (dark > 0) {
    const float low = point.thing != nullptr ? static_cast<float>(point.thing->region.low()) : point.position.z;
    const float height = point.kind() == SurfaceKind::kBuilding ? point.position.z - low : 0;
    lit += linear * lamp_light(point, height) * (dark * dark);
    // Eyes see little colour in the dark.
    lit = with_saturation(lit, mix(1.0F, 0.75F, dark));
  }
  glm::vec3 display(std::sqrt(std::max(lit.r, 0.0F)), std::sqrt(std::max(lit.g, 0.0F)), std::sqrt(std::max(lit.b, 0.0F)));
  // Highlights roll off.
  for (int c = 0; c < 3; ++c) display[c] = display[c] > 0.8F ? 1 - 0.2F * std::exp((0.8F - display[c]) / 0.2F) : display[c];
  if (dark > 0) {
    const glm::vec3 window = window_light(point, dark);
    display = glm::vec3(1.0F) - (glm::vec3(1.0F) - display) * (glm::vec3(1.0F) - window);
  }
  // What is far takes the colour of the sky above it.
  constexpr float kHazeBegins = 700, kHazeEnds = 7000;
  if (point.distance > kHazeBegins) {
    const glm::vec3 level(point.direction.x, point.direction.y, 0.0F);
    display = mix(display, lit_sky(sun, colour, level),
                  0.85F * smooth_step(std::log(kHazeBegins), std::log(kHazeEnds), std::log(point.distance)));
  }
  return mix(colour, saturate(display), strength);
}

}  // namespace skyline::nerf
