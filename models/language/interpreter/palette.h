// The colours that have names (docs/assistant.md), and which of them a colour is.
#pragma once

#include <glm/vec3.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace skyline::models {

struct NamedColour {
  std::string_view name, name_zh;
  glm::u8vec3 colour;  // display-encoded
};

std::span<const NamedColour> palette();
// Place in `palette()`; -1: no colour of that name.
int find_colour(std::string_view name);
// Place in `palette()` of the nearest one in CIELAB (CIE 15:2004, section 8.2.1; D65, of sRGB, IEC 61966-2-1).
int nearest_colour(const glm::u8vec3& colour);

// CIELAB of a display-encoded sRGB colour.
glm::dvec3 lab_of(const glm::u8vec3& colour);

}  // namespace skyline::models
