#include "city/generate/scene.h"

#include "city/generate/random.h"

#include <glm/vec4.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace skyline::city::procedural {

int Scene::add_object(Kind kind, Object object) {
  entries_.push_back({kind, std::move(object)});
  return static_cast<int>(entries_.size());
}

std::uint32_t Scene::add_mesh(Mesh mesh) {
  model.meshes.push_back(std::move(mesh));
  return static_cast<std::uint32_t>(model.meshes.size() - 1);
}

void Scene::place(std::uint32_t mesh, int handle, glm::dvec3 origin, glm::dvec2 axis, glm::dvec3 scale, glm::vec3 tint) {
  Placement placement;
  placement.mesh = mesh;
  placement.object = handle;
  const glm::dvec2 left = left_of(axis);
  placement.transform = glm::mat4x3(glm::vec3(glm::dvec3(axis * scale.x, 0)), glm::vec3(glm::dvec3(left * scale.y, 0)),
                                    glm::vec3(0, 0, static_cast<float>(scale.z)), glm::vec3(origin));
  placement.tint = tint;
  model.placements.push_back(placement);
}

void Scene::place_world(MeshBuilder& mesh, int handle) {
  if (mesh.empty()) return;
  place(add_mesh(mesh.take()), handle, glm::dvec3(0.0));
}

core::Status Scene::finish() {
  std::vector<std::size_t> order(entries_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) { return entries_[a].kind < entries_[b].kind; });
  std::vector<std::int32_t> ids(entries_.size() + 1, 0);
  for (std::size_t i = 0; i < order.size(); ++i) ids[order[i] + 1] = static_cast<std::int32_t>(i + 1);
  for (const std::size_t i : order) {
    entries_[i].object.id = ids[i + 1];
    if (const core::Status added = model.catalogue.add(std::move(entries_[i].object)); !added) return added;
  }
  for (Placement& placement : model.placements) placement.object = ids[static_cast<std::size_t>(placement.object)];
  glm::vec3 low(1e30F), high(-1e30F);
  std::vector<std::pair<glm::vec3, glm::vec3>> bounds;
  for (const Mesh& mesh : model.meshes) {
    glm::vec3 a(1e30F), b(-1e30F);
    for (const glm::vec3 p : mesh.positions) {
      a = glm::min(a, p);
      b = glm::max(b, p);
    }
    bounds.emplace_back(a, b);
  }
  for (const Placement& placement : model.placements) {
    const auto& [a, b] = bounds[placement.mesh];
    for (int corner = 0; corner < 8; ++corner) {
      const glm::vec3 p((corner & 1) != 0 ? b.x : a.x, (corner & 2) != 0 ? b.y : a.y, (corner & 4) != 0 ? b.z : a.z);
      const glm::vec3 q = placement.transform * glm::vec4(p, 1);
      low = glm::min(low, q);
      high = glm::max(high, q);
    }
  }
  model.low = low;
  model.high = high;
  return {};
}

Terrain make_terrain(const CityPlan& plan, double relief, std::uint64_t seed) {
  Terrain out;
  out.cell = 10;
  const double far = std::ceil((plan.size / 2 + plan.reach) / out.cell) * out.cell + out.cell;
  out.low = {-far, -far};
  out.columns = out.rows = static_cast<int>(2 * far / out.cell) + 1;
  out.heights.reserve(static_cast<std::size_t>(out.columns) * static_cast<std::size_t>(out.rows));
  const auto smooth = [](double low, double high, double x) {
    const double t = std::clamp((x - low) / (high - low), 0.0, 1.0);
    return t * t * (3 - 2 * t);
  };
  const Path coarse_river = plan.river.empty() ? Path{} : resample(plan.river, 60);
  for (int row = 0; row < out.rows; ++row) {
    for (int column = 0; column < out.columns; ++column) {
      const glm::dvec2 p = out.low + glm::dvec2(column, row) * out.cell;
      const double outside = std::max({std::abs(p.x) - plan.size / 2, std::abs(p.y) - plan.size / 2, 0.0});
      double z = relief * (value_noise(seed, p.x / 190, p.y / 190) + 0.35 * value_noise(seed + 1, p.x / 95, p.y / 95));
      z += smooth(30, 600, outside) * 14 * (0.35 + value_noise(seed + 2, p.x / 420, p.y / 420));
      if (!coarse_river.empty()) z *= smooth(plan.river_width * 0.6, plan.river_width * 0.6 + 130, distance_to(coarse_river, p));
      if (!plan.railway.empty()) {
        const double track = distance_to({plan.railway.front(), plan.railway.back()}, p);
        z *= 0.25 + 0.75 * smooth(15, 110, track);
      }
      out.heights.push_back(static_cast<float>(z));
    }
  }
  return out;
}

namespace {

void cover(const Scene& scene, MeshBuilder& out, const Region& region, glm::dvec2 low, glm::dvec2 high, double cell, double lift,
           MaterialIndex material) {
  if (region.empty()) return;
  const glm::dvec2 size = high - low;
  if (std::max(size.x, size.y) > cell * 1.5) {
    const bool in_x = size.x >= size.y;
    const double from = in_x ? low.x : low.y, run = in_x ? size.x : size.y;
    const double cut = from + std::max(1.0, std::round(run / cell / 2)) * cell;
    glm::dvec2 middle_high = high, middle_low = low;
    (in_x ? middle_high.x : middle_high.y) = cut;
    (in_x ? middle_low.x : middle_low.y) = cut;
    cover(scene, out, clip(region, low, middle_high), low, middle_high, cell, lift, material);
    cover(scene, out, clip(region, middle_low, high), middle_low, high, cell, lift, material);
    return;
  }
  for (const Shape& shape : region) {
    const Triangles t = triangulate(shape);
    const auto at = [&](std::uint32_t i) { return glm::dvec3(t.points[i], scene.ground(t.points[i]) + lift); };
    for (std::size_t i = 0; i + 2 < t.indices.size(); i += 3) {
      const std::uint32_t a = t.indices[i], b = t.indices[i + 1], c = t.indices[i + 2];
      out.triangle(at(a), at(b), at(c), material, t.points[a], t.points[b], t.points[c]);
    }
  }
}

}  // namespace

void lay_ground(Scene& scene, const Region& region, double lift, Surface surface, int handle, double skirt, Surface skirt_surface,
                double cell) {
  if (region.empty()) return;
  MeshBuilder out;
  const Box box = box_of(region);
  const glm::dvec2 low = glm::floor(box.low / cell) * cell, high = glm::ceil(box.high / cell) * cell;
  cover(scene, out, region, low, high, cell, lift, scene.palette.surface(surface));
  const MaterialIndex side = scene.palette.surface(skirt_surface);
  const auto edge = [&](const Polygon& ring) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const glm::dvec2 a = ring[i], b = ring[(i + 1) % ring.size()];
      const int steps = std::max(1, static_cast<int>(std::ceil(glm::length(b - a) / (cell / 2))));
      for (int k = 0; k < steps; ++k) {
        const glm::dvec2 p = a + (b - a) * (static_cast<double>(k) / steps), q = a + (b - a) * (static_cast<double>(k + 1) / steps);
        const double zp = scene.ground(p) + lift, zq = scene.ground(q) + lift;
        out.quad(glm::dvec3(p, zp - skirt), glm::dvec3(q, zq - skirt), glm::dvec3(q, zq), glm::dvec3(p, zp), side);
      }
    }
  };
  if (skirt > 0) {
    for (const Shape& shape : region) {
      edge(shape.outer);
      for (const Polygon& hole : shape.holes) edge(hole);
    }
  }
  scene.place_world(out, handle);
}

void lay_strip(const Scene& scene, MeshBuilder& out, const Path& path, double width, double lift, MaterialIndex material) {
  if (path.size() < 2 || length(path) < 0.05) return;
  const Path line = resample(path, 4), left = shifted(line, width / 2), right = shifted(line, -width / 2);
  const auto at = [&](glm::dvec2 p) { return glm::dvec3(p, scene.ground(p) + lift); };
  for (std::size_t i = 1; i < line.size(); ++i) {
    out.quad(at(right[i - 1]), at(right[i]), at(left[i]), at(left[i - 1]), material);
  }
}

}  // namespace skyline::city::procedural
