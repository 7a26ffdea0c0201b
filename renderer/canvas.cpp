#include "renderer/canvas.h"

#include "core/parallel.h"

#include <algorithm>
#include <utility>

namespace skyline::renderer {
namespace {

constexpr std::int64_t kGrain = 16384;

std::uint8_t to_byte(float v) { return static_cast<std::uint8_t>(std::clamp(v, 0.0F, 1.0F) * 255.0F + 0.5F); }

void write_colour(View view, ValueRange range, const float* value, std::uint8_t* rgba) {
  float rgb[3];
  colour_of(view, range, value, rgb);
  for (int c = 0; c < 3; ++c) rgba[c] = to_byte(rgb[c]);
  rgba[3] = 255;
}

}  // namespace

void write_colours(View view, int levels, std::span<const float> value, Frame& frame) {
  const ValueRange range = range_of(view, value, levels);
  core::parallel_for_ranges(static_cast<std::int64_t>(value.size() / kValueChannels), kGrain, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
      write_colour(view, range, value.data() + i * kValueChannels, frame.pixels.data() + i * 4);
  });
}

void Canvas::begin(glm::ivec2 size, std::vector<float> value, std::vector<float> depth) {
  size_ = size;
  value_ = std::move(value);
  depth_ = std::move(depth);
  count_.assign(depth_.size(), 0);
}

void Canvas::begin_again() {
  for (std::size_t i = 0; i < count_.size(); ++i) {
    if (count_[i] < 2) continue;
    for (std::size_t c = 0; c < kValueChannels; ++c) value_[i * kValueChannels + c] /= static_cast<float>(count_[i]);
  }
  std::fill(count_.begin(), count_.end(), std::uint8_t{0});
}

void Canvas::add(const Points& points, const Traced& traced, bool centres) {
  core::parallel_for_ranges(static_cast<std::int64_t>(points.at.size()), kGrain, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      const std::size_t pixel = points.pixel[i];
      if (centres) depth_[pixel] = traced.depth[i];
      float* value = value_.data() + pixel * kValueChannels;
      const float* sample = traced.value.data() + i * kValueChannels;
      for (std::size_t c = 0; c < kValueChannels; ++c) value[c] = count_[pixel] == 0 ? sample[c] : value[c] + sample[c];
      ++count_[pixel];
    }
  });
}

void Canvas::compose(View view, int levels, Frame& frame) const {
  const ValueRange range = range_of(view, value_, levels);
  core::parallel_for_ranges(static_cast<std::int64_t>(depth_.size()), kGrain, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      const float* value = value_.data() + i * kValueChannels;
      if (count_[i] > 1) {
        const auto count = static_cast<float>(count_[i]);
        const float mean[kValueChannels] = {value[0] / count, value[1] / count, value[2] / count};
        write_colour(view, range, mean, frame.pixels.data() + i * 4);
      } else {
        write_colour(view, range, value, frame.pixels.data() + i * 4);
      }
    }
  });
  std::copy(depth_.begin(), depth_.end(), frame.depth.begin());
}

}  // namespace skyline::renderer
