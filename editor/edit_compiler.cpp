#include "editor/edit_compiler.h"

#include "city/overlay.h"
#include "city/polygon.h"
#include "editor/mesh_light.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace skyline::editor {
namespace {

using city::Object;
using city::ObjectClass;
using city::Polygon;

constexpr double kLeastHeight = 0.5;                 // metres; what is flatter is ground
constexpr double kMargin = 1.2, kSmallMargin = 0.6;  // metres that a cut is larger than the footprint; for what is lower than a storey
constexpr double kStorey = 3;                        // metres
constexpr double kMostAboveTop = 6;                  // metres of a cut above the top
constexpr double kAboveGround = 0.3;                 // metres above the base from where a thing is itself and not the ground
constexpr double kLeastArea = 0.5;                   // square metres of a part of a cut
constexpr double kTintMargin = 0.4;                  // metres
constexpr glm::vec3 kLuminance{0.2126F, 0.7152F, 0.0722F};  // of display-encoded colours: luma, ITU-R BT.709

bool stands(const Object& object) { return !object.footprint.empty() && object.height >= kLeastHeight; }

bool is_plant(const Object& object) {
  return city::is_a(object.object_class, ObjectClass::kTree) || city::is_a(object.object_class, ObjectClass::kGreen);
}

double margin_of(const Object& object) { return object.height < kStorey ? kSmallMargin : kMargin; }
double top_of(const Object& object) { return object.base + object.height + std::clamp(object.height, 1.0, kMostAboveTop); }

// One border for an area with holes: each hole is joined by a slit without width, which rays cross twice at once.
Polygon without_holes(const city::Region& region) {
  Polygon border = region.outer;
  for (const Polygon& hole : region.holes) {
    std::size_t from = 0, to = 0;
    double nearest = std::numeric_limits<double>::max();
    for (std::size_t i = 0; i < border.size(); ++i) {
      for (std::size_t k = 0; k < hole.size(); ++k) {
        const glm::dvec2 apart = border[i] - hole[k];
        const double distance = apart.x * apart.x + apart.y * apart.y;
        if (distance < nearest) {
          nearest = distance;
          from = i;
          to = k;
        }
      }
    }
    Polygon slit{border[from]};
    for (std::size_t k = 0; k <= hole.size(); ++k) slit.push_back(hole[(to + k) % hole.size()]);
    border.insert(border.begin() + static_cast<std::ptrdiff_t>(from), slit.begin(), slit.end());
  }
  return border;
}

std::vector<Polygon> parts_of(const std::vector<city::Region>& regions) {
  std::vector<Polygon> parts;
  for (const city::Region& region : regions) {
    if (city::region_area(region) >= kLeastArea) parts.push_back(without_holes(region));
  }
  return parts;
}

// The footprint and a margin around it, less the footprints of what stands beside it: a cut along a shared wall must leave the neighbour
// whole.
std::vector<Polygon> areas_of(const Object& object, const city::SpatialIndex& index, const std::vector<Object>& objects) {
  const double margin = margin_of(object);
  std::vector<Polygon> margins = parts_of(city::offset(object.footprint, margin));
  for (const std::uint32_t place : index.within_gap(object, margin)) {
    const Object& neighbour = objects[place];
    if (!stands(neighbour) || neighbour.id == object.id) continue;
    std::vector<Polygon> left;
    for (const Polygon& part : margins) {
      const std::vector<Polygon> cut = parts_of(city::difference_of(part, neighbour.footprint));
      left.insert(left.end(), cut.begin(), cut.end());
    }
    margins = std::move(left);
  }
  margins.push_back(object.footprint);
  return parts_of(city::union_of(margins));
}

// Not 0, so that one can divide by it.
float luminance(const glm::vec3& c) {
  constexpr float kLeast = 0.02F;
  return std::max(c.r * kLuminance.r + c.g * kLuminance.g + c.b * kLuminance.b, kLeast);
}

// Colours around `mean` become colours around `wanted`: light and shadow stay by luminance, a quarter of the other differences stays.
nerf::ColourChange change_of(const glm::vec3& mean, const glm::u8vec3& colour) {
  constexpr float kMostGain = 2.5F, kKeptChroma = 0.25F;
  const glm::vec3 wanted = glm::vec3(colour) / 255.0F;
  const float of_mean = luminance(mean), of_wanted = luminance(wanted);
  // A dark wall that becomes white would show its noise: beyond that gain the difference is added instead.
  const float gain = std::min(of_wanted / of_mean, kMostGain);
  nerf::ColourChange change;
  change.knee = std::clamp(1.05F * std::max({wanted.r, wanted.g, wanted.b}), 0.75F, 1.0F);
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      const float shade = kLuminance[column] * (gain * wanted[row] / of_wanted - kKeptChroma * mean[row] / of_mean);
      change.matrix[column][row] = shade + (row == column ? kKeptChroma : 0.0F);
    }
    change.offset[row] = wanted[row] - gain * wanted[row] / of_wanted * of_mean;
  }
  return change;
}

}  // namespace

EditCompiler::EditCompiler(std::shared_ptr<const city::Catalogue> catalogue) : catalogue_(std::move(catalogue)), index_(*catalogue_) {}

void EditCompiler::set_ground(std::shared_ptr<const SceneGround> ground) {
  ground_ = std::move(ground);
  for (auto& [id, cut] : cuts_) cut.patches.reset();
}

EditCompiler::Cut& EditCompiler::cut_of(const Object& object) {
  const auto [entry, is_new] = cuts_.try_emplace(object.id);
  if (is_new) {
    entry->second.leaves_ground = is_plant(object);
    entry->second.areas = areas_of(object, index_, catalogue_->objects());
  }
  return entry->second;
}

void EditCompiler::cover(Cut& cut) const {
  if (cut.patches || ground_ == nullptr || cut.leaves_ground) return;
  cut.patches.emplace();
  for (const Polygon& area : cut.areas) {
    if (auto patch = ground_->open_ground().patch(area)) cut.patches->push_back(std::move(*patch));
  }
  // All or nothing: beside a covered part, a hole would be worse than the floor.
  if (cut.patches->size() != cut.areas.size()) cut.patches->clear();
}

void EditCompiler::add_gone(const Object& object, double soft, bool with_patch, nerf::EditLayers& layers) {
  if (!stands(object)) return;
  Cut& cut = cut_of(object);
  if (with_patch) cover(cut);
  const bool covered = with_patch && cut.patches && !cut.patches->empty();
  double low = object.base + kAboveGround;
  if (covered) {
    for (const nerf::GroundPatch& patch : *cut.patches) {
      low = std::min(low, patch.region.low());
      layers.add(patch);
    }
  }
  for (const Polygon& area : cut.areas) layers.add(nerf::Carve{nerf::Region(area, low, top_of(object), soft)});
}

void EditCompiler::add_placed(const ObjectState& state, const Object& object, nerf::EditLayers& layers) {
  if (!stands(object)) return;
  for (const Polygon& area : cut_of(object).areas) {
    layers.add(nerf::Instance{nerf::Region(area, object.base + kAboveGround, top_of(object), state.soft), placement_of(state, object)});
  }
}

// What cannot be read is not shown; the library knows why.
void EditCompiler::add_mesh(const ObjectState& state, const Object& object, nerf::EditLayers& layers) {
  auto shape = meshes_.find(*state.own);
  if (shape == nullptr) return;
  layers.add(nerf::MeshLayer{std::move(shape), placement_of(state, object)});
}

void EditCompiler::add_tint(const ObjectState& state, const Object& object, nerf::EditLayers& layers) const {
  if (!stands(object) || (!state.wall && !state.roof)) return;
  // As they look in the field: a catalogue may tell paint, which light has made brighter or darker.
  const auto told = [](const std::optional<glm::u8vec3>& colour) { return colour ? glm::vec3(*colour) / 255.0F : glm::vec3(0.5F); };
  glm::vec3 wall = told(object.wall), roof = told(object.roof);
  if (ground_ && !(state.own && state.own->is_mesh())) {
    wall = ground_->wall_colour(object.id, wall);
    roof = ground_->roof_colour(object.footprint, object.base, object.height, roof);
  }
  nerf::ColourChange nothing;
  nothing.strength = 0;
  nerf::Tint tint;
  tint.wall = state.wall ? change_of(wall, *state.wall) : nothing;
  tint.roof = state.roof ? change_of(roof, *state.roof) : nothing;
  const nerf::Placement placement = placement_of(state, object);
  for (const Polygon& part : parts_of(city::offset(object.footprint, kTintMargin))) {
    Polygon placed;
    for (const glm::dvec2& corner : part) placed.push_back(glm::dvec2(placement.to_target({corner.x, corner.y, object.base})));
    tint.region = nerf::Region(std::move(placed), placement.to_target({0, 0, object.base + kAboveGround}).z,
                               placement.to_target({0, 0, top_of(object)}).z);
    layers.add(tint);
  }
}

std::shared_ptr<const nerf::EditLayers> EditCompiler::compile(const DocumentState& state) {
  auto layers = std::make_shared<nerf::EditLayers>();
  layers->light = mesh_light(state.effects);
  for (const auto& [id, changed] : state.objects) {
    std::optional<Object> own;
    if (changed.own) own = object_of(*changed.own, changed.source);
    const Object* const source = own ? &*own : catalogue_->find(changed.source);
    if (source == nullptr) continue;
    // What stood in the field under this number: nothing for a copy.
    const bool shows_itself = id == changed.source;
    const Object* const original = shows_itself ? source : catalogue_->find(id);
    const bool left = !shows_itself || changed.moved();
    // Hiding is for a look around, often of a whole scene: it shows the floor, whether there is a patch from another edit or not, since a
    // picture must not depend on the way to the state.
    if (original != nullptr && (changed.gone() || left)) add_gone(*original, changed.soft, changed.removed || left, *layers);
    if (changed.gone()) continue;
    if (own && changed.own->is_mesh()) {
      add_mesh(changed, *source, *layers);
    } else if (left) {
      add_placed(changed, *source, *layers);
    }
    add_tint(changed, *source, *layers);
  }
  if (layers->empty()) return nullptr;
  layers->build();
  return layers;
}

}  // namespace skyline::editor
