#include "city/render/sky.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace skyline::city {
namespace {

Sky sky_of(const std::string& time, const std::string& weather = "clear") {
  RenderSettings settings;
  settings.time = time;
  settings.sky = weather;
  const auto sky = make_sky(settings, 52, 21);
  EXPECT_TRUE(sky.ok());
  return *sky;
}

float luminance(glm::vec3 c) { return glm::dot(c, glm::vec3(0.2126F, 0.7152F, 0.0722F)); }

// Reda and Andreas, "Solar Position Algorithm", NREL/TP-560-34302, table A5.1: zenith 50.11162, azimuth 194.34024 degrees.
TEST(Sun, StandsWhereThePublishedExampleSays) {
  const SunPosition sun = sun_position(2003, 10, 17, 19 + 30.5 / 60, 39.742476, -105.1786);
  EXPECT_NEAR(sun.azimuth_deg, 194.34024, 0.02);
  EXPECT_NEAR(sun.elevation_deg, 90 - 50.11162, 0.02);
}

// Meeus, Astronomical Algorithms, example 25.a: declination -7.78507 degrees on 13 October 1992 at 0 h. At the south pole that is the
// elevation, refraction (0.11 degrees there) apart.
TEST(Sun, HasTheDeclinationOfMeeus) { EXPECT_NEAR(sun_position(1992, 10, 13, 0, -90, 0).elevation_deg, 7.78507 + 0.114, 0.02); }

// Equinoxes and solstices as almanacs print them (UTC): declination 0 on 20 March 2024 3:06, 23.44 on 20 June 2024 20:51, -23.44 on
// 21 December 2024 9:20. Equation of time: transit at Greenwich 12:16:28 on 3 November 2024.
TEST(Sun, KeepsTheAlmanacsDates) {
  EXPECT_NEAR(sun_position(2024, 6, 20, 20.85, 90, 0).elevation_deg, 23.436 + 0.037, 0.02);
  EXPECT_NEAR(sun_position(2024, 12, 21, 9.333, -90, 0).elevation_deg, 23.436 + 0.037, 0.02);
  EXPECT_NEAR(sun_position(2024, 3, 20, 3.1, 90, 0).elevation_deg, 0.48, 0.05);
  EXPECT_NEAR(sun_position(2024, 11, 3, 12 - 16.45 / 60, 51.4779, 0).azimuth_deg, 180, 0.1);
}

TEST(Sky, NoonIsBrighterThanEveningAndEveningThanNight) {
  const Sky noon = sky_of("12:00"), evening = sky_of("18:30"), night = sky_of("00:00");
  EXPECT_GT(luminance(noon.sun_irradiance), 2 * luminance(evening.sun_irradiance));
  EXPECT_EQ(night.sun_irradiance, glm::vec3(0));
  EXPECT_GT(luminance(evening.irradiance({0, 0, 1})), 100 * luminance(night.irradiance({0, 0, 1})));
  EXPECT_TRUE(night.lights_on);
  EXPECT_FALSE(noon.lights_on);
  EXPECT_GT(evening.sun_irradiance.r, 1.5F * evening.sun_irradiance.b) << "low sunlight is warm";
}

// Daylight in the open: direct sun of 50 to 115 klx under a clear noon sky, skylight of 6 to 25 klx, and blue.
TEST(Sky, NoonHasTheLightOfARealNoon) {
  const Sky noon = sky_of("12:00");
  EXPECT_GT(luminance(noon.sun_irradiance), 50);
  EXPECT_LT(luminance(noon.sun_irradiance), 115);
  const glm::vec3 skylight = noon.irradiance({0, 0, 1});
  EXPECT_GT(luminance(skylight), 6);
  EXPECT_LT(luminance(skylight), 25);
  EXPECT_GT(skylight.b, 1.15F * skylight.r);
}

// CIE S 011: the zenith of an overcast sky is three times as bright as its horizon, and its irradiance is 7 pi / 9 of the zenith.
TEST(Sky, OvercastFollowsTheStandard) {
  const Sky sky = sky_of("12:00", "overcast");
  const float zenith = luminance(sky.radiance({0, 0, 1}));
  EXPECT_NEAR(zenith / luminance(sky.radiance({1, 0, 0})), 3, 0.05);
  EXPECT_NEAR(luminance(sky.irradiance({0, 0, 1})) / zenith, 7 * std::numbers::pi / 9, 0.05);
  EXPECT_EQ(sky.sun_irradiance, glm::vec3(0));
}

TEST(Sky, RefusesTimesThatDoNotExist) {
  for (const char* time : {"24:00", "12:60", "noon", "", "12", "-1:00", "12:00:00"}) {
    RenderSettings settings;
    settings.time = time;
    EXPECT_FALSE(make_sky(settings, 52, 21).ok()) << time;
  }
  RenderSettings settings;
  settings.date = "2025-02-29";
  EXPECT_FALSE(make_sky(settings, 52, 21).ok());
  settings.date = "2024-02-29";
  EXPECT_TRUE(make_sky(settings, 52, 21).ok());
}

}  // namespace
}  // namespace skyline::city
