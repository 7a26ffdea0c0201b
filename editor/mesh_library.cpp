#include "editor/mesh_library.h"

#include "city/generate/prop.h"
#include "city/gltf.h"
#include "city/load_city.h"
#include "core/file.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cctype>
#include <string_view>
#include <system_error>

namespace skyline::editor {
namespace {

namespace fs = std::filesystem;

std::string key_of(const OwnSource& source) {
  return source.kind == OwnSource::Kind::kProp ? fmt::format("{} {}", city::class_name(source.object_class), source.variant)
                                               : source.path + "\n" + source.content_hash;
}

bool is_mesh_file(const fs::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending == ".glb" || ending == ".gltf" || ending == ".obj";
}

}  // namespace

core::Result<city::CityModel> load_mesh_file(const fs::path& path) {
  if (!is_mesh_file(path)) return core::Error{"cannot read the mesh", path.string(), "choose a .glb, a .gltf or an .obj"};
  auto model = city::load_city(path);
  if (!model) return model.error();
  // Importers lay a ground below the objects of a city.
  const auto is_ground = [](const city::Placement& placement) { return placement.object == 0; };
  if (!std::all_of(model->placements.begin(), model->placements.end(), is_ground)) std::erase_if(model->placements, is_ground);
  city::measure_model(*model);
  const glm::vec3 origin(0.5F * (model->low.x + model->high.x), 0.5F * (model->low.y + model->high.y), model->low.z);
  for (city::Placement& placement : model->placements) placement.transform[3] -= origin;
  city::measure_model(*model);
  return model;
}

core::Result<std::string> content_hash_of_file(const fs::path& path) {
  const auto bytes = core::read_file(path);
  if (!bytes) return bytes.error();
  return fmt::format("{:016x}", XXH3_64bits(bytes->data(), bytes->size()));
}

void MeshLibrary::set_folders(std::vector<fs::path> folders) {
  folders_ = std::move(folders);
  forget_missing();
}

void MeshLibrary::forget_missing() {
  std::erase_if(entries_, [](const auto& entry) { return entry.second.shape == nullptr; });
}

std::shared_ptr<const nerf::MeshShape> MeshLibrary::find(const OwnSource& source) {
  const auto [entry, is_new] = entries_.try_emplace(key_of(source));
  if (is_new) entry->second = make(source);
  return entry->second.shape;
}

std::string MeshLibrary::problem(const OwnSource& source) const {
  const auto known = entries_.find(key_of(source));
  return known != entries_.end() ? known->second.problem : std::string();
}

MeshLibrary::Entry MeshLibrary::make(const OwnSource& source) const {
  const auto shape_of = [](core::Result<city::CityModel> model) -> Entry {
    if (!model) return {nullptr, model.error().message()};
    auto shape = nerf::MeshShape::make(std::move(*model));
    if (!shape) return {nullptr, shape.error().message()};
    return {std::move(*shape), {}};
  };
  if (source.kind == OwnSource::Kind::kProp) return shape_of(city::make_prop(source.object_class, source.variant));
  const fs::path path = source.path;
  std::vector<fs::path> places{path};
  for (const fs::path& folder : folders_) places.push_back(folder / path.filename());
  std::string problem = fmt::format("{} is missing", path.string());
  for (const fs::path& place : places) {
    std::error_code code;
    if (!fs::is_regular_file(place, code)) continue;
    const auto hash = content_hash_of_file(place);
    if (hash && *hash == source.content_hash) return shape_of(load_mesh_file(place));
    problem = fmt::format("{} is another file than it was", place.string());
  }
  return {nullptr, problem};
}

}  // namespace skyline::editor
