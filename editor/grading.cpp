#include "editor/grading.h"

#include <algorithm>
#include <cmath>

namespace skyline::editor {
namespace {

constexpr glm::vec3 kLuminance{0.2126F, 0.7152F, 0.0722F};  // ITU-R BT.709
constexpr double kWhiteBalanceStops = 0.5;                  // of red against blue, and of green, at the ends of the scale

float to_linear(float v) { return v <= 0.04045F ? v / 12.92F : std::pow((v + 0.055F) / 1.055F, 2.4F); }
float to_display(float v) { return v <= 0.0031308F ? v * 12.92F : 1.055F * std::pow(v, 1 / 2.4F) - 0.055F; }

float luminance(const glm::vec3& c) { return c.r * kLuminance.r + c.g * kLuminance.g + c.b * kLuminance.b; }

}  // namespace

Grader::Grader(const Grading& grading) : same_(grading == Grading{}), saturation_(static_cast<float>(grading.saturation)) {
  const double warm = grading.temperature * kWhiteBalanceStops, green = -grading.tint * kWhiteBalanceStops;
  const glm::vec3 balance(std::exp2(warm), std::exp2(green), std::exp2(-warm));
  // White balance keeps the brightness of grey.
  gain_ = balance / luminance(balance) * static_cast<float>(std::exp2(grading.exposure));
}

glm::vec3 Grader::graded(const glm::vec3& display_encoded) const {
  if (same_) return display_encoded;
  glm::vec3 light;
  for (int c = 0; c < 3; ++c) light[c] = to_linear(std::clamp(display_encoded[c], 0.0F, 1.0F)) * gain_[c];
  const float grey = luminance(light);
  glm::vec3 out;
  for (int c = 0; c < 3; ++c) out[c] = std::clamp(to_display(std::max(0.0F, grey + saturation_ * (light[c] - grey))), 0.0F, 1.0F);
  return out;
}

void Grader::grade(core::FloatImage& picture) const {
  if (same_) return;
  for (std::size_t i = 0; i + 2 < picture.pixels.size(); i += 3) {
    const glm::vec3 colour = graded({picture.pixels[i], picture.pixels[i + 1], picture.pixels[i + 2]});
    for (int c = 0; c < 3; ++c) picture.pixels[i + static_cast<std::size_t>(c)] = colour[c];
  }
}

}  // namespace skyline::editor
