#include "editor/effect_compiler.h"

#include "city/overlay.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace skyline::editor {
namespace {

using city::Object;
using city::ObjectClass;
using nerf::SurfaceKind;

constexpr double kFlat = 0.5;                                         // metres; what is lower is ground
constexpr double kMargin = 0.6;                                       // metres around what stands
constexpr double kAboveGround = 0.3;                                  // metres from where a thing is itself and not the ground
constexpr double kMostAboveTop = 6;                                   // metres
constexpr double kGroundBelow = 3, kGroundAbove = 1.2, kCrowns = 25;  // metres that an area on the ground reaches

SurfaceKind kind_of(ObjectClass object_class) {
  const auto is = [&](ObjectClass ancestor) { return city::is_a(object_class, ancestor); };
  if (is(ObjectClass::kTree)) return SurfaceKind::kTree;
  if (is(ObjectClass::kGreen)) return SurfaceKind::kLawn;
  if (is(ObjectClass::kWater)) return SurfaceKind::kWater;
  if (is(ObjectClass::kVehicle)) return SurfaceKind::kVehicle;
  if (is(ObjectClass::kBuilding)) return SurfaceKind::kBuilding;
  for (const ObjectClass paved :
       {ObjectClass::kRoad, ObjectClass::kBridge, ObjectClass::kRailway, ObjectClass::kSquare, ObjectClass::kParking}) {
    if (is(paved)) return SurfaceKind::kRoad;
  }
  return SurfaceKind::kOther;
}

// Small things stand on large ones.
int rank_of(const nerf::SurfaceThing& thing) {
  constexpr SurfaceKind kOrder[] = {SurfaceKind::kVehicle, SurfaceKind::kTree,  SurfaceKind::kBuilding, SurfaceKind::kOther,
                                    SurfaceKind::kRoad,    SurfaceKind::kWater, SurfaceKind::kLawn,     SurfaceKind::kUnknown};
  return static_cast<int>(std::find(std::begin(kOrder), std::end(kOrder), thing.kind) - std::begin(kOrder));
}

bool stands(const Object& object) { return !object.footprint.empty() && object.height >= kFlat; }

// What the object covers where it stands now, with a soft edge.
std::vector<nerf::Region> regions_of(const ObjectState& state, const Object& object, double edge) {
  const nerf::Placement placement = placement_of(state, object);
  double low = object.base + kAboveGround, high = object.base + object.height + std::clamp(0.3 * object.height, 1.0, kMostAboveTop);
  std::vector<city::Region> areas;
  if (stands(object)) {
    // Trees and cars are many and have soft outlines of their own.
    const bool is_house = kind_of(object.object_class) == SurfaceKind::kBuilding;
    areas = is_house ? city::offset(object.footprint, kMargin) : std::vector<city::Region>{{object.footprint, {}}};
  } else {
    low = object.base - kGroundBelow;
    high = object.base + (kind_of(object.object_class) == SurfaceKind::kLawn ? kCrowns : kGroundAbove);
    if (object.footprint.empty()) {
      areas = city::widened(object.path, object.width);
    } else {
      areas.push_back({object.footprint, {}});
    }
  }
  std::vector<nerf::Region> regions;
  for (const city::Region& area : areas) {
    city::Polygon placed;
    for (const glm::dvec2& corner : area.outer) placed.push_back(glm::dvec2(placement.to_target({corner.x, corner.y, object.base})));
    regions.emplace_back(std::move(placed), placement.to_target({0, 0, low}).z, placement.to_target({0, 0, high}).z, edge);
  }
  return regions;
}

template <class Visit>
void each_object(const DocumentState& state, const SceneFacts& scene, Visit&& visit) {
  for (const Object& object : scene.catalogue->objects()) {
    if (state.objects.contains(object.id)) continue;
    ObjectState as_photographed;
    as_photographed.source = object.id;
    visit(object.id, as_photographed, object);
  }
  for (const auto& [id, changed] : state.objects) {
    const Object* const source = scene.catalogue->find(changed.source);
    if (source != nullptr && !changed.gone()) visit(id, changed, *source);
  }
}

std::vector<nerf::SurfaceThing> things_of(const DocumentState& state, const SceneFacts& scene) {
  std::vector<nerf::SurfaceThing> things;
  each_object(state, scene, [&](std::int32_t id, const ObjectState& placed, const Object& object) {
    for (nerf::Region& region : regions_of(placed, object, 0))
      things.push_back({std::move(region), kind_of(object.object_class), static_cast<std::uint32_t>(id)});
  });
  std::stable_sort(things.begin(), things.end(), [](const auto& a, const auto& b) { return rank_of(a) < rank_of(b); });
  return things;
}

// Null for the whole scene. Targets that are gone cover nothing.
std::shared_ptr<const nerf::RegionGrid> place_of(const Effect& effect, const DocumentState& state, const SceneFacts& scene) {
  if (effect.targets.empty()) return nullptr;
  std::vector<nerf::Region> regions;
  for (const std::int32_t id : effect.targets) {
    const auto object = state.find(id, scene);
    const Object* const source = object && !object->gone() ? scene.catalogue->find(object->source) : nullptr;
    if (source == nullptr) continue;
    for (nerf::Region& region : regions_of(*object, *source, effect.edge)) regions.push_back(std::move(region));
  }
  return std::make_shared<const nerf::RegionGrid>(std::move(regions));
}

}  // namespace

std::shared_ptr<const nerf::Appearance> compile_appearance(const DocumentState& state, const SceneFacts& scene, double ground_z) {
  std::vector<nerf::SurfaceEffect> effects;
  for (const Effect& effect : state.effects) {
    if (effect.muted || effect.kind == EffectKind::kStyle || !(effect.strength > 0)) continue;
    nerf::SurfaceEffect drawn;
    if (effect.kind == EffectKind::kSeason) drawn.what = effect.season;
    if (effect.kind == EffectKind::kWeather) drawn.what = effect.weather;
    if (effect.kind == EffectKind::kLight) drawn.what = effect.sun;
    drawn.strength = static_cast<float>(effect.strength);
    drawn.where = place_of(effect, state, scene);
    effects.push_back(std::move(drawn));
  }
  if (effects.empty()) return nullptr;
  return std::make_shared<const nerf::Appearance>(std::move(effects), things_of(state, scene), ground_z);
}

std::shared_ptr<const StyleStack> compile_styles(const DocumentState& state, const SceneFacts& scene) {
  StyleStack styles;
  for (const Effect& effect : state.effects) {
    if (effect.muted || effect.kind != EffectKind::kStyle || !(effect.strength > 0)) continue;
    styles.push_back({effect.style, static_cast<float>(effect.strength), place_of(effect, state, scene)});
  }
  return styles.empty() ? nullptr : std::make_shared<const StyleStack>(std::move(styles));
}

bool same_effects(const DocumentState& a, const DocumentState& b) {
  return a.effects == b.effects && (a.effects.empty() || a.objects == b.objects);
}

}  // namespace skyline::editor
