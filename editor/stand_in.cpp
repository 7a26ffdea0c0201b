#include "editor/stand_in.h"

#include "city/generate/prop.h"
#include "city/polygon.h"
#include "editor/mesh_library.h"

#include <fmt/format.h>
#include <glm/common.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace skyline::editor {
namespace {

using city::Object;
using city::ObjectClass;
using core::Error;

constexpr double kLeastHeight = 0.5;    // metres; what is flatter is ground
constexpr double kTouching = 1.2;       // metres: the margin of a cut (edit_compiler.cpp)
constexpr double kOfTouching = 0.5;     // cost of a neighbour that touches, as a factor of e in height would have
constexpr double kOfRim = 0.6;          // cost of standing at the scene's rim
constexpr std::uint32_t kVariants = 8;  // of a prop that are looked at for a height

bool stands(const Object& object) { return !object.footprint.empty() && object.height >= kLeastHeight; }

// Buildings grow upwards, other things as a whole.
glm::dvec3 scale_to(ObjectClass object_class, double height, std::optional<double> wanted) {
  if (!wanted) return glm::dvec3(1.0);
  const double factor = *wanted / height;
  return city::is_a(object_class, ObjectClass::kBuilding) ? glm::dvec3(1, 1, factor) : glm::dvec3(factor);
}

double middle_height(const std::vector<const Object*>& objects) {
  std::vector<double> heights;
  for (const Object* const object : objects) heights.push_back(object->height);
  std::nth_element(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2), heights.end());
  return heights[heights.size() / 2];
}

// What speaks against a copy of the object.
double cost_of(const Object& object, double wanted, const city::Catalogue& catalogue, const city::Rectangle& scene) {
  int touching = 0;
  for (const Object& other : catalogue.objects()) {
    if (other.id != object.id && stands(other) && city::gap(object.footprint, other.footprint) < kTouching) ++touching;
  }
  const glm::dvec2 middle = 0.5 * (scene.low + scene.high), half = glm::max(0.5 * (scene.high - scene.low), glm::dvec2(1.0));
  const glm::dvec2 off = glm::abs(city::centroid(object.footprint) - middle) / half;
  const double rim = std::max(off.x, off.y);
  return std::abs(std::log(object.height / wanted)) + kOfTouching * std::min(touching, 4) + kOfRim * rim * rim;
}

const Object* best_of_scene(ObjectClass object_class, std::optional<double> height, const city::Catalogue& catalogue) {
  std::vector<const Object*> fitting;
  city::Rectangle scene;
  for (const Object& object : catalogue.objects()) {
    if (!stands(object)) continue;
    scene.add(city::bounds(object));
    if (city::is_a(object.object_class, object_class)) fitting.push_back(&object);
  }
  if (fitting.empty()) return nullptr;
  const double wanted = height.value_or(middle_height(fitting));
  const Object* best = nullptr;
  double least = std::numeric_limits<double>::max();
  for (const Object* const object : fitting) {
    const double cost = cost_of(*object, wanted, catalogue, scene);
    if (cost >= least) continue;
    best = object;
    least = cost;
  }
  return best;
}

OwnSource own_source(OwnSource::Kind kind, const Object& object) {
  OwnSource own;
  own.kind = kind;
  own.object_class = object.object_class;
  own.footprint = object.footprint;
  own.height = object.height;
  own.wall = object.wall;
  own.roof = object.roof;
  return own;
}

core::Result<StandIn> prop_for(ObjectClass object_class, std::optional<double> height) {
  StandIn best;
  for (std::uint32_t variant = 0; variant < (height ? kVariants : 1); ++variant) {
    const auto prop = city::make_prop(object_class, variant);
    if (!prop) return prop.error();
    const Object& object = prop->catalogue.objects().front();
    if (best.own && std::abs(std::log(object.height / *height)) >= std::abs(std::log(best.own->height / *height))) continue;
    best.own = own_source(OwnSource::Kind::kProp, object);
    best.own->variant = variant;
  }
  best.scale = scale_to(object_class, best.own->height, height);
  return best;
}

}  // namespace

core::Result<StandIn> stand_in_for(ObjectClass object_class, std::optional<double> height, const city::Catalogue& catalogue) {
  if (const Object* const object = best_of_scene(object_class, height, catalogue)) return stand_in_of(object->id, height, catalogue);
  if (city::has_props(object_class)) return prop_for(object_class, height);
  return Error{fmt::format("cannot insert a {}", city::class_name(object_class)), "the scene has none that stands, and none can be made",
               "choose a building, a tree, a vehicle, a crane or a monument"};
}

core::Result<StandIn> stand_in_of(std::int32_t id, std::optional<double> height, const city::Catalogue& catalogue) {
  const Object* const object = catalogue.find(id);
  if (object == nullptr) return Error{fmt::format("there is no object {}", id), "", "see the list of objects"};
  if (!stands(*object))
    return Error{fmt::format("object {} does not stand on the ground", id), "", "choose a building, a tree or the like"};
  return StandIn{id, std::nullopt, scale_to(object->object_class, object->height, height)};
}

core::Result<StandIn> stand_in_of(const std::filesystem::path& mesh_file, double scale) {
  const auto model = load_mesh_file(mesh_file);
  if (!model) return model.error();
  const auto hash = content_hash_of_file(mesh_file);
  if (!hash) return hash.error();
  StandIn made;
  made.own.emplace();
  made.own->kind = OwnSource::Kind::kMeshFile;
  made.own->path = mesh_file.string();
  made.own->content_hash = *hash;
  made.own->name = mesh_file.stem().string();
  const glm::dvec2 low(model->low), high(model->high);
  made.own->footprint = {low, {high.x, low.y}, high, {low.x, high.y}};
  made.own->height = model->high.z;
  if (model->catalogue.size() == 1) made.own->object_class = model->catalogue.objects().front().object_class;
  if (auto fits = check(*made.own); !fits) return Error{"cannot insert the mesh", mesh_file.string(), fits.error().where};
  made.scale = glm::dvec3(scale);
  return made;
}

}  // namespace skyline::editor
