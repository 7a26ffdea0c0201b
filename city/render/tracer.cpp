#include "city/render/tracer.h"

#include "city/gltf.h"
#include "city/render/noise.h"

#include <embree3/rtcore.h>
#include <fmt/format.h>
#include <glm/geometric.hpp>
#include <glm/matrix.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <unordered_map>
#include <unordered_set>

namespace skyline::city {
namespace {

constexpr float kWinterLeaves = 0.07F;  // share of its leaf triangles that a deciduous tree keeps: twigs and dead leaves

struct SceneRelease {
  void operator()(RTCScene scene) const { rtcReleaseScene(scene); }
};
struct DeviceRelease {
  void operator()(RTCDevice device) const { rtcReleaseDevice(device); }
};
using ScenePointer = std::unique_ptr<RTCSceneTy, SceneRelease>;
using DevicePointer = std::unique_ptr<RTCDeviceTy, DeviceRelease>;

glm::dvec2 centroid(const Polygon& polygon) {
  glm::dvec2 sum(0);
  double area = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const glm::dvec2 a = polygon[i] - polygon[0], b = polygon[(i + 1) % polygon.size()] - polygon[0];
    const double cross = a.x * b.y - a.y * b.x;
    sum += (a + b) * cross;
    area += cross;
  }
  return area != 0 ? polygon[0] + sum / (3 * area) : polygon[0];
}

glm::mat4x3 moved_transform(const CityModel& model, const Object& object, const MovedObject& move, const glm::mat4x3& transform) {
  const glm::dvec2 pivot = object.footprint.empty() ? object.path[object.path.size() / 2] : centroid(object.footprint);
  const double angle = move.angle_deg * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
  const glm::dvec2 target = pivot + glm::dvec2(move.dx, move.dy);
  const double lift = model.terrain.height(target) - model.terrain.height(pivot);
  glm::mat4x3 result;
  for (int column = 0; column < 4; ++column) {
    glm::dvec3 v = transform[column];
    if (column == 3) v -= glm::dvec3(pivot, 0);
    v = {c * v.x - s * v.y, s * v.x + c * v.y, v.z};
    if (column == 3) v += glm::dvec3(target, lift);
    result[column] = glm::vec3(v);
  }
  return result;
}

}  // namespace

// A mesh as rays see it: some triangles may be left out.
struct TracedMesh {
  std::vector<std::uint32_t> kept;  // triangle of the model's mesh by triangle of the scene; empty: all are there
  ScenePointer scene;               // for meshes that are shared
};

struct CityTracer::State {
  const CityModel* model = nullptr;
  std::vector<Placement> placements;  // as edited, in the model's order without those that are gone
  std::vector<TracedMesh> meshes;
  std::vector<std::uint32_t> placement_of;  // by geometry of the top scene
  DevicePointer device;                     // is let go after all scenes
  ScenePointer top;

  // The scenes refer to the device: they go first.
  ~State() {
    top.reset();
    meshes.clear();
  }

  void keep_triangles(std::uint32_t mesh_index, Season season);
  RTCGeometry make_geometry(std::uint32_t mesh_index, const glm::mat4x3* transform) const;
  core::Status make_scenes(Season season);
  const std::uint32_t* corners(const CityHit& hit) const {
    return model->meshes[placements[hit.placement].mesh].indices.data() + std::size_t{3} * hit.triangle;
  }
};

void CityTracer::State::keep_triangles(std::uint32_t mesh_index, Season season) {
  if (season != Season::kWinter) return;
  const Mesh& mesh = model->meshes[mesh_index];
  const auto sheds = [&](std::size_t triangle) {
    const Material& material = model->materials[mesh.materials[triangle]];
    return material.part == Part::kFoliage && !material.evergreen;
  };
  std::vector<std::uint32_t> kept;
  for (std::size_t i = 0; i < mesh.materials.size(); ++i) {
    const auto triangle = static_cast<std::uint32_t>(i);
    if (!sheds(i) || hash_unit(triangle, mesh_index, 17) < kWinterLeaves) kept.push_back(triangle);
  }
  if (kept.size() < mesh.materials.size()) meshes[mesh_index].kept = std::move(kept);
  // A mesh of leaves alone keeps at least one, so that a scene never is without triangles.
  if (meshes[mesh_index].kept.empty() && !mesh.materials.empty() && kept.empty() && sheds(0)) meshes[mesh_index].kept = {0};
}

RTCGeometry CityTracer::State::make_geometry(std::uint32_t mesh_index, const glm::mat4x3* transform) const {
  const Mesh& mesh = model->meshes[mesh_index];
  const TracedMesh& traced = meshes[mesh_index];
  const std::size_t triangles = traced.kept.empty() ? mesh.materials.size() : traced.kept.size();
  RTCGeometry geometry = rtcNewGeometry(device.get(), RTC_GEOMETRY_TYPE_TRIANGLE);
  auto* const positions = static_cast<glm::vec3*>(
      rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT3, sizeof(glm::vec3), mesh.positions.size()));
  auto* const indices = static_cast<std::uint32_t*>(
      rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3, 3 * sizeof(std::uint32_t), triangles));
  if (positions == nullptr || indices == nullptr) {
    rtcReleaseGeometry(geometry);
    return nullptr;
  }
  for (std::size_t i = 0; i < mesh.positions.size(); ++i)
    positions[i] = transform != nullptr ? *transform * glm::vec4(mesh.positions[i], 1) : mesh.positions[i];
  for (std::size_t i = 0; i < triangles; ++i) {
    const std::size_t triangle = traced.kept.empty() ? i : traced.kept[i];
    std::copy_n(mesh.indices.data() + 3 * triangle, 3, indices + 3 * i);
  }
  rtcCommitGeometry(geometry);
  return geometry;
}

core::Status CityTracer::State::make_scenes(Season season) {
  const core::Error no_memory{"cannot prepare the city for ray tracing", "the memory does not suffice",
                              "close other programs or choose a smaller city"};
  meshes.resize(model->meshes.size());
  std::vector<int> uses(meshes.size(), 0);
  for (const Placement& placement : placements) ++uses[placement.mesh];

  top.reset(rtcNewScene(device.get()));
  rtcSetSceneFlags(top.get(), RTC_SCENE_FLAG_ROBUST);
  for (std::uint32_t m = 0; m < meshes.size(); ++m) {
    if (uses[m] == 0 || model->meshes[m].materials.empty()) continue;
    keep_triangles(m, season);
    if (uses[m] < 2) continue;
    RTCGeometry geometry = make_geometry(m, nullptr);
    if (geometry == nullptr) return no_memory;
    meshes[m].scene.reset(rtcNewScene(device.get()));
    rtcSetSceneFlags(meshes[m].scene.get(), RTC_SCENE_FLAG_ROBUST);
    rtcAttachGeometry(meshes[m].scene.get(), geometry);
    rtcReleaseGeometry(geometry);
    rtcCommitScene(meshes[m].scene.get());
  }
  for (std::uint32_t p = 0; p < placements.size(); ++p) {
    const Placement& placement = placements[p];
    if (model->meshes[placement.mesh].materials.empty()) continue;
    RTCGeometry geometry = nullptr;
    if (RTCScene shared = meshes[placement.mesh].scene.get(); shared != nullptr) {
      geometry = rtcNewGeometry(device.get(), RTC_GEOMETRY_TYPE_INSTANCE);
      rtcSetGeometryInstancedScene(geometry, shared);
      rtcSetGeometryTransform(geometry, 0, RTC_FORMAT_FLOAT3X4_COLUMN_MAJOR, &placement.transform[0][0]);
      rtcCommitGeometry(geometry);
    } else {
      geometry = make_geometry(placement.mesh, &placement.transform);
    }
    if (geometry == nullptr) return no_memory;
    const unsigned id = rtcAttachGeometry(top.get(), geometry);
    rtcReleaseGeometry(geometry);
    if (placement_of.size() <= id) placement_of.resize(id + 1);
    placement_of[id] = p;
  }
  rtcCommitScene(top.get());
  if (rtcGetDeviceError(device.get()) != RTC_ERROR_NONE) return no_memory;
  return {};
}

CityTracer::CityTracer(std::unique_ptr<State> state) : state_(std::move(state)) {}
CityTracer::~CityTracer() = default;
CityTracer::CityTracer(CityTracer&&) noexcept = default;
CityTracer& CityTracer::operator=(CityTracer&&) noexcept = default;

core::Result<CityTracer> CityTracer::build(const CityModel& model, const CityEdit& edit, Season season) {
  if (auto status = check_model(model, model.name); !status) return status.error();
  std::unordered_set<std::int32_t> gone;
  for (const std::int32_t id : edit.without) {
    if (model.catalogue.find(id) == nullptr)
      return core::Error{"the city has no such object", fmt::format("id {}", id), "see its objects.json"};
    gone.insert(id);
  }
  std::unordered_map<std::int32_t, MovedObject> moves;
  for (const MovedObject& move : edit.moved) {
    if (model.catalogue.find(move.id) == nullptr)
      return core::Error{"the city has no such object", fmt::format("id {}", move.id), "see its objects.json"};
    if (!moves.emplace(move.id, move).second)
      return core::Error{"an object is moved twice", fmt::format("id {}", move.id), "give one move an object"};
  }

  auto state = std::make_unique<State>();
  state->model = &model;
  for (const Placement& placement : model.placements) {
    if (gone.contains(placement.object)) continue;
    state->placements.push_back(placement);
    if (const auto move = moves.find(placement.object); move != moves.end()) {
      state->placements.back().transform =
          moved_transform(model, *model.catalogue.find(placement.object), move->second, placement.transform);
    }
  }
  state->device.reset(rtcNewDevice(nullptr));
  if (!state->device) return core::Error{"ray tracing did not start", "Embree finds no processor that it knows", "update the machine"};
  if (auto status = state->make_scenes(season); !status) return status.error();
  return CityTracer(std::move(state));
}

bool CityTracer::intersect(glm::vec3 origin, glm::vec3 direction, float far, CityHit& hit) const {
  RTCIntersectContext context;
  rtcInitIntersectContext(&context);
  RTCRayHit query;
  query.ray = {origin.x, origin.y, origin.z, 0, direction.x, direction.y, direction.z, 0, far, ~0U, 0, 0};
  query.hit.geomID = RTC_INVALID_GEOMETRY_ID;
  query.hit.instID[0] = RTC_INVALID_GEOMETRY_ID;
  rtcIntersect1(state_->top.get(), &context, &query);
  if (query.hit.geomID == RTC_INVALID_GEOMETRY_ID) return false;
  const unsigned geometry = query.hit.instID[0] != RTC_INVALID_GEOMETRY_ID ? query.hit.instID[0] : query.hit.geomID;
  hit.distance = query.ray.tfar;
  hit.placement = state_->placement_of[geometry];
  const TracedMesh& mesh = state_->meshes[state_->placements[hit.placement].mesh];
  hit.triangle = mesh.kept.empty() ? query.hit.primID : mesh.kept[query.hit.primID];
  hit.u = query.hit.u;
  hit.v = query.hit.v;
  return true;
}

bool CityTracer::occluded(glm::vec3 origin, glm::vec3 direction, float far) const {
  RTCIntersectContext context;
  rtcInitIntersectContext(&context);
  RTCRay ray{origin.x, origin.y, origin.z, 0, direction.x, direction.y, direction.z, 0, far, ~0U, 0, 0};
  rtcOccluded1(state_->top.get(), &context, &ray);
  return ray.tfar < 0;
}

glm::vec3 CityTracer::normal(const CityHit& hit) const {
  const Placement& placement = state_->placements[hit.placement];
  const Mesh& mesh = state_->model->meshes[placement.mesh];
  const std::uint32_t* const c = state_->corners(hit);
  const glm::mat3 linear(placement.transform[0], placement.transform[1], placement.transform[2]);
  const glm::vec3 a = linear * (mesh.positions[c[1]] - mesh.positions[c[0]]), b = linear * (mesh.positions[c[2]] - mesh.positions[c[0]]);
  const glm::vec3 cross = glm::cross(a, b);
  const float length = glm::length(cross);
  if (!(length > 0)) return glm::vec3(0);
  return cross / (glm::determinant(linear) < 0 ? -length : length);  // a mirrored mesh turns its triangles inside out
}

glm::vec2 CityTracer::uv(const CityHit& hit) const {
  const Mesh& mesh = state_->model->meshes[state_->placements[hit.placement].mesh];
  if (mesh.uvs.empty()) return glm::vec2(0);
  const std::uint32_t* const c = state_->corners(hit);
  return (1 - hit.u - hit.v) * mesh.uvs[c[0]] + hit.u * mesh.uvs[c[1]] + hit.v * mesh.uvs[c[2]];
}

std::uint16_t CityTracer::material(const CityHit& hit) const {
  return state_->model->meshes[state_->placements[hit.placement].mesh].materials[hit.triangle];
}

const Placement& CityTracer::placement(const CityHit& hit) const { return state_->placements[hit.placement]; }
const CityModel& CityTracer::model() const { return *state_->model; }

}  // namespace skyline::city
