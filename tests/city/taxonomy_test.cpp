#include "city/taxonomy.h"

#include <gtest/gtest.h>

namespace skyline::city {
namespace {

TEST(Taxonomy, EveryClassIsFoundByItsName) {
  for (const ObjectClass object_class : all_classes()) EXPECT_EQ(find_class(class_name(object_class)), object_class);
  EXPECT_FALSE(find_class("").has_value());
  EXPECT_FALSE(find_class("Tower").has_value());
}

TEST(Taxonomy, KindsBelongToTheirParentsAndParentsToNone) {
  EXPECT_TRUE(is_a(ObjectClass::kTower, ObjectClass::kBuilding));
  EXPECT_TRUE(is_a(ObjectClass::kStreet, ObjectClass::kRoad));
  EXPECT_TRUE(is_a(ObjectClass::kPond, ObjectClass::kWater));
  EXPECT_TRUE(is_a(ObjectClass::kForest, ObjectClass::kGreen));
  EXPECT_TRUE(is_a(ObjectClass::kTruck, ObjectClass::kVehicle));
  EXPECT_FALSE(is_a(ObjectClass::kBuilding, ObjectClass::kTower));
  EXPECT_FALSE(is_a(ObjectClass::kTree, ObjectClass::kGreen));
  EXPECT_FALSE(parent_class(ObjectClass::kBridge).has_value());
}

}  // namespace
}  // namespace skyline::city
