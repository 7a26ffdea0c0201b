// Readings made into plans: the numbers of every operation.
#include "models/language/interpreter/ground.h"

#include "city/polygon.h"
#include "tests/models/assistant_scene.h"

#include <gtest/gtest.h>

#include <cmath>

namespace skyline::models {
namespace {

using enum city::ObjectClass;
using nlohmann::json;
using test::all;
using test::box;
using test::Ids;
using test::line;
using test::shared;
using test::situation_of;
using test::the;
using test::with;
using Kind = Trouble::Kind;

// A church of 20 x 30 at the origin, a house east, a tower west, a park, a road south, a river north.
Situation town() {
  return situation_of({box(1, kChurch, {0, 0}, {20, 30}, 20, "St Mary"), box(2, kHouse, {100, 0}, {10, 10}, 6),
                       box(3, kTower, {-100, 40}, {20, 20}, 80, "Sky Tower"), box(4, kPark, {0, 300}, {100, 100}, 0),
                       line(5, kRoad, {{-300, -60}, {300, -60}}, 10), line(6, kRiver, {{-300, 150}, {300, 150}}, 40, "Green River")});
}

Step step_of(Op op, std::optional<Query> targets = {}) {
  Step step;
  step.op = op;
  if (targets) step.targets = shared(std::move(*targets));
  return step;
}

Grounding grounded(std::vector<Step> steps, const Situation& situation) {
  Reading reading;
  reading.steps = std::move(steps);
  return ground(reading, situation);
}

// The only step of the plan.
json plan_of(Step step, const Situation& situation) {
  const Grounding grounding = grounded({std::move(step)}, situation);
  EXPECT_TRUE(grounding.trouble.empty());
  if (grounding.steps.size() != 1) return {{"steps", grounding.steps.size()}};
  return to_json(grounding.steps.front());
}

json moved(Displacement by, const Situation& situation) {
  Step step = step_of(Op::kMove, the(kHouse));
  step.displacement = by;
  return plan_of(step, situation)["offset"];
}

Displacement by(Heading heading, std::optional<double> metres) {
  Displacement displacement;
  displacement.heading = heading;
  displacement.metres = metres;
  return displacement;
}

TEST(GroundMove, WorldDirectionsAreTheWorlds) {
  EXPECT_EQ(moved(by(Heading::kNorth, 20), town()), json({0.0, 20.0, 0.0}));
  EXPECT_EQ(moved(by(Heading::kWest, 5), town()), json({-5.0, 0.0, 0.0}));
  EXPECT_EQ(moved(by(Heading::kUp, 2), town()), json({0.0, 0.0, 2.0}));
  EXPECT_EQ(moved(by(Heading::kNorthEast, 10), town()), json({7.071068, 7.071068, 0.0}));
}

TEST(GroundMove, RightAndTowardsMeAreTheCameras) {
  Situation city = town();
  EXPECT_EQ(moved(by(Heading::kRight, 10), city), json({10.0, 0.0, 0.0}));  // with no camera, from the south
  city.camera = Viewpoint{{0, 0, 50}, 90, -30};                             // looks west
  EXPECT_EQ(moved(by(Heading::kRight, 10), city), json({0.0, 10.0, 0.0}));
  EXPECT_EQ(moved(by(Heading::kBack, 10), city), json({10.0, 0.0, 0.0}));
  EXPECT_EQ(moved(by(Heading::kForward, 10), city), json({-10.0, 0.0, 0.0}));
}

TEST(GroundMove, SharesAreOfTheSizeThatWay) {
  Step step = step_of(Op::kMove, the(kChurch));
  step.displacement = by(Heading::kNorth, {});
  step.displacement->of_size = 0.5;
  EXPECT_EQ(plan_of(step, town())["offset"], json({0.0, 15.0, 0.0}));
  step.displacement->heading = Heading::kEast;
  EXPECT_EQ(plan_of(step, town())["offset"], json({10.0, 0.0, 0.0}));
}

TEST(GroundMove, TowardsAndAwayFromAThing) {
  Displacement closer = by(Heading::kNone, 10);
  closer.anchor = shared(the(kChurch));
  EXPECT_EQ(moved(closer, town()), json({-10.0, 0.0, 0.0}));
  closer.away = true;
  EXPECT_EQ(moved(closer, town()), json({10.0, 0.0, 0.0}));
  closer.anchor = shared(the(kRoad));
  EXPECT_EQ(moved(closer, town()), json({0.0, 10.0, 0.0}));
}

json placed(Op op, Query targets, Place place, const Situation& situation) {
  Step step = step_of(op, std::move(targets));
  step.place = std::move(place);
  return plan_of(step, situation)["offset"];
}

Place place_of(Place::Kind kind, Query anchor) {
  Place place;
  place.kind = kind;
  place.anchor = shared(std::move(anchor));
  return place;
}

TEST(GroundMove, ToIsCentroidToCentroidAndNextToLeavesTwoMetresOnTheNearerSide) {
  EXPECT_EQ(placed(Op::kMove, the(kHouse), place_of(Place::Kind::kTo, the(kPark)), town()), json({-100.0, 300.0, 0.0}));
  // The church reaches to x = 10, the house is 10 wide.
  EXPECT_EQ(placed(Op::kMove, the(kHouse), place_of(Place::Kind::kBeside, the(kChurch)), town()), json({-83.0, 0.0, 0.0}));
  EXPECT_EQ(placed(Op::kMove, the(kTower), place_of(Place::Kind::kBeside, the(kChurch)), town()), json({78.0, -40.0, 0.0}));
  // The river's edge is at y = 130.
  EXPECT_EQ(placed(Op::kMove, the(kHouse), place_of(Place::Kind::kBeside, the(kRiver)), town()), json({0.0, 123.0, 0.0}));
}

TEST(GroundMove, NextToSomethingAskewLeavesTwoMetresAllTheSame) {
  Situation city = town();
  PlanStep turn{"rotate", {1, 2}, {{"angle", 33.0}}};
  city.scene = std::make_shared<const SceneView>(city.scene->after({turn}));
  const json offset = placed(Op::kMove, the(kHouse), place_of(Place::Kind::kBeside, the(kChurch)), city);
  const SceneView after = city.scene->after({PlanStep{"move", {2}, {{"offset", offset}}}});
  EXPECT_NEAR(city::gap(*after.catalogue().find(1), *after.catalogue().find(2)), 2, 1e-5);
}

TEST(GroundMove, MetresOffAThingAreMeasuredFromItsEdge) {
  Place place = place_of(Place::Kind::kOffset, the(kChurch));
  place.offset = by(Heading::kNorth, 20);
  EXPECT_EQ(placed(Op::kMove, the(kHouse), place, town()), json({-100.0, 35.0, 0.0}));
}

TEST(GroundMove, AsksForDirectionAndAmountAndRefusesRoads) {
  Step step = step_of(Op::kMove, the(kHouse));
  EXPECT_EQ(grounded({step}, town()).trouble.at(0).argument, "direction");
  step.displacement = by(Heading::kNorth, {});
  EXPECT_EQ(grounded({step}, town()).trouble.at(0).argument, "amount");
  step = step_of(Op::kMove, the(kRoad));
  step.displacement = by(Heading::kNorth, 5);
  const Grounding road = grounded({step}, town());
  EXPECT_EQ(road.trouble.at(0).kind, Kind::kNotPossible);
  EXPECT_EQ(road.trouble.at(0).argument, "line");
}

TEST(GroundRotate, FacingTurnsTheLongSideTheShorterWay) {
  Step step = step_of(Op::kRotate, the(kChurch));  // its long sides look east and west
  step.facing = Heading::kEast;
  EXPECT_EQ(plan_of(step, town())["angle"], 0.0);
  step.facing = Heading::kSouth;
  EXPECT_EQ(plan_of(step, town())["angle"], 90.0);
  step.facing = Heading::kNorthEast;
  EXPECT_EQ(plan_of(step, town())["angle"], 45.0);
  step.facing = Heading::kSouthEast;
  EXPECT_EQ(plan_of(step, town())["angle"], -45.0);
  step.facing = Heading::kNone;
  step.facing_target = shared(the(kRiver));
  EXPECT_EQ(plan_of(step, town())["angle"], 90.0);
  step.facing_target = nullptr;
  EXPECT_EQ(grounded({step}, town()).trouble.at(0).argument, "angle");
}

json scaled(Query targets, Sizing sizing, const Situation& situation) {
  Step step = step_of(Op::kScale, std::move(targets));
  step.sizing = sizing;
  return plan_of(step, situation)["factor"];
}

TEST(GroundScale, ByToAndTimesAlongTheAxesSpokenOf) {
  using Axes = Sizing::Axes;
  EXPECT_EQ(scaled(the(kChurch), {Axes::kHeight, {}, 10, {}, {}}, town()), json({1.0, 1.0, 1.5}));
  EXPECT_EQ(scaled(the(kChurch), {Axes::kHeight, {}, {}, 60, {}}, town()), json({1.0, 1.0, 3.0}));
  EXPECT_EQ(scaled(the(kChurch), {Axes::kAll, 0.5, {}, {}, {}}, town()), json({0.5, 0.5, 0.5}));
  EXPECT_EQ(scaled(the(kChurch), {Axes::kWidth, {}, 5, {}, {}}, town()), json({1.25, 1.25, 1.0}));
  EXPECT_EQ(scaled(the(kChurch), {Axes::kLength, {}, 15, {}, {}}, town()), json({1.0, 1.5, 1.0}));
  Step lower = step_of(Op::kScale, the(kChurch));
  lower.sizing = Sizing{Axes::kHeight, {}, -20, {}, {}};
  EXPECT_EQ(grounded({lower}, town()).trouble.at(0).argument, "below zero");
  Step flat = step_of(Op::kScale, the(kPark));
  flat.sizing = Sizing{Axes::kHeight, {}, 5, {}, {}};
  EXPECT_EQ(grounded({flat}, town()).trouble.at(0).argument, "height");
}

TEST(GroundScale, MetresOfSeveralThingsAreAStepForEachHeight) {
  Step step = step_of(Op::kScale, all(kBuilding));
  step.sizing = Sizing{Sizing::Axes::kHeight, {}, 10, {}, {}};
  const Grounding grounding = grounded({step}, town());
  ASSERT_EQ(grounding.steps.size(), 3U);
  EXPECT_EQ(grounding.steps[2].targets, (Ids{3}));
  EXPECT_EQ(grounding.steps[2].arguments["factor"], json({1.0, 1.0, 1.125}));
}

TEST(GroundDuplicate, CopiesStandTwoMetresApartToTheEastUnlessSaid) {
  Step step = step_of(Op::kDuplicate, the(kChurch));
  EXPECT_EQ(plan_of(step, town()), json({{"op", "duplicate"}, {"targets", {1}}, {"count", 1}, {"offset", {22.0, 0.0, 0.0}}}));
  step.count = 3;
  step.displacement = by(Heading::kNorth, 40);
  EXPECT_EQ(plan_of(step, town())["offset"], json({0.0, 40.0, 0.0}));
  EXPECT_EQ(plan_of(step, town())["count"], 3);
  step.displacement = by(Heading::kSouth, {});
  EXPECT_EQ(plan_of(step, town())["offset"], json({0.0, -32.0, 0.0}));
  step.displacement.reset();
  step.place = place_of(Place::Kind::kAlong, the(kRoad));
  EXPECT_EQ(plan_of(step, town())["offset"], json({22.0, 0.0, 0.0}));
}

json inserted(city::ObjectClass asset, std::optional<Place> place, const Situation& situation) {
  Step step = step_of(Op::kInsert);
  step.asset = asset;
  step.place = std::move(place);
  return plan_of(step, situation);
}

TEST(GroundInsert, GoesWhereItIsSaid) {
  Situation city = town();
  Place north = place_of(Place::Kind::kOffset, the(kChurch));
  north.offset = by(Heading::kNorth, 20);
  EXPECT_EQ(inserted(kTree, north, city)["at"], json({0.0, 35.0}));
  EXPECT_EQ(inserted(kTree, place_of(Place::Kind::kTo, the(kPark)), city)["at"], json({0.0, 300.0}));
  // 2 m between, the tree is 6 m wide.
  EXPECT_EQ(inserted(kTree, place_of(Place::Kind::kBeside, the(kChurch)), city)["at"], json({15.0, 0.0}));
  Place between = place_of(Place::Kind::kBetween, the(kChurch));
  between.second = shared(the(kHouse));
  EXPECT_EQ(inserted(kTree, between, city)["at"], json({50.0, 0.0}));
  Place here;
  here.kind = Place::Kind::kHere;
  Step step = step_of(Op::kInsert);
  step.asset = kPark;
  step.place = here;
  EXPECT_EQ(grounded({step}, city).trouble.at(0).argument, "place");
  city.camera = Viewpoint{{0, -100, 100}, 0, -45};
  EXPECT_EQ(grounded({step}, city).trouble.at(0).argument, "place");  // the middle of the view is no "here"
  city.pointer = glm::dvec2(7, 8);
  EXPECT_EQ(inserted(kPark, here, city)["at"], json({7.0, 8.0}));
  step.place.reset();
  EXPECT_EQ(grounded({step}, city).trouble.at(0).argument, "place");
}

TEST(GroundInsert, NextToAThingTakesASideThatIsFree) {
  Situation city = situation_of({box(1, kChurch, {0, 0}, {20, 30}, 20), box(2, kHouse, {20, 0}, {10, 10}, 6)});
  EXPECT_EQ(inserted(kTree, place_of(Place::Kind::kBeside, the(kChurch)), city)["at"], json({0.0, 20.0}));
}

TEST(GroundSteps, LaterStepsSeeWhatEarlierOnesDid) {
  Step remove = step_of(Op::kRemove, the(kTower));
  Query tallest = the(kBuilding);
  tallest.order = Order{};
  Query it;
  it.kind = Query::Kind::kIt;
  Step paint = step_of(Op::kRecolor, tallest), turn = step_of(Op::kRotate, it);
  paint.colour = "#c0392b";
  turn.angle_deg = 30;
  const Grounding grounding = grounded({remove, paint, turn}, town());
  ASSERT_TRUE(grounding.trouble.empty());
  EXPECT_EQ(grounding.steps[1].targets, (Ids{1}));
  EXPECT_EQ(grounding.steps[2].targets, (Ids{1}));
}

TEST(GroundSteps, AnAmbiguityCarriesTheWholePlanOfEachChoice) {
  Situation city = situation_of({box(1, kTower, {0, 0}, {10, 10}, 50, "A"), box(2, kTower, {50, 0}, {10, 10}, 60)});
  Step winter = step_of(Op::kSeason);
  winter.season = "winter";
  const Grounding grounding = grounded({step_of(Op::kRemove, the(kTower)), winter}, city);
  ASSERT_EQ(grounding.trouble.size(), 1U);
  EXPECT_EQ(grounding.trouble[0].kind, Kind::kAmbiguous);
  ASSERT_EQ(grounding.candidates.size(), 2U);
  EXPECT_EQ(grounding.candidates[1].ids, (Ids{2}));
  EXPECT_EQ(grounding.candidates[0].label, "A (50 m)");
  ASSERT_EQ(grounding.candidates[1].steps.size(), 2U);
  EXPECT_EQ(grounding.candidates[1].steps[0].targets, (Ids{2}));
  EXPECT_EQ(grounding.candidates[1].steps[1].op, "season");
}

TEST(GroundSteps, NothingThatFitsSaysWhatThereIs) {
  const Grounding grounding = grounded({step_of(Op::kRemove, the(kSchool))}, town());
  ASSERT_EQ(grounding.trouble.size(), 1U);
  EXPECT_EQ(grounding.trouble[0].kind, Kind::kNothing);
  EXPECT_FALSE(grounding.trouble[0].is_question());
  EXPECT_EQ(grounding.trouble[0].present.size(), 6U);
  EXPECT_EQ(grounded({step_of(Op::kRemove)}, town()).trouble.at(0).argument, "targets");
}

json asked(Asked what, Query targets, const Situation& situation) {
  Step step = step_of(Op::kQuery, std::move(targets));
  step.asked = what;
  return plan_of(step, situation)["answer"];
}

TEST(GroundQuery, AnswersAreNumbersListsAndWords) {
  const Situation city = town();
  EXPECT_EQ(asked(Asked::kCount, all(kBuilding), city), 3);
  EXPECT_EQ(asked(Asked::kCount, all(kSchool), city), 0);
  EXPECT_EQ(asked(Asked::kList, all(kBuilding), city), json({1, 2, 3}));
  EXPECT_EQ(asked(Asked::kHeight, the(kTower), city), 80.0);
  EXPECT_EQ(asked(Asked::kArea, the(kChurch), city), 600.0);
  EXPECT_NE(asked(Asked::kDescribe, the(kChurch), city).get<std::string>().find("20 m high"), std::string::npos);
  EXPECT_NE(asked(Asked::kWhere, the(kTower), city).get<std::string>().find("in the south-west"), std::string::npos);
  Step distance = step_of(Op::kQuery, the(kChurch));
  distance.asked = Asked::kDistance;
  distance.second = shared(the(kHouse));
  const json answer = plan_of(distance, city);
  EXPECT_EQ(answer["answer"], 85.0);
  EXPECT_EQ(answer["targets"], json({1, 2}));
}

TEST(GroundCamera, TakesTheLineOrTheThing) {
  Step step = step_of(Op::kCamera, the(kRiver));
  step.view = View::kFly;
  step.duration_s = 8;
  EXPECT_EQ(plan_of(step, town()), json({{"op", "camera"}, {"targets", {6}}, {"action", "fly"}, {"duration", 8.0}}));
  step = step_of(Op::kCamera, the(kChurch));
  step.view = View::kLookFrom;
  EXPECT_EQ(grounded({step}, town()).trouble.at(0).argument, "direction");
  step.from = Heading::kSouthWest;
  EXPECT_EQ(plan_of(step, town())["direction"], "southwest");
  step = step_of(Op::kCamera);
  step.view = View::kTop;
  EXPECT_EQ(plan_of(step, town())["targets"], json::array());
}

TEST(GroundShow, MeansWhatIsHidden) {
  Situation city = town();
  EXPECT_EQ(grounded({step_of(Op::kShow)}, city).trouble.at(0).argument, "hidden");
  city.advance(PlanStep{"hide", {1, 3}, json::object()});
  EXPECT_EQ(plan_of(step_of(Op::kShow), city)["targets"], json({1, 3}));
  EXPECT_EQ(plan_of(step_of(Op::kShow, all(kBuilding)), city)["targets"], json({1, 3}));
}

Plan applied(std::vector<PlanStep> steps) {
  Plan plan;
  plan.status = Plan::Status::kOk;
  plan.steps = std::move(steps);
  return plan;
}

TEST(Situation, UndoAndRedoGoThroughGroupsAndLeaveIt) {
  Situation city = town();
  city.take("", {}, applied({PlanStep{"remove", {3}, json::object()}, PlanStep{"move", {2}, {{"offset", {5, 0, 0}}}}}));
  EXPECT_EQ(city.scene->catalogue().find(3), nullptr);
  EXPECT_EQ(city.it, (Ids{2}));
  city.take("", {}, applied({PlanStep{"undo", {}, {{"steps", 1}}}}));
  EXPECT_NE(city.scene->catalogue().find(3), nullptr);
  EXPECT_DOUBLE_EQ(city::centroid(*city.scene->catalogue().find(2)).x, 100);
  EXPECT_EQ(city.it, (Ids{2}));
  city.take("", {}, applied({PlanStep{"redo", {}, {{"steps", 1}}}}));
  EXPECT_EQ(city.scene->catalogue().find(3), nullptr);
}

TEST(Situation, ACorrectionIsSaidOfTheSceneBeforeTheStep) {
  Situation city = town();
  Step turn = step_of(Op::kRotate, the(kChurch));
  turn.angle_deg = 30;
  Reading first;
  first.steps = {turn};
  Plan plan = applied(ground(first, city).steps);
  city.take("", first, plan);
  Reading second = first;
  second.intent = Reading::Intent::kCorrection;
  second.steps[0].angle_deg.reset();
  second.steps[0].facing = Heading::kSouth;
  const Grounding grounding = ground(second, city);
  ASSERT_EQ(grounding.steps.size(), 2U);
  EXPECT_EQ(grounding.steps[0].op, "undo");
  EXPECT_EQ(grounding.steps[1].arguments["angle"], 90.0);
  city.take("", second, applied(grounding.steps));
  ASSERT_EQ(city.past.size(), 1U);
  const city::Object& church = *city.scene->catalogue().find(1);
  EXPECT_NEAR(city::bounds(church).high.x, 15, 1e-9);
}

TEST(Situation, WhatWasForbiddenCanBeSpokenOf) {
  Situation city = town();
  Reading reading;
  reading.intent = Reading::Intent::kNegated;
  reading.steps = {step_of(Op::kRemove, the(kChurch))};
  city.take("don't remove the church", reading, Plan{});
  EXPECT_EQ(city.it, (Ids{1}));
  EXPECT_EQ(city.scene->catalogue().size(), 6U);
}

TEST(SceneView, CopiesInsertsAndReplacementsAreObjectsLikeOthers) {
  const Situation city = town();
  const SceneView after = city.scene->after({PlanStep{"duplicate", {2}, {{"count", 2}, {"offset", {20, 0, 0}}}},
                                             PlanStep{"insert", {}, {{"asset", "tree"}, {"at", {5, 5}}, {"count", 2}}},
                                             PlanStep{"replace", {3}, {{"asset", "park"}}},
                                             PlanStep{"recolor", {1}, {{"part", "roof"}, {"color", "#c0392b"}}}});
  ASSERT_NE(after.catalogue().find(8), nullptr);
  EXPECT_DOUBLE_EQ(city::centroid(*after.catalogue().find(8)).x, 140);
  EXPECT_TRUE(after.inserted(8));
  EXPECT_EQ(after.catalogue().find(9)->object_class, kTree);
  EXPECT_DOUBLE_EQ(city::centroid(*after.catalogue().find(10)).x, 13);  // 6 m wide, 2 m apart
  EXPECT_EQ(after.catalogue().find(3)->object_class, kPark);
  EXPECT_EQ(after.catalogue().find(3)->height, 0);
  EXPECT_TRUE(after.edited(1));
  EXPECT_EQ(after.next_id(), 11);
  // The scene before is as it was.
  EXPECT_EQ(city.scene->catalogue().size(), 6U);
}

TEST(SceneView, OfADocumentIsTheSameAsAfterTheSteps) {
  const Situation city = town();
  const editor::SceneFacts facts{std::make_shared<const city::Catalogue>(city.scene->catalogue()), 0};
  editor::DocumentState state;
  const std::vector<editor::Operation> operations{editor::Rotate{{1}, 30},
                                                  editor::Scale{{1}, {2, 1, 1.5}},
                                                  editor::Move{{1}, {5, 6, 7}},
                                                  editor::Duplicate{{1}, 2, {40, 0, 0}, 7},
                                                  editor::Recolor{{2}, editor::Part::kWall, {9, 8, 7}},
                                                  editor::Remove{{3}},
                                                  editor::Hide{{4}}};
  for (const editor::Operation& operation : operations) {
    ASSERT_TRUE(editor::check(state, operation, facts).ok());
    editor::apply(state, operation, facts);
  }
  const SceneView document = scene_view_of(state, facts);
  const SceneView plan =
      city.scene->after({PlanStep{"rotate", {1}, {{"angle", 30}}}, PlanStep{"scale", {1}, {{"factor", {2, 1, 1.5}}}},
                         PlanStep{"move", {1}, {{"offset", {5, 6, 7}}}}, PlanStep{"duplicate", {1}, {{"count", 2}, {"offset", {40, 0, 0}}}},
                         PlanStep{"recolor", {2}, {{"part", "wall"}, {"color", "#090807"}}}, PlanStep{"remove", {3}, json::object()},
                         PlanStep{"hide", {4}, json::object()}});
  ASSERT_EQ(document.catalogue().size(), plan.catalogue().size());
  for (const city::Object& object : document.catalogue().objects()) {
    const city::Object* const other = plan.catalogue().find(object.id);
    ASSERT_NE(other, nullptr) << object.id;
    EXPECT_NEAR(object.height, other->height, 1e-9);
    EXPECT_NEAR(object.base, other->base, 1e-9);
    EXPECT_EQ(object.wall, other->wall);
    ASSERT_EQ(object.footprint.size(), other->footprint.size());
    for (std::size_t i = 0; i < object.footprint.size(); ++i) {
      EXPECT_NEAR(object.footprint[i].x, other->footprint[i].x, 1e-9) << object.id;
      EXPECT_NEAR(object.footprint[i].y, other->footprint[i].y, 1e-9) << object.id;
    }
  }
  EXPECT_TRUE(document.hidden(4));
  EXPECT_TRUE(document.edited(1));
  EXPECT_TRUE(document.inserted(7));
  EXPECT_EQ(document.next_id(), 9);
}

}  // namespace
}  // namespace skyline::models
