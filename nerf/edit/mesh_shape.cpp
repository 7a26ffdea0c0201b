#include "nerf/edit/mesh_shape.h"

#include "city/render/surface.h"
#include "city/render/tracer.h"

#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace skyline::nerf {
namespace {

constexpr float kFar = 1e6F;           // metres to what may shade
constexpr float kLift = 2e-3F;         // metres off a surface, so that it does not shade itself
constexpr float kLeastCosine = 0.15F;  // of a pixel's stretch on a slanting surface

// sRGB encoding (IEC 61966-2-1).
float encoded(float linear) {
  const float c = std::clamp(linear, 0.0F, 1.0F);
  return c <= 0.0031308F ? 12.92F * c : 1.055F * std::pow(c, 1 / 2.4F) - 0.055F;
}

// What is brighter than most is compressed below 1, as a camera does.
float toned(float linear) {
  constexpr float kKnee = 0.7F;
  return linear <= kKnee ? linear : 1 - (1 - kKnee) * std::exp((kKnee - linear) / (1 - kKnee));
}

}  // namespace

struct MeshShape::State {
  city::CityModel model;  // that tracer and surfaces look at
  core::Box bounds;
  std::optional<city::CityTracer> tracer;
  std::optional<city::Surfaces> surfaces;
};

MeshShape::MeshShape(std::unique_ptr<State> state) : state_(std::move(state)) {}
MeshShape::~MeshShape() = default;

core::Result<std::shared_ptr<const MeshShape>> MeshShape::make(city::CityModel model) {
  auto state = std::make_unique<State>();
  state->model = std::move(model);
  const bool any = std::any_of(state->model.placements.begin(), state->model.placements.end(), [&](const city::Placement& placement) {
    return placement.mesh < state->model.meshes.size() && !state->model.meshes[placement.mesh].indices.empty();
  });
  if (!any) return core::Error{"the mesh is empty", state->model.name, "choose a file with triangles"};
  auto tracer = city::CityTracer::build(state->model, {}, city::Season::kSummer);
  if (!tracer) return tracer.error();
  state->tracer.emplace(std::move(*tracer));
  state->surfaces.emplace(state->model, city::RenderSettings(), false);
  state->bounds = {state->model.low, state->model.high};
  return std::shared_ptr<const MeshShape>(new MeshShape(std::move(state)));
}

const core::Box& MeshShape::bounds() const { return state_->bounds; }

bool MeshShape::intersect(const glm::vec3& origin, const glm::vec3& direction, float far, MeshHit& hit) const {
  city::CityHit found;
  if (!state_->tracer->intersect(origin, direction, far, found)) return false;
  hit.distance = found.distance;
  hit.position = origin + found.distance * direction;
  hit.placement = found.placement;
  hit.triangle = found.triangle;
  hit.u = found.u;
  hit.v = found.v;
  hit.normal = state_->tracer->normal(found);
  if (glm::dot(hit.normal, direction) > 0) hit.normal = -hit.normal;
  return true;
}

glm::vec3 MeshShape::colour(const MeshHit& hit, const glm::vec3& direction, float pixel_width, const MeshLight& light) const {
  const city::CityHit found{hit.distance, hit.placement, hit.triangle, hit.u, hit.v};
  const city::Placement& placement = state_->tracer->placement(found);
  const glm::vec3 looking = glm::normalize(direction);
  city::SurfacePoint point;
  point.position = hit.position;
  point.normal = hit.normal;
  point.uv = state_->tracer->uv(found);
  point.footprint = pixel_width / std::sqrt(std::max(kLeastCosine, std::abs(glm::dot(hit.normal, looking))));
  point.seed = placement.mesh * 2654435761U + 17;
  point.tint = placement.tint * placement.tint;
  point.sun = light.to_sun;
  const city::SurfaceLook look = state_->surfaces->look(point, state_->tracer->material(found));

  const float facing = glm::dot(look.normal, light.to_sun);
  float sunlight = 0;
  if (light.sun > 0 && (facing > 0 || look.translucency > 0)) {
    const glm::vec3 start = hit.position + (facing > 0 ? kLift : -kLift) * hit.normal;
    if (!state_->tracer->occluded(start, light.to_sun, kFar)) {
      sunlight = look.translucency > 0 ? std::max(0.35F + 0.65F * facing, look.translucency * (0.4F - 0.6F * facing)) : facing;
    }
  }
  const float upward = 0.5F * (1 + look.normal.z);
  const float irradiance = light.sun * sunlight * look.sunlit + light.sky * (0.35F + 0.65F * upward) + light.ground * (1 - upward);
  glm::vec3 linear = look.albedo * irradiance + look.emission;
  // Smooth coats mirror an even sky; Schlick's approximation of Fresnel reflectance.
  if (look.mirror > 0) {
    const float grazing = std::pow(1 - std::min(1.0F, std::abs(glm::dot(look.normal, looking))), 5.0F);
    const float reflectance = look.mirror + (1 - look.mirror) * grazing * std::min(1.0F, look.mirror * 25);
    linear = glm::mix(linear, light.sky * glm::vec3(0.85F, 0.95F, 1.1F), reflectance);
  }
  return {encoded(toned(linear.r)), encoded(toned(linear.g)), encoded(toned(linear.b))};
}

}  // namespace skyline::nerf
