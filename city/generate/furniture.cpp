#include "city/generate/furniture.h"

#include "city/generate/mass.h"

namespace skyline::city::procedural {
namespace {

struct Maker {
  Palette& palette;
  MeshBuilder out;
  MaterialIndex of(Surface surface) { return palette.surface(surface); }
};

void lamp(Maker& m) {
  m.out.column({}, 0.09, 0.06, -0.2, 5.6, 6, m.of(Surface::kDarkSteel), false);
  m.out.beam({0, 0, 5.5}, {1.1, 0, 5.75}, 0.07, m.of(Surface::kDarkSteel));
  m.out.box({}, {0.75, -0.14, 5.72}, {1.4, 0.14, 5.82}, m.of(Surface::kDarkSteel));
  m.out.box({}, {0.8, -0.11, 5.66}, {1.35, 0.11, 5.72}, m.of(Surface::kLampGlass));
}

void bench(Maker& m) {
  for (int i = 0; i < 3; ++i) m.out.box({}, {-0.85, -0.25 + 0.17 * i, 0.42}, {0.85, -0.11 + 0.17 * i, 0.46}, m.of(Surface::kWoodPlank));
  for (int i = 0; i < 2; ++i) m.out.box({}, {-0.85, 0.27, 0.55 + 0.17 * i}, {0.85, 0.31, 0.68 + 0.17 * i}, m.of(Surface::kWoodPlank));
  for (const double x : {-0.7, 0.7}) {
    m.out.box({}, {x - 0.04, -0.22, -0.1}, {x + 0.04, 0.26, 0.42}, m.of(Surface::kDarkSteel));
    m.out.box({}, {x - 0.03, 0.31, 0.3}, {x + 0.03, 0.36, 0.86}, m.of(Surface::kDarkSteel));
  }
}

void bin(Maker& m) { m.out.column({}, 0.24, 0.28, -0.1, 0.85, 8, m.of(Surface::kDarkSteel)); }

void bus_stop(Maker& m) {
  m.out.box({}, {-2.0, -0.75, 2.35}, {2.0, 0.75, 2.47}, m.of(Surface::kDarkSteel));
  m.out.box({}, {-1.95, 0.66, 0.2}, {1.95, 0.7, 2.3}, m.of(Surface::kGlassRail));
  m.out.box({}, {-1.95, -0.6, 0.2}, {-1.91, 0.66, 2.3}, m.of(Surface::kGlassRail));
  for (const double x : {-1.93, 1.93}) m.out.box({}, {x - 0.05, 0.62, -0.1}, {x + 0.05, 0.74, 2.36}, m.of(Surface::kDarkSteel));
  m.out.box({}, {-1.5, 0.2, 0.4}, {1.5, 0.6, 0.46}, m.of(Surface::kWoodPlank));
  m.out.column(Frame{{2.6, -0.5, 0}, {1, 0}}, 0.04, 0.04, -0.1, 2.7, 6, m.of(Surface::kSteel));
  m.out.box({}, {2.35, -0.53, 2.2}, {2.85, -0.47, 2.75}, m.of(Surface::kAwning));
}

void table(Maker& m) {
  m.out.column({}, 0.05, 0.05, 0, 0.7, 6, m.of(Surface::kDarkSteel));
  m.out.column({}, 0.4, 0.4, 0.7, 0.74, 10, m.of(Surface::kSteel));
  for (const double x : {-0.75, 0.75}) {
    m.out.box({}, {x - 0.2, -0.2, 0.0}, {x + 0.2, 0.2, 0.45}, m.of(Surface::kWoodPlank));
    m.out.box({}, {x + (x > 0 ? 0.17 : -0.21), -0.2, 0.45}, {x + (x > 0 ? 0.21 : -0.17), 0.2, 0.85}, m.of(Surface::kWoodPlank));
  }
}

void parasol(Maker& m) {
  m.out.column({}, 0.04, 0.04, 0, 2.5, 6, m.of(Surface::kWoodPlank));
  m.out.column({}, 1.6, 0.02, 2.15, 2.75, 8, m.of(Surface::kTent));
}

void far_house(Maker& m) {
  const Outline house = ribbon_outline({{-6, 0}, {6, 0}}, 4.5);
  const MaterialIndex wall = m.palette.plain_wall(wall_finishes(WallKind::kPlaster)[0], {0.80F, 0.76F, 0.68F});
  const MaterialIndex roof = m.palette.roof(RoofFinish::kRedTiles, roof_finish(RoofFinish::kRedTiles).color);
  FacadeWall front{&wall_finishes(WallKind::kPlaster)[0], {0.80F, 0.76F, 0.68F}, WindowKind::kHouse, 12, 5.6, 2.8, 0, false, {}, 3};
  const MaterialIndex facade = m.palette.facade(front);
  add_mass(m.out, house, levels_of(house, -3, 5.6, {RoofForm::kGable, 0.85, 0.4, 0}), 0, [&](Face face, std::size_t, double length) {
    return face == Face::kRoof ? roof : face == Face::kWall && length > 10 ? facade : wall;
  });
  m.out.box(Frame{{2, 0.8, 0}, {1, 0}}, {-0.4, -0.3, 8}, {0.4, 0.3, 10.4}, m.of(Surface::kChimney));
}

void far_barn(Maker& m) {
  const Outline barn = ribbon_outline({{-11, 0}, {11, 0}}, 6);
  const MaterialIndex wall = m.palette.plain_wall(wall_finishes(WallKind::kWood)[0], wall_finishes(WallKind::kWood)[0].color);
  const MaterialIndex roof = m.palette.roof(RoofFinish::kBrownTiles, roof_finish(RoofFinish::kBrownTiles).color);
  add_mass(m.out, barn, levels_of(barn, -3, 4.8, {RoofForm::kGable, 0.7, 0.5, 0}), 0,
           [&](Face face, std::size_t, double) { return face == Face::kRoof ? roof : wall; });
}

void track(Maker& m) {
  const double half = kTrackPiece / 2;
  for (int i = 0; i < 20; ++i) {
    const double x = -half + (i + 0.5) * kTrackPiece / 20;
    m.out.box({}, {x - 0.13, -1.3, -0.08}, {x + 0.13, 1.3, 0.06}, m.of(Surface::kSleeper), m.of(Surface::kSleeper), false);
  }
  for (const double y : {-0.72, 0.72}) {
    m.out.box({}, {-half, y - 0.035, 0.05}, {half, y + 0.035, 0.21}, m.of(Surface::kRail), m.of(Surface::kSteel), false);
  }
}

void swing(Maker& m) {
  for (const double x : {-1.8, 1.8}) {
    m.out.beam({x, -0.9, -0.1}, {x, 0, 2.4}, 0.1, m.of(Surface::kAwning));
    m.out.beam({x, 0.9, -0.1}, {x, 0, 2.4}, 0.1, m.of(Surface::kAwning));
  }
  m.out.beam({-1.9, 0, 2.4}, {1.9, 0, 2.4}, 0.1, m.of(Surface::kAwning));
  for (const double x : {-0.8, 0.8}) {
    m.out.box({}, {x - 0.25, -0.12, 0.45}, {x + 0.25, 0.12, 0.5}, m.of(Surface::kWoodPlank));
    for (const double side : {-0.22, 0.22}) m.out.beam({x + side, 0, 0.5}, {x + side, 0, 2.4}, 0.02, m.of(Surface::kSteel));
  }
}

void stall(Maker& m) {
  m.out.box({}, {-1.5, -0.9, 0}, {1.5, 0.2, 0.9}, m.of(Surface::kWoodPlank));
  for (const double x : {-1.5, 1.5}) {
    for (const double y : {-1.0, 1.0}) m.out.box({}, {x - 0.04, y - 0.04, 0}, {x + 0.04, y + 0.04, 2.2}, m.of(Surface::kSteel));
  }
  const auto at = [](double x, double y, double z) { return glm::dvec3(x, y, z); };
  m.out.quad(at(-1.7, -1.3, 2.1), at(1.7, -1.3, 2.1), at(1.7, 0, 2.8), at(-1.7, 0, 2.8), m.of(Surface::kTent));
  m.out.quad(at(1.7, 1.3, 2.1), at(-1.7, 1.3, 2.1), at(-1.7, 0, 2.8), at(1.7, 0, 2.8), m.of(Surface::kTent));
  m.out.triangle(at(1.7, -1.3, 2.1), at(1.7, 1.3, 2.1), at(1.7, 0, 2.8), m.of(Surface::kTent));
  m.out.triangle(at(-1.7, 1.3, 2.1), at(-1.7, -1.3, 2.1), at(-1.7, 0, 2.8), m.of(Surface::kTent));
  m.out.quad(at(-1.7, 1.3, 2.1), at(1.7, 1.3, 2.1), at(1.7, -1.3, 2.1), at(-1.7, -1.3, 2.1), m.of(Surface::kTent));
}

}  // namespace

Furniture::Furniture(Scene& scene) {
  using Make = void (*)(Maker&);
  constexpr std::array<Make, static_cast<std::size_t>(Item::kCount)> kMakers{lamp,      bench,    bin,   bus_stop, table, parasol,
                                                                             far_house, far_barn, track, swing,    stall};
  for (std::size_t i = 0; i < kMakers.size(); ++i) {
    Maker maker{scene.palette, {}};
    kMakers[i](maker);
    meshes_[i] = scene.add_mesh(maker.out.take());
  }
}

void Furniture::put(Scene& scene, Item item, glm::dvec2 place, glm::dvec2 axis, double lift, glm::vec3 tint, int owner) {
  scene.place(mesh(item), owner, {place, scene.ground(place) + lift}, axis, glm::dvec3(1.0), tint);
}

}  // namespace skyline::city::procedural
