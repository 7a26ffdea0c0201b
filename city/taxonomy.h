// The classes of city objects and their names. The words that people use for them, in both languages, belong to the lexicon; here is what
// files hold.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace skyline::city {

enum class ObjectClass : std::uint8_t {
  kBuilding,
  kTower,
  kHouse,
  kApartment,
  kOffice,
  kChurch,
  kSchool,
  kHospital,
  kStation,
  kWarehouse,
  kFactory,
  kShop,
  kHotel,
  kMuseum,
  kStadium,
  kSkyscraper,
  kRoad,
  kStreet,
  kBridge,
  kRailway,
  kSquare,
  kParking,
  kWater,
  kRiver,
  kLake,
  kPond,
  kCanal,
  kSea,
  kGreen,
  kPark,
  kGarden,
  kField,
  kForest,
  kTree,
  kVehicle,
  kCar,
  kBus,
  kTruck,
  kCrane,
  kWall,
  kMonument,
  kOther,
};

// "tower"; the name that objects.json holds.
std::string_view class_name(ObjectClass object_class);
std::optional<ObjectClass> find_class(std::string_view name);
// The class that this one is a kind of: tower -> building, street -> road, lake -> water, park -> green, car -> vehicle; none for the rest.
std::optional<ObjectClass> parent_class(ObjectClass object_class);
// True when it is `ancestor` or a kind of it.
bool is_a(ObjectClass object_class, ObjectClass ancestor);
std::span<const ObjectClass> all_classes();

}  // namespace skyline::city
