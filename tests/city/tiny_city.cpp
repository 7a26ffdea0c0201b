#include "tests/city/tiny_city.h"

#include "city/render/noise.h"

#include <glm/geometric.hpp>

#include <cmath>

namespace skyline::testing {

using namespace skyline::city;

void add_quad(Mesh& mesh, glm::vec3 a, glm::vec3 b, glm::vec3 c, glm::vec3 d, std::uint16_t material) {
  const auto first = static_cast<std::uint32_t>(mesh.positions.size());
  const float along = glm::length(b - a), up = glm::length(d - a);
  mesh.positions.insert(mesh.positions.end(), {a, b, c, d});
  mesh.uvs.insert(mesh.uvs.end(), {glm::vec2(0, 0), glm::vec2(along, 0), glm::vec2(along, up), glm::vec2(0, up)});
  mesh.indices.insert(mesh.indices.end(), {first, first + 1, first + 2, first, first + 2, first + 3});
  mesh.materials.insert(mesh.materials.end(), {material, material});
}

void add_box(Mesh& mesh, glm::vec3 low, glm::vec3 high, std::uint16_t wall, std::uint16_t roof) {
  const auto corner = [&](int x, int y, int z) {
    return glm::vec3(x != 0 ? high.x : low.x, y != 0 ? high.y : low.y, z != 0 ? high.z : low.z);
  };
  add_quad(mesh, corner(0, 0, 0), corner(1, 0, 0), corner(1, 0, 1), corner(0, 0, 1), wall);
  add_quad(mesh, corner(1, 0, 0), corner(1, 1, 0), corner(1, 1, 1), corner(1, 0, 1), wall);
  add_quad(mesh, corner(1, 1, 0), corner(0, 1, 0), corner(0, 1, 1), corner(1, 1, 1), wall);
  add_quad(mesh, corner(0, 1, 0), corner(0, 0, 0), corner(0, 0, 1), corner(0, 1, 1), wall);
  add_quad(mesh, corner(0, 0, 1), corner(1, 0, 1), corner(1, 1, 1), corner(0, 1, 1), roof);
}

namespace {

void add_object(CityModel& model, std::int32_t id, ObjectClass object_class, const char* name, Polygon footprint, double height) {
  Object object;
  object.id = id;
  object.object_class = object_class;
  object.name = name;
  object.footprint = std::move(footprint);
  object.height = height;
  (void)model.catalogue.add(std::move(object));
}

Mesh tree_mesh(std::uint16_t bark, std::uint16_t leaves) {
  Mesh mesh;
  add_box(mesh, {-0.2F, -0.2F, 0}, {0.2F, 0.2F, 4}, bark, bark);
  for (std::uint32_t i = 0; i < 1500; ++i) {  // leaf clusters through a ball of 3 m radius
    const float z = 2 * hash_unit(i, 1) - 1, angle = 6.2831853F * hash_unit(i, 2), radius = std::cbrt(hash_unit(i, 3)) * 3;
    const float flat = std::sqrt(1 - z * z);
    const glm::vec3 middle = glm::vec3(0, 0, 6) + radius * glm::vec3(flat * std::cos(angle), flat * std::sin(angle), z);
    const glm::vec3 x = glm::normalize(glm::vec3(hash_unit(i, 4), hash_unit(i, 5), hash_unit(i, 6)) - 0.5F) * 0.35F;
    const glm::vec3 y = glm::normalize(glm::cross(x, glm::vec3(hash_unit(i, 7), hash_unit(i, 8), hash_unit(i, 9)) - 0.5F)) * 0.35F;
    add_quad(mesh, middle - x - y, middle + x - y, middle + x + y, middle - x + y, leaves);
  }
  return mesh;
}

}  // namespace

CityModel tiny_city() {
  CityModel model;
  model.name = "tiny";
  model.low = {-120, -120, 0};
  model.high = {120, 120, 42};
  model.quarter_low = {-60, -60};
  model.quarter_high = {60, 60};
  add_object(model, kTinyTower, ObjectClass::kTower, "Tower", {{-40, 10}, {-20, 10}, {-20, 30}, {-40, 30}}, 40);
  add_object(model, kTinyHouse, ObjectClass::kHouse, "House", {{22, 15}, {38, 15}, {38, 25}, {22, 25}}, 10);
  add_object(model, kTinyTree, ObjectClass::kTree, "Tree", {{-3, -23}, {3, -23}, {3, -17}, {-3, -17}}, 9);
  add_object(model, kTinyPark, ObjectClass::kPark, "Park", {{-50, -50}, {50, -50}, {50, -5}, {-50, -5}}, 0);
  Object river;
  river.id = kTinyRiver;
  river.object_class = ObjectClass::kRiver;
  river.path = {{-120, -80}, {120, -80}};
  river.width = 20;
  (void)model.catalogue.add(river);

  Facade office{.length = 20, .height = 40, .bay = 2.5F, .ground_storey = 4, .shop_front = true, .accent = {0.7F, 0.1F, 0.1F}, .seed = 5};
  Facade home{.length = 16, .height = 6, .seed = 9};
  model.facades = {office, home};
  enum : std::uint16_t { kAsphalt, kPaving, kGrassland, kOfficeWall, kGravelRoof, kHomeWall, kTileRoof, kTrunkBark, kLeaves, kRiverWater };
  model.materials = {
      {.part = Part::kGround, .texture = Texture::kAsphalt, .color = {0.33F, 0.33F, 0.34F}, .color2 = {0.2F, 0.2F, 0.2F}},
      {.part = Part::kGround, .texture = Texture::kPaving, .color = {0.62F, 0.60F, 0.56F}, .color2 = {0.35F, 0.34F, 0.32F}},
      {.part = Part::kGrass, .texture = Texture::kGrass, .color = {0.28F, 0.38F, 0.16F}, .color2 = {0.45F, 0.46F, 0.24F}},
      {.part = Part::kWall, .texture = Texture::kConcrete, .color = {0.72F, 0.70F, 0.66F}, .color2 = {0.4F, 0.4F, 0.4F}, .facade = 0},
      {.part = Part::kRoof, .texture = Texture::kGravel, .color = {0.55F, 0.54F, 0.52F}, .color2 = {0.3F, 0.3F, 0.3F}},
      {.part = Part::kWall, .texture = Texture::kBrick, .color = {0.60F, 0.33F, 0.25F}, .color2 = {0.7F, 0.68F, 0.64F}, .facade = 1},
      {.part = Part::kRoof, .texture = Texture::kTiles, .color = {0.58F, 0.30F, 0.22F}, .color2 = {0.3F, 0.17F, 0.13F}},
      {.part = Part::kTrunk, .texture = Texture::kBark, .color = {0.30F, 0.25F, 0.2F}},
      {.part = Part::kFoliage, .texture = Texture::kFoliage, .color = {0.27F, 0.38F, 0.15F}, .color2 = {0.38F, 0.47F, 0.2F}},
      {.part = Part::kWater, .texture = Texture::kWater, .color = {0.18F, 0.24F, 0.22F}, .color2 = {0.25F, 0.3F, 0.25F}},
  };

  Mesh ground, park, water, tower, house;
  add_quad(ground, {-120, -5, 0}, {120, -5, 0}, {120, 50, 0}, {-120, 50, 0}, kAsphalt);
  add_quad(ground, {-120, 50, 0}, {120, 50, 0}, {120, 120, 0}, {-120, 120, 0}, kPaving);
  add_quad(ground, {-120, -70, 0}, {-50, -70, 0}, {-50, -5, 0}, {-120, -5, 0}, kPaving);
  add_quad(ground, {50, -70, 0}, {120, -70, 0}, {120, -5, 0}, {50, -5, 0}, kPaving);
  add_quad(ground, {-50, -70, 0}, {50, -70, 0}, {50, -50, 0}, {-50, -50, 0}, kPaving);
  add_quad(ground, {-120, -120, 0}, {120, -120, 0}, {120, -90, 0}, {-120, -90, 0}, kGrassland);
  add_quad(park, {-50, -50, 0}, {50, -50, 0}, {50, -5, 0}, {-50, -5, 0}, kGrassland);
  add_quad(water, {-120, -90, 0}, {120, -90, 0}, {120, -70, 0}, {-120, -70, 0}, kRiverWater);
  add_box(tower, {-40, 10, 0}, {-20, 30, 40}, kOfficeWall, kGravelRoof);
  add_box(house, {22, 15, 0}, {38, 25, 6}, kHomeWall, kTileRoof);
  add_quad(house, {22, 15, 6}, {38, 15, 6}, {38, 20, 10}, {22, 20, 10}, kTileRoof);
  add_quad(house, {38, 25, 6}, {22, 25, 6}, {22, 20, 10}, {38, 20, 10}, kTileRoof);
  model.meshes = {ground, park, water, tower, house, tree_mesh(kTrunkBark, kLeaves)};
  model.placements = {{.mesh = 0},
                      {.mesh = 1, .object = kTinyPark},
                      {.mesh = 2, .object = kTinyRiver},
                      {.mesh = 3, .object = kTinyTower},
                      {.mesh = 4, .object = kTinyHouse}};
  for (int i = 0; i < 6; ++i) {
    Placement tree{.mesh = 5, .object = i == 0 ? kTinyTree : 0, .tint = glm::vec3(0.9F + 0.04F * static_cast<float>(i))};
    tree.transform[3] = {8.0F * static_cast<float>(i), -20, 0};
    model.placements.push_back(tree);
  }
  return model;
}

}  // namespace skyline::testing
