// View directions that training has seen, and what the decoder is given of a direction.
//
// A decoder extrapolates wildly in directions that no photo looked in. So a table over azimuth and elevation says how familiar a direction
// is (1 within 6 degrees of a ray of at least five photos, 0 beyond 20; fewer photos where there are few in all), and the encoded direction
// is scaled by it: in unfamiliar directions colour does not depend on the view. Training shows the decoder a share of its rays with the
// direction scaled to 0, so that it knows that case.
#pragma once

#include "nerf/model/field.h"

#include <glm/vec3.hpp>

#include <vector>

namespace skyline::nerf {

inline constexpr int kDirectionRows = 30, kDirectionColumns = 60;  // elevation -90..90 degrees, azimuth around

// Fills field.seen_directions from unit directions of training rays, photo by photo. Errors: out of memory budget.
core::Status set_seen_directions(Field& field, const std::vector<std::vector<glm::vec3>>& photos);

// 0..1; 1 everywhere for a field without a table.
float direction_familiarity(const Field& field, const glm::vec3& direction);

// The decoder's input of a direction [field.direction_size()]: the encoding times its familiarity, times `scale`.
void encode_view(const Field& field, const glm::vec3& direction, float scale, float* encoded);

}  // namespace skyline::nerf
