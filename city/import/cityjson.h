// CityJSON 1.0 to 2.0 (https://www.cityjson.org/specs/2.0.1/) as a city.
#pragma once

#include "city/model.h"
#include "core/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace skyline::city {

// The most detailed geometry of each city object: Solid, MultiSolid, CompositeSolid, MultiSurface, CompositeSurface; parts by the semantics
// of surfaces, else by their normal. A Building and its parts are one object. Coordinates are moved to the middle of the model; the
// catalogue keeps the offset as "origin". Errors name the city object: no vertices, index out of range, geometry of the wrong shape; no
// city object with geometry.
core::Result<CityModel> import_cityjson(const std::filesystem::path& path);
core::Result<CityModel> parse_cityjson(std::string_view text, const std::string& where, const std::string& name);

}  // namespace skyline::city
