// The resolver against plain loops over all pairs, on random queries over random scenes.
#include "city/polygon.h"
#include "models/language/interpreter/palette.h"
#include "models/language/interpreter/resolver.h"
#include "tests/models/assistant_scene.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <set>

namespace skyline::models {
namespace {

using city::Object;
using enum city::ObjectClass;
using Objects = std::vector<const Object*>;
using Random = std::mt19937;

double uniform(Random& random, double low, double high) { return std::uniform_real_distribution<double>(low, high)(random); }
int below(Random& random, int count) { return std::uniform_int_distribution<int>(0, count - 1)(random); }

// --- the table of references once more, with no index, no caches and no early ends ------------------------------------------------------

double span_width(const Object& object) {
  if (!object.path.empty()) return object.width;
  const city::Rectangle b = city::bounds(object.footprint);
  return std::max(b.high.x - b.low.x, b.high.y - b.low.y);
}

double measure_of(const Object& object, Measure measure) {
  const bool area = object.path.empty();
  switch (measure) {
    case Measure::kHeight:
      return object.height;
    case Measure::kArea:
      return area ? city::area(object.footprint) : city::path_length(object.path) * object.width;
    case Measure::kLength:
      return area ? 2 * city::minimum_rectangle(object.footprint).half_length : city::path_length(object.path);
    case Measure::kWidth:
      return area ? 2 * city::minimum_rectangle(object.footprint).half_width : object.width;
    case Measure::kNorth:
      return city::centroid(object).y;
    default:
      return city::centroid(object).x;
  }
}

bool passes(double value, Comparison comparison, double limit) {
  switch (comparison) {
    case Comparison::kLess:
      return value < limit;
    case Comparison::kAtMost:
      return value <= limit;
    case Comparison::kEqual:
      return std::abs(value - limit) <= std::max(0.5, 0.01 * std::abs(limit));
    case Comparison::kAtLeast:
      return value >= limit;
    case Comparison::kGreater:
      return value > limit;
  }
  return false;
}

class Naive {
 public:
  explicit Naive(const Situation& situation) : situation_(situation) {}

  Objects find(const Query& query) const {
    Objects found = members(query);
    if (found.empty()) return found;
    const Objects population = found;
    for (const ColourTest& test : query.colours) filter(found, [&](const Object& o) { return coloured(o, test); });
    for (const MeasureTest& test : query.measures) {
      filter(found, [&](const Object& o) { return passes(measure_of(o, test.measure), test.comparison, test.value); });
    }
    for (const SizeTest& test : query.sizes) {
      const double limit = quartile(population, test);
      const bool few = population.size() < 4;
      filter(found, [&](const Object& o) {
        const double value = measure_of(o, test.measure);
        return test.large ? value > limit || (few && value == limit) : value < limit || (few && value == limit);
      });
    }
    for (const RelationTest& test : query.relations) relate(found, test);
    for (const QueryPtr& except : query.except) {
      const Objects out = find(*except);
      filter(found, [&](const Object& o) { return std::find(out.begin(), out.end(), &o) == out.end(); });
    }
    if (query.order) rank(found, *query.order);
    return found;
  }

 private:
  template <class Keep>
  static void filter(Objects& objects, const Keep& keep) {
    std::erase_if(objects, [&](const Object* object) { return !keep(*object); });
  }

  Objects members(const Query& query) const {
    Objects found;
    for (const Object& object : situation_.scene->catalogue().objects()) {
      const bool fits = query.classes.empty() || std::any_of(query.classes.begin(), query.classes.end(),
                                                             [&](city::ObjectClass c) { return city::is_a(object.object_class, c); });
      if (fits) found.push_back(&object);
    }
    return found;
  }

  static bool coloured(const Object& o, const ColourTest& test) {
    const int wanted = find_colour(test.colour);
    const bool wall = test.surface != Surface::kRoof && o.wall && nearest_colour(*o.wall) == wanted;
    const bool roof = test.surface != Surface::kWall && o.roof && nearest_colour(*o.roof) == wanted;
    return (wall || roof) != test.negated;
  }

  static double quartile(const Objects& population, const SizeTest& test) {
    std::vector<double> values;
    for (const Object* o : population) values.push_back(measure_of(*o, test.measure));
    std::sort(values.begin(), values.end());
    if (values.size() < 4) return test.large ? values.back() : values.front();
    const double at = (test.large ? 0.75 : 0.25) * static_cast<double>(values.size() - 1);
    const auto low = static_cast<std::size_t>(at);
    return values[low] + (values[std::min(low + 1, values.size() - 1)] - values[low]) * (at - static_cast<double>(low));
  }

  bool holds(const Object& o, const Object& a, const RelationTest& test) const {
    const double gap = city::gap(o, a);
    const glm::dvec2 offset = city::centroid(o) - city::centroid(a);
    glm::dvec2 right(1, 0), forward(0, 1);
    if (situation_.camera) {
      const double yaw = situation_.camera->yaw_deg * M_PI / 180;
      right = {std::cos(yaw), std::sin(yaw)};
      forward = {-std::sin(yaw), std::cos(yaw)};
    }
    switch (test.relation) {
      case Relation::kBeside:
        return gap <= std::max(15.0, std::max(span_width(o), span_width(a)) / 2);
      case Relation::kNear:
        return gap <= 150;
      case Relation::kWithin:
        return gap <= test.distance;
      case Relation::kAlong:
        return gap <= 40;
      case Relation::kInside:
        return city::contains(a, city::centroid(o));
      case Relation::kTowards:
        return city::lies_towards(o, a, test.bearing_deg);
      case Relation::kLeft:
        return glm::dot(offset, right) < 0;
      case Relation::kRight:
        return glm::dot(offset, right) > 0;
      case Relation::kFront:
        return glm::dot(offset, forward) < 0;
      case Relation::kBehind:
        return glm::dot(offset, forward) > 0;
      default:
        ADD_FAILURE() << "not a relation of pairs";
        return false;
    }
  }

  void relate(Objects& found, const RelationTest& test) const {
    const Objects anchors = find(*test.anchors[0]);
    Objects left;
    if (test.relation == Relation::kNearest) {
      double least = 1e300;
      const auto gap_of = [&](const Object& o) {
        double gap = 1e300;
        for (const Object* a : anchors) {
          if (a != &o) gap = std::min(gap, city::gap(o, *a));
        }
        return gap;
      };
      for (const Object* o : found) least = std::min(least, gap_of(*o));
      for (const Object* o : found) {
        if (gap_of(*o) == least) left.push_back(o);
      }
    } else if (test.relation == Relation::kBeyond) {
      for (const Object* o : found) {
        if (std::all_of(anchors.begin(), anchors.end(), [&](const Object* a) { return a != o && city::gap(*o, *a) > test.distance; }))
          left.push_back(o);
      }
    } else {
      for (const Object* o : found) {
        if (std::any_of(anchors.begin(), anchors.end(), [&](const Object* a) { return a != o && holds(*o, *a, test); })) left.push_back(o);
      }
    }
    if (!test.negated) {
      found = left;
    } else {
      filter(found, [&](const Object& o) { return std::find(left.begin(), left.end(), &o) == left.end(); });
    }
    if (anchors.empty()) found.clear();
  }

  // Whoever is as much as the one at the rank counts as well.
  static void rank(Objects& found, const Order& order) {
    std::vector<double> values;
    for (const Object* o : found) values.push_back(measure_of(*o, order.measure) * (order.descending ? -1 : 1));
    std::sort(values.begin(), values.end());
    const auto first = static_cast<std::size_t>(order.rank - 1);
    if (first >= values.size()) {
      found.clear();
      return;
    }
    const double low = values[first], high = values[std::min(values.size(), first + static_cast<std::size_t>(order.count)) - 1];
    filter(found, [&](const Object& o) {
      const double value = measure_of(o, order.measure) * (order.descending ? -1 : 1);
      return value >= low && value <= high;
    });
  }

  const Situation& situation_;
};

// --- random scenes and queries -----------------------------------------------------------------------------------------------------------

constexpr std::array kKinds{kTower, kHouse, kHouse, kHouse, kChurch, kOffice, kWarehouse, kPark, kTree, kTree, kCar, kRoad, kRiver};

Object random_object(Random& random, std::int32_t id) {
  const city::ObjectClass kind = kKinds.at(static_cast<std::size_t>(below(random, static_cast<int>(kKinds.size()))));
  const glm::dvec2 at(uniform(random, -400, 400), uniform(random, -400, 400));
  if (kind == kRoad || kind == kRiver) {
    const glm::dvec2 way(uniform(random, -300, 300), uniform(random, -300, 300));
    return test::line(id, kind, {at, at + way, at + way + glm::dvec2(uniform(random, -90, 90), uniform(random, 10, 90))},
                      uniform(random, 4, 40));
  }
  const double size = kind == kPark ? uniform(random, 50, 200) : uniform(random, 3, 60);
  // Some heights occur twice.
  Object object = test::box(id, kind, at, {size, size * uniform(random, 0.3, 1)}, kind == kPark ? 0 : 5 + 3 * below(random, 25));
  const double turn = uniform(random, 0, 3);
  for (glm::dvec2& p : object.footprint) {
    const glm::dvec2 q = p - at;
    p = at + glm::dvec2(q.x * std::cos(turn) - q.y * std::sin(turn), q.x * std::sin(turn) + q.y * std::cos(turn));
  }
  const auto colour = [&] { return palette()[static_cast<std::size_t>(below(random, static_cast<int>(palette().size())))].colour; };
  if (below(random, 3) > 0) object.wall = colour();
  if (below(random, 2) > 0) object.roof = colour();
  return object;
}

Situation random_situation(Random& random, int objects) {
  std::vector<Object> list;
  for (int i = 1; i <= objects; ++i) list.push_back(random_object(random, i * 3));
  Situation situation = test::situation_of(std::move(list));
  if (below(random, 2) == 0) {
    situation.camera = Viewpoint{{uniform(random, -500, 500), uniform(random, -500, 500), 60}, uniform(random, -180, 180), -20};
  }
  return situation;
}

Query random_query(Random& random, int depth) {
  Query query;
  query.quantity = Quantity::kAll;
  const int classes = below(random, 8);
  if (classes == 0) query.classes = {kBuilding};
  if (classes > 1) query.classes.push_back(kKinds.at(static_cast<std::size_t>(below(random, static_cast<int>(kKinds.size())))));
  if (classes == 2) query.classes.push_back(kHouse);
  constexpr std::array kMeasures{Measure::kHeight, Measure::kArea, Measure::kLength, Measure::kWidth};
  const auto any_measure = [&] { return kMeasures.at(static_cast<std::size_t>(below(random, 4))); };
  if (below(random, 5) == 0) {
    query.measures.push_back({any_measure(), static_cast<Comparison>(below(random, 5)), uniform(random, 0, 70), nullptr});
  }
  if (below(random, 6) == 0 && !query.classes.empty()) query.sizes.push_back({any_measure(), below(random, 2) == 0});
  if (below(random, 8) == 0) {
    query.colours.push_back({std::string(palette()[static_cast<std::size_t>(below(random, 11))].name),
                             static_cast<Surface>(below(random, 3)), below(random, 4) == 0});
  }
  constexpr std::array kRelations{Relation::kBeside, Relation::kNear,   Relation::kWithin,  Relation::kBeyond,
                                  Relation::kAlong,  Relation::kInside, Relation::kTowards, Relation::kLeft,
                                  Relation::kRight,  Relation::kFront,  Relation::kBehind,  Relation::kNearest};
  for (int i = below(random, 3); i > 0 && depth > 0; --i) {
    RelationTest test;
    test.relation = kRelations.at(static_cast<std::size_t>(below(random, static_cast<int>(kRelations.size()))));
    test.anchors = {test::shared(random_query(random, depth - 1))};
    if (test.relation == Relation::kWithin || test.relation == Relation::kBeyond) test.distance = uniform(random, 0, 120);
    if (test.relation == Relation::kTowards) test.bearing_deg = 45 * below(random, 8);
    test.negated = test.relation != Relation::kNearest && below(random, 6) == 0;
    // The nearest of what the other words leave: said last.
    if (!query.relations.empty() && query.relations.back().relation == Relation::kNearest) break;
    query.relations.push_back(std::move(test));
  }
  if (below(random, 5) == 0 && depth > 0) {
    Query except = random_query(random, 0);
    if (except.classes.empty()) except.classes = {kTree};  // without a class it means one of these
    query.except.push_back(test::shared(std::move(except)));
  }
  if (below(random, 5) == 0) query.order = Order{any_measure(), below(random, 2) == 0, 1 + below(random, 3), 1 + below(random, 2), nullptr};
  return query;
}

// Queries whose exceptions and anchors find nobody are no answers on either side.
TEST(ResolverBruteForce, TenThousandRandomQueriesFindTheSameObjects) {
  Random random(20260701);
  int answered = 0, most = 0;
  for (int scene = 0; scene < 100; ++scene) {
    const Situation situation = random_situation(random, 10 + below(random, 50));
    for (int k = 0; k < 100; ++k) {
      const Query query = random_query(random, 2);
      const Resolution fast = resolve(query, situation);
      if (fast.status == Resolution::Status::kNone && fast.in_question != &query) continue;
      std::set<std::int32_t> slow;
      for (const Object* object : Naive(situation).find(query)) slow.insert(object->id);
      EXPECT_EQ(std::set<std::int32_t>(fast.ids.begin(), fast.ids.end()), slow) << "scene " << scene << ": " << describe(query);
      EXPECT_EQ(fast.status == Resolution::Status::kOk, !slow.empty()) << describe(query);
      answered += slow.empty() ? 0 : 1;
      most = std::max(most, static_cast<int>(slow.size()));
      if (testing::Test::HasFailure()) return;
    }
  }
  EXPECT_GT(answered, 3000);
  EXPECT_GT(most, 30);
}

TEST(ResolverBruteForce, AnIrrelevantObjectFarAwayChangesNothing) {
  Random random(7);
  for (int scene = 0; scene < 30; ++scene) {
    const Situation situation = random_situation(random, 40);
    std::vector<Object> objects = situation.scene->catalogue().objects();
    objects.push_back(test::box(1, kCrane, {1e5, 1e5}, {6, 6}, 1));
    Situation larger = situation;
    larger.scene = test::scene_of(std::move(objects));
    for (int k = 0; k < 30; ++k) {
      Query query = random_query(random, 1);
      // Directions and "not near" reach as far as the scene does.
      if (query.classes.empty()) query.classes = {kBuilding};
      for (RelationTest& test : query.relations) {
        if (test.anchors[0]->classes.empty()) test.anchors = {test::shared(test::all(kTree))};
      }
      const Resolution before = resolve(query, situation), after = resolve(query, larger);
      EXPECT_EQ(before.ids, after.ids) << describe(query);
    }
  }
}

}  // namespace
}  // namespace skyline::models
