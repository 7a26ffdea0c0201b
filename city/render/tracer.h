// The geometry of a city for rays: built once for a model, an edit and a season, then asked from any number of threads.
//
//   core::Result<CityTracer> tracer = CityTracer::build(model, {.without = {12}}, Season::kSummer);
//   CityHit hit;
//   if (tracer->intersect(origin, direction, kFar, hit)) ...
//
// The model must outlive the tracer and stay unchanged. Meshes that several placements share are stored once (instances); all others lie in
// one scene. Intersection tests are watertight (Woop et al. 2013, as Embree's robust mode does them).
#pragma once

#include "city/model.h"
#include "city/render/settings.h"
#include "core/result.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace skyline::city {

// An object that stands elsewhere: turned counter-clockwise about the centroid of its footprint, then shifted; it keeps its height above
// the ground below its centroid.
struct MovedObject {
  std::int32_t id = 0;
  double dx = 0, dy = 0;  // metres
  double angle_deg = 0;
};

struct CityEdit {
  std::vector<std::int32_t> without{};  // ids of objects that are gone
  std::vector<MovedObject> moved{};
};

struct CityHit {
  float distance = 0;  // along the ray, metres
  std::uint32_t placement = 0;
  std::uint32_t triangle = 0;  // of the placement's mesh
  float u = 0, v = 0;          // weights of the triangle's second and third corner
};

class CityTracer {
 public:
  // Errors: an edit names an object that the catalogue does not have; the model breaks the contract of city/model.h (an index out of range,
  // sizes that do not agree).
  static core::Result<CityTracer> build(const CityModel& model, const CityEdit& edit, Season season);
  ~CityTracer();
  CityTracer(CityTracer&&) noexcept;
  CityTracer& operator=(CityTracer&&) noexcept;

  // Nearest surface from both sides within (0, far). False: none.
  bool intersect(glm::vec3 origin, glm::vec3 direction, float far, CityHit& hit) const;
  bool occluded(glm::vec3 origin, glm::vec3 direction, float far) const;

  // Outward unit normal of the hit triangle in the world; zero for a degenerate one.
  glm::vec3 normal(const CityHit& hit) const;
  glm::vec2 uv(const CityHit& hit) const;
  std::uint16_t material(const CityHit& hit) const;
  const Placement& placement(const CityHit& hit) const;
  const CityModel& model() const;

 private:
  struct State;
  explicit CityTracer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace skyline::city
