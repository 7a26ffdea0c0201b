// Filters that the styles are made of: blurs, the Kuwahara filter, lines, brush strokes, grain. Private to the styles.
//
// Pictures are planes of floats [height, width, channels]. Every function is deterministic on any number of threads.
#pragma once

#include "core/camera.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace skyline::editor {

template <class Texel>
struct Sheet {
  int width = 0, height = 0;
  std::vector<Texel> texels;

  void resize(int w, int h) {
    width = w;
    height = h;
    texels.resize(static_cast<std::size_t>(w) * static_cast<std::size_t>(h));
  }
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
  }
  Texel& at(int x, int y) { return texels[index(x, y)]; }
  const Texel& at(int x, int y) const { return texels[index(x, y)]; }
  // The border goes on outside.
  const Texel& near(int x, int y) const {
    return texels[index(x < 0 ? 0 : x >= width ? width - 1 : x, y < 0 ? 0 : y >= height ? height - 1 : y)];
  }
};
using ColourSheet = Sheet<glm::vec3>;
using Plane = Sheet<float>;
using FlowSheet = Sheet<glm::vec2>;

// Mean over a square of 2 * radius + 1 pixels, in time that does not depend on the radius.
void box_blur(ColourSheet& sheet, int radius, ColourSheet& scratch);
void box_blur(Plane& sheet, int radius, Plane& scratch);

Plane luminance_of(const ColourSheet& colours);

// Smooths and keeps edges: of eight neighbourhoods around a pixel those count most that vary least (M. Kuwahara et al. 1976; the weights
// after G. Papari et al., "Artistic edge and corner enhancing smoothing", 2007).
ColourSheet kuwahara(const ColourSheet& colours, int radius);

// Lines where a picture is darker than its surroundings: extended difference of Gaussians (H. Winnemoeller, "XDoG", NPAR 2011), Gaussians
// by two box blurs. 0 (no line) to 1.
Plane dark_lines(const Plane& luminance, float radius, float sensitivity);
// Lines where the inverse distance bends: outlines and ridges; planes have none. 0 to 1.
Plane depth_lines(const Plane& distance, int reach);
// The larger of both.
void join_lines(Plane& lines, const Plane& others);

// Unit vectors along which the picture changes least (structure tensor: J. Bigun, G. Granlund 1987), smoothed over `radius`; where nothing
// leads, `otherwise`.
FlowSheet flow_of(const Plane& luminance, int radius, const FlowSheet& otherwise);
// Mean along the flow, `reach` pixels both ways (line integral convolution: B. Cabral, L. Leedom 1993).
ColourSheet drawn_along(const ColourSheet& colours, const FlowSheet& flow, int reach);
Plane drawn_along(const Plane& values, const FlowSheet& flow, int reach);

// Noise that stays where it is in the world, features of `size` pixels, 0 to 1.
class Grain {
 public:
  Grain(const core::Camera& camera, const Plane& distance) : camera_(camera), distance_(distance) {}
  Plane noise(float size, std::uint32_t seed) const;

 private:
  const core::Camera& camera_;  // of the sheet's size
  const Plane& distance_;
};

}  // namespace skyline::editor
