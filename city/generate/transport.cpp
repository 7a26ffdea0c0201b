// River, railway, streets and bridges, and what stands and drives on them.
#include "city/generate/city_maker.h"

#include <algorithm>
#include <cmath>

namespace skyline::city::procedural {
namespace {

// Where a street is crossed by others: [from, to] along it.
using Spans = std::vector<std::pair<double, double>>;

bool within(const Spans& spans, double along, double margin) {
  return std::any_of(spans.begin(), spans.end(), [&](const auto& s) { return along > s.first - margin && along < s.second + margin; });
}

Spans junctions_of(const CityPlan& plan, std::size_t index) {
  Spans out;
  const Street& street = plan.streets[index];
  Box box = box_of(street.path);
  box.low -= 20.0;
  box.high += 20.0;
  for (std::size_t j = 0; j < plan.streets.size(); ++j) {
    const Street& other = plan.streets[j];
    if (j == index || !box.meets(box_of(other.path))) continue;
    for (const double at : crossings(street.path, other.path)) out.emplace_back(at - other.width / 2, at + other.width / 2);
    for (const glm::dvec2 tip : {other.path.front(), other.path.back()}) {  // streets that end at this one
      if (distance_to(street.path, tip) > street.width / 2 + 1.5) continue;
      double best = 0, least = 1e300;
      for (double along = 0; along <= length(street.path); along += 1.0) {
        const double d = glm::length(point_at(street.path, along).place - tip);
        if (d < least) least = d, best = along;
      }
      out.emplace_back(best - other.width / 2, best + other.width / 2);
    }
  }
  // Ends on another street.
  for (std::size_t j = 0; j < plan.streets.size(); ++j) {
    const Street& other = plan.streets[j];
    if (j == index) continue;
    const double total = length(street.path);
    if (distance_to(other.path, street.path.front()) < other.width / 2 + 1) out.emplace_back(-10, other.width / 2);
    if (distance_to(other.path, street.path.back()) < other.width / 2 + 1) out.emplace_back(total - other.width / 2, total + 10);
  }
  return out;
}

}  // namespace

Object named(ObjectClass object_class, const Name& name) {
  Object out;
  out.object_class = object_class;
  out.name = name.english;
  out.name_zh = name.chinese;
  return out;
}

void CityMaker::lay_river() {
  if (plan.river.empty()) return;
  Object river = named(ObjectClass::kRiver, names.next(NameKind::kRiver));
  river.path = resample(plan.river, 25);
  river.width = plan.river_width;
  river.base = water_level;
  const int handle = scene.add_object(Kind::kWater, std::move(river));
  MeshBuilder water, banks;
  const MaterialIndex surface = scene.palette.surface(Surface::kWater), quay = scene.palette.surface(Surface::kQuay),
                      grass = scene.palette.surface(Surface::kMeadow), stone = scene.palette.surface(Surface::kStone);
  const Path line = resample(plan.river, 10);
  const double half = plan.river_width / 2;
  const Path left = shifted(line, half + 0.3), right = shifted(line, -half - 0.3);
  for (std::size_t i = 1; i < line.size(); ++i) {
    const auto at = [&](glm::dvec2 p) { return glm::dvec3(p, water_level); };
    water.quad(at(right[i - 1]), at(right[i]), at(left[i]), at(left[i - 1]), surface);
  }
  scene.place_world(water, handle);
  // Banks: quay walls with a coping and a parapet in the town, a grassy slope in the country.
  const double edge = plan.size / 2;
  for (const double side : {-1.0, 1.0}) {
    const Path top = shifted(line, side * half), foot = shifted(line, side * (half - 5)), back = shifted(line, side * (half + 0.35));
    double run = 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
      const std::size_t a = side > 0 ? i : i - 1,
                        b = side > 0 ? i - 1 : i;  // seen from the water, left to right... the faces look to the water
      const auto ground = [&](glm::dvec2 p, double lift) { return glm::dvec3(p, scene.ground(p) + lift); };
      const bool town = std::max(std::abs(line[i].x), std::abs(line[i].y)) < edge;
      if (town) {
        const glm::dvec3 p = ground(top[b], kKerb + 0.95), q = ground(top[a], kKerb + 0.95), r = ground(back[a], kKerb + 0.95),
                         s = ground(back[b], kKerb + 0.95);
        const auto down = [](glm::dvec3 v, double z) { return glm::dvec3(v.x, v.y, z); };
        banks.wall_quad(down(q, water_level - 1.5), down(p, water_level - 1.5), p, q, quay, water_level, run);
        banks.quad(q, p, s, r, stone);
        banks.quad(r, s, {s.x, s.y, s.z - 1.3}, {r.x, r.y, r.z - 1.3}, quay);
      } else {
        const glm::dvec3 p = ground(top[b], 0.02), q = ground(top[a], 0.02);
        banks.quad({foot[a], water_level - 0.5}, {foot[b], water_level - 0.5}, p, q, grass);
      }
      run += glm::length(line[i] - line[i - 1]);
    }
  }
  scene.place_world(banks, 0);
}

void CityMaker::lay_railway() {
  if (plan.railway.empty()) return;
  Object railway = named(ObjectClass::kRailway, names.next(NameKind::kRailway));
  railway.path = resample(plan.railway, 60);
  railway.width = plan.railway_width;
  const int handle = scene.add_object(Kind::kRailway, std::move(railway));
  lay_ground(scene, intersect(corridor(plan.railway, plan.railway_width), region_of(plan.world)), 0.18, Surface::kBallast, handle, 0.5,
             Surface::kBallast, 20);
  const double total = length(plan.railway);
  const Region world = region_of(plan.world);
  for (const double side : {-5.2, 0.0, 5.2}) {
    const Path line = shifted(plan.railway, side);
    for (double along = kTrackPiece / 2; along < total; along += kTrackPiece) {
      const PathPoint p = point_at(line, along);
      if (std::max(std::abs(p.place.x), std::abs(p.place.y)) > plan.size / 2 + plan.reach - 10) continue;
      furniture.put(scene, Item::kTrack, p.place, p.direction, 0.26, glm::vec3(1.0F), handle);
      const double z0 = scene.ground(p.place - p.direction * (kTrackPiece / 2)),
                   z1 = scene.ground(p.place + p.direction * (kTrackPiece / 2));
      glm::mat4x3& transform = scene.model.placements.back().transform;
      transform[0].z = static_cast<float>((z1 - z0) / kTrackPiece);
      transform[3].z = static_cast<float>((z0 + z1) / 2 + 0.26);
    }
  }
  // Masts of the overhead line.
  MeshBuilder mast;
  mast.column({}, 0.13, 0.1, -0.3, 7.2, 6, scene.palette.surface(Surface::kSteel));
  mast.beam({0, 0, 6.6}, {0, 3.6, 6.9}, 0.1, scene.palette.surface(Surface::kSteel));
  mast.beam({0, 0, 5.6}, {0, 3.4, 6.2}, 0.06, scene.palette.surface(Surface::kSteel));
  const std::uint32_t mesh = scene.add_mesh(mast.take());
  const Path line = shifted(plan.railway, -plan.railway_width / 2 + 0.5);
  for (double along = 10; along < total; along += 40) {
    const PathPoint p = point_at(line, along);
    if (std::max(std::abs(p.place.x), std::abs(p.place.y)) > plan.size / 2 + plan.reach - 10) continue;
    scene.place(mesh, handle, {p.place, scene.ground(p.place) + 0.18}, p.direction);
  }
}

void CityMaker::lay_streets(const Region& blocks) {
  // What is neither block nor water nor railway is carriageway; every street takes its part.
  Region taken = blocks;
  if (!plan.river.empty()) {
    for (Shape& s : corridor(plan.river, plan.river_width)) taken.push_back(std::move(s));
  }
  if (!plan.railway.empty()) {
    for (Shape& s : corridor(plan.railway, plan.railway_width)) taken.push_back(std::move(s));
  }
  Region rest = subtract(region_of(plan.quarter), unite(taken));
  const MaterialIndex marking = scene.palette.surface(Surface::kMarking);
  std::vector<int> handles;
  std::vector<const Street*> first_of;
  std::map<std::string, int> by_name;
  for (const Street& street : plan.streets) {
    Object object = named(street.rank == StreetRank::kAvenue ? ObjectClass::kRoad : ObjectClass::kStreet, street.name);
    object.path = street.path;
    object.width = street.width;
    handles.push_back(scene.add_object(Kind::kRoad, std::move(object)));
  }
  for (std::size_t i = 0; i < plan.streets.size(); ++i) {
    const Street& street = plan.streets[i];
    const Region wide = corridor(street.path, street.width + 9);
    const Box box = box_of(wide);
    const Region part = intersect(clip(rest, box.low - 1.0, box.high + 1.0), wide);
    rest = subtract(rest, part);
    lay_ground(scene, part, 0, street.rank == StreetRank::kLane ? Surface::kLane : Surface::kAsphalt, handles[i]);
    if (street.rank == StreetRank::kLane) continue;
    MeshBuilder marks;
    const Spans junctions = junctions_of(plan, i);
    const double total = length(street.path), lift = 0.025;
    const auto stripe = [&](double from, double to, double shift, double width) {
      lay_strip(scene, marks, shifted(part_of(street.path, from, to), shift), width, lift, marking);
    };
    for (double along = 1; along + 3 < total; along += 6) {
      if (within(junctions, along + 1.5, 8)) continue;
      stripe(along, along + 3, 0, 0.14);
      if (street.rank == StreetRank::kAvenue) {
        for (const double side : {-1.0, 1.0}) stripe(along, along + 2, side * 3.1, 0.12);
      }
    }
    std::vector<double> zebras;
    for (const auto& [from, to] : junctions) {
      for (const double at : {from - 5.0, to + 5.0}) {
        if (at < 3 || at > total - 3 || within(junctions, at, 2.5)) continue;
        if (street.rank == StreetRank::kStreet && mix(seed + i * 977 + static_cast<std::uint64_t>(at * 10)) % 3 == 0) continue;
        if (std::any_of(zebras.begin(), zebras.end(), [&](double z) { return std::abs(z - at) < 9; })) continue;
        zebras.push_back(at);
        const int bars = static_cast<int>((street.width - 0.6) / 1.0);
        for (int k = 0; k < bars; ++k) stripe(at - 1.5, at + 1.5, (k - (bars - 1) / 2.0) * 1.0, 0.5);
        const double stop = at < from ? at - 2.6 : at + 2.6;  // the line where cars of the right lane wait
        const double lane = (at < from ? -1.0 : 1.0) * street.width / 4;
        if (stop > 1 && stop < total - 1) stripe(stop - 0.2, stop + 0.2, lane, street.width / 2 - 0.5);
      }
    }
    scene.place_world(marks, handles[i]);
  }
  lay_ground(scene, rest, 0, Surface::kAsphalt, 0);
}

void CityMaker::lay_bridges() {
  const MaterialIndex asphalt = scene.palette.surface(Surface::kAsphalt), walk = scene.palette.surface(Surface::kSidewalk),
                      stone = scene.palette.surface(Surface::kQuay), steel = scene.palette.surface(Surface::kDarkSteel),
                      marking = scene.palette.surface(Surface::kMarking);
  Random random(seed, 31);
  for (const BridgePlan& bridge : plan.bridges) {
    const glm::dvec2 a = bridge.path.front(), b = bridge.path.back(), d = glm::normalize(b - a);
    const double run = glm::length(b - a), reach = 2.2, total = run + 2 * reach, half = bridge.width / 2;
    const glm::dvec2 start = a - d * reach;
    const double z0 = scene.ground(start) + 0.05, z1 = scene.ground(b + d * reach) + 0.05, camber = std::min(1.6, run * 0.03);
    const auto deck = [&](double x) {
      const double t = x / total;
      return z0 + (z1 - z0) * t + camber * 4 * t * (1 - t);
    };
    Object object = named(ObjectClass::kBridge, bridge.name);
    object.path = {start, b + d * reach};
    object.width = bridge.width;
    object.base = water_level;
    object.height = std::max(z0, z1) + camber - water_level;
    const bool arched = random.chance(0.55);
    object.tags = {arched ? "stone" : "steel"};
    MeshBuilder out;
    const Frame frame{glm::dvec3(start, 0), d};
    const int steps = 16;
    const int arches = std::max(1, static_cast<int>(std::round(run / 16)));
    const auto soffit = [&](double x) {
      if (!arched) return deck(x) - 1.1;
      const double u = (x - reach) / run * arches, t = u - std::floor(u);
      if (x <= reach || x >= reach + run) return deck(x) - 1.2;
      const double rise = std::sqrt(std::max(0.0, 1 - std::pow((2 * t - 1) / 0.86, 2)));
      return std::min(deck(x) - 0.7, water_level - 0.3 + rise * (deck(x) - 0.75 - water_level));
    };
    const int fine = arched ? arches * steps : steps;
    const double road = half - 2.3, kerb = 0.14;
    for (int i = 0; i < fine; ++i) {
      const double xa = total * i / fine, xb = total * (i + 1) / fine;
      const double za = deck(xa), zb = deck(xb), sa = soffit(xa), sb = soffit(xb);
      const auto at = [&](double x, double y, double z) { return frame.at(x, y, z); };
      out.quad(at(xa, -road, za), at(xb, -road, zb), at(xb, road, zb), at(xa, road, za), asphalt);
      for (const double side : {-1.0, 1.0}) {
        const double inner = side * road, outer = side * half;
        const double y0 = std::min(inner, outer), y1 = std::max(inner, outer);
        out.quad(at(xa, y0, za + kerb), at(xb, y0, zb + kerb), at(xb, y1, zb + kerb), at(xa, y1, za + kerb), walk);
        if (side > 0) {
          out.quad(at(xa, inner, za), at(xb, inner, zb), at(xb, inner, zb + kerb), at(xa, inner, za + kerb), stone);
          out.quad(at(xb, outer, sb), at(xa, outer, sa), at(xa, outer, za + kerb), at(xb, outer, zb + kerb), stone);
        } else {
          out.quad(at(xb, inner, zb), at(xa, inner, za), at(xa, inner, za + kerb), at(xb, inner, zb + kerb), stone);
          out.quad(at(xa, outer, sa), at(xb, outer, sb), at(xb, outer, zb + kerb), at(xa, outer, za + kerb), stone);
        }
        // Parapet of stone, or a railing.
        const double edge = side * (half - 0.12);
        if (arched) {
          const auto wall = [&](double x, double z, double y) { return at(x, y, z); };
          const double in = side * (half - 0.35), z_up = 1.0;
          const glm::dvec3 pa = wall(xa, za + kerb + z_up, in), pb = wall(xb, zb + kerb + z_up, in), qa = wall(xa, za + kerb + z_up, outer),
                           qb = wall(xb, zb + kerb + z_up, outer);
          const glm::dvec3 la = wall(xa, za + kerb, in), lb = wall(xb, zb + kerb, in), ma = wall(xa, za + kerb, outer),
                           mb = wall(xb, zb + kerb, outer);
          if (side > 0) {
            out.quad(la, lb, pb, pa, stone), out.quad(pa, pb, qb, qa, stone), out.quad(mb, ma, qa, qb, stone);
          } else {
            out.quad(lb, la, pa, pb, stone), out.quad(qa, qb, pb, pa, stone), out.quad(ma, mb, qb, qa, stone);
          }
        } else {
          out.beam(at(xa, edge, za + kerb + 1.1), at(xb, edge, zb + kerb + 1.1), 0.09, steel);
          out.beam(at(xa, edge, za + kerb + 0.6), at(xb, edge, zb + kerb + 0.6), 0.05, steel);
          for (int k = 0; k < 3; ++k) {
            const double x = xa + (xb - xa) * k / 3;
            out.beam(at(x, edge, deck(x) + kerb), at(x, edge, deck(x) + kerb + 1.1), 0.06, steel);
          }
        }
      }
      out.quad(at(xb, -half, sb), at(xa, -half, sa), at(xa, half, sa), at(xb, half, sb), stone);
      if (i % 2 == 0)
        out.quad(at(xa, -0.08, za + 0.025), at(xb, -0.08, zb + 0.025), at(xb, 0.08, zb + 0.025), at(xa, 0.08, za + 0.025), marking);
    }
    const int piers = arched ? arches - 1 : std::max(1, static_cast<int>(run / 18));
    for (int i = 1; i <= piers; ++i) {
      const double x = reach + run * i / (piers + 1);
      const double wide = arched ? 1.2 : 0.7;
      out.box(frame.moved(x, 0, 0), {-wide, -half + 0.15, water_level - 1.5}, {wide, half - 0.15, deck(x) - 0.9}, stone);
      if (arched) {
        for (const double side : {-1.0, 1.0}) {
          out.column(frame.moved(x, side * half, 0), 1.25, 1.15, water_level - 1.5, water_level + 2.2, 8, stone);
        }
      }
    }
    const int handle = scene.add_object(Kind::kBridge, std::move(object));
    scene.place_world(out, handle);
    for (double x = 5; x < total - 3; x += 16) {
      for (const double side : {-1.0, 1.0}) {
        const glm::dvec2 p = start + d * x + left_of(d) * (side * (half - 0.7));
        scene.place(furniture.mesh(Item::kLamp), handle, {p, deck(x) + kerb}, left_of(d) * -side);
      }
    }
  }
}

void CityMaker::furnish_railway() {
  if (plan.railway.empty()) return;
  Random random(seed, 43);
  const double total = length(plan.railway);
  for (const Block& block : plan.blocks) {
    if (block.use != BlockUse::kStation) continue;
    const glm::dvec2 middle = centroid(block.outline);
    double along = 0, least = 1e300;
    for (double at = 0; at < total; at += 2) {
      const double d = glm::length(point_at(plan.railway, at).place - middle);
      if (d < least) least = d, along = at;
    }
    const PathPoint here = point_at(plan.railway, along);
    const double side = glm::dot(middle - here.place, left_of(here.direction)) > 0 ? 1 : -1;
    // A platform between the tracks and the town, under a roof on posts.
    const double half = std::min(45.0, oriented_box(block.outline).length / 2 - 6), top = 0.95;
    const Path line = shifted(part_of(plan.railway, along - half, along + half), side * (plan.railway_width / 2 + 1.0));
    MeshBuilder out;
    const MaterialIndex paving = scene.palette.surface(Surface::kPaving), concrete = scene.palette.surface(Surface::kConcrete),
                        steel = scene.palette.surface(Surface::kDarkSteel), sheet = scene.palette.surface(Surface::kVent);
    const double run = length(line);
    for (double x = 0; x + 6 <= run; x += 6) {
      const PathPoint p = point_at(line, x);
      const Frame frame{{p.place, scene.ground(point_at(line, x + 3).place)}, p.direction};
      out.box(frame, {0, -1.75, -0.4}, {6, 1.75, top}, concrete, paving);
      if (x < run * 0.15 || x > run * 0.85) continue;
      out.beam(frame.at(3, 0, top - 0.1), frame.at(3, 0, 4.4), 0.22, steel);
      out.beam(frame.at(3, -1.5, 4.3), frame.at(3, 1.5, 4.3), 0.14, steel);
      out.box(frame, {0, -2.2, 4.4}, {6, 2.2, 4.55}, steel, sheet);
      if (static_cast<int>(x / 6) % 2 == 0) scene.place(furniture.mesh(Item::kBench), 0, frame.at(1.2, 0, top), frame.axis);
    }
    scene.place_world(out, 0);
    vehicles.put_train(scene, shifted(plan.railway, side * 5.2), along + random.range(-8, 8), 3, random);
  }
  const double away = total * random.range(0.3, 0.7);
  vehicles.put_train(scene, shifted(plan.railway, 0.0), away, 4, random);
}

void CityMaker::furnish_streets() {
  Random random(seed, 41);
  const Region water = plan.river.empty() ? Region{} : corridor(plan.river, plan.river_width + 4);
  const Region tracks = plan.railway.empty() ? Region{} : corridor(plan.railway, plan.railway_width + 3);
  const double edge = plan.size / 2 - 4;
  for (std::size_t i = 0; i < plan.streets.size(); ++i) {
    const Street& street = plan.streets[i];
    if (street.rank == StreetRank::kLane) continue;
    const Spans junctions = junctions_of(plan, i);
    const double total = length(street.path);
    const auto open = [&](glm::dvec2 p) {
      return std::max(std::abs(p.x), std::abs(p.y)) < edge && !contains(water, p) && !contains(tracks, p);
    };
    const bool avenue = street.rank == StreetRank::kAvenue, planted = avenue || random.chance(0.65);
    const auto species = static_cast<Species>(random.integer(0, 2));
    bool bus_stop = avenue || random.chance(0.25);
    for (const double side : {-1.0, 1.0}) {
      for (double along = random.range(6, 12); along < total - 6; along += 9) {
        const PathPoint p = point_at(street.path, along);
        const glm::dvec2 place = p.place + left_of(p.direction) * (side * (street.width / 2 + 0.9));
        if (within(junctions, along, 5.5) || !open(place)) continue;
        const int slot = static_cast<int>(along / 9);
        if (slot % 3 == 0) {
          furniture.put(scene, Item::kLamp, place, left_of(p.direction) * -side);
        } else if (planted && random.chance(0.88 * std::min(1.0, settings.trees))) {
          trees.plant(scene, place, species, random, 0.8);
        } else if (random.chance(0.2)) {
          furniture.put(scene, Item::kBin, place, p.direction);
        }
        if (bus_stop && along > total * 0.4 && !within(junctions, along, 14)) {
          furniture.put(scene, Item::kBusStop, p.place + left_of(p.direction) * (side * (street.width / 2 + 1.6)) + p.direction * 4.5,
                        p.direction * -side);
          bus_stop = false;
        }
      }
      // Parked at the kerb.
      for (double along = random.range(4, 10); along < total - 5;) {
        const Vehicles::Model model = Vehicles::car(random);
        const double step = Vehicles::length_of(model) + random.range(0.7, 1.6);
        const PathPoint p = point_at(street.path, along);
        const glm::dvec2 place = p.place + left_of(p.direction) * (side * (street.width / 2 - 1.15));
        if (random.chance(0.42 * settings.traffic) && !within(junctions, along, 11) && open(place)) {
          vehicles.put(scene, place, p.direction * (side < 0 ? 1.0 : -1.0), model, random);
        }
        along += step + (random.chance(0.25) ? random.range(3, 14) : 0);
      }
      // Driving on the right.
      const double lane = avenue ? 1.6 : 1.45;
      for (double along = random.range(5, 60); along < total - 6; along += random.range(24, 80) / std::max(0.2, settings.traffic)) {
        const PathPoint p = point_at(street.path, along);
        const glm::dvec2 place = p.place + left_of(p.direction) * (side * lane);
        if (!open(place) || within(junctions, along, 7) || street.width < 8) continue;
        const double draw = random.unit();
        const Vehicles::Model model = avenue && draw < 0.12 ? Vehicles::Model::kBus
                                      : draw < 0.2          ? Vehicles::Model::kTruck
                                                            : Vehicles::car(random);
        vehicles.put(scene, place, p.direction * (side < 0 ? 1.0 : -1.0), model, random);
      }
    }
  }
}

}  // namespace skyline::city::procedural
