// What makes a mass a building close up: chimneys, dormers, roof windows, panels, balconies, plant, doors, canopies, porticos.
#include "city/generate/building.h"

#include <algorithm>
#include <cmath>

namespace skyline::city::procedural {
namespace {

// A side of a ribbon below its sloping roof: x along the eaves, y up the slope in plan.
struct Slope {
  Frame frame;  // at the left end of the eaves seen from outside, height 0
  double length = 0, reach = 0, eaves = 0, pitch = 0, overhang = 0;
  bool mansard = false;
  double z(double inset) const {
    if (mansard) return eaves + 0.14 + (inset < 1.1 ? (inset + 0.3) / 1.4 * 2.5 : 2.5 + 0.32 * (inset - 1.1));
    return eaves + pitch * (inset + overhang);
  }
};

std::vector<Slope> slopes_of(const Mass& mass) {
  std::vector<Slope> out;
  const RoofForm form = mass.roof.form;
  if (!mass.outline.is_ribbon() || (form != RoofForm::kGable && form != RoofForm::kHip && form != RoofForm::kMansard)) return out;
  const Polygon ring = mass.outline.footprint();
  for (std::size_t i = 0; i < ring.size(); ++i) {
    if (mass.outline.is_end(i)) continue;
    const glm::dvec2 a = ring[i], b = ring[(i + 1) % ring.size()];
    Slope slope;
    slope.length = glm::length(b - a);
    if (slope.length < 3) continue;
    slope.frame = {glm::dvec3(a, 0), (b - a) / slope.length};
    slope.reach = mass.outline.half_width;
    slope.eaves = mass.eaves;
    slope.pitch = mass.roof.pitch;
    slope.overhang = mass.roof.overhang;
    slope.mansard = form == RoofForm::kMansard;
    out.push_back(slope);
  }
  return out;
}

struct Workshop {
  MeshBuilder& out;
  const BuildingClass& row;
  const Site& site;
  const std::vector<Mass>& masses;
  const BuildingLook& look;
  Random random;
  Palette& palette;

  bool has(Detail detail) const { return (row.details & detail) != 0; }
  MaterialIndex of(Surface surface) { return palette.surface(surface); }
  MaterialIndex wall() { return palette.plain_wall(*look.wall, look.wall_color); }
  MaterialIndex trim() { return palette.plain_wall(wall_finishes(WallKind::kPlaster)[0], look.trim_color); }
  MaterialIndex roof() { return palette.roof(look.roof, look.roof_color); }
};

// A thin plate on a slope, lifted off it: roof windows and solar panels.
void add_plate(Workshop& w, const Slope& s, double x, double inset, double width, double run, double lift, MaterialIndex face,
               MaterialIndex side) {
  const double z0 = s.z(inset), z1 = s.z(inset + run);
  const auto at = [&](double dx, double dy, double up) { return s.frame.at(x + dx, inset + dy, (dy > 0 ? z1 : z0) + up); };
  const double w2 = width / 2;
  w.out.quad(at(-w2, 0, lift), at(w2, 0, lift), at(w2, run, lift), at(-w2, run, lift), face);
  w.out.quad(at(-w2, 0, -0.05), at(w2, 0, -0.05), at(w2, 0, lift), at(-w2, 0, lift), side);
  w.out.quad(at(w2, 0, -0.05), at(w2, run, -0.05), at(w2, run, lift), at(w2, 0, lift), side);
  w.out.quad(at(w2, run, -0.05), at(-w2, run, -0.05), at(-w2, run, lift), at(w2, run, lift), side);
  w.out.quad(at(-w2, run, -0.05), at(-w2, 0, -0.05), at(-w2, 0, lift), at(-w2, run, lift), side);
}

void add_dormer(Workshop& w, const Slope& s, double x) {
  const double inset = s.mansard ? 0.1 : 1.0, width = 1.5, rise = s.mansard ? 1.75 : 1.45;
  const double foot = s.z(inset) + (s.mansard ? 0.1 : 0.0), back = s.mansard ? 1.6 : inset + (rise + 0.6) / s.pitch;
  if (back > s.reach) return;
  const Frame frame = s.frame.moved(x, 0, 0);
  w.out.box(frame, {-width / 2, inset, foot - 0.5}, {width / 2, back, foot + rise}, w.wall(), w.roof());
  // A small gable on top, in front of the slope.
  const double peak = foot + rise + 0.5, eave = foot + rise;
  const auto at = [&](double dx, double y, double z) { return frame.at(dx, y, z); };
  const double o = width / 2 + 0.15, front = inset - 0.15;
  w.out.quad(at(o, front, eave), at(o, back, eave), at(0, back, peak), at(0, front, peak), w.roof());
  w.out.quad(at(-o, back, eave), at(-o, front, eave), at(0, front, peak), at(0, back, peak), w.roof());
  w.out.triangle(at(-o, front, eave), at(o, front, eave), at(0, front, peak), w.wall());
  w.out.triangle(at(o, back, eave), at(-o, back, eave), at(0, back, peak), w.wall());
  w.out.quad(at(-o, back, eave), at(o, back, eave), at(o, front, eave), at(-o, front, eave), w.trim());
  w.out.quad(at(-0.5, inset - 0.03, foot + 0.25), at(0.5, inset - 0.03, foot + 0.25), at(0.5, inset - 0.03, foot + rise - 0.12),
             at(-0.5, inset - 0.03, foot + rise - 0.12), w.of(Surface::kRoofWindow));
}

void dress_slope(Workshop& w, const Slope& s) {
  const double margin = 2.2;
  const int count = static_cast<int>((s.length - 2 * margin) / 3.4);
  const bool dormers = w.has(kDormers) && (s.mansard || (s.pitch > 0.6 && w.random.chance(0.55)));
  const bool solar = w.has(kSolarPanels) && !s.mansard && s.pitch < 1 && s.reach > 3 && w.random.chance(0.3);
  if (solar && s.length > 7) {
    const int columns = std::min(8, static_cast<int>((s.length - 3) / 1.2));
    const double start = s.length / 2 - 0.6 * (columns - 1);
    for (int row = 0; row < 2; ++row) {
      for (int i = 0; i < columns; ++i) {
        add_plate(w, s, start + 1.2 * i, 0.7 + row * 1.35, 1.1, 1.25, 0.1, w.of(Surface::kSolar), w.of(Surface::kDarkSteel));
      }
    }
    return;
  }
  for (int i = 0; i < count; ++i) {
    const double x = s.length / 2 + (i - (count - 1) / 2.0) * 3.4;
    if (dormers && (s.mansard || i % 2 == 0)) {
      add_dormer(w, s, x);
    } else if (w.has(kRoofWindows) && !s.mansard && w.random.chance(0.45) && s.reach > 3) {
      add_plate(w, s, x, s.reach * 0.45, 0.8, 0.9, 0.06, w.of(Surface::kRoofWindow), w.of(Surface::kDarkSteel));
    }
  }
}

void add_chimneys(Workshop& w, const Mass& mass) {
  const Path& spine = mass.outline.spine;
  if (spine.empty()) return;
  const double total = length(spine), ridge = levels_of(mass.outline, mass.bottom, mass.eaves, mass.roof).back().z;
  const int count = std::clamp(static_cast<int>(total / 14) + 1, 1, 16);
  for (int i = 0; i < count; ++i) {
    const double along = total * (i + w.random.range(0.3, 0.7)) / count;
    if (along < 2.5 || along > total - 2.5) continue;
    const PathPoint p = point_at(spine, along);
    const double side = (w.random.chance(0.5) ? 1 : -1) * w.random.range(0.5, 1.2);
    const Frame frame{glm::dvec3(p.place + left_of(p.direction) * side, 0), p.direction};
    const double top = ridge + w.random.range(0.5, 1.1);
    w.out.box(frame, {-0.45, -0.3, ridge - 2.4}, {0.45, 0.3, top}, w.of(Surface::kChimney), w.of(Surface::kDarkSteel));
    w.out.box(frame, {-0.52, -0.37, top}, {0.52, 0.37, top + 0.1}, w.of(Surface::kStone));
    w.out.column(frame.moved(-0.2, 0, 0), 0.11, 0.1, top + 0.1, top + 0.4, 6, w.of(Surface::kChimney));
    w.out.column(frame.moved(0.2, 0, 0), 0.11, 0.1, top + 0.1, top + 0.4, 6, w.of(Surface::kChimney));
  }
}

void add_balconies(Workshop& w, const Mass& mass, std::size_t index) {
  const Polygon ring = mass.outline.footprint();
  const WindowStyle& style = window_style(mass.windows);
  const double ground = mass.ground_storey > 0 ? mass.ground_storey : mass.storey;
  const int floors = static_cast<int>((mass.eaves - mass.foot - ground) / mass.storey + 0.5);
  const bool glass = w.random.chance(0.5);
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const glm::dvec2 a = ring[i], b = ring[(i + 1) % ring.size()];
    const double run = glm::length(b - a);
    if (run < 11 || mass.outline.is_end(i) || (i + index) % 2 == 1) continue;
    const Frame frame{glm::dvec3(a, 0), (b - a) / run};
    const int bays = static_cast<int>(run / style.bay);
    for (int k = 1; k + 1 < bays; k += 3) {
      const double x = (run - bays * style.bay) / 2 + (k + 0.5) * style.bay;
      for (int floor = 0; floor < floors; ++floor) {
        const double z = mass.foot + ground + floor * mass.storey + 0.05;
        const double half = std::min(1.6, style.bay / 2 - 0.05);
        w.out.box(frame, {x - half, -1.35, z - 0.16}, {x + half, 0.02, z}, w.trim());
        const MaterialIndex rail = glass ? w.of(Surface::kGlassRail) : w.of(Surface::kDarkSteel);
        const double low = glass ? 0.08 : 0.0;
        w.out.box(frame, {x - half, -1.35, z + low}, {x + half, -1.3, z + 1.0}, rail);
        w.out.box(frame, {x - half, -1.3, z + low}, {x - half + 0.05, 0, z + 1.0}, rail);
        w.out.box(frame, {x + half - 0.05, -1.3, z + low}, {x + half, 0, z + 1.0}, rail);
      }
    }
  }
}

bool covered(const std::vector<Mass>& masses, const Mass& mass, glm::dvec2 place, double margin) {
  for (const Mass& other : masses) {
    if (&other == &mass || other.eaves <= mass.eaves) continue;
    const Polygon ring = other.outline.footprint();
    if (contains(ring, place) || distance_to_boundary(ring, place) < margin) return true;
  }
  return false;
}

void add_plant(Workshop& w, const Mass& mass) {
  const Polygon ring = mass.outline.footprint();
  const Box box = box_of(ring);
  const double size = area(ring);
  const int wanted = std::clamp(static_cast<int>(size / 45), 2, 26);
  std::vector<glm::dvec2> taken;
  for (int tries = 0; tries < wanted * 4 && static_cast<int>(taken.size()) < wanted; ++tries) {
    const glm::dvec2 p{w.random.range(box.low.x, box.high.x), w.random.range(box.low.y, box.high.y)};
    const double room = 2.4;
    if (!contains(ring, p) || distance_to_boundary(ring, p) < room || covered(w.masses, mass, p, room)) continue;
    if (std::any_of(taken.begin(), taken.end(), [&](glm::dvec2 q) { return glm::length(q - p) < 4; })) continue;
    const Frame frame{glm::dvec3(p, mass.eaves), w.site.axis};
    const int kind = taken.empty() && size > 250 ? 0 : w.random.integer(1, 5);
    taken.push_back(p);
    switch (kind) {
      case 0:
        w.out.box(frame, {-1.6, -1.3, -0.1}, {1.6, 1.3, 2.4}, w.wall(), w.of(Surface::kVent));
        break;
      case 1:
        w.out.box(frame, {-1.1, -0.7, -0.05}, {1.1, 0.7, 1.2}, w.of(Surface::kVent));
        break;
      case 2:
        w.out.column(frame, 0.35, 0.35, -0.05, 0.9, 8, w.of(Surface::kVent));
        break;
      case 3:
        w.out.box(frame, {-0.9, -0.6, -0.05}, {0.9, 0.6, 0.35}, w.of(Surface::kVent), w.of(Surface::kRoofWindow));
        break;
      case 4:
        for (int i = 0; i < 3; ++i) w.out.box(frame.moved(i * 0.9 - 0.9, 0, 0), {-0.4, -0.4, -0.05}, {0.4, 0.4, 0.9}, w.of(Surface::kVent));
        break;
      default: {
        const Frame f = frame;
        for (int i = 0; i < 2; ++i) {
          const double y = i * 1.9 - 1.4;
          w.out.quad(f.at(-1.7, y, 0.15), f.at(1.7, y, 0.15), f.at(1.7, y + 1.3, 0.75), f.at(-1.7, y + 1.3, 0.75), w.of(Surface::kSolar));
          w.out.quad(f.at(1.7, y + 1.3, 0.75), f.at(1.7, y + 1.3, 0.0), f.at(-1.7, y + 1.3, 0.0), f.at(-1.7, y + 1.3, 0.75),
                     w.of(Surface::kVent));
        }
      }
    }
  }
}

void add_saw_teeth(Workshop& w, const Mass& mass) {
  const Polygon ring = mass.outline.ring(0.5);
  const glm::dvec2 a = ring[0], b = ring[1], d = ring[3];
  const double width = glm::length(b - a), depth = glm::length(d - a), pitch = 5.5, rise = 2.6;
  const Frame frame{glm::dvec3(a, mass.eaves), (b - a) / width};
  const int teeth = std::max(2, static_cast<int>(depth / pitch));
  const double step = depth / teeth;
  const MaterialIndex glass = w.of(Surface::kRoofWindow), roof = w.roof();
  for (int i = 0; i < teeth; ++i) {
    const double y0 = i * step + 0.05, y1 = (i + 1) * step - 0.05;
    const auto at = [&](double x, double y, double z) { return frame.at(x, y, z); };
    w.out.quad(at(0, y0, rise), at(width, y0, rise), at(width, y1, 0.05), at(0, y1, 0.05), roof);
    w.out.quad(at(0, y0, -0.05), at(width, y0, -0.05), at(width, y0, rise), at(0, y0, rise), glass);
    w.out.triangle(at(width, y0, -0.05), at(width, y1, 0.05), at(width, y0, rise), w.wall());
    w.out.triangle(at(0, y1, 0.05), at(0, y0, -0.05), at(0, y0, rise), w.wall());
  }
}

void add_front(Workshop& w) {
  const Mass& mass = w.masses.front();
  // The front: the longest edge that looks to the street.
  const Polygon ring = mass.outline.footprint();
  const glm::dvec2 street = -left_of(w.site.axis);
  std::size_t front = 0;
  double best = -1;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const glm::dvec2 edge = ring[(i + 1) % ring.size()] - ring[i];
    const double score = glm::length(edge) * std::max(0.0, glm::dot(glm::normalize(glm::dvec2(edge.y, -edge.x)), street));
    if (score > best) best = score, front = i;
  }
  const glm::dvec2 a = ring[front], b = ring[(front + 1) % ring.size()];
  const double run = glm::length(b - a);
  if (run < 4) return;
  const Frame frame{glm::dvec3((a + b) / 2.0, 0), (b - a) / run};
  if (w.row.object_class == ObjectClass::kHouse) {
    const double x = w.random.range(-0.2, 0.2) * run;
    const Frame door = frame.moved(x, 0, 0);
    w.out.box(door, {-0.55, -0.06, 0.12}, {0.55, 0.02, 2.25}, w.of(Surface::kWoodPlank));
    w.out.box(door, {-0.9, -1.2, -0.5}, {0.9, 0.02, 0.14}, w.of(Surface::kStone));
    if (w.has(kPorch) && w.random.chance(0.6)) {
      w.out.box(door, {-1.2, -1.4, 2.5}, {1.2, 0.02, 2.64}, w.trim(), w.roof());
      for (const double side : {-1.05, 1.05})
        w.out.box(door, {side - 0.07, -1.3, -0.3}, {side + 0.07, -1.16, 2.5}, w.of(Surface::kWoodPlank));
    }
  } else {
    w.out.box(frame, {-1.1, -0.08, 0.0}, {1.1, 0.02, 2.5}, w.of(Surface::kDarkSteel));
    w.out.box(frame, {-1.5, -0.9, -0.6}, {1.5, 0.02, 0.06}, w.of(Surface::kStone));
  }
  if (w.has(kCanopy) && run > 8) {
    const double half = std::min(4.5, run * 0.25);
    w.out.box(frame, {-half, -1.7, 3.15}, {half, 0.02, 3.4}, w.of(Surface::kSteel));
    for (const double side : {-half + 0.3, half - 0.3})
      w.out.box(frame, {side - 0.07, -1.55, -0.4}, {side + 0.07, -1.41, 3.15}, w.of(Surface::kDarkSteel));
  }
  if (w.has(kPortico)) {
    const int columns = 6;
    const double half = std::min(9.0, run * 0.3), y = -2.6, high = std::min(9.0, mass.eaves - 0.8);
    for (int i = 0; i < columns; ++i) {
      const double x = -half + 2 * half * i / (columns - 1);
      w.out.column(frame.moved(x, y, 0), 0.5, 0.42, 0.4, high - 1.2, 12, w.of(Surface::kStone));
      w.out.box(frame.moved(x, y, 0), {-0.6, -0.6, 0.3}, {0.6, 0.6, 0.5}, w.of(Surface::kStone));
    }
    w.out.box(frame, {-half - 1, y - 0.8, -0.6}, {half + 1, 0.02, 0.32}, w.of(Surface::kStone));
    w.out.box(frame, {-half - 0.8, y - 0.7, high - 1.2}, {half + 0.8, 0.02, high}, w.of(Surface::kStone));
    const auto at = [&](double x, double yy, double z) { return frame.at(x, yy, z); };
    const double o = half + 0.8, peak = high + o * 0.26;
    const MaterialIndex stone = w.of(Surface::kStone), roof = w.roof();
    w.out.triangle(at(-o, y - 0.7, high), at(o, y - 0.7, high), at(0, y - 0.7, peak), stone);
    w.out.quad(at(o, y - 0.7, high), at(o, 0.3, high), at(0, 0.3, peak), at(0, y - 0.7, peak), roof);
    w.out.quad(at(-o, 0.3, high), at(-o, y - 0.7, high), at(0, y - 0.7, peak), at(0, 0.3, peak), roof);
  }
  if (w.has(kDocks)) {
    for (int i = 0; i < static_cast<int>((run - 6) / 6); ++i) {
      const double x = -run / 2 + 5 + 6 * i;
      if (std::abs(x) < 3) continue;
      w.out.box(frame, {x - 1.7, -0.06, 0.1}, {x + 1.7, 0.02, 3.9}, w.of(i % 3 == 0 ? Surface::kSteel : Surface::kVent));
    }
  }
}

}  // namespace

void add_details(MeshBuilder& out, const BuildingClass& row, const Site& site, const std::vector<Mass>& masses, const BuildingLook& look,
                 Random random, Palette& palette) {
  Workshop w{out, row, site, masses, look, random, palette};
  for (std::size_t i = 0; i < masses.size(); ++i) {
    const Mass& mass = masses[i];
    for (const Slope& slope : slopes_of(mass)) dress_slope(w, slope);
    const bool pitched = mass.roof.form == RoofForm::kGable || mass.roof.form == RoofForm::kHip || mass.roof.form == RoofForm::kMansard;
    if (w.has(kChimneys) && pitched) add_chimneys(w, mass);
    if (w.has(kBalconies) && mass.windows != WindowKind::kNone) add_balconies(w, mass, i);
    const bool flat = mass.roof.form == RoofForm::kFlat || mass.roof.form == RoofForm::kFlatCornice;
    if (flat && (w.has(kRoofPlant) || w.has(kSolarPanels))) add_plant(w, mass);
    if (mass.roof.form == RoofForm::kSawTooth) add_saw_teeth(w, mass);
  }
  add_front(w);
}

}  // namespace skyline::city::procedural
