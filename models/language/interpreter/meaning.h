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
  const Features* features = nullptr;
  std::string_view text;  // as normalised
  bool plural = false;    // "towers"
  bool chinese = false;
  std::string_view feature(std::string_view name) const;
};

// A number with its unit, in metres, degrees, shares, seconds.
struct Amount {
  enum class Unit : std::uint8_t { kPlain, kMetre, kSquareMetre, kDegree, kPercent, kSecond, kTimes, kStep };
  double value = 0;
  Unit unit = Unit::kPlain;
  bool vague = false;  // "a bit", "much": a share (kPercent as a fraction)
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
