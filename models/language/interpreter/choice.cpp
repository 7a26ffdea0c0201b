#include "models/language/interpreter/choice.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace skyline::models {
namespace {

using Numbers = std::pair<std::string_view, int>;

constexpr int kLast = -1;
constexpr std::array kOrdinals{
    Numbers{"first", 1},   Numbers{"1st", 1},   Numbers{"second", 2},   Numbers{"2nd", 2},        Numbers{"third", 3}, Numbers{"3rd", 3},
    Numbers{"fourth", 4},  Numbers{"4th", 4},   Numbers{"fifth", 5},    Numbers{"5th", 5},        Numbers{"sixth", 6}, Numbers{"6th", 6},
    Numbers{"seventh", 7}, Numbers{"7th", 7},   Numbers{"eighth", 8},   Numbers{"8th", 8},        Numbers{"ninth", 9}, Numbers{"9th", 9},
    Numbers{"tenth", 10},  Numbers{"10th", 10}, Numbers{"last", kLast}, Numbers{"latter", kLast}, Numbers{"former", 1}};
constexpr std::array kCardinals{Numbers{"one", 1}, Numbers{"two", 2},   Numbers{"three", 3}, Numbers{"four", 4}, Numbers{"five", 5},
                                Numbers{"six", 6}, Numbers{"seven", 7}, Numbers{"eight", 8}, Numbers{"nine", 9}, Numbers{"ten", 10}};
constexpr std::array kDigits{Numbers{"一", 1}, Numbers{"二", 2}, Numbers{"两", 2}, Numbers{"三", 3}, Numbers{"四", 4}, Numbers{"五", 5},
                             Numbers{"六", 6}, Numbers{"七", 7}, Numbers{"八", 8}, Numbers{"九", 9}, Numbers{"十", 10}};

// Words that an answer may hold beside the number.
constexpr std::array<std::string_view, 38> kAside{
    "the", "i",     "mean", "meant",  "want", "take", "choose", "pick",   "please", "that", "is",   "it",    "s",
    "'s",  "would", "like", "prefer", "ones", "my",   "choice", "answer", "go",     "with", "for",  "let",   "us",
    "ok",  "okay",  "yes",  "well",   "of",   "them", "these",  "those",  "both",   "just", "only", "rather"};
constexpr std::array<std::string_view, 6> kMarks{"number", "option", "no", "nr", "#", "candidate"};
constexpr std::array<std::string_view, 33> kAsideZh{"就", "选", "要", "我", "说", "的", "是", "那", "这", "吧", "啊",
                                                    "呢", "了", "请", "指", "个", "座", "栋", "幢", "棵", "辆", "台",
                                                    "条", "家", "间", "只", "块", "片", "位", "想", "应", "该", "它"};

template <std::size_t kSize>
std::optional<int> find(const std::array<Numbers, kSize>& table, std::string_view text) {
  for (const auto& [word, number] : table) {
    if (word == text) return number;
  }
  return std::nullopt;
}
template <std::size_t kSize>
bool contains(const std::array<std::string_view, kSize>& table, std::string_view text) {
  return std::find(table.begin(), table.end(), text) != table.end();
}

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1) return std::nullopt;
  return value;
}

class ChoiceReader {
 public:
  ChoiceReader(std::span<const Token> tokens, std::span<const Candidate> candidates) : tokens_(tokens), candidates_(candidates) {}

  std::vector<int> read() {
    while (at_ < tokens_.size()) {
      if (!step()) return {};
    }
    // "two": one answer; "the second one": the one is no number
    if (chosen_.empty() && number_) add(*number_);
    const int count = static_cast<int>(candidates_.size());
    if (std::any_of(chosen_.begin(), chosen_.end(), [&](int choice) { return choice < 1 || choice > count; })) return {};
    return chosen_;
  }

 private:
  const std::string& text(std::size_t i) const { return tokens_[i].text; }
  bool is(std::size_t i, std::string_view word) const { return i < tokens_.size() && text(i) == word; }

  bool step() {
    if (tokens_[at_].kind == Token::Kind::kHan) return step_zh();
    const std::string& word = text(at_);
    if (contains(kMarks, word)) {
      marked_ = true;
      ++at_;
      return true;
    }
    if (const auto ordinal = find(kOrdinals, word)) return take_ordinal(*ordinal);
    if (const auto number = find(kCardinals, word); number || tokens_[at_].kind == Token::Kind::kDigits) {
      const auto value = number ? number : digits(word);
      if (!value) return false;
      ++at_;
      // 3号; "3rd" in two tokens
      if (is(at_, "号")) ++at_;
      if (at_ < tokens_.size() && tokens_[at_].glued && (is(at_, "st") || is(at_, "nd") || is(at_, "rd") || is(at_, "th"))) {
        ++at_;
        add(*value);
        return true;
      }
      if (word == "one" && !marked_) {
        if (!number_) number_ = 1;
        return true;
      }
      add_number(*value);
      marked_ = false;
      return true;
    }
    ++at_;
    return tokens_[at_ - 1].kind == Token::Kind::kSymbol || word == "and" || contains(kAside, word);
  }

  // "second to last", "last but one"
  bool take_ordinal(int ordinal) {
    ++at_;
    const int count = static_cast<int>(candidates_.size());
    if (ordinal > 1) {
      const std::size_t last = is(at_, "to") ? at_ + 1 : at_;
      if (is(last, "last")) {
        at_ = last + 1;
        add(count + 1 - ordinal);
        return true;
      }
    }
    if (ordinal == kLast && is(at_, "but") && is(at_ + 1, "one")) {
      at_ += 2;
      add(count - 1);
      return true;
    }
    add(ordinal == kLast ? count : ordinal);
    return true;
  }

  bool step_zh() {
    const int count = static_cast<int>(candidates_.size());
    const bool from_behind = is(at_, "倒") && is(at_ + 1, "数");
    if (from_behind) at_ += 2;
    if (is(at_, "第")) {
      ++at_;
      const auto number = number_zh();
      if (!number) return false;
      add(from_behind ? count + 1 - *number : *number);
      return true;
    }
    if (from_behind) return false;
    if (is(at_, "最") && is(at_ + 1, "后")) {
      at_ += is(at_ + 2, "一") ? 3 : 2;
      add(count);
      return true;
    }
    if ((is(at_, "前") || is(at_, "后")) && is(at_ + 1, "者")) {
      add(is(at_, "前") ? 1 : count);
      at_ += 2;
      return true;
    }
    if (is(at_, "和") || is(at_, "跟") || is(at_, "与")) {
      ++at_;
      return true;
    }
    if (find(kDigits, text(at_))) {
      const auto number = number_zh();
      if (is(at_, "号")) {
        ++at_;
        add_number(*number);
      } else if (!number_) {
        number_ = number;
      }
      // 一座: any of them
      return at_ >= tokens_.size() || chosen_.size() > 0 || tokens_[at_].kind != Token::Kind::kHan;
    }
    ++at_;
    return contains(kAsideZh, text(at_ - 1));
  }

  // 三, 十二, 二十一, 3
  std::optional<int> number_zh() {
    if (at_ < tokens_.size() && tokens_[at_].kind == Token::Kind::kDigits) return digits(text(at_++));
    constexpr int kTen = 10;
    int value = 0;
    bool any = false;
    while (at_ < tokens_.size()) {
      const auto digit = find(kDigits, text(at_));
      if (!digit) break;
      value = *digit == kTen ? std::max(value, 1) * kTen : value + *digit;
      any = true;
      ++at_;
    }
    return any ? std::optional(value) : std::nullopt;
  }

  // The number of an object that the question showed, else the place in the row.
  void add_number(int number) {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (candidates_[i].ids == std::vector<std::int32_t>{number}) return add(static_cast<int>(i) + 1);
    }
    add(number);
  }
  void add(int choice) {
    if (std::find(chosen_.begin(), chosen_.end(), choice) == chosen_.end()) chosen_.push_back(choice);
  }

  std::span<const Token> tokens_;
  std::span<const Candidate> candidates_;
  std::size_t at_ = 0;
  bool marked_ = false;        // "number" stands before
  std::optional<int> number_;  // one that stands for itself only if nothing else does
  std::vector<int> chosen_;
};

}  // namespace

std::vector<int> choices_said(std::span<const Token> tokens, std::span<const Candidate> candidates) {
  return ChoiceReader(tokens, candidates).read();
}

}  // namespace skyline::models
