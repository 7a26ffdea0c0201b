// glTF of other programs as a city: every node with a mesh is an object. Private to the glTF reader.
#pragma once

#include "city/gltf_accessor.h"
#include "city/model.h"

namespace skyline::city {

// Name from the node or its mesh; class from `extras.class` or a class word in the name, else building; part of a triangle from its
// material's name or its normal; colour from the material's base colour. Errors: no scene, a cycle of nodes, no triangle, and those of
// accessors.
core::Result<CityModel> import_foreign_gltf(const GltfFile& file);

}  // namespace skyline::city
