// English number words and figures.
#include "models/language/interpreter/number_words.h"
#include "models/language/interpreter/spelling.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <utility>

namespace skyline::models {
namespace {

using Kind = Number::Kind;
using Named = std::pair<std::string_view, int>;

constexpr std::array<Named, 21> kUnits{
    {{"zero", 0},      {"nought", 0},    {"one", 1},      {"two", 2},      {"three", 3},      {"four", 4},      {"five", 5},
     {"six", 6},       {"seven", 7},     {"eight", 8},    {"nine", 9},     {"ten", 10},       {"eleven", 11},   {"twelve", 12},
     {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}}};
constexpr std::array<Named, 8> kTens{
    {{"twenty", 20}, {"thirty", 30}, {"forty", 40}, {"fifty", 50}, {"sixty", 60}, {"seventy", 70}, {"eighty", 80}, {"ninety", 90}}};
constexpr std::array<Named, 12> kOrdinals{{{"first", 1},
                                           {"second", 2},
                                           {"third", 3},
                                           {"fourth", 4},
                                           {"fifth", 5},
                                           {"sixth", 6},
                                           {"seventh", 7},
                                           {"eighth", 8},
                                           {"ninth", 9},
                                           {"tenth", 10},
                                           {"eleventh", 11},
                                           {"twelfth", 12}}};
// Parts: "two thirds", "three quarters".
constexpr std::array<Named, 10> kParts{{{"half", 2},
                                        {"halves", 2},
                                        {"third", 3},
                                        {"quarter", 4},
                                        {"fourth", 4},
                                        {"fifth", 5},
                                        {"sixth", 6},
                                        {"eighth", 8},
                                        {"tenth", 10},
                                        {"hundredth", 100}}};
constexpr int kNot = -1;

template <std::size_t kSize>
int look_up(const std::array<Named, kSize>& table, std::string_view word) {
  for (const auto& [name, value] : table) {
    if (name == word) return value;
  }
  return kNot;
}

// Also of a slip in a longer word: "thrity", "ninty". The last letter must be right: "seconds" is no ordinal, and short words are taken for
// each other too easily ("there", three).
template <std::size_t kSize>
int look_up_with_slips(const std::array<Named, kSize>& table, std::string_view word) {
  if (const int exact = look_up(table, word); exact != kNot) return exact;
  const bool tens = word.ends_with("ty");
  if (word.size() < (tens ? 5U : 6U) || look_up(kUnits, word) != kNot || look_up(kTens, word) != kNot || look_up(kOrdinals, word) != kNot)
    return kNot;
  for (const auto& [name, value] : table) {
    if (name.size() >= 5 && name.back() == word.back() && slips_between(word, name, 1) == 1) return value;
  }
  return kNot;
}

struct Counted {
  double value = 0;
  std::size_t length = 0;  // 0: no number
};

// 0 to 99: "seven", "forty five".
Counted below_hundred(const TokenReader& reader) {
  if (!reader.kind(Token::Kind::kWord)) return {};
  if (const int tens = look_up_with_slips(kTens, reader.text()); tens != kNot) {
    const int unit = look_up(kUnits, reader.text(1));
    if (unit >= 1 && unit <= 9) return {static_cast<double>(tens + unit), 2};
    return {static_cast<double>(tens), 1};
  }
  if (const int unit = look_up_with_slips(kUnits, reader.text()); unit != kNot) return {static_cast<double>(unit), 1};
  return {};
}

double scale_of(std::string_view word) {
  if (word == "hundred") return 100;
  if (word == "thousand" || word == "grand") return 1000;
  if (word == "million") return 1e6;
  return 0;
}

// "two hundred and five", "a thousand", "one hundred twenty".
Counted cardinal(const TokenReader& reader) {
  Counted all;
  TokenReader rest = reader;
  double last_scale = 1e9;
  bool begun = false;
  while (true) {
    std::size_t skipped = 0;
    if (begun && rest.is("and")) skipped = 1;
    Counted part = below_hundred(rest.after(skipped));
    const bool article = !begun && (rest.is("a") || rest.is("an"));
    if (part.length == 0 && article && scale_of(rest.text(1)) > 0) part = {1, 1};
    if (part.length == 0 && !begun && scale_of(rest.text()) > 0) part = {1, 0};  // "hundred meters"
    double value = part.value;
    std::size_t length = part.length;
    double scale = 1;
    for (int scales = 0; scales < 2 && scale_of(rest.text(skipped + length)) > 0; ++scales)
      scale *= scale_of(rest.text(skipped + length++));
    value *= scale;
    if (length == 0 || scale >= last_scale || (begun && last_scale == 1)) break;
    all.value += value;
    all.length += skipped + length;
    rest = rest.after(skipped + length);
    last_scale = scale;
    begun = true;
    if (scale == 1) break;
  }
  return all;
}

Counted decimals(const TokenReader& reader) {
  if (!reader.is("point")) return {};
  Counted all{0, 1};
  for (double place = 0.1; all.length < 7; place /= 10) {
    const int digit = reader.is("oh", all.length) ? 0 : look_up(kUnits, reader.text(all.length));
    if (digit < 0 || digit > 9) break;
    all.value += digit * place;
    ++all.length;
  }
  return all.length > 1 ? all : Counted{};
}

// "and a half", "and three quarters", "and one third".
Counted and_part(const TokenReader& reader) {
  if (!reader.is("and")) return {};
  int over = 1;
  if (!reader.is("a", 1)) over = look_up(kUnits, reader.text(1));
  if (over <= 0) return {};
  std::string part(reader.text(2));
  if (over > 1 && part.ends_with('s')) part.pop_back();
  const int under = look_up(kParts, part);
  return under == kNot ? Counted{} : Counted{static_cast<double>(over) / under, 3};
}

void add(std::vector<NumberMatch>& found, std::size_t length, Kind kind, double value, double cost = 0) {
  NumberMatch match;
  match.length = length;
  match.number.kind = kind;
  match.number.value = value;
  match.cost = cost;
  found.push_back(match);
}

void add_parts(const TokenReader& reader, std::vector<NumberMatch>& found) {
  if (reader.is("half")) {
    if (reader.is("a", 1) && (reader.is("dozen", 2))) add(found, 3, Kind::kPlain, 6);
    if (reader.is("dozen", 1)) add(found, 2, Kind::kPlain, 6);
    add(found, 1, Kind::kFraction, 0.5);
    return;
  }
  if (reader.is("quarter")) add(found, 1, Kind::kFraction, 0.25);
  std::size_t length = 1;
  int over = kNot;
  if (reader.is("a") || reader.is("one")) {
    over = 1;
  } else if (const int unit = look_up(kUnits, reader.text()); unit > 0) {
    over = unit;
  }
  if (over == kNot) return;
  std::string part(reader.text(length));
  if (over > 1) {
    if (!part.ends_with('s')) return;
    part.pop_back();
  }
  const int under = look_up(kParts, part == "halve" ? "half" : part);
  if (under != kNot) add(found, length + 1, Kind::kFraction, static_cast<double>(over) / under);
}

void add_ordinals(const TokenReader& reader, std::vector<NumberMatch>& found) {
  if (const int rank = look_up_with_slips(kOrdinals, reader.text()); rank != kNot) {
    const bool from_the_end = (reader.is("to", 1) && reader.is("last", 2)) || (reader.is("from", 1) && reader.is("last", 2));
    if (from_the_end) add(found, 3, Kind::kOrdinal, -rank);
    if (reader.is("last", 1) && rank > 1) add(found, 2, Kind::kOrdinal, -rank);
    add(found, 1, Kind::kOrdinal, rank);
    return;
  }
  if (const int tens = look_up(kTens, reader.text()); tens != kNot) {
    const int unit = look_up(kOrdinals, reader.text(1));
    if (unit >= 1 && unit <= 9) add(found, 2, Kind::kOrdinal, tens + unit);
  }
  const std::string_view word = reader.text();
  if (word.ends_with("teenth") || word.ends_with("ieth")) {
    std::string base(word.substr(0, word.size() - 2));
    if (base.ends_with("ie")) base.replace(base.size() - 2, 2, "y");
    const int unit = look_up(kUnits, base);
    const int value = unit != kNot ? unit : look_up(kTens, base);
    if (value != kNot) add(found, 1, Kind::kOrdinal, value);
  }
  if (reader.is("last") || reader.is("final")) add(found, 1, Kind::kOrdinal, -1);
  if (reader.is("penultimate")) add(found, 1, Kind::kOrdinal, -2);
  if (reader.is("next") && reader.is("to", 1) && reader.is("last", 2)) add(found, 3, Kind::kOrdinal, -2);
}

double to_double(std::string_view digits) { return std::strtod(std::string(digits.substr(0, 15)).c_str(), nullptr); }

// The digits behind a point or a comma that sticks to both sides.
std::string_view glued_digits(const TokenReader& reader, std::string_view separator, std::size_t offset) {
  const bool there =
      reader.is(separator, offset) && reader.glued(offset) && reader.kind(Token::Kind::kDigits, offset + 1) && reader.glued(offset + 1);
  return there ? reader.text(offset + 1) : std::string_view();
}

double decimal_part(std::string_view digits) { return to_double("0." + std::string(digits)); }

double vulgar(std::string_view symbol) {
  if (symbol == "½") return 0.5;
  if (symbol == "¼") return 0.25;
  if (symbol == "¾") return 0.75;
  if (symbol == "⅓") return 1.0 / 3;
  if (symbol == "⅔") return 2.0 / 3;
  return 0;
}

// Chinese scales behind figures: 3万, 2百.
double han_scale(std::string_view text) {
  if (text == "百") return 100;
  if (text == "千") return 1000;
  if (text == "万") return 1e4;
  return 0;
}

void add_unsigned_figures(const TokenReader& reader, std::vector<NumberMatch>& found) {
  double value = to_double(reader.text());
  std::size_t length = 1;
  // thousands: 1,200 and 1,200,000
  if (reader.text().size() <= 3) {
    for (int groups = 0; groups < 3 && glued_digits(reader, ",", length).size() == 3; ++groups) {
      value = value * 1000 + to_double(glued_digits(reader, ",", length));
      length += 2;
    }
  }
  if (const std::string_view behind = glued_digits(reader, ".", length); !behind.empty()) {
    value += decimal_part(behind);
    length += 2;
  } else if (const std::string_view comma = glued_digits(reader, ",", length); length == 1 && !comma.empty() && comma.size() != 3) {
    add(found, 3, Kind::kPlain, value + decimal_part(comma), 0.6);  // a decimal comma, or a list: 3,7
  }
  if (const std::string_view under = glued_digits(reader, "/", length); length == 1 && !under.empty() && to_double(under) > 0) {
    add(found, 3, Kind::kFraction, value / to_double(under));
  }
  if (const double part = vulgar(reader.text(length)); part > 0) {
    value += part;
    ++length;
  } else if (const Counted more = and_part(reader.after(length)); more.length > 0) {
    add(found, length + more.length, Kind::kPlain, value + more.value);
  }
  if (reader.is("k", length) && reader.glued(length)) add(found, length + 1, Kind::kPlain, value * 1000, 0.2);
  if (const double scale = han_scale(reader.text(length)); scale > 0) add(found, length + 1, Kind::kPlain, value * scale);
  if (const double scale = scale_of(reader.text(length)); scale > 0) add(found, length + 1, Kind::kPlain, value * scale);
  if (reader.is("多", length) || reader.is("来", length) || reader.is("几", length)) {
    add(found, length + 1, Kind::kPlain, value);
    found.back().number.about = true;
  }
  if (reader.is("dozen", length)) add(found, length + 1, Kind::kPlain, value * 12);
  const std::string_view suffix = reader.text(length);
  const bool ordinal = suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th";
  if (length == 1 && ordinal && reader.glued(1)) add(found, 2, Kind::kOrdinal, value);
  add(found, length, Kind::kPlain, value);
}

}  // namespace

std::vector<NumberMatch> figures(const TokenReader& reader) {
  std::vector<NumberMatch> found;
  if (reader.kind(Token::Kind::kDigits)) {
    add_unsigned_figures(reader, found);
    return found;
  }
  if (const double part = vulgar(reader.text()); part > 0) {
    add(found, 1, Kind::kFraction, part);
    return found;
  }
  const bool minus = reader.is("-") || reader.is("minus") || reader.is("负") || reader.is("negative");
  const bool plus = reader.is("+") || reader.is("plus");
  if ((minus || plus) && reader.kind(Token::Kind::kDigits, 1)) {
    add_unsigned_figures(reader.after(1), found);
    for (NumberMatch& match : found) {
      ++match.length;
      if (minus) match.number.value = -match.number.value;
    }
    std::erase_if(found, [](const NumberMatch& match) { return match.number.kind == Kind::kOrdinal; });
  }
  return found;
}

std::vector<NumberMatch> english_number(const TokenReader& reader) {
  std::vector<NumberMatch> found;
  if (!reader.kind(Token::Kind::kWord)) return found;
  if (const Counted number = cardinal(reader); number.length > 0) {
    const TokenReader rest = reader.after(number.length);
    if (const Counted more = decimals(rest); more.length > 0) {
      add(found, number.length + more.length, Kind::kPlain, number.value + more.value);
    } else if (const Counted part = and_part(rest); part.length > 0) {
      add(found, number.length + part.length, Kind::kPlain, number.value + part.value);
    }
    if (rest.is("dozen")) add(found, number.length + 1, Kind::kPlain, number.value * 12);
    add(found, number.length, Kind::kPlain, number.value);
  }
  if (reader.is("a") && reader.is("dozen", 1)) add(found, 2, Kind::kPlain, 12);
  if (reader.is("a") && reader.is("couple", 1)) {
    add(found, reader.is("of", 2) ? 3 : 2, Kind::kPlain, 2);
    found.back().number.about = true;
  }
  if (reader.is("couple")) {
    add(found, reader.is("of", 1) ? 2 : 1, Kind::kPlain, 2);
    found.back().number.about = true;
  }
  if (reader.is("pair") && reader.is("of", 1)) add(found, 2, Kind::kPlain, 2);
  if (reader.is("a") && reader.is("pair", 1)) add(found, reader.is("of", 2) ? 3 : 2, Kind::kPlain, 2);
  if (reader.is("minus") || reader.is("negative")) {
    if (const Counted number = cardinal(reader.after(1)); number.length > 0) add(found, 1 + number.length, Kind::kPlain, -number.value);
  }
  if (reader.is("once")) add(found, 1, Kind::kSteps, 1);
  if (reader.is("twice")) {
    add(found, 1, Kind::kTimes, 2);
    add(found, 1, Kind::kSteps, 2);
  }
  if (reader.is("thrice")) add(found, 1, Kind::kTimes, 3);
  add_parts(reader, found);
  add_ordinals(reader, found);
  return found;
}

}  // namespace skyline::models
