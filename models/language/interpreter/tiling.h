// A stretch of a sentence laid out as tiles in every way that is worth a look: phrases of the chart, words that need no phrase, words that
// nobody knows. What the tiles are to an operation is the clause's work (clause.h).
#pragma once

#include "models/language/interpreter/clause.h"

namespace skyline::models {

inline constexpr double kUnknownWeight = -5;  // a word that nobody knows

// Readings with tiles and score alone, best first.
std::vector<ClauseReading> lay_out(const Sentence& sentence, int from, int to, const Grammar& grammar);

}  // namespace skyline::models
