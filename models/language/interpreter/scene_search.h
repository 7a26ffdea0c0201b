// Finding objects of a scene by one thing that was said of them: class, name, tag, pointer. Private to the resolver and grounding.
#pragma once

#include "models/language/interpreter/query.h"
#include "models/language/interpreter/relations.h"
#include "models/language/interpreter/situation.h"

#include <optional>
#include <string_view>
#include <vector>

namespace skyline::models {

// One of the query's classes, or named as `also_named` says; true when the query names no class.
bool is_of_class(const city::Object& object, const Query& query);
Places class_members(const SceneView& scene, const Query& query);
// Whose name, in either language, is `name` (capitals do not matter); when there is none, whose name holds it.
Places objects_named(const SceneView& scene, std::string_view name);
// Tagged so, or the word stands in its name: a "castle" may be a building that is called "Castle Hill".
bool has_tag(const city::Object& object, std::string_view tag);
// The one that somebody points at: it holds the point (what stands before what lies, the smaller before the larger), or is within 15 m and
// clearly the nearest.
std::optional<std::uint32_t> object_at_point(const SceneView& scene, glm::dvec2 point, const Query& query);
// The one that is clearly the closest to the middle of the view; nothing: none is.
std::optional<std::uint32_t> closest_to_centre(const SceneView& scene, const Viewpoint& camera, const Places& places);
// Where the middle of the view meets the ground (z = 0); nothing: it looks at the sky.
std::optional<glm::dvec2> view_centre(const Viewpoint& camera);
// Linear interpolation between order statistics, share in 0..1; `values` is not empty and loses its order.
double percentile(std::vector<double>& values, double share);

}  // namespace skyline::models
