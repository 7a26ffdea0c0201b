// What a view shows of traced points: numbers of the field ("values"), and the colours of those numbers.
//
// Colour views have three values, display-encoded; the others up to three (a distance, a normal, an object's place). Values are what is
// kept and interpolated; colours are made when a frame is composed, because some ranges are those of the whole picture.
#pragma once

#include "core/camera.h"
#include "core/image.h"
#include "nerf/cpu/renderer.h"
#include "renderer/objects_below.h"
#include "renderer/progressive.h"

#include <cstdint>
#include <span>
#include <vector>

namespace skyline::renderer {

inline constexpr int kValueChannels = 3;

// Which layers of a picture the view needs, set in a render request. Depth is always needed.
void ask_for(View view, nerf::RenderRequest& request);

// What values of other views than colour need from outside.
struct ValueSources {
  View view = View::kColour;
  const core::RayGenerator* rays = nullptr;  // kObject
  const ObjectsBelow* objects = nullptr;     // kObject
  const core::FloatImage* truth = nullptr;   // kDifference
};

// Values of point i of a traced picture that lies at the image point `at`.
void value_of(const ValueSources& sources, const nerf::Picture& picture, std::size_t i, glm::vec2 at, float* value);

// Range of the numbers that the colours span: from the 1st to the 99th percentile of a few thousand of them (hits only), [0, 1] for views
// whose numbers need none.
struct ValueRange {
  float low = 0, high = 1;
};
ValueRange range_of(View view, std::span<const float> values, int levels);

// Colour of a value, display-encoded [0, 1].
void colour_of(View view, ValueRange range, const float* value, float* rgb);

}  // namespace skyline::renderer
