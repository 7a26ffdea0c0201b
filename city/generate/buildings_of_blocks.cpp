// Blocks with buildings: cut into lots, a building on each, gardens and yards around.
#include "city/generate/building.h"
#include "city/generate/city_maker.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numbers>

namespace skyline::city::procedural {
namespace {

// Cuts a polygon across its longer side until its parts are near `target` m2 (recursive subdivision after Parish and Mueller,
// "Procedural Modeling of Cities", 2001, section 4.1).
void cut_lots(const Polygon& polygon, double target, Random& random, std::vector<Polygon>& out, int depth = 0) {
  const OrientedBox box = oriented_box(polygon);
  if (area(polygon) < 1.5 * target || depth > 8) {
    out.push_back(polygon);
    return;
  }
  const double far = box.length + box.width;
  const glm::dvec2 across = left_of(box.axis), middle = box.center + box.axis * (box.length * random.range(-0.08, 0.08));
  const Polygon half{middle - across * far, middle - across * far + box.axis * far, middle + across * far + box.axis * far,
                     middle + across * far};
  const Region whole = region_of(polygon), cutter = region_of(half);
  for (const Region& side : {intersect(whole, cutter), subtract(whole, cutter)}) {
    for (const Shape& part : side) cut_lots(part.outer, target, random, out, depth + 1);
  }
}

// The rectangle of a wanted size that fits a lot, its front along an edge of the lot that is long and near the street.
std::optional<Site> site_on(const Polygon& lot, const Polygon& block, glm::dvec2 size, double setback, double side_yard) {
  const Region room = offset(region_of(lot), -side_yard);
  const Shape* const free = largest(room);
  if (free == nullptr) return std::nullopt;
  std::vector<std::pair<double, std::size_t>> fronts;
  for (std::size_t i = 0; i < lot.size(); ++i) {
    const glm::dvec2 a = lot[i], b = lot[(i + 1) % lot.size()];
    const double run = glm::length(b - a);
    if (run >= 5) fronts.emplace_back(-run / (1 + distance_to_boundary(block, (a + b) / 2.0)), i);
  }
  std::sort(fronts.begin(), fronts.end());
  std::optional<Site> best;
  for (std::size_t k = 0; k < std::min<std::size_t>(3, fronts.size()); ++k) {
    const std::size_t front = fronts[k].second;
    const glm::dvec2 a = lot[front], axis = glm::normalize(lot[(front + 1) % lot.size()] - a);
    Box box;
    for (const glm::dvec2 p : free->outer) box.add({glm::dot(p - a, axis), glm::dot(p - a, left_of(axis))});
    const double lot_width = box.high.x - box.low.x, lot_depth = box.high.y - box.low.y;
    const double ahead = std::max(0.0, setback - side_yard);
    bool found = false;
    for (double scale = 1; scale > 0.42 && !found; scale -= 0.04) {
      const double w = std::min(size.x, lot_width) * scale, d = std::min(size.y, lot_depth - ahead * 0.5) * scale;
      if (best && w * d <= best->width * best->depth * 1.25) break;  // the street's side is worth a quarter of the area
      for (const double back : {ahead, 0.3 * ahead, 0.5 * (lot_depth - d), lot_depth - d - 0.1}) {
        for (const double shift : {0.0, 0.25, -0.25, 0.45, -0.45}) {
          const double x = (box.low.x + box.high.x) / 2 + shift * std::max(0.0, lot_width - w), y = box.low.y + back + d / 2;
          const glm::dvec2 center = a + axis * x + left_of(axis) * y;
          Polygon rect;
          for (const glm::dvec2 p : rectangle({-w / 2, -d / 2}, {w / 2, d / 2})) rect.push_back(center + axis * p.x + left_of(axis) * p.y);
          if (found || !holds(free->outer, rect)) continue;
          best = Site{center, axis, w, d, {}};
          found = true;
        }
      }
    }
  }
  return best;
}

Polygon simplified(const Polygon& polygon, double tolerance) {
  Polygon out = polygon;
  for (bool changed = true; changed && out.size() > 4;) {
    changed = false;
    for (std::size_t i = 0; i < out.size() && out.size() > 4; ++i) {
      const glm::dvec2 a = out[(i + out.size() - 1) % out.size()], b = out[i], c = out[(i + 1) % out.size()];
      const double off = std::abs(cross(glm::normalize(c - a), b - a));
      if (off < tolerance || glm::length(b - a) < 5) {
        out.erase(out.begin() + static_cast<std::ptrdiff_t>(i));
        changed = true;
      }
    }
  }
  return out;
}

NameKind name_kind(ObjectClass object_class) {
  using enum ObjectClass;
  switch (object_class) {
    case kChurch:
      return NameKind::kChurch;
    case kHotel:
      return NameKind::kHotel;
    case kMuseum:
      return NameKind::kMuseum;
    case kSchool:
      return NameKind::kSchool;
    case kHospital:
      return NameKind::kHospital;
    case kStation:
      return NameKind::kStation;
    case kFactory:
      return NameKind::kFactory;
    case kWarehouse:
      return NameKind::kWarehouse;
    case kOffice:
      return NameKind::kOffice;
    case kShop:
      return NameKind::kShop;
    default:
      return NameKind::kTower;
  }
}

// From 100 m a high-rise is a skyscraper (Council on Tall Buildings and Urban Habitat); below people say tower, and look for it by that
// word.
ObjectClass class_by_height(const Building& building) {
  constexpr double kSkyscraperFrom = 100;
  const bool low = building.object_class == ObjectClass::kSkyscraper && building.height < kSkyscraperFrom;
  return low ? ObjectClass::kTower : building.object_class;
}

bool is_named(ObjectClass c) { return c != ObjectClass::kHouse && c != ObjectClass::kApartment; }

struct Filler {
  CityMaker& city;
  Random random;
  const Polygon block;  // its inner part, without sidewalks

  // Puts a building up; false when it does not fit there.
  bool build(const BuildingClass& row, const Site& site) {
    std::optional<Building> made = make_building(row, site, random.child(random.bits()), city.scene.palette);
    if (!made || !is_simple(made->footprint)) return false;
    double ground = 1e300;
    for (const glm::dvec2 p : made->footprint) {
      if (!contains(block, p)) return false;
      ground = std::min(ground, city.scene.ground(p));
    }
    double highest = ground;
    for (const glm::dvec2 p : made->footprint) highest = std::max(highest, city.scene.ground(p));
    const double base = (ground + highest) / 2 + kKerb;
    Object object;
    object.object_class = class_by_height(*made);
    if (is_named(made->object_class)) {
      const Name name = city.names.next(name_kind(made->object_class));
      object.name = name.english;
      object.name_zh = name.chinese;
    }
    object.footprint = made->footprint;
    object.base = base;
    object.height = made->height;
    object.wall = glm::u8vec3(made->wall * 255.0F);
    object.roof = glm::u8vec3(made->roof * 255.0F);
    object.tags = made->tags;
    city.scene.buildings.add(made->footprint);
    const int handle = city.scene.add_object(Kind::kBuilding, std::move(object));
    city.scene.place(city.scene.add_mesh(std::move(made->mesh)), handle, {made->origin, base});
    return true;
  }

  bool build_on(const Polygon& lot, ObjectClass object_class, double setback, double side_yard) {
    std::vector<const BuildingClass*> rows = rows_of(object_class);
    std::erase_if(rows, [](const BuildingClass* row) { return row->plan == Plan::kCourt; });
    // The drawn row first, then the others from large to small, and in the end a house of flats or of one family.
    std::rotate(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(random.index(rows.size())), rows.end());
    std::stable_sort(rows.begin() + 1, rows.end(), [](const BuildingClass* a, const BuildingClass* b) {
      return a->width_low * a->depth_low > b->width_low * b->depth_low;
    });
    rows.push_back(rows_of(ObjectClass::kApartment)[1]);
    if (area(lot) < 500) rows.push_back(rows_of(ObjectClass::kHouse)[0]);
    for (const BuildingClass* row : rows) {
      const glm::dvec2 size{random.range(row->width_low, row->width_high), random.range(row->depth_low, row->depth_high)};
      std::optional<Site> site = site_on(lot, block, size, setback, side_yard);
      if (site && site->width < 0.66 * row->width_low && site->depth > site->width)
        site = site_on(lot, block, {size.y, size.x}, setback, side_yard);
      if (!site || site->width < 0.66 * row->width_low || site->depth < 0.66 * row->depth_low) continue;
      if (build(*row, *site)) return true;
    }
    return false;
  }

  void plant_yard(const Polygon& lot, double share, double size) {
    const Box box = box_of(lot);
    std::vector<glm::dvec2> done;
    const int tries = static_cast<int>(area(lot) / 22 * share * city.settings.trees);
    for (int i = 0; i < tries; ++i) {
      const glm::dvec2 p{random.range(box.low.x, box.high.x), random.range(box.low.y, box.high.y)};
      if (!contains(lot, p) || distance_to_boundary(lot, p) < 1.2) continue;
      if (std::any_of(done.begin(), done.end(), [&](glm::dvec2 q) { return glm::length(q - p) < 4.5; })) continue;
      constexpr std::array kKinds{Species::kCherry, Species::kMaple,  Species::kBirch, Species::kSpruce,
                                  Species::kLinden, Species::kCherry, Species::kPine};
      if (city.trees.plant(city.scene, p, random.pick(kKinds), random, size)) done.push_back(p);
    }
  }

  // A fence or hedge along the sides of a garden, open to the street in front.
  void fence(const Polygon& lot) {
    MeshBuilder out;
    const int kind = random.integer(0, 2);
    const MaterialIndex material = city.scene.palette.surface(kind == 0   ? Surface::kHedge
                                                              : kind == 1 ? Surface::kFence
                                                                          : Surface::kBrickWall);
    const double thick = kind == 0 ? 0.7 : kind == 1 ? 0.06 : 0.24, high = kind == 0 ? 1.5 : kind == 1 ? 1.2 : 1.1;
    const Region inset_lot = offset(region_of(lot), -0.4);
    for (const Shape& shape : inset_lot) {
      for (std::size_t i = 0; i < shape.outer.size(); ++i) {
        const glm::dvec2 a = shape.outer[i], b = shape.outer[(i + 1) % shape.outer.size()];
        const double run = glm::length(b - a);
        if (run < 2) continue;
        const int steps = std::max(1, static_cast<int>(run / 4));
        const bool street = distance_to_boundary(block, (a + b) / 2.0) < 1.2;
        for (int k = 0; k < steps; ++k) {
          if (street && k == steps / 2) continue;  // the gate
          const glm::dvec2 p = a + (b - a) * (static_cast<double>(k) / steps), q = a + (b - a) * (static_cast<double>(k + 1) / steps);
          if (city.scene.buildings.inside_any(p, 0.6) || city.scene.buildings.inside_any(q, 0.6)) continue;
          const double z = (city.scene.ground(p) + city.scene.ground(q)) / 2 + kKerb;
          out.box(Frame{{p, z}, glm::normalize(b - a)}, {0, -thick / 2, -0.3}, {glm::length(q - p), thick / 2, high}, material, material,
                  false);
        }
      }
    }
    city.scene.place_world(out, 0);
  }

  // Raised beds and benches, so that a paved yard is not bare.
  void planters(const Polygon& lot) {
    const Box box = box_of(lot);
    const glm::dvec2 axis = oriented_box(lot).axis;
    MeshBuilder out;
    const MaterialIndex stone = city.scene.palette.surface(Surface::kStone), hedge = city.scene.palette.surface(Surface::kHedge),
                        flower = city.scene.palette.surface(Surface::kFlower);
    std::vector<glm::dvec2> done;
    for (int i = 0; i < static_cast<int>(area(lot) / 25); ++i) {
      const glm::dvec2 p{random.range(box.low.x, box.high.x), random.range(box.low.y, box.high.y)};
      if (!contains(lot, p) || distance_to_boundary(lot, p) < 3.2 || city.scene.buildings.inside_any(p, 4.5)) continue;
      if (std::any_of(done.begin(), done.end(), [&](glm::dvec2 q) { return glm::length(q - p) < 8; })) continue;
      done.push_back(p);
      const Frame frame{{p, city.scene.ground(p) + kKerb}, axis};
      out.box(frame, {-2.4, -1.0, -0.2}, {2.4, 1.0, 0.45}, stone);
      const bool flowers = random.chance(0.3);
      out.box(frame, {-2.2, -0.8, 0.4}, {2.2, 0.8, flowers ? 0.62 : 0.85}, hedge, flowers ? flower : hedge, false);
      city.furniture.put(city.scene, Item::kBench, p - left_of(axis) * 1.7, axis);
      city.scene.buildings.add(disk(p, 1.6, 8));  // keeps trees off
    }
    city.scene.place_world(out, 0);
  }

  void pave(const Polygon& lot, Surface surface) { lay_ground(city.scene, region_of(lot), kKerb, surface, 0, 0.3, Surface::kSoil); }

  void path_to_street(const Polygon& lot) {
    MeshBuilder out;
    const glm::dvec2 c = centroid(lot);
    double best = 1e300;
    glm::dvec2 gate = c;
    for (std::size_t i = 0; i < block.size(); ++i) {
      const glm::dvec2 a = block[i], b = block[(i + 1) % block.size()], d = b - a;
      const glm::dvec2 p = a + d * std::clamp(glm::dot(c - a, d) / std::max(1e-9, glm::dot(d, d)), 0.0, 1.0);
      if (glm::length(p - c) < best) best = glm::length(p - c), gate = p;
    }
    lay_strip(city.scene, out, {c, gate}, 1.6, kKerb + 0.03, city.scene.palette.surface(Surface::kPaving));
    city.scene.place_world(out, 0);
  }

  void detached(double target, const std::function<ObjectClass()>& pick, Surface ground, double setback, double side, bool gardens,
                double trees) {
    std::vector<Polygon> lots;
    cut_lots(block, target, random, lots);
    for (const Polygon& lot : lots) {
      const bool built = area(lot) > 90 && build_on(lot, pick(), setback, side);
      pave(lot, built ? ground : Surface::kLawn);
      if (built && ground == Surface::kPaving) planters(lot);
      if (built && gardens) path_to_street(lot), fence(lot);
      plant_yard(lot, built ? trees : 1.6, gardens ? 0.75 : 0.85);
    }
  }
};

}  // namespace

void CityMaker::fill_block(const Block& block, std::size_t index) {
  Random random(seed, 5000 + index);
  const Region ground = region_of(block.outline);
  if (block.use == BlockUse::kVerge) {
    fill_verge(block, ground, random);
    return;
  }
  const Region inner = offset(ground, -2.4);
  const Shape* const main = largest(inner);
  if (main == nullptr || area(main->outer) < 200) {
    fill_verge(block, ground, random);
    return;
  }
  lay_ground(scene, subtract(ground, inner), kKerb, Surface::kSidewalk, 0);
  Filler f{*this, random.child(1), main->outer};
  const OrientedBox box = oriented_box(main->outer);
  using enum ObjectClass;
  const auto one = [&](ObjectClass object_class, Surface surface, double trees_share, double setback) {
    f.build_on(main->outer, object_class, setback, 3);
    f.pave(main->outer, surface);
    f.plant_yard(main->outer, trees_share, 0.9);
  };
  switch (block.use) {
    case BlockUse::kPark:
      fill_park(block, inner, random);
      break;
    case BlockUse::kSquare:
      fill_square(block, inner, random);
      break;
    case BlockUse::kParking:
      fill_parking(block, inner, random);
      break;
    case BlockUse::kChurch:
      one(kChurch, Surface::kLawn, 0.8, 3);
      break;
    case BlockUse::kStation: {
      const BuildingClass& row = *rows_of(kStation)[0];
      // The front looks away from the tracks.
      glm::dvec2 axis = box.axis;
      if (!plan.railway.empty() && distance_to(plan.railway, box.center - left_of(axis) * 5.0) < distance_to(plan.railway, box.center))
        axis = -axis;
      for (double scale = 1; scale > 0.5; scale -= 0.05) {
        const Site site{
            box.center, axis, std::min(row.width_high, box.length - 4) * scale, std::min(row.depth_high, box.width - 1) * scale, {}};
        Polygon rect;
        for (const glm::dvec2 p : rectangle({-site.width / 2, -site.depth / 2}, {site.width / 2, site.depth / 2})) {
          rect.push_back(site.center + axis * p.x + left_of(axis) * p.y);
        }
        if (holds(main->outer, rect) && f.build(row, site)) break;
      }
      f.pave(main->outer, Surface::kPaving);
      park_cars(main->outer, box.axis, f.random, 0);
      break;
    }
    case BlockUse::kHospital:
      one(kHospital, Surface::kLawn, 0.9, 5);
      break;
    case BlockUse::kSchool:
      one(kSchool, Surface::kLawn, 0.8, 5);
      break;
    case BlockUse::kSkyline: {
      std::vector<Polygon> lots;
      cut_lots(main->outer, std::max(1100.0, area(main->outer) / 2.2), f.random, lots);
      std::sort(lots.begin(), lots.end(), [](const Polygon& a, const Polygon& b) { return area(a) > area(b); });
      for (std::size_t i = 0; i < lots.size(); ++i) {
        const ObjectClass wanted = i == 0 ? kSkyscraper : i == 1 ? kTower : i % 2 == 0 ? kOffice : kTower;
        if (!f.build_on(lots[i], wanted, 3, 2.5)) f.build_on(lots[i], kTower, 3, 2.5);
        f.pave(lots[i], Surface::kPlaza);
        f.planters(lots[i]);
        f.plant_yard(lots[i], 0.7, 0.7);
      }
      break;
    }
    case BlockUse::kMixed: {
      constexpr std::array kWanted{kHotel, kMuseum, kOffice, kShop, kOffice, kApartment, kShop, kTower, kHotel, kOffice};
      std::size_t next = random.chance(0.5) ? 0 : 1;
      f.detached(
          1050, [&] { return kWanted[next++ % kWanted.size()]; }, Surface::kPaving, 2, 2, false, 0.35);
      break;
    }
    case BlockUse::kCourt: {
      const Polygon outline = simplified(largest(offset(inner, -0.6)) != nullptr ? largest(offset(inner, -0.6))->outer : main->outer, 0.5);
      Site site{centroid(outline), box.axis, box.length, box.width, outline};
      const BuildingClass& row = *rows_of(kApartment)[0];
      if (holds(main->outer, outline) && f.build(row, site)) {
        lay_ground(scene, subtract(inner, region_of(outline)), kKerb, Surface::kSidewalk, 0, 0);
        f.pave(outline, Surface::kLawn);
        f.plant_yard(outline, 0.8, 0.7);
      } else {
        f.detached(
            330, [&] { return f.random.chance(0.75) ? kApartment : kShop; }, Surface::kPaving, 0.5, 1.8, false, 0.4);
      }
      break;
    }
    case BlockUse::kOldTown:
      f.detached(
          280, [&] { return f.random.chance(0.62)  ? kApartment
                            : f.random.chance(0.6) ? kShop
                                                   : kHouse; }, Surface::kCobbles, 0.5, 1.8,
          false, 0.5);
      break;
    case BlockUse::kHouses:
      f.detached(
          380, [&] { return kHouse; }, Surface::kLawn, 4, 2, true, 1.1);
      break;
    case BlockUse::kSlabs:
      f.detached(
          1300, [&] { return f.random.chance(0.85) ? kApartment : kTower; }, Surface::kLawn, 4, 3, false, 1.0);
      break;
    case BlockUse::kIndustry: {
      bool factory = index % 2 == 0;
      f.detached(
          1500,
          [&] {
            factory = !factory;
            return factory ? kFactory : kWarehouse;
          },
          Surface::kYard, 4, 3, false, 0.15);
      f.random = f.random.child(9);
      park_cars(main->outer, box.axis, f.random, 0);
      break;
    }
    case BlockUse::kVerge:
      break;
  }
}

}  // namespace skyline::city::procedural
