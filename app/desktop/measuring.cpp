#include "app/desktop/measuring.h"

#include "city/polygon.h"

#include <fmt/format.h>
#include <glm/geometric.hpp>

#include <cmath>

namespace skyline::app::desktop {
namespace {

city::Polygon plan_of(const std::vector<glm::dvec3>& points) {
  city::Polygon plan;
  for (const glm::dvec3& point : points) plan.emplace_back(point);
  return plan;
}

double perimeter(const city::Polygon& plan) {
  double length = 0;
  for (std::size_t i = 0; i < plan.size(); ++i) length += glm::distance(plan[i], plan[(i + 1) % plan.size()]);
  return length;
}

}  // namespace

double Measure::value() const {
  if (points.size() < 2) return 0;
  switch (kind) {
    case Kind::kDistance:
      return glm::distance(points.front(), points.back());
    case Kind::kHeight:
      return points.back().z - points.front().z;
    case Kind::kArea:
      return points.size() < 3 ? 0 : city::area(plan_of(points));
  }
  return 0;
}

std::string Measure::text(editor::Language language) const {
  const auto word = [&](const char* en, const char* zh) { return language == editor::Language::kChinese ? zh : en; };
  if (points.size() < 2) return {};
  switch (kind) {
    case Kind::kDistance: {
      const glm::dvec3 apart = points.back() - points.front();
      return fmt::format("{:.2f} m   ({} {:.2f} m, {} {:+.2f} m)", value(), word("level", "水平"), glm::length(glm::dvec2(apart)),
                         word("up", "高差"), apart.z);
    }
    case Kind::kHeight:
      return fmt::format("{} {:.2f} m", word("height", "高度"), value());
    case Kind::kArea:
      return fmt::format("{:.1f} m²   ({} {:.1f} m)", value(), word("around", "周长"), perimeter(plan_of(points)));
  }
  return {};
}

void Measuring::begin(Measure::Kind kind) { current_ = Measure{kind, {}}; }

bool Measuring::point(const glm::dvec3& at, const std::function<double(glm::dvec2)>& ground) {
  if (!current_) return false;
  if (current_->kind == Measure::Kind::kHeight && current_->points.empty()) {
    current_->points = {{at.x, at.y, ground(glm::dvec2(at))}, at};
    keep();
    return true;
  }
  current_->points.push_back(at);
  if (current_->kind != Measure::Kind::kDistance || current_->points.size() < 2) return false;
  keep();
  return true;
}

bool Measuring::end() {
  if (!current_) return false;
  const bool whole = current_->kind == Measure::Kind::kArea && current_->points.size() >= 3 && current_->value() > 0;
  if (whole) {
    keep();
  } else {
    give_up();
  }
  return whole;
}

// The next one of the kind may begin at once.
void Measuring::keep() {
  const Measure::Kind kind = current_->kind;
  done_.push_front(std::move(*current_));
  if (done_.size() > kKept) done_.pop_back();
  begin(kind);
}

}  // namespace skyline::app::desktop
