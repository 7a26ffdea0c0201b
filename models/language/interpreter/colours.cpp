#include "models/language/interpreter/colours.h"

#include "models/language/interpreter/palette.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace skyline::models {
namespace {

using Triple = std::array<double, 3>;

constexpr double kShadeStep = 20;                // of L*
constexpr Triple kWhite{0.95047, 1.0, 1.08883};  // D65

double to_display(double v) { return v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055; }

// CIE 15: XYZ / white of f, the way back of lab_of.
double backward(double f) { return f > 6.0 / 29 ? f * f * f : (116 * f - 16) * 27 / 24389; }

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
  const auto channel_at = [value](int shift) { return static_cast<std::uint8_t>((value >> shift) & 255); };
  const glm::dvec3 from = lab_of(glm::u8vec3(channel_at(16), channel_at(8), channel_at(0)));
  Triple lab{from.x, from.y, from.z};
  lab[0] = std::clamp(lab[0] + (shade == "dark" ? -kShadeStep : kShadeStep), 0.0, 100.0);
  const Triple rgb = rgb_of(lab);
  std::string text = "#";
  for (const double channel : rgb) text += fmt::format("{:02x}", static_cast<int>(std::lround(std::clamp(channel, 0.0, 1.0) * 255)));
  return text;
}

}  // namespace skyline::models
