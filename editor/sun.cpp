#include "editor/sun.h"

#include <glm/gtc/constants.hpp>

#include <cmath>
#include <string>

namespace skyline::editor {
namespace {

constexpr double kLatitude_deg = 45, kDeclination_deg = 10;  // the sun's in the middle of April and the end of August
constexpr double kDegree = glm::pi<double>() / 180;

struct DayPart {
  std::string_view name;
  double hours;
};
constexpr DayPart kDayParts[] = {{"dawn", 6}, {"morning", 9}, {"noon", 12}, {"afternoon", 15}, {"dusk", 18.5}, {"night", 22}};

}  // namespace

// Hour angle to horizontal coordinates: J. Meeus, "Astronomical Algorithms", 2nd edition, chapter 13.
SunPlace sun_at(double hours) {
  const double hour_angle = (hours - 12) * 15 * kDegree, latitude = kLatitude_deg * kDegree, declination = kDeclination_deg * kDegree;
  const double elevation =
      std::asin(std::sin(latitude) * std::sin(declination) + std::cos(latitude) * std::cos(declination) * std::cos(hour_angle));
  const double from_south =
      std::atan2(std::sin(hour_angle), std::cos(hour_angle) * std::sin(latitude) - std::tan(declination) * std::cos(latitude));
  // A thousandth of a degree: the same on every machine.
  const auto rounded = [](double degrees) { return std::round(degrees * 1000) / 1000 + 0.0; };
  return {rounded(std::fmod(from_south / kDegree + 540, 360)), rounded(elevation / kDegree)};
}

std::optional<int> minute_of(const SunPlace& sun) {
  constexpr double kSame = 0.01;  // degrees: a minute moves the sun by more
  for (int minute = 0; minute < 24 * 60; ++minute) {
    const SunPlace then = sun_at(minute / 60.0);
    if (std::abs(then.azimuth_deg - sun.azimuth_deg) < kSame && std::abs(then.elevation_deg - sun.elevation_deg) < kSame) return minute;
  }
  return std::nullopt;
}

std::optional<double> hours_of_day_part(std::string_view name) {
  for (const DayPart& part : kDayParts) {
    if (part.name == name) return part.hours;
  }
  return std::nullopt;
}

std::string_view day_part_of(const SunPlace& sun) {
  for (const DayPart& part : kDayParts) {
    if (sun_at(part.hours) == sun) return part.name;
  }
  return {};
}

core::Result<double> parse_time(std::string_view text) {
  const core::Error error{"cannot read the time", std::string(text.substr(0, 20)), "write it as HH:MM, from 00:00 to 23:59"};
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return error;
  const int hours = (text[0] - '0') * 10 + text[1] - '0', minutes = (text[3] - '0') * 10 + text[4] - '0';
  if (hours > 23 || minutes > 59) return error;
  return hours + minutes / 60.0;
}

}  // namespace skyline::editor
