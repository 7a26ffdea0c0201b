// A city of imported solids: outlines, catalogue, walls with windows, roofs, and a ground to stand on.
#pragma once

#include "city/import/solid.h"
#include "core/result.h"

#include <string>
#include <vector>

namespace skyline::city {

struct SolidCityOptions {
  std::string name, credit;
  double latitude_deg = 48, longitude_deg = 14;
  bool ground = true;  // interpolate open ground when no solid is terrain
};

// Ids count from 1 in the order of the solids. Coordinates farther than 20 km from the origin are moved to the middle of the model, and the
// catalogue keeps the offset as "origin". Deterministic. Errors name `where`: no solid with a triangle; a corner not finite or the city
// larger than 200 km.
core::Result<CityModel> city_from_solids(std::vector<Solid> solids, const SolidCityOptions& options, const std::string& where);

}  // namespace skyline::city
