// How surfaces look in another light, season or weather: colour operations on what a ray has met.
//
//   Appearance appearance(effects, things, ground_z);
//   renderer.render({.camera = camera, .appearance = &appearance}, ...);
//
// The renderer tells what the light of a ray comes from (a place, the way the surface faces, how much of it lies in a region); the effects
// change the ray's colour in the order in which they stand. Light and shadow of the capture stay: every operation works relative to the
// colour that is there. Fog is laid over it last, by the way that the light has through the air. No physical sun, no falling snow.
//
// A ray that no effect reaches keeps its colour bit by bit. A value; const methods are thread-safe.
#pragma once

#include "nerf/edit/region_grid.h"
#include "nerf/space.h"

#include <glm/vec3.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <variant>
#include <vector>

namespace skyline::nerf {

enum class Season : std::uint8_t { kSpring, kSummer, kAutumn, kWinter };
enum class Weather : std::uint8_t { kClear, kCloud, kFog, kRain, kSnow, kStorm };

// Where the sun stands: azimuth clockwise from north, elevation above the horizon.
struct SunPlace {
  double azimuth_deg = 180, elevation_deg = 50;
  bool operator==(const SunPlace&) const = default;
};

struct SurfaceEffect {
  std::variant<Season, Weather, SunPlace> what;
  float strength = 1;
  std::shared_ptr<const RegionGrid> where;  // null: everywhere, the sky too
};

// What is known to stand at a place.
enum class SurfaceKind : std::uint8_t { kUnknown, kBuilding, kRoad, kWater, kTree, kLawn, kVehicle, kOther };
struct SurfaceThing {
  Region region;
  SurfaceKind kind = SurfaceKind::kOther;
  std::uint32_t seed = 0;  // no two trees are of one colour
};

// Samples of a ray and what they weigh: t and weight [count], distances in the scene as it is shown.
struct RayLight {
  Ray ray;
  std::span<const float> t, weight;
};

// What a ray's light comes from. Scratch memory of one thread, kept from ray to ray.
struct SeenSurface {
  Ray ray;
  float opacity = 0;              // the rest comes from behind the field
  float distance = 0;             // along the ray, of the mean surface
  glm::vec3 position{0.0F};       // there
  glm::vec3 normal{0.0F};         // of unit length, or 0 where it is not known
  std::vector<float> share;       // of each effect
  std::vector<glm::vec3> inside;  // place of what each effect is on
};

class Appearance {
 public:
  // Of overlapping things the first counts. `ground_z`: where fog is thickest and what lies behind the field begins.
  Appearance(std::vector<SurfaceEffect> effects, std::vector<SurfaceThing> things, double ground_z);

  bool empty() const { return effects_.empty(); }
  // Some effect asks which way a surface faces.
  bool reads_normals() const { return reads_normals_; }

  // Finds out what the effects have to do with a ray; false: nothing. Then `seen.normal` may be set, where one reads it.
  bool sees(const RayLight& light, SeenSurface& seen) const;
  // The ray's colour (display-encoded, 0 to 1), changed.
  glm::vec3 changed(const glm::vec3& colour, const SeenSurface& seen) const;

 private:
  const SurfaceThing* thing_at(const glm::vec3& position) const;
  std::vector<SurfaceEffect> effects_;
  std::vector<SurfaceThing> things_;
  RegionGrid place_of_things_;
  float ground_z_ = 0;
  glm::vec3 air_light_{1.0F};  // that fog scatters, relative to day
  bool reads_normals_ = false;
};

}  // namespace skyline::nerf
