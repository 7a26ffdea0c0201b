// Numbers, amounts with units and times of day: a table of what people write and what it is.
#include "models/language/interpreter/numbers.h"

#include "models/language/interpreter/lexicon.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace skyline::models {
namespace {

using Kind = Number::Kind;

const Lexicon& lexicon() {
  static const core::Result<Lexicon> loaded = Lexicon::load(lexicon_folder());
  return *loaded;
}

struct Promise {
  const char* text;
  Kind kind;
  double value;
};

// Of the whole text as one number of that kind; the cheapest reading counts.
::testing::AssertionResult reads_as(const Promise& promise) {
  const std::vector<Token> tokens = split(normalise(promise.text));
  std::string others;
  for (const NumberMatch& match : match_numbers(tokens, 0, &lexicon())) {
    if (match.length == tokens.size() && match.number.kind == promise.kind && std::abs(match.number.value - promise.value) < 1e-6) {
      return ::testing::AssertionSuccess();
    }
    others += " (" + std::to_string(match.length) + " tokens, kind " + std::to_string(static_cast<int>(match.number.kind)) + ", " +
              std::to_string(match.number.value) + ")";
  }
  return ::testing::AssertionFailure() << '"' << promise.text << "\" is not " << promise.value << " of kind "
                                       << static_cast<int>(promise.kind) << " but" << others;
}

TEST(Numbers, ReadFiguresAndEnglishWords) {
  const Promise table[] = {
      {"7", Kind::kPlain, 7},
      {"12.5", Kind::kPlain, 12.5},
      {"1,200", Kind::kPlain, 1200},
      {"1,250,000", Kind::kPlain, 1250000},
      {"0.75", Kind::kPlain, 0.75},
      {"-30", Kind::kPlain, -30},
      {"−30", Kind::kPlain, -30},
      {"minus 5", Kind::kPlain, -5},
      {"+15", Kind::kPlain, 15},
      {"2k", Kind::kPlain, 2000},
      {"1.5k", Kind::kPlain, 1500},
      {"2½", Kind::kPlain, 2.5},
      {"½", Kind::kFraction, 0.5},
      {"3/4", Kind::kFraction, 0.75},
      {"12,5", Kind::kPlain, 12.5},
      {"２０", Kind::kPlain, 20},
      {"zero", Kind::kPlain, 0},
      {"thirteen", Kind::kPlain, 13},
      {"thirty-five", Kind::kPlain, 35},
      {"thirty five", Kind::kPlain, 35},
      {"Forty", Kind::kPlain, 40},
      {"fourty", Kind::kPlain, 40},
      {"ninty", Kind::kPlain, 90},
      {"a hundred", Kind::kPlain, 100},
      {"hundred", Kind::kPlain, 100},
      {"one hundred and twenty", Kind::kPlain, 120},
      {"two hundred fifty", Kind::kPlain, 250},
      {"three thousand two hundred", Kind::kPlain, 3200},
      {"two hundred thousand", Kind::kPlain, 200000},
      {"2 thousand", Kind::kPlain, 2000},
      {"two and a half", Kind::kPlain, 2.5},
      {"2 and a half", Kind::kPlain, 2.5},
      {"one and three quarters", Kind::kPlain, 1.75},
      {"one point five", Kind::kPlain, 1.5},
      {"zero point two five", Kind::kPlain, 0.25},
      {"a dozen", Kind::kPlain, 12},
      {"two dozen", Kind::kPlain, 24},
      {"half a dozen", Kind::kPlain, 6},
      {"a couple of", Kind::kPlain, 2},
      {"a pair of", Kind::kPlain, 2},
      {"half", Kind::kFraction, 0.5},
      {"a half", Kind::kFraction, 0.5},
      {"one third", Kind::kFraction, 1.0 / 3},
      {"two thirds", Kind::kFraction, 2.0 / 3},
      {"a quarter", Kind::kFraction, 0.25},
      {"three quarters", Kind::kFraction, 0.75},
      {"a fifth", Kind::kFraction, 0.2},
      {"30%", Kind::kPercent, 0.3},
      {"20 percent", Kind::kPercent, 0.2},
      {"fifteen per cent", Kind::kPercent, 0.15},
      {"second", Kind::kOrdinal, 2},
      {"third", Kind::kOrdinal, 3},
      {"3rd", Kind::kOrdinal, 3},
      {"21st", Kind::kOrdinal, 21},
      {"twenty-first", Kind::kOrdinal, 21},
      {"twelfth", Kind::kOrdinal, 12},
      {"sixteenth", Kind::kOrdinal, 16},
      {"twentieth", Kind::kOrdinal, 20},
      {"last", Kind::kOrdinal, -1},
      {"second to last", Kind::kOrdinal, -2},
      {"third last", Kind::kOrdinal, -3},
      {"twice", Kind::kTimes, 2},
      {"three times", Kind::kTimes, 3},
      {"three times", Kind::kSteps, 3},
      {"2x", Kind::kTimes, 2},
      {"1.5×", Kind::kTimes, 1.5},
      {"two steps", Kind::kSteps, 2},
  };
  for (const Promise& promise : table) EXPECT_TRUE(reads_as(promise));
}

TEST(Numbers, ReadEnglishAmountsInMetresDegreesAndSeconds) {
  const Promise table[] = {
      {"10 m", Kind::kLength, 10},
      {"10m", Kind::kLength, 10},
      {"ten metres", Kind::kLength, 10},
      {"one meter", Kind::kLength, 1},
      {"a metre", Kind::kLength, 1},
      {"half a metre", Kind::kLength, 0.5},
      {"two and a half meters", Kind::kLength, 2.5},
      {"1.5 km", Kind::kLength, 1500},
      {"half a kilometre", Kind::kLength, 500},
      {"30 ft", Kind::kLength, 9.144},
      {"20 feet", Kind::kLength, 6.096},
      {"one foot", Kind::kLength, 0.3048},
      {"6 feet 6 inches", Kind::kLength, 1.9812},
      {"50 cm", Kind::kLength, 0.5},
      {"1,200 m", Kind::kLength, 1200},
      {"ten more metres", Kind::kLength, 10},
      {"10-metre", Kind::kLength, 10},
      {"30 degrees", Kind::kAngle, 30},
      {"30°", Kind::kAngle, 30},
      {"30 deg", Kind::kAngle, 30},
      {"forty-five degrees", Kind::kAngle, 45},
      {"quarter turn", Kind::kAngle, 90},
      {"a quarter turn", Kind::kAngle, 90},
      {"half a turn", Kind::kAngle, 180},
      {"a quarter of a turn", Kind::kAngle, 90},
      {"three quarters of a turn", Kind::kAngle, 270},
      {"one full turn", Kind::kAngle, 360},
      {"two storeys", Kind::kStoreys, 2},
      {"3 floors", Kind::kStoreys, 3},
      {"a floor", Kind::kStoreys, 1},
      {"ten-storey", Kind::kStoreys, 10},
      {"five stories", Kind::kStoreys, 5},
      {"500 square metres", Kind::kArea, 500},
      {"80 m²", Kind::kArea, 80},
      {"80 m2", Kind::kArea, 80},
      {"2 hectares", Kind::kArea, 20000},
      {"10 seconds", Kind::kDuration, 10},
      {"two minutes", Kind::kDuration, 120},
      {"half a minute", Kind::kDuration, 30},
      {"1 minute 30 seconds", Kind::kDuration, 90},
      {"8 s", Kind::kDuration, 8},
  };
  for (const Promise& promise : table) EXPECT_TRUE(reads_as(promise));
}

TEST(Numbers, ReadChineseNumeralsAndAmounts) {
  const Promise table[] = {
      {"三", Kind::kPlain, 3},
      {"十", Kind::kPlain, 10},
      {"十五", Kind::kPlain, 15},
      {"二十", Kind::kPlain, 20},
      {"三十五", Kind::kPlain, 35},
      {"一百", Kind::kPlain, 100},
      {"一百二", Kind::kPlain, 120},
      {"一百二十", Kind::kPlain, 120},
      {"一百零五", Kind::kPlain, 105},
      {"一百一十五", Kind::kPlain, 115},
      {"两百五", Kind::kPlain, 250},
      {"二百五十", Kind::kPlain, 250},
      {"一千五", Kind::kPlain, 1500},
      {"一千零二十", Kind::kPlain, 1020},
      {"两千三百", Kind::kPlain, 2300},
      {"一万二", Kind::kPlain, 12000},
      {"三万五千", Kind::kPlain, 35000},
      {"3万", Kind::kPlain, 30000},
      {"十二点五", Kind::kPlain, 12.5},
      {"零点二五", Kind::kPlain, 0.25},
      {"一点五", Kind::kPlain, 1.5},
      {"二零二四", Kind::kPlain, 2024},
      {"负三十", Kind::kPlain, -30},
      {"叁拾", Kind::kPlain, 30},
      {"两座", Kind::kPlain, 2},
      {"三棵", Kind::kPlain, 3},
      {"俩", Kind::kPlain, 2},
      {"半", Kind::kFraction, 0.5},
      {"一半", Kind::kFraction, 0.5},
      {"三分之一", Kind::kFraction, 1.0 / 3},
      {"四分之三", Kind::kFraction, 0.75},
      {"百分之三十", Kind::kPercent, 0.3},
      {"百分之20", Kind::kPercent, 0.2},
      {"百分之百", Kind::kPercent, 1},
      {"三成", Kind::kPercent, 0.3},
      {"两成半", Kind::kPercent, 0.25},
      {"30%", Kind::kPercent, 0.3},
      {"第二", Kind::kOrdinal, 2},
      {"第十二", Kind::kOrdinal, 12},
      {"第3", Kind::kOrdinal, 3},
      {"第二座", Kind::kOrdinal, 2},
      {"倒数第二", Kind::kOrdinal, -2},
      {"最后", Kind::kOrdinal, -1},
      {"两倍", Kind::kTimes, 2},
      {"一点五倍", Kind::kTimes, 1.5},
      {"1.5倍", Kind::kTimes, 1.5},
      {"一倍", Kind::kTimes, 1},
      {"三次", Kind::kSteps, 3},
      {"两步", Kind::kSteps, 2},
      {"十米", Kind::kLength, 10},
      {"两米半", Kind::kLength, 2.5},
      {"半米", Kind::kLength, 0.5},
      {"一米五", Kind::kLength, 1.5},
      {"二十公尺", Kind::kLength, 20},
      {"一百二十米", Kind::kLength, 120},
      {"一百二米", Kind::kLength, 120},
      {"两公里", Kind::kLength, 2000},
      {"五十厘米", Kind::kLength, 0.5},
      {"20m", Kind::kLength, 20},
      {"百米", Kind::kLength, 100},
      {"三十度", Kind::kAngle, 30},
      {"90度", Kind::kAngle, 90},
      {"半圈", Kind::kAngle, 180},
      {"一圈", Kind::kAngle, 360},
      {"四分之一圈", Kind::kAngle, 90},
      {"三层", Kind::kStoreys, 3},
      {"两层半", Kind::kStoreys, 2.5},
      {"五百平方米", Kind::kArea, 500},
      {"80平米", Kind::kArea, 80},
      {"两公顷", Kind::kArea, 20000},
      {"十秒", Kind::kDuration, 10},
      {"半分钟", Kind::kDuration, 30},
      {"一分三十秒", Kind::kDuration, 90},
      {"两个小时", Kind::kDuration, 7200},
      {"十几米", Kind::kLength, 10},
      {"二十多米", Kind::kLength, 20},
  };
  for (const Promise& promise : table) EXPECT_TRUE(reads_as(promise));
}

TEST(Numbers, ReadTimesOfDay) {
  const auto at = [](int hour, int minute) { return hour * 60.0 + minute; };
  const Promise table[] = {
      {"6:30 pm", Kind::kTime, at(18, 30)},
      {"6:30pm", Kind::kTime, at(18, 30)},
      {"6.30 p.m.", Kind::kTime, at(18, 30)},
      {"6 am", Kind::kTime, at(6, 0)},
      {"7 p.m.", Kind::kTime, at(19, 0)},
      {"12 am", Kind::kTime, at(0, 0)},
      {"12 pm", Kind::kTime, at(12, 0)},
      {"18:30", Kind::kTime, at(18, 30)},
      {"0:15", Kind::kTime, at(0, 15)},
      {"18h30", Kind::kTime, at(18, 30)},
      {"half past six", Kind::kTime, at(6, 30)},
      {"half past six in the evening", Kind::kTime, at(18, 30)},
      {"quarter to seven", Kind::kTime, at(6, 45)},
      {"a quarter past eight", Kind::kTime, at(8, 15)},
      {"ten to seven", Kind::kTime, at(6, 50)},
      {"twenty past nine in the morning", Kind::kTime, at(9, 20)},
      {"six o'clock", Kind::kTime, at(6, 0)},
      {"eight o'clock in the evening", Kind::kTime, at(20, 0)},
      {"six thirty pm", Kind::kTime, at(18, 30)},
      {"3 in the afternoon", Kind::kTime, at(15, 0)},
      {"ten at night", Kind::kTime, at(22, 0)},
      {"下午三点", Kind::kTime, at(15, 0)},
      {"早上六点半", Kind::kTime, at(6, 30)},
      {"傍晚六点", Kind::kTime, at(18, 0)},
      {"晚上八点", Kind::kTime, at(20, 0)},
      {"晚上十二点", Kind::kTime, at(0, 0)},
      {"凌晨两点", Kind::kTime, at(2, 0)},
      {"中午十二点", Kind::kTime, at(12, 0)},
      {"中午一点", Kind::kTime, at(13, 0)},
      {"三点钟", Kind::kTime, at(3, 0)},
      {"六点一刻", Kind::kTime, at(6, 15)},
      {"六点三刻", Kind::kTime, at(6, 45)},
      {"十二点五十", Kind::kTime, at(12, 50)},
      {"十二点五十分", Kind::kTime, at(12, 50)},
      {"十二点零五分", Kind::kTime, at(12, 5)},
      {"18点30分", Kind::kTime, at(18, 30)},
      {"下午6:30", Kind::kTime, at(18, 30)},
      {"晚上8点", Kind::kTime, at(20, 0)},
      {"下午3点半", Kind::kTime, at(15, 30)},
  };
  for (const Promise& promise : table) EXPECT_TRUE(reads_as(promise));
}

TEST(Numbers, ReadPictureSizes) {
  const auto size = [](const char* text) {
    const std::vector<Token> tokens = split(normalise(text));
    for (const NumberMatch& match : match_numbers(tokens, 0, &lexicon())) {
      if (match.number.kind == Kind::kResolution && match.length == tokens.size())
        return std::pair(match.number.width, match.number.height);
    }
    return std::pair(0, 0);
  };
  EXPECT_EQ(size("1920x1080"), std::pair(1920, 1080));
  EXPECT_EQ(size("1920 × 1080"), std::pair(1920, 1080));
  EXPECT_EQ(size("1280*720"), std::pair(1280, 720));
  EXPECT_EQ(size("800 by 600"), std::pair(800, 600));
  EXPECT_EQ(size("4K"), std::pair(3840, 2160));
  EXPECT_EQ(size("8k"), std::pair(7680, 4320));
  EXPECT_EQ(size("1080p"), std::pair(1920, 1080));
  EXPECT_EQ(size("720P"), std::pair(1280, 720));
  EXPECT_EQ(size("3 x 4"), std::pair(0, 0)) << "a grid, no picture";
}

TEST(Numbers, LeaveOrdinaryWordsAlone) {
  for (const char* const text : {"tower", "tenant", "someone", "firstly", "教堂", "点云", "成为", "分开", "几何", "and", "to", "楼"}) {
    EXPECT_TRUE(match_numbers(split(normalise(text)), 0, &lexicon()).empty()) << text;
  }
}

TEST(Numbers, SayWhetherTheHourWasClear) {
  const auto clear = [](const char* text) {
    const std::vector<Token> tokens = split(normalise(text));
    for (const NumberMatch& match : match_numbers(tokens, 0, &lexicon())) {
      if (match.number.kind == Kind::kTime && match.length == tokens.size()) return match.number.whole_day;
    }
    ADD_FAILURE() << text;
    return false;
  };
  EXPECT_TRUE(clear("18:30"));
  EXPECT_TRUE(clear("6 am"));
  EXPECT_FALSE(clear("half past six"));
  EXPECT_FALSE(clear("六点"));
}

}  // namespace
}  // namespace skyline::models
