// What a stretch of words means while a sentence is being parsed: the typed values that rules of the grammar take and make. A sentence's
// meanings end as members of a Step (reading.h).
#pragma once

#include "models/language/interpreter/reading.h"

#include <map>
#include <string>
#include <string_view>
#include <variant>

namespace skyline::models {

using Features = std::map<std::string, std::string, std::less<>>;

// A word of the lexicon as it stands in the sentence.
struct Word {
  std::string_view kind, value;
  std::string_view surface;  // of the lexicon
  const Features* features = nullptr;
  std::string_view text;  // as normalised
  bool plural = false;    // "towers"
  bool gerund = false, past = false;
  bool chinese = false;
  std::string_view feature(std::string_view name) const;
};

// A number with its unit, in metres, degrees, shares, seconds.
struct Amount {
  // kShare: 30 %, a half, "a bit"; kStorey: already in metres.
  enum class Unit : std::uint8_t { kPlain, kMetre, kStorey, kSquareMetre, kDegree, kShare, kSecond, kTimes, kStep };
  double value = 0;
  Unit unit = Unit::kPlain;
  bool vague = false;  // "a bit", "much"
  bool to = false;     // "to 60 m", 到60米: the size that is wanted, not the change
  bool more = false;   // "another 10 m", "5 m more"
  bool operator==(const Amount&) const = default;
};

// "the roof of the church", "its walls", "roofs"; without owner the part alone.
struct PartOf {
  std::string part;
  std::optional<Query> owner;
};

// A colour to paint with.
struct Paint {
  std::string name;  // of the palette
  std::string hex;   // "#rrggbb"
};

// A test of a measure that has no noun yet ("more than 50 m"), or a range.
struct Bounds {
  std::optional<Measure> measure;
  Comparison comparison = Comparison::kEqual;
  Amount amount;
  std::optional<Amount> upper;  // "between 20 and 50 m"
};

// A fixed value: of a season, a kind of view, a name in quotation marks.
struct Text {
  std::string text;
  std::string further;
};

using Meaning = std::variant<std::monostate, Word, Amount, Heading, Place, Sizing, Query, PartOf, Paint, Bounds, Text>;

// Two descriptions of one thing as one: "red" + "tower next to the river". None when they contradict each other (two kinds, two orders).
std::optional<Query> merged(const Query& a, const Query& b);
QueryPtr share(Query query);

}  // namespace skyline::models
