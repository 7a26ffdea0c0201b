// The classes of buildings as data: what each is made of. A grammar reads a row; no class has code of its own.
#pragma once

#include "city/generate/mass.h"
#include "city/generate/palette.h"

#include <array>
#include <span>

namespace skyline::city::procedural {

// How a building takes shape on its site.
enum class Plan : std::uint8_t {
  kBar,
  kAngle,
  kHorseshoe,
  kCourt,
  kSetbacks,
  kPodiumTower,
  kPointTower,
  kChurch,
  kStation,
  kHall,
  kFactory,
  kWings
};

enum Detail : unsigned {
  kChimneys = 1U << 0,
  kDormers = 1U << 1,
  kBalconies = 1U << 2,
  kRoofPlant = 1U << 3,
  kRoofWindows = 1U << 4,
  kSolarPanels = 1U << 5,
  kCanopy = 1U << 6,
  kPorch = 1U << 7,
  kMast = 1U << 8,
  kCornice = 1U << 9,
  kDocks = 1U << 10,
  kSmokestack = 1U << 11,
  kPortico = 1U << 12,
  kHelipad = 1U << 13,
  kFins = 1U << 14,
  kGreenRoof = 1U << 15,
};

struct BuildingClass {
  ObjectClass object_class;
  Plan plan;
  int storeys_low, storeys_high;
  double storey, ground_storey;                         // metres; ground 0: like the others
  double width_low, width_high, depth_low, depth_high;  // of the site's rectangle, metres; of a wing for courts: depth
  std::array<WallKind, 3> walls;                        // one is drawn
  std::array<RoofForm, 2> roofs;
  std::array<RoofFinish, 3> finishes;  // of pitched roofs; flat roofs are gravel or membrane
  WindowKind windows;
  bool shop_front;
  double pitch;
  unsigned details;
};

// Rows in a fixed order; several rows may make a class.
std::span<const BuildingClass> building_classes();
// Rows of a class.
std::vector<const BuildingClass*> rows_of(ObjectClass object_class);

}  // namespace skyline::city::procedural
