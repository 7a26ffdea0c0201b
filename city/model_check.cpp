#include "city/gltf.h"

#include <fmt/format.h>
#include <glm/common.hpp>
#include <glm/vec4.hpp>

#include <algorithm>
#include <cmath>

namespace skyline::city {
namespace {

using core::Status;

core::Error broken(const std::string& where, std::string_view rule) {
  return {"the city model does not fit together", fmt::format("{}: {}", where, rule), "write the file again with the program that made it"};
}

bool finite(const glm::vec3& v) { return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z); }

Status check_mesh(const CityModel& model, std::size_t m, const std::string& where) {
  const Mesh& mesh = model.meshes[m];
  if (!std::all_of(mesh.positions.begin(), mesh.positions.end(), finite))
    return broken(where, fmt::format("mesh {} has a position that is not finite", m));
  if (!mesh.uvs.empty() && mesh.uvs.size() != mesh.positions.size())
    return broken(where, fmt::format("mesh {} has {} texture coordinates for {} positions", m, mesh.uvs.size(), mesh.positions.size()));
  if (mesh.indices.size() != 3 * mesh.materials.size())
    return broken(where, fmt::format("mesh {} has {} indices for {} triangles", m, mesh.indices.size(), mesh.materials.size()));
  for (const std::uint32_t index : mesh.indices) {
    if (index >= mesh.positions.size())
      return broken(where, fmt::format("mesh {} names position {} of {}", m, index, mesh.positions.size()));
  }
  for (const std::uint16_t material : mesh.materials) {
    if (material >= model.materials.size())
      return broken(where, fmt::format("mesh {} names material {} of {}", m, material, model.materials.size()));
  }
  return {};
}

}  // namespace

Status check_model(const CityModel& model, const std::string& where) {
  for (std::size_t i = 0; i < model.materials.size(); ++i) {
    if (const int facade = model.materials[i].facade; facade < -1 || facade >= static_cast<int>(model.facades.size()))
      return broken(where, fmt::format("material {} names facade {} of {}", i, facade, model.facades.size()));
  }
  for (std::size_t m = 0; m < model.meshes.size(); ++m) {
    if (const Status fine = check_mesh(model, m, where); !fine) return fine;
  }
  for (std::size_t i = 0; i < model.placements.size(); ++i) {
    const Placement& placement = model.placements[i];
    if (placement.mesh >= model.meshes.size())
      return broken(where, fmt::format("placement {} names mesh {} of {}", i, placement.mesh, model.meshes.size()));
    if (placement.object != 0 && model.catalogue.find(placement.object) == nullptr)
      return broken(where, fmt::format("placement {} names object {}, which the catalogue does not have", i, placement.object));
    for (int c = 0; c < 4; ++c) {
      if (!finite(placement.transform[c])) return broken(where, fmt::format("the transform of placement {} is not finite", i));
    }
  }
  const Terrain& terrain = model.terrain;
  if (!terrain.heights.empty() || terrain.columns != 0 || terrain.rows != 0) {
    if (terrain.columns < 2 || terrain.rows < 2 || !(terrain.cell > 0) || !std::isfinite(terrain.cell) ||
        terrain.heights.size() != static_cast<std::size_t>(terrain.columns) * static_cast<std::size_t>(terrain.rows))
      return broken(where,
                    fmt::format("the terrain of {} x {} cells has {} heights", terrain.columns, terrain.rows, terrain.heights.size()));
    if (!std::all_of(terrain.heights.begin(), terrain.heights.end(), [](float h) { return std::isfinite(h); }))
      return broken(where, "a height of the terrain is not finite");
  }
  return {};
}

void measure_model(CityModel& model) {
  glm::dvec3 low(1e300), high(-1e300);
  for (const Placement& placement : model.placements) {
    for (const glm::vec3& p : model.meshes[placement.mesh].positions) {
      const glm::dvec3 at = placement.transform * glm::vec4(p, 1.0F);
      low = glm::min(low, at);
      high = glm::max(high, at);
    }
  }
  const bool any = low.x <= high.x;
  model.low = any ? low : glm::dvec3(0.0);
  model.high = any ? high : glm::dvec3(0.0);
}

}  // namespace skyline::city
