// How well one catalogue tells what another one knows: buildings found against the truth.
//
// Footprints match one to one by decreasing overlap (intersection over union of at least 0.5). Touching buildings of equal height count as
// one: nothing that one can see parts them.
#pragma once

#include "city/catalogue.h"
#include "core/result.h"

#include <cstdint>
#include <vector>

namespace skyline::city {

struct ScoreSettings {
  double lowest = 6;           // metres: lower buildings need not be found, and finding them is no fault
  double least_overlap = 0.5;  // intersection over union of a match
  double touching_gap = 0.5;   // metres between buildings that touch
  double equal_height = 1.0;   // metres that tops of one height may differ
  Polygon within;              // only buildings whose centroid is inside; empty: everywhere
};

struct Match {
  std::int32_t truth = 0, found = 0;  // ids; of merged buildings the lowest
  double overlap = 0;
  double height_error = 0;  // found - truth, metres from each base
};

struct Score {
  int truth = 0, found = 0;          // buildings that count
  double recall = 0, precision = 0;  // 0..1
  double mean_overlap = 0;           // of the matches
  double median_height_error = 0;    // metres, absolute
  std::vector<Match> matches;
  std::vector<std::int32_t> missed;    // of the truth
  std::vector<std::int32_t> invented;  // of what was found
};

Score score_buildings(const Catalogue& truth, const Catalogue& found, const ScoreSettings& settings);

}  // namespace skyline::city
