#include "city/import/solid_city.h"

#include "city/gltf.h"
#include "city/import/dressing.h"
#include "city/import/ground.h"
#include "city/polygon.h"
#include "core/parallel.h"

#include <fmt/format.h>
#include <glm/common.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace skyline::city {
namespace {

using core::Error;
using glm::dvec3;

constexpr double kNear_m = 2e4;  // beyond it, 32-bit floats lose millimetres
constexpr double kLargest_m = 2e5;
constexpr std::size_t kMostMaterials = 65'000;

struct Box3 {
  dvec3 low{1e300}, high{-1e300};
};

Box3 box_of(const Solid& solid) {
  Box3 box;
  for (const std::uint32_t index : solid.indices) {
    box.low = glm::min(box.low, solid.positions[index]);
    box.high = glm::max(box.high, solid.positions[index]);
  }
  return box;
}

bool is_finite(const dvec3& p) { return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z); }

glm::u8vec3 bytes_of(glm::vec3 color) { return glm::u8vec3(glm::clamp(color, 0.0F, 1.0F) * 255.0F + 0.5F); }

bool is_dressed(const Solid& solid) { return is_a(solid.object_class, ObjectClass::kBuilding) || !solid.colors.empty(); }

// Colours of what is no building and has none in the file.
glm::vec3 class_color(ObjectClass object_class) {
  using enum ObjectClass;
  if (is_a(object_class, kWater)) return {0.25F, 0.36F, 0.38F};
  if (is_a(object_class, kGreen) || object_class == kTree) return {0.33F, 0.44F, 0.22F};
  if (is_a(object_class, kRoad) || object_class == kParking) return {0.33F, 0.33F, 0.34F};
  if (object_class == kRailway) return {0.42F, 0.38F, 0.34F};
  if (object_class == kBridge || object_class == kWall || object_class == kMonument) return {0.62F, 0.59F, 0.54F};
  return {0.60F, 0.58F, 0.55F};
}

// Surfaces of another kind than buildings have: water is water wherever it faces.
void class_surface(ObjectClass object_class, Material& material) {
  using enum ObjectClass;
  if (is_a(object_class, kWater)) {
    material.part = Part::kWater;
    material.texture = Texture::kWater;
    material.gloss = 0.02F;
  } else if (object_class == kTree) {
    material.part = Part::kFoliage;
    material.texture = Texture::kFoliage;
  } else if (is_a(object_class, kGreen)) {
    material.part = Part::kGrass;
    material.texture = Texture::kGrass;
  } else if (is_a(object_class, kRoad) || object_class == kParking) {
    material.part = Part::kGround;
    material.texture = Texture::kAsphalt;
  } else if (object_class == kSquare) {
    material.part = Part::kGround;
    material.texture = Texture::kPaving;
  } else if (is_a(object_class, kVehicle)) {
    material.part = Part::kVehicle;
  }
}

struct Built {
  Object object;
  DressedMesh dressed;
};

Built build(const Solid& solid, std::int32_t id, dvec3 shift) {
  Solid local = solid;
  for (dvec3& p : local.positions) p -= shift;
  if (!is_dressed(local)) local.colors.assign(local.indices.size() / 3, class_color(local.object_class));
  // Flat things have no underside: what faces down is turned up.
  if (!is_a(local.object_class, ObjectClass::kBuilding)) {
    local.parts = parts_of(local);
    for (Part& part : local.parts) part = part == Part::kGround ? Part::kRoof : part;
  }
  const Box3 box = box_of(local);
  Built built;
  Object& object = built.object;
  object.id = id;
  object.object_class = local.object_class;
  object.name = local.name;
  object.further = local.further;
  const auto rounded = [](double v) { return std::round(v * 1000) / 1000; };
  object.footprint = outline_of(local);
  Polygon tidy = object.footprint;  // millimetres are enough for a file, unless they make corners meet
  for (glm::dvec2& p : tidy) p = {rounded(p.x), rounded(p.y)};
  tidy = without_repeats(tidy);
  if (is_simple(tidy)) object.footprint = std::move(tidy);
  object.base = rounded(box.low.z);
  object.height = rounded(std::max(0.0, local.height.value_or(box.high.z - box.low.z)));
  built.dressed = dress(local, id, object.footprint, box.low.z, object.height, dvec3(0.0));
  object.wall = bytes_of(built.dressed.wall);
  object.roof = bytes_of(built.dressed.roof);
  return built;
}

// Gives every look a number, in the order of their first use.
class MaterialTable {
 public:
  explicit MaterialTable(CityModel& city) : city_(city) {}

  std::uint16_t index(SurfaceKey key, ObjectClass object_class) {
    // A city of very many looks does without windows in its last walls.
    if (city_.materials.size() >= kMostMaterials) key = {key.part, 0, 0, 0, false, false, 0};
    const bool building = is_a(object_class, ObjectClass::kBuilding);
    const auto [found, fresh] =
        known_.try_emplace({key, building ? ObjectClass::kBuilding : object_class}, static_cast<std::uint16_t>(city_.materials.size()));
    if (!fresh) return found->second;
    Facade facade;
    Material material = material_of(key, facade);
    if (!building) class_surface(object_class, material);
    if (material.facade >= 0) {
      material.facade = static_cast<int>(city_.facades.size());
      city_.facades.push_back(facade);
    }
    city_.materials.push_back(material);
    return found->second;
  }

 private:
  CityModel& city_;
  std::map<std::pair<SurfaceKey, ObjectClass>, std::uint16_t> known_;
};

core::Result<dvec3> shift_of(const std::vector<Solid>& solids, const std::string& where) {
  Box3 all;
  for (const Solid& solid : solids) {
    if (!std::all_of(solid.positions.begin(), solid.positions.end(), is_finite))
      return Error{"cannot import the city", fmt::format("{}: object {} has a corner that is not finite", where, solid.name),
                   "write it again with the program that made it"};
    const Box3 box = box_of(solid);
    all.low = glm::min(all.low, box.low);
    all.high = glm::max(all.high, box.high);
  }
  const dvec3 size = all.high - all.low;
  if (std::max({size.x, size.y, size.z}) > kLargest_m)
    return Error{"cannot import the city", where + " reaches over more than 200 km", "give a part of it, in metres"};
  const dvec3 farthest = glm::max(glm::abs(all.low), glm::abs(all.high));
  if (std::max(farthest.x, farthest.y) <= kNear_m) return dvec3(0.0);
  const dvec3 middle = (all.low + all.high) / 2.0;
  return dvec3(std::round(middle.x / 100) * 100, std::round(middle.y / 100) * 100, 0);
}

}  // namespace

core::Result<CityModel> city_from_solids(std::vector<Solid> solids, const SolidCityOptions& options, const std::string& where) {
  std::erase_if(solids, [](const Solid& solid) { return solid.indices.empty(); });
  if (std::all_of(solids.begin(), solids.end(), [](const Solid& solid) { return solid.is_terrain; }))
    return Error{"cannot import the city", where + " has no object with a face", "check that it is a model of buildings"};
  const auto shift = shift_of(solids, where);
  if (!shift) return shift.error();

  CityModel city;
  city.name = options.name;
  city.credit = options.credit;
  city.latitude_deg = options.latitude_deg;
  city.longitude_deg = options.longitude_deg;
  if (*shift != dvec3(0.0)) city.catalogue.further = nlohmann::json{{"origin", {shift->x, shift->y, shift->z}}}.dump();

  std::vector<std::int32_t> ids(solids.size(), 0);
  std::int32_t last = 0;
  for (std::size_t i = 0; i < solids.size(); ++i) ids[i] = solids[i].is_terrain ? 0 : ++last;
  std::vector<Built> built(solids.size());
  core::parallel_for(static_cast<std::int64_t>(solids.size()), [&](std::int64_t i) {
    const auto at = static_cast<std::size_t>(i);
    if (!solids[at].is_terrain) built[at] = build(solids[at], ids[at], *shift);
  });

  MaterialTable table(city);
  Rectangle quarter;
  for (std::size_t i = 0; i < solids.size(); ++i) {
    if (solids[i].is_terrain) continue;
    Built& one = built[i];
    std::vector<std::uint16_t> material;
    for (const SurfaceKey& key : one.dressed.surfaces) material.push_back(table.index(key, one.object.object_class));
    for (std::uint16_t& index : one.dressed.mesh.materials) index = material[index];
    quarter.add(bounds(one.object.footprint));
    const core::Status added = city.catalogue.add(std::move(one.object));
    if (!added) return Error{"cannot import the city", where + ": " + added.error().where, added.error().advice};
    if (one.dressed.mesh.indices.empty()) continue;
    city.placements.push_back({static_cast<std::uint32_t>(city.meshes.size()), ids[i], glm::mat4x3(1.0F), one.dressed.tint});
    city.meshes.push_back(std::move(one.dressed.mesh));
  }
  city.quarter_low = quarter.low;
  city.quarter_high = quarter.high;
  const bool has_terrain = std::any_of(solids.begin(), solids.end(), [](const Solid& solid) { return solid.is_terrain; });
  if (has_terrain) {
    for (const Solid& solid : solids) {
      if (solid.is_terrain) add_given_ground(city, solid, *shift);
    }
  } else if (options.ground) {
    add_interpolated_ground(city);
  }
  measure_model(city);
  return city;
}

}  // namespace skyline::city
