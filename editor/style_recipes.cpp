#include "editor/style_recipes.h"

#include "core/parallel.h"
#include "nerf/edit/colour_tools.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace skyline::editor {
namespace {

using nerf::dot3;
using nerf::luma;
using nerf::mix;
using nerf::saturate;
using nerf::smooth_step;
using nerf::with_saturation;

constexpr glm::vec3 kPaper{0.965F, 0.95F, 0.915F};

int pixels(float length, const StyleInput& in) { return std::max(1, static_cast<int>(std::lround(length * in.unit))); }

float contrast(float v, float amount) { return mix(v, smooth_step(0, 1, v), amount); }
glm::vec3 contrast(const glm::vec3& c, float amount) { return {contrast(c.r, amount), contrast(c.g, amount), contrast(c.b, amount)}; }

// Every pixel of a new sheet from visit(x, y).
template <class Visit>
ColourSheet painted(const StyleInput& in, Visit&& visit) {
  ColourSheet out;
  out.resize(in.colours.width, in.colours.height);
  core::parallel_for_ranges(out.height, 8, [&](std::int64_t begin, std::int64_t end) {
    for (auto y = static_cast<int>(begin); y < static_cast<int>(end); ++y) {
      for (int x = 0; x < out.width; ++x) out.at(x, y) = visit(x, y);
    }
  });
  return out;
}

Plane all_lines(const StyleInput& in, const ColourSheet& colours, float radius, float sensitivity) {
  Plane lines = dark_lines(luminance_of(colours), std::max(1.0F, radius * in.unit), sensitivity);
  join_lines(lines, depth_lines(in.distance, pixels(0.6F * radius, in)));
  return lines;
}

float slope(const Plane& plane, int x, int y) {
  const float dx = plane.near(x + 1, y) - plane.near(x - 1, y), dy = plane.near(x, y + 1) - plane.near(x, y - 1);
  return std::sqrt(dx * dx + dy * dy);
}

// Stretches what a picture has between its darkest and its brightest twentieth over the whole range.
class Levels {
 public:
  explicit Levels(const Plane& tone) {
    std::vector<float> some;
    const std::size_t step = std::max<std::size_t>(1, tone.texels.size() / 1999);
    for (std::size_t i = 0; i < tone.texels.size(); i += step) some.push_back(tone.texels[i]);
    std::sort(some.begin(), some.end());
    low_ = some[some.size() / 20];
    range_ = std::max(some[some.size() - 1 - some.size() / 20] - low_, 0.1F);
  }
  float stretched(float tone) const { return saturate((tone - low_) / range_); }

 private:
  float low_ = 0, range_ = 1;
};

// A distance that half of the picture is nearer than.
float middle_distance(const Plane& distance) {
  std::vector<float> some;
  const std::size_t step = std::max<std::size_t>(1, distance.texels.size() / 997);
  for (std::size_t i = 0; i < distance.texels.size(); i += step) {
    if (distance.texels[i] > 0) some.push_back(distance.texels[i]);
  }
  if (some.empty()) return 100;
  std::nth_element(some.begin(), some.begin() + static_cast<std::ptrdiff_t>(some.size() / 2), some.end());
  return some[some.size() / 2];
}

// Share of what is far, for mist and washes.
float far_share(float distance, float middle) { return distance > 0 ? 1 - std::exp(-0.35F * std::max(0.0F, distance / middle - 0.6F)) : 1; }

// Directions for strokes where the picture leads nowhere: slow swirls.
FlowSheet swirls(const Plane& noise) {
  FlowSheet flow;
  flow.resize(noise.width, noise.height);
  for (std::size_t i = 0; i < noise.texels.size(); ++i) {
    const float angle = 6.2831853F * noise.texels[i];
    flow.texels[i] = {std::cos(angle), std::sin(angle)};
  }
  return flow;
}

ColourSheet watercolour(const StyleInput& in) {
  ColourSheet wash = kuwahara(in.colours, pixels(1.6F, in));
  const Grain grain(in.camera, in.distance);
  const Plane pigment = grain.noise(11 * in.unit, 31), paper = grain.noise(1.3F * in.unit, 32), tone = luminance_of(wash);
  return painted(in, [&](int x, int y) {
    glm::vec3 c = with_saturation(contrast(wash.at(x, y), 0.2F), 1.3F);
    const float rough = paper.at(x, y) - 0.5F;
    // Pigment gathers at the borders of a wash and in the pits of the paper.
    const float density = 0.66F + 0.55F * (pigment.at(x, y) - 0.5F) + 0.18F * rough + std::min(3.0F * slope(tone, x, y), 0.45F);
    for (int k = 0; k < 3; ++k) c[k] = std::exp(density * std::log(std::clamp(c[k] * 1.04F + 0.03F, 0.02F, 1.0F)));
    const float dry = smooth_step(0.62F, 0.92F, luma(c) + 0.10F * rough);
    return saturate(mix(c * kPaper, kPaper, 0.75F * dry) + glm::vec3(0.03F * rough));
  });
}

// Strokes: colours drawn along the flow, lit as ridges of paint.
ColourSheet strokes(const StyleInput& in, const ColourSheet& colours, float stroke_length, float relief, float streaks) {
  const Grain grain(in.camera, in.distance);
  const Plane noise = grain.noise(1.2F * in.unit, 41);
  const FlowSheet flow = flow_of(luminance_of(colours), pixels(1.8F, in), swirls(grain.noise(38 * in.unit, 42)));
  const int reach = pixels(stroke_length, in);
  const ColourSheet drawn = drawn_along(colours, flow, reach);
  const Plane bristles = drawn_along(noise, flow, std::max(3, reach));
  return painted(in, [&](int x, int y) {
    const float ridge = bristles.near(x - 1, y - 1) - bristles.near(x + 1, y + 1);
    const float streak = bristles.at(x, y) - 0.5F;
    return saturate(drawn.at(x, y) * (1 + streaks * streak) + glm::vec3(relief * ridge));
  });
}

ColourSheet oil(const StyleInput& in) {
  const ColourSheet base = kuwahara(in.colours, pixels(1.7F, in));
  const ColourSheet rich = painted(in, [&](int x, int y) { return saturate(with_saturation(contrast(base.at(x, y), 0.35F), 1.3F)); });
  return strokes(in, rich, 2.2F, 0.30F, 0.22F);
}

ColourSheet van_gogh(const StyleInput& in) {
  const ColourSheet base = kuwahara(in.colours, pixels(1.3F, in));
  constexpr glm::vec3 kNight{0.07F, 0.16F, 0.42F}, kCobalt{0.22F, 0.42F, 0.72F}, kChrome{0.98F, 0.80F, 0.30F}, kCream{1.0F, 0.95F, 0.72F};
  const ColourSheet rich = painted(in, [&](int x, int y) {
    const glm::vec3 c = contrast(base.at(x, y), 0.3F);
    const float grey = luma(c);
    const glm::vec3 ramp = grey < 0.35F  ? mix(kNight, kCobalt, grey / 0.35F)
                           : grey < 0.7F ? mix(kCobalt, kChrome, (grey - 0.35F) / 0.35F)
                                         : mix(kChrome, kCream, (grey - 0.7F) / 0.3F);
    // What is colourful keeps its hue; greys go into the palette of blue and chrome yellow.
    const float colourful = std::max({c.r, c.g, c.b}) - std::min({c.r, c.g, c.b});
    return saturate(mix(with_saturation(c, 1.75F), ramp, 0.55F - 0.9F * std::min(colourful, 0.4F)));
  });
  return strokes(in, rich, 4.5F, 0.5F, 0.6F);
}

ColourSheet ink(const StyleInput& in) {
  constexpr glm::vec3 kRice{0.94F, 0.92F, 0.865F}, kInk{0.09F, 0.09F, 0.105F};
  const ColourSheet base = kuwahara(in.colours, pixels(1.4F, in));
  Plane tone = luminance_of(base), scratch;
  box_blur(tone, pixels(0.8F, in), scratch);
  const Plane lines = all_lines(in, in.colours, 0.9F, 1.7F);
  const Levels levels(tone);
  const Grain grain(in.camera, in.distance);
  const Plane fibre = grain.noise(1.4F * in.unit, 51), pool = grain.noise(16 * in.unit, 52);
  const float middle = middle_distance(in.distance);
  return painted(in, [&](int x, int y) {
    const float rough = fibre.at(x, y) - 0.5F;
    // Three dilutions of ink, running into each other.
    const float light = levels.stretched(tone.at(x, y)) + 0.12F * (pool.at(x, y) - 0.5F) + 0.05F * rough;
    float dark = 0.22F * (1 - smooth_step(0.55F, 0.80F, light)) + 0.26F * (1 - smooth_step(0.32F, 0.46F, light)) +
                 0.24F * (1 - smooth_step(0.10F, 0.24F, light));
    dark = std::max(dark, lines.at(x, y) * (0.78F + 0.5F * rough));
    dark *= 1 - 0.9F * far_share(in.distance.at(x, y), middle);  // mist
    return saturate(mix(kRice + glm::vec3(0.025F * rough), kInk, saturate(dark)));
  });
}

ColourSheet sketch(const StyleInput& in) {
  constexpr glm::vec3 kLead{0.17F, 0.17F, 0.19F};
  Plane tone = luminance_of(in.colours), scratch;
  const Levels levels(tone);
  Plane lines = dark_lines(tone, 0.8F * in.unit, 1.2F);
  join_lines(lines, depth_lines(in.distance, pixels(0.5F, in)));
  box_blur(tone, pixels(0.7F, in), scratch);
  const Grain grain(in.camera, in.distance);
  const Plane tooth = grain.noise(1.1F * in.unit, 61), hand = grain.noise(20 * in.unit, 62);
  // Hatching of the pencil: strips across the picture, bent a little by the hand.
  const auto hatch = [&](int x, int y, float along_x, float along_y, std::uint32_t seed) {
    const float wobble = 5 * in.unit * (hand.at(x, y) - 0.5F);
    const float across = (static_cast<float>(x) * along_y - static_cast<float>(y) * along_x + wobble) / in.unit,
                along = (static_cast<float>(x) * along_x + static_cast<float>(y) * along_y) / in.unit;
    return nerf::noise2(across, along / 9, 1.0F, seed);
  };
  return painted(in, [&](int x, int y) {
    const float light = levels.stretched(tone.at(x, y));
    float dark = 0.20F * (1 - light);
    dark += 0.34F * smooth_step(0.85F, 0.40F, light) * smooth_step(0.30F, 0.80F, hatch(x, y, 0.80F, -0.60F, 1));
    dark += 0.34F * smooth_step(0.50F, 0.16F, light) * smooth_step(0.30F, 0.80F, hatch(x, y, 0.55F, 0.84F, 2));
    dark += 0.28F * smooth_step(0.24F, 0.04F, light);
    dark = std::max(dark, 0.72F * lines.at(x, y));
    dark *= 0.60F + 0.60F * tooth.at(x, y);
    return saturate(mix(kPaper, kLead, saturate(dark)));
  });
}

ColourSheet pixel_art(const StyleInput& in) {
  const int size = std::max(2, static_cast<int>(std::lround(1.35F * in.unit)));
  constexpr int kBayer[4][4] = {{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}};
  constexpr float kSteps = 7;
  const int columns = (in.colours.width + size - 1) / size, rows = (in.colours.height + size - 1) / size;
  ColourSheet blocks;
  blocks.resize(columns, rows);
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      glm::vec3 sum(0.0F);
      float count = 0;
      for (int y = row * size; y < std::min((row + 1) * size, in.colours.height); ++y) {
        for (int x = column * size; x < std::min((column + 1) * size, in.colours.width); ++x, ++count) sum += in.colours.at(x, y);
      }
      glm::vec3 c = saturate(with_saturation(contrast(sum / count, 0.35F), 1.3F));
      const float threshold = (static_cast<float>(kBayer[row % 4][column % 4]) + 0.5F) / 16 - 0.5F;
      for (int k = 0; k < 3; ++k) c[k] = std::round(c[k] * kSteps + 0.45F * threshold) / kSteps;
      blocks.at(column, row) = saturate(c);
    }
  }
  return painted(in, [&](int x, int y) { return blocks.at(x / size, y / size); });
}

ColourSheet comic(const StyleInput& in) {
  const ColourSheet base = kuwahara(in.colours, pixels(1.2F, in));
  const Plane lines = all_lines(in, base, 0.9F, 1.5F);
  constexpr float kLevels = 5;
  const float pitch = std::max(2.5F, 2.1F * in.unit);
  return painted(in, [&](int x, int y) {
    const glm::vec3 c = base.at(x, y);
    const float grey = contrast(luma(c), 0.25F), scaled = grey * kLevels, floor = std::floor(scaled);
    const float level = (floor + smooth_step(0.40F, 0.60F, scaled - floor)) / kLevels;
    glm::vec3 flat = with_saturation(c * ((0.06F + level) / std::max(luma(c), 0.03F)), 1.7F) * glm::vec3(1.02F, 1.0F, 0.96F);
    // Dots of print in the shade, larger where it is darker.
    const float u = (static_cast<float>(x) + static_cast<float>(y)) * 0.7071F / pitch,
                v = (static_cast<float>(x) - static_cast<float>(y)) * 0.7071F / pitch;
    const float du = u - std::floor(u) - 0.5F, dv = v - std::floor(v) - 0.5F;
    const float dot = 0.62F * (1 - smooth_step(0.12F, 0.50F, grey)), distance = std::sqrt(du * du + dv * dv);
    flat *= 1 - 0.30F * (1 - smooth_step(dot - 0.12F, dot + 0.12F, distance));
    return saturate(mix(saturate(flat), glm::vec3(0.05F, 0.05F, 0.08F), lines.at(x, y)));
  });
}

ColourSheet cyberpunk(const StyleInput& in) {
  constexpr glm::vec3 kMagenta{1.0F, 0.16F, 0.70F}, kCyan{0.12F, 0.90F, 1.0F}, kDeep{0.055F, 0.03F, 0.14F};
  const Plane lines = depth_lines(in.distance, pixels(0.5F, in));
  // Warm things glow magenta, cool ones cyan; edges are tubes of light.
  // Greys of concrete count as cool.
  const auto neon_of = [&](const glm::vec3& c, int x, int y) {
    const float warm = smooth_step(0.0F, 0.16F, c.r - c.b);
    const glm::vec3 hue = mix(kCyan, kMagenta, warm);
    return hue * (1.1F * smooth_step(0.52F, 0.95F, luma(c)) + 0.35F * lines.at(x, y));
  };
  ColourSheet glow = painted(in, [&](int x, int y) { return neon_of(in.colours.at(x, y), x, y); }), scratch;
  for (int pass = 0; pass < 2; ++pass) box_blur(glow, pixels(3.0F, in), scratch);
  return painted(in, [&](int x, int y) {
    const glm::vec3 c = in.colours.at(x, y);
    const float grey = luma(c), warm = smooth_step(0.0F, 0.16F, c.r - c.b);
    const glm::vec3 hue = mix(kCyan, kMagenta, warm);
    glm::vec3 dark = kDeep + with_saturation(c, 0.7F) * (0.50F * grey + 0.10F) * glm::vec3(0.85F, 0.80F, 1.25F);
    dark = mix(dark, hue * std::pow(grey, 1.4F), 0.45F * smooth_step(0.2F, 0.8F, grey));
    const glm::vec3 light = 0.55F * neon_of(c, x, y) + 0.85F * glow.at(x, y);
    return saturate(glm::vec3(1.0F) - (glm::vec3(1.0F) - saturate(dark)) * (glm::vec3(1.0F) - saturate(light)));
  });
}

ColourSheet vintage(const StyleInput& in) {
  const float half_width = 0.5F * static_cast<float>(in.colours.width), half_height = 0.5F * static_cast<float>(in.colours.height);
  return painted(in, [&](int x, int y) {
    glm::vec3 c = with_saturation(contrast(in.colours.at(x, y), 0.2F), 0.75F) * 1.12F + glm::vec3(0.02F);
    // Faded: blacks turn brown-blue, whites turn to cream.
    c = glm::vec3(0.095F, 0.075F, 0.085F) + c * (glm::vec3(1.0F, 0.96F, 0.85F) - glm::vec3(0.095F, 0.075F, 0.085F));
    c *= glm::vec3(1.05F, 1.0F, 0.93F);
    const float dx = (static_cast<float>(x) + 0.5F - half_width) / half_width,
                dy = (static_cast<float>(y) + 0.5F - half_height) / half_height;
    const float fall = 1 - 0.24F * smooth_step(0.35F, 2.0F, dx * dx + dy * dy);
    const float film = nerf::unit_of(nerf::hash_at(static_cast<int>(static_cast<float>(x) / std::max(1.0F, 0.5F * in.unit)),
                                                   static_cast<int>(static_cast<float>(y) / std::max(1.0F, 0.5F * in.unit)), 0, 71)) -
                       0.5F;
    return saturate(c * fall + glm::vec3(0.045F * film));
  });
}

glm::vec3 black_white(const glm::vec3& c) {
  // As through a yellow filter: skies and foliage part from walls.
  return glm::vec3(contrast(0.36F * c.r + 0.52F * c.g + 0.12F * c.b, 0.55F));
}

glm::vec3 sepia(const glm::vec3& c) {
  constexpr glm::vec3 kShade{0.12F, 0.075F, 0.045F}, kMiddle{0.60F, 0.46F, 0.32F}, kLight{0.985F, 0.93F, 0.81F};
  const float grey = contrast(luma(c), 0.3F);
  return grey < 0.5F ? mix(kShade, kMiddle, 2 * grey) : mix(kMiddle, kLight, 2 * grey - 1);
}

ColourSheet ukiyo_e(const StyleInput& in) {
  // Inks of the colour print: Prussian blue in dilutions, ochre, vermilion, green, grey and the paper.
  constexpr std::array<glm::vec3, 15> kInks{{{0.09F, 0.13F, 0.24F},
                                             {0.18F, 0.28F, 0.44F},
                                             {0.40F, 0.52F, 0.62F},
                                             {0.66F, 0.73F, 0.74F},
                                             {0.93F, 0.88F, 0.76F},
                                             {0.86F, 0.74F, 0.52F},
                                             {0.70F, 0.54F, 0.33F},
                                             {0.72F, 0.33F, 0.22F},
                                             {0.46F, 0.20F, 0.16F},
                                             {0.30F, 0.38F, 0.26F},
                                             {0.52F, 0.57F, 0.38F},
                                             {0.56F, 0.54F, 0.49F},
                                             {0.22F, 0.22F, 0.22F},
                                             {0.66F, 0.70F, 0.50F},
                                             {0.80F, 0.80F, 0.62F}}};
  const ColourSheet base = kuwahara(kuwahara(in.colours, pixels(1.6F, in)), pixels(1.1F, in));
  const Plane lines = all_lines(in, base, 0.8F, 1.15F);
  const Grain grain(in.camera, in.distance);
  const Levels levels(luminance_of(base));
  const Plane wood = grain.noise(2.2F * in.unit, 81);
  const float middle = middle_distance(in.distance);
  return painted(in, [&](int x, int y) {
    const glm::vec3 lifted =
        base.at(x, y) * (std::pow(levels.stretched(luma(base.at(x, y))), 0.72F) + 0.16F) / (luma(base.at(x, y)) + 0.10F);
    const glm::vec3 c = saturate(with_saturation(lifted, 1.35F));
    float best = std::numeric_limits<float>::max(), second = best;
    std::size_t first = 0, next = 0;
    for (std::size_t i = 0; i < kInks.size(); ++i) {
      const glm::vec3 off = c - kInks[i];
      const float distance = 0.6F * dot3(off, off) + 2.2F * luma(off) * luma(off);
      if (distance < best) {
        second = best;
        next = first;
        best = distance;
        first = i;
      } else if (distance < second) {
        second = distance;
        next = i;
      }
    }
    // The border of two inks is one pixel soft.
    const float share = 0.5F * smooth_step(0.80F, 1.0F, best / std::max(second, 1e-6F));
    glm::vec3 flat = mix(kInks[first], kInks[next], share);
    flat = mix(flat, glm::vec3(0.78F, 0.80F, 0.76F), 0.65F * far_share(in.distance.at(x, y), middle));
    flat *= 1 + 0.10F * (wood.at(x, y) - 0.5F);
    return saturate(mix(flat, glm::vec3(0.10F, 0.12F, 0.18F), 0.9F * lines.at(x, y)));
  });
}

}  // namespace

bool is_pointwise(Style style) { return style == Style::kBlackWhite || style == Style::kSepia || style == Style::kVintage; }

ColourSheet in_style(Style style, const StyleInput& in) {
  switch (style) {
    case Style::kWatercolor:
      return watercolour(in);
    case Style::kOil:
      return oil(in);
    case Style::kInk:
      return ink(in);
    case Style::kSketch:
      return sketch(in);
    case Style::kPixel:
      return pixel_art(in);
    case Style::kComic:
      return comic(in);
    case Style::kCyberpunk:
      return cyberpunk(in);
    case Style::kVintage:
      return vintage(in);
    case Style::kBlackWhite:
      return painted(in, [&](int x, int y) { return black_white(in.colours.at(x, y)); });
    case Style::kSepia:
      return painted(in, [&](int x, int y) { return sepia(in.colours.at(x, y)); });
    case Style::kVanGogh:
      return van_gogh(in);
    case Style::kUkiyoE:
      return ukiyo_e(in);
  }
  return in.colours;
}

}  // namespace skyline::editor
