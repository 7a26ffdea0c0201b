#include "city/generate/prop.h"

#include "city/generate/building.h"
#include "city/generate/scene.h"
#include "city/generate/trees.h"
#include "city/generate/vehicles.h"
#include "city/polygon.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numbers>
#include <utility>

namespace skyline::city {
namespace {

using namespace procedural;
using enum ObjectClass;

constexpr std::array kPropClasses{kBuilding, kTower,     kHouse,   kApartment, kOffice, kChurch,  kSchool,     kHospital,
                                  kStation,  kWarehouse, kFactory, kShop,      kHotel,  kMuseum,  kSkyscraper, kTree,
                                  kVehicle,  kCar,       kBus,     kTruck,     kCrane,  kMonument};
constexpr std::uint64_t kSeed = 0x50524F50;  // of all props
constexpr std::uint64_t kMostTries = 16;     // a plan does not suit every site

glm::u8vec3 bytes_of(glm::vec3 colour) { return glm::u8vec3(glm::clamp(colour, 0.0F, 1.0F) * 255.0F + 0.5F); }

core::Status add_building(Scene& scene, ObjectClass object_class, std::uint32_t variant) {
  const std::vector<const BuildingClass*> rows = rows_of(object_class == kBuilding ? kApartment : object_class);
  for (std::uint64_t attempt = 0; attempt < kMostTries && !rows.empty(); ++attempt) {
    Random random(kSeed + variant, 100 * static_cast<std::uint64_t>(object_class) + attempt);
    // A court needs a block of its own.
    std::vector<const BuildingClass*> fitting;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(fitting), [](const BuildingClass* row) { return row->plan != Plan::kCourt; });
    if (fitting.empty()) break;
    const BuildingClass& row = *fitting[random.index(fitting.size())];
    Site site;
    site.width = random.range(row.width_low, row.width_high);
    site.depth = random.range(row.depth_low, row.depth_high);
    std::optional<Building> made = make_building(row, site, random.child(1), scene.palette);
    if (!made || !is_simple(made->footprint)) continue;
    Object object;
    object.object_class = object_class;
    object.footprint = made->footprint;
    object.height = made->height;
    object.wall = bytes_of(made->wall);
    object.roof = bytes_of(made->roof);
    object.tags = made->tags;
    const int handle = scene.add_object(Kind::kBuilding, std::move(object));
    scene.place(scene.add_mesh(std::move(made->mesh)), handle, glm::dvec3(0.0));
    return {};
  }
  return core::Error{"a building could not be made", std::string(class_name(object_class)), "choose another class"};
}

void add_tree(Scene& scene, std::uint32_t variant) {
  Trees trees(scene, kSeed);
  Random random(kSeed + variant, 1);
  trees.plant(scene, {0, 0}, static_cast<Species>(variant % kSpeciesCount), random, 1, 0, 0);
}

void add_vehicle(Scene& scene, ObjectClass object_class, std::uint32_t variant) {
  Vehicles vehicles(scene);
  Random random(kSeed + variant, 2);
  Vehicles::Model model = Vehicles::car(random);
  if (object_class == kCar && model == Vehicles::Model::kVan) model = Vehicles::Model::kHatchback;
  if (object_class == kBus) model = Vehicles::Model::kBus;
  if (object_class == kTruck) model = Vehicles::Model::kTruck;
  vehicles.put(scene, {0, 0}, {1, 0}, model, random);
}

Polygon square(double half) { return {{-half, -half}, {half, -half}, {half, half}, {-half, half}}; }

// A lattice of four posts with a brace on each side of each bay.
void add_mast(MeshBuilder& out, const Frame& frame, double half, double from, double to, double bay, MaterialIndex steel) {
  constexpr std::array<glm::dvec2, 4> kCorners{glm::dvec2{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
  const double post = 0.2 * half, brace = 0.12 * half;
  for (const glm::dvec2 corner : kCorners) {
    out.beam(frame.at(half * corner.x, half * corner.y, from), frame.at(half * corner.x, half * corner.y, to), post, steel);
  }
  const int bays = std::max(1, static_cast<int>((to - from) / bay));
  for (int k = 0; k < bays; ++k) {
    const double low = from + (to - from) * k / bays, high = from + (to - from) * (k + 1) / bays;
    for (std::size_t side = 0; side < 4; ++side) {
      const glm::dvec2 a = half * kCorners[side], b = half * kCorners[(side + 1) % 4];
      out.beam(frame.at(a.x, a.y, low), frame.at(b.x, b.y, high), brace, steel);
      out.beam(frame.at(a.x, a.y, high), frame.at(b.x, b.y, high), brace, steel);
    }
  }
}

void add_crane(Scene& scene, std::uint32_t variant) {
  Random random(kSeed + variant, 3);
  const MaterialIndex steel = scene.palette.surface(Surface::kYellowMarking), weight = scene.palette.surface(Surface::kConcrete);
  const double height = random.range(32, 52), jib = random.range(30, 42), tail = 11;
  MeshBuilder out;
  const Frame frame;
  out.box(frame, {-2.6, -2.6, -0.5}, {2.6, 2.6, 0.8}, weight);
  add_mast(out, frame, 0.9, 0.8, height, 2.4, steel);
  out.box(frame, {-0.2, -2.4, height - 0.4}, {1.9, -0.9, height + 1.8}, scene.palette.surface(Surface::kCarGlass), steel);  // cabin
  add_mast(out, frame, 0.5, height, height + 6, 2, steel);
  for (const double y : {-0.7, 0.7}) {
    out.beam({-tail, y, height + 0.4}, {jib, y, height + 0.4}, 0.26, steel);
    out.beam({-tail, y, height + 0.4}, {0, y / 2, height + 6}, 0.12, steel);
  }
  out.beam({0, 0, height + 1.9}, {jib, 0, height + 1.5}, 0.22, steel);
  for (double x = 0; x + 2 <= jib; x += 2) {
    out.beam({x, -0.7, height + 0.4}, {x + 1, 0, height + 1.8}, 0.12, steel);
    out.beam({x + 1, 0, height + 1.8}, {x + 2, 0.7, height + 0.4}, 0.12, steel);
  }
  out.beam({0, 0, height + 6}, {0.65 * jib, 0, height + 1.7}, 0.12, steel);
  out.box(frame, {-tail, -1.1, height - 1.8}, {-tail + 2.6, 1.1, height + 0.3}, weight);
  out.beam({0.6 * jib, 0, height + 0.4}, {0.6 * jib, 0, height - 9}, 0.08, scene.palette.surface(Surface::kDarkSteel));
  Object object;
  object.object_class = kCrane;
  object.footprint = {{-tail, -2.6}, {jib, -2.6}, {jib, 2.6}, {-tail, 2.6}};
  object.height = out.top();
  object.wall = glm::u8vec3(214, 170, 40);
  const int handle = scene.add_object(Kind::kStructure, std::move(object));
  scene.place(scene.add_mesh(out.take()), handle, glm::dvec3(0.0));
}

// A column on steps with a figure on it.
void add_monument(Scene& scene, std::uint32_t variant) {
  Random random(kSeed + variant, 4);
  const MaterialIndex stone = scene.palette.surface(Surface::kStone), statue = scene.palette.surface(Surface::kStatue);
  const double height = random.range(9, 16), radius = height / 14;
  MeshBuilder out;
  const Frame frame;
  double z = -0.5, half = 3.2 * radius;
  for (const double rise : {0.9, 0.4, 0.4}) {
    out.box(frame, {-half, -half, z}, {half, half, z + rise}, stone);
    z += rise;
    half -= 0.45;
  }
  out.box(frame, {-1.5 * radius, -1.5 * radius, z}, {1.5 * radius, 1.5 * radius, z + 0.16 * height}, stone);
  z += 0.16 * height;
  out.column(frame, radius, 0.82 * radius, z, height, 14, stone);
  out.box(frame, {-1.2 * radius, -1.2 * radius, height}, {1.2 * radius, 1.2 * radius, height + 0.35}, stone);
  const double foot = height + 0.35, figure = 2.2;
  out.column(frame, 0.42, 0.26, foot, foot + 0.75 * figure, 10, statue);
  out.ellipsoid({0, 0, foot + 0.88 * figure}, glm::dvec3(0.24, 0.24, 0.3), 6, 0.05, random.bits(), statue);
  out.beam({0.2, 0, foot + 0.7 * figure}, {0.75, 0, foot + 1.05 * figure}, 0.16, statue);
  Object object;
  object.object_class = kMonument;
  object.footprint = square(3.2 * radius);
  object.height = out.top();
  object.wall = glm::u8vec3(168, 160, 148);
  const int handle = scene.add_object(Kind::kStructure, std::move(object));
  scene.place(scene.add_mesh(out.take()), handle, glm::dvec3(0.0));
}

// The placed meshes alone: makers bring all prototypes of their kind.
void drop_unused(CityModel& model) {
  std::vector<Mesh> used;
  for (Placement& placement : model.placements) {
    used.push_back(std::move(model.meshes[placement.mesh]));
    placement.mesh = static_cast<std::uint32_t>(used.size() - 1);
  }
  model.meshes = std::move(used);
}

}  // namespace

std::span<const ObjectClass> prop_classes() { return kPropClasses; }

bool has_props(ObjectClass object_class) { return std::find(kPropClasses.begin(), kPropClasses.end(), object_class) != kPropClasses.end(); }

core::Result<CityModel> make_prop(ObjectClass object_class, std::uint32_t variant) {
  if (!has_props(object_class)) {
    return core::Error{"nothing of that kind can be made", std::string(class_name(object_class)), "choose a building, a tree or a vehicle"};
  }
  Scene scene;
  if (object_class == kTree) {
    add_tree(scene, variant);
  } else if (is_a(object_class, kVehicle)) {
    add_vehicle(scene, object_class, variant);
  } else if (object_class == kCrane) {
    add_crane(scene, variant);
  } else if (object_class == kMonument) {
    add_monument(scene, variant);
  } else if (auto added = add_building(scene, object_class, variant); !added) {
    return added.error();
  }
  drop_unused(scene.model);
  if (auto finished = scene.finish(); !finished) return finished.error();
  scene.model.name = class_name(object_class);
  return std::move(scene.model);
}

}  // namespace skyline::city
