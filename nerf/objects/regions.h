// What stands out of the ground, cut into regions: one a building, as far as heights tell buildings apart.
#pragma once

#include "nerf/objects/surface_map.h"

#include <cstdint>
#include <vector>

namespace skyline::nerf {

struct RegionSettings {
  double lowest = 2.2;         // world units above the ground from which on something stands there
  double step = 1.2;           // difference of height that parts two roofs, beside what a steep roof climbs within a cell
  double steepest_roof = 1.7;  // rise of a roof: 60 degrees
  double smallest_area = 14;   // square units
  double most_slender = 6;     // height of a tower by its width
  double enclosed = 0.45;  // share of a region's border along one neighbour from which on it is a part of it (towers on a podium, dormers)
  double least_walled = 0.45;  // share of a building's border with a wall below it
  double podium = 2;           // times as high as what it leans on: a tower, not a neighbour
  double green = 0.055;        // (2 g - r - b) / (r + g + b) of leaves and more
  double rough = 0.45;         // world units: mean distance of heights from the plane through 5 x 5 cells, above it leaves
};

enum class RegionKind : std::uint8_t { kBuilding, kVegetation, kBridge };

struct Region {
  RegionKind kind = RegionKind::kBuilding;
  std::int64_t cells = 0;
  double certainty = 0;  // 0..1, of the kind
};

struct Regions {
  std::vector<std::int32_t> label;  // [cells of the map]: 0 = open ground, else 1 + index into list
  std::vector<Region> list;
};

// `ground` [cells of the map].
Regions find_regions(const SurfaceMap& map, const std::vector<float>& ground, const RegionSettings& settings);

}  // namespace skyline::nerf
