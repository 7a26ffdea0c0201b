// Words that sentences about a city are made of: nouns with plurals and measure words, numbers, rounded lengths, shares, compass. Private
// to models/caption.
#pragma once

#include "city/taxonomy.h"
#include "models/caption/fact_sheet.h"
#include "models/caption/object_sheet.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace skyline::models {

struct Noun {
  std::string_view en, en_plural;
  std::string_view zh, measure;  // 栋, 座, 条 ...
};
const Noun& noun_of(city::ObjectClass object_class);

// "a tower", "an office building".
std::string with_article(std::string_view noun);
// "three", "12 345".
std::string number_en(int count);
// 三, 两, 15.
std::string number_zh(int count);

// A number as it is said: rounded to what a person would say, `rounded` when that changed it, or when it was measured from pixels.
struct SaidNumber {
  double value = 0;
  bool rounded = false;
  std::string digits;
};
SaidNumber say_size(double metres);      // heights of objects: whole metres, below 10 m halves
SaidNumber say_distance(double metres);  // whole metres to 20, fives to 100, tens to 1000, then hundreds
SaidNumber say_measured(double metres);  // the same of what was measured from pixels: never exact
SaidNumber say_length(double metres);    // of lines: whole metres to 100, then tens
SaidNumber say_area(double square_metres);
int say_count(int count);  // to 12 as it is, then fives to 50, tens to 200, hundreds

// Shares in words, "a third" and 三分之一: the nearest of a tenth to nine tenths. Shares below kLeastSaidShare are not said.
struct SaidShare {
  std::string_view en, zh;
};
SaidShare say_share(double share);
inline constexpr double kLeastSaidShare = 0.085;

// Of the eight winds, by degrees clockwise from north.
std::string_view wind_en(double degrees);
std::string_view wind_zh(double degrees);

// 红色, 深灰色.
std::string colour_zh(std::string_view name, std::string_view shade = {});

// A name as it goes into a sentence: one line, no control characters, at most 60 characters.
std::string tidy_name(std::string_view name);

// "on a clear summer morning", 夏季晴朗的早晨; empty: nothing is known.
std::string light_en(const Conditions& conditions);
std::string light_zh(const Conditions& conditions);

}  // namespace skyline::models
