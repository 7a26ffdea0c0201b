// Times of day in both languages. Internal to numbers.
#pragma once

#include "models/language/interpreter/number_words.h"

namespace skyline::models {

// "6:30 pm", "half past six", "quarter to seven in the evening", 18:30, 下午三点半, 早上6:30, 六点一刻. Values in minutes since midnight.
std::vector<NumberMatch> times_of_day(const TokenReader& reader);

}  // namespace skyline::models
