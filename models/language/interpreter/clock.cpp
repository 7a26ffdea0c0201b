#include "models/language/interpreter/clock.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace skyline::models {
namespace {

using Kind = Number::Kind;

constexpr int kMinutesOfDay = 24 * 60;

enum class DayPart { kNone, kMorning, kNoon, kAfternoon, kNight };

struct Said {
  DayPart part = DayPart::kNone;
  std::size_t length = 0;
};

// The minutes that an hour of a part of the day means: "8 in the evening" is 20:00, 晚上一点 is 01:00.
int minutes_of(int hour, int minute, DayPart part) {
  if (part == DayPart::kMorning && hour == 12) hour = 0;
  if (part == DayPart::kNoon && hour < 4) hour += 12;
  if (part == DayPart::kAfternoon && hour < 12) hour += 12;
  if (part == DayPart::kNight) {
    if (hour == 12) hour = 24;
    if (hour >= 5 && hour < 12) hour += 12;
  }
  return (hour * 60 + minute) % kMinutesOfDay;
}

struct Clock {
  int hour = -1, minute = 0;
  std::size_t length = 0;
};

void add(std::vector<NumberMatch>& found, std::size_t length, const Clock& clock, DayPart part, double cost = 0) {
  if (clock.hour < 0 || clock.hour > 24 || clock.minute < 0 || clock.minute > 59) return;
  NumberMatch match;
  match.length = length;
  match.cost = cost;
  match.number.kind = Kind::kTime;
  match.number.value = minutes_of(clock.hour, clock.minute, part);
  match.number.whole_day = part != DayPart::kNone || clock.hour > 12 || clock.hour == 0;
  found.push_back(match);
}

// Whole numbers of 0 to 60, in words or figures, longest first.
Clock small_number(const TokenReader& reader) {
  Clock best;
  const auto consider = [&](const NumberMatch& match) {
    const double value = match.number.value;
    const bool fits = match.number.kind == Kind::kPlain && match.cost == 0 && !match.number.about && value >= 0 && value <= 60 &&
                      value == static_cast<int>(value);
    if (fits && match.length > best.length) best = {static_cast<int>(value), 0, match.length};
  };
  for (const NumberMatch& match : figures(reader)) consider(match);
  for (const NumberMatch& match : english_number(reader)) consider(match);
  return best;
}

// --- English

Said english_part(const TokenReader& reader) {
  const auto letter_with_m = [&](std::string_view letter) -> std::size_t {
    if (!reader.is(letter)) return 0;
    if (reader.is("m", 1)) return 2;                                                                  // p m
    if (reader.is(".", 1) && reader.is("m", 2)) return reader.is(".", 3) && reader.glued(3) ? 4 : 3;  // p.m.
    return 0;
  };
  if (reader.is("pm")) return {DayPart::kAfternoon, 1};
  if (reader.is("am")) return {DayPart::kMorning, 1};
  if (const std::size_t n = letter_with_m("p"); n > 0) return {DayPart::kAfternoon, n};
  if (const std::size_t n = letter_with_m("a"); n > 0) return {DayPart::kMorning, n};
  const std::size_t in = reader.is("in") || reader.is("at") || reader.is("this") ? 1 : 0;
  if (in == 0) return {};
  const std::size_t word = reader.is("the", 1) ? 2 : 1;
  if (reader.is("morning", word)) return {DayPart::kMorning, word + 1};
  if (reader.is("afternoon", word)) return {DayPart::kAfternoon, word + 1};
  if (reader.is("evening", word)) return {DayPart::kAfternoon, word + 1};
  if (reader.is("night", word)) return {DayPart::kNight, word + 1};
  return {};
}

// 6:30, 6.30, 18h30.
Clock with_minutes(const TokenReader& reader) {
  const bool separated = reader.kind(Token::Kind::kDigits) && reader.text().size() <= 2 &&
                         (reader.is(":", 1) || reader.is(".", 1) || reader.is("h", 1)) && reader.glued(1);
  if (!separated || !reader.kind(Token::Kind::kDigits, 2) || !reader.glued(2) || reader.text(2).size() != 2) return {};
  const Clock hour = small_number(reader);
  const auto digit = [&](std::size_t i) { return reader.text(2)[i] - '0'; };
  if (reader.text().size() > 2) return {};
  int value = 0;
  for (const char c : reader.text()) value = value * 10 + (c - '0');
  static_cast<void>(hour);
  return {value, digit(0) * 10 + digit(1), 3};
}

void add_english(const TokenReader& reader, std::vector<NumberMatch>& found) {
  const auto add_with_part = [&](const Clock& clock, bool is_clear, double cost) {
    const Said part = english_part(reader.after(clock.length));
    if (part.length > 0) add(found, clock.length + part.length, clock, part.part);
    if (is_clear) add(found, clock.length, clock, DayPart::kNone, cost);
  };
  if (const Clock clock = with_minutes(reader); clock.length > 0) add_with_part(clock, reader.is(":", 1) || reader.is("h", 1), 0);

  // half past six, ten to seven, a quarter past eight
  const std::size_t article = reader.is("a") ? 1 : 0;
  int minutes = -1;
  std::size_t length = 0;
  if (reader.is("half", article)) {
    minutes = 30, length = article + 1;
  } else if (reader.is("quarter", article)) {
    minutes = 15, length = article + 1;
  } else if (const Clock before = small_number(reader); before.length > 0 && before.hour > 0 && before.hour < 30) {
    minutes = before.hour, length = before.length;
    if (reader.is("minutes", length)) ++length;
  }
  const bool past = reader.is("past", length) || reader.is("after", length);
  const bool to = reader.is("to", length) || reader.is("before", length);
  if (minutes > 0 && (past || (to && minutes != 30))) {
    Clock hour = small_number(reader.after(length + 1));
    if (hour.length > 0 && hour.hour >= 1 && hour.hour <= 24) {
      const bool figures_only = minutes != 15 && minutes != 30 && !reader.is("minutes", length - 1);
      Clock clock{past ? hour.hour : hour.hour - 1, past ? minutes : 60 - minutes, length + 1 + hour.length};
      if (clock.hour == 0 && to) clock.hour = 12;
      add_with_part(clock, true, figures_only && to ? 0.5 : 0);
    }
  }
  // six o'clock, 6 pm, six thirty pm
  if (Clock hour = small_number(reader); hour.length > 0 && hour.hour <= 24) {
    if (reader.is("oclock", hour.length)) {
      add_with_part({hour.hour, 0, hour.length + 1}, true, 0);
    } else {
      add_with_part(hour, false, 0);
      const Clock after = small_number(reader.after(hour.length));
      const bool spoken = after.length > 0 && after.hour >= 10 && after.hour < 60 && reader.kind(Token::Kind::kWord) &&
                          reader.kind(Token::Kind::kWord, hour.length);
      if (spoken && hour.hour >= 1) add_with_part({hour.hour, after.hour, hour.length + after.length}, true, 0.5);
    }
  }
}

// --- Chinese

constexpr std::array<std::pair<std::string_view, DayPart>, 25> kChineseParts{
    {{"早上", DayPart::kMorning},   {"早晨", DayPart::kMorning},   {"清早", DayPart::kMorning},   {"清晨", DayPart::kMorning},
     {"上午", DayPart::kMorning},   {"凌晨", DayPart::kMorning},   {"今早", DayPart::kMorning},   {"大早", DayPart::kMorning},
     {"中午", DayPart::kNoon},      {"正午", DayPart::kNoon},      {"下午", DayPart::kAfternoon}, {"午后", DayPart::kAfternoon},
     {"傍晚", DayPart::kAfternoon}, {"黄昏", DayPart::kAfternoon}, {"日落", DayPart::kAfternoon}, {"晚上", DayPart::kNight},
     {"夜里", DayPart::kNight},     {"夜晚", DayPart::kNight},     {"夜间", DayPart::kNight},     {"半夜", DayPart::kNight},
     {"深夜", DayPart::kNight},     {"今晚", DayPart::kNight},     {"午夜", DayPart::kNight},     {"入夜", DayPart::kNight},
     {"早间", DayPart::kMorning}}};

Said chinese_part(const TokenReader& reader) {
  const std::string two = std::string(reader.text()) + std::string(reader.text(1));
  for (const auto& [word, part] : kChineseParts) {
    if (two == word) return {part, reader.is("的", 2) ? 3U : 2U};
  }
  if (reader.is("早") || reader.is("晨")) return {DayPart::kMorning, 1};
  if (reader.is("晚")) return {DayPart::kNight, 1};
  return {};
}

Clock chinese_small_number(const TokenReader& reader) {
  Clock best;
  const auto consider = [&](const NumberMatch& match) {
    const double value = match.number.value;
    const bool fits =
        match.number.kind == Kind::kPlain && !match.number.about && value >= 0 && value <= 60 && value == static_cast<int>(value);
    if (fits && match.length > best.length) best = {static_cast<int>(value), 0, match.length};
  };
  for (const NumberMatch& match : reader.kind(Token::Kind::kDigits) ? figures(reader) : chinese_number(reader)) consider(match);
  return best;
}

// 三点, 三点半, 六点一刻, 十二点五十分, 18点30, 三时.
std::vector<Clock> chinese_clock(const TokenReader& reader) {
  std::vector<Clock> found;
  const Clock hour = chinese_small_number(reader);
  if (hour.length == 0 || hour.hour > 24) return found;
  const TokenReader rest = reader.after(hour.length);
  if (!rest.is("点") && !rest.is("时")) return found;
  Clock base{hour.hour, 0, hour.length + 1};
  if (rest.is("钟", 1) || rest.is("整", 1)) {
    ++base.length;
    if (rest.is("整", 2)) ++base.length;
    found.push_back(base);
    return found;
  }
  found.push_back(base);
  if (rest.is("半", 1)) {
    found.push_back({hour.hour, 30, base.length + 1});
  } else if ((rest.is("一", 1) || rest.is("1", 1)) && rest.is("刻", 2)) {
    found.push_back({hour.hour, 15, base.length + 2});
  } else if ((rest.is("三", 1) || rest.is("3", 1)) && rest.is("刻", 2)) {
    found.push_back({hour.hour, 45, base.length + 2});
  } else {
    const std::size_t zero = rest.is("零", 1) || rest.is("过", 1) ? 1 : 0;
    const Clock minute = chinese_small_number(rest.after(1 + zero));
    if (minute.length > 0 && minute.hour < 60) {
      const std::size_t length = base.length + zero + minute.length;
      const bool said = rest.is("分", 1 + zero + minute.length);
      if (said) found.push_back({hour.hour, minute.hour, length + 1});
      if (!said && minute.hour >= 10) found.push_back({hour.hour, minute.hour, length});
    }
  }
  return found;
}

void add_chinese(const TokenReader& reader, std::vector<NumberMatch>& found) {
  const Said part = chinese_part(reader);
  const TokenReader rest = reader.after(part.length);
  for (const Clock& clock : chinese_clock(rest)) add(found, part.length + clock.length, clock, part.part);
  if (part.length == 0) return;
  if (const Clock clock = with_minutes(rest); clock.length > 0) add(found, part.length + clock.length, clock, part.part);
}

}  // namespace

std::vector<NumberMatch> times_of_day(const TokenReader& reader) {
  std::vector<NumberMatch> found;
  const bool begins_in_chinese = reader.kind(Token::Kind::kHan);
  if (!begins_in_chinese) add_english(reader, found);
  add_chinese(reader, found);
  return found;
}

}  // namespace skyline::models
