#include "city/generate/mesh_builder.h"

#include "city/generate/random.h"

#include <array>
#include <cmath>
#include <numbers>

namespace skyline::city::procedural {

Frame Frame::turned(double angle_rad) const { return {origin, axis * std::cos(angle_rad) + left_of(axis) * std::sin(angle_rad)}; }

std::uint32_t MeshBuilder::vertex(glm::dvec3 place, glm::dvec2 uv) {
  mesh_.positions.emplace_back(place);
  mesh_.uvs.emplace_back(uv);
  top_ = std::max(top_, place.z);
  return static_cast<std::uint32_t>(mesh_.positions.size() - 1);
}

void MeshBuilder::triangle(glm::dvec3 a, glm::dvec3 b, glm::dvec3 c, MaterialIndex material, glm::dvec2 ua, glm::dvec2 ub, glm::dvec2 uc) {
  if (glm::length(glm::cross(b - a, c - a)) < 1e-6) return;
  const std::uint32_t first = vertex(a, ua);
  vertex(b, ub);
  vertex(c, uc);
  mesh_.indices.insert(mesh_.indices.end(), {first, first + 1, first + 2});
  mesh_.materials.push_back(material);
}

void MeshBuilder::triangle(glm::dvec3 a, glm::dvec3 b, glm::dvec3 c, MaterialIndex material) {
  const double ab = glm::length(b - a);
  const glm::dvec3 u = ab > 1e-9 ? (b - a) / ab : glm::dvec3(1, 0, 0);
  const double along = glm::dot(c - a, u);
  triangle(a, b, c, material, {0, 0}, {ab, 0}, {along, glm::length(c - a - u * along)});
}

void MeshBuilder::quad(glm::dvec3 a, glm::dvec3 b, glm::dvec3 c, glm::dvec3 d, MaterialIndex material) {
  glm::dvec3 u = b - a;
  if (glm::length(u) < 1e-6) u = c - d;
  if (glm::length(u) < 1e-6) return;
  u = glm::normalize(u);
  const auto uv = [&](glm::dvec3 p) {
    const double along = glm::dot(p - a, u);
    return glm::dvec2(along, glm::length(p - a - u * along));
  };
  triangle(a, b, c, material, uv(a), uv(b), uv(c));
  triangle(a, c, d, material, uv(a), uv(c), uv(d));
}

void MeshBuilder::wall_quad(glm::dvec3 a, glm::dvec3 b, glm::dvec3 c, glm::dvec3 d, MaterialIndex material, double foot, double u0) {
  const glm::dvec2 run = glm::dvec2(b) - glm::dvec2(a);
  if (glm::length(run) < 1e-6) return;
  const glm::dvec2 u = glm::normalize(run);
  const auto uv = [&](glm::dvec3 p) { return glm::dvec2(u0 + glm::dot(glm::dvec2(p) - glm::dvec2(a), u), p.z - foot); };
  triangle(a, b, c, material, uv(a), uv(b), uv(c));
  triangle(a, c, d, material, uv(a), uv(c), uv(d));
}

void MeshBuilder::box(const Frame& frame, glm::dvec3 low, glm::dvec3 high, MaterialIndex side, MaterialIndex top, bool bottom) {
  const auto corner = [&](int i, double z) { return frame.at(i == 0 || i == 3 ? low.x : high.x, i < 2 ? low.y : high.y, z); };
  for (int i = 0; i < 4; ++i) {
    const int j = (i + 1) % 4;
    wall_quad(corner(i, low.z), corner(j, low.z), corner(j, high.z), corner(i, high.z), side, frame.origin.z + low.z);
  }
  quad(corner(0, high.z), corner(1, high.z), corner(2, high.z), corner(3, high.z), top);
  if (bottom) quad(corner(3, low.z), corner(2, low.z), corner(1, low.z), corner(0, low.z), side);
}

void MeshBuilder::column(const Frame& frame, double radius_low, double radius_high, double z0, double z1, int sides, MaterialIndex material,
                         bool bottom) {
  const auto corner = [&](int i, double radius, double z) {
    const double angle = 2 * std::numbers::pi * i / sides;
    return frame.at(radius * std::cos(angle), radius * std::sin(angle), z);
  };
  for (int i = 0; i < sides; ++i) {
    wall_quad(corner(i, radius_low, z0), corner(i + 1, radius_low, z0), corner(i + 1, radius_high, z1), corner(i, radius_high, z1),
              material, frame.origin.z + z0, 2 * std::numbers::pi * radius_low * i / sides);
    if (radius_high > 1e-6) triangle(frame.at(0, 0, z1), corner(i, radius_high, z1), corner(i + 1, radius_high, z1), material);
    if (bottom) triangle(frame.at(0, 0, z0), corner(i + 1, radius_low, z0), corner(i, radius_low, z0), material);
  }
}

void MeshBuilder::beam(glm::dvec3 from, glm::dvec3 to, double thickness, MaterialIndex material) {
  if (glm::length(to - from) < 1e-6) return;
  const glm::dvec3 d = glm::normalize(to - from);
  const glm::dvec3 x = glm::normalize(glm::cross(d, std::abs(d.z) < 0.9 ? glm::dvec3(0, 0, 1) : glm::dvec3(1, 0, 0))) * (thickness / 2);
  const glm::dvec3 y = glm::normalize(glm::cross(d, x)) * (thickness / 2);
  const std::array<glm::dvec3, 4> section{-x - y, x - y, x + y, -x + y};
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t j = (i + 1) % 4;
    quad(from + section[i], from + section[j], to + section[j], to + section[i], material);
  }
  quad(to + section[0], to + section[1], to + section[2], to + section[3], material);
  quad(from + section[3], from + section[2], from + section[1], from + section[0], material);
}

void MeshBuilder::ellipsoid(glm::dvec3 center, glm::dvec3 radii, int detail, double bumps, std::uint64_t seed, MaterialIndex material) {
  const int around = 2 * detail;
  const auto corner = [&](int row, int column) {
    const double polar = std::numbers::pi * row / detail, turn = 2 * std::numbers::pi * (column % around) / around;
    const bool pole = row == 0 || row == detail;
    const auto hash = mix(seed ^ mix(static_cast<std::uint64_t>(row * 64 + (pole ? 0 : column % around))));
    const double r = 1 + bumps * (static_cast<double>(hash >> 11) * 0x1.0p-52 - 1);
    return center + radii * r * glm::dvec3(std::sin(polar) * std::cos(turn), std::sin(polar) * std::sin(turn), -std::cos(polar));
  };
  for (int row = 0; row < detail; ++row) {
    for (int column = 0; column < around; ++column) {
      quad(corner(row, column), corner(row, column + 1), corner(row + 1, column + 1), corner(row + 1, column), material);
    }
  }
}

double signed_volume(const Mesh& mesh) {
  double sum = 0;
  for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
    const glm::dvec3 a(mesh.positions[mesh.indices[i]]), b(mesh.positions[mesh.indices[i + 1]]), c(mesh.positions[mesh.indices[i + 2]]);
    sum += glm::dot(a, glm::cross(b, c)) / 6;
  }
  return sum;
}

}  // namespace skyline::city::procedural
