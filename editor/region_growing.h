// What stands at a place, by the map from above alone: for things that neither the catalogue nor the extraction knows.
#pragma once

#include "core/result.h"
#include "editor/own_source.h"
#include "editor/scene_ground.h"

#include <glm/vec2.hpp>

namespace skyline::editor {

struct GrowSettings {
  double least_height = 1.0;    // metres above the ground from which something stands
  double largest_step = 2.5;    // metres between neighbouring cells of one thing, and a share of its height
  double most_area = 20000;     // square metres; what is larger is no thing
  double simplification = 0.5;  // metres that the outline may leave out
};

// The connected part of the map around the place that stands out of the ground, as a region. Errors: nothing stands there, it is not on the
// map, or it is too large to be one thing.
core::Result<OwnSource> grow_region(const SceneGround& ground, glm::dvec2 place, const GrowSettings& settings = {});

}  // namespace skyline::editor
