#include "editor/picture_filters.h"

#include "core/parallel.h"
#include "nerf/edit/colour_tools.h"

#include <algorithm>
#include <cmath>

namespace skyline::editor {
namespace {

using nerf::luma;
using nerf::mix;
using nerf::smooth_step;

constexpr std::int64_t kRows = 8;  // of a task
constexpr float kSky = 4000;       // distance that the sky's grain lies at

template <class Visit>
void each_row(int height, Visit&& visit) {
  core::parallel_for_ranges(height, kRows, [&](std::int64_t begin, std::int64_t end) {
    for (auto y = static_cast<int>(begin); y < static_cast<int>(end); ++y) visit(y);
  });
}

template <class Texel>
void blur_rows(const Sheet<Texel>& in, int radius, Sheet<Texel>& out) {
  const float share = 1.0F / static_cast<float>(2 * radius + 1);
  each_row(in.height, [&](int y) {
    Texel sum(0.0F);
    for (int x = -radius; x <= radius; ++x) sum += in.near(x, y);
    for (int x = 0; x < in.width; ++x) {
      out.at(x, y) = sum * share;
      sum += in.near(x + radius + 1, y) - in.near(x - radius, y);
    }
  });
}

// Columns side by side, so that memory is read in rows.
template <class Texel>
void blur_columns(const Sheet<Texel>& in, int radius, Sheet<Texel>& out) {
  const float share = 1.0F / static_cast<float>(2 * radius + 1);
  constexpr std::int64_t kColumns = 64;
  core::parallel_for_ranges(in.width, kColumns, [&](std::int64_t begin, std::int64_t end) {
    const auto first = static_cast<int>(begin), last = static_cast<int>(end);
    std::vector<Texel> sum(static_cast<std::size_t>(last - first), Texel(0.0F));
    for (int y = -radius; y <= radius; ++y) {
      for (int x = first; x < last; ++x) sum[static_cast<std::size_t>(x - first)] += in.near(x, y);
    }
    for (int y = 0; y < in.height; ++y) {
      for (int x = first; x < last; ++x) {
        Texel& s = sum[static_cast<std::size_t>(x - first)];
        out.at(x, y) = s * share;
        s += in.near(x, y + radius + 1) - in.near(x, y - radius);
      }
    }
  });
}

template <class Texel>
void blur(Sheet<Texel>& sheet, int radius, Sheet<Texel>& scratch) {
  if (radius < 1) return;
  scratch.resize(sheet.width, sheet.height);
  blur_rows(sheet, radius, scratch);
  blur_columns(scratch, radius, sheet);
}

template <class Texel>
Sheet<Texel> along(const Sheet<Texel>& values, const FlowSheet& flow, int reach) {
  Sheet<Texel> out;
  out.resize(values.width, values.height);
  each_row(values.height, [&](int y) {
    for (int x = 0; x < values.width; ++x) {
      Texel sum = values.at(x, y);
      for (const float way : {1.0F, -1.0F}) {
        glm::vec2 at(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F), heading = way * flow.at(x, y);
        for (int k = 0; k < reach; ++k) {
          at += heading;
          const int column = std::clamp(static_cast<int>(at.x), 0, values.width - 1),
                    row = std::clamp(static_cast<int>(at.y), 0, values.height - 1);
          sum += values.at(column, row);
          const glm::vec2 next = flow.at(column, row);
          heading = next.x * heading.x + next.y * heading.y < 0 ? -next : next;
        }
      }
      out.at(x, y) = sum * (1.0F / static_cast<float>(2 * reach + 1));
    }
  });
  return out;
}

}  // namespace

void box_blur(ColourSheet& sheet, int radius, ColourSheet& scratch) { blur(sheet, radius, scratch); }
void box_blur(Plane& sheet, int radius, Plane& scratch) { blur(sheet, radius, scratch); }

Plane luminance_of(const ColourSheet& colours) {
  Plane plane;
  plane.resize(colours.width, colours.height);
  each_row(colours.height, [&](int y) {
    for (int x = 0; x < colours.width; ++x) plane.at(x, y) = luma(colours.at(x, y));
  });
  return plane;
}

ColourSheet kuwahara(const ColourSheet& colours, int radius) {
  if (radius < 1) return colours;
  ColourSheet mean = colours, scratch;
  box_blur(mean, radius, scratch);
  Plane square = luminance_of(colours), plane;
  for (float& v : square.texels) v *= v;
  box_blur(square, radius, plane);
  // Variance of the luminance in each neighbourhood.
  Plane steady;
  steady.resize(colours.width, colours.height);
  each_row(colours.height, [&](int y) {
    for (int x = 0; x < colours.width; ++x) {
      const float grey = luma(mean.at(x, y)), variance = std::max(square.at(x, y) - grey * grey, 0.0F);
      const float weight = 1 / (variance + 2e-4F), fourth = weight * weight * 1e-8F;
      steady.at(x, y) = fourth * fourth + 1e-12F;
    }
  });
  const int far = radius, near = std::max(1, static_cast<int>(std::lround(0.7 * radius)));
  const int offsets[8][2] = {{far, 0}, {-far, 0}, {0, far}, {0, -far}, {near, near}, {-near, near}, {near, -near}, {-near, -near}};
  ColourSheet out;
  out.resize(colours.width, colours.height);
  each_row(colours.height, [&](int y) {
    for (int x = 0; x < colours.width; ++x) {
      glm::vec3 sum(0.0F);
      float total = 0;
      for (const auto& offset : offsets) {
        const std::size_t at =
            mean.index(std::clamp(x + offset[0], 0, colours.width - 1), std::clamp(y + offset[1], 0, colours.height - 1));
        const float weight = steady.texels[at];
        sum += weight * mean.texels[at];
        total += weight;
      }
      out.at(x, y) = sum / total;
    }
  });
  return out;
}

Plane dark_lines(const Plane& luminance, float radius, float sensitivity) {
  const int narrow = std::max(1, static_cast<int>(std::lround(0.6F * radius))),
            wide = std::max(narrow + 1, static_cast<int>(std::lround(1.5F * radius)));
  Plane centre = luminance, around = luminance, scratch;
  if (radius >= 1.5F) box_blur(centre, std::max(1, narrow / 2), scratch);
  for (int pass = 0; pass < 2; ++pass) box_blur(around, wide, scratch);
  each_row(luminance.height, [&](int y) {
    for (int x = 0; x < luminance.width; ++x) {
      const float darker = (around.at(x, y) - centre.at(x, y)) / (0.15F + around.at(x, y));
      centre.at(x, y) = smooth_step(0.35F / sensitivity, 1.0F / sensitivity, darker * 4);
    }
  });
  return centre;
}

Plane depth_lines(const Plane& distance, int reach) {
  Plane lines;
  lines.resize(distance.width, distance.height);
  const auto inverse = [&](int x, int y) {
    const float d = distance.near(x, y);
    return d > 0 ? 1 / d : 0.0F;
  };
  each_row(distance.height, [&](int y) {
    for (int x = 0; x < distance.width; ++x) {
      const float here = inverse(x, y);
      const float across = std::abs(inverse(x - reach, y) + inverse(x + reach, y) - 2 * here),
                  down = std::abs(inverse(x, y - reach) + inverse(x, y + reach) - 2 * here);
      const float bend = std::max(across, down) / std::max(here, 1e-5F);
      lines.at(x, y) = smooth_step(0.025F, 0.07F, bend);
    }
  });
  return lines;
}

void join_lines(Plane& lines, const Plane& others) {
  for (std::size_t i = 0; i < lines.texels.size(); ++i) lines.texels[i] = std::max(lines.texels[i], others.texels[i]);
}

FlowSheet flow_of(const Plane& luminance, int radius, const FlowSheet& otherwise) {
  // The tensor's xx, xy and yy.
  ColourSheet tensor, scratch;
  tensor.resize(luminance.width, luminance.height);
  each_row(luminance.height, [&](int y) {
    for (int x = 0; x < luminance.width; ++x) {
      const float dx = luminance.near(x + 1, y) - luminance.near(x - 1, y), dy = luminance.near(x, y + 1) - luminance.near(x, y - 1);
      tensor.at(x, y) = {dx * dx, dx * dy, dy * dy};
    }
  });
  for (int pass = 0; pass < 2; ++pass) box_blur(tensor, radius, scratch);
  FlowSheet flow;
  flow.resize(luminance.width, luminance.height);
  each_row(luminance.height, [&](int y) {
    for (int x = 0; x < luminance.width; ++x) {
      const glm::vec3& t = tensor.at(x, y);
      // Along the smaller eigenvalue: half the angle of (xx - yy, 2 xy), turned by a quarter.
      const float root = std::sqrt((t.x - t.z) * (t.x - t.z) + 4 * t.y * t.y);
      glm::vec2 direction(2 * t.y, t.z - t.x - root);
      const float length = std::sqrt(direction.x * direction.x + direction.y * direction.y);
      const float leads = smooth_step(2e-4F, 2e-3F, root);
      direction = length > 1e-9F ? direction / length : glm::vec2(1, 0);
      glm::vec2 other = otherwise.at(x, y);
      if (other.x * direction.x + other.y * direction.y < 0) other = -other;
      const glm::vec2 mixed = other + (direction - other) * leads;
      const float size = std::sqrt(mixed.x * mixed.x + mixed.y * mixed.y);
      flow.at(x, y) = size > 1e-6F ? mixed / size : other;
    }
  });
  return flow;
}

ColourSheet drawn_along(const ColourSheet& colours, const FlowSheet& flow, int reach) { return along(colours, flow, reach); }
Plane drawn_along(const Plane& values, const FlowSheet& flow, int reach) { return along(values, flow, reach); }

Plane Grain::noise(float size, std::uint32_t seed) const {
  Plane plane;
  plane.resize(distance_.width, distance_.height);
  const core::RayGenerator rays(camera_);
  const float pixel = 1 / static_cast<float>(camera_.fl_x);
  each_row(plane.height, [&](int y) {
    for (int x = 0; x < plane.width; ++x) {
      const core::Ray ray = rays.ray(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
      const float known = distance_.at(x, y), distance = known > 0 ? known : kSky;
      const glm::vec3 place = ray.origin + ray.direction * distance;
      // Octaves of the world by the size that a pixel covers: one fades out while the next fades in.
      const float octave = std::log2(size * distance * pixel), lower = std::floor(octave), share = octave - lower;
      const float scale = std::exp2(lower);
      const float mixed = mix(nerf::noise3(place, scale, seed), nerf::noise3(place, 2 * scale, seed), share);
      // Mixing two noises flattens them; this brings the spread back.
      const float spread = std::sqrt((1 - share) * (1 - share) + share * share);
      plane.at(x, y) = std::clamp(0.5F + (mixed - 0.5F) / spread, 0.0F, 1.0F);
    }
  });
  return plane;
}

}  // namespace skyline::editor
