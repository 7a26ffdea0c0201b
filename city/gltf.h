// Cities as glTF 2.0 (https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html), the file that other programs open.
//
// save_glb writes everything a CityModel holds: a node a placement, meshes shared, and what glTF has no word for in `extras`
// (docs/objects.md lists them). load_gltf gives the same model back; a file of another program is imported: every node with a mesh becomes
// an object. In the file y is up and z points south, in memory z is up and y points north; the change is a permutation and loses nothing.
#pragma once

#include "city/model.h"
#include "core/result.h"

#include <filesystem>

namespace skyline::city {

// Triangles of a mesh are stored, and come back, ordered by material (stable). The same model gives the same bytes. Errors: an index of the
// model out of range; the file cannot be written. The old file stays whole until the new one is.
core::Status save_glb(const CityModel& model, const std::filesystem::path& path);

// .glb or .gltf. Errors name the file, the element and the rule it breaks; pictures are not read.
core::Result<CityModel> load_gltf(const std::filesystem::path& path);

// True when every index of the model points at something and every number is finite; the error names the first that does not. `where` is
// the file's name in errors.
core::Status check_model(const CityModel& model, const std::string& where);

// low and high of all placed geometry; zero when there is none.
void measure_model(CityModel& model);

}  // namespace skyline::city
