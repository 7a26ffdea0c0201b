// From what a document says to what the marcher draws: carves, ground patches, instances and tints.
//
//   EditCompiler compiler(catalogue);
//   compiler.set_ground(ground);                                  // when it is made; until then what is removed leaves a bare floor
//   std::shared_ptr<const nerf::EditLayers> layers = compiler.compile(document.state());
//
// What an object leaves behind depends only on the object, so it is worked out once and kept: a change costs as much as it changes. One
// thread.
#pragma once

#include "city/catalogue.h"
#include "city/spatial_index.h"
#include "editor/document_state.h"
#include "editor/mesh_library.h"
#include "editor/scene_ground.h"
#include "nerf/edit/layers.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace skyline::editor {

class EditCompiler {
 public:
  // `catalogue` is never null.
  explicit EditCompiler(std::shared_ptr<const city::Catalogue> catalogue);
  // Null: none. Forgets the patches that were made.
  void set_ground(std::shared_ptr<const SceneGround> ground);

  // Null when nothing differs from the field.
  std::shared_ptr<const nerf::EditLayers> compile(const DocumentState& state);

  // Where meshes come from.
  MeshLibrary& meshes() { return meshes_; }
  const MeshLibrary& meshes() const { return meshes_; }

 private:
  // What is cut out for an object, and what shows it elsewhere.
  struct Cut {
    bool leaves_ground = false;                             // a tree's crown is above it
    std::vector<std::vector<glm::dvec2>> areas;             // footprint and a margin, less what touches it
    std::optional<std::vector<nerf::GroundPatch>> patches;  // one an area that can be covered; nothing: not made yet
  };
  Cut& cut_of(const city::Object& object);
  void cover(Cut& cut) const;
  void add_gone(const city::Object& object, double soft, bool with_patch, nerf::EditLayers& layers);
  void add_placed(const ObjectState& state, const city::Object& object, nerf::EditLayers& layers);
  void add_mesh(const ObjectState& state, const city::Object& object, nerf::EditLayers& layers);
  void add_tint(const ObjectState& state, const city::Object& object, nerf::EditLayers& layers) const;

  std::shared_ptr<const city::Catalogue> catalogue_;
  city::SpatialIndex index_;
  std::shared_ptr<const SceneGround> ground_;
  std::map<std::int32_t, Cut> cuts_;  // by the id of what is seen in the field
  MeshLibrary meshes_;
};

}  // namespace skyline::editor
