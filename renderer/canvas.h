// The picture that is refined at rest: what each pixel shows, and how many samples of its own it already has.
//
// A pixel without samples shows what was put there from outside (the moving picture, a guess from few rays); from its first sample on it
// shows the mean of its samples and nothing else, so that the end does not depend on the way.
#pragma once

#include "core/camera.h"
#include "renderer/lattice.h"
#include "renderer/tracer.h"
#include "renderer/values.h"

#include <cstdint>
#include <span>
#include <vector>

namespace skyline::renderer {

class Canvas {
 public:
  // Begins from values of another source; all pixels count as not yet sampled.
  void begin(glm::ivec2 size, std::vector<float> value, std::vector<float> depth);
  // All pixels count as not yet sampled; what they show stays.
  void begin_again();
  // The pixels in [low, high) count as not yet sampled; what they show stays.
  void reopen(glm::ivec2 low, glm::ivec2 high);
  // Pixels in [low, high) without samples show these values [rows, columns, 3] and depths [rows, columns].
  void guess(glm::ivec2 low, glm::ivec2 high, std::span<const float> value, std::span<const float> depth);
  int samples(std::size_t pixel) const { return count_[pixel]; }
  // Takes in samples, at most one of each pixel; those of pixel centres give the depth too.
  void add(const Points& points, const Traced& traced, bool centres);
  // Writes colours and depths of a frame of the same size. Colours of pixels without samples are their values' too.
  void compose(View view, int levels, Frame& frame);

 private:
  void colour_pixel(std::size_t pixel);

  glm::ivec2 size_{0};
  std::vector<float> value_;  // [height, width, 3], the sum over the pixel's samples
  std::vector<float> depth_;  // [height, width]
  std::vector<std::uint8_t> count_;
  // Colours of the values as they were composed last, and what they were composed for; samples taken in since then are in `fresh_`.
  std::vector<std::uint8_t> rgba_;  // [height, width, 4]
  View view_ = View::kColour;
  ValueRange range_;
  std::vector<std::uint32_t> fresh_;  // pixels
};

// Writes colours of values [height, width, 3] to the frame.
void write_colours(View view, int levels, std::span<const float> value, Frame& frame);

}  // namespace skyline::renderer
