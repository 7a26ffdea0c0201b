#include "city/generate/trees.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skyline::city::procedural {
namespace {

struct SpeciesRow {
  std::string_view english, chinese;
  double height_low, height_high;  // metres
  double crown_width;              // radius over height
  double crown_foot;               // share of the height below the crown
  double taper;                    // 0: round crown, 1: cone
  Surface leaf, bark;
  int clumps, leaves;
};

constexpr std::array<SpeciesRow, kSpeciesCount> kRows{{
    {"linden", "椴树", 9, 14, 0.30, 0.20, 0.15, Surface::kLeaf, Surface::kBark, 9, 620},
    {"maple", "枫树", 8, 12, 0.36, 0.22, 0.05, Surface::kLightLeaf, Surface::kBark, 9, 620},
    {"plane", "悬铃木", 12, 18, 0.34, 0.24, 0.05, Surface::kLeaf, Surface::kPaleBark, 11, 760},
    {"poplar", "杨树", 14, 20, 0.12, 0.10, 0.30, Surface::kDarkLeaf, Surface::kBark, 8, 560},
    {"birch", "桦树", 8, 12, 0.22, 0.26, 0.35, Surface::kLightLeaf, Surface::kPaleBark, 8, 420},
    {"spruce", "云杉", 9, 16, 0.21, 0.07, 1.0, Surface::kNeedle, Surface::kBark, 0, 620},
    {"pine", "松树", 9, 14, 0.27, 0.45, 0.2, Surface::kNeedle, Surface::kBark, 7, 480},
    {"cherry", "樱桃树", 4, 6.5, 0.42, 0.24, 0.05, Surface::kLightLeaf, Surface::kBark, 7, 380},
}};

constexpr double kPrototypeHeight = 10;

// A leaf clump: one crumpled quad that faces about outwards.
void add_leaf(MeshBuilder& out, glm::dvec3 place, glm::dvec3 outward, double size, Random& random, MaterialIndex material) {
  const glm::dvec3 jitter(random.range(-1, 1), random.range(-1, 1), random.range(-0.6, 1));
  const glm::dvec3 n = glm::normalize(outward + jitter * 0.75);
  const glm::dvec3 x = glm::normalize(glm::cross(n, glm::dvec3(random.range(-1, 1), random.range(-1, 1), random.range(-1, 1)) + n * 0.01));
  const glm::dvec3 y = glm::cross(n, x);
  const double a = size * random.range(0.7, 1.2), b = size * random.range(0.55, 0.95);
  const double fold = size * random.range(-0.2, 0.2);
  out.quad(place - x * a * 0.5 - y * b * 0.5, place + x * a * 0.5 - y * b * 0.4 + n * fold, place + x * a * 0.45 + y * b * 0.5,
           place - x * a * 0.4 + y * b * 0.55 + n * fold, material);
}

Mesh make_tree(const SpeciesRow& row, Random random, Palette& palette) {
  MeshBuilder out;
  const double h = kPrototypeHeight, foot = row.crown_foot * h, radius = row.crown_width * h;
  const MaterialIndex leaf = palette.surface(row.leaf), bark = palette.surface(row.bark);
  const double trunk = 0.022 * h;
  out.column({}, trunk * 1.25, trunk * 0.8, -0.5, foot + 0.15 * h, 7, bark, false);
  out.column({}, trunk * 0.8, 0.02, foot + 0.15 * h, h * 0.92, 6, bark, false);
  if (row.clumps == 0) {  // a conifer: whorls of drooping boughs
    const int whorls = 13;
    for (int i = 0; i < whorls; ++i) {
      const double t = static_cast<double>(i) / whorls, z = foot + (h - foot) * t, r = radius * std::pow(1 - t, 0.85) + 0.1;
      const int boughs = std::max(4, static_cast<int>(row.leaves / whorls / (1 + 1.2 * t)) / 5);
      for (int k = 0; k < boughs; ++k) {
        const double angle = 2 * std::numbers::pi * (k + random.range(-0.3, 0.3)) / boughs;
        const glm::dvec3 d(std::cos(angle), std::sin(angle), 0);
        const double reach = r * random.range(0.85, 1.1);
        for (int m = 1; m <= 5; ++m) {
          const double along = reach * m / 5;
          const glm::dvec3 p = d * along + glm::dvec3(0, 0, z - along * 0.32 + random.range(-0.1, 0.1));
          add_leaf(out, p, d * 0.4 + glm::dvec3(0, 0, 1), 0.35 + 0.55 * r * 0.33, random, leaf);
        }
      }
    }
    out.column({}, radius * 0.55, 0.03, foot + 0.4, h, 9, leaf);
    return out.take();
  }
  struct Clump {
    glm::dvec3 center;
    double radius;
  };
  std::vector<Clump> clumps;
  const double crown = h - foot, middle = foot + crown * (0.5 - 0.12 * row.taper);
  for (int i = 0; i < row.clumps; ++i) {
    const double t = (i + 0.5) / row.clumps, z = foot + crown * (0.2 + 0.62 * t);
    const double profile = std::sqrt(std::max(0.05, 1 - std::pow((z - middle) / (crown * 0.55), 2))) * (1 - row.taper * 0.5 * t);
    const double angle = i * 2.399963 + random.range(-0.4, 0.4);  // the golden angle
    const double out_by = radius * profile * random.range(0.42, 0.62);
    const double r = radius * profile * random.range(0.46, 0.62) + 0.25;
    clumps.push_back({{out_by * std::cos(angle), out_by * std::sin(angle), std::min(z, h - r * 0.95)}, r});
  }
  clumps.push_back({{0, 0, h - radius * 0.55 * (1 - 0.4 * row.taper)}, radius * 0.55 * (1 - 0.4 * row.taper)});
  double total = 0;
  for (const Clump& c : clumps) total += c.radius * c.radius;
  for (const Clump& c : clumps) {
    out.beam({0, 0, std::max(foot * 0.8, c.center.z - c.radius * 1.4)}, c.center, 0.09 + 0.02 * c.radius, bark);
    out.ellipsoid(c.center, glm::dvec3(c.radius * 0.8), 5, 0.16, random.bits(), leaf);
    const int leaves = static_cast<int>(row.leaves * c.radius * c.radius / total);
    for (int k = 0; k < leaves; ++k) {
      const double z = random.range(-0.9, 1), turn = random.range(0, 2 * std::numbers::pi), r = std::sqrt(1 - z * z);
      const glm::dvec3 d(r * std::cos(turn), r * std::sin(turn), z);
      add_leaf(out, c.center + d * c.radius * random.range(0.78, 1.06), d, random.range(0.42, 0.72), random, leaf);
    }
  }
  return out.take();
}

}  // namespace

Trees::Trees(Scene& scene, std::uint64_t seed) {
  for (std::size_t s = 0; s < kSpeciesCount; ++s) {
    for (std::size_t i = 0; i < kPrototypes; ++i) {
      meshes_[s][i] = scene.add_mesh(make_tree(kRows[s], Random(seed, 1000 + s * 10 + i), scene.palette));
    }
  }
}

bool Trees::plant(Scene& scene, glm::dvec2 place, Species species, Random& random, double size, int owner, double lift) {
  const SpeciesRow& row = kRows[static_cast<std::size_t>(species)];
  const double height = random.range(row.height_low, row.height_high) * size, radius = row.crown_width * height;
  const auto mesh = meshes_[static_cast<std::size_t>(species)][random.index(kPrototypes)];
  const double turn = random.range(0, 2 * std::numbers::pi), girth = random.range(0.88, 1.12), shade = random.range(0.86, 1.12);
  const double warm = random.range(-0.06, 0.08);
  if (scene.buildings.inside_any(place, std::min(2.6, radius * 0.75 + 0.4))) return false;
  const double z = scene.ground(place) + lift;
  int handle = std::max(0, owner);
  if (owner == 0) {
    Object object;
    object.object_class = ObjectClass::kTree;
    object.footprint = disk(place, radius, 8);
    object.base = z;
    object.height = height;
    object.tags = {std::string(row.english), row.leaf == Surface::kNeedle ? "evergreen" : "deciduous"};
    handle = scene.add_object(Kind::kTree, std::move(object));
  }
  const double scale = height / kPrototypeHeight;
  scene.place(mesh, handle, {place, z}, {std::cos(turn), std::sin(turn)}, {scale * girth, scale * girth, scale},
              glm::vec3(static_cast<float>(shade * (1 + warm)), static_cast<float>(shade), static_cast<float>(shade * (1 - warm))));
  return true;
}

}  // namespace skyline::city::procedural
