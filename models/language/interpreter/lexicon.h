// The words that the rule engine knows: data files in assets/lexicon (every *.tsv there but pinyin.tsv, common_words.tsv and
// irregular.tsv), one entry a line, six columns parted by tabs:
//
//   kind <tab> value <tab> language <tab> surface <tab> features <tab> example
//   class	tower	en	high-rise	-	Take the high-rise out of the picture, please.
//   op	move	zh	挪	-	把教堂往北挪十米
//   op	scale	en	heighten	axes=height;sense=up	Could you heighten the church by 10 m?
//
// `surface` may hold several words parted by blanks; English entries are base forms, inflected forms are derived (op: the first word as a
// verb; class, unit: the last word as a noun; feature inflect=verb|noun|adjective|none|first_noun says otherwise). Simplified characters
// only. Features are name=value parted by semicolons, or "-". Lines that begin with # are comments. An example is a whole sentence that
// uses the entry; a test finds every entry in its own example.
//
// kind, value:
//   op           one of the ops of plans. Features: sense=up|down|in|out|clockwise|counterclockwise|away|closer|back|on|off (what the verb
//   itself says),
//                axes=height|all|width|length, factor=0.5 (halve), mode=add|remove (select), heading=... (raise: up), angle=180 (turn
//                around), part=..., particle=... (the separable half: "take ... out"), asset=..., view=... (camera), asked=... (query),
//                kind=... (export), weak=yes (only with an object beside it: "do", "get", 弄, 让)
//   dialogue     correction|again|same|also|more|less|confirm|cancel|choose|instead|still      "actually", "do the same", "也一样", "再来"
//   class        a class of the taxonomy, or "any" (thing, object, 东西). Features: number=plural ("housing": already many), mass=yes,
//                named=yes (a kind of its own inside a general class, "castle": only objects that are tagged or named so)
//   attribute    tall|short|big|small|wide|narrow|long|old|new  features: measure=height|area|width|length; large=yes|no; plain=no (also
//   "high" in "10 m high") superlative  measure=height|area|width|length|distance; large=yes|no       "tallest", "最高", "nearest"
//   (distance, no) comparative  measure=...; comparison=greater|less|atleast|atmost|equal; than=yes (the word "than" belongs to it)
//   "taller", "高于", "超过"
//                value: the measure or "any"
//   color        a name of the palette; features: hex=#rrggbb (shades, materials: brick, glass), material=yes (may be a tag too)
//   shade        dark|light     "dark", "pale", 深, 浅
//   part         all|wall|roof
//   relation
//   beside|near|within|beyond|along|inside|outside|between|around|left|right|front|behind|across|facing|nearest|of|away|on|at|to|from|with|without|by|towards|above|below|over|through
//                Features: needs=line (沿线), post=yes (Chinese: stands after its anchor), visible=yes
//   heading      north|northeast|...|northwest|left|right|forward|back|up|down|clockwise|counterclockwise|towards|away. Features: side=yes
//   ("north of", 以北: a place, not a way) season, weather (features strength=0.3), time (value HH:MM), style (the ids), asked
//   (count|list|height|area|distance|describe|where|width|length|color), view (goto|orbit|top|street|look_from|fly) strength     value in
//   0..1        amount  value as share: "a bit" 0.1, "half" 0.5; features: factor=2 for "double" unit
//   m|m2|degree|storey|percent|second|times|step; features: scale=0.3048 (feet; a turn is 360 degrees) number       value as a decimal
//   ordinal   value as an integer, -1 for last approximate  about|atleast|atmost|exactly quantifier
//   the|any|all|both|each|other|only|except|count|none|few|most pronoun
//   it|them|this|these|that|those|here|there|selection|scene|one|me|you|we|self state        selected|hidden|edited|inserted|visible
//   conjunction  and|then|or|but|comma    negation|hypothetical|question|polite|filler|reason|measure_word|particle|verb_be|function
//   (value: free) kind         image|video|mesh|points|depth ; resolution  WxH ; setting quality words of cameras:
//   height|distance|duration|direction|speed aspect
//   height|size|angle|position|color|name|width|length|area|distance|shape|number|azimuth|elevation|strength nouns of what is changed or
//   asked: "height", 高度 verb         come|go|be|want|see|make|let  words between commands and politeness ("I want to", 帮我, 让); free
//   value smalltalk    greeting|thanks|praise|help|bye|out_of_domain
//
//   const core::Result<Lexicon> lexicon = Lexicon::load(lexicon_folder());
//   for (const WordMatch& m : lexicon->match(tokens, 3)) ...   // all entries that begin at token 3
//
// A lexicon is constant and cheap to copy; entries live as long as any copy. Safe from any thread.
#pragma once

#include "core/result.h"
#include "models/language/interpreter/normalise.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::models {

class PinyinTable;
struct WordCorrection;

struct LexiconEntry {
  std::string kind, value;
  bool chinese = false;
  std::string surface;
  std::map<std::string, std::string, std::less<>> features;
  std::string example;

  // The feature's value; empty where the entry does not have it.
  std::string_view feature(std::string_view name) const;
};

// Which form of an English entry was written; Chinese has one.
enum class Form : std::uint8_t { kBase, kPlural, kThird, kPast, kGerund };

struct WordMatch {
  std::size_t length = 0;  // tokens
  const LexiconEntry* entry = nullptr;
  Form form = Form::kBase;
  enum class Correction : std::uint8_t { kNone, kSpelling, kJoined, kHomophone };  // kJoined: "sky scraper", "carpark"
  Correction correction = Correction::kNone;
  double cost =
      0;  // 0 exact; 1 for each letter that was wrong, 1 for each homophone, 1.5 when the sounds are only alike (zh/z, n/l, in/ing)
};

class Lexicon {
 public:
  // Errors name file and line: a wrong number of columns, an unknown kind or language, a value outside its set, a broken feature, an
  // example that is missing, an entry that stands twice; a folder without words.
  static core::Result<Lexicon> load(const std::filesystem::path& folder);
  std::span<const LexiconEntry> entries() const;

  // Of every token all entries that begin there, longest first, exact ones first. Slips of English spelling are found in words of four
  // letters and more that are neither here nor common English words; Chinese words of two characters and more by their sound.
  std::vector<std::vector<WordMatch>> match_all(std::span<const Token> tokens) const;
  // Of one token. With `exact` no slips are looked for.
  std::vector<WordMatch> match(std::span<const Token> tokens, std::size_t at, bool exact = false) const;
  // A word of English that everybody knows, or of this lexicon, in any form: it is never taken for a slip.
  bool is_word(std::string_view word) const;
  // Words without content of their own: "of", "really", 了.
  bool is_function_word(std::string_view word) const;
  std::shared_ptr<const PinyinTable> pinyin() const;

 private:
  struct Tables;
  std::vector<WordMatch> matches_at(std::span<const Token> tokens, std::size_t at,
                                    const std::vector<std::vector<WordCorrection>>* corrections) const;
  explicit Lexicon(std::shared_ptr<const Tables> tables) : tables_(std::move(tables)) {}
  std::shared_ptr<const Tables> tables_;
};

// assets/lexicon beside the program or in the source tree; empty where there is none.
std::filesystem::path lexicon_folder();

}  // namespace skyline::models
