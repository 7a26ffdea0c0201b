#include "city/generate/building.h"

#include <algorithm>
#include <cmath>

namespace skyline::city::procedural {
namespace {

glm::vec3 varied(glm::vec3 color, Random& random) {
  const auto shade = 0.93F + 0.03F * static_cast<float>(random.integer(0, 4));
  const auto warm = 0.012F * static_cast<float>(random.integer(-1, 1));
  return glm::clamp(color * shade + glm::vec3(warm, 0, -warm), 0.08F, 0.88F);
}

BuildingLook look_of(const BuildingClass& row, Random random) {
  BuildingLook look;
  look.wall = &random.pick(wall_finishes(random.pick(row.walls)));
  look.second = &random.pick(wall_finishes(random.chance(0.5) ? WallKind::kStone : WallKind::kConcrete));
  look.roof = random.pick(row.finishes);
  look.flat = random.chance(0.5) ? RoofFinish::kGravel : RoofFinish::kMembrane;
  look.wall_color = varied(look.wall->color, random);
  look.second_color = varied(look.second->color, random);
  look.roof_color = varied(roof_finish(look.roof).color, random);
  look.flat_color = varied(roof_finish(look.flat).color, random);
  look.trim_color = glm::clamp(look.wall_color * 0.6F + glm::vec3(0.32F), 0.3F, 0.84F);
  constexpr std::array kAccents{glm::vec3{0.55F, 0.20F, 0.17F}, glm::vec3{0.18F, 0.34F, 0.46F}, glm::vec3{0.22F, 0.40F, 0.29F},
                                glm::vec3{0.72F, 0.55F, 0.22F}, glm::vec3{0.30F, 0.28F, 0.27F}, glm::vec3{0.56F, 0.33F, 0.44F}};
  look.accent = random.pick(kAccents);
  look.seed = static_cast<std::uint32_t>(random.bits());
  return look;
}

bool is_flat(RoofForm form) { return form == RoofForm::kFlat || form == RoofForm::kFlatCornice || form == RoofForm::kSawTooth; }

void raise(MeshBuilder& out, const Mass& mass, const BuildingLook& look, bool green, Palette& palette) {
  const Finish& finish = mass.stone ? *look.second : *look.wall;
  const glm::vec3 color = mass.stone ? look.second_color : look.wall_color;
  const MaterialIndex plain = palette.plain_wall(finish, color),
                      trim = palette.plain_wall(wall_finishes(WallKind::kPlaster)[0], look.trim_color);
  const MaterialIndex roof = !is_flat(mass.roof.form) ? palette.roof(look.roof, look.roof_color)
                             : green                  ? palette.surface(Surface::kMeadow)
                                                      : palette.roof(look.flat, look.flat_color);
  const auto material = [&](Face face, std::size_t edge, double length) -> MaterialIndex {
    switch (face) {
      case Face::kWall: {
        FacadeWall wall{&finish,         color,       mass.windows, length, mass.eaves - mass.foot, mass.storey, mass.ground_storey,
                        mass.shop_front, look.accent, look.seed};
        wall.seed += static_cast<std::uint32_t>(edge) * 7;
        return palette.facade(wall);
      }
      case Face::kPlainWall:
        return plain;
      case Face::kTrim:
        return trim;
      case Face::kRoof:
        return roof;
    }
    return plain;
  };
  add_mass(out, mass.outline, levels_of(mass.outline, mass.bottom, mass.eaves, mass.roof), mass.foot, material);
}

// Corners that lie within 2 cm of a straight line are left out.
Polygon without_straight_corners(const Polygon& polygon) {
  Polygon out;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const glm::dvec2 before = out.empty() ? polygon[(i + polygon.size() - 1) % polygon.size()] : out.back();
    const glm::dvec2 run = polygon[(i + 1) % polygon.size()] - before;
    if (glm::length(run) < 1e-9) continue;
    if (std::abs(cross(glm::normalize(run), polygon[i] - before)) > 0.02) out.push_back(polygon[i]);
  }
  return out.size() >= 3 ? out : polygon;
}

}  // namespace

double Mass::top() const { return levels_of(outline, bottom, eaves, roof).back().z + (is_flat(roof.form) ? 0.7 : 0.0); }

std::optional<Building> make_building(const BuildingClass& row, const Site& site, Random random, Palette& palette) {
  const std::vector<Mass> masses = plan_masses(row, site, random.child(1));
  if (masses.empty()) return std::nullopt;
  const BuildingLook look = look_of(row, random.child(2));
  Building out;
  out.object_class = row.object_class;
  out.origin = site.center;
  MeshBuilder mesh;
  const bool green = (row.details & kGreenRoof) != 0 && random.chance(0.35);
  Region parts;
  for (const Mass& mass : masses) {
    raise(mesh, mass, look, green, palette);
    const Polygon ring = mass.outline.footprint();
    if (!is_simple(ring)) return std::nullopt;
    parts.push_back({ring, {}});
    double top = 0;
    for (const Level& level : levels_of(mass.outline, mass.bottom, mass.eaves, mass.roof)) top = std::max(top, level.z);
    out.height = std::max(out.height, top);
  }
  const Region whole = unite(parts);
  const Shape* const outer = largest(whole);
  if (outer == nullptr) return std::nullopt;
  for (const glm::dvec2 p : without_straight_corners(outer->outer)) out.footprint.push_back(p + site.center);
  add_details(mesh, row, site, masses, look, random.child(3), palette);
  const bool flat = is_flat(masses.front().roof.form);
  out.wall = look.wall_color;
  out.roof = flat ? green ? glm::vec3(0.42F, 0.48F, 0.25F) : look.flat_color : look.roof_color;
  out.tags.emplace_back(look.wall->tag);
  if (!flat) out.tags.emplace_back(roof_finish(look.roof).tag);
  if (flat && green) out.tags.emplace_back("green roof");
  out.mesh = mesh.take();
  return out;
}

}  // namespace skyline::city::procedural
