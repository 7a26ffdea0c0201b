#include "models/language/interpreter/numbers.h"

#include "models/language/interpreter/clock.h"
#include "models/language/interpreter/lexicon.h"
#include "models/language/interpreter/number_words.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <utility>

namespace skyline::models {
namespace {

using Kind = Number::Kind;

constexpr std::size_t kMostMatches = 16;
constexpr int kLeastPixels = 64, kMostPixels = 32768;  // of a picture's side; smaller ones are counts ("3 x 4")

struct UnitFound {
  Kind kind = Kind::kPlain;
  double scale = 1;
  std::size_t length = 0;
};

std::optional<Kind> kind_of_unit(std::string_view value) {
  constexpr std::array<std::pair<std::string_view, Kind>, 8> kKinds{{{"m", Kind::kLength},
                                                                     {"m2", Kind::kArea},
                                                                     {"degree", Kind::kAngle},
                                                                     {"storey", Kind::kStoreys},
                                                                     {"percent", Kind::kPercent},
                                                                     {"second", Kind::kDuration},
                                                                     {"times", Kind::kTimes},
                                                                     {"step", Kind::kSteps}}};
  for (const auto& [name, kind] : kKinds) {
    if (name == value) return kind;
  }
  return std::nullopt;
}

double scale_of(const LexiconEntry& unit) {
  if (const std::string_view scale = unit.feature("scale"); !scale.empty()) return std::strtod(std::string(scale).c_str(), nullptr);
  return unit.value == "percent" ? 0.01 : 1;
}

// Every unit that begins there, in any form.
std::vector<UnitFound> units_at(const TokenReader& reader, const Lexicon* lexicon) {
  std::vector<UnitFound> found;
  if (lexicon == nullptr || !reader.exists()) return found;
  for (const WordMatch& match : lexicon->match(reader.tokens(), reader.at(), true)) {
    if (match.entry->kind != "unit") continue;
    if (const auto kind = kind_of_unit(match.entry->value)) found.push_back({*kind, scale_of(*match.entry), match.length});
  }
  return found;
}

std::size_t measure_word_at(const TokenReader& reader, const Lexicon* lexicon) {
  if (lexicon == nullptr || !reader.kind(Token::Kind::kHan)) return 0;
  for (const WordMatch& match : lexicon->match(reader.tokens(), reader.at(), true)) {
    if (match.entry->kind == "measure_word") return match.length;
  }
  return 0;
}

class Finder {
 public:
  Finder(const TokenReader& reader, const Lexicon* lexicon) : reader_(reader), lexicon_(lexicon) {}

  std::vector<NumberMatch> run() {
    std::vector<NumberMatch> bare = figures(reader_);
    for (auto* const words : {&english_number, &chinese_number}) {
      const std::vector<NumberMatch> more = (*words)(reader_);
      bare.insert(bare.end(), more.begin(), more.end());
    }
    for (const NumberMatch& match : bare) {
      found_.push_back(match);
      add_with_unit(match);
      add_counted(match);
    }
    add_article_with_unit();
    for (const NumberMatch& match : times_of_day(reader_)) found_.push_back(match);
    add_resolution();
    std::stable_sort(found_.begin(), found_.end(), [](const NumberMatch& a, const NumberMatch& b) {
      return a.length != b.length ? a.length > b.length : a.cost < b.cost;
    });
    const auto same = [](const NumberMatch& a, const NumberMatch& b) { return a.length == b.length && a.number == b.number; };
    found_.erase(std::unique(found_.begin(), found_.end(), same), found_.end());
    if (found_.size() > kMostMatches) found_.resize(kMostMatches);
    return std::move(found_);
  }

 private:
  static bool takes_a_unit(const Number& number) { return number.kind == Kind::kPlain || number.kind == Kind::kFraction; }

  NumberMatch measured(const NumberMatch& number, const UnitFound& unit, std::size_t length) const {
    NumberMatch match = number;
    match.length = length;
    match.number.kind = unit.kind;
    match.number.value = number.number.value * unit.scale;
    return match;
  }

  void add_with_unit(const NumberMatch& number) {
    if (!takes_a_unit(number.number)) return;
    std::size_t skipped = 0;
    const TokenReader rest = reader_.after(number.length);
    if (number.number.kind == Kind::kFraction && (rest.is("of") || rest.is("a") || rest.is("an"))) {  // half a metre, a quarter of a turn
      skipped = rest.is("of") && (rest.is("a", 1) || rest.is("an", 1)) ? 2 : 1;
    }
    if (number.number.kind == Kind::kPlain && rest.is("个") && units_are_counted(rest))
      skipped = 1;  // 三个单位 says nothing, 两个台阶 does
    const bool with_symbol = rest.is("more") || rest.is("additional") || rest.is("extra") || rest.is("full") || rest.is("whole");
    if (with_symbol) skipped = 1;
    for (const UnitFound& unit : units_at(rest.after(skipped), lexicon_)) {
      const std::size_t length = number.length + skipped + unit.length;
      NumberMatch match = measured(number, unit, length);
      add_tail(match, unit, reader_.after(length));
      found_.push_back(match);
    }
  }
  bool units_are_counted(const TokenReader& rest) const { return !units_at(rest.after(1), lexicon_).empty(); }

  // What may follow a unit: 两米半, 一米五, "6 feet 5 inches", 一分三十秒.
  void add_tail(const NumberMatch& match, const UnitFound& unit, const TokenReader& rest) {
    NumberMatch longer = match;
    if (rest.is("半")) {
      longer.number.value += 0.5 * unit.scale;
      longer.length += 1;
      found_.push_back(longer);
      return;
    }
    const std::optional<int> digit = reader_.kind(Token::Kind::kHan) ? single_digit(rest) : std::nullopt;
    if (digit && *digit > 0 && unit.kind == Kind::kLength && chinese_number(rest).size() == 1 &&
        units_at(rest.after(1), lexicon_).empty() && measure_word_at(rest.after(1), lexicon_) == 0) {
      longer.number.value += *digit * 0.1 * unit.scale;
      longer.length += 1;
      found_.push_back(longer);
      return;
    }
    std::vector<NumberMatch> next = figures(rest);
    for (auto* const words : {&english_number, &chinese_number}) {
      const std::vector<NumberMatch> more = (*words)(rest);
      next.insert(next.end(), more.begin(), more.end());
    }
    for (const NumberMatch& number : next) {
      if (number.number.kind != Kind::kPlain || number.cost > 0) continue;
      for (const UnitFound& smaller : units_at(rest.after(number.length), lexicon_)) {
        if (smaller.kind != unit.kind || smaller.scale >= unit.scale) continue;
        longer = match;
        longer.number.value += number.number.value * smaller.scale;
        longer.length += number.length + smaller.length;
        found_.push_back(longer);
      }
    }
  }

  // 两座, 三棵: the measure word belongs to the number.
  void add_counted(const NumberMatch& number) {
    if (number.number.kind != Kind::kPlain && number.number.kind != Kind::kOrdinal && number.number.kind != Kind::kFraction) return;
    const TokenReader rest = reader_.after(number.length);
    const std::size_t length = measure_word_at(rest, lexicon_);
    if (length == 0) return;
    NumberMatch match = number;
    match.length += length;
    match.number.counted = true;
    found_.push_back(match);
    if (number.number.kind == Kind::kPlain && rest.is("半", length)) {  // 两个半
      match.length += 1;
      match.number.value += 0.5;
      found_.push_back(match);
    }
  }

  // "a metre", "an hour": one of it.
  void add_article_with_unit() {
    if (!reader_.is("a") && !reader_.is("an") && !reader_.is("one")) return;
    for (const UnitFound& unit : units_at(reader_.after(1), lexicon_)) {
      if (unit.kind == Kind::kPercent || unit.kind == Kind::kTimes || unit.kind == Kind::kSteps) continue;
      NumberMatch one;
      one.number.value = 1;
      one.cost = 0.1;
      found_.push_back(measured(one, unit, 1 + unit.length));
    }
  }

  void add_resolution() {
    constexpr std::array<std::pair<int, std::pair<int, int>>, 5> kLines{
        {{480, {854, 480}}, {720, {1280, 720}}, {1080, {1920, 1080}}, {1440, {2560, 1440}}, {2160, {3840, 2160}}}};
    constexpr std::array<std::pair<int, std::pair<int, int>>, 4> kThousands{
        {{2, {2560, 1440}}, {4, {3840, 2160}}, {5, {5120, 2880}}, {8, {7680, 4320}}}};
    const std::optional<int> first = pixels(reader_);
    if (!first) return;
    const bool by = reader_.is("x", 1) || reader_.is("×", 1) || reader_.is("*", 1) || reader_.is("by", 1) || reader_.is("乘", 1);
    if (const std::optional<int> second = by ? pixels(reader_.after(2)) : std::nullopt;
        second && *first >= kLeastPixels && *second >= kLeastPixels) {
      add_size(3, *first, *second, 0);
    }
    const bool tight = reader_.glued(1);
    if (tight && (reader_.is("p", 1) || reader_.is("i", 1))) {
      for (const auto& [lines, size] : kLines) {
        if (lines == *first) add_size(2, size.first, size.second, 0);
      }
    }
    if (reader_.is("k", 1)) {
      for (const auto& [thousands, size] : kThousands) {
        if (thousands == *first) add_size(2, size.first, size.second, thousands == 2 || thousands == 5 ? 0.3 : 0);
      }
    }
  }
  void add_size(std::size_t length, int width, int height, double cost) {
    NumberMatch match;
    match.length = length;
    match.cost = cost;
    match.number.kind = Kind::kResolution;
    match.number.width = width;
    match.number.height = height;
    found_.push_back(match);
  }
  static std::optional<int> pixels(const TokenReader& reader) {
    if (!reader.kind(Token::Kind::kDigits) || reader.text().size() > 5) return std::nullopt;
    const int value = std::atoi(std::string(reader.text()).c_str());
    return value <= kMostPixels ? std::optional<int>(value) : std::nullopt;
  }

  TokenReader reader_;
  const Lexicon* lexicon_;
  std::vector<NumberMatch> found_;
};

}  // namespace

std::vector<NumberMatch> match_numbers(std::span<const Token> tokens, std::size_t at, const Lexicon* lexicon) {
  if (at >= tokens.size()) return {};
  return Finder(TokenReader(tokens, at), lexicon).run();
}

}  // namespace skyline::models
