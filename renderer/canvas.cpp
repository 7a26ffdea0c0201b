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
  rgba_.clear();
}

void Canvas::begin_again() {
  for (std::size_t i = 0; i < count_.size(); ++i) {
    if (count_[i] < 2) continue;
    for (std::size_t c = 0; c < kValueChannels; ++c) value_[i * kValueChannels + c] /= static_cast<float>(count_[i]);
  }
  std::fill(count_.begin(), count_.end(), std::uint8_t{0});
}

void Canvas::reopen(glm::ivec2 low, glm::ivec2 high) {
  for (int row = low.y; row < high.y; ++row) {
    for (int column = low.x; column < high.x; ++column) {
      const auto pixel = static_cast<std::size_t>(row) * static_cast<std::size_t>(size_.x) + static_cast<std::size_t>(column);
      for (std::size_t c = 0; c < kValueChannels && count_[pixel] > 1; ++c)
        value_[pixel * kValueChannels + c] /= static_cast<float>(count_[pixel]);
      count_[pixel] = 0;
    }
  }
}

void Canvas::guess(glm::ivec2 low, glm::ivec2 high, std::span<const float> value, std::span<const float> depth) {
  std::size_t at = 0;
  for (int row = low.y; row < high.y; ++row) {
    for (int column = low.x; column < high.x; ++column, ++at) {
      const auto pixel = static_cast<std::size_t>(row) * static_cast<std::size_t>(size_.x) + static_cast<std::size_t>(column);
      if (count_[pixel] != 0) continue;
      std::copy_n(value.begin() + static_cast<std::ptrdiff_t>(at * kValueChannels), kValueChannels,
                  value_.begin() + static_cast<std::ptrdiff_t>(pixel * kValueChannels));
      depth_[pixel] = depth[at];
      fresh_.push_back(static_cast<std::uint32_t>(pixel));
    }
  }
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
  fresh_.insert(fresh_.end(), points.pixel.begin(), points.pixel.end());
}

void Canvas::colour_pixel(std::size_t pixel) {
  const float* value = value_.data() + pixel * kValueChannels;
  if (count_[pixel] > 1) {
    const auto count = static_cast<float>(count_[pixel]);
    const float mean[kValueChannels] = {value[0] / count, value[1] / count, value[2] / count};
    write_colour(view_, range_, mean, rgba_.data() + pixel * 4);
  } else {
    write_colour(view_, range_, value, rgba_.data() + pixel * 4);
  }
}

void Canvas::compose(View view, int levels, Frame& frame) {
  const ValueRange range = range_of(view, value_, levels);
  const bool all = rgba_.empty() || view != view_ || range.low != range_.low || range.high != range_.high;
  view_ = view;
  range_ = range;
  rgba_.resize(depth_.size() * 4);
  const auto count = static_cast<std::int64_t>(all ? depth_.size() : fresh_.size());
  core::parallel_for_ranges(count, kGrain, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) colour_pixel(all ? i : fresh_[i]);
  });
  fresh_.clear();
  core::parallel_for_ranges(static_cast<std::int64_t>(depth_.size()), 4 * kGrain, [&](std::int64_t begin, std::int64_t end) {
    std::copy(rgba_.begin() + 4 * begin, rgba_.begin() + 4 * end, frame.pixels.begin() + 4 * begin);
    std::copy(depth_.begin() + begin, depth_.begin() + end, frame.depth.begin() + begin);
  });
}

}  // namespace skyline::renderer
