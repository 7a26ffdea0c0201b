#include "city/taxonomy.h"

#include <array>
#include <utility>

namespace skyline::city {
namespace {

using enum ObjectClass;

struct Row {
  ObjectClass object_class;
  std::string_view name;
  ObjectClass parent;  // itself: none
};

constexpr std::array kRows{
    Row{kBuilding, "building", kBuilding},
    Row{kTower, "tower", kBuilding},
    Row{kHouse, "house", kBuilding},
    Row{kApartment, "apartment", kBuilding},
    Row{kOffice, "office", kBuilding},
    Row{kChurch, "church", kBuilding},
    Row{kSchool, "school", kBuilding},
    Row{kHospital, "hospital", kBuilding},
    Row{kStation, "station", kBuilding},
    Row{kWarehouse, "warehouse", kBuilding},
    Row{kFactory, "factory", kBuilding},
    Row{kShop, "shop", kBuilding},
    Row{kHotel, "hotel", kBuilding},
    Row{kMuseum, "museum", kBuilding},
    Row{kStadium, "stadium", kBuilding},
    Row{kSkyscraper, "skyscraper", kBuilding},
    Row{kRoad, "road", kRoad},
    Row{kStreet, "street", kRoad},
    Row{kBridge, "bridge", kBridge},
    Row{kRailway, "railway", kRailway},
    Row{kSquare, "square", kSquare},
    Row{kParking, "parking", kParking},
    Row{kWater, "water", kWater},
    Row{kRiver, "river", kWater},
    Row{kLake, "lake", kWater},
    Row{kPond, "pond", kWater},
    Row{kCanal, "canal", kWater},
    Row{kSea, "sea", kWater},
    Row{kGreen, "green", kGreen},
    Row{kPark, "park", kGreen},
    Row{kGarden, "garden", kGreen},
    Row{kField, "field", kGreen},
    Row{kForest, "forest", kGreen},
    Row{kTree, "tree", kTree},
    Row{kVehicle, "vehicle", kVehicle},
    Row{kCar, "car", kVehicle},
    Row{kBus, "bus", kVehicle},
    Row{kTruck, "truck", kVehicle},
    Row{kCrane, "crane", kCrane},
    Row{kWall, "wall", kWall},
    Row{kMonument, "monument", kMonument},
    Row{kOther, "other", kOther},
};

constexpr auto kClasses = [] {
  std::array<ObjectClass, kRows.size()> classes{};
  for (std::size_t i = 0; i < kRows.size(); ++i) classes[i] = kRows[i].object_class;
  return classes;
}();

// The table is read by index.
static_assert([] {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<std::size_t>(kRows[i].object_class) != i) return false;
  }
  return true;
}());

const Row& row_of(ObjectClass object_class) { return kRows[static_cast<std::size_t>(object_class)]; }

}  // namespace

std::string_view class_name(ObjectClass object_class) { return row_of(object_class).name; }

std::optional<ObjectClass> find_class(std::string_view name) {
  for (const Row& row : kRows) {
    if (row.name == name) return row.object_class;
  }
  return std::nullopt;
}

std::optional<ObjectClass> parent_class(ObjectClass object_class) {
  const Row& row = row_of(object_class);
  if (row.parent == object_class) return std::nullopt;
  return row.parent;
}

bool is_a(ObjectClass object_class, ObjectClass ancestor) { return object_class == ancestor || row_of(object_class).parent == ancestor; }

std::span<const ObjectClass> all_classes() { return kClasses; }

}  // namespace skyline::city
