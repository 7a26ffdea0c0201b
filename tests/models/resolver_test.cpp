// Who is meant: every row of the table of references, each with somebody who is almost meant.
#include "models/language/interpreter/resolver.h"

#include "tests/models/assistant_scene.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace skyline::models {
namespace {

using enum city::ObjectClass;
using test::all;
using test::box;
using test::Ids;
using test::line;
using test::shared;
using test::situation_of;
using test::the;
using test::with;
using Status = Resolution::Status;

Ids sorted(Ids ids) {
  std::sort(ids.begin(), ids.end());
  return ids;
}

Ids meant(const Query& query, const Situation& situation) {
  const Resolution resolution = resolve(query, situation);
  EXPECT_EQ(static_cast<int>(resolution.status), static_cast<int>(Status::kOk)) << describe(query);
  return sorted(resolution.ids);
}

TEST(Resolver, BesideIsFifteenMetresOrHalfTheLargerWidth) {
  const Situation city = situation_of({
      box(1, kChurch, {0, 0}, {20, 20}, 20), box(2, kHouse, {30, 0}, {10, 10}, 6),  // gap 15
      box(3, kHouse, {-30.1, 0}, {10, 10}, 6),                                      // gap 15.1
      box(4, kWarehouse, {0, 65}, {80, 70}, 6),                                     // gap 20, half of its width is 40
      line(5, kRiver, {{-300, -60}, {300, -60}}, 60),                               // edge at y = -30, gap 20, half its width 30
  });
  EXPECT_EQ(meant(with(all(kHouse), Relation::kBeside, {shared(the(kChurch))}), city), (Ids{2}));
  EXPECT_EQ(meant(with(all(kWarehouse), Relation::kBeside, {shared(the(kChurch))}), city), (Ids{4}));
  EXPECT_EQ(meant(with(all(kChurch), Relation::kBeside, {shared(the(kRiver))}), city), (Ids{1}));
}

TEST(Resolver, NearIsHundredAndFiftyMetresAndWithinIsWhatIsSaid) {
  const Situation city = situation_of({box(1, kChurch, {0, 0}, {20, 20}, 20), box(2, kHouse, {165, 0}, {10, 10}, 6),
                                       box(3, kHouse, {0, 166}, {10, 10}, 6), box(4, kHouse, {-55, 0}, {10, 10}, 6)});
  const QueryPtr church = shared(the(kChurch));
  EXPECT_EQ(meant(with(all(kHouse), Relation::kNear, {church}), city), (Ids{2, 4}));
  EXPECT_EQ(meant(with(all(kHouse), Relation::kWithin, {church}, 40), city), (Ids{4}));
  EXPECT_EQ(meant(with(all(kHouse), Relation::kBeyond, {church}, 40), city), (Ids{2, 3}));
  EXPECT_EQ(meant(with(all(kBuilding), Relation::kBeyond, {church}, 40), city), (Ids{2, 3}));  // not the church itself
  Query not_near = with(all(kHouse), Relation::kNear, {church});
  not_near.relations[0].negated = true;
  EXPECT_EQ(meant(not_near, city), (Ids{3}));
}

TEST(Resolver, AlongIsFortyMetresFromTheEdgeOfALine) {
  const Situation city = situation_of({line(1, kRoad, {{-200, 0}, {200, 0}}, 10), box(2, kTree, {0, 48}, {6, 6}, 8),
                                       box(3, kTree, {20, 48.1}, {6, 6}, 8), box(4, kTree, {230, 0}, {6, 6}, 8)});
  EXPECT_EQ(meant(with(all(kTree), Relation::kAlong, {shared(the(kRoad))}), city), (Ids{2, 4}));
}

TEST(Resolver, InsideIsWhereTheCentroidLies) {
  const Situation city =
      situation_of({box(1, kPark, {0, 0}, {100, 100}, 0), box(2, kTree, {49.9, 0}, {6, 6}, 8), box(3, kTree, {50.1, 0}, {6, 6}, 8)});
  EXPECT_EQ(meant(with(all(kTree), Relation::kInside, {shared(the(kPark))}), city), (Ids{2}));
}

TEST(Resolver, BetweenIsWithinTheHullOfBothAndNeither) {
  const Situation city =
      situation_of({box(1, kChurch, {-50, 0}, {20, 20}, 20), box(2, kSchool, {50, 0}, {20, 20}, 10), box(3, kHouse, {0, 9}, {10, 10}, 6),
                    box(4, kHouse, {0, 11}, {10, 10}, 6), box(5, kHouse, {70, 0}, {10, 10}, 6)});
  EXPECT_EQ(meant(with(all(kHouse), Relation::kBetween, {shared(the(kChurch)), shared(the(kSchool))}), city), (Ids{3}));
  EXPECT_EQ(meant(with(all(kBuilding), Relation::kBetween, {shared(the(kChurch)), shared(the(kSchool))}), city), (Ids{3}));
  Query both = the(kHouse);
  both.quantity = Quantity::kCount;
  both.count = 2;
  const Situation pair =
      situation_of({box(1, kHouse, {-50, 0}, {20, 20}, 20), box(2, kHouse, {50, 0}, {20, 20}, 10), box(3, kTree, {0, 0}, {5, 5}, 6)});
  EXPECT_EQ(meant(with(all(kTree), Relation::kBetween, {shared(both)}), pair), (Ids{3}));
}

TEST(Resolver, CompassDirectionsReachFortyFiveDegrees) {
  const Situation city = situation_of({box(1, kChurch, {0, 0}, {20, 20}, 20), box(2, kHouse, {100, 100}, {10, 10}, 6),
                                       box(3, kHouse, {-101, 100}, {10, 10}, 6), box(4, kHouse, {0, -50}, {10, 10}, 6)});
  const QueryPtr church = shared(the(kChurch));
  EXPECT_EQ(meant(with(all(kHouse), Relation::kTowards, {church}, 0), city), (Ids{2}));
  EXPECT_EQ(meant(with(all(kHouse), Relation::kTowards, {church}, 90), city), (Ids{2}));
  EXPECT_EQ(meant(with(all(kHouse), Relation::kTowards, {church}, 270), city), (Ids{3}));
  EXPECT_EQ(meant(with(all(kHouse), Relation::kTowards, {church}, 180), city), (Ids{4}));
}

TEST(Resolver, NorthOfALineIsItsNorthernSide) {
  const Situation city = situation_of(
      {line(1, kRiver, {{-300, 0}, {300, 20}}, 30), box(2, kHouse, {-250, 40}, {10, 10}, 6), box(3, kHouse, {280, -20}, {10, 10}, 6)});
  EXPECT_EQ(meant(with(all(kHouse), Relation::kTowards, {shared(the(kRiver))}, 0), city), (Ids{2}));
}

Situation street() {
  return situation_of({box(1, kChurch, {0, 0}, {20, 20}, 20), box(2, kHouse, {-40, 5}, {10, 10}, 6), box(3, kHouse, {-80, -5}, {10, 10}, 6),
                       box(4, kHouse, {40, 5}, {10, 10}, 6), box(5, kHouse, {2, 60}, {10, 10}, 6)});
}

TEST(Resolver, LeftAndRightAreTheCamerasAndTheNearestComesFirst) {
  Situation city = street();
  const QueryPtr church = shared(the(kChurch));
  const Query left = with(the(kHouse), Relation::kLeft, {church}), behind = with(the(kHouse), Relation::kBehind, {church});
  EXPECT_EQ(resolve(left, city).ids, (Ids{2}));  // with no camera, from the south
  EXPECT_EQ(resolve(with(all(kHouse), Relation::kLeft, {church}), city).ids, (Ids{2, 3}));
  EXPECT_EQ(meant(with(all(kHouse), Relation::kFront, {church}), city), (Ids{3}));
  city.camera = Viewpoint{{0, -200, 50}, 0, -10};
  EXPECT_EQ(resolve(left, city).ids, (Ids{2}));
  EXPECT_EQ(meant(with(all(kHouse), Relation::kBehind, {church}), city), (Ids{2, 4, 5}));
  EXPECT_EQ(resolve(behind, city).status, Status::kAmbiguous);  // 2 and 4 are equally near
}

TEST(Resolver, TurningTheCameraSwapsLeftAndRightAndNotNorthAndSouth) {
  Situation from_south = street(), from_north = street();
  from_south.camera = Viewpoint{{0, -200, 50}, 0, -10};
  from_north.camera = Viewpoint{{0, 200, 50}, 180, -10};
  const QueryPtr church = shared(the(kChurch));
  EXPECT_EQ(meant(with(all(kHouse), Relation::kLeft, {church}), from_south),
            meant(with(all(kHouse), Relation::kRight, {church}), from_north));
  EXPECT_EQ(meant(with(all(kHouse), Relation::kFront, {church}), from_south),
            meant(with(all(kHouse), Relation::kBehind, {church}), from_north));
  EXPECT_EQ(meant(with(all(kHouse), Relation::kTowards, {church}, 0), from_south),
            meant(with(all(kHouse), Relation::kTowards, {church}, 0), from_north));
}

Query sized(Query query, bool large, Measure measure = Measure::kHeight) {
  query.sizes = {{measure, large}};
  return query;
}

TEST(Resolver, TallIsAboveTheUpperQuartileOfTheClassThatTheWordNames) {
  // Heights 10, 20, 30, 40, 50: the quartile is 40, and 40 is not above it.
  std::vector<city::Object> objects;
  for (int i = 0; i < 5; ++i) objects.push_back(box(i + 1, kTower, {i * 100.0, 0}, {10, 10}, 10.0 * (i + 1)));
  objects.push_back(box(9, kChurch, {0, 100}, {10, 10}, 45));
  const Situation city = situation_of(objects);
  EXPECT_EQ(meant(sized(all(kTower), true), city), (Ids{5}));
  EXPECT_EQ(meant(sized(all(kTower), false), city), (Ids{1}));
  // All buildings: 10, 20, 30, 40, 45, 50; 0.75 * 5 = 3.75, so 43.75.
  EXPECT_EQ(meant(sized(all(kBuilding), true), city), (Ids{5, 9}));
  const Resolution resolution = resolve(sized(all(kBuilding), true), city);
  EXPECT_DOUBLE_EQ(resolution.decisions.back().limit, 43.75);
}

TEST(Resolver, TallAmongFewerThanFourIsTheTallest) {
  const Situation city =
      situation_of({box(1, kTower, {0, 0}, {10, 10}, 80), box(2, kTower, {50, 0}, {12, 12}, 90), box(3, kTower, {99, 0}, {11, 11}, 70)});
  EXPECT_EQ(meant(sized(the(kTower), true), city), (Ids{2}));
  EXPECT_EQ(meant(sized(the(kTower), false), city), (Ids{3}));
  EXPECT_EQ(meant(sized(the(kTower), true, Measure::kArea), city), (Ids{2}));
}

TEST(Resolver, OrderIsOverTheCandidatesThatSatisfyTheRest) {
  const Situation city = situation_of({line(1, kRiver, {{-300, 0}, {300, 0}}, 20), box(2, kTower, {0, 30}, {20, 20}, 60),
                                       box(3, kTower, {60, 30}, {20, 20}, 80), box(4, kTower, {0, 300}, {20, 20}, 120)});
  Query tallest = with(the(kTower), Relation::kBeside, {shared(the(kRiver))});
  tallest.order = Order{};
  EXPECT_EQ(meant(tallest, city), (Ids{3}));
  tallest.order->rank = 2;
  EXPECT_EQ(meant(tallest, city), (Ids{2}));
  tallest.order->rank = 3;
  EXPECT_EQ(resolve(tallest, city).status, Status::kNone);
  Query two = all(kTower);
  two.order = Order{};
  two.order->count = 2;
  EXPECT_EQ(resolve(two, city).ids, (Ids{4, 3}));
  Query nearest = the(kTower);
  nearest.order = Order{Measure::kDistance, false, 1, 1, shared(the(kRiver))};
  EXPECT_EQ(resolve(nearest, city).status, Status::kAmbiguous);  // 2 and 3 are equally near
  nearest.order->descending = true;
  EXPECT_EQ(meant(nearest, city), (Ids{4}));
}

TEST(Resolver, EquallyTallOnesAreAQuestion) {
  const Situation city =
      situation_of({box(1, kTower, {0, 0}, {10, 10}, 80), box(2, kTower, {50, 0}, {10, 10}, 80), box(3, kTower, {99, 0}, {10, 10}, 70)});
  Query tallest = the(kTower);
  tallest.order = Order{};
  const Resolution resolution = resolve(tallest, city);
  EXPECT_EQ(resolution.status, Status::kAmbiguous);
  EXPECT_EQ(resolution.choices, (std::vector<Ids>{{1}, {2}}));
}

TEST(Resolver, ComparisonsReadTheStoredAttribute) {
  const Situation city =
      situation_of({box(1, kTower, {0, 0}, {10, 10}, 50), box(2, kTower, {50, 0}, {10, 10}, 50.1), box(3, kChurch, {99, 0}, {20, 20}, 30)});
  Query higher = all(kBuilding);
  higher.measures = {{Measure::kHeight, Comparison::kGreater, 50, nullptr}};
  EXPECT_EQ(meant(higher, city), (Ids{2}));
  higher.measures[0].comparison = Comparison::kAtLeast;
  EXPECT_EQ(meant(higher, city), (Ids{1, 2}));
  higher.measures[0] = {Measure::kHeight, Comparison::kGreater, 0, shared(the(kChurch))};
  EXPECT_EQ(meant(higher, city), (Ids{1, 2}));
}

TEST(Resolver, AColourIsThatOfWallOrRoofAndWithRedRoofsLooksAtTheRoof) {
  city::Object brick = box(1, kHouse, {0, 0}, {10, 10}, 6), tiled = box(2, kHouse, {20, 0}, {10, 10}, 6),
               grey = box(3, kHouse, {40, 0}, {10, 10}, 6);
  brick.wall = glm::u8vec3(0xb0, 0x40, 0x30);
  brick.roof = glm::u8vec3(0x40, 0x40, 0x40);
  tiled.wall = glm::u8vec3(0xf0, 0xf0, 0xf0);
  tiled.roof = glm::u8vec3(0xc0, 0x39, 0x2b);
  grey.wall = grey.roof = glm::u8vec3(0x80, 0x80, 0x80);
  grey.tags = {"glass"};
  const Situation city = situation_of({brick, tiled, grey});
  Query red = all(kHouse);
  red.colours = {{"red", Surface::kAny, false}};
  EXPECT_EQ(meant(red, city), (Ids{1, 2}));
  red.colours[0].surface = Surface::kRoof;
  EXPECT_EQ(meant(red, city), (Ids{2}));
  red.colours[0] = {"red", Surface::kAny, true};
  EXPECT_EQ(meant(red, city), (Ids{3}));
  Query glass = all(kHouse);
  glass.tags = {"glass"};
  EXPECT_EQ(meant(glass, city), (Ids{3}));
}

TEST(Resolver, TheWithSeveralIsAQuestionUnlessOneIsSelected) {
  Situation city = situation_of({box(1, kTower, {0, 0}, {10, 10}, 50), box(2, kTower, {50, 0}, {10, 10}, 60)});
  EXPECT_EQ(resolve(the(kTower), city).status, Status::kAmbiguous);
  city.selection = {2};
  EXPECT_EQ(meant(the(kTower), city), (Ids{2}));
  city.selection = {1, 2};
  EXPECT_EQ(resolve(the(kTower), city).status, Status::kAmbiguous);
  EXPECT_EQ(resolve(the(kChurch), city).status, Status::kNone);
}

TEST(Resolver, ANumberMeansThatMany) {
  const Situation city =
      situation_of({box(1, kTower, {0, 0}, {10, 10}, 50), box(2, kTower, {50, 0}, {10, 10}, 60), box(3, kTower, {90, 0}, {10, 10}, 70)});
  Query some = the(kTower);
  some.quantity = Quantity::kCount;
  some.count = 3;
  EXPECT_EQ(meant(some, city), (Ids{1, 2, 3}));
  some.count = 2;
  EXPECT_EQ(resolve(some, city).status, Status::kAmbiguous);
  some.count = 4;
  EXPECT_EQ(resolve(some, city).status, Status::kTooFew);
}

TEST(Resolver, ThisIsWhatThePointerIsOnElseTheSelection) {
  Situation city =
      situation_of({box(1, kPark, {0, 0}, {100, 100}, 0), box(2, kTree, {10, 10}, {6, 6}, 8), box(3, kTower, {200, 0}, {20, 20}, 60)});
  Query it;
  it.kind = Query::Kind::kThis;
  EXPECT_EQ(resolve(it, city).status, Status::kNoReferent);
  city.selection = {3};
  EXPECT_EQ(meant(it, city), (Ids{3}));
  city.pointer = glm::dvec2(11, 9);
  EXPECT_EQ(meant(it, city), (Ids{2}));  // what stands before what lies
  it.classes = {kPark};
  EXPECT_EQ(meant(it, city), (Ids{1}));
}

TEST(Resolver, AWindowMayPutTheSelectionBeforeThePointer) {
  Situation city = situation_of({box(2, kTree, {10, 10}, {6, 6}, 8), box(3, kTower, {200, 0}, {20, 20}, 60)});
  city.pointer = glm::dvec2(11, 9);
  city.selection_first = true;
  Query it;
  it.kind = Query::Kind::kThis;
  EXPECT_EQ(meant(it, city), (Ids{2})) << "with nothing selected";
  city.selection = {3};
  EXPECT_EQ(meant(it, city), (Ids{3}));
}

TEST(Resolver, ThisWithoutPointerIsTheOneInTheMiddleOfTheView) {
  Situation city = situation_of({box(1, kTower, {0, 100}, {20, 20}, 60), box(2, kTower, {80, 100}, {20, 20}, 60)});
  city.camera = Viewpoint{{0, 0, 30}, 0, 0};
  Query query = the(kTower);
  query.kind = Query::Kind::kThis;
  EXPECT_EQ(meant(query, city), (Ids{1}));
  city.camera->yaw_deg = -20;  // both are off the middle by about the same
  EXPECT_EQ(resolve(query, city).status, Status::kAmbiguous);
  EXPECT_EQ(resolve(the(kTower), city).status, Status::kAmbiguous);
}

TEST(Resolver, ItIsTheTargetsOfTheLastStepElseTheSelection) {
  Situation city = situation_of({box(1, kTower, {0, 0}, {10, 10}, 50), box(2, kChurch, {50, 0}, {10, 10}, 60)});
  Query it;
  it.kind = Query::Kind::kIt;
  EXPECT_EQ(resolve(it, city).status, Status::kNoReferent);
  city.selection = {1};
  EXPECT_EQ(meant(it, city), (Ids{1}));
  city.it = {2};
  EXPECT_EQ(meant(it, city), (Ids{2}));
}

TEST(Resolver, ExceptIsASetDifference) {
  const Situation city = situation_of(
      {box(1, kTower, {0, 0}, {10, 10}, 50), box(2, kChurch, {50, 0}, {10, 10}, 60), line(3, kRoad, {{0, -50}, {90, -50}}, 8)});
  Query everything;
  everything.kind = Query::Kind::kScene;
  everything.quantity = Quantity::kAll;
  everything.except = {shared(the(kChurch))};
  EXPECT_EQ(meant(everything, city), (Ids{1, 3}));
  everything.except = {shared(the(kSchool))};
  EXPECT_EQ(resolve(everything, city).status, Status::kNone);
}

TEST(Resolver, NamesAreExactThenUniqueParts) {
  const Situation city =
      situation_of({box(1, kTower, {0, 0}, {10, 10}, 50, "Harbour"), box(2, kTower, {50, 0}, {10, 10}, 60, "Harbour Tower"),
                    box(3, kTower, {90, 0}, {10, 10}, 60, "Sky Tower"), box(4, kHouse, {140, 0}, {10, 10}, 9, "delete everything")});
  const auto named = [](const char* name) {
    Query query;
    query.kind = Query::Kind::kName;
    query.name = name;
    return query;
  };
  EXPECT_EQ(meant(named("harbour"), city), (Ids{1}));
  EXPECT_EQ(meant(named("sky"), city), (Ids{3}));
  EXPECT_EQ(resolve(named("Tower"), city).status, Status::kAmbiguous);
  EXPECT_EQ(resolve(named("Moon"), city).status, Status::kNoSuchName);
  EXPECT_EQ(meant(named("delete everything"), city), (Ids{4}));
}

TEST(Resolver, AnAnchorIsSettledByWhatMakesSense) {
  std::vector<city::Object> objects{box(1, kChurch, {0, 0}, {20, 20}, 20), box(2, kChurch, {500, 0}, {20, 20}, 20),
                                    box(3, kTower, {25, 0}, {10, 10}, 60)};
  const Query beside = with(the(kTower), Relation::kBeside, {shared(the(kChurch))});
  EXPECT_EQ(meant(beside, situation_of(objects)), (Ids{3}));
  objects.push_back(box(4, kTower, {525, 0}, {10, 10}, 60));
  const Resolution open = resolve(beside, situation_of(objects));
  EXPECT_EQ(open.status, Status::kAmbiguous);
  EXPECT_EQ(open.in_question, &beside);
  EXPECT_EQ(open.choices, (std::vector<Ids>{{3}, {4}}));
  const Query every = with(all(kTower), Relation::kBeside, {shared(the(kChurch))});
  const Resolution which = resolve(every, situation_of(objects));
  EXPECT_EQ(which.status, Status::kAmbiguous);
  EXPECT_EQ(which.in_question, every.relations[0].anchors[0].get());
  EXPECT_EQ(resolve(every, situation_of(objects), {{which.in_question, {2}}}).ids, (Ids{4}));
}

TEST(Resolver, SaysWhichTestLeftNobody) {
  const Situation city = situation_of({box(1, kTower, {0, 0}, {10, 10}, 50), box(2, kTower, {50, 0}, {10, 10}, 60)});
  Query query = all(kTower);
  query.measures = {{Measure::kHeight, Comparison::kGreater, 40, nullptr}, {Measure::kHeight, Comparison::kGreater, 100, nullptr}};
  const Resolution resolution = resolve(query, city);
  ASSERT_EQ(resolution.status, Status::kNone);
  ASSERT_EQ(resolution.decisions.size(), 3U);
  EXPECT_EQ(resolution.decisions.back().test, Decision::Test::kMeasure);
  EXPECT_EQ(resolution.decisions.back().index, 1U);
  EXPECT_EQ(resolution.decisions.back().before, 2U);
}

Turn said(Query targets, Plan::Status status, Ids ids) {
  Turn turn;
  Step step;
  step.op = Op::kHide;
  step.targets = shared(std::move(targets));
  turn.reading.steps = {step};
  turn.plan.status = status;
  if (status == Plan::Status::kOk) {
    turn.plan.steps = {PlanStep{"hide", std::move(ids), nlohmann::json::object()}};
  } else {
    for (const std::int32_t id : ids) turn.plan.candidates.push_back({{id}, {}, {}});
  }
  return turn;
}

TEST(Resolver, TheOtherOneIsOfTheLastReferenceElseOfItsKind) {
  Situation city = situation_of(
      {box(1, kTower, {0, 0}, {10, 10}, 50, "Sky"), box(2, kTower, {50, 0}, {10, 10}, 60), box(3, kChurch, {90, 0}, {10, 10}, 70)});
  Query other;
  other.kind = Query::Kind::kOther;
  EXPECT_EQ(resolve(other, city).status, Status::kNoReferent);
  Query tallest = the(kTower);
  tallest.order = Order{};
  city.turns = {said(tallest, Plan::Status::kOk, {2})};
  city.it = {2};
  EXPECT_EQ(meant(other, city), (Ids{1}));
  Query sky;
  sky.kind = Query::Kind::kName;
  sky.name = "Sky";
  city.turns = {said(sky, Plan::Status::kOk, {1})};
  city.it = {1};
  EXPECT_EQ(meant(other, city), (Ids{2}));
  Query earlier;
  earlier.kind = Query::Kind::kEarlier;
  earlier.count = 2;
  city.turns = {said(tallest, Plan::Status::kOk, {2}), said(sky, Plan::Status::kOk, {1})};
  EXPECT_EQ(meant(earlier, city), (Ids{2}));
}

TEST(Resolver, TheLargeOneAnswersAQuestion) {
  Situation city =
      situation_of({box(1, kTower, {0, 0}, {10, 10}, 50), box(2, kTower, {50, 0}, {20, 20}, 60), box(3, kChurch, {90, 0}, {40, 40}, 70)});
  Query large = sized(Query{}, true, Measure::kArea);
  large.kind = Query::Kind::kIt;
  city.it = {3};
  EXPECT_EQ(meant(large, city), (Ids{3}));
  city.turns = {said(the(kTower), Plan::Status::kAsk, {1, 2})};
  EXPECT_EQ(meant(large, city), (Ids{2}));
}

TEST(Resolver, ANameMeansTheOriginalAndNotItsCopy) {
  Situation city = situation_of({box(1, kTower, {0, 0}, {10, 10}, 50, "Sky")});
  city.advance(PlanStep{"duplicate", {1}, {{"count", 1}, {"offset", {30, 0, 0}}}});
  Query sky;
  sky.kind = Query::Kind::kName;
  sky.name = "Sky";
  EXPECT_EQ(meant(sky, city), (Ids{1}));
  EXPECT_EQ(resolve(the(kTower), city).status, Status::kAmbiguous);
}

TEST(Resolver, AMirroredSceneMirrorsLeftAndRight) {
  std::vector<city::Object> objects = {box(1, kChurch, {0, 0}, {20, 20}, 20), box(2, kHouse, {-40, 5}, {10, 10}, 6),
                                       box(3, kHouse, {70, -5}, {10, 10}, 6), box(4, kHouse, {35, 25}, {10, 14}, 6)};
  std::vector<city::Object> mirrored = objects;
  for (city::Object& object : mirrored) {
    for (glm::dvec2& p : object.footprint) p.x = -p.x;
  }
  const QueryPtr church = shared(the(kChurch));
  EXPECT_EQ(resolve(with(all(kHouse), Relation::kLeft, {church}), situation_of(objects)).ids,
            resolve(with(all(kHouse), Relation::kRight, {church}), situation_of(mirrored)).ids);
  EXPECT_EQ(resolve(with(all(kHouse), Relation::kRight, {church}), situation_of(objects)).ids,
            resolve(with(all(kHouse), Relation::kLeft, {church}), situation_of(mirrored)).ids);
}

}  // namespace
}  // namespace skyline::models
