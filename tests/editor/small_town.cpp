#include "tests/editor/small_town.h"

#include <gtest/gtest.h>

namespace skyline::editor::testing {
namespace {

city::Polygon rectangle(double x0, double y0, double x1, double y1) { return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}; }

}  // namespace

SceneFacts small_town() {
  auto town = std::make_shared<city::Catalogue>();
  const auto add = [&](std::int32_t id, city::ObjectClass kind, city::Polygon footprint, double height) {
    city::Object object;
    object.id = id;
    object.object_class = kind;
    object.footprint = std::move(footprint);
    object.height = height;
    EXPECT_TRUE(town->add(std::move(object)).ok());
  };
  add(kHouse, city::ObjectClass::kHouse, rectangle(0, 0, 10, 8), 9);
  add(kAnnex, city::ObjectClass::kHouse, rectangle(10, 0, 16, 8), 6);
  add(kTree, city::ObjectClass::kTree, {{30, 0}, {32, 0}, {33, 2}, {31, 3}, {29, 2}}, 7);
  city::Object road;
  road.id = kRoad;
  road.object_class = city::ObjectClass::kRoad;
  road.path = {{-50, -10}, {50, -10}};
  road.width = 6;
  EXPECT_TRUE(town->add(std::move(road)).ok());
  add(kCar, city::ObjectClass::kCar, rectangle(20, -11, 24, -9), 1.5);
  add(kTower, city::ObjectClass::kTower, rectangle(0, 30, 12, 42), 60);
  return {town, 5};
}

double RandomOperations::number(double low, double high) { return low + (high - low) * static_cast<double>(random_()) / 4294967296.0; }

ObjectIds RandomOperations::targets(const Document& document) {
  ObjectIds chosen;
  const int count = 1 + below(3);
  for (int k = 0; k < count; ++k) chosen.push_back(1 + below(document.next_id()));  // the last one does not exist
  return chosen;
}

OwnSource RandomOperations::marked(OwnSource::Kind kind) {
  OwnSource own;
  own.kind = kind;
  own.object_class = city::ObjectClass::kTree;
  const double x = number(-50, 50), y = number(-50, 50);
  own.footprint = rectangle(x, y, x + number(1, 9), y + number(1, 9));
  own.height = number(1, 30);
  return own;
}

// One of the stack, or a wrong one where it is empty.
std::int32_t RandomOperations::effect(const Document& document) {
  const EffectStack& effects = document.state().effects;
  return effects.empty() ? 99 : effects[static_cast<std::size_t>(below(static_cast<int>(effects.size())))].number;
}

Operation RandomOperations::next(const Document& document) {
  const glm::dvec3 offset(number(-50, 50), number(-50, 50), number(-2, 2));
  switch (below(28)) {
    case 0:
      return Remove{targets(document)};
    case 1:
    case 2:
      return Move{targets(document), offset};
    case 3:
      return Rotate{targets(document), number(-400, 400)};
    case 4:
      return Scale{targets(document), {number(0.5, 1.5), number(0.5, 1.5), number(0.5, 1.5)}};
    case 5:
    case 6:
      return Duplicate{targets(document), 1 + below(3), offset, document.next_id()};
    case 7:
      return Recolor{targets(document), static_cast<Part>(below(3)), {below(256), below(256), below(256)}};
    case 8:
      return Hide{targets(document)};
    case 9:
      return Show{targets(document)};
    case 10:
      return Isolate{targets(document)};
    case 11:
      return Rename{{targets(document).front()}, "name " + std::to_string(below(9))};
    case 12:
      return Look{below(6), below(5), number(0, 1)};
    case 13:
      return Grading{number(-2, 2), number(-1, 1), number(-1, 1), number(0, 2)};
    case 14:
      return ChangeLight{below(2) == 0 ? ObjectIds{} : targets(document), {number(0, 360), number(-30, 60)}, number(0, 1), 0};
    case 15:
      return ChangeSeason{below(2) == 0 ? ObjectIds{} : targets(document), static_cast<Season>(below(4)), number(0, 1), number(0, 9)};
    case 16:
      return ChangeWeather{{}, static_cast<Weather>(below(6)), number(0, 1), 0};
    case 17:
      return ChangeStyle{{}, static_cast<Style>(below(12)), number(0, 1), 0};
    case 18:
      return MuteEffects{{effect(document)}, below(2) == 0};
    case 19:
      return SetEffectStrength{effect(document), number(0, 1)};
    case 20:
      return below(2) == 0 ? Operation(ReorderEffect{effect(document), 0}) : Operation(GroupEffects{{effect(document)}, "g"});
    case 21:
      return DropEffects{{effect(document)}};
    case 22: {
      Insert insert{"car", kCar, std::nullopt, {}, number(-400, 400), glm::dvec3(number(0.5, 2)), document.next_id()};
      for (int k = below(3); k >= 0; --k) insert.places.emplace_back(number(-90, 90), number(-90, 90), number(-2, 2));
      if (below(2) == 0) {
        insert.source = 0;
        insert.own = marked(OwnSource::Kind::kProp);
      }
      return insert;
    }
    case 23: {
      Replace replace{targets(document), "tower", kTower, std::nullopt, {}, {}, glm::dvec3(number(0.5, 2))};
      for (std::size_t k = 0; k < replace.targets.size(); ++k) {
        replace.places.push_back(offset);
        replace.angles_deg.push_back(number(-400, 400));
      }
      return replace;
    }
    case 24:
      return MarkRegion{marked(OwnSource::Kind::kRegion), document.next_id()};
    case 25:
      return SoftEdge{targets(document), number(0, 5)};
    default:
      return Select{targets(document), static_cast<SelectMode>(below(4))};
  }
}

}  // namespace skyline::editor::testing
