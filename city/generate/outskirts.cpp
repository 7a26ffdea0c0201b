// The country beyond the quarter: fields, meadows, forests, farms and the roads that lead there. Coarse, but no edge of the world in sight.
#include "city/generate/city_maker.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skyline::city::procedural {
namespace {

void cut_fields(const Polygon& polygon, Random& random, std::vector<Polygon>& out, int depth = 0) {
  const OrientedBox box = oriented_box(polygon);
  if (box.length < random.range(120, 210) || depth > 9) {
    out.push_back(polygon);
    return;
  }
  const double far = box.length + box.width, turn = random.range(-0.1, 0.1);
  const glm::dvec2 across = left_of(box.axis) * std::cos(turn) + box.axis * std::sin(turn);
  const glm::dvec2 middle = box.center + box.axis * (box.length * random.range(-0.12, 0.12));
  const glm::dvec2 ahead{across.y, -across.x};
  const Polygon half{middle - across * far, middle - across * far + ahead * far, middle + across * far + ahead * far,
                     middle + across * far};
  const Region whole = region_of(polygon);
  for (const Region& side : {intersect(whole, region_of(half)), subtract(whole, region_of(half))}) {
    for (const Shape& part : side) cut_fields(part.outer, random, out, depth + 1);
  }
}

}  // namespace

void CityMaker::lay_outskirts() {
  Random random(seed, 61);
  Region taken = region_of(plan.quarter);
  if (!plan.river.empty()) {
    for (Shape& s : corridor(plan.river, plan.river_width)) taken.push_back(std::move(s));
  }
  if (!plan.railway.empty()) {
    for (Shape& s : corridor(plan.railway, plan.railway_width)) taken.push_back(std::move(s));
  }
  Region roads;
  for (const Path& road : plan.country_roads) {
    for (Shape& s : corridor(road, 7)) roads.push_back(std::move(s));
  }
  roads = subtract(unite(roads), unite(taken));
  lay_ground(scene, roads, 0.03, Surface::kAsphalt, 0, 0.5, Surface::kSoil, 20);
  for (const Shape& s : roads) taken.push_back(s);
  const Region country = subtract(region_of(plan.world), unite(taken));
  std::vector<Polygon> fields;
  const double half = plan.size / 2, far = half + plan.reach;
  for (const Polygon& side : {rectangle({-far, half}, {far, far}), rectangle({-far, -far}, {far, -half}),
                              rectangle({-far, -half}, {-half, half}), rectangle({half, -half}, {far, half})}) {
    cut_fields(side, random, fields);
  }
  for (const Polygon& field : fields) {
    const Region ground = intersect(region_of(field), country);
    if (area(ground) < 30) continue;
    const glm::dvec2 c = centroid(field);
    const double wild = value_noise(seed + 91, c.x / 260, c.y / 260), draw = random.unit();
    const bool forest = wild > 0.18 || draw < 0.08;
    const bool near_town = std::max(std::abs(c.x), std::abs(c.y)) < half + 170;
    const bool hamlet = !forest && draw > (near_town ? 0.55 : 0.88);
    const Surface surface = forest                  ? Surface::kForestFloor
                            : hamlet || draw < 0.35 ? Surface::kMeadow
                            : draw < 0.55           ? Surface::kField
                            : draw < 0.74           ? Surface::kCrop
                                                    : Surface::kStubble;
    int handle = 0;
    if (const Shape* const main = largest(ground); forest && area(ground) > 1500 && main->holes.empty()) {
      Object object;
      object.object_class = ObjectClass::kForest;
      object.footprint = main->outer;
      object.base = scene.ground(centroid(main->outer));
      handle = scene.add_object(Kind::kArea, std::move(object));
    } else if (surface == Surface::kField || surface == Surface::kCrop || surface == Surface::kStubble) {
      if (main != nullptr && main->holes.empty()) {
        Object object;
        object.object_class = ObjectClass::kField;
        object.footprint = main->outer;
        object.base = scene.ground(centroid(main->outer));
        handle = scene.add_object(Kind::kArea, std::move(object));
      }
    }
    lay_ground(scene, ground, 0, surface, handle, 1.0, Surface::kSoil, 20);
    const Region inside = offset(ground, -3);
    const Box box = box_of(ground);
    const double size = area(ground);
    const auto draw_place = [&] { return glm::dvec2{random.range(box.low.x, box.high.x), random.range(box.low.y, box.high.y)}; };
    if (forest) {
      const int wanted = std::min(420, static_cast<int>(size / 42 * settings.trees));
      for (int i = 0; i < wanted; ++i) {
        const glm::dvec2 p = draw_place();
        if (!contains(inside, p)) continue;
        const double kind = value_noise(seed + 92, p.x / 50, p.y / 50);
        trees.plant(scene, p,
                    kind > 0.1    ? Species::kSpruce
                    : kind > -0.2 ? Species::kLinden
                    : kind > -0.5 ? Species::kPine
                                  : Species::kMaple,
                    random, 1.15, handle == 0 ? -1 : handle, 0);
      }
    } else if (hamlet) {
      const int wanted = near_town ? 9 : 4;
      for (int i = 0; i < wanted * 2; ++i) {
        const glm::dvec2 p = draw_place();
        const double turn = value_noise(seed + 93, p.x / 90, p.y / 90) * 2;
        if (!contains(offset(ground, -14), p) || scene.buildings.inside_any(p, 14)) continue;
        const glm::dvec2 axis{std::cos(turn), std::sin(turn)};
        const bool barn = random.chance(near_town ? 0.1 : 0.4);
        Polygon footprint;
        const glm::dvec2 size_of = barn ? glm::dvec2(11, 6) : glm::dvec2(6, 4.5);
        for (const glm::dvec2 q : rectangle(-size_of, size_of)) footprint.push_back(p + axis * q.x + left_of(axis) * q.y);
        scene.buildings.add(footprint);
        furniture.put(scene, barn ? Item::kFarBarn : Item::kFarHouse, p, axis, 0.1,
                      glm::vec3(static_cast<float>(random.range(0.82, 1.05))));
        for (int k = 0; k < 3; ++k) {
          const double angle = random.range(0, 2 * std::numbers::pi);
          trees.plant(scene, p + random.range(11, 17) * glm::dvec2(std::cos(angle), std::sin(angle)),
                      k == 0 ? Species::kCherry : Species::kLinden, random, 0.9, -1, 0);
        }
      }
    } else {  // a hedgerow along one side
      const Shape* const main = largest(inside);
      if (main == nullptr || !random.chance(0.6)) continue;
      const std::size_t side = random.index(main->outer.size());
      const glm::dvec2 a = main->outer[side], b = main->outer[(side + 1) % main->outer.size()];
      for (double along = 0; along < glm::length(b - a); along += random.range(5, 12)) {
        trees.plant(scene, a + glm::normalize(b - a) * along, random.chance(0.3) ? Species::kPoplar : Species::kMaple, random, 0.9, -1, 0);
      }
    }
  }
}

}  // namespace skyline::city::procedural
