// How two objects stand to each other, by their footprints and by the picture. Private to models/caption.
#pragma once

#include "models/caption/fact_sheet.h"

#include <optional>
#include <vector>

namespace skyline::models {

// Gap at most 15 m, or half the width of the larger one: as the commands mean "next to".
bool is_beside(const city::Object& a, const city::Object& b);

// How seen[object] stands to seen[anchor]: across a river that is seen, beside, behind or before it in the picture, else left or right of
// it. Nothing where none is plain to see.
std::optional<SeenRelation> relation_between(const CaptionScene& scene, const std::vector<SeenObject>& seen, std::size_t object,
                                             std::size_t anchor, bool looks_ahead);

}  // namespace skyline::models
