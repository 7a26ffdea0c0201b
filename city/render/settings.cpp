#include "city/render/settings.h"

#include <array>
#include <charconv>

namespace skyline::city {
namespace {

// Two or more whole numbers parted by `separator`; false where the text is anything else.
template <std::size_t N>
bool read_numbers(const std::string& text, char separator, std::array<int, N>& numbers) {
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (std::size_t i = 0; i < N; ++i) {
    const auto [next, code] = std::from_chars(at, end, numbers[i]);
    if (code != std::errc() || numbers[i] < 0) return false;
    at = next;
    if (i + 1 == N) return at == end;
    if (at == end || *at != separator) return false;
    ++at;
  }
  return false;
}

int days_of_month(int year, int month) {
  constexpr std::array kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

}  // namespace

void register_parameters(core::ParameterSet& set, RenderSettings& settings) {
  set.add("time", settings.time, {.help = "time of day HH:MM (UTC + longitude / 15 degrees in whole hours)"});
  set.add("date", settings.date, {.help = "day YYYY-MM-DD (default: a day of the season)"});
  set.add("season", settings.season, {.help = "leaves, grass and snow", .choices = {"spring", "summer", "autumn", "winter"}});
  set.add("sky", settings.sky, {.help = "weather", .choices = {"clear", "overcast"}});
  set.add("turbidity", settings.turbidity,
          {.help = "of a clear sky: 2 very clear, 10 misty", .low = 1.8, .high = 10, .source = "Preetham et al. 1999, figure 3"});
  set.add("haze", settings.haze, {.help = "0 none to 1 dense", .low = 0, .high = 4});
  set.add("snow", settings.snow, {.help = "share of open ground under snow in winter", .low = 0, .high = 1});
  set.add("exposure", settings.exposure, {.help = "on top of what the light asks for", .unit = "stops", .low = -10, .high = 10});
  set.add("response", settings.response, {.help = "from light to pixel values", .choices = {"photo", "filmic", "srgb"}});
  set.add("response-variation", settings.response_variation,
          {.help = "spread of gain and white balance between photos (natural log)", .low = 0, .high = 1});
  set.add("samples", settings.samples, {.help = "rays a pixel for colour", .low = 1, .high = 256});
}

core::Result<CivilTime> civil_time(const RenderSettings& settings) {
  CivilTime result;
  std::array<int, 2> clock{};
  if (!read_numbers(settings.time, ':', clock) || clock[0] > 23 || clock[1] > 59)
    return core::Error{"there is no such time of day", "\"" + settings.time + "\"", "write HH:MM from 00:00 to 23:59"};
  result.hours = clock[0] + clock[1] / 60.0;
  switch (season_of(settings)) {
    case Season::kSpring:
      result.month = 4, result.day = 28;
      break;
    case Season::kSummer:
      result.month = 7, result.day = 5;
      break;
    case Season::kAutumn:
      result.month = 10, result.day = 12;
      break;
    case Season::kWinter:
      result.month = 2, result.day = 6;
      break;
  }
  if (settings.date.empty()) return result;
  std::array<int, 3> day{};
  if (!read_numbers(settings.date, '-', day) || day[0] < 1600 || day[0] > 2600 || day[1] < 1 || day[1] > 12 || day[2] < 1 ||
      day[2] > days_of_month(day[0], day[1]))
    return core::Error{"there is no such day", "\"" + settings.date + "\"", "write YYYY-MM-DD from 1600 to 2600"};
  result.year = day[0], result.month = day[1], result.day = day[2];
  return result;
}

Season season_of(const RenderSettings& settings) {
  if (settings.season == "spring") return Season::kSpring;
  if (settings.season == "autumn") return Season::kAutumn;
  return settings.season == "winter" ? Season::kWinter : Season::kSummer;
}

}  // namespace skyline::city
