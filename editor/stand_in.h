// What stands in for "a tower" or "a tree" that a person wants to have: an object of the scene itself where there is one of the kind, else
// a generated mesh.
//
// The same scene and the same wish give the same thing. What is chosen goes into the operation, so that a document does not choose again.
#pragma once

#include "city/catalogue.h"
#include "core/result.h"
#include "editor/operation.h"

#include <filesystem>
#include <optional>

namespace skyline::editor {

struct StandIn {
  std::int32_t source = 0;         // in the catalogue; 0: `own`
  std::optional<OwnSource> own{};  // a mesh
  glm::dvec3 scale{1.0};           // to the wanted height
};

// Of the scene's objects of the class: of the wanted height (without one: of the middle height of its class), free of neighbours that touch
// it, and not at the rim of the scene, where photos saw little. `height` in metres. Errors: a class that neither the scene nor the
// generator has; lines and areas on the ground.
core::Result<StandIn> stand_in_for(city::ObjectClass object_class, std::optional<double> height, const city::Catalogue& catalogue);
// The object of the catalogue itself. Errors: there is none, or it is a line.
core::Result<StandIn> stand_in_of(std::int32_t id, std::optional<double> height, const city::Catalogue& catalogue);
// The mesh of a .glb, .gltf or .obj. Errors: those of the readers.
core::Result<StandIn> stand_in_of(const std::filesystem::path& mesh_file, double scale);

}  // namespace skyline::editor
