// The facts of one object: what it is, how large, of which colours, where in the city, what is next to it, and, given a view, where it is
// seen. See fact_sheet.h.
#pragma once

#include "models/caption/fact_sheet.h"
#include "models/language/interpreter/colour_words.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skyline::models {

// A place in the city: the ninth of the rectangle around all buildings in which a centroid lies.
enum class CityPart : std::uint8_t { kMiddle, kNorth, kNorthEast, kEast, kSouthEast, kSouth, kSouthWest, kWest, kNorthWest };

struct Neighbour {
  Subject subject;
  double gap = 0;  // between the footprints, metres
};

struct ObjectSheet {
  Subject subject;
  bool hidden = false;
  double length = 0, width = 0;  // of lines, metres
  std::optional<ColourWord> wall, roof;

  // Among the buildings that are not hidden: 1 is the highest. 0: not said (not a building, not among the first three, or one as high).
  int height_rank = 0;
  int buildings = 0;

  std::optional<CityPart> part;
  std::optional<Neighbour> street;  // road or street along which it stands: at most 40 m from its edge
  std::vector<Neighbour> beside;    // at most two that stand next to it, the most notable first
  std::optional<Neighbour> water;   // the nearest one within 150 m
  // Of a view.
  bool has_view = false;
  std::optional<SeenObject> seen;
};

// `view` null: no view. Nothing when the catalogue has no such object.
std::optional<ObjectSheet> make_object_sheet(const CaptionScene& scene, std::int32_t id, const ViewPixels* view);

}  // namespace skyline::models
