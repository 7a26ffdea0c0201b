#include "models/language/interpreter/palette.h"

#include <glm/geometric.hpp>

#include <array>
#include <cmath>
#include <limits>

namespace skyline::models {
namespace {

constexpr std::array kPalette{
    NamedColour{"red", "红", {0xc0, 0x39, 0x2b}},    NamedColour{"orange", "橙", {0xe6, 0x7e, 0x22}},
    NamedColour{"yellow", "黄", {0xf1, 0xc4, 0x0f}}, NamedColour{"green", "绿", {0x27, 0xae, 0x60}},
    NamedColour{"blue", "蓝", {0x29, 0x80, 0xb9}},   NamedColour{"purple", "紫", {0x8e, 0x44, 0xad}},
    NamedColour{"pink", "粉", {0xf5, 0xa9, 0xb8}},   NamedColour{"brown", "棕", {0x8b, 0x5a, 0x2b}},
    NamedColour{"black", "黑", {0x20, 0x20, 0x20}},  NamedColour{"white", "白", {0xf5, 0xf5, 0xf5}},
    NamedColour{"grey", "灰", {0x80, 0x80, 0x80}},
};

double linear(std::uint8_t encoded) {
  const double v = encoded / 255.0;
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

}  // namespace

glm::dvec3 lab_of(const glm::u8vec3& colour) {
  const double r = linear(colour.r), g = linear(colour.g), b = linear(colour.b);
  // Rows of the sRGB matrix, each over the white point of D65.
  const double x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047;
  const double y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b;
  const double z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883;
  const auto f = [](double t) { return t > 216.0 / 24389.0 ? std::cbrt(t) : (24389.0 / 27.0 * t + 16) / 116; };
  return {116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))};
}

std::span<const NamedColour> palette() { return kPalette; }

int find_colour(std::string_view name) {
  if (name == "gray") name = "grey";
  for (std::size_t i = 0; i < kPalette.size(); ++i) {
    if (kPalette[i].name == name || kPalette[i].name_zh == name) return static_cast<int>(i);
  }
  return -1;
}

int nearest_colour(const glm::u8vec3& colour) {
  static const auto kLabs = [] {
    std::array<glm::dvec3, kPalette.size()> labs{};
    for (std::size_t i = 0; i < labs.size(); ++i) labs[i] = lab_of(kPalette[i].colour);
    return labs;
  }();
  const glm::dvec3 lab = lab_of(colour);
  int nearest = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < kLabs.size(); ++i) {
    const double distance = glm::distance(lab, kLabs[i]);
    if (distance < least) {
      least = distance;
      nearest = static_cast<int>(i);
    }
  }
  return nearest;
}

}  // namespace skyline::models
