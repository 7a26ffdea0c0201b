#include "models/language/interpreter/query.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace skyline::models {
namespace {

bool same(const QueryPtr& a, const QueryPtr& b) { return a == b || (a && b && *a == *b); }

bool same(const std::vector<QueryPtr>& a, const std::vector<QueryPtr>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!same(a[i], b[i])) return false;
  }
  return true;
}

bool same(const MeasureTest& a, const MeasureTest& b) {
  return a.measure == b.measure && a.comparison == b.comparison && a.value == b.value && same(a.anchor, b.anchor);
}

bool same(const SizeTest& a, const SizeTest& b) { return a.measure == b.measure && a.large == b.large; }

bool same(const ColourTest& a, const ColourTest& b) { return a.colour == b.colour && a.surface == b.surface && a.negated == b.negated; }

bool same(const RelationTest& a, const RelationTest& b) {
  return a.relation == b.relation && same(a.anchors, b.anchors) && a.distance == b.distance && a.bearing_deg == b.bearing_deg &&
         a.negated == b.negated;
}

bool same(const std::optional<Order>& a, const std::optional<Order>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->measure == b->measure && a->descending == b->descending && a->rank == b->rank && a->count == b->count &&
         same(a->anchor, b->anchor);
}

template <class Test>
bool same_list(const std::vector<Test>& a, const std::vector<Test>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!same(a[i], b[i])) return false;
  }
  return true;
}

constexpr std::array<std::string_view, 9> kMeasures{"height", "area", "length", "width", "distance", "north", "east", "right", "depth"};
constexpr std::array<std::string_view, 5> kComparisons{"<", "<=", "=", ">=", ">"};
constexpr std::array<std::string_view, 14> kRelations{"beside",  "near", "within", "beyond", "along",  "inside",  "between",
                                                      "towards", "left", "right",  "front",  "behind", "nearest", "across"};
constexpr std::array<std::string_view, 5> kStates{"selected", "hidden", "edited", "inserted", "visible"};
constexpr std::array<std::string_view, 10> kKinds{"class", "name", "ids", "this", "it", "selection", "scene", "union", "other", "earlier"};
constexpr std::array<std::string_view, 3> kSurfaces{"", " walls", " roof"};

template <class Word, std::size_t kCount>
std::string_view word(const std::array<std::string_view, kCount>& words, Word which) {
  return words.at(static_cast<std::size_t>(which));
}

std::string nested(const std::vector<QueryPtr>& queries) {
  std::string text;
  for (const QueryPtr& query : queries) text += fmt::format("{}({})", text.empty() ? "" : " ", query ? describe(*query) : "?");
  return text;
}

std::string head_of(const Query& query) {
  std::string text;
  switch (query.kind) {
    case Query::Kind::kClass:
      for (const city::ObjectClass c : query.classes) text += fmt::format("{}{}", text.empty() ? "" : "|", city::class_name(c));
      return text.empty() ? "anything" : text;
    case Query::Kind::kName:
      return fmt::format("\"{}\"", query.name);
    case Query::Kind::kIds:
      for (const std::int32_t id : query.ids) text += fmt::format("{}{}", text.empty() ? "#" : ", #", id);
      return text;
    case Query::Kind::kUnion:
      return fmt::format("union {}", nested(query.parts));
    default:
      text = std::string(word(kKinds, query.kind));
      for (const city::ObjectClass c : query.classes) text += fmt::format(" {}", city::class_name(c));
      return text;
  }
}

std::string quantity_of(const Query& query) {
  switch (query.quantity) {
    case Quantity::kThe:
      return "the";
    case Quantity::kAny:
      return "any";
    case Quantity::kAll:
      return "all";
    case Quantity::kCount:
      return std::to_string(query.count);
  }
  return {};
}

}  // namespace

bool operator==(const Query& a, const Query& b) {
  return a.kind == b.kind && a.classes == b.classes && a.also_named == b.also_named && a.name == b.name && a.ids == b.ids &&
         a.plural == b.plural && same(a.parts, b.parts) && same_list(a.measures, b.measures) && same_list(a.sizes, b.sizes) &&
         same_list(a.colours, b.colours) && a.tags == b.tags && a.states == b.states && same_list(a.relations, b.relations) &&
         same(a.order, b.order) && a.quantity == b.quantity && a.count == b.count && same(a.except, b.except);
}

std::string describe(const Query& query) {
  std::string text = head_of(query);
  const auto add = [&](const std::string& part) { text += fmt::format(", {}", part); };
  for (const SizeTest& test : query.sizes) add(fmt::format("{} {}", test.large ? "large" : "small", word(kMeasures, test.measure)));
  for (const MeasureTest& test : query.measures) {
    add(fmt::format(
        "{} {} {}", word(kMeasures, test.measure), word(kComparisons, test.comparison),
        test.anchor && test.measure != Measure::kDistance ? fmt::format("({})", describe(*test.anchor)) : fmt::format("{}", test.value)));
    if (test.anchor && test.measure == Measure::kDistance) text += fmt::format(" of ({})", describe(*test.anchor));
  }
  for (const ColourTest& test : query.colours) {
    add(fmt::format("{}{}{}", test.negated ? "not " : "", test.colour, word(kSurfaces, test.surface)));
  }
  for (const std::string& tag : query.tags) add(tag);
  for (const ObjectState state : query.states) add(std::string(word(kStates, state)));
  for (const RelationTest& test : query.relations) {
    std::string part = fmt::format("{}{}", test.negated ? "not " : "", word(kRelations, test.relation));
    if (test.relation == Relation::kTowards) part += fmt::format(" {} deg of", test.bearing_deg);
    if (test.distance > 0) part += fmt::format(" {} m", test.distance);
    add(test.anchors.empty() ? part : fmt::format("{} {}", part, nested(test.anchors)));
  }
  if (query.order) {
    const Order& order = *query.order;
    add(fmt::format("{} {}", order.descending ? "most" : "least", word(kMeasures, order.measure)));
    if (order.rank != 1) text += fmt::format(" rank {}", order.rank);
    if (order.count != 1) text += fmt::format(" top {}", order.count);
    if (order.anchor) text += fmt::format(" to ({})", describe(*order.anchor));
  }
  if (!query.except.empty()) add(fmt::format("except {}", nested(query.except)));
  return fmt::format("{} {}", quantity_of(query), text);
}

}  // namespace skyline::models
