#include "editor/scene_ground.h"

#include "city/overlay.h"
#include "city/polygon.h"
#include "core/file.h"
#include "nerf/objects/ray_probe.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace skyline::editor {
namespace {

constexpr double kCell = 0.7;                           // metres of the map from above
constexpr double kLowestObject = 0.5;                   // metres
constexpr double kAroundObjects = 1.2;                  // metres around them that show their edge
constexpr double kLowestWall = 1, kShortestWall = 0.5;  // metres
constexpr double kLookDistance = 12;                    // metres from the wall that is looked at
constexpr double kMostOff = 1.5;                        // metres that the field's wall may stand from the catalogue's

// The mean without the darkest and the brightest: single rays may meet what is not the surface.
glm::vec3 middle_colour(std::vector<glm::vec3> colours) {
  const auto brightness = [](const glm::vec3& c) { return 0.2126F * c.r + 0.7152F * c.g + 0.0722F * c.b; };
  std::sort(colours.begin(), colours.end(), [&](const glm::vec3& a, const glm::vec3& b) { return brightness(a) < brightness(b); });
  const std::size_t first = colours.size() / 20, last = std::max(first + 1, colours.size() - first);
  glm::vec3 sum(0.0F);
  for (std::size_t i = first; i < last; ++i) sum += colours[i];
  return sum / static_cast<float>(last - first);
}

// Some rays from obliquely above, as photos look, to places on each wall.
core::Status look_at_walls(const nerf::Field& field, const nerf::SceneInfo& info, core::Progress& progress,
                           std::map<std::int32_t, glm::vec3>& walls) {
  std::vector<nerf::Ray> rays;
  std::vector<std::int32_t> owner;
  for (const city::Object& object : info.objects.objects()) {
    if (object.footprint.empty() || object.height < kLowestWall) continue;
    for (std::size_t i = 0; i < object.footprint.size(); ++i) {
      const glm::dvec2 from = object.footprint[i], along = object.footprint[(i + 1) % object.footprint.size()] - from;
      const double length = std::hypot(along.x, along.y);
      if (length < kShortestWall) continue;
      const glm::dvec2 outward(along.y / length, -along.x / length);  // footprints turn counter-clockwise
      const glm::dvec3 away = kLookDistance * glm::dvec3(0.7071 * outward, 0.7071);
      for (const double share : {0.1, 0.3, 0.5, 0.7, 0.9}) {
        for (const double up : {0.2, 0.4, 0.6, 0.8}) {
          const glm::dvec3 place(from + share * along, object.base + up * object.height);
          rays.push_back({glm::vec3(place + away), glm::vec3(-away / kLookDistance)});
          owner.push_back(object.id);
        }
      }
    }
  }
  std::vector<nerf::ProbeHit> hits(rays.size());
  if (auto probed = nerf::probe_rays(field, {.code = info.mean_code}, rays, hits, progress); !probed) return probed;
  std::map<std::int32_t, std::vector<glm::vec3>> colours;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    // Where the light ends elsewhere, something else stands in the way.
    if (std::abs(hits[i].half - kLookDistance) <= kMostOff) colours[owner[i]].push_back(hits[i].colour);
  }
  for (auto& [id, seen] : colours) walls.emplace(id, middle_colour(std::move(seen)));
  return {};
}

core::Result<GroundMaps> look_at_ground(const nerf::Field& field, const nerf::SceneInfo& info, core::Progress& progress) {
  auto map = nerf::map_surface(field, {.cell = kCell}, info.mean_code, info.cameras, progress);
  if (!map) return map.error();
  GroundMaps maps;
  maps.ground = nerf::ground_heights(*map, {});
  maps.map = std::move(*map);
  if (auto looked = look_at_walls(field, info, progress, maps.walls); !looked) return looked.error();
  return maps;
}

}  // namespace

SceneGround::SceneGround(GroundMaps maps) : walls_(std::move(maps.walls)), map_(std::move(maps.map)), open_(map_, std::move(maps.ground)) {}

std::filesystem::path SceneGround::cache_file(const std::filesystem::path& folder, const std::string& content_hash) {
  return folder.empty() || content_hash.empty() ? std::filesystem::path() : folder / (content_hash + ".ground");
}

core::Result<std::shared_ptr<const SceneGround>> SceneGround::make(const nerf::Field& field, const nerf::SceneInfo& info,
                                                                   core::Progress& progress, const std::filesystem::path& cache) {
  std::optional<GroundMaps> maps;
  if (!cache.empty()) {
    if (const auto kept = core::read_file(cache)) maps = unpacked(*kept);
  }
  if (!maps) {
    const auto found = look_at_ground(field, info, progress);
    if (!found) return found.error();
    const std::vector<std::byte> bytes = packed(*found);
    // Without the file it only takes as long the next time.
    if (!cache.empty()) static_cast<void>(core::write_file_atomic(cache, bytes));
    maps = unpacked(bytes);
  }
  std::shared_ptr<SceneGround> made(new SceneGround(std::move(*maps)));
  made->close_what_is_known(info.objects);
  return std::shared_ptr<const SceneGround>(std::move(made));
}

// What stands somewhere and all water are no ground to copy.
void SceneGround::close_what_is_known(const city::Catalogue& catalogue) {
  for (const city::Object& object : catalogue.objects()) {
    const bool is_water = city::is_a(object.object_class, city::ObjectClass::kWater);
    if (!object.footprint.empty() && (is_water || object.height >= kLowestObject)) open_.close(object.footprint, kAroundObjects);
    if (object.path.empty() || !is_water) continue;
    for (const city::Region& water : city::widened(object.path, object.width)) open_.close(water.outer, kAroundObjects);
  }
}

glm::vec3 SceneGround::wall_colour(std::int32_t id, const glm::vec3& otherwise) const {
  const auto known = walls_.find(id);
  return known != walls_.end() ? known->second : otherwise;
}

glm::vec3 SceneGround::roof_colour(const std::vector<glm::dvec2>& footprint, double base, double height, const glm::vec3& otherwise) const {
  const nerf::GroundGrid& grid = map_.grid;
  const city::Rectangle around = city::bounds(footprint);
  const auto cell = [&](double at, double low, int count) {
    return std::clamp(static_cast<int>(std::floor((at - low) / grid.cell)), 0, count - 1);
  };
  std::vector<glm::vec3> colours;
  for (int row = cell(around.low.y, grid.low.y, grid.rows); row <= cell(around.high.y, grid.low.y, grid.rows); ++row) {
    for (int column = cell(around.low.x, grid.low.x, grid.columns); column <= cell(around.high.x, grid.low.x, grid.columns); ++column) {
      const std::size_t i = grid.at(column, row);
      if (map_.known[i] == 0 || map_.middle[i] < base + height / 2 || !city::contains(footprint, grid.centre(column, row))) continue;
      colours.push_back(map_.colour[i]);
    }
  }
  return colours.empty() ? otherwise : middle_colour(std::move(colours));
}

}  // namespace skyline::editor
