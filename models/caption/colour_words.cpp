#include "models/caption/colour_words.h"

#include <glm/geometric.hpp>

#include <array>
#include <cmath>

namespace skyline::models {
namespace {

struct PaletteColour {
  const char* name;
  glm::u8vec3 colour;
};

// The palette of the commands (docs/commands.md, recolor).
constexpr std::array kPalette{
    PaletteColour{"red", {0xc0, 0x39, 0x2b}},   PaletteColour{"orange", {0xe6, 0x7e, 0x22}}, PaletteColour{"yellow", {0xf1, 0xc4, 0x0f}},
    PaletteColour{"green", {0x27, 0xae, 0x60}}, PaletteColour{"blue", {0x29, 0x80, 0xb9}},   PaletteColour{"purple", {0x8e, 0x44, 0xad}},
    PaletteColour{"pink", {0xf5, 0xa9, 0xb8}},  PaletteColour{"brown", {0x8b, 0x5a, 0x2b}},  PaletteColour{"black", {0x20, 0x20, 0x20}},
    PaletteColour{"white", {0xf5, 0xf5, 0xf5}}, PaletteColour{"grey", {0x80, 0x80, 0x80}},
};
constexpr double kShadeStep = 12;  // of L*: that much lighter or darker than the palette's colour is worth a word

double linear(std::uint8_t encoded) {
  const double value = encoded / 255.0;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

// CIELAB under D65 (CIE 15:2004, equations 8.3 to 8.8) of sRGB (IEC 61966-2-1).
glm::dvec3 lab_of(glm::u8vec3 colour) {
  const double r = linear(colour.r), g = linear(colour.g), b = linear(colour.b);
  const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
  const double x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const double y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
  const double z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

struct Nearest {
  ColourWord word;
  double difference = 1e300;
};

Nearest find_nearest(glm::u8vec3 colour) {
  const glm::dvec3 lab = lab_of(colour);
  Nearest nearest;
  for (const PaletteColour& entry : kPalette) {
    const glm::dvec3 own = lab_of(entry.colour);
    const double difference = glm::distance(lab, own);
    if (difference >= nearest.difference) continue;
    nearest = {{entry.name, lab.x > own.x + kShadeStep ? "light" : lab.x < own.x - kShadeStep ? "dark" : ""}, difference};
  }
  // There is no light black and no dark white in anybody's mouth.
  if (nearest.word.name == "black" || nearest.word.name == "white") nearest.word.shade.clear();
  return nearest;
}

}  // namespace

ColourWord nearest_colour(glm::u8vec3 colour) { return find_nearest(colour).word; }

std::optional<ColourWord> clear_colour(glm::u8vec3 colour) {
  const Nearest nearest = find_nearest(colour);
  if (nearest.difference > kClearColour) return std::nullopt;
  return nearest.word;
}

}  // namespace skyline::models
