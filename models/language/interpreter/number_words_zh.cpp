// Chinese numerals, alone and mixed with figures.
#include "models/language/interpreter/number_words.h"

#include <array>
#include <string_view>
#include <utility>

namespace skyline::models {
namespace {

using Kind = Number::Kind;

constexpr std::array<std::pair<std::string_view, int>, 25> kDigits{
    {{"零", 0}, {"一", 1}, {"二", 2}, {"两", 2}, {"三", 3}, {"四", 4}, {"五", 5}, {"六", 6}, {"七", 7},
     {"八", 8}, {"九", 9}, {"壹", 1}, {"贰", 2}, {"叁", 3}, {"肆", 4}, {"伍", 5}, {"陆", 6}, {"柒", 7},
     {"捌", 8}, {"玖", 9}, {"俩", 2}, {"仨", 3}, {"幺", 1}, {"○", 0},  {"弌", 1}}};

int digit_of(std::string_view text) {
  for (const auto& [character, value] : kDigits) {
    if (character == text) return value;
  }
  return -1;
}

double scale_of(std::string_view text) {
  if (text == "十" || text == "拾") return 10;
  if (text == "百" || text == "佰") return 100;
  if (text == "千" || text == "仟") return 1000;
  return 0;
}

struct Counted {
  double value = 0;
  std::size_t length = 0;
  double last_scale = 1;  // of the last part
  bool ends_in_digit = false;
};

// Below ten thousand: 三十, 一百零五, 一百二 (120), 两千五 (2,500), 二十; a run of digits as digits: 二零二四.
Counted below_myriad(const TokenReader& reader) {
  Counted all;
  double pending = -1;
  double last_scale = 10000;
  bool after_zero = false;
  while (true) {
    const std::string_view text = reader.text(all.length);
    if (const double scale = scale_of(text); scale > 0) {
      if (scale >= last_scale || (pending < 0 && all.length > 0 && !after_zero)) break;
      if (pending < 0 && scale != 10) break;  // 百 alone is no number
      all.value += (pending < 0 ? 1 : pending) * scale;
      last_scale = scale;
      pending = -1;
      after_zero = false;
    } else if (const int digit = digit_of(text); digit >= 0) {
      if (pending >= 0) break;
      if (digit == 0 && all.length > 0) {
        after_zero = true;
      } else {
        pending = digit;
      }
    } else {
      break;
    }
    ++all.length;
  }
  if (pending >= 0) {
    const bool shorthand = last_scale >= 100 && last_scale < 10000 && !after_zero;
    all.value += pending * (shorthand ? last_scale / 10 : 1);
    all.ends_in_digit = true;
  }
  all.last_scale = last_scale == 10000 ? 1 : last_scale;
  return all;
}

// 二零二四, 一零八零: three digits and more without scales.
Counted digit_run(const TokenReader& reader) {
  Counted all;
  while (digit_of(reader.text(all.length)) >= 0 && all.length < 9) all.value = all.value * 10 + digit_of(reader.text(all.length++));
  return all.length >= 3 && scale_of(reader.text(all.length)) == 0 ? all : Counted{};
}

Counted whole_number(const TokenReader& reader) {
  if (const Counted run = digit_run(reader); run.length > 0) return run;
  Counted all = below_myriad(reader);
  if (all.length == 0 || !reader.is("万", all.length)) return all;
  all.value *= 10000;
  all.length += 1;
  const Counted rest = below_myriad(reader.after(all.length));
  if (rest.length == 0) return all;
  const bool shorthand = rest.length == 1 && rest.ends_in_digit;  // 一万二
  all.value += shorthand ? rest.value * 1000 : rest.value;
  all.length += rest.length;
  return all;
}

// 点五, 点二五.
Counted decimals(const TokenReader& reader) {
  if (!reader.is("点")) return {};
  Counted all{0, 1, 1, false};
  double place = 0.1;
  while (digit_of(reader.text(all.length)) >= 0 && all.length < 8) {
    all.value += digit_of(reader.text(all.length++)) * place;
    place /= 10;
  }
  const bool scaled = scale_of(reader.text(all.length)) > 0;  // 十二点五十: a time
  return all.length > 1 && !scaled ? all : Counted{};
}

// Chinese or figures: 三, 三点五, 3, 3.5.
Counted number(const TokenReader& reader) {
  if (reader.kind(Token::Kind::kDigits)) {
    Counted all;
    for (const NumberMatch& match : figures(reader)) {
      if (match.number.kind == Kind::kPlain && match.cost == 0 && !match.number.about && match.length > all.length) {
        all = {match.number.value, match.length, 1, false};
      }
    }
    return all;
  }
  Counted all = whole_number(reader);
  if (all.length == 0) return all;
  if (const Counted more = decimals(reader.after(all.length)); more.length > 0) {
    all.value += more.value;
    all.length += more.length;
  }
  return all;
}

void add(std::vector<NumberMatch>& found, std::size_t length, Kind kind, double value, bool about = false) {
  NumberMatch match;
  match.length = length;
  match.number.kind = kind;
  match.number.value = value;
  match.number.about = about;
  found.push_back(match);
}

bool is_about(std::string_view text) { return text == "几" || text == "多" || text == "来" || text == "余"; }

void add_shares(const TokenReader& reader, std::vector<NumberMatch>& found) {
  if (reader.is("百") && reader.is("分", 1) && reader.is("之", 2)) {
    if (reader.is("百", 3)) add(found, 4, Kind::kPercent, 1);
    if (const Counted share = number(reader.after(3)); share.length > 0) add(found, 3 + share.length, Kind::kPercent, share.value / 100);
  }
  const Counted under = number(reader);
  if (under.length == 0) return;
  const TokenReader rest = reader.after(under.length);
  if (rest.is("分") && rest.is("之", 1) && under.value > 0) {
    const Counted over = number(rest.after(2));
    if (over.length > 0) add(found, under.length + 2 + over.length, Kind::kFraction, over.value / under.value);
  }
  if (rest.is("成") && under.value <= 10) {
    const std::optional<int> half = rest.is("半", 1) ? std::optional<int>(5) : single_digit(rest.after(1));
    add(found, under.length + 1, Kind::kPercent, under.value / 10);
    if (half) add(found, under.length + 2, Kind::kPercent, under.value / 10 + *half / 100.0);
  }
}

void add_ordinals(const TokenReader& reader, std::vector<NumberMatch>& found) {
  if (reader.is("第")) {
    if (const Counted rank = number(reader.after(1)); rank.length > 0) add(found, 1 + rank.length, Kind::kOrdinal, rank.value);
  }
  if (reader.is("倒") && (reader.is("数", 1))) {
    const std::size_t skipped = reader.is("第", 2) ? 3 : 2;
    if (const Counted rank = number(reader.after(skipped)); rank.length > 0) add(found, skipped + rank.length, Kind::kOrdinal, -rank.value);
  }
  if (reader.is("最") && reader.is("后", 1)) {
    add(found, 2, Kind::kOrdinal, -1);
    if (reader.is("一", 2)) add(found, 3, Kind::kOrdinal, -1);
  }
  if (reader.is("首") && (reader.is("个", 1) || reader.is("座", 1))) add(found, 1, Kind::kOrdinal, 1);
}

}  // namespace

std::optional<int> single_digit(const TokenReader& reader) {
  if (reader.kind(Token::Kind::kDigits) && reader.text().size() == 1) return reader.text()[0] - '0';
  const int digit = digit_of(reader.text());
  return digit >= 0 ? std::optional<int>(digit) : std::nullopt;
}

std::vector<NumberMatch> chinese_number(const TokenReader& reader) {
  std::vector<NumberMatch> found;
  if (!reader.kind(Token::Kind::kHan) && !reader.kind(Token::Kind::kDigits)) return found;
  add_shares(reader, found);
  if (reader.kind(Token::Kind::kDigits)) return found;
  add_ordinals(reader, found);
  const Counted value = number(reader);
  if (value.length > 0) {
    add(found, value.length, Kind::kPlain, value.value);
    const bool round = scale_of(reader.text(value.length - 1)) > 0 || reader.is("万", value.length - 1);
    if (round && is_about(reader.text(value.length))) add(found, value.length + 1, Kind::kPlain, value.value, true);
    const Counted shorter = below_myriad(reader);
    if (shorter.length > 0 && shorter.length < value.length) add(found, shorter.length, Kind::kPlain, shorter.value);
  }
  if (reader.is("负")) {
    if (const Counted positive = number(reader.after(1)); positive.length > 0)
      add(found, 1 + positive.length, Kind::kPlain, -positive.value);
  }
  if (reader.is("半")) add(found, 1, Kind::kFraction, 0.5);
  if (reader.is("一") && reader.is("半", 1)) add(found, 2, Kind::kFraction, 0.5);
  if (reader.is("几") && scale_of(reader.text(1)) > 0) add(found, 2, Kind::kPlain, 3 * scale_of(reader.text(1)), true);
  if (reader.is("百") && reader.is("米", 1)) add(found, 1, Kind::kPlain, 100);
  return found;
}

}  // namespace skyline::models
