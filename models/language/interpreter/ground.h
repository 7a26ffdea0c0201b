// From a reading to a plan: queries become ids, amounts become numbers, each step in the scene that the steps before it leave.
//
//   const Grounding grounding = ground(reading, situation, editor::Language::kEnglish);
//   if (grounding.trouble.empty()) use(grounding.steps);
//   else say(grounding.trouble.front());   // what is missing, ambiguous or not there, as values: the words are somebody else's
//
// Pure: nothing is changed. Numbers are rounded to a millionth.
#pragma once

#include "models/language/interpreter/plan.h"
#include "models/language/interpreter/resolver.h"
#include "models/language/interpreter/situation.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace skyline::models {

// Why a step has no numbers.
struct Trouble {
  enum class Kind : std::uint8_t {
    kMissing,      // ask: `argument` was not said
    kAmbiguous,    // ask: several fit; see Grounding::candidates
    kTooFew,       // ask: `found` of `wanted`
    kNoReferent,   // ask: "it", "this" with nothing that they could mean
    kNothing,      // refuse: nothing fits; `emptied` is the test that left none
    kNoSuchName,   // refuse
    kNotPossible,  // refuse: `argument` says what: "line" (a road cannot be moved), "height" (of something flat), "below zero", "same
                   // place"
  };
  Kind kind = Kind::kMissing;
  std::size_t step = 0;  // of the reading
  std::string argument;
  const Query* query = nullptr;  // the part in question; lives in the reading
  std::vector<Decision> decisions;
  std::optional<Decision> emptied;
  std::vector<std::int32_t> ids;  // that fit, or that cannot be done
  std::size_t found = 0, wanted = 0;
  // What there is, most frequent first, when nothing fits.
  std::vector<std::pair<city::ObjectClass, std::size_t>> present;

  bool is_question() const { return kind <= Kind::kNoReferent; }
};

// What a query of the reading stands for; for spans.
struct Meant {
  const Query* query = nullptr;
  std::vector<std::int32_t> ids;
};

struct Grounding {
  std::vector<PlanStep> steps;  // whole when there is no trouble, else those before it
  std::vector<Trouble> trouble;
  std::vector<Candidate> candidates;  // one for each choice of an ambiguity, with the whole plan; `label` is the object's name and size
  std::vector<Meant> meant;           // every query that was resolved, anchors too
};

// Intents other than kAct and kCorrection have no steps. A correction is resolved in the scene before the step that it corrects, and begins
// with undo. `language` is that of answers in words (describe, where).
Grounding ground(const Reading& reading, const Situation& situation, editor::Language language = editor::Language::kEnglish);

}  // namespace skyline::models
