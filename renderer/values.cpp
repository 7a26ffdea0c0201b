#include "renderer/values.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace skyline::renderer {
namespace {

constexpr float kFullDifference = 0.25F;  // of the luminance; shown at full strength
constexpr std::array<std::string_view, kViews> kNames = {"colour",  "depth", "normal", "opacity",
                                                         "samples", "level", "object", "difference"};

// Turbo, polynomial of degree 5 in [0, 1]: A. Mikhailov, "Turbo, an improved rainbow colormap for visualization" (Google AI blog, 2019);
// approximation by R. Du, https://gist.github.com/mikhailov-work/0d177465a8151eb6ede1768d51d476c7.
void turbo(float t, float* rgb) {
  constexpr float kRed[6] = {0.13572138F, 4.61539260F, -42.66032258F, 132.13108234F, -152.94239396F, 59.28637943F};
  constexpr float kGreen[6] = {0.09140261F, 2.19418839F, 4.84296658F, -14.18503333F, 4.27729857F, 2.82956604F};
  constexpr float kBlue[6] = {0.10667330F, 12.64194608F, -60.58204836F, 110.36276771F, -89.90310912F, 27.34824973F};
  const float x = std::clamp(t, 0.0F, 1.0F);
  const auto polynomial = [&](const float* k) {
    return std::clamp(k[0] + x * (k[1] + x * (k[2] + x * (k[3] + x * (k[4] + x * k[5])))), 0.0F, 1.0F);
  };
  rgb[0] = polynomial(kRed);
  rgb[1] = polynomial(kGreen);
  rgb[2] = polynomial(kBlue);
}

float luminance(const float* rgb) { return 0.2126F * rgb[0] + 0.7152F * rgb[1] + 0.0722F * rgb[2]; }

void grey(float g, float* rgb) { std::fill_n(rgb, 3, std::clamp(g, 0.0F, 1.0F)); }

}  // namespace

std::string_view view_name(View view) { return kNames[static_cast<std::size_t>(view)]; }

void ask_for(View view, nerf::RenderRequest& request) {
  request.depth = true;
  request.normal = view == View::kNormal;
  request.opacity = view == View::kOpacity;
  request.cost = view == View::kSamples;
  request.level = view == View::kLevel;
}

void value_of(const ValueSources& sources, const nerf::Picture& picture, std::size_t i, glm::vec2 at, float* value) {
  value[0] = value[1] = value[2] = 0;
  switch (sources.view) {
    case View::kColour:
      std::copy_n(picture.colour.pixels.data() + i * 3, 3, value);
      return;
    case View::kDepth:
      value[0] = picture.depth.pixels[i];
      return;
    case View::kNormal:
      std::copy_n(picture.normal.pixels.data() + i * 3, 3, value);
      return;
    case View::kOpacity:
      value[0] = picture.opacity.pixels[i];
      return;
    case View::kSamples:
      value[0] = picture.cost.pixels[i];
      return;
    case View::kLevel:
      value[0] = picture.level.pixels[i];
      return;
    case View::kObject: {
      const float depth = picture.depth.pixels[i];
      if (!(depth > 0) || sources.objects == nullptr) return;
      const core::Ray ray = sources.rays->ray(at.x, at.y);
      value[0] = static_cast<float>(sources.objects->at(glm::dvec3(ray.origin) + static_cast<double>(depth) * glm::dvec3(ray.direction)));
      value[1] = depth;
      return;
    }
    case View::kDifference: {
      if (sources.truth == nullptr) return;
      const int column = std::clamp(static_cast<int>(at.x), 0, sources.truth->width - 1);
      const int row = std::clamp(static_cast<int>(at.y), 0, sources.truth->height - 1);
      const float* truth =
          sources.truth->pixels.data() + (static_cast<std::ptrdiff_t>(row) * sources.truth->width + column) * sources.truth->channels;
      value[0] = luminance(picture.colour.pixels.data() + i * 3) - luminance(truth);
      return;
    }
  }
}

ValueRange range_of(View view, std::span<const float> values, int levels) {
  if (view == View::kLevel) return {1, static_cast<float>(std::max(levels, 2))};
  if (view != View::kDepth && view != View::kSamples) return {};
  constexpr std::size_t kMost = 4096;
  const std::size_t count = values.size() / kValueChannels, step = std::max<std::size_t>(1, count / kMost);
  std::vector<float> sample;
  for (std::size_t i = step / 2; i < count; i += step) {
    if (values[i * kValueChannels] > 0) sample.push_back(values[i * kValueChannels]);
  }
  if (sample.empty()) return {};
  std::sort(sample.begin(), sample.end());
  const std::size_t last = sample.size() - 1;
  if (view == View::kSamples) return {0, sample[last - last / 100]};
  ValueRange range{sample[last / 100], sample[last - last / 100]};
  range.high = std::max(range.high, range.low * 1.001F + 1e-6F);
  return range;
}

void colour_of(View view, ValueRange range, const float* value, float* rgb) {
  const float share = (value[0] - range.low) / (range.high - range.low);
  switch (view) {
    case View::kColour:
      std::copy_n(value, 3, rgb);
      return;
    case View::kDepth:
      if (value[0] > 0) {
        turbo(1.0F - share, rgb);  // near is warm
      } else {
        grey(0, rgb);
      }
      return;
    case View::kNormal:
      for (int c = 0; c < 3; ++c) rgb[c] = value[0] == 0 && value[1] == 0 && value[2] == 0 ? 0.0F : 0.5F + 0.5F * value[c];
      return;
    case View::kOpacity:
      grey(value[0], rgb);
      return;
    case View::kSamples:
      turbo(share, rgb);
      return;
    case View::kLevel:
      if (value[0] > 0) {
        turbo(0.15F + 0.7F * share, rgb);
      } else {
        grey(0, rgb);
      }
      return;
    case View::kObject: {
      const glm::vec3 colour = value[1] > 0 ? object_colour(static_cast<std::int32_t>(value[0])) : glm::vec3(0.12F);
      for (int c = 0; c < 3; ++c) rgb[c] = colour[c];
      return;
    }
    case View::kDifference: {
      // Brighter than the photo is red, darker is blue, alike is near black.
      const float d = std::clamp(value[0] / kFullDifference, -1.0F, 1.0F);
      const float strength = std::abs(d);
      rgb[0] = 0.08F + 0.92F * (d > 0 ? strength : 0.25F * strength);
      rgb[1] = 0.08F + 0.45F * strength * strength;
      rgb[2] = 0.08F + 0.92F * (d < 0 ? strength : 0.25F * strength);
      return;
    }
  }
}

}  // namespace skyline::renderer
