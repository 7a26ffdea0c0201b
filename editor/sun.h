// Where the sun stands at a time of day.
//
// A scene does not know where on Earth it lies, nor the date: the times of commands mean a day in April at 45 degrees north, with the sun
// in the south at noon.
#pragma once

#include "core/result.h"
#include "editor/effect.h"

#include <optional>
#include <string_view>

namespace skyline::editor {

// Hours of solar time, 0 to 24. Negative elevations are below the horizon.
SunPlace sun_at(double hours);

// The minute of the day, from midnight, at which the sun stands there; nothing where it never does.
std::optional<int> minute_of(const SunPlace& sun);
// Hours of "dawn", "morning", "noon", "afternoon", "dusk" and "night"; nothing for other words.
std::optional<double> hours_of_day_part(std::string_view name);
// The word whose sun it is; empty: none.
std::string_view day_part_of(const SunPlace& sun);

// "HH:MM" to hours. Errors: anything else.
core::Result<double> parse_time(std::string_view text);

}  // namespace skyline::editor
