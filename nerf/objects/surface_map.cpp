#include "nerf/objects/surface_map.h"

#include "core/parallel.h"
#include "nerf/objects/ray_probe.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skyline::nerf {

namespace {

// True when at least `wanted` cameras have the point in their picture from high enough above.
bool is_seen(const glm::dvec3& point, std::span<const Camera> cameras, int wanted, double least_sine) {
  int count = 0;
  for (const Camera& camera : cameras) {
    const glm::dvec3 towards = camera.position - point;
    if (towards.z < least_sine * glm::length(towards)) continue;
    glm::dvec2 pixel;
    if (!project(camera, point, pixel) || pixel.x < 0 || pixel.y < 0 || pixel.x > camera.width || pixel.y > camera.height) continue;
    if (++count >= wanted) return true;
  }
  return false;
}

}  // namespace

core::Result<SurfaceMap> map_surface(const Field& field, const MapSettings& map_settings, std::span<const float> code,
                                     std::span<const Camera> cameras, core::Progress& progress) {
  const double cell = map_settings.cell;
  SurfaceMap map;
  map.grid = {.low = {field.box.low.x, field.box.low.y}, .cell = cell, .columns = 0, .rows = 0};
  map.grid.columns = std::max(1, static_cast<int>(std::ceil((field.box.high.x - field.box.low.x) / cell)));
  map.grid.rows = std::max(1, static_cast<int>(std::ceil((field.box.high.y - field.box.low.y) / cell)));
  const std::size_t count = map.grid.size();
  std::vector<Ray> rays(count);
  const double from = field.box.high.z + 1;
  for (int row = 0; row < map.grid.rows; ++row) {
    for (int column = 0; column < map.grid.columns; ++column) {
      const glm::dvec2 centre = map.grid.centre(column, row);
      rays[map.grid.at(column, row)] = {glm::vec3(glm::dvec3(centre, from)), glm::vec3(0, 0, -1)};
    }
  }
  std::vector<ProbeHit> hits(count);
  // Finer than the rays of photos walk: heights are read off between samples.
  const ProbeSettings settings{.step = std::min(cell, field.settings.step_texels * field.finest_texel), .code = code};
  if (auto probed = probe_rays(field, settings, rays, hits, progress); !probed) return probed.error();
  map.top.resize(count);
  map.middle.resize(count);
  map.bottom.resize(count);
  map.known.resize(count);
  map.colour.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const ProbeHit& hit = hits[i];
    map.top[i] = static_cast<float>(from - hit.tenth);
    map.middle[i] = static_cast<float>(from - hit.half);
    map.bottom[i] = static_cast<float>(from - hit.nine_tenths);
    map.known[i] = hit.half > 0 && hit.opacity > 0.5F ? 1 : 0;
    map.colour[i] = hit.colour;
  }
  if (cameras.empty()) return map;
  const int wanted = std::min(map_settings.least_photos, static_cast<int>(cameras.size() / 2));
  const double least_sine = std::sin(map_settings.least_elevation_deg * std::numbers::pi / 180);
  core::parallel_for(map.grid.rows, [&](std::int64_t row) {
    for (int column = 0; column < map.grid.columns; ++column) {
      const std::size_t i = map.grid.at(column, static_cast<int>(row));
      const glm::dvec3 point(map.grid.centre(column, static_cast<int>(row)), map.middle[i]);
      if (map.known[i] != 0 && !is_seen(point, cameras, wanted, least_sine)) map.known[i] = 0;
    }
  });
  return map;
}

}  // namespace skyline::nerf
