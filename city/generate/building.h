// From a site and a row of the table to a building: a plan makes masses, masses are raised with facades and roofs, details are added.
#pragma once

#include "city/generate/building_classes.h"
#include "city/generate/random.h"

#include <optional>
#include <string>

namespace skyline::city::procedural {

// The rectangle that a building may use: x runs along the street, y away from it, the street is at y = -depth / 2.
struct Site {
  glm::dvec2 center{0.0}, axis{1.0, 0.0};
  double width = 0, depth = 0;
  Polygon block;  // courts: the outline to follow instead
};

struct Mass {
  Outline outline;                 // around the site's centre
  double bottom = -1.2, foot = 0;  // of the solid, and where its facade begins
  double eaves = 0;                // above the site's ground
  RoofShape roof;
  WindowKind windows = WindowKind::kNone;
  double storey = 3, ground_storey = 0;
  bool shop_front = false;
  bool stone = false;  // walls of the second finish
  double top() const;
};

// The masses of a plan; empty when the site does not suit it.
std::vector<Mass> plan_masses(const BuildingClass& row, const Site& site, Random random);

struct BuildingLook {
  const Finish* wall = nullptr;
  const Finish* second = nullptr;  // podiums, ground floors, pavilions
  RoofFinish roof = RoofFinish::kRedTiles, flat = RoofFinish::kGravel;
  glm::vec3 wall_color{0.7F}, second_color{0.7F}, roof_color{0.5F}, flat_color{0.5F}, trim_color{0.8F}, accent{0.5F};
  std::uint32_t seed = 0;
};

struct Building {
  ObjectClass object_class = ObjectClass::kBuilding;
  Mesh mesh;  // around `origin`, ground at z = 0
  glm::dvec2 origin{0.0};
  Polygon footprint;  // in the world
  double height = 0;
  glm::vec3 wall{0.7F}, roof{0.5F};
  std::vector<std::string> tags;
};

std::optional<Building> make_building(const BuildingClass& row, const Site& site, Random random, Palette& palette);

// Chimneys, dormers, balconies, plant, doors, canopies.
void add_details(MeshBuilder& out, const BuildingClass& row, const Site& site, const std::vector<Mass>& masses, const BuildingLook& look,
                 Random random, Palette& palette);

}  // namespace skyline::city::procedural
