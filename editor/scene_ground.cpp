#include "editor/scene_ground.h"

#include "city/polygon.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace skyline::editor {

SceneGround::SceneGround(nerf::SurfaceMap map, std::vector<float> ground) : map_(std::move(map)), open_(map_, std::move(ground)) {}

core::Result<std::shared_ptr<const SceneGround>> SceneGround::make(const nerf::Field& field, const nerf::SceneInfo& info,
                                                                   core::Progress& progress, const std::filesystem::path& cache,
                                                                   const std::string& content_hash) {
  static_cast<void>(cache);
  static_cast<void>(content_hash);
  auto map = nerf::map_surface(field, {}, info.mean_code, info.cameras, progress);
  if (!map) return map.error();
  std::vector<float> ground = nerf::ground_heights(*map, {});
  return std::shared_ptr<const SceneGround>(new SceneGround(std::move(*map), std::move(ground)));
}

glm::vec3 SceneGround::roof_colour(const std::vector<glm::dvec2>& footprint, double base, double height, const glm::vec3& otherwise) const {
  const nerf::GroundGrid& grid = map_.grid;
  const city::Rectangle around = city::bounds(footprint);
  const auto cell = [&](double at, double low, int count) {
    return std::clamp(static_cast<int>(std::floor((at - low) / grid.cell)), 0, count - 1);
  };
  glm::vec3 sum(0.0F);
  int count = 0;
  for (int row = cell(around.low.y, grid.low.y, grid.rows); row <= cell(around.high.y, grid.low.y, grid.rows); ++row) {
    for (int column = cell(around.low.x, grid.low.x, grid.columns); column <= cell(around.high.x, grid.low.x, grid.columns); ++column) {
      const std::size_t i = grid.at(column, row);
      if (map_.known[i] == 0 || map_.middle[i] < base + height / 2 || !city::contains(footprint, grid.centre(column, row))) continue;
      sum += map_.colour[i];
      ++count;
    }
  }
  return count > 0 ? sum / static_cast<float>(count) : otherwise;
}

}  // namespace skyline::editor
