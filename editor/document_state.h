// What a document says about its scene at one moment: only what differs from the scene as it was photographed.
//
// A value. `apply` is the whole meaning of the operations; whoever has the log can make the state again.
#pragma once

#include "city/catalogue.h"
#include "core/result.h"
#include "editor/operation.h"
#include "nerf/edit/layers.h"

#include <glm/vec3.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace skyline::editor {

// What a document needs to know of its scene. The catalogue is never null and stays as it is.
struct SceneFacts {
  std::shared_ptr<const city::Catalogue> catalogue;
  int photos = 0;  // with an appearance code each
  // Height of the ground at a place; null: not known yet, see ground_height.
  std::function<double(glm::dvec2)> ground{};
  // What stands at a place of the field, whether the catalogue knows it or not; null: not known yet.
  std::function<core::Result<OwnSource>(glm::dvec2)> standing_at{};
};

// Of one object; the defaults are as photographed.
struct ObjectState {
  // Id of what it shows: its own, or of a copy its original's; 0: a mesh, which `own` tells.
  std::int32_t source = 0;
  std::optional<OwnSource> own{};  // when that is no object of the catalogue
  bool removed = false, hidden = false;
  // Placement about the centroid of the source's footprint at its base: first scaled, then turned, then moved.
  glm::dvec3 scale{1.0};
  double yaw_deg = 0;
  glm::dvec3 offset{0.0};
  std::optional<glm::u8vec3> wall, roof;
  std::optional<std::string> name;
  double soft = 0;  // metres over which its cut and its picture fade; 0: a sharp edge

  bool operator==(const ObjectState&) const = default;
  bool moved() const { return scale != glm::dvec3(1.0) || yaw_deg != 0 || offset != glm::dvec3(0.0); }
  bool gone() const { return removed || hidden; }
};

struct DocumentState {
  std::map<std::int32_t, ObjectState> objects;  // that differ from the scene, and all copies
  std::optional<Look> look;
  Grading grading;
  EffectStack effects;            // in the order in which they are drawn
  std::int32_t effects_made = 0;  // so that no number comes twice
  ObjectIds selection;            // in the order in which they were selected
  std::map<std::string, ObjectIds> saved_selections;

  // An object of the scene or a copy, removed ones too; nothing when there is no such id.
  std::optional<ObjectState> find(std::int32_t id, const SceneFacts& scene) const;
};

// What the object shows, as the catalogue would have it before it was placed: its `id` is the state's source.
city::Object source_of(const ObjectState& object, const SceneFacts& scene);
// As the scene tells; before it does, the base of the object of the catalogue that stands nearest.
double ground_height(const SceneFacts& scene, glm::dvec2 place);

// Where the object stands. `source` is what it shows.
nerf::Placement placement_of(const ObjectState& object, const city::Object& source);

// Errors: the operation does not fit the state (no such object, removed already, number not finite, factor 0, ...): one sentence.
core::Status check(const DocumentState& state, const Operation& operation, const SceneFacts& scene);
// Of an operation that `check` accepts.
void apply(DocumentState& state, const Operation& operation, const SceneFacts& scene);

// XXH3-64 of a canonical form: equal states have equal hashes, on every machine.
std::uint64_t hash_of(const DocumentState& state);

}  // namespace skyline::editor
