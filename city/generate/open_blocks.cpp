// Blocks without buildings: parks, squares, parking lots and the green between streets.
#include "city/generate/city_maker.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skyline::city::procedural {
namespace {

Object area_object(ObjectClass object_class, const Name& name, const Polygon& footprint, double base) {
  Object out = named(object_class, name);
  out.footprint = footprint;
  out.base = base;
  return out;
}

// A smooth closed curve around `center` that fits a room.
Polygon blob(glm::dvec2 center, glm::dvec2 axis, double a, double b, std::uint64_t seed) {
  Polygon out;
  for (int i = 0; i < 28; ++i) {
    const double t = 2 * std::numbers::pi * i / 28;
    const double r = 1 + 0.16 * value_noise(seed, 3 + 1.6 * std::cos(t), 3 + 1.6 * std::sin(t));
    out.push_back(center + axis * (a * r * std::cos(t)) + left_of(axis) * (b * r * std::sin(t)));
  }
  return out;
}

// A path through points with rounded bends (Chaikin, "An algorithm for high speed curve generation", 1974).
Path rounded(Path path) {
  for (int round = 0; round < 3; ++round) {
    Path next{path.front()};
    for (std::size_t i = 1; i < path.size(); ++i) {
      next.push_back(path[i - 1] * 0.75 + path[i] * 0.25);
      next.push_back(path[i - 1] * 0.25 + path[i] * 0.75);
    }
    next.push_back(path.back());
    path = std::move(next);
  }
  return path;
}

}  // namespace

void CityMaker::fill_park(const Block&, const Region& inner, Random random) {
  const Shape* const main = largest(inner);
  if (main == nullptr) return;
  const Polygon& outline = main->outer;
  const OrientedBox box = oriented_box(outline);
  const glm::dvec2 c = centroid(outline);
  const int handle = scene.add_object(Kind::kArea, area_object(ObjectClass::kPark, names.next(NameKind::kPark), outline, scene.ground(c)));
  // The pond and the paths are cut out of the lawn.
  Region pond;
  const glm::dvec2 place = c + box.axis * (box.length * random.range(0.10, 0.17)) * (random.chance(0.5) ? 1.0 : -1.0);
  if (box.width > 32)
    pond = intersect(region_of(blob(place, box.axis, box.length * 0.13, box.width * 0.17, seed + random.index(1000))), offset(inner, -6));
  Region paths;
  const auto corner = [&](double x, double y) {
    return box.center + box.axis * (x * box.length / 2) + left_of(box.axis) * (y * box.width / 2);
  };
  const double s = random.chance(0.5) ? 1 : -1;
  for (const Path& line : {Path{corner(-1.05, -0.8 * s), corner(-0.4, 0.3 * s), corner(0.1, 0.62 * s), corner(1.05, 0.7 * s)},
                           Path{corner(-1.05, 0.85 * s), corner(-0.3, 0.3 * s), corner(0.15, -0.6 * s), corner(1.05, -0.75 * s)},
                           Path{corner(random.range(-0.5, -0.2), -1.1), corner(-0.3, 0), corner(random.range(-0.4, 0), 1.1)}}) {
    for (Shape& shape : corridor(rounded(line), 2.4)) paths.push_back(std::move(shape));
  }
  paths = intersect(subtract(unite(paths), offset(pond, 1.2, true)), inner);
  const Region lawn = subtract(subtract(inner, paths), pond);
  lay_ground(scene, lawn, kKerb, Surface::kLawn, handle, 0.3, Surface::kSoil);
  lay_ground(scene, paths, kKerb - 0.03, Surface::kGravelPath, handle, 0.3, Surface::kSoil);
  if (const Shape* const water = largest(pond)) {
    double level = 1e300;
    for (const glm::dvec2 p : water->outer) level = std::min(level, scene.ground(p));
    Object object = area_object(ObjectClass::kPond, names.next(NameKind::kPond), water->outer, level - 0.3);
    const int pond_handle = scene.add_object(Kind::kArea, std::move(object));
    MeshBuilder out;
    const MaterialIndex surface = scene.palette.surface(Surface::kWater), rim = scene.palette.surface(Surface::kStone);
    const Triangles t = triangulate(*water);
    const auto at = [&](std::uint32_t i) { return glm::dvec3(t.points[i], level - 0.3); };
    for (std::size_t i = 0; i + 2 < t.indices.size(); i += 3) {
      const std::uint32_t a = t.indices[i], b = t.indices[i + 1], d = t.indices[i + 2];
      out.triangle(at(a), at(b), at(d), surface, t.points[a], t.points[b], t.points[d]);
    }
    const Polygon& ring = water->outer;
    for (std::size_t i = 0; i < ring.size(); ++i) {  // the bank, seen from the water
      const glm::dvec2 p = ring[i], q = ring[(i + 1) % ring.size()];
      out.quad({q, level - 0.8}, {p, level - 0.8}, {p, scene.ground(p) + kKerb}, {q, scene.ground(q) + kKerb}, rim);
    }
    scene.place_world(out, pond_handle);
  }
  // Trees: loose groups by noise, none on the paths or in the water.
  const Box bounds = box_of(outline);
  const Region clear = unite([&] {
    Region all = offset(paths, 1.4);
    for (Shape& shape : offset(pond, 1.8)) all.push_back(std::move(shape));
    return all;
  }());
  std::vector<glm::dvec2> planted;
  const int tries = static_cast<int>(area(outline) / 14 * settings.trees);
  for (int i = 0; i < tries; ++i) {
    const glm::dvec2 p{random.range(bounds.low.x, bounds.high.x), random.range(bounds.low.y, bounds.high.y)};
    const double edge = contains(outline, p) ? distance_to_boundary(outline, p) : -1;
    if (edge < 1.6 || contains(clear, p)) continue;
    const double grove = value_noise(seed + 77, p.x / 22, p.y / 22) + (edge < 7 ? 0.45 : 0);
    if (grove < 0.05) continue;
    const double room = random.range(3.8, 6.5);
    if (std::any_of(planted.begin(), planted.end(), [&](glm::dvec2 q) { return glm::length(q - p) < room; })) continue;
    planted.push_back(p);
    const double kind = value_noise(seed + 78, p.x / 30, p.y / 30);
    const Species species = kind > 0.35    ? Species::kSpruce
                            : kind > 0.1   ? Species::kLinden
                            : kind > -0.15 ? Species::kMaple
                            : kind > -0.4  ? Species::kBirch
                                           : Species::kPlane;
    trees.plant(scene, p, random.chance(0.1) ? Species::kCherry : species, random);
  }
  for (const Shape& shape : paths) {
    const Polygon& ring = shape.outer;
    for (std::size_t i = 0; i < ring.size(); i += 5) {
      const glm::dvec2 a = ring[i], b = ring[(i + 1) % ring.size()];
      if (glm::length(b - a) < 0.3 || !contains(inner, a)) continue;
      const glm::dvec2 d = glm::normalize(b - a), p = a - left_of(d) * 0.6;
      if (!contains(lawn, p)) continue;
      furniture.put(scene, random.chance(0.65) ? Item::kBench : Item::kLamp, p, random.chance(0.5) ? d : d);
    }
  }
  // A playground in a free corner.
  const glm::dvec2 play = c - (place - c) * 1.3;
  const Polygon sand = disk(play, 6, 14);
  if (holds(outline, sand) && !contains(clear, play)) {
    const Region pit = subtract(region_of(sand), paths);
    MeshBuilder out;
    for (const Shape& shape : pit) {
      const Triangles t = triangulate(shape);
      for (std::size_t i = 0; i + 2 < t.indices.size(); i += 3) {
        const glm::dvec2 a = t.points[t.indices[i]], b = t.points[t.indices[i + 1]], d = t.points[t.indices[i + 2]];
        const auto at = [&](glm::dvec2 p) { return glm::dvec3(p, scene.ground(p) + kKerb + 0.04); };
        out.triangle(at(a), at(b), at(d), scene.palette.surface(Surface::kSand), a, b, d);
      }
    }
    scene.place_world(out, handle);
    furniture.put(scene, Item::kSwing, play, box.axis, kKerb + 0.03);
  }
}

void CityMaker::fill_square(const Block&, const Region& inner, Random random) {
  const Shape* const main = largest(inner);
  if (main == nullptr) return;
  const Polygon& outline = main->outer;
  const OrientedBox box = oriented_box(outline);
  const glm::dvec2 c = centroid(outline);
  const int handle =
      scene.add_object(Kind::kArea, area_object(ObjectClass::kSquare, names.next(NameKind::kSquare), outline, scene.ground(c) + kKerb));
  // Bands of darker stone divide the paving.
  Region bands;
  const double reach = box.length * 0.75;
  for (double x = -std::floor(reach / 9) * 9; x < reach; x += 9) {
    const glm::dvec2 p = c + box.axis * x;
    for (Shape& s : corridor({p - left_of(box.axis) * reach, p + left_of(box.axis) * reach}, 0.6)) bands.push_back(std::move(s));
    const glm::dvec2 q = c + left_of(box.axis) * x;
    for (Shape& s : corridor({q - box.axis * reach, q + box.axis * reach}, 0.6)) bands.push_back(std::move(s));
  }
  bands = intersect(unite(bands), inner);
  lay_ground(scene, bands, kKerb, Surface::kPlazaBand, handle, 0);
  lay_ground(scene, subtract(inner, bands), kKerb, Surface::kPlaza, handle, 0);
  // The monument.
  MeshBuilder out;
  const MaterialIndex stone = scene.palette.surface(Surface::kStone), bronze = scene.palette.surface(Surface::kStatue);
  Object monument = area_object(ObjectClass::kMonument, names.next(NameKind::kMonument), {}, scene.ground(c) + kKerb);
  for (int i = 0; i < 3; ++i) {
    const double half = 3.2 - i * 0.55;
    out.box(Frame{{0, 0, 0}, box.axis}, {-half, -half, i == 0 ? -0.5 : i * 0.25 - 0.02}, {half, half, 0.25 + i * 0.25}, stone);
  }
  if (random.chance(0.5)) {  // a column with a figure
    out.box(Frame{{0, 0, 0}, box.axis}, {-1.1, -1.1, 0.74}, {1.1, 1.1, 2.6}, stone);
    out.column({}, 0.7, 0.55, 2.6, 11.5, 16, stone);
    out.box(Frame{{0, 0, 0}, box.axis}, {-0.85, -0.85, 11.5}, {0.85, 0.85, 12}, stone);
    out.ellipsoid({0, 0, 13.2}, {0.42, 0.34, 1.3}, 7, 0.08, seed, bronze);
    out.ellipsoid({0, 0, 14.65}, {0.2, 0.2, 0.26}, 5, 0, seed, bronze);
    out.beam({0, 0, 13.9}, {0.75, 0.1, 14.9}, 0.15, bronze);
    monument.height = 14.9;
  } else {  // an obelisk
    out.box(Frame{{0, 0, 0}, box.axis}, {-1.2, -1.2, 0.74}, {1.2, 1.2, 3}, stone);
    out.column(Frame{{0, 0, 0}, box.axis}, 1.05, 0.62, 3, 15, 4, stone);
    out.column(Frame{{0, 0, 0}, box.axis}, 0.62, 0.0, 15, 16, 4, bronze);
    monument.height = 16;
  }
  for (const glm::dvec2 p : rectangle({-3.2, -3.2}, {3.2, 3.2})) monument.footprint.push_back(c + box.axis * p.x + left_of(box.axis) * p.y);
  scene.buildings.add(monument.footprint);
  const glm::dvec3 origin(c, monument.base);
  scene.place(scene.add_mesh(out.take()), scene.add_object(Kind::kStructure, std::move(monument)), origin);
  // A frame of trees and lamps, benches below them; stalls and tables on the open part.
  const Region frame = offset(inner, -3.5);
  if (const Shape* const ring = largest(frame)) {
    Path around = ring->outer;
    around.push_back(around.front());
    const double total = length(around);
    int slot = 0;
    for (double along = 2; along < total; along += 7.5, ++slot) {
      const PathPoint p = point_at(around, along);
      if (slot % 4 == 3) {
        furniture.put(scene, Item::kLamp, p.place, left_of(p.direction));
      } else {
        trees.plant(scene, p.place, Species::kPlane, random, 0.65);
        if (slot % 2 == 0) furniture.put(scene, Item::kBench, p.place + left_of(p.direction) * 1.4, -p.direction);
      }
    }
  }
  for (int i = 0; i < 26; ++i) {
    const double angle = random.range(0, 2 * std::numbers::pi), r = random.range(8, 0.42 * box.width);
    const glm::dvec2 p = c + r * glm::dvec2(std::cos(angle), std::sin(angle));
    if (r < 8 || !contains(offset(inner, -6), p) || scene.buildings.inside_any(p, 2.5)) continue;
    const bool stalls = i % 3 != 0;
    scene.buildings.add(disk(p, 2.4, 8));
    furniture.put(scene, stalls ? Item::kStall : Item::kTable, p, box.axis, kKerb,
                  stalls ? glm::vec3(0.85F + 0.15F * static_cast<float>(random.unit()), static_cast<float>(random.range(0.55, 1)),
                                     static_cast<float>(random.range(0.5, 1)))
                         : glm::vec3(1.0F));
    if (!stalls) furniture.put(scene, Item::kParasol, p, box.axis);
  }
}

void CityMaker::park_cars(const Polygon& area_outline, glm::dvec2 axis, Random& random, int handle) {
  Box box;
  for (const glm::dvec2 p : area_outline) box.add({glm::dot(p, axis), glm::dot(p, left_of(axis))});
  MeshBuilder lines;
  const MaterialIndex white = scene.palette.surface(Surface::kMarking);
  const double bay = 2.5, deep = 5, aisle = 6;
  const auto at = [&](double x, double y) { return axis * x + left_of(axis) * y; };
  const auto fits = [&](glm::dvec2 p) { return contains(area_outline, p) && distance_to_boundary(area_outline, p) > 0.6; };
  int row = 0;
  for (double y = box.low.y + 1; y + deep < box.high.y; y += row % 2 == 0 ? deep + aisle : deep + 0.3, ++row) {
    for (double x = box.low.x + 1; x + bay < box.high.x; x += bay) {
      if (!fits(at(x, y)) || !fits(at(x + bay, y)) || !fits(at(x, y + deep)) || !fits(at(x + bay, y + deep))) continue;
      if (scene.buildings.inside_any(at(x + bay / 2, y + deep / 2), 3)) continue;
      lay_strip(scene, lines, {at(x, y), at(x, y + deep)}, 0.12, kKerb + 0.025, white);
      if (random.chance(0.62 * settings.traffic)) {
        const glm::dvec2 nose = left_of(axis) * (random.chance(0.5) ? 1.0 : -1.0);
        vehicles.put(scene, at(x + bay / 2, y + deep / 2 + random.range(-0.25, 0.25)), nose, Vehicles::car(random), random, kKerb);
      }
    }
  }
  scene.place_world(lines, handle);
}

void CityMaker::fill_parking(const Block&, const Region& inner, Random random) {
  const Shape* const main = largest(inner);
  if (main == nullptr) return;
  const OrientedBox box = oriented_box(main->outer);
  const int handle = scene.add_object(Kind::kArea, area_object(ObjectClass::kParking, names.next(NameKind::kParking), main->outer,
                                                               scene.ground(centroid(main->outer)) + kKerb));
  const Region lot = offset(inner, -2.2);
  lay_ground(scene, lot, kKerb, Surface::kAsphalt, handle, 0);
  lay_ground(scene, subtract(inner, lot), kKerb, Surface::kLawn, handle, 0);
  for (const Shape& shape : lot) park_cars(shape.outer, box.axis, random, handle);
  const Region middle = offset(inner, -1.1);
  for (const Shape& shape : middle) {
    Path ring = shape.outer;
    ring.push_back(ring.front());
    for (double along = 3; along < length(ring); along += 8) {
      if (random.chance(0.75)) trees.plant(scene, point_at(ring, along).place, Species::kMaple, random, 0.7);
    }
  }
}

void CityMaker::fill_verge(const Block& block, const Region& ground, Random random) {
  // By the water a paved promenade, elsewhere grass; trees in a row.
  const bool quay = !plan.river.empty() && distance_to(plan.river, centroid(block.outline)) < plan.river_width / 2 + 25;
  lay_ground(scene, ground, kKerb, quay ? Surface::kPaving : Surface::kMeadow, 0);
  for (const Shape& shape : offset(ground, quay ? -2.4 : -1.7)) {
    Path ring = shape.outer;
    ring.push_back(ring.front());
    std::vector<glm::dvec2> done;
    for (double along = 1; along < length(ring); along += quay ? 8.5 : 6) {
      const PathPoint p = point_at(ring, along);
      if (std::any_of(done.begin(), done.end(), [&](glm::dvec2 q) { return glm::length(q - p.place) < 6; })) continue;
      done.push_back(p.place);
      if (std::max(std::abs(p.place.x), std::abs(p.place.y)) > plan.size / 2 - 2) continue;
      if (quay && done.size() % 4 == 0) {
        furniture.put(scene, Item::kBench, p.place, p.direction);
      } else if (random.chance(0.8)) {
        trees.plant(scene, p.place,
                    quay                 ? Species::kLinden
                    : random.chance(0.4) ? Species::kPoplar
                                         : Species::kBirch,
                    random, quay ? 0.8 : 0.9);
      }
    }
  }
}

}  // namespace skyline::city::procedural
