// Wavefront OBJ as a city: every `o` is an object (LoD2 building models come this way).
#pragma once

#include "city/model.h"
#include "core/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace skyline::city {

// z is up. Faces belong to the wall, roof or ground of their object by the name of their material (`usemtl`), else by their normal; other
// materials keep no colour. Objects named terrain or ground become open ground; without one the ground is interpolated from the objects'
// bases. Errors name the line: not a number, face of fewer than three corners, vertex that does not exist; no face at all.
core::Result<CityModel> import_obj(const std::filesystem::path& path);
core::Result<CityModel> parse_obj(std::string_view text, const std::string& where, const std::string& name);

}  // namespace skyline::city
