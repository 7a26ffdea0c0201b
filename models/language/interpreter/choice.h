// Which of several that were asked about: "the second one", "number 3", 第一个, 最后一栋, "the first and the last".
//
//   const std::vector<int> chosen = choices_said(sentence.lattice.tokens, plan.candidates);   // from 1; empty: none by number
//
// Only sentences that say nothing else count: "the first house by the river" is a description. Pure; safe from any thread.
#pragma once

#include "models/language/interpreter/normalise.h"
#include "models/language/interpreter/plan.h"

#include <span>
#include <vector>

namespace skyline::models {

std::vector<int> choices_said(std::span<const Token> tokens, std::span<const Candidate> candidates);

}  // namespace skyline::models
