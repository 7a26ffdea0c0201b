#include "editor/picture_style.h"

#include "core/parallel.h"
#include "editor/style_recipes.h"
#include "nerf/edit/colour_tools.h"

#include <algorithm>
#include <cmath>

namespace skyline::editor {
namespace {

constexpr float kUnitsHigh = 180;                      // lengths of the filters are told in shares of this
constexpr std::int64_t kMotionPixels = 320 * 180 * 2;  // that a filter looks at in motion; half of a 50 ms frame on two cores

// The picture in small: means over squares of `by` pixels; distances of their middles.
void shrink(const ColourSheet& colours, const Plane& distance, int by, ColourSheet& small, Plane& small_distance) {
  small.resize((colours.width + by - 1) / by, (colours.height + by - 1) / by);
  small_distance.resize(small.width, small.height);
  core::parallel_for_ranges(small.height, 4, [&](std::int64_t begin, std::int64_t end) {
    for (auto row = static_cast<int>(begin); row < static_cast<int>(end); ++row) {
      for (int column = 0; column < small.width; ++column) {
        glm::vec3 sum(0.0F);
        float count = 0;
        for (int y = row * by; y < std::min((row + 1) * by, colours.height); ++y) {
          for (int x = column * by; x < std::min((column + 1) * by, colours.width); ++x, ++count) sum += colours.at(x, y);
        }
        small.at(column, row) = sum / count;
        small_distance.at(column, row) = distance.near(column * by + by / 2, row * by + by / 2);
      }
    }
  });
}

glm::vec3 between(const ColourSheet& small, float x, float y) {
  const float left = std::floor(x), top = std::floor(y);
  const int column = static_cast<int>(left), row = static_cast<int>(top);
  return nerf::mix(nerf::mix(small.near(column, row), small.near(column + 1, row), x - left),
                   nerf::mix(small.near(column, row + 1), small.near(column + 1, row + 1), x - left), y - top);
}

core::Camera shrunk(const core::Camera& camera, int by) {
  core::Camera small = camera;
  const double share = 1.0 / by;
  small.width = (camera.width + by - 1) / by;
  small.height = (camera.height + by - 1) / by;
  small.fl_x *= share;
  small.fl_y *= share;
  small.cx *= share;
  small.cy *= share;
  return small;
}

// Distances for lines and grain also where the field ends: on the ground that it stands on, as far as one can tell from what is seen.
Plane with_ground(const core::Camera& camera, const Plane& distance) {
  const core::RayGenerator rays(camera);
  const auto ray_at = [&](int x, int y) { return rays.ray(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F); };
  std::vector<float> heights;
  constexpr int kStep = 7;
  for (int y = 0; y < distance.height; y += kStep) {
    for (int x = 0; x < distance.width; x += kStep) {
      const core::Ray ray = ray_at(x, y);
      if (distance.at(x, y) > 0) heights.push_back(ray.origin.z + ray.direction.z * distance.at(x, y));
    }
  }
  if (heights.empty()) return distance;
  const auto low = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 5);
  std::nth_element(heights.begin(), low, heights.end());
  Plane filled = distance;
  core::parallel_for_ranges(distance.height, 8, [&](std::int64_t begin, std::int64_t end) {
    for (auto y = static_cast<int>(begin); y < static_cast<int>(end); ++y) {
      for (int x = 0; x < distance.width; ++x) {
        if (distance.at(x, y) > 0) continue;
        const core::Ray ray = ray_at(x, y);
        if (ray.direction.z < -1e-3F && ray.origin.z > *low) filled.at(x, y) = (*low - ray.origin.z) / ray.direction.z;
      }
    }
  });
  return filled;
}

// Mixes the style into the picture where it is wanted; `styled` may be smaller by the factor `by`.
void mix_in(const StyleLayer& style, const ColourSheet& styled, int by, const core::Camera& camera, const Plane& distance,
            ColourSheet& colours) {
  const core::RayGenerator rays(camera);
  core::parallel_for_ranges(colours.height, 8, [&](std::int64_t begin, std::int64_t end) {
    for (auto y = static_cast<int>(begin); y < static_cast<int>(end); ++y) {
      for (int x = 0; x < colours.width; ++x) {
        float share = style.strength;
        if (style.where) {
          const float there = distance.at(x, y);
          if (!(there > 0)) continue;
          const core::Ray ray = rays.ray(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
          share *= style.where->share(ray.origin + ray.direction * there);
        }
        if (!(share > 0)) continue;
        const auto small = [&](int at) { return (static_cast<float>(at) + 0.5F) / static_cast<float>(by) - 0.5F; };
        const glm::vec3 wanted = by == 1 ? styled.at(x, y) : between(styled, small(x), small(y));
        colours.at(x, y) = share >= 1 ? wanted : nerf::mix(colours.at(x, y), wanted, share);
      }
    }
  });
}

void repaint_sheet(const StyleStack& styles, const core::Camera& camera, const Plane& distance, StyleDetail detail, ColourSheet& colours) {
  const Plane everywhere = with_ground(camera, distance);
  for (const StyleLayer& style : styles) {
    if (!(style.strength > 0) || (style.where && style.where->empty())) continue;
    int by = 1;
    const std::int64_t pixels = static_cast<std::int64_t>(colours.width) * colours.height;
    if (detail == StyleDetail::kMotion && !is_pointwise(style.style)) {
      while (pixels > kMotionPixels * by * by) ++by;
    }
    const auto unit = [](int height) { return std::max(static_cast<float>(height) / kUnitsHigh, 0.5F); };
    if (by == 1) {
      mix_in(style, in_style(style.style, {colours, everywhere, camera, unit(colours.height)}), 1, camera, distance, colours);
    } else {
      ColourSheet small;
      Plane small_distance;
      shrink(colours, everywhere, by, small, small_distance);
      mix_in(style, in_style(style.style, {small, small_distance, shrunk(camera, by), unit(small.height)}), by, camera, distance, colours);
    }
  }
}

Plane plane_of(const core::Camera& camera, std::span<const float> values) {
  Plane plane;
  plane.resize(camera.width, camera.height);
  std::copy_n(values.begin(), std::min(values.size(), plane.texels.size()), plane.texels.begin());
  return plane;
}

}  // namespace

void repaint(const StyleStack& styles, const core::Camera& camera, core::FloatImage& picture, std::span<const float> depth) {
  ColourSheet colours;
  colours.resize(picture.width, picture.height);
  for (std::size_t i = 0; i < colours.texels.size(); ++i)
    colours.texels[i] = {picture.pixels[i * 3], picture.pixels[i * 3 + 1], picture.pixels[i * 3 + 2]};
  repaint_sheet(styles, camera, plane_of(camera, depth), StyleDetail::kFull, colours);
  for (std::size_t i = 0; i < colours.texels.size(); ++i) {
    for (int c = 0; c < 3; ++c) picture.pixels[i * 3 + static_cast<std::size_t>(c)] = colours.texels[i][c];
  }
}

void repaint(const StyleStack& styles, const core::Camera& camera, std::span<std::uint8_t> rgba, std::span<const float> depth,
             StyleDetail detail) {
  ColourSheet colours;
  colours.resize(camera.width, camera.height);
  for (std::size_t i = 0; i < colours.texels.size(); ++i)
    colours.texels[i] = glm::vec3(rgba[i * 4], rgba[i * 4 + 1], rgba[i * 4 + 2]) * (1.0F / 255.0F);
  repaint_sheet(styles, camera, plane_of(camera, depth), detail, colours);
  for (std::size_t i = 0; i < colours.texels.size(); ++i) {
    for (int c = 0; c < 3; ++c)
      rgba[i * 4 + static_cast<std::size_t>(c)] = static_cast<std::uint8_t>(nerf::saturate(colours.texels[i][c]) * 255.0F + 0.5F);
  }
}

}  // namespace skyline::editor
