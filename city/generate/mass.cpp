#include "city/generate/mass.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skyline::city::procedural {
namespace {

Polygon mitred(const Polygon& polygon, double inset) {
  Polygon out;
  const std::size_t n = polygon.size();
  for (std::size_t i = 0; i < n; ++i) {
    const glm::dvec2 before = left_of(glm::normalize(polygon[i] - polygon[(i + n - 1) % n]));
    const glm::dvec2 after = left_of(glm::normalize(polygon[(i + 1) % n] - polygon[i]));
    out.push_back(polygon[i] + (before + after) * (inset / std::max(0.15, 1 + glm::dot(before, after))));
  }
  return out;
}

}  // namespace

Polygon Outline::ring(double inset) const {
  if (!is_ribbon()) return mitred(polygon, inset);
  const Path right = shifted(spine, -(half_width - inset)), left = shifted(spine, half_width - inset);
  Polygon out = right;
  out.insert(out.end(), left.rbegin(), left.rend());
  const glm::dvec2 start = glm::normalize(spine[1] - spine[0]);
  const glm::dvec2 end = glm::normalize(spine[spine.size() - 2] - spine.back());
  const std::size_t n = spine.size();
  if (!gable_start) {
    out[0] += start * inset;
    out[2 * n - 1] += start * inset;
  }
  if (!gable_end) {
    out[n - 1] += end * inset;
    out[n] += end * inset;
  }
  return out;
}

bool Outline::is_end(std::size_t edge) const { return is_ribbon() && (edge + 1 == spine.size() || edge + 1 == 2 * spine.size()); }

bool Outline::is_gable(std::size_t edge) const {
  if (!is_end(edge)) return false;
  return edge + 1 == spine.size() ? gable_end : gable_start;
}

Outline polygon_outline(Polygon polygon) {
  Outline out;
  if (area(polygon) < 0) std::reverse(polygon.begin(), polygon.end());
  out.polygon = std::move(polygon);
  return out;
}

Outline ribbon_outline(Path spine, double half_width, bool gable_start, bool gable_end) {
  Outline out;
  out.spine = std::move(spine);
  out.half_width = half_width;
  out.gable_start = gable_start;
  out.gable_end = gable_end;
  return out;
}

bool can_inset(const Outline& outline, double inset) {
  const Polygon before = outline.footprint(), after = outline.ring(inset);
  for (std::size_t i = 0; i < before.size(); ++i) {
    const std::size_t j = (i + 1) % before.size();
    if (glm::length(before[j] - before[i]) < 0.5) return false;
    if (glm::dot(before[j] - before[i], after[j] - after[i]) <= 0.05) return false;
  }
  return is_simple(after) && area(after) > 1;
}

void add_mass(MeshBuilder& out, const Outline& outline, const std::vector<Level>& levels, double foot, const FaceMaterial& material) {
  const Polygon base = outline.footprint();
  const std::size_t n = base.size();
  const auto at = [](glm::dvec2 p, double z) { return glm::dvec3(p, z); };
  const auto cap = [&](const Polygon& ring, double z, bool up, MaterialIndex m) {
    if (std::abs(area(ring)) < 0.02) return;
    const Triangles t = triangulate({ring, {}});
    for (std::size_t i = 0; i + 2 < t.indices.size(); i += 3) {
      const glm::dvec2 a = t.points[t.indices[i]], b = t.points[t.indices[i + 1]], c = t.points[t.indices[i + 2]];
      if (up) {
        out.triangle(at(a, z), at(b, z), at(c, z), m, a, b, c);
      } else {
        out.triangle(at(a, z), at(c, z), at(b, z), m, a, c, b);
      }
    }
  };
  Polygon below = outline.ring(levels.front().inset);
  cap(below, levels.front().z, false, material(Face::kPlainWall, 0, 1));
  for (std::size_t k = 1; k < levels.size(); ++k) {
    const Polygon above = outline.ring(levels[k].inset);
    const double z0 = levels[k - 1].z, z1 = levels[k].z;
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t j = (i + 1) % n;
      const bool gable = outline.is_gable(i) && (levels[k].face == Face::kRoof || levels[k].face == Face::kTrim);
      const Face face = gable ? Face::kWall : levels[k].face;
      const MaterialIndex m = material(face, i, glm::length(base[j] - base[i]));
      if (face == Face::kWall || face == Face::kPlainWall) {
        const double u0 = glm::dot(below[i] - base[i], glm::normalize(base[j] - base[i]));
        out.wall_quad(at(below[i], z0), at(below[j], z0), at(above[j], z1), at(above[i], z1), m, foot, u0);
      } else {
        out.quad(at(below[i], z0), at(below[j], z0), at(above[j], z1), at(above[i], z1), m);
      }
    }
    below = above;
  }
  cap(below, levels.back().z, true, material(Face::kRoof, 0, 1));
}

std::vector<Level> levels_of(const Outline& outline, double bottom, double eaves, const RoofShape& roof) {
  std::vector<Level> out{{0, bottom, Face::kWall}};
  const auto add = [&out](double inset, double z, Face face) { out.push_back({inset, z, face}); };
  const double reach = roof.reach > 0 ? roof.reach : outline.half_width;
  const double lip = 0.14;
  switch (roof.form) {
    case RoofForm::kFlat:
    case RoofForm::kSawTooth:
      add(0, eaves + 0.7, Face::kWall);
      add(0.28, eaves + 0.7, Face::kTrim);
      add(0.28, eaves, Face::kPlainWall);
      break;
    case RoofForm::kFlatCornice:
      add(0, eaves - 0.1, Face::kWall);
      add(-0.35, eaves + 0.1, Face::kTrim);
      add(-0.35, eaves + 0.3, Face::kTrim);
      add(0.02, eaves + 0.36, Face::kTrim);
      add(0.02, eaves + 0.9, Face::kPlainWall);
      add(0.32, eaves + 0.9, Face::kTrim);
      add(0.32, eaves, Face::kPlainWall);
      break;
    case RoofForm::kGable:
    case RoofForm::kHip:
      add(0, eaves - lip, Face::kWall);
      add(-roof.overhang, eaves - lip, Face::kTrim);
      add(-roof.overhang, eaves, Face::kTrim);
      add(reach, eaves + roof.pitch * (reach + roof.overhang), Face::kRoof);
      break;
    case RoofForm::kMansard: {
      const double steep = std::min(1.1, 0.3 * reach), rise = 2.5;
      add(0, eaves - 0.2, Face::kWall);
      add(-0.3, eaves, Face::kTrim);
      add(-0.3, eaves + lip, Face::kTrim);
      add(steep, eaves + lip + rise, Face::kRoof);
      add(reach, eaves + lip + rise + 0.32 * (reach - steep), Face::kRoof);
      break;
    }
    case RoofForm::kBarrel: {
      add(0, eaves, Face::kWall);
      constexpr int kSteps = 8;
      for (int i = 1; i <= kSteps; ++i) {
        const double angle = std::numbers::pi / 2 * i / kSteps;
        add(reach * (1 - std::cos(angle)), eaves + roof.pitch * reach * std::sin(angle), Face::kRoof);
      }
      break;
    }
    case RoofForm::kSpire:
      add(0, eaves, Face::kWall);
      add(-0.25, eaves + 0.1, Face::kTrim);
      add(-0.25, eaves + 0.25, Face::kTrim);
      add(0.12 * reach, eaves + 0.25 + 0.22 * roof.pitch * reach, Face::kRoof);
      add(reach, eaves + roof.pitch * reach, Face::kRoof);
      break;
  }
  return out;
}

}  // namespace skyline::city::procedural
