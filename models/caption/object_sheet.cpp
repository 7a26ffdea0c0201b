#include "models/caption/object_sheet.h"

#include "city/polygon.h"
#include "city/spatial_index.h"
#include "models/caption/seen_objects.h"
#include "models/caption/seen_relations.h"

#include <algorithm>
#include <cmath>

namespace skyline::models {
namespace {

using enum city::ObjectClass;

constexpr double kAlongGap = 40;   // metres from a road's edge: as the commands mean "along"
constexpr double kWaterGap = 150;  // metres: as the commands mean "near"
constexpr std::size_t kMostBeside = 2;
constexpr std::size_t kSearched = 40;  // neighbours that are looked at
constexpr int kLastRank = 3;

bool stands(city::ObjectClass object_class) {
  return city::is_a(object_class, kBuilding) || object_class == kMonument || object_class == kBridge || object_class == kCrane;
}

bool has_name(const city::Object& object) { return !object.name.empty() || !object.name_zh.empty(); }

void rank_height(const CaptionScene& scene, const city::Object& object, ObjectSheet& sheet) {
  if (!city::is_a(object.object_class, kBuilding)) return;
  constexpr double kClearly = 0.05;  // metres: as high is not higher
  int higher = 0, as_high = 0;
  for (const city::Object& other : scene.city.catalogue().objects()) {
    if (!city::is_a(other.object_class, kBuilding) || scene.city.hidden(other.id)) continue;
    ++sheet.buildings;
    if (other.id == object.id) continue;
    higher += other.height > object.height + kClearly ? 1 : 0;
    as_high += std::abs(other.height - object.height) <= kClearly ? 1 : 0;
  }
  if (as_high == 0 && higher < kLastRank && sheet.buildings > 2 * kLastRank) sheet.height_rank = higher + 1;
}

// The ninth of the rectangle around the middles of all buildings.
std::optional<CityPart> part_of(const CaptionScene& scene, const city::Object& object) {
  city::Rectangle all;
  for (const city::Object& other : scene.city.catalogue().objects()) {
    if (city::is_a(other.object_class, kBuilding)) all.add(city::centroid(other));
  }
  const glm::dvec2 size = all.high - all.low;
  if (all.empty() || size.x < 1 || size.y < 1) return std::nullopt;
  const glm::dvec2 share = (city::centroid(object) - all.low) / size;
  if (share.x < 0 || share.y < 0 || share.x > 1 || share.y > 1) return std::nullopt;
  using enum CityPart;
  constexpr CityPart kParts[3][3] = {{kSouthWest, kSouth, kSouthEast}, {kWest, kMiddle, kEast}, {kNorthWest, kNorth, kNorthEast}};
  const auto third = [](double value) { return std::min(2, static_cast<int>(3 * value)); };
  return kParts[third(share.y)][third(share.x)];
}

class NeighbourSearch {
 public:
  NeighbourSearch(const CaptionScene& scene, const city::Object& object) : scene_(scene), object_(object) {}

  template <class Accept>
  std::vector<Neighbour> nearest(std::size_t count, double gap_m, const Accept& accept) const {
    std::vector<Neighbour> found;
    const auto is_wanted = [&](const city::Object& other) { return !scene_.city.hidden(other.id) && accept(other); };
    for (const std::uint32_t place : scene_.city.index().nearest(object_, count, is_wanted)) {
      const city::Object& other = scene_.city.catalogue().objects()[place];
      const double gap = city::gap(object_, other);
      if (gap <= gap_m) found.push_back({subject_of(other), gap});
    }
    return found;
  }

 private:
  const CaptionScene& scene_;
  const city::Object& object_;
};

std::optional<Neighbour> first_of(std::vector<Neighbour> neighbours) {
  if (neighbours.empty()) return std::nullopt;
  return std::move(neighbours.front());
}

void find_neighbours(const CaptionScene& scene, const city::Object& object, ObjectSheet& sheet) {
  const NeighbourSearch search(scene, object);
  if (stands(object.object_class)) {
    sheet.street = first_of(
        search.nearest(1, kAlongGap, [](const city::Object& other) { return city::is_a(other.object_class, kRoad) && has_name(other); }));
  }
  const auto near = search.nearest(kSearched, 1e9, [&](const city::Object& other) {
    const bool place = other.object_class == kPark || other.object_class == kSquare;
    return (stands(other.object_class) || place) && is_beside(object, other) && !city::contains(other, city::centroid(object));
  });
  // Those with a name first, each group nearest first.
  for (const bool named : {true, false}) {
    for (const Neighbour& neighbour : near) {
      const bool has = !neighbour.subject.name.empty() || !neighbour.subject.name_zh.empty();
      // "A house and a house" says no more than one of them.
      const bool told = !named && std::any_of(sheet.beside.begin(), sheet.beside.end(), [&](const Neighbour& other) {
        return other.subject.object_class == neighbour.subject.object_class;
      });
      if (has == named && !told && sheet.beside.size() < kMostBeside) sheet.beside.push_back(neighbour);
    }
  }
  if (!city::is_a(object.object_class, kWater)) {
    sheet.water = first_of(search.nearest(1, kWaterGap, [](const city::Object& other) { return city::is_a(other.object_class, kWater); }));
  }
}

std::optional<SeenObject> find_in_view(const CaptionScene& scene, std::int32_t id, const ViewPixels& view) {
  std::vector<SeenObject> seen = find_seen_objects(scene, view);
  std::vector<float> surfaces;
  std::copy_if(view.depth.begin(), view.depth.end(), std::back_inserter(surfaces), [](float depth) { return depth > 0; });
  mark_depths(seen, std::move(surfaces));
  const auto found = std::find_if(seen.begin(), seen.end(), [&](const SeenObject& object) { return object.subject.id == id; });
  if (found == seen.end() || found->share < kLeastShare) return std::nullopt;
  return *found;
}

}  // namespace

std::optional<ObjectSheet> make_object_sheet(const CaptionScene& scene, std::int32_t id, const ViewPixels* view) {
  const city::Object* const object = scene.city.catalogue().find(id);
  if (object == nullptr) return std::nullopt;
  ObjectSheet sheet;
  sheet.subject = subject_of(*object);
  sheet.hidden = scene.city.hidden(id);
  if (!object->path.empty()) {
    sheet.length = city::path_length(object->path);
    sheet.width = object->width;
  }
  if (object->wall) sheet.wall = colour_word(*object->wall);
  if (object->roof) sheet.roof = colour_word(*object->roof);
  rank_height(scene, *object, sheet);
  if (object->path.empty()) sheet.part = part_of(scene, *object);
  if (object->path.empty()) find_neighbours(scene, *object, sheet);
  sheet.has_view = view != nullptr;
  if (view != nullptr && !sheet.hidden) sheet.seen = find_in_view(scene, id, *view);
  return sheet;
}

}  // namespace skyline::models
