#include "models/language/interpreter/grammar.h"

#include <algorithm>
#include <array>
#include <utility>

namespace skyline::models {
namespace {

template <typename T, std::size_t kSize>
std::optional<T> look_up(const std::array<std::pair<std::string_view, T>, kSize>& table, std::string_view name) {
  for (const auto& [key, value] : table) {
    if (key == name) return value;
  }
  return std::nullopt;
}

constexpr std::array kMeasures{
    std::pair{std::string_view("height"), Measure::kHeight},     std::pair{std::string_view("area"), Measure::kArea},
    std::pair{std::string_view("length"), Measure::kLength},     std::pair{std::string_view("width"), Measure::kWidth},
    std::pair{std::string_view("distance"), Measure::kDistance}, std::pair{std::string_view("size"), Measure::kArea}};

constexpr std::array kHeadings{
    std::pair{std::string_view("north"), Heading::kNorth},     std::pair{std::string_view("northeast"), Heading::kNorthEast},
    std::pair{std::string_view("east"), Heading::kEast},       std::pair{std::string_view("southeast"), Heading::kSouthEast},
    std::pair{std::string_view("south"), Heading::kSouth},     std::pair{std::string_view("southwest"), Heading::kSouthWest},
    std::pair{std::string_view("west"), Heading::kWest},       std::pair{std::string_view("northwest"), Heading::kNorthWest},
    std::pair{std::string_view("left"), Heading::kLeft},       std::pair{std::string_view("right"), Heading::kRight},
    std::pair{std::string_view("forward"), Heading::kForward}, std::pair{std::string_view("back"), Heading::kBack},
    std::pair{std::string_view("up"), Heading::kUp},           std::pair{std::string_view("down"), Heading::kDown},
    std::pair{std::string_view("towards"), Heading::kBack},    std::pair{std::string_view("away"), Heading::kForward}};

// Of relations that are one test with one anchor.
constexpr std::array kRelations{
    std::pair{std::string_view("beside"), Relation::kBeside}, std::pair{std::string_view("near"), Relation::kNear},
    std::pair{std::string_view("around"), Relation::kNear},   std::pair{std::string_view("along"), Relation::kAlong},
    std::pair{std::string_view("inside"), Relation::kInside}, std::pair{std::string_view("left"), Relation::kLeft},
    std::pair{std::string_view("right"), Relation::kRight},   std::pair{std::string_view("front"), Relation::kFront},
    std::pair{std::string_view("behind"), Relation::kBehind}, std::pair{std::string_view("nearest"), Relation::kNearest},
    std::pair{std::string_view("across"), Relation::kAcross}, std::pair{std::string_view("by"), Relation::kBeside},
    std::pair{std::string_view("at"), Relation::kBeside},     std::pair{std::string_view("of"), Relation::kInside},
    std::pair{std::string_view("on"), Relation::kAlong},      std::pair{std::string_view("facing"), Relation::kBeside},
    std::pair{std::string_view("over"), Relation::kInside},   std::pair{std::string_view("above"), Relation::kInside}};

bool linear(const Query& anchor) {
  using enum city::ObjectClass;
  for (const city::ObjectClass c : anchor.classes) {
    if (c == kRoad || c == kStreet || c == kRiver || c == kCanal || c == kRailway || c == kWater || c == kSea || c == kLake || c == kPond)
      return true;
  }
  return anchor.classes.empty() && anchor.kind == Query::Kind::kName;
}

}  // namespace

Action pass(std::size_t argument) {
  return [argument](const Arguments& a) -> std::optional<Meaning> { return a[argument]; };
}

Action merge_all() {
  return [](const Arguments& a) -> std::optional<Meaning> {
    std::optional<Query> all;
    for (std::size_t i = 0; i < a.size(); ++i) {
      const Query* const query = a.find<Query>(i);
      if (query == nullptr) continue;
      all = all ? merged(*all, *query) : *query;
      if (!all) return std::nullopt;
    }
    if (!all) return std::nullopt;
    return *all;
  };
}

std::optional<Measure> find_measure(std::string_view name) { return look_up(kMeasures, name); }
std::optional<Heading> find_heading(std::string_view name) { return look_up(kHeadings, name); }

std::optional<Measure> measure_said(const Word& word) {
  if (const auto measure = find_measure(word.feature("measure"))) return measure;
  return find_measure(word.value);
}

std::optional<Comparison> comparison_said(const Word& word) {
  std::string_view name = word.feature("comparison");
  if (name.empty()) name = word.value;
  if (name == "greater") return Comparison::kGreater;
  if (name == "less") return Comparison::kLess;
  if (name == "atleast") return Comparison::kAtLeast;
  if (name == "atmost") return Comparison::kAtMost;
  if (name == "equal" || name == "exactly" || name == "about") return Comparison::kEqual;
  return std::nullopt;
}

bool is_world(Heading heading) { return heading >= Heading::kNorth && heading <= Heading::kNorthWest; }

double bearing_of(Heading heading) { return 45.0 * (static_cast<int>(heading) - static_cast<int>(Heading::kNorth)); }

Query with_relation(Relation relation, std::vector<Query> anchors, double distance) {
  RelationTest test;
  test.relation = relation;
  for (Query& anchor : anchors) test.anchors.push_back(share(std::move(anchor)));
  test.distance = distance;
  Query query;
  query.relations.push_back(std::move(test));
  return query;
}

void anchor_order(Query& query) {
  if (!query.order || query.order->measure != Measure::kDistance || query.order->anchor != nullptr) return;
  if (query.relations.size() != 1 || query.relations.front().anchors.size() != 1) return;
  const Relation relation = query.relations.front().relation;
  if (relation == Relation::kInside || relation == Relation::kAlong) return;
  query.order->anchor = query.relations.front().anchors.front();
}

Query union_of(const Query& a, const Query& b) {
  Query both;
  both.kind = Query::Kind::kUnion;
  both.quantity = Quantity::kAll;
  for (const Query* part : {&a, &b}) {
    if (part->kind == Query::Kind::kUnion && part->except.empty() && part->relations.empty()) {
      both.parts.insert(both.parts.end(), part->parts.begin(), part->parts.end());
    } else {
      both.parts.push_back(share(*part));
    }
  }
  return both;
}

std::optional<Query> relation_filter(const Word& relation, const Query& anchor) {
  if (relation.value == "between") {
    if (anchor.kind == Query::Kind::kUnion) {
      Query query = with_relation(Relation::kBetween, {});
      if (anchor.parts.size() != 2) return std::nullopt;
      query.relations.front().anchors = anchor.parts;
      return query;
    }
    return with_relation(Relation::kBetween, {anchor});
  }
  auto which = look_up(kRelations, relation.value);
  if (!which || relation.surface == "'s") return std::nullopt;
  // "the trees of the park", but not "of the houses"
  if (relation.value == "of" && std::any_of(anchor.classes.begin(), anchor.classes.end(), [](city::ObjectClass c) {
        using enum city::ObjectClass;
        return city::is_a(c, kBuilding) || c == kTree || city::is_a(c, kVehicle) || c == kCrane || c == kOther;
      })) {
    return std::nullopt;
  }
  if (relation.value == "on" && !linear(anchor)) which = Relation::kInside;
  // "by the river" is 河边
  if ((relation.value == "by" || relation.surface == "alongside") && linear(anchor)) which = Relation::kAlong;
  return with_relation(*which, {anchor});
}

Grammar make_grammar() {
  Grammar grammar;
  add_amount_rules(grammar);
  add_reference_rules(grammar);
  add_english_reference_rules(grammar);
  add_chinese_reference_rules(grammar);
  add_place_rules(grammar);
  add_change_rules(grammar);
  grammar.finish();
  return grammar;
}

}  // namespace skyline::models
