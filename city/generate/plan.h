// The plan of a city in two dimensions: river, railway, streets, blocks and what each block is for.
//
// Streets are two families of lines in a turned grid; in the old part of the town the plane is bent, which makes the same lines organic,
// and large blocks are cut again by lanes. What the corridors of streets, river and railway leave of the quarter are the blocks.
#pragma once

#include "city/generate/generate.h"
#include "city/generate/names.h"
#include "city/generate/shapes.h"

namespace skyline::city::procedural {

enum class StreetRank : std::uint8_t { kLane, kStreet, kAvenue };

struct Street {
  Path path;
  double width = 9;  // of the carriageway
  StreetRank rank = StreetRank::kStreet;
  Name name;
};

struct BridgePlan {
  Path path;  // from bank to bank
  double width = 12;
  Name name;
};

enum class BlockUse : std::uint8_t {
  kPark,
  kSquare,
  kChurch,
  kStation,
  kSkyline,
  kHospital,
  kSchool,
  kMixed,
  kCourt,
  kOldTown,
  kHouses,
  kSlabs,
  kIndustry,
  kParking,
  kVerge
};

struct Block {
  Polygon outline;
  BlockUse use = BlockUse::kVerge;
};

struct CityPlan {
  double size = 400, reach = 600;  // of the quarter, and of the ground beyond it on each side
  Polygon quarter, world;
  glm::dvec2 axis{1, 0};  // of the grid
  Path river;             // empty: none
  double river_width = 0;
  Path railway;
  double railway_width = 0;
  std::vector<Street> streets;
  std::vector<BridgePlan> bridges;
  std::vector<Path> country_roads;
  std::vector<Block> blocks;
};

CityPlan make_plan(const GenerateSettings& settings, Names& names);

}  // namespace skyline::city::procedural
