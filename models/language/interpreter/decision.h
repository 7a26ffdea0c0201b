// From a reading to a plan that does, asks or refuses (docs/assistant.md, "Status").
#pragma once

#include "models/language/interpreter/plan.h"
#include "models/language/interpreter/reading.h"
#include "models/language/interpreter/situation.h"

#include <string>

namespace skyline::models {

struct Said {
  std::string text;
  std::vector<std::size_t> offsets;  // byte of each code point, and the length
  editor::Language language = editor::Language::kEnglish;
  std::string smalltalk;  // "greeting", "thanks", ... ; empty: none
};

// Grounds the reading and decides. Every plan that comes out is valid.
Plan decide(const Reading& reading, const Situation& situation, const Said& said);

}  // namespace skyline::models
