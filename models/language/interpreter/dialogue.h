// What a sentence means after the sentences before it: fragments complete a question, correct the last step or repeat it for others.
#pragma once

#include "models/language/interpreter/sentence.h"

namespace skyline::models {

// The clauses of one sentence as a reading in this situation.
Reading in_context(const ClauseSequence& sequence, const Sentence& sentence, const Situation& situation);

}  // namespace skyline::models
