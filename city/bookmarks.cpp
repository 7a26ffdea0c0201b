#include "city/bookmarks.h"

#include "city/polygon.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <tuple>

namespace skyline::city {
namespace {

constexpr double kFieldOfViewDeg = 50;  // vertical
constexpr int kWidth = 1280, kHeight = 720;

// Looks at `target` from `distance` away, from the south-west and above.
core::Camera looking_at(const glm::dvec3& target, double distance, double pitch_deg) {
  const double pitch = pitch_deg * std::numbers::pi / 180;
  const glm::dvec3 level = glm::normalize(glm::dvec3(-0.5, -1, 0));
  const glm::dvec3 backward = level * std::cos(pitch) + glm::dvec3(0, 0, std::sin(pitch));
  core::Camera camera;
  camera.width = kWidth;
  camera.height = kHeight;
  camera.fl_x = camera.fl_y = kHeight / 2.0 / std::tan(kFieldOfViewDeg / 2 * std::numbers::pi / 180);
  camera.cx = kWidth / 2.0;
  camera.cy = kHeight / 2.0;
  const glm::dvec3 right = glm::normalize(glm::cross(glm::dvec3(0, 0, 1), backward));
  camera.rotation = {right, glm::cross(backward, right), backward};
  camera.position = target + backward * distance;
  return camera;
}

bool is_notable(const Object& object) {
  using enum ObjectClass;
  constexpr std::array kPlain{kRoad, kStreet, kTree, kCar, kBus, kTruck, kVehicle, kHouse, kWall, kField, kForest, kOther};
  return !object.name.empty() && std::find(kPlain.begin(), kPlain.end(), object.object_class) == kPlain.end();
}

}  // namespace

std::vector<Bookmark> make_bookmarks(const Catalogue& catalogue, int count) {
  std::map<ObjectClass, int> how_many;
  std::vector<const Object*> notable;
  Rectangle city;
  for (const Object& object : catalogue.objects()) {
    if (!is_notable(object)) continue;
    ++how_many[object.object_class];
    notable.push_back(&object);
    if (!object.footprint.empty()) city.add(bounds(object.footprint));
  }
  std::vector<Bookmark> bookmarks;
  if (notable.empty() || count < 1) return bookmarks;
  if (!city.empty()) {
    const double size = glm::length(city.high - city.low);
    bookmarks.push_back({"The whole city", "全城", looking_at(glm::dvec3((city.low + city.high) / 2.0, 0), 0.75 * size, 38)});
  }
  // Rare classes first, tall ones of a class before low ones.
  std::sort(notable.begin(), notable.end(), [&](const Object* a, const Object* b) {
    return std::tuple(how_many[a->object_class], -a->height, a->id) < std::tuple(how_many[b->object_class], -b->height, b->id);
  });
  for (const Object* object : notable) {
    if (static_cast<int>(bookmarks.size()) >= count) break;
    const Rectangle box = bounds(*object);
    const double size = std::clamp(std::max({object->height, box.high.x - box.low.x, box.high.y - box.low.y}), 12.0, 120.0);
    const glm::dvec3 middle(centroid(*object), object->base + object->height / 2);
    bookmarks.push_back({object->name, object->name_zh, looking_at(middle, 2.4 * size, 30)});
  }
  return bookmarks;
}

}  // namespace skyline::city
