// Tests of references from their words: bounds, distances, bearings, comparisons, colours of a part.
#include "models/language/interpreter/grammar.h"

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
    if (heading == Heading::kRight) relation = Relation::kRight;
    else if (heading == Heading::kForward || heading == Heading::kBack) relation = heading == Heading::kForward ? Relation::kBehind : Relation::kFront;
    else if (heading != Heading::kLeft) return std::nullopt;
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
  query.colours.push_back({.colour = std::string(colour.value), .surface = part == "roof" ? Surface::kRoof : part == "wall" ? Surface::kWall : Surface::kAny, .negated = false});
  return query;
}

}  // namespace skyline::models
