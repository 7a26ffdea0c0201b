#include "editor/sun.h"

#include <glm/gtc/constants.hpp>

#include <cmath>
#include <string>

namespace skyline::editor {
namespace {

constexpr double kLatitude_deg = 45, kDeclination_deg = 10;  // the sun's in the middle of April and the end of August
constexpr double kDegree = glm::pi<double>() / 180;

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

core::Result<double> parse_time(std::string_view text) {
  const core::Error error{"cannot read the time", std::string(text.substr(0, 20)), "write it as HH:MM, from 00:00 to 23:59"};
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return error;
  const int hours = (text[0] - '0') * 10 + text[1] - '0', minutes = (text[3] - '0') * 10 + text[4] - '0';
  if (hours > 23 || minutes > 59) return error;
  return hours + minutes / 60.0;
}

}  // namespace skyline::editor
