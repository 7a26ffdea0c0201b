// Relations between objects, tested in bulk: private to the resolver.
//
// Objects are named by their places in the scene's catalogue. A relation to several anchors holds when it holds to one of them (kBeyond: to
// all); an object never stands in a relation to itself.
#pragma once

#include "models/language/interpreter/query.h"
#include "models/language/interpreter/situation.h"

#include <glm/vec2.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace skyline::models {

using Places = std::vector<std::uint32_t>;

// Where the camera looks from above; without one, from the south to the north.
struct GroundView {
  glm::dvec2 position{0.0, -1e7};
  glm::dvec2 right{1.0, 0.0}, forward{0.0, 1.0};
  bool given = false;
  explicit GroundView(const std::optional<Viewpoint>& camera);
};

inline constexpr double kBesideGap_m = 15, kNearGap_m = 150, kAlongGap_m = 40;

// Width as "beside" means it: longer side of the axis-aligned box, of a line its width.
double box_width(const city::Object& object, const Measured& measured);
// The largest gap at which two objects stand beside each other.
double beside_gap(const SceneView& scene, std::uint32_t a, std::uint32_t b);

// Which of `candidates` stand in the relation, in their order. kNearest leaves the nearest alone (several when they are equally near).
Places related(const SceneView& scene, const GroundView& view, const RelationTest& test, const Places& candidates, const Places& anchors,
               const Places& second);
// Gap to the nearest of the anchors that is another object; infinite without one.
double gap_to_any(const SceneView& scene, std::uint32_t place, const Places& anchors);
// Sorted by gap to the nearest anchor, equal ones in their order.
void sort_by_gap(const SceneView& scene, Places& places, const Places& anchors);

}  // namespace skyline::models
