#include "models/language/interpreter/standard_size.h"

#include <cmath>
#include <numbers>

namespace skyline::models {

using enum city::ObjectClass;

// Ordinary examples of each class: storeys of 3 m, a car of 4.5 m x 1.8 m, a bus of 12 m x 2.55 m.
StandardSize standard_size(city::ObjectClass object_class) {
  switch (object_class) {
    case kTower:
      return {20, 20, 60};
    case kSkyscraper:
      return {40, 40, 150};
    case kHouse:
      return {12, 10, 7};
    case kApartment:
      return {30, 14, 18};
    case kOffice:
      return {30, 20, 30};
    case kChurch:
      return {30, 15, 20};
    case kSchool:
      return {50, 20, 10};
    case kHospital:
      return {60, 30, 20};
    case kStation:
      return {60, 20, 12};
    case kWarehouse:
      return {40, 25, 8};
    case kFactory:
      return {50, 30, 10};
    case kShop:
      return {15, 12, 5};
    case kHotel:
      return {30, 18, 30};
    case kMuseum:
      return {40, 25, 14};
    case kStadium:
      return {120, 90, 25};
    case kBuilding:
      return {20, 15, 12};
    case kRoad:
    case kStreet:
      return {60, 8, 0};
    case kBridge:
      return {60, 10, 6};
    case kRailway:
      return {100, 5, 0};
    case kSquare:
    case kParking:
      return {40, 40, 0};
    case kWater:
    case kLake:
      return {60, 40, 0};
    case kRiver:
    case kCanal:
      return {200, 20, 0};
    case kSea:
      return {500, 300, 0};
    case kPond:
      return {20, 15, 0};
    case kGreen:
    case kPark:
    case kField:
    case kForest:
      return {50, 50, 0};
    case kGarden:
      return {20, 20, 0};
    case kTree:
      return {6, 6, 8};
    case kVehicle:
    case kCar:
      return {4.5, 1.8, 1.5};
    case kBus:
      return {12, 2.55, 3.2};
    case kTruck:
      return {8, 2.5, 3.5};
    case kCrane:
      return {6, 6, 45};
    case kWall:
      return {20, 0.4, 2.5};
    case kMonument:
      return {4, 4, 10};
    case kOther:
      return {10, 10, 5};
  }
  return {};
}

bool fills_its_place(city::ObjectClass object_class) {
  return object_class != kTree && object_class != kCrane && object_class != kMonument && object_class != kWall &&
         !is_a(object_class, kVehicle);
}

city::Object standard_object(city::ObjectClass object_class, std::int32_t id, glm::dvec2 centroid, double angle_deg) {
  const StandardSize size = standard_size(object_class);
  const double radians = angle_deg * std::numbers::pi / 180;
  const glm::dvec2 along = glm::dvec2(std::cos(radians), std::sin(radians)) * (size.length / 2);
  const glm::dvec2 across = glm::dvec2(-std::sin(radians), std::cos(radians)) * (size.width / 2);
  city::Object object;
  object.id = id;
  object.object_class = object_class;
  object.footprint = {centroid - along - across, centroid + along - across, centroid + along + across, centroid - along + across};
  object.height = size.height;
  return object;
}

}  // namespace skyline::models
