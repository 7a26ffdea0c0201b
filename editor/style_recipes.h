// What each style does with a picture. Private to the styler.
#pragma once

#include "editor/effect.h"
#include "editor/picture_filters.h"

namespace skyline::editor {

struct StyleInput {
  const ColourSheet& colours;
  const Plane& distance;
  const core::Camera& camera;  // of the sheets' size
  float unit = 1;              // pixels of a length of 1 / 180 of the picture's height
};

// The picture in the style, all of it. The same size.
ColourSheet in_style(Style style, const StyleInput& input);
// Looks at single pixels only: quick enough at any size.
bool is_pointwise(Style style);

}  // namespace skyline::editor
