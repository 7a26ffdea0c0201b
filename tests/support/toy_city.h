// A small data set whose every pixel is known: coloured boxes on a chequered ground, seen by drones on a ring. For tests.
#pragma once

#include "core/image.h"

#include <glm/vec3.hpp>

#include <filesystem>

namespace skyline::testing {

struct ToyCityOptions {
  int photos = 16;
  int width = 96, height = 72;
};

// Colour where the ray (unit direction) first meets the city; the sky's colour where it does not.
glm::dvec3 toy_city_colour(const glm::dvec3& origin, const glm::dvec3& direction);

// Writes FOLDER/images/*.png, transforms.json (all), transforms_train.json and transforms_test.json (every fourth). Ends the program on
// failure.
void write_toy_city(const std::filesystem::path& folder, const ToyCityOptions& options);

}  // namespace skyline::testing
