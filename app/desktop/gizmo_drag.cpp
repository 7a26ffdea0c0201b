#include "app/desktop/gizmo_drag.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include <cmath>
#include <numbers>

namespace skyline::app::desktop {
namespace {

constexpr double kLeastMove = 1e-3, kLeastTurn_deg = 0.01, kLeastScaling = 1e-3;  // what a hand that trembles does
constexpr double kLeastFactor = 0.05, kMostFactor = 50;

// Whole millimetres, hundredths of degrees and so on: a gesture of the history has readable numbers.
double rounded(double value, double step) { return std::round(value / step) * step + 0.0; }

}  // namespace

std::string GizmoDrag::command(const glm::mat4& now) const {
  const std::string targets = fmt::format("[{}]", fmt::join(targets_, ", "));
  switch (mode_) {
    case GizmoMode::kNone:
      return {};
    case GizmoMode::kMove: {
      const glm::dvec3 offset = glm::dvec3(now[3]) - glm::dvec3(begin_[3]);
      if (glm::length(offset) < kLeastMove) return {};
      return fmt::format(R"({{"command": "edit.move", "targets": {}, "offset": [{:.3f}, {:.3f}, {:.3f}], "on_ground": {}}})", targets,
                         offset.x, offset.y, offset.z, std::abs(offset.z) < kLeastMove);
    }
    case GizmoMode::kRotate: {
      const auto heading = [](const glm::mat4& m) { return std::atan2(static_cast<double>(m[0].y), static_cast<double>(m[0].x)); };
      const double turn = std::remainder(heading(now) - heading(begin_), 2 * std::numbers::pi) * 180 / std::numbers::pi;
      if (std::abs(turn) < kLeastTurn_deg) return {};
      return fmt::format(R"({{"command": "edit.rotate", "targets": {}, "angle": {}}})", targets, rounded(turn, 0.01));
    }
    case GizmoMode::kScale: {
      glm::dvec3 factor(1.0);
      bool changed = false;
      for (int axis = 0; axis < 3; ++axis) {
        const double before = glm::length(glm::dvec3(begin_[axis])), after = glm::length(glm::dvec3(now[axis]));
        factor[axis] = rounded(glm::clamp(after / before, kLeastFactor, kMostFactor), 1e-4);
        changed = changed || std::abs(factor[axis] - 1) >= kLeastScaling;
      }
      if (!changed) return {};
      return fmt::format(R"({{"command": "edit.scale", "targets": {}, "factor": [{}, {}, {}]}})", targets, factor.x, factor.y, factor.z);
    }
  }
  return {};
}

}  // namespace skyline::app::desktop
