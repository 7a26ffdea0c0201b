// References that lean on what was said before: "the red one", "that tower", 另一座, "there". Their class, or whom they mean, comes from
// the steps before them and from the last turn.
#pragma once

#include "models/language/interpreter/reading.h"
#include "models/language/interpreter/situation.h"

namespace skyline::models {

// `former`: the last turn with steps; null: there is none.
void fill_heads(Reading& reading, const Turn* former, const Situation& situation);

}  // namespace skyline::models
