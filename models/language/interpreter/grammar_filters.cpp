// Tests of references from their words: bounds, distances, bearings, comparisons, colours of a part.
#include "models/language/interpreter/grammar.h"

#include <algorithm>
#include <array>
#include <utility>

namespace skyline::models {

using Unit = Amount::Unit;

std::optional<Meaning> bounded(const Bounds& bounds) {
  const Unit unit = bounds.amount.unit;
  std::optional<Measure> measure = bounds.measure;
  if (unit == Unit::kSquareMetre) measure = Measure::kArea;
  if (!measure) measure = Measure::kHeight;
  Query query;
  query.measures.push_back({.measure = *measure, .comparison = bounds.comparison, .value = bounds.amount.value, .anchor = {}});
  if (bounds.upper) {
    query.measures.push_back({.measure = *measure, .comparison = Comparison::kAtMost, .value = bounds.upper->value, .anchor = {}});
  }
  return query;
}

std::optional<Meaning> at_distance(const Bounds& bounds, const Query& anchor) {
  if (bounds.amount.unit != Unit::kMetre || bounds.upper) return std::nullopt;
  const bool far = bounds.comparison == Comparison::kGreater || bounds.comparison == Comparison::kAtLeast;
  return with_relation(far ? Relation::kBeyond : Relation::kWithin, {anchor}, bounds.amount.value);
}

std::optional<Meaning> towards(Heading heading, const Query* anchor) {
  if (!is_world(heading)) {
    Relation relation = Relation::kLeft;
    if (heading == Heading::kRight)
      relation = Relation::kRight;
    else if (heading == Heading::kForward || heading == Heading::kBack)
      relation = heading == Heading::kForward ? Relation::kBehind : Relation::kFront;
    else if (heading != Heading::kLeft)
      return std::nullopt;
    return anchor == nullptr ? with_relation(relation, {}) : with_relation(relation, {*anchor});
  }
  Query query = anchor == nullptr ? with_relation(Relation::kTowards, {}) : with_relation(Relation::kTowards, {*anchor});
  query.relations.front().bearing_deg = bearing_of(heading);
  return query;
}

std::optional<Meaning> than(const Word& comparative, const Query& anchor) {
  if (comparative.feature("post") == "yes" && comparative.feature("measure").empty()) return std::nullopt;
  const Measure measure = measure_said(comparative).value_or(Measure::kHeight);
  if (measure == Measure::kDistance) return std::nullopt;
  Comparison comparison = comparative.feature("large") == "no" ? Comparison::kLess : Comparison::kGreater;
  if (const auto said = comparison_said(comparative); said && comparative.kind == "comparative") comparison = *said;
  Query query;
  query.measures.push_back({.measure = measure, .comparison = comparison, .value = 0, .anchor = share(anchor)});
  return query;
}

std::optional<Meaning> surface_colour(const Word& colour, std::string_view part) {
  Query query;
  query.colours.push_back({.colour = std::string(colour.value),
                           .surface = part == "roof"   ? Surface::kRoof
                                      : part == "wall" ? Surface::kWall
                                                       : Surface::kAny,
                           .negated = false});
  return query;
}

std::optional<Meaning> towards_side(const Word& relation) {
  const bool left = relation.value == "left", right = relation.value == "right", behind = relation.value == "behind";
  if (!left && !right && !behind && relation.value != "front") return std::nullopt;
  if (relation.surface.ends_with("most") || relation.surface.starts_with("最")) {
    Query query;
    query.order = Order{};
    query.order->measure = left || right ? Measure::kRight : Measure::kDepth;
    query.order->descending = right || behind;
    return query;
  }
  return with_relation(left ? Relation::kLeft : right ? Relation::kRight : behind ? Relation::kBehind : Relation::kFront, {});
}

bool stands_before(const Word& relation) {
  if (relation.feature("post") == "yes") return false;
  const std::string_view text = relation.surface;
  if (text.ends_with("着")) return true;
  static constexpr std::array<std::string_view, 26> kBefore{"紧邻", "紧靠", "紧贴",   "邻近", "毗邻", "靠",   "靠近", "临近", "沿",
                                                            "介于", "夹在", "离",     "距离", "距",   "面对", "远离", "离开", "在",
                                                            "于",   "位于", "坐落在", "处于", "立在", "停在", "跨过", "横跨"};
  if (std::find(kBefore.begin(), kBefore.end(), text) != kBefore.end()) return true;
  return relation.value == "to" || relation.value == "towards" || relation.value == "from" || relation.value == "with" ||
         relation.value == "without" || relation.value == "of";
}

std::optional<Query> fused_relation(const Word& relation) {
  using enum city::ObjectClass;
  static constexpr std::array<std::pair<std::string_view, city::ObjectClass>, 12> kAnchors{{{"铁路", kRailway},
                                                                                            {"路", kRoad},
                                                                                            {"街", kRoad},
                                                                                            {"河", kRiver},
                                                                                            {"江", kRiver},
                                                                                            {"湖", kLake},
                                                                                            {"海", kSea},
                                                                                            {"池", kPond},
                                                                                            {"水", kWater},
                                                                                            {"岸", kWater},
                                                                                            {"河", kRiver},
                                                                                            {"塘", kPond}}};
  if (relation.value != "along" && relation.value != "across") return std::nullopt;
  std::string_view text = relation.surface;
  for (const std::string_view prefix : {"沿", "临"}) {
    if (text.starts_with(prefix) && text.size() > prefix.size()) text.remove_prefix(prefix.size());
  }
  for (const auto& [word, object_class] : kAnchors) {
    if (!text.starts_with(word)) continue;
    Query anchor;
    anchor.classes = {object_class};
    anchor.quantity = Quantity::kAll;
    return relation_filter(relation, anchor);
  }
  return std::nullopt;
}

}  // namespace skyline::models
