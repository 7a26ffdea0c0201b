// The city under construction: geometry and objects as they are made, ids when all are known.
//
// Objects are added in any order under a handle; `finish` numbers them kind after kind, each kind in the order of its making, so that
// ids do not depend on which part of the city was filled first.
#pragma once

#include "city/generate/palette.h"
#include "city/generate/plan.h"

#include <string>

namespace skyline::city::procedural {

enum class Kind : std::uint8_t { kWater, kRailway, kRoad, kBridge, kArea, kBuilding, kStructure, kVehicle, kTree };

inline constexpr double kKerb = 0.12;  // blocks lie this much above the carriageway

class Scene {
 public:
  Scene() : palette(model) {}
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  CityModel model;
  Palette palette;
  PolygonGrid buildings;  // footprints

  double ground(glm::dvec2 place) const { return model.terrain.height(place); }
  int add_object(Kind kind, Object object);  // a handle; never 0
  std::uint32_t add_mesh(Mesh mesh);
  void place(std::uint32_t mesh, int handle, glm::dvec3 origin, glm::dvec2 axis = {1, 0}, glm::dvec3 scale = glm::dvec3(1.0),
             glm::vec3 tint = glm::vec3(1.0F));
  // A mesh in world coordinates.
  void place_world(MeshBuilder& mesh, int handle);
  // Numbers the objects, fills the catalogue and the bounds.
  core::Status finish();

 private:
  struct Entry {
    Kind kind;
    Object object;
  };
  std::vector<Entry> entries_;
};

// Terrain of the world around a plan.
Terrain make_terrain(const CityPlan& plan, double relief, std::uint64_t seed);

// Covers a region with ground `lift` above the terrain, cut along the terrain's cells, with an edge `skirt` deep.
void lay_ground(Scene& scene, const Region& region, double lift, Surface surface, int handle, double skirt = 0.35,
                Surface skirt_surface = Surface::kKerb, double cell = 10);
// A strip of `width` along a path, `lift` above the terrain.
void lay_strip(const Scene& scene, MeshBuilder& out, const Path& path, double width, double lift, MaterialIndex material);

}  // namespace skyline::city::procedural
