// Small pictures of what the view showed after each gesture of the document, for the history. Taken from the view's own pictures when they
// begin to rest; nothing is drawn for them. One thread.
#pragma once

#include "core/image.h"
#include "renderer/progressive.h"

#include <cstdint>
#include <map>

namespace skyline::app::desktop {

class GesturePictures {
 public:
  static constexpr int kWidth = 96, kHeight = 60;

  // Null: none was taken, or it was so long ago that it was given up. `gesture`: its number, 0: the scene before the first.
  const core::Image* find(std::int64_t gesture) const;
  // The middle of the frame, reduced; the first picture of a gesture stays.
  void take(std::int64_t gesture, const renderer::Frame& frame);
  void forget() { pictures_.clear(); }

 private:
  std::map<std::int64_t, core::Image> pictures_;
};

}  // namespace skyline::app::desktop
