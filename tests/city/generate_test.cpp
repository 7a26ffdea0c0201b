// What the procedural city promises to those who measure against it.
#include "city/generate/generate.h"

#include "city/generate/building.h"
#include "city/generate/shapes.h"
#include "city/gltf.h"
#include "core/file.h"

#include <glm/vec4.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <set>

namespace skyline::city {
namespace {

namespace p = procedural;

CityModel make_city(std::int64_t seed, double size = 300) {
  GenerateSettings settings;
  settings.seed = seed;
  settings.size = size;
  core::Progress progress;
  core::Result<CityModel> city = generate_city(settings, progress);
  EXPECT_TRUE(city.ok());
  return std::move(city).value();
}

const std::vector<CityModel>& quarters() {
  static const std::vector<CityModel> cities = [] {
    std::vector<CityModel> out;
    for (const std::int64_t seed : {3, 8, 12}) out.push_back(make_city(seed, 400));
    return out;
  }();
  return cities;
}

const CityModel& quarter() { return quarters().front(); }

std::vector<const Object*> objects_of(const CityModel& city, ObjectClass kind) {
  std::vector<const Object*> out;
  for (const Object& object : city.catalogue.objects()) {
    if (is_a(object.object_class, kind)) out.push_back(&object);
  }
  return out;
}

std::vector<std::byte> bytes_of(const CityModel& city, const std::string& name) {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / name;
  EXPECT_TRUE(save_glb(city, path).ok());
  core::Result<std::vector<std::byte>> content = core::read_file(path);
  std::error_code code;
  std::filesystem::remove(path, code);
  EXPECT_TRUE(content.ok());
  return std::move(content).value();
}

TEST(Generate, TheSameSeedGivesTheSameBytesAndAnotherSeedAnotherCity) {
  const CityModel first = make_city(5), again = make_city(5), other = make_city(6);
  EXPECT_EQ(write_catalogue(first.catalogue), write_catalogue(again.catalogue));
  EXPECT_EQ(bytes_of(first, "skyline_generate_a.glb"), bytes_of(again, "skyline_generate_b.glb"));
  EXPECT_NE(write_catalogue(first.catalogue), write_catalogue(other.catalogue));
}

TEST(Generate, EveryModelIsSound) {
  EXPECT_TRUE(check_model(quarter(), "quarter").ok());
  for (const Placement& placement : quarter().placements) {
    if (placement.object == 0) continue;
    ASSERT_NE(quarter().catalogue.find(placement.object), nullptr) << placement.object;
  }
}

TEST(Generate, FootprintsAreSimpleAndBuildingsDoNotOverlap) {
  for (const CityModel& city : quarters()) {
    const auto buildings = objects_of(city, ObjectClass::kBuilding);
    ASSERT_GT(buildings.size(), 60U);
    for (const Object& object : city.catalogue.objects()) {
      EXPECT_TRUE(object.footprint.empty() || p::is_simple(object.footprint)) << object.id;
    }
    for (std::size_t i = 0; i < buildings.size(); ++i) {
      for (std::size_t j = i + 1; j < buildings.size(); ++j) {
        if (!p::box_of(buildings[i]->footprint).meets(p::box_of(buildings[j]->footprint))) continue;
        const double shared = p::area(p::intersect(p::region_of(buildings[i]->footprint), p::region_of(buildings[j]->footprint)));
        EXPECT_LT(shared, 0.05) << buildings[i]->id << " and " << buildings[j]->id;
      }
    }
  }
}

TEST(Generate, NoBuildingStandsInAStreetARiverAParkOrOnTheRailway) {
  for (const CityModel& city : quarters()) {
    for (const Object* building : objects_of(city, ObjectClass::kBuilding)) {
      const p::Region footprint = p::region_of(building->footprint);
      for (const Object& object : city.catalogue.objects()) {
        const ObjectClass c = object.object_class;
        p::Region taken;
        if (c == ObjectClass::kRiver || c == ObjectClass::kRailway || is_a(c, ObjectClass::kRoad))
          taken = p::corridor(object.path, object.width);
        if (c == ObjectClass::kPark || c == ObjectClass::kSquare || c == ObjectClass::kPond) taken = p::region_of(object.footprint);
        if (taken.empty()) continue;
        EXPECT_LT(p::area(p::intersect(footprint, taken)), 0.05) << building->id << " in " << object.id << " " << object.name;
      }
    }
  }
}

TEST(Generate, TreesStandOutsideBuildings) {
  for (const CityModel& city : quarters()) {
    const auto buildings = objects_of(city, ObjectClass::kBuilding);
    const auto trees = objects_of(city, ObjectClass::kTree);
    ASSERT_GT(trees.size(), 200U);
    for (const Object* tree : trees) {
      const glm::dvec2 trunk = p::centroid(tree->footprint);
      for (const Object* building : buildings) EXPECT_FALSE(p::contains(building->footprint, trunk)) << tree->id << " in " << building->id;
    }
  }
}

TEST(Generate, ParkedAndDrivingVehiclesDoNotTouch) {
  for (const CityModel& city : quarters()) {
    const auto vehicles = objects_of(city, ObjectClass::kVehicle);
    ASSERT_GT(vehicles.size(), 100U);
    std::size_t touching = 0;
    for (std::size_t i = 0; i < vehicles.size(); ++i) {
      for (std::size_t j = i + 1; j < vehicles.size(); ++j) {
        if (!p::box_of(vehicles[i]->footprint).meets(p::box_of(vehicles[j]->footprint))) continue;
        if (!p::intersect(p::region_of(vehicles[i]->footprint), p::region_of(vehicles[j]->footprint)).empty()) ++touching;
      }
    }
    EXPECT_EQ(touching, 0U);
  }
}

TEST(Generate, HeightsOfTheCatalogueAreThoseOfTheMeshes) {
  for (const CityModel& city : quarters()) {
    std::map<std::int32_t, double> top;
    for (const Placement& placement : city.placements) {
      for (const glm::vec3 v : city.meshes[placement.mesh].positions) {
        const double z = static_cast<double>((placement.transform * glm::vec4(v, 1.0F)).z);
        auto [entry, is_new] = top.try_emplace(placement.object, z);
        entry->second = std::max(entry->second, z);
      }
    }
    for (const Object* building : objects_of(city, ObjectClass::kBuilding)) {
      const double above = top.at(building->id) - building->base;
      EXPECT_GE(above, building->height - 0.01) << building->id;
      EXPECT_LE(above, building->height + 3.01) << building->id << " " << class_name(building->object_class);  // chimneys, plant
    }
  }
}

TEST(Generate, MassesAreClosedAndFaceOutwards) {
  CityModel model;
  p::Palette palette(model);
  const p::Outline shapes[] = {p::polygon_outline(p::rectangle({0, 0}, {20, 12})), p::ribbon_outline({{0, 0}, {20, 0}, {20, 20}}, 5),
                               p::ribbon_outline({{0, 0}, {20, 0}, {20, 20}}, 5, false, false)};
  for (const p::Outline& outline : shapes) {
    for (const p::RoofForm form :
         {p::RoofForm::kFlat, p::RoofForm::kFlatCornice, p::RoofForm::kGable, p::RoofForm::kMansard, p::RoofForm::kBarrel}) {
      if (!outline.is_ribbon() && form != p::RoofForm::kFlat) continue;
      p::MeshBuilder out;
      p::add_mass(out, outline, p::levels_of(outline, -1, 9, {form, 0.8, 0.4, 0}), 0,
                  [](p::Face, std::size_t, double) { return p::MaterialIndex{0}; });
      const Mesh mesh = out.take();
      // The area vectors of a closed surface sum to nothing.
      glm::dvec3 sum(0.0);
      for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
        const glm::dvec3 a(mesh.positions[mesh.indices[i]]), b(mesh.positions[mesh.indices[i + 1]]), c(mesh.positions[mesh.indices[i + 2]]);
        sum += glm::cross(b - a, c - a);
      }
      EXPECT_LT(glm::length(sum), 0.01) << static_cast<int>(form);
      EXPECT_GT(p::signed_volume(mesh), 10 * 0.95 * p::area(outline.footprint())) << static_cast<int>(form);
    }
  }
}

TEST(Generate, BuildingsOfEveryPlanEncloseTheirVolume) {
  for (const p::BuildingClass& row : p::building_classes()) {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
      CityModel model;
      p::Palette palette(model);
      p::Site site{{0, 0}, {1, 0}, row.width_high, row.depth_high, {}};
      if (row.plan == p::Plan::kCourt) site = {{0, 0}, {1, 0}, 60, 50, p::rectangle({-30, -25}, {30, 25})};
      const auto building = p::make_building(row, site, p::Random(seed), palette);
      ASSERT_TRUE(building.has_value()) << class_name(row.object_class);
      EXPECT_TRUE(p::is_simple(building->footprint));
      EXPECT_GT(p::signed_volume(building->mesh), 0.4 * p::area(building->footprint) * building->height * 0.3)
          << class_name(row.object_class);
    }
  }
}

TEST(Generate, VehiclesFaceOutwards) {
  for (const Placement& placement : quarter().placements) {
    const Object* const object = quarter().catalogue.find(placement.object);
    if (object == nullptr || !is_a(object->object_class, ObjectClass::kVehicle)) continue;
    const Mesh& mesh = quarter().meshes[placement.mesh];
    double belly = 0;  // the area that looks up balances the area that looks down
    for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
      const glm::dvec3 a(mesh.positions[mesh.indices[i]]), b(mesh.positions[mesh.indices[i + 1]]), c(mesh.positions[mesh.indices[i + 2]]);
      belly += glm::cross(b - a, c - a).z;
    }
    ASSERT_NEAR(belly, 0, 0.01) << placement.mesh;
    ASSERT_GT(p::signed_volume(mesh), 4.0) << object->tags.front();
  }
}

TEST(Generate, EveryClassAppearsWithinAFewSeeds) {
  std::set<ObjectClass> seen;
  for (const std::int64_t seed : {1, 2, 3, 4}) {
    const CityModel city = make_city(seed, 400);
    for (const Object& object : city.catalogue.objects()) seen.insert(object.object_class);
  }
  using enum ObjectClass;
  for (const ObjectClass wanted : {kHouse,   kApartment, kOffice, kTower,  kSkyscraper, kChurch, kSchool, kHospital, kStation, kWarehouse,
                                   kFactory, kShop,      kHotel,  kMuseum, kRoad,       kStreet, kBridge, kRailway,  kSquare,  kParking,
                                   kRiver,   kPond,      kPark,   kForest, kField,      kTree,   kCar,    kBus,      kTruck,   kMonument}) {
    EXPECT_TRUE(seen.contains(wanted)) << class_name(wanted);
  }
}

TEST(Generate, AHighRiseIsASkyscraperFromAHundredMetres) {
  int skyscrapers = 0, towers = 0;
  for (const std::int64_t seed : {1, 2, 3, 4}) {
    const CityModel city = make_city(seed, 400);
    for (const Object& object : city.catalogue.objects()) {
      if (object.object_class != ObjectClass::kSkyscraper && object.object_class != ObjectClass::kTower) continue;
      const bool skyscraper = object.object_class == ObjectClass::kSkyscraper;
      ++(skyscraper ? skyscrapers : towers);
      EXPECT_TRUE(!skyscraper || object.height >= 100) << object.name;
    }
  }
  EXPECT_GT(skyscrapers, 0);
  EXPECT_GT(towers, 0);
}

TEST(Generate, StreetsRiversAndLandmarksAreNamedInBothLanguages) {
  std::size_t bridges = 0;
  for (const Object& object : quarter().catalogue.objects()) {
    const ObjectClass c = object.object_class;
    const bool named = is_a(c, ObjectClass::kRoad) || c == ObjectClass::kRiver || c == ObjectClass::kBridge || c == ObjectClass::kPark ||
                       c == ObjectClass::kSquare || c == ObjectClass::kChurch || c == ObjectClass::kStation;
    EXPECT_TRUE(!named || (!object.name.empty() && !object.name_zh.empty())) << object.id;
    bridges += c == ObjectClass::kBridge ? 1U : 0U;
  }
  EXPECT_GE(bridges, 2U);
}

TEST(Generate, IdsRunFromOneInTheOrderOfKinds) {
  std::int32_t next = 1;
  std::int32_t last_building = 0, first_tree = 0;
  for (const Object& object : quarter().catalogue.objects()) {
    EXPECT_EQ(object.id, next++);
    if (is_a(object.object_class, ObjectClass::kBuilding)) last_building = object.id;
    if (object.object_class == ObjectClass::kTree && first_tree == 0) first_tree = object.id;
  }
  EXPECT_LT(last_building, first_tree);
}

TEST(Generate, SettingsOutOfRangeAreRefusedInOneSentence) {
  core::Progress progress;
  for (const double size : {10.0, 9000.0, std::nan("")}) {
    GenerateSettings settings;
    settings.size = size;
    const auto city = generate_city(settings, progress);
    ASSERT_FALSE(city.ok());
    EXPECT_FALSE(city.error().message().empty());
  }
  GenerateSettings settings;
  core::StopToken stop;
  stop.request_stop();
  core::Progress stopped(stop);
  const auto city = generate_city(settings, stopped);
  ASSERT_FALSE(city.ok());
  EXPECT_TRUE(city.error().stopped);
}

TEST(Generate, SmallAndPlainQuartersAreMadeToo) {
  for (const bool water : {false, true}) {
    GenerateSettings settings;
    settings.size = 200;
    settings.river = settings.railway = water;
    core::Progress progress;
    const auto city = generate_city(settings, progress);
    ASSERT_TRUE(city.ok());
    EXPECT_GT(objects_of(*city, ObjectClass::kBuilding).size(), 10U);
  }
}

}  // namespace
}  // namespace skyline::city
