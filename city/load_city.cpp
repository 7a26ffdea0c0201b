#include "city/load_city.h"

#include "city/gltf.h"
#include "city/import/cityjson.h"
#include "city/import/obj.h"

#include <algorithm>
#include <cctype>

namespace skyline::city {
namespace {

using core::Error;
using core::Result;

Result<CityModel> load_folder(const std::filesystem::path& folder) {
  std::error_code code;
  if (!std::filesystem::exists(folder / "city.glb", code))
    return Error{"cannot open the city", folder.string() + " has no city.glb",
                 "make one with skyline city generate or skyline city import"};
  auto model = load_gltf(folder / "city.glb");
  if (!model || !std::filesystem::exists(folder / "objects.json", code)) return model;
  auto catalogue = load_catalogue(folder / "objects.json");
  if (!catalogue) return catalogue.error();
  model->catalogue = std::move(*catalogue);
  // What was taken out of the catalogue is not shown either.
  std::erase_if(model->placements,
                [&](const Placement& placement) { return placement.object != 0 && model->catalogue.find(placement.object) == nullptr; });
  return model;
}

}  // namespace

Result<CityModel> load_city(const std::filesystem::path& path) {
  std::error_code code;
  if (std::filesystem::is_directory(path, code)) return load_folder(path);
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (extension == ".glb" || extension == ".gltf") return load_gltf(path);
  if (extension == ".obj") return import_obj(path);
  if (extension == ".json" || extension == ".cityjson") return import_cityjson(path);
  return Error{"cannot open the city", path.string() + " is of an unknown kind",
               "give a folder with city.glb, or .glb, .gltf, .obj, .json (CityJSON)"};
}

core::Status save_city(const CityModel& model, const std::filesystem::path& folder) {
  std::error_code code;
  const bool existed = std::filesystem::exists(folder, code);
  if (!existed && !std::filesystem::create_directories(folder, code) && code)
    return Error{"cannot make the folder", folder.string() + " (" + code.message() + ")", "check the path and the permissions"};
  core::Status saved = save_glb(model, folder / "city.glb");
  if (saved) saved = save_catalogue(model.catalogue, folder / "objects.json");
  if (!saved && !existed) std::filesystem::remove(folder, code);  // only when it is empty
  return saved;
}

}  // namespace skyline::city
