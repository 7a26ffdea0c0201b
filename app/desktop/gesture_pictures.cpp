#include "app/desktop/gesture_pictures.h"

#include <algorithm>
#include <cstddef>

namespace skyline::app::desktop {
namespace {

constexpr std::size_t kKept = 500;  // 8 MiB

// The largest part in the middle that has the small picture's shape.
core::Image cut(const renderer::Frame& frame) {
  const int width = std::min(frame.width, std::max(1, frame.height * GesturePictures::kWidth / GesturePictures::kHeight));
  const int height = std::min(frame.height, std::max(1, frame.width * GesturePictures::kHeight / GesturePictures::kWidth));
  const int left = (frame.width - width) / 2, top = (frame.height - height) / 2;
  core::Image image{width, height, {}};
  image.pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  for (int row = top; row < top + height; ++row) {
    const std::uint8_t* from =
        frame.pixels.data() + 4 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(frame.width) + static_cast<std::size_t>(left));
    for (int column = 0; column < width; ++column, from += 4) image.pixels.insert(image.pixels.end(), from, from + 3);
  }
  return image;
}

}  // namespace

const core::Image* GesturePictures::find(std::int64_t gesture) const {
  const auto found = pictures_.find(gesture);
  return found == pictures_.end() ? nullptr : &found->second;
}

void GesturePictures::take(std::int64_t gesture, const renderer::Frame& frame) {
  if (pictures_.contains(gesture) || frame.width < 1 || frame.height < 1) return;
  pictures_.emplace(gesture, core::resize_area(cut(frame), kWidth, kHeight));
  // The scene before the first gesture is kept.
  if (pictures_.size() > kKept) pictures_.erase(std::next(pictures_.begin()));
}

}  // namespace skyline::app::desktop
