// The words that the rule engine knows: data files in assets/lexicon, one entry a line, tab-separated:
//
//   kind <tab> value <tab> language <tab> surface <tab> features <tab> example
//   class	tower	en	high-rise	-	remove the high-rise
//   op	move	zh	挪	-	把教堂往北挪十米
//   op	scale	en	heighten	axes=height;sense=up	heighten the church by 10 m
//
// `surface` may hold several words separated by spaces; English entries are base forms, inflected forms are derived (removes, removing,
// removed, towers). Lines that begin with # are comments. An example is a whole sentence that uses the entry; a test plans all of them.
//
// kind, value:
//   op           one of the ops of plans, or correction|confirm|cancel|again ("do the same", "也一样")
//   class        a class of the taxonomy; asset words too
//   attribute    tall|short|big|small|wide|narrow|long (features: measure=height|area|width|length;large=yes|no)
//   superlative  measure=...;descending=yes|no     "tallest", "最高", "nearest"
//   comparative  measure=...;comparison=greater|less|...    "taller than", "高于", "超过"
//   color        a name of the palette; features: hex=#rrggbb (shades, materials: brick, glass)
//   shade        dark|light
//   part         all|wall|roof
//   relation     beside|near|along|inside|between|left|right|front|behind|across|nearest|of|away
//   heading      north|...|northwest|left|right|forward|back|up|down
//   season, weather, time (value HH:MM), style (the ids), asked (count|list|height|area|distance|describe|where), view (goto|orbit|...)
//   strength     value in 0..1        amount  value as share: "a bit" 0.1, "half" 0.5; features: factor=2 for "double"
//   unit         m|degree|storey|percent|second|times|step; features: scale=0.3048 for feet
//   number       value as a decimal   ordinal   value as an integer
//   quantifier   the|any|all|both|each|other|only|except|count
//   pronoun      it|them|this|here|that|selection|scene
//   state        selected|hidden|edited|inserted|visible
//   conjunction  and|then|or|comma    negation|hypothetical|question|polite|filler|measure_word|particle   (value: free)
//   kind         image|video|mesh|points|depth ; resolution  WxH
//   smalltalk    greeting|thanks|help|out_of_domain
#pragma once

#include "core/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::models {

struct LexiconEntry {
  std::string kind, value;
  bool chinese = false;
  std::string surface;
  std::map<std::string, std::string, std::less<>> features;
  std::string example;
};

class Lexicon {
 public:
  static core::Result<Lexicon> load(const std::filesystem::path& folder);
  std::span<const LexiconEntry> entries() const { return entries_; }

 private:
  std::vector<LexiconEntry> entries_;
};

// assets/lexicon beside the program or in the source tree.
std::filesystem::path lexicon_folder();

}  // namespace skyline::models
