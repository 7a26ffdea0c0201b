// Sun and sky of a place and a time: where the sun stands, how bright each direction is, and how much light falls on a surface.
//
//   core::Result<Sky> sky = make_sky(settings, model.latitude_deg, model.longitude_deg);
//   glm::vec3 seen = sky->radiance(direction);
//
// Units: kcd/m^2 for radiance and klx for irradiance, as linear sRGB (so that a grey surface of albedo a under E shows a * E / pi). A Sky
// is plain data after it is made; reading it from several threads is safe. x east, y north, z up.
#pragma once

#include "city/render/settings.h"
#include "core/result.h"

#include <glm/vec3.hpp>

#include <vector>

namespace skyline::city {

struct SunPosition {
  double azimuth_deg = 0;    // clockwise from north
  double elevation_deg = 0;  // apparent: with refraction
};

// Meeus, Astronomical Algorithms (2nd ed.), chapters 22, 25, 28, in the form of NOAA's solar calculator, refraction included. Good to
// 0.01 degrees between 1900 and 2100 away from the horizon. `hours_utc` may lie outside of [0, 24).
SunPosition sun_position(int year, int month, int day, double hours_utc, double latitude_deg, double longitude_deg);

class Sky {
 public:
  SunPosition sun;
  glm::vec3 sun_direction{0, 0, 1};   // to the sun
  glm::vec3 sun_irradiance{0.0F};     // klx on a surface that faces the sun; 0 when overcast or below the horizon
  glm::vec3 bounce_irradiance{0.0F};  // klx that streets and walls of a city throw back, seen all around
  glm::vec3 exposure{1.0F};           // radiance to scene value, white balance included; the same for all pictures in this light
  bool lights_on = false;             // dark enough for lamps behind windows

  // Radiance of the sky (the sun's disc excluded) in a unit direction; below the horizon that of the horizon.
  glm::vec3 radiance(glm::vec3 direction) const;
  // Irradiance from the unobstructed sky on a surface with the unit normal.
  glm::vec3 irradiance(glm::vec3 normal) const;

 private:
  friend core::Result<Sky> make_sky(const RenderSettings& settings, double latitude_deg, double longitude_deg);
  std::vector<glm::vec3> radiance_;    // [elevations, azimuths]
  std::vector<glm::vec3> irradiance_;  // [polar angles, azimuths]
};

// Clear: Preetham, Shirley, Smits, "A Practical Analytic Model for Daylight", SIGGRAPH 1999, appendix A.2; direct sunlight by the
// transmittances of appendix A.1 (Rayleigh, Angstrom, ozone) at three wavelengths. Overcast: CIE S 011 sky type 1 (Moon and Spencer) with
// the zenith luminance of Krochmann. The models end at the horizon; below it their light fades with the sun's depression into a dim blue
// night. Errors: those of `civil_time`.
core::Result<Sky> make_sky(const RenderSettings& settings, double latitude_deg, double longitude_deg);

}  // namespace skyline::city
