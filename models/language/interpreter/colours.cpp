#include "models/language/interpreter/colours.h"

#include "models/language/interpreter/palette.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace skyline::models {
namespace {

using Triple = std::array<double, 3>;

constexpr double kShadeStep = 20;  // of L*
constexpr Triple kWhite{0.95047, 1.0, 1.08883};  // D65

double to_linear(double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); }
double to_display(double v) { return v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055; }

// CIE 15: f of XYZ / white, and back.
double forward(double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; }
double backward(double f) { return f > 6.0 / 29 ? f * f * f : (116 * f - 16) * 27 / 24389; }

Triple lab_of(const Triple& rgb) {
  const double r = to_linear(rgb[0]), g = to_linear(rgb[1]), b = to_linear(rgb[2]);
  const double x = forward((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / kWhite[0]);
  const double y = forward((0.2126729 * r + 0.7151522 * g + 0.0721750 * b) / kWhite[1]);
  const double z = forward((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / kWhite[2]);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

Triple rgb_of(const Triple& lab) {
  const double fy = (lab[0] + 16) / 116;
  const double x = backward(fy + lab[1] / 500) * kWhite[0], y = backward(fy), z = backward(fy - lab[2] / 200) * kWhite[2];
  return {to_display(3.2404542 * x - 1.5371385 * y - 0.4985314 * z), to_display(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z),
          to_display(0.0556434 * x - 0.2040259 * y + 1.0572252 * z)};
}

}  // namespace

std::string palette_hex(std::string_view name) {
  const int at = find_colour(name);
  if (at < 0) return {};
  const glm::u8vec3& colour = palette()[static_cast<std::size_t>(at)].colour;
  return fmt::format("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b);
}

std::string shaded(const std::string& hex, std::string_view shade) {
  const long value = std::strtol(hex.c_str() + 1, nullptr, 16);
  Triple lab = lab_of({static_cast<double>((value >> 16) & 255) / 255, static_cast<double>((value >> 8) & 255) / 255, static_cast<double>(value & 255) / 255});
  lab[0] = std::clamp(lab[0] + (shade == "dark" ? -kShadeStep : kShadeStep), 0.0, 100.0);
  const Triple rgb = rgb_of(lab);
  std::string text = "#";
  for (const double channel : rgb) text += fmt::format("{:02x}", static_cast<int>(std::lround(std::clamp(channel, 0.0, 1.0) * 255)));
  return text;
}

}  // namespace skyline::models
