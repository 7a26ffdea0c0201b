#include "city/render/sky.h"

#include <glm/common.hpp>
#include <glm/geometric.hpp>
#include <glm/vec2.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skyline::city {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kDegree = kPi / 180;
constexpr int kAzimuths = 72, kElevations = 32;          // of the radiance table: 5 degrees, finer towards the horizon
constexpr int kNormalAzimuths = 36, kNormalPolars = 19;  // of the irradiance table: 10 degrees

double julian_day(int year, int month, int day, double hours) {  // Meeus, equation 7.1, Gregorian
  if (month <= 2) {
    year -= 1;
    month += 12;
  }
  const int century = year / 100;
  return std::floor(365.25 * (year + 4716)) + std::floor(30.6001 * (month + 1)) + day + 2 - century + century / 4 - 1524.5 + hours / 24;
}

// Of the atmosphere, degrees to add to the true elevation (NOAA's fit to Meeus, chapter 16).
double refraction_deg(double elevation_deg) {
  if (elevation_deg > 85) return 0;
  const double tangent = std::tan(elevation_deg * kDegree);
  double seconds;
  if (elevation_deg > 5) {
    seconds = 58.1 / tangent - 0.07 / std::pow(tangent, 3) + 0.000086 / std::pow(tangent, 5);
  } else if (elevation_deg > -0.575) {
    seconds = 1735 + elevation_deg * (-518.2 + elevation_deg * (103.4 + elevation_deg * (-12.79 + elevation_deg * 0.711)));
  } else {
    seconds = -20.772 / tangent;
  }
  return seconds / 3600;
}

glm::dvec3 xyz_to_srgb(glm::dvec3 c) {  // IEC 61966-2-1
  return {3.2406 * c.x - 1.5372 * c.y - 0.4986 * c.z, -0.9689 * c.x + 1.8758 * c.y + 0.0415 * c.z,
          0.0557 * c.x - 0.2040 * c.y + 1.0570 * c.z};
}

// Preetham et al. 1999, appendix A.2. theta: zenith angle, gamma: angle from the sun.
class PreethamSky {
 public:
  PreethamSky(double turbidity, double sun_zenith) : turbidity_(turbidity), sun_zenith_(sun_zenith) {
    const double t = turbidity, s = sun_zenith, s2 = s * s, s3 = s2 * s;
    const double chi = (4.0 / 9 - t / 120) * (kPi - 2 * s);
    zenith_[0] = std::max(0.05, (4.0453 * t - 4.9710) * std::tan(chi) - 0.2155 * t + 2.4192);
    zenith_[1] = t * t * (0.00166 * s3 - 0.00375 * s2 + 0.00209 * s) + t * (-0.02903 * s3 + 0.06377 * s2 - 0.03202 * s + 0.00394) +
                 (0.11693 * s3 - 0.21196 * s2 + 0.06052 * s + 0.25886);
    zenith_[2] = t * t * (0.00275 * s3 - 0.00610 * s2 + 0.00317 * s) + t * (-0.04214 * s3 + 0.08970 * s2 - 0.04153 * s + 0.00516) +
                 (0.15346 * s3 - 0.26756 * s2 + 0.06670 * s + 0.26688);
  }

  glm::dvec3 radiance(double theta, double gamma) const {
    double values[3];
    for (int i = 0; i < 3; ++i) values[i] = zenith_[i] * distribution(i, theta, gamma) / distribution(i, 0, sun_zenith_);
    const double Y = values[0], x = values[1], y = values[2];
    return glm::max(xyz_to_srgb({Y * x / y, Y, Y * (1 - x - y) / y}), 0.0);
  }

 private:
  double distribution(int channel, double theta, double gamma) const {  // equation 3
    static constexpr double kSlope[3][5] = {{0.1787, -0.3554, -0.0227, 0.1206, -0.0670},
                                            {-0.0193, -0.0665, -0.0004, -0.0641, -0.0033},
                                            {-0.0167, -0.0950, -0.0079, -0.0441, -0.0109}};
    static constexpr double kOffset[3][5] = {
        {-1.4630, 0.4275, 5.3251, -2.5771, 0.3703}, {-0.2592, 0.0008, 0.2125, -0.8989, 0.0452}, {-0.2608, 0.0092, 0.2102, -1.6537, 0.0529}};
    double c[5];
    for (int i = 0; i < 5; ++i) c[i] = kSlope[channel][i] * turbidity_ + kOffset[channel][i];
    const double cosine = std::max(std::cos(theta), 0.02), toward = std::cos(gamma);
    return (1 + c[0] * std::exp(c[1] / cosine)) * (1 + c[2] * std::exp(c[3] * gamma) + c[4] * toward * toward);
  }

  double turbidity_, sun_zenith_;
  double zenith_[3];
};

// Preetham et al. 1999, appendix A.1, at wavelengths near the peaks of the sRGB primaries. klx.
glm::dvec3 direct_sunlight(double turbidity, double elevation_deg) {
  if (elevation_deg <= 0) return glm::dvec3(0);
  constexpr double kExtraterrestrialKlx = 128;
  const glm::dvec3 wavelengths{0.612, 0.549, 0.464}, ozone{0.0086, 0.0082, 0.0008};  // micrometres; 1/mm of 3.5 mm
  const double mass = 1 / (std::sin(elevation_deg * kDegree) + 0.15 * std::pow(elevation_deg + 3.885, -1.253));
  const double beta = 0.04608 * turbidity - 0.04586;
  glm::dvec3 transmitted;
  for (int i = 0; i < 3; ++i) {
    const double rayleigh = std::exp(-0.008735 * std::pow(wavelengths[i], -4.08) * mass);
    const double angstrom = std::exp(-beta * std::pow(wavelengths[i], -1.3) * mass);
    transmitted[i] = rayleigh * angstrom * std::exp(-ozone[i] * 3.5 * mass);
  }
  // The disc sinks below the horizon within half a degree.
  return kExtraterrestrialKlx * transmitted * std::min(1.0, elevation_deg / 0.5);
}

glm::vec3 direction_of(double azimuth_deg, double elevation_deg) {
  const double a = azimuth_deg * kDegree, e = elevation_deg * kDegree;
  return {std::sin(a) * std::cos(e), std::cos(a) * std::cos(e), std::sin(e)};
}

// Row of the radiance table r in [0, kElevations - 1] holds the elevation 90 degrees * (r / last)^2: fine near the horizon.
double row_elevation(double row) {
  const double t = row / (kElevations - 1);
  return 0.5 * kPi * t * t;
}

template <class Table>
glm::vec3 bilinear(const Table& table, int columns, int rows, float column, float row) {
  const float c = std::floor(column), r = glm::clamp(std::floor(row), 0.0F, static_cast<float>(rows - 2));
  const float s = column - c, t = glm::clamp(row - r, 0.0F, 1.0F);
  const auto at = [&](int dc, int dr) {
    const int x = (static_cast<int>(c) + dc + columns) % columns, y = static_cast<int>(r) + dr;
    return table[static_cast<std::size_t>(y) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(x)];
  };
  return glm::mix(glm::mix(at(0, 0), at(1, 0), s), glm::mix(at(0, 1), at(1, 1), s), t);
}

float azimuth_column(glm::vec3 direction, int columns) {
  const float turn = std::atan2(direction.x, direction.y) / (2 * static_cast<float>(kPi));
  return (turn < 0 ? turn + 1 : turn) * static_cast<float>(columns);
}

double luminance(glm::dvec3 c) { return 0.2126 * c.x + 0.7152 * c.y + 0.0722 * c.z; }

}  // namespace

SunPosition sun_position(int year, int month, int day, double hours_utc, double latitude_deg, double longitude_deg) {
  const double t = (julian_day(year, month, day, hours_utc) - 2451545) / 36525;
  const double mean_longitude = std::fmod(280.46646 + t * (36000.76983 + t * 0.0003032), 360) * kDegree;
  const double anomaly = (357.52911 + t * (35999.05029 - 0.0001537 * t)) * kDegree;
  const double eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
  const double centre_deg = std::sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t)) +
                            std::sin(2 * anomaly) * (0.019993 - 0.000101 * t) + std::sin(3 * anomaly) * 0.000289;
  const double node = (125.04 - 1934.136 * t) * kDegree;
  const double longitude = mean_longitude + (centre_deg - 0.00569 - 0.00478 * std::sin(node)) * kDegree;
  const double obliquity =
      (23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60 + 0.00256 * std::cos(node)) * kDegree;
  const double declination = std::asin(std::sin(obliquity) * std::sin(longitude));

  const double y = std::pow(std::tan(obliquity / 2), 2);
  const double equation_of_time_min =
      4 / kDegree *
      (y * std::sin(2 * mean_longitude) - 2 * eccentricity * std::sin(anomaly) +
       4 * eccentricity * y * std::sin(anomaly) * std::cos(2 * mean_longitude) - 0.5 * y * y * std::sin(4 * mean_longitude) -
       1.25 * eccentricity * eccentricity * std::sin(2 * anomaly));
  const double hour_angle = ((hours_utc * 60 + equation_of_time_min + 4 * longitude_deg) / 4 - 180) * kDegree;

  const double latitude = latitude_deg * kDegree;
  const double east = -std::cos(declination) * std::sin(hour_angle);
  const double north = std::sin(declination) * std::cos(latitude) - std::cos(declination) * std::cos(hour_angle) * std::sin(latitude);
  const double up = std::sin(latitude) * std::sin(declination) + std::cos(latitude) * std::cos(declination) * std::cos(hour_angle);
  SunPosition sun;
  sun.azimuth_deg = std::fmod(std::atan2(east, north) / kDegree + 360, 360);
  const double elevation = std::asin(std::clamp(up, -1.0, 1.0)) / kDegree;
  sun.elevation_deg = elevation + refraction_deg(elevation);
  return sun;
}

glm::vec3 Sky::radiance(glm::vec3 direction) const {
  const float elevation = std::asin(glm::clamp(direction.z, 0.0F, 1.0F));
  const float row = std::sqrt(elevation / static_cast<float>(0.5 * kPi)) * (kElevations - 1);
  return bilinear(radiance_, kAzimuths, kElevations, azimuth_column(direction, kAzimuths), row);
}

glm::vec3 Sky::irradiance(glm::vec3 normal) const {
  const float row = std::acos(glm::clamp(normal.z, -1.0F, 1.0F)) / static_cast<float>(kPi) * (kNormalPolars - 1);
  return bilinear(irradiance_, kNormalAzimuths, kNormalPolars, azimuth_column(normal, kNormalAzimuths), row);
}

core::Result<Sky> make_sky(const RenderSettings& settings, double latitude_deg, double longitude_deg) {
  const core::Result<CivilTime> time = civil_time(settings);
  if (!time) return time.error();
  const double zone_hours = std::round(longitude_deg / 15);
  Sky sky;
  sky.sun = sun_position(time->year, time->month, time->day, time->hours - zone_hours, latitude_deg, longitude_deg);
  const double elevation = sky.sun.elevation_deg;
  sky.sun_direction = direction_of(sky.sun.azimuth_deg, elevation);

  // Tabulate the sky. The models hold above the horizon; twilight dims the sky of the lowest sun they know by a factor of about ten for
  // every 3.3 degrees of depression (illuminance falls from 400 lx at 0 to 3 lx at -6 degrees: Seidelmann, Explanatory Supplement, 9.3).
  const bool overcast = settings.sky == "overcast";
  const double model_elevation = std::max(elevation, 2.0);
  const double twilight = elevation < 2 ? std::pow(10.0, (elevation - 2) / 3.3) : 1.0;
  const glm::dvec3 night = glm::dvec3(0.35, 0.5, 1.0) * 2e-4;
  const PreethamSky clear(settings.turbidity, (90 - model_elevation) * kDegree);
  const glm::dvec3 model_sun = direction_of(sky.sun.azimuth_deg, model_elevation);
  const double overcast_zenith = 0.123 + 8.6 * std::sin(model_elevation * kDegree);
  for (int r = 0; r < kElevations; ++r) {
    for (int c = 0; c < kAzimuths; ++c) {
      const double e = row_elevation(r);
      glm::dvec3 value;
      if (overcast) {
        value = glm::dvec3(0.96, 1.0, 1.05) * overcast_zenith * (1 + 2 * std::sin(e)) / 3.0;
      } else {
        const glm::dvec3 direction = direction_of(360.0 * c / kAzimuths, e / kDegree);
        value = clear.radiance(0.5 * kPi - e, std::acos(std::clamp(glm::dot(direction, model_sun), -1.0, 1.0)));
      }
      sky.radiance_.emplace_back(value * twilight + night);
    }
  }
  if (!overcast) sky.sun_irradiance = direct_sunlight(settings.turbidity, elevation);

  // Integrate it over the hemisphere of each normal.
  for (int p = 0; p < kNormalPolars; ++p) {
    for (int a = 0; a < kNormalAzimuths; ++a) {
      const glm::vec3 normal = direction_of(360.0 * a / kNormalAzimuths, 90.0 - 180.0 * p / (kNormalPolars - 1));
      glm::dvec3 sum(0);
      for (int r = 0; r + 1 < kElevations; ++r) {
        const double low = row_elevation(r), high = row_elevation(r + 1), middle = 0.5 * (low + high);
        const double solid_angle = 2 * kPi / kAzimuths * (std::sin(high) - std::sin(low));
        for (int c = 0; c < kAzimuths; ++c) {
          const glm::vec3 direction = direction_of(360.0 * c / kAzimuths, middle / kDegree);
          const double cosine = std::max(0.0F, glm::dot(direction, normal));
          const auto at = static_cast<std::size_t>(r * kAzimuths + c);
          sum += glm::dvec3(sky.radiance_[at] + sky.radiance_[at + kAzimuths]) * (0.5 * cosine * solid_angle);
        }
      }
      sky.irradiance_.emplace_back(sum);
    }
  }

  // Streets and walls: mean albedo of towns 0.18 (Oke, Boundary Layer Climates, table 8.2), a little warm; half of the sun reaches them.
  const glm::dvec3 sky_up = sky.irradiance({0, 0, 1});
  const glm::dvec3 sun_up = glm::dvec3(sky.sun_irradiance) * std::max(0.0, std::sin(elevation * kDegree));
  sky.bounce_irradiance = glm::dvec3(0.195, 0.18, 0.16) * (0.6 * sun_up + 0.7 * sky_up);

  // A grey of albedo 0.18 that faces up is shown at 0.25, as a camera does for a town; dusk and night stay darker than day.
  const double grey = 0.18 / kPi * luminance(sun_up + sky_up);
  constexpr double kDaylightGrey = 0.35;  // kcd/m^2, under an overcast sky with the sun at 15 degrees
  const double level = (0.25 / grey * std::min(1.0, std::pow(grey / kDaylightGrey, 0.16)) * std::exp2(settings.exposure));
  // The camera takes most of the light's colour for white; the blue of dusk stays.
  const glm::dvec3 tone = glm::clamp((sun_up + sky_up) / luminance(sun_up + sky_up), 0.78, 1.3);
  sky.exposure = glm::vec3(level / glm::mix(glm::dvec3(1), tone, 0.85));
  sky.lights_on = elevation < 1;
  return sky;
}

}  // namespace skyline::city
