#include "nerf/edit/layers.h"

#include "nerf/edit/layer_bounds.h"
#include "nerf/edit/mesh_shadow.h"

#include <glm/geometric.hpp>
#include <glm/gtc/constants.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace skyline::nerf {
namespace {

constexpr std::int32_t kLeafEntries = 4;

glm::dvec3 turned(const glm::dvec3& v, double yaw_deg) {
  const double angle = yaw_deg * glm::pi<double>() / 180, c = std::cos(angle), s = std::sin(angle);
  return {c * v.x - s * v.y, s * v.x + c * v.y, v.z};
}

core::Box joined(const core::Box& a, const core::Box& b) {
  core::Box box;
  for (int axis = 0; axis < 3; ++axis) {
    box.low[axis] = std::min(a.low[axis], b.low[axis]);
    box.high[axis] = std::max(a.high[axis], b.high[axis]);
  }
  return box;
}

core::Box target_bounds(const core::Box& source, const Placement& placement) {
  constexpr double kEmpty = 1e300;
  core::Box box{glm::dvec3(kEmpty), glm::dvec3(-kEmpty)};
  for (int corner = 0; corner < 8; ++corner) {
    const glm::dvec3 p((corner & 1) != 0 ? source.high.x : source.low.x, (corner & 2) != 0 ? source.high.y : source.low.y,
                       (corner & 4) != 0 ? source.high.z : source.low.z);
    const glm::dvec3 q = placement.to_target(p);
    box = joined(box, {q, q});
  }
  return box;
}

}  // namespace

core::Box bounds_of(const Instance& instance) { return target_bounds(instance.source.bounds(), instance.placement); }
core::Box bounds_of(const MeshLayer& mesh) { return target_bounds(mesh.shape->bounds(), mesh.placement); }

glm::dvec3 Placement::turn(const glm::dvec3& direction) const { return turned(direction, yaw_deg); }
glm::dvec3 Placement::turn_back(const glm::dvec3& direction) const { return turned(direction, -yaw_deg); }
glm::dvec3 Placement::to_target(const glm::dvec3& source) const { return pivot + offset + turn(scale * (source - pivot)); }
glm::dvec3 Placement::to_source(const glm::dvec3& target) const { return pivot + direction_to_source(target - pivot - offset); }
glm::dvec3 Placement::direction_to_source(const glm::dvec3& direction) const { return turn_back(direction) / scale; }

std::size_t GroundPatch::cell_at(double x, double y) const {
  const int column = std::clamp(static_cast<int>((x - low.x) / cell), 0, columns - 1);
  const int row = std::clamp(static_cast<int>((y - low.y) / cell), 0, rows - 1);
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column);
}

// The cell whose shift counts at a point: each grain of the ground takes that of a place near it, so that seams have no line.
std::size_t GroundPatch::grain_cell(const glm::vec3& point) const {
  constexpr double kGrain = 0.2, kReach = 0.7;  // world units
  const double x = static_cast<double>(point.x), y = static_cast<double>(point.y);
  const std::size_t own = cell_at(x, y);
  if (surface.empty()) return own;
  const auto column = static_cast<std::uint32_t>(std::max(0.0, (x - low.x) / kGrain)),
             row = static_cast<std::uint32_t>(std::max(0.0, (y - low.y) / kGrain));
  std::uint32_t bits = column * 0x9E3779B1U ^ row * 0x85EBCA77U;
  bits = (bits ^ (bits >> 15)) * 0x2C1B3C6DU;
  bits ^= bits >> 13;
  const auto offset = [](std::uint32_t sixteen) { return kReach * (static_cast<double>(sixteen & 0xFFFFU) / 32767.5 - 1); };
  const std::size_t other = cell_at(x + offset(bits), y + offset(bits >> 16));
  return surface[other] == kNoSurface ? own : other;
}

glm::vec3 GroundPatch::source_of(const glm::vec3& point) const {
  const std::size_t at = grain_cell(point);
  glm::vec3 source = point + shifts[at];
  if (!surface.empty()) source.z = std::max(source.z, surface[at]);
  return source;
}

bool GroundPatch::shows(const glm::vec3& point) const {
  if (surface.empty()) return true;
  const std::size_t at = grain_cell(point);
  return point.z + shifts[at].z <= surface[at] + growth;
}

glm::vec3 ColourChange::apply(const glm::vec3& colour) const {
  glm::vec3 changed = matrix * colour + offset;
  const float brightest = std::max({changed.r, changed.g, changed.b});
  if (knee < 1 && brightest > knee) changed *= (1 - (1 - knee) * std::exp((knee - brightest) / (1 - knee))) / brightest;
  glm::vec3 mixed = colour + (changed - colour) * strength;
  for (int c = 0; c < 3; ++c) mixed[c] = std::clamp(mixed[c], 0.0F, 1.0F);
  return mixed;
}

void EditLayers::add(Carve layer) { carves.push_back(std::move(layer)); }
void EditLayers::add(GroundPatch layer) { patches.push_back(std::move(layer)); }
void EditLayers::add(Instance layer) { instances.push_back(std::move(layer)); }
void EditLayers::add(Tint layer) { tints.push_back(std::move(layer)); }
void EditLayers::add(MeshLayer layer) { meshes.push_back(std::move(layer)); }

void EditLayers::build() {
  nodes_.clear();
  entries_.clear();
  const auto enter = [&](const core::Box& box, LayerKind kind, std::size_t index) {
    entries_.push_back({box, {kind, static_cast<std::int32_t>(index)}});
  };
  for (std::size_t i = 0; i < carves.size(); ++i) enter(carves[i].region.bounds(), LayerKind::kCarve, i);
  for (std::size_t i = 0; i < patches.size(); ++i) enter(patches[i].region.bounds(), LayerKind::kGroundPatch, i);
  for (std::size_t i = 0; i < instances.size(); ++i) enter(bounds_of(instances[i]), LayerKind::kInstance, i);
  for (std::size_t i = 0; i < tints.size(); ++i) enter(tints[i].region.bounds(), LayerKind::kTint, i);
  for (std::size_t i = 0; i < meshes.size(); ++i) enter(shaded_bounds(meshes[i], light), LayerKind::kMesh, i);
  if (entries_.empty()) return;
  nodes_.reserve(entries_.size() * 2);
  nodes_.push_back({});
  split(0, 0, static_cast<std::int32_t>(entries_.size()));
}

// Halves the entries at the median of the longest side.
void EditLayers::split(std::int32_t node, std::int32_t first, std::int32_t count) {
  core::Box box = entries_[static_cast<std::size_t>(first)].box;
  for (std::int32_t i = first; i < first + count; ++i) box = joined(box, entries_[static_cast<std::size_t>(i)].box);
  if (count <= kLeafEntries) {
    nodes_[static_cast<std::size_t>(node)] = {box, first, count};
    return;
  }
  const glm::dvec3 size = box.size();
  const int axis = size.x >= size.y && size.x >= size.z ? 0 : (size.y >= size.z ? 1 : 2);
  const std::int32_t half = count / 2;
  std::nth_element(
      entries_.begin() + first, entries_.begin() + first + half, entries_.begin() + first + count,
      [axis](const Entry& a, const Entry& b) { return a.box.low[axis] + a.box.high[axis] < b.box.low[axis] + b.box.high[axis]; });
  const auto children = static_cast<std::int32_t>(nodes_.size());
  nodes_.push_back({});
  nodes_.push_back({});
  nodes_[static_cast<std::size_t>(node)] = {box, children, 0};
  split(children, first, half);
  split(children + 1, first + half, count - half);
}

// Calls visit(layer) for the layers whose bounds the ray crosses until it returns false.
template <class Visit>
void EditLayers::traverse(const Ray& ray, Visit&& visit) const {
  if (nodes_.empty()) return;
  const auto crosses = [&](const core::Box& box) {
    double begin = 0, end = std::numeric_limits<double>::max();
    return clip_to_box(ray, box, begin, end);
  };
  std::array<std::int32_t, 64> stack;
  std::size_t depth = 0;
  stack[depth++] = 0;
  while (depth > 0) {
    const Node& node = nodes_[static_cast<std::size_t>(stack[--depth])];
    if (!crosses(node.box)) continue;
    if (node.count == 0) {
      stack[depth++] = node.first;
      stack[depth++] = node.first + 1;
      continue;
    }
    for (std::int32_t i = node.first; i < node.first + node.count; ++i) {
      const Entry& entry = entries_[static_cast<std::size_t>(i)];
      if (crosses(entry.box) && !visit(entry.layer)) return;
    }
  }
}

void EditLayers::crossed(const Ray& ray, std::vector<LayerHit>& out) const {
  out.clear();
  traverse(ray, [&](const LayerHit& layer) {
    out.push_back(layer);
    return true;
  });
}

bool EditLayers::meets_mesh(std::int32_t layer, const Ray& ray, MeshStop& stop) const {
  const MeshLayer& mesh = meshes[static_cast<std::size_t>(layer)];
  const glm::dvec3 origin = mesh.placement.to_source(glm::dvec3(ray.origin));
  // Of the length that a unit along the ray has in the shape's frame, so that distances are those along the ray.
  const glm::dvec3 direction = mesh.placement.direction_to_source(glm::dvec3(ray.direction));
  MeshHit hit;
  if (!mesh.shape->intersect(glm::vec3(origin), glm::vec3(direction), stop.distance, hit)) return false;
  stop = {hit.distance, layer, hit};
  return true;
}

glm::vec3 EditLayers::mesh_colour(const MeshStop& stop, const Ray& ray, float pixel_width) const {
  const MeshLayer& mesh = meshes[static_cast<std::size_t>(stop.layer)];
  MeshLight turned_light = light;
  turned_light.to_sun = glm::vec3(mesh.placement.turn_back(glm::dvec3(light.to_sun)));
  const glm::vec3 direction(mesh.placement.direction_to_source(glm::dvec3(ray.direction)));
  return mesh.shape->colour(stop.hit, direction, pixel_width, turned_light);
}

glm::vec3 EditLayers::mesh_normal(const MeshStop& stop) const {
  const Placement& placement = meshes[static_cast<std::size_t>(stop.layer)].placement;
  return glm::normalize(glm::vec3(placement.turn(glm::dvec3(stop.hit.normal) / placement.scale)));
}

bool EditLayers::crosses_any(const Ray& ray) const {
  bool any = false;
  traverse(ray, [&](const LayerHit&) {
    any = true;
    return false;
  });
  return any;
}

}  // namespace skyline::nerf
