// Grading of finished pictures: exposure, white balance, saturation.
#pragma once

#include "core/image.h"
#include "editor/operation.h"

#include <glm/vec3.hpp>

namespace skyline::editor {

// Prepared for many pixels. Works in linear light (IEC 61966-2-1), where exposure and white balance are factors.
class Grader {
 public:
  explicit Grader(const Grading& grading);
  // True when every colour stays as it is.
  bool changes_nothing() const { return same_; }
  glm::vec3 graded(const glm::vec3& display_encoded) const;
  void grade(core::FloatImage& picture) const;  // [height, width, 3], display-encoded

 private:
  bool same_ = true;
  glm::vec3 gain_{1.0F};
  float saturation_ = 1;
};

}  // namespace skyline::editor
