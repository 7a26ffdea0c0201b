// From clauses to sentences: where one step ends and the next begins, what holds for all of them (negation, politeness, corrections), and
// what a fragment means after what was said before.
//
//   std::vector<Reading> readings = read(sentence, grammar, situation);   // best first, never empty
//
// Pure; safe from any thread.
#pragma once

#include "models/language/interpreter/clause.h"
#include "models/language/interpreter/situation.h"

namespace skyline::models {

inline constexpr std::size_t kMostReadingsOfSentence = 4;

// Clauses in order. A clause without a verb goes on with the step before it ("... and the church by 45").
struct ClauseSequence {
  std::vector<ClauseReading> clauses;
  double score = 0;
};
std::vector<ClauseSequence> read_clauses(const Sentence& sentence, const Grammar& grammar);

std::vector<Reading> read(const Sentence& sentence, const Grammar& grammar, const Situation& situation);

}  // namespace skyline::models
