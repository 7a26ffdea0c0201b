#include "app/desktop/transform_tool.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <glm/geometric.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <utility>

namespace skyline::app::desktop {
namespace {

constexpr double kSnapMetres = 1, kSnapDegrees = 15, kSnapFactor = 0.1;
constexpr double kLeastFactor = 0.05, kMostFactor = 50;
constexpr double kNearPivot = 0.3;       // metres; nearer to the pivot the hand has no direction
constexpr double kPixelsOfDouble = 160;  // of height: the hand goes up so far for twice the height
constexpr double kMetresAPixel = 0.2;    // of a lift
constexpr std::size_t kLongestNumber = 12;

double snapped(double value, double step) { return std::round(value / step) * step; }

// The number that was typed; nothing while it is none.
std::optional<double> number_of(const std::string& typed) {
  double value = 0;
  const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), value);
  if (error != std::errc() || end != typed.data() + typed.size()) return std::nullopt;
  return value;
}

}  // namespace

TransformTool::TransformTool(Kind kind, editor::ObjectIds targets, const glm::dvec3& pivot)
    : kind_(kind), targets_(std::move(targets)), pivot_(pivot) {}

void TransformTool::point(const ToolPointer& pointer, bool snap) {
  snap_ = snap;
  if (!begin_) begin_ = pointer;
  if (kind_ == Kind::kRotate && now_ && now_->ground && pointer.ground) {
    const glm::dvec2 before = *now_->ground - glm::dvec2(pivot_), after = *pointer.ground - glm::dvec2(pivot_);
    if (glm::length(before) > kNearPivot && glm::length(after) > kNearPivot) {
      const double turn = std::atan2(after.y, after.x) - std::atan2(before.y, before.x);
      turned_deg_ += std::remainder(turn, 2 * std::numbers::pi) * 180 / std::numbers::pi;
    }
  }
  // Above the horizon the hand rests where it was.
  const auto ground = pointer.ground ? pointer.ground : now_ ? now_->ground : std::nullopt;
  now_ = pointer;
  now_->ground = ground;
  if (!begin_->ground) begin_->ground = ground;
}

void TransformTool::press_axis(Axis axis) { axis_ = axis == axis_ ? Axis::kNone : axis; }

void TransformTool::type(char character) {
  if (character == '-') {
    if (!typed_.empty() && typed_.front() == '-') {
      typed_.erase(0, 1);
    } else {
      typed_ = '-' + typed_;
    }
    return;
  }
  const bool digit = character >= '0' && character <= '9';
  const bool point = character == '.' && typed_.find('.') == std::string::npos;
  if ((digit || point) && typed_.size() < kLongestNumber) typed_ += character;
}

void TransformTool::erase() {
  if (!typed_.empty()) typed_.pop_back();
}

glm::dvec3 TransformTool::offset() const {
  if (const auto number = number_of(typed_)) {
    if (axis_ == Axis::kHeight) return {0, 0, *number};
    return axis_ == Axis::kY ? glm::dvec3(0, *number, 0) : glm::dvec3(*number, 0, 0);
  }
  if (!begin_ || !now_) return glm::dvec3(0.0);
  glm::dvec3 moved(0.0);
  if (axis_ == Axis::kHeight) {
    moved.z = (begin_->pixel.y - now_->pixel.y) * kMetresAPixel;
  } else if (begin_->ground && now_->ground) {
    moved = {*now_->ground - *begin_->ground, 0};
  }
  for (int i = 0; i < 2 && grid_ > 0 && axis_ != Axis::kHeight; ++i) moved[i] = snapped(pivot_[i] + moved[i], grid_) - pivot_[i];
  if (axis_ == Axis::kX) moved.y = 0;
  if (axis_ == Axis::kY) moved.x = 0;
  if (snap_ && grid_ <= 0) {
    for (int i = 0; i < 3; ++i) moved[i] = snapped(moved[i], kSnapMetres);
  }
  return moved;
}

double TransformTool::angle_deg() const {
  if (const auto number = number_of(typed_)) return *number;
  return snap_ ? snapped(turned_deg_, kSnapDegrees) : turned_deg_;
}

glm::dvec3 TransformTool::factor() const {
  double factor = 1;
  if (const auto number = number_of(typed_)) {
    factor = *number;
  } else if (begin_ && now_) {
    if (axis_ == Axis::kHeight) {
      factor = std::pow(2.0, (begin_->pixel.y - now_->pixel.y) / kPixelsOfDouble);
    } else {
      factor = glm::length(now_->pixel) / std::max(1.0, glm::length(begin_->pixel));
    }
    factor = std::clamp(factor, kLeastFactor, kMostFactor);
    if (snap_) factor = std::max(kSnapFactor, snapped(factor, kSnapFactor));
  }
  if (axis_ == Axis::kX) return {factor, 1, 1};
  if (axis_ == Axis::kY) return {1, factor, 1};
  if (axis_ == Axis::kHeight) return {1, 1, factor};
  return glm::dvec3(factor);
}

std::string TransformTool::command() const {
  const auto line = [&](std::string_view id, std::string_view arguments) {
    return fmt::format(R"({{"command": "{}", "targets": [{}], {}}})", id, fmt::join(targets_, ", "), arguments);
  };
  const auto list = [](const glm::dvec3& v) { return fmt::format("[{}, {}, {}]", v.x, v.y, v.z); };
  const bool on_ground = axis_ != Axis::kHeight;
  switch (kind_) {
    case Kind::kMove:
      if (offset() == glm::dvec3(0.0)) return {};
      return line("edit.move", fmt::format(R"("offset": {}, "on_ground": {})", list(offset()), on_ground));
    case Kind::kDuplicate:
      return line("edit.duplicate", fmt::format(R"("offset": {}, "on_ground": {})", list(offset()), on_ground));
    case Kind::kRotate:
      return angle_deg() == 0 ? std::string() : line("edit.rotate", fmt::format(R"("angle": {})", angle_deg()));
    case Kind::kScale:
      return factor() == glm::dvec3(1.0) ? std::string() : line("edit.scale", fmt::format(R"("factor": {})", list(factor())));
  }
  return {};
}

std::string TransformTool::text(editor::Language language) const {
  const auto word = [&](const char* en, const char* zh) { return language == editor::Language::kChinese ? zh : en; };
  std::string text;
  const glm::dvec3 moved = offset();
  switch (kind_) {
    case Kind::kMove:
    case Kind::kDuplicate:
      text = kind_ == Kind::kMove ? word("Move", "移动") : word("Duplicate", "复制");
      if (axis_ == Axis::kHeight) {
        text += fmt::format("   {} {:+.2f} m", word("up", "高"), moved.z);
      } else {
        if (axis_ != Axis::kY) text += fmt::format("   X {:+.2f} m", moved.x);
        if (axis_ != Axis::kX) text += fmt::format("   Y {:+.2f} m", moved.y);
        if (axis_ == Axis::kNone) text += fmt::format("   ({:.2f} m)", glm::length(moved));
      }
      break;
    case Kind::kRotate:
      text = fmt::format("{}   {:+.1f}°", word("Rotate", "旋转"), angle_deg());
      break;
    case Kind::kScale: {
      const glm::dvec3 scaled = factor();
      text = word("Scale", "缩放");
      if (axis_ == Axis::kNone) text += fmt::format("   × {:.3f}", scaled.x);
      if (axis_ == Axis::kX) text += fmt::format("   X × {:.3f}", scaled.x);
      if (axis_ == Axis::kY) text += fmt::format("   Y × {:.3f}", scaled.y);
      if (axis_ == Axis::kHeight) text += fmt::format("   {} × {:.3f}", word("height", "高度"), scaled.z);
      break;
    }
  }
  if (!typed_.empty()) text += fmt::format("   [{}_]", typed_);
  return text;
}

}  // namespace skyline::app::desktop
