// Styles: filters on the finished picture, after grading. Watercolour, ink, a comic...
//
//   repaint(styles, camera, picture, depth);    // every style in order
//
// Lengths of the filters are shares of the picture's height, so that a thumbnail and a large still look alike. Lines come from luminance
// and from jumps of the depth. Paper and canvas are noise in the world (P. Benard et al., "Dynamic Solid Textures", Siggraph 2009 Posters;
// one octave fades into the next with the distance), so that they stay on the city and do not swim when the camera moves; dots of print
// stay on the screen. Pixels that a style does not reach keep their bits; the same picture gives the same result on any number of threads.
#pragma once

#include "core/camera.h"
#include "core/image.h"
#include "editor/effect.h"
#include "nerf/edit/region_grid.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace skyline::editor {

struct StyleLayer {
  Style style = Style::kOil;
  float strength = 1;
  std::shared_ptr<const nerf::RegionGrid> where;  // null: the whole picture
};
using StyleStack = std::vector<StyleLayer>;

enum class StyleDetail : std::uint8_t {
  kFull,
  kMotion,  // filters that look around a pixel work on a smaller picture
};

// `picture` [height, width, 3] of the camera's size, display-encoded; `depth` [height, width] distances along the rays, 0 where nothing
// was hit.
void repaint(const StyleStack& styles, const core::Camera& camera, core::FloatImage& picture, std::span<const float> depth);
// `rgba` [height, width, 4].
void repaint(const StyleStack& styles, const core::Camera& camera, std::span<std::uint8_t> rgba, std::span<const float> depth,
             StyleDetail detail);

}  // namespace skyline::editor
