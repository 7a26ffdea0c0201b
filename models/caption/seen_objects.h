// The objects in a view and how much of it each one takes: the counting behind a fact sheet. Private to models/caption.
#pragma once

#include "models/caption/fact_sheet.h"

#include <optional>
#include <vector>

namespace skyline::models {

// Every object with a pixel, largest first. Ids that are hidden, or that the catalogue does not have, count as open ground.
std::vector<SeenObject> find_seen_objects(const CaptionScene& scene, const ViewPixels& pixels);

// Foreground and background, for a view that looks ahead. `surfaces`: the distances of all pixels that show something.
void mark_depths(std::vector<SeenObject>& seen, std::vector<float> surfaces);

// Share of the pixels whose rays meet nothing and do not point below the horizon.
double sky_share(const ViewPixels& pixels);

// Those of `kind` or a kind of it that can be made out.
SeenCount count_seen(const std::vector<SeenObject>& seen, city::ObjectClass kind);

}  // namespace skyline::models
