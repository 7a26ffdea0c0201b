#include "models/caption/seen_relations.h"

#include "city/polygon.h"

#include <algorithm>

namespace skyline::models {
namespace {

constexpr double kBesideGap = 15;      // metres
constexpr double kAcrossGap = 150;     // metres from the water, on each side
constexpr double kWaterShare = 0.003;  // of the picture, to be seen between two things
constexpr double kDeeper = 1.2;        // times as far away: behind
constexpr double kOverlap = 0.3;       // of the narrower one's columns
constexpr double kApart = 0.08;        // of the picture's width between two middles: left or right

double width_of(const city::Object& object) {
  if (!object.path.empty()) return object.width;
  const city::Rectangle box = city::bounds(object);
  return std::max(box.high.x - box.low.x, box.high.y - box.low.y);
}

bool crosses(const city::Path& path, glm::dvec2 a, glm::dvec2 b) {
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    if (city::segments_touch(path[i], path[i + 1], a, b)) return true;
  }
  return false;
}

std::optional<std::size_t> water_between(const CaptionScene& scene, const std::vector<SeenObject>& seen, const city::Object& a,
                                         const city::Object& b) {
  for (std::size_t i = 0; i < seen.size() && seen[i].share >= kWaterShare; ++i) {
    if (!seen[i].subject.line || !city::is_a(seen[i].subject.object_class, city::ObjectClass::kWater)) continue;
    const city::Object* const water = scene.city.catalogue().find(seen[i].subject.id);
    if (water == nullptr || !crosses(water->path, city::centroid(a), city::centroid(b))) continue;
    const double gap_a = city::gap(a, *water), gap_b = city::gap(b, *water);
    if (gap_a > 0 && gap_b > 0 && gap_a <= kAcrossGap && gap_b <= kAcrossGap) return i;
  }
  return std::nullopt;
}

double shared_columns(const SeenObject& a, const SeenObject& b) {
  const double shared = std::min(a.right, b.right) - std::max(a.left, b.left);
  return shared / std::max(1e-6, std::min(a.right - a.left, b.right - b.left));
}

}  // namespace

bool is_beside(const city::Object& a, const city::Object& b) {
  return city::gap(a, b) <= std::max(kBesideGap, 0.5 * std::max(width_of(a), width_of(b)));
}

std::optional<SeenRelation> relation_between(const CaptionScene& scene, const std::vector<SeenObject>& seen, std::size_t object,
                                             std::size_t anchor, bool looks_ahead) {
  const SeenObject &a = seen[object], &b = seen[anchor];
  const city::Object* const first = scene.city.catalogue().find(a.subject.id);
  const city::Object* const second = scene.city.catalogue().find(b.subject.id);
  if (first == nullptr || second == nullptr) return std::nullopt;
  using enum SeenRelation::Kind;
  if (const auto water = water_between(scene, seen, *first, *second)) return SeenRelation{kAcross, object, anchor, water};
  if (is_beside(*first, *second)) return SeenRelation{kBeside, object, anchor, {}};
  if (looks_ahead && shared_columns(a, b) >= kOverlap) {
    if (a.nearest > kDeeper * b.distance) return SeenRelation{kBehind, object, anchor, {}};
    if (b.nearest > kDeeper * a.distance) return SeenRelation{kInFront, object, anchor, {}};
  }
  if (a.middle < b.middle - kApart) return SeenRelation{kLeft, object, anchor, {}};
  if (a.middle > b.middle + kApart) return SeenRelation{kRight, object, anchor, {}};
  return std::nullopt;
}

}  // namespace skyline::models
