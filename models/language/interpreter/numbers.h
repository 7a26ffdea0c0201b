// Numbers as people write them, with their units, in both languages: 12.5, 1,200, "two and a half", 一百二, 三分之一, "6:30 pm",
// 下午三点半, 4K, "ten metres", 三层. What comes back is in metres, degrees, seconds, shares and minutes.
//
//   for (const NumberMatch& m : match_numbers(tokens, 3)) ...   // every expression that begins at token 3, longest first
//
// A number with its unit comes beside the number alone ("10 m" as 10 metres and as 10), so that a grammar may choose. The units are
// those of the lexicon (kind unit); without a lexicon there are only numbers, times and sizes. Safe from any thread.
#pragma once

#include "models/language/interpreter/normalise.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace skyline::models {

class Lexicon;

struct Number {
  enum class Kind : std::uint8_t {
    kPlain,       // 3, "a dozen", 两
    kFraction,    // half 0.5, "a third", 三分之一, 一半
    kOrdinal,     // 2: "second", 3rd, 第二; -1: last, 最后; -2: 倒数第二
    kPercent,     // a share: 30 %, 百分之三十, 三成 are 0.3
    kLength,      // metres
    kArea,        // square metres
    kAngle,       // degrees; "quarter turn", 半圈
    kStoreys,     // floors, 层
    kDuration,    // seconds
    kTimes,       // "3 times", "2x", 两倍 (一倍 is 1; what it means the verb says)
    kSteps,       // "two steps", 三步, 两次
    kTime,        // minutes since midnight
    kResolution,  // `width` x `height` pixels
  };
  Kind kind = Kind::kPlain;
  double value = 0;
  int width = 0, height = 0;
  bool about = false;     // "about 20 m", 二十来米, 十几: roughly
  bool counted = false;   // a Chinese measure word follows and belongs to it: 两座, 三棵
  bool whole_day = true;  // kTime: false when only an hour up to 12 was said ("at six"), so that the afternoon may be meant

  friend bool operator==(const Number&, const Number&) = default;
};

struct NumberMatch {
  std::size_t length = 0;  // tokens
  Number number;
  double cost = 0;  // 0 for the usual reading; more for a rare one ("12,5" as 12.5, "2k" as a picture size)
};
// At most 16 matches. `lexicon` may be null.
std::vector<NumberMatch> match_numbers(std::span<const Token> tokens, std::size_t at, const Lexicon* lexicon);

}  // namespace skyline::models
