// Plans: how a site becomes masses.
#include "city/generate/building.h"

#include <algorithm>
#include <cmath>

namespace skyline::city::procedural {
namespace {

struct Local {
  glm::dvec2 axis;
  glm::dvec2 at(double x, double y) const { return axis * x + left_of(axis) * y; }
  Path path(std::initializer_list<glm::dvec2> points) const {
    Path out;
    for (const glm::dvec2 p : points) out.push_back(at(p.x, p.y));
    return out;
  }
  Polygon rect(double x0, double y0, double x1, double y1) const { return path({{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}); }
};

struct Draft {
  const BuildingClass& row;
  Local local;
  double w, d;  // of the site
  int storeys;
  RoofForm form;
  Random random;

  double eaves(int floors) const {
    const double ground = row.ground_storey > 0 ? row.ground_storey : row.storey;
    return ground + row.storey * (floors - 1);
  }
  Mass mass(Outline outline, double height) const {
    Mass m;
    m.outline = std::move(outline);
    m.eaves = height;
    m.roof = {form, row.pitch, 0.45, 0};
    if (!m.outline.is_ribbon() && form != RoofForm::kFlatCornice) m.roof.form = RoofForm::kFlat;
    m.windows = row.windows;
    m.storey = row.storey;
    m.ground_storey = row.ground_storey;
    m.shop_front = row.shop_front;
    return m;
  }
  // `upper` stands on the roof of a mass that ends at `level`.
  Mass on_top(Outline outline, double level, double height) const {
    Mass m = mass(std::move(outline), level + height);
    m.bottom = level - 0.1;
    m.foot = level;
    m.ground_storey = 0;
    m.shop_front = false;
    return m;
  }
};

Polygon chamfered(const Local& local, double w, double d, double cut) {
  return local.path({{-w / 2 + cut, -d / 2},
                     {w / 2 - cut, -d / 2},
                     {w / 2, -d / 2 + cut},
                     {w / 2, d / 2 - cut},
                     {w / 2 - cut, d / 2},
                     {-w / 2 + cut, d / 2},
                     {-w / 2, d / 2 - cut},
                     {-w / 2, -d / 2 + cut}});
}

Polygon tower_outline(Draft& t, int kind, double w, double d) {
  if (kind == 1) return chamfered(t.local, w, d, 0.18 * std::min(w, d));
  if (kind == 2) {
    Polygon out;
    for (int i = 0; i < 20; ++i) {
      const double angle = 2 * 3.14159265358979323846 * i / 20;
      out.push_back(t.local.at(w / 2 * std::cos(angle), d / 2 * std::sin(angle)));
    }
    return out;
  }
  return t.local.rect(-w / 2, -d / 2, w / 2, d / 2);
}

std::vector<Mass> bar(Draft& t) {
  const bool along = t.w >= t.d * 0.8;  // the ridge usually runs along the street
  const bool hips = t.form == RoofForm::kHip || (t.form == RoofForm::kMansard && t.random.chance(0.5));
  const double half = (along ? t.d : t.w) / 2;
  const Path spine = along ? t.local.path({{-t.w / 2, 0}, {t.w / 2, 0}}) : t.local.path({{0, -t.d / 2}, {0, t.d / 2}});
  return {t.mass(ribbon_outline(spine, half, !hips, !hips), t.eaves(t.storeys))};
}

std::vector<Mass> angle(Draft& t) {
  const double half = std::clamp(0.24 * std::min(t.w, t.d), 3.6, 6.5);
  Path spine = t.local.path({{-t.w / 2, -t.d / 2 + half}, {t.w / 2 - half, -t.d / 2 + half}, {t.w / 2 - half, t.d / 2}});
  const bool hips = t.form == RoofForm::kHip;
  return {t.mass(ribbon_outline(spine, half, !hips, !hips), t.eaves(t.storeys))};
}

std::vector<Mass> horseshoe(Draft& t) {
  const double half = std::clamp(0.16 * t.w, 4.5, 6.5);
  const double back = t.d / 2 - (t.random.chance(0.4) ? 0.25 * t.d : 0);
  Path spine = t.local.path(
      {{-t.w / 2 + half, back}, {-t.w / 2 + half, -t.d / 2 + half}, {t.w / 2 - half, -t.d / 2 + half}, {t.w / 2 - half, t.d / 2}});
  const bool hips = t.form == RoofForm::kHip || t.form == RoofForm::kMansard;
  return {t.mass(ribbon_outline(spine, half, !hips, !hips), t.eaves(t.storeys))};
}

std::vector<Mass> court(Draft& t, const Site& site) {
  const double half = t.random.range(t.row.depth_low, t.row.depth_high) / 2;
  Polygon block;
  for (const glm::dvec2 p : site.block) block.push_back(p - site.center);
  const Outline whole = polygon_outline(block);
  if (!can_inset(whole, half) || !can_inset(whole, 2 * half)) return {};
  const Polygon middle = whole.ring(half), inner = whole.ring(2 * half);
  if (area(inner) < 220) return {};
  std::size_t cut = 0;
  for (std::size_t i = 0; i < middle.size(); ++i) {
    if (glm::length(inner[(i + 1) % middle.size()] - inner[i]) > glm::length(inner[(cut + 1) % middle.size()] - inner[cut])) cut = i;
  }
  const std::size_t n = middle.size();
  const glm::dvec2 a = middle[cut], b = middle[(cut + 1) % n], direction = glm::normalize(b - a);
  const double gap = 4.4;  // the way into the court
  if (glm::length(inner[(cut + 1) % n] - inner[cut]) < gap + 7) return {};
  const glm::dvec2 gate = (a + b) / 2.0;
  Path spine{gate + direction * (gap / 2)};
  for (std::size_t i = 1; i <= n; ++i) spine.push_back(middle[(cut + i) % n]);
  spine.push_back(gate - direction * (gap / 2));
  return {t.mass(ribbon_outline(spine, half), t.eaves(t.storeys))};
}

std::vector<Mass> setbacks(Draft& t) {
  std::vector<Mass> out;
  const int lower = std::max(3, t.storeys - t.random.integer(1, 3));
  Draft flat = t;
  flat.form = RoofForm::kFlat;
  out.push_back(flat.mass(polygon_outline(t.local.rect(-t.w / 2, -t.d / 2, t.w / 2, t.d / 2)), t.eaves(lower)));
  double level = t.eaves(lower), inset = 2.2;
  for (int floors = t.storeys - lower; floors > 0;) {
    const int here = t.random.chance(0.4) ? floors : std::max(1, floors / 2);
    const double w = t.w - 2 * inset, d = t.d - 2 * inset;
    if (w < 8 || d < 7) break;
    const bool last = here == floors;
    const double height = here * t.row.storey;
    if (last && t.form == RoofForm::kMansard) {
      out.push_back(t.on_top(ribbon_outline(t.local.path({{-w / 2, 0}, {w / 2, 0}}), d / 2, false, false), level, height));
    } else {
      out.push_back(flat.on_top(polygon_outline(t.local.rect(-w / 2, -d / 2, w / 2, d / 2)), level, height));
    }
    level += height;
    floors -= here;
    inset += 2.4;
  }
  return out;
}

std::vector<Mass> point_tower(Draft& t) {
  const int kind = t.random.chance(0.35) ? 1 : 0;
  const double total = t.eaves(t.storeys);
  std::vector<Mass> out{t.mass(polygon_outline(tower_outline(t, kind, t.w, t.d)), total)};
  out.push_back(t.on_top(polygon_outline(t.local.rect(-t.w * 0.22, -t.d * 0.22, t.w * 0.22, t.d * 0.22)), total, 3.4));
  out.back().windows = WindowKind::kNone;
  return out;
}

std::vector<Mass> podium_tower(Draft& t) {
  std::vector<Mass> out;
  const int podium = t.random.integer(2, 4);
  double level = t.eaves(podium);
  out.push_back(t.mass(polygon_outline(t.local.rect(-t.w / 2, -t.d / 2, t.w / 2, t.d / 2)), level));
  out.back().stone = true;
  out.back().windows = WindowKind::kOffice;
  const int kind = t.random.integer(0, 2);
  double w = t.w * t.random.range(0.6, 0.72), d = t.d * t.random.range(0.62, 0.74);
  int floors = t.storeys - podium;
  const int tiers = t.storeys > 22 ? t.random.integer(2, 3) : t.random.integer(1, 2);
  for (int tier = 0; tier < tiers; ++tier) {
    const int here = tier + 1 == tiers ? floors : floors * 3 / 5;
    const double height = here * t.row.storey;
    out.push_back(t.on_top(polygon_outline(tower_outline(t, kind, w, d)), level, height));
    level += height;
    floors -= here;
    w *= 0.78;
    d *= 0.80;
  }
  out.push_back(t.on_top(polygon_outline(t.local.rect(-w * 0.3, -d * 0.3, w * 0.3, d * 0.3)), level, 4.5));
  out.back().windows = WindowKind::kNone;
  return out;
}

std::vector<Mass> church(Draft& t) {
  const double tower = std::clamp(t.w * 0.34, 5.5, 8.5), half = std::clamp(t.w * 0.24, 4.0, 6.0), wall = t.random.range(9.5, 12.5);
  const double front = -t.d / 2, choir = t.d / 2 - half;
  std::vector<Mass> out;
  out.push_back(t.mass(ribbon_outline(t.local.path({{0, front + tower * 0.7}, {0, choir}}), half), wall));
  Mass aisles = t.mass(ribbon_outline(t.local.path({{0, front + tower}, {0, choir - 4}}), half + 3.2), wall * 0.5);
  aisles.roof.pitch = 0.45;
  out.push_back(aisles);
  if (t.w > 2 * half + 7 && t.random.chance(0.7)) {
    const double y = choir - 7;
    Mass transept = t.mass(ribbon_outline(t.local.path({{-t.w / 2, y}, {t.w / 2, y}}), half * 0.8), wall - 0.6);
    out.push_back(transept);
  }
  Polygon apse;
  for (const glm::dvec2 p : disk({0, 0}, half * 0.92, 10)) apse.push_back(t.local.at(p.x, p.y + choir));
  Mass end = t.mass(polygon_outline(apse), wall - 1.8);
  end.roof = {RoofForm::kSpire, 0.9, 0.3, half * 0.86};
  out.push_back(end);
  const double belfry = wall + t.random.range(12, 18);
  Mass spire = t.mass(polygon_outline(t.local.rect(-tower / 2, front, tower / 2, front + tower)), belfry);
  spire.roof = {RoofForm::kSpire, t.random.range(3.6, 5.6), 0.3, tower / 2 - 0.02};
  spire.storey = 8;
  out.push_back(spire);
  for (Mass& m : out) m.storey = m.outline.is_ribbon() ? m.eaves : m.storey;
  return out;
}

std::vector<Mass> station(Draft& t) {
  Mass wings = t.mass(ribbon_outline(t.local.path({{-t.w / 2, 0.5}, {t.w / 2, 0.5}}), t.d * 0.32, false, false), 8.5);
  wings.roof = {RoofForm::kHip, 0.5, 0.5, 0};
  Mass hall = t.mass(ribbon_outline(t.local.path({{0, -t.d / 2 + 2}, {0, t.d / 2}}), std::min(9.0, t.w * 0.18)), 12);
  hall.roof = {RoofForm::kBarrel, 0.7, 0, 0};
  Mass clock = t.mass(polygon_outline(t.local.rect(t.w * 0.26, -t.d * 0.42, t.w * 0.26 + 5, -t.d * 0.42 + 5)), 22);
  clock.roof = {RoofForm::kSpire, 1.6, 0.4, 2.48};
  clock.storey = 5.5;
  return {wings, hall, clock};
}

std::vector<Mass> hall(Draft& t) {
  const double eaves = t.random.range(6.5, 10.5);
  const bool along = t.w >= t.d;
  const Path spine = along ? t.local.path({{-t.w / 2, 0}, {t.w / 2, 0}}) : t.local.path({{0, -t.d / 2}, {0, t.d / 2}});
  Mass m = t.mass(ribbon_outline(spine, (along ? t.d : t.w) / 2), eaves);
  m.storey = eaves;
  if (m.roof.form == RoofForm::kBarrel) m.roof.pitch = 0.28;
  m.roof.overhang = 0.2;
  return {m};
}

std::vector<Mass> factory(Draft& t) {
  const double eaves = t.random.range(7, 9), split = t.w * 0.68;
  Mass works = t.mass(polygon_outline(t.local.rect(-t.w / 2, -t.d / 2, -t.w / 2 + split, t.d / 2)), eaves);
  works.roof.form = RoofForm::kSawTooth;
  works.storey = eaves;
  Mass office = t.mass(polygon_outline(t.local.rect(-t.w / 2 + split - 0.2, -t.d / 2 + 1, t.w / 2, t.d / 2 - 4)), 11.4);
  office.storey = 3.8;
  office.windows = WindowKind::kApartment;
  return {works, office};
}

std::vector<Mass> wings(Draft& t) {
  const double half = std::clamp(t.d * 0.19, 5.0, 7.5), front = -t.d / 2 + 4 + half, full = t.eaves(t.storeys);
  const double low = t.eaves(std::max(1, t.storeys - 1));
  Mass main = t.mass(ribbon_outline(t.local.path({{-t.w / 2, front}, {t.w / 2, front}}), half), full);
  std::vector<Mass> out{main};
  const double reach = t.w / 2 - half;
  for (const double x : {-reach * 0.72, reach * 0.72}) {
    out.push_back(t.mass(ribbon_outline(t.local.path({{x, front}, {x, t.d / 2}}), half * 0.8), low - (x > 0 ? 0.4 : 0)));
  }
  Mass middle = t.on_top(polygon_outline(t.local.rect(-half, front - half * 0.7, half, front + half * 0.7)), full, t.row.storey);
  out.push_back(middle);
  return out;
}

}  // namespace

std::vector<Mass> plan_masses(const BuildingClass& row, const Site& site, Random random) {
  Draft t{row, Local{site.axis}, site.width, site.depth, random.integer(row.storeys_low, row.storeys_high), random.pick(row.roofs), random};
  switch (row.plan) {
    case Plan::kBar:
      return bar(t);
    case Plan::kAngle:
      return angle(t);
    case Plan::kHorseshoe:
      return horseshoe(t);
    case Plan::kCourt:
      return court(t, site);
    case Plan::kSetbacks:
      return setbacks(t);
    case Plan::kPodiumTower:
      return podium_tower(t);
    case Plan::kPointTower:
      return point_tower(t);
    case Plan::kChurch:
      return church(t);
    case Plan::kStation:
      return station(t);
    case Plan::kHall:
      return hall(t);
    case Plan::kFactory:
      return factory(t);
    case Plan::kWings:
      return wings(t);
  }
  return {};
}

}  // namespace skyline::city::procedural
