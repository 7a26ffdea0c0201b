// One way to open a city, whatever file it is in.
#pragma once

#include "city/model.h"
#include "core/result.h"

#include <filesystem>

namespace skyline::city {

// A folder with city.glb and, if edited since, objects.json (as `skyline city generate` and `skyline city import` write it); a .glb or
// .gltf; a Wavefront .obj; CityJSON (.json, .city.json, .cityjson). Errors: unknown extension, and those of the readers.
core::Result<CityModel> load_city(const std::filesystem::path& path);

// Writes FOLDER/city.glb and FOLDER/objects.json; makes the folder when it is absent. On an error neither file has changed, unless the
// disk fails between the two.
core::Status save_city(const CityModel& model, const std::filesystem::path& folder);

}  // namespace skyline::city
