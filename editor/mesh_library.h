// The meshes that a document shows: generated props, and files, read when they are first needed and kept.
//
//   MeshLibrary library;
//   library.set_folders({project_folder, scene_folder});
//   if (auto shape = library.find(*object.own)) layers.add(nerf::MeshLayer{shape, placement});
//
// One thread; the shapes may be used on any.
#pragma once

#include "city/model.h"
#include "core/result.h"
#include "editor/own_source.h"
#include "nerf/edit/mesh_shape.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace skyline::editor {

class MeshLibrary {
 public:
  // Where a file is looked for by its name when it is not at its path.
  void set_folders(std::vector<std::filesystem::path> folders);
  // Null: the file is missing, was changed, or cannot be read; `problem` tells why.
  std::shared_ptr<const nerf::MeshShape> find(const OwnSource& source);
  // Why a source is not shown; empty: it is, or was not asked for.
  std::string problem(const OwnSource& source) const;
  // Files that were missing are looked for again.
  void forget_missing();

 private:
  struct Entry {
    std::shared_ptr<const nerf::MeshShape> shape;
    std::string problem;
  };
  Entry make(const OwnSource& source) const;
  std::vector<std::filesystem::path> folders_;
  std::map<std::string, Entry> entries_;
};

// A .glb, .gltf or .obj around its own origin: the middle of its bounds, its lowest point at z = 0; axes and metres of the file. Errors:
// another kind of file, and those of the readers.
core::Result<city::CityModel> load_mesh_file(const std::filesystem::path& path);
// XXH3-64 of the bytes, in hexadecimal.
core::Result<std::string> content_hash_of_file(const std::filesystem::path& path);

}  // namespace skyline::editor
