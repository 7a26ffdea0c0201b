#include "city/import/dressing.h"

#include "city/import/wall_styles.h"
#include "city/polygon.h"

#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>
#include <vector>

namespace skyline::city {
namespace {

using glm::dvec2;
using glm::dvec3;

constexpr double kSteep = 0.966;       // a roof is sloped when its normal leans more than 15 degrees
constexpr double kLeastWall_m = 1.7;   // narrower walls have no window
constexpr double kOnGround_m = 0.8;    // a wall whose foot is this near to the building's base begins on the ground
constexpr double kSamePlane = 0.9962;  // 5 degrees

// SplitMix64 finaliser (Steele, Lea and Flood, 2014) of an id and a purpose.
std::uint64_t hash(std::uint64_t id, std::uint64_t purpose) {
  std::uint64_t z = (id + 1) * 0x9E3779B97F4A7C15U + purpose * 0xD1B54A32D192ED03U;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

float unit(std::uint64_t h) { return static_cast<float>(h >> 40) * 0x1p-24F; }

std::uint8_t pick_wall(Look look, std::uint64_t h) {
  std::array<std::uint8_t, kWallStyles.size()> rows{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < kWallStyles.size(); ++i) {
    if (kWallStyles[i].look == look) rows[count++] = static_cast<std::uint8_t>(i);
  }
  return rows[h % count];
}

std::uint8_t pick_roof(bool flat, std::uint64_t h) {
  if (flat) return static_cast<std::uint8_t>(7 + h % 3);
  // Of ten sloped roofs six are red, two brown or dark, one of sheet; copper is for monuments.
  constexpr std::array<std::uint8_t, 10> kShares{0, 0, 1, 1, 2, 2, 3, 4, 5, 3};
  return kShares[h % kShares.size()];
}

// A triangle whose corners are welded.
struct Triangle {
  std::array<std::uint32_t, 3> corner{};
  dvec3 normal{0.0};
  double area = 0;
  Part part = Part::kOther;
  std::uint32_t color = 0;
  std::uint32_t group = 0;
};

std::uint32_t find_root(std::vector<std::uint32_t>& parent, std::uint32_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

struct Welded {
  std::vector<dvec3> positions;
  std::vector<Triangle> triangles;
};

Welded weld(const Solid& solid, glm::dvec3 shift) {
  constexpr double kWeld_m = 0.01;
  Welded welded;
  std::map<std::array<std::int64_t, 3>, std::uint32_t> known;
  std::vector<std::uint32_t> place(solid.positions.size());
  for (std::size_t i = 0; i < solid.positions.size(); ++i) {
    const dvec3 p = solid.positions[i] - shift;
    const std::array<std::int64_t, 3> key{std::llround(p.x / kWeld_m), std::llround(p.y / kWeld_m), std::llround(p.z / kWeld_m)};
    const auto [found, fresh] = known.try_emplace(key, static_cast<std::uint32_t>(welded.positions.size()));
    if (fresh) welded.positions.push_back(p);
    place[i] = found->second;
  }
  const std::vector<Part> parts = parts_of(solid);
  double volume = 0;
  const dvec3 origin = welded.positions.empty() ? dvec3(0.0) : welded.positions[0];
  for (std::size_t t = 0; t < parts.size(); ++t) {
    Triangle triangle;
    for (std::size_t c = 0; c < 3; ++c) triangle.corner[c] = place[solid.indices[3 * t + c]];
    const dvec3 a = welded.positions[triangle.corner[0]] - origin, b = welded.positions[triangle.corner[1]] - origin,
                c = welded.positions[triangle.corner[2]] - origin;
    const dvec3 twice = glm::cross(b - a, c - a);
    triangle.area = glm::length(twice) / 2;
    if (!(triangle.area > 1e-6)) continue;
    volume += glm::dot(a, glm::cross(b, c));
    triangle.normal = twice / (2 * triangle.area);
    triangle.part = parts[t];
    if (!solid.colors.empty()) {
      const glm::uvec3 rgb(glm::clamp(solid.colors[t], 0.0F, 1.0F) * 255.0F + 0.5F);
      triangle.color = (rgb.x << 16) | (rgb.y << 8) | rgb.z;
    }
    welded.triangles.push_back(triangle);
  }
  if (volume < 0) {  // inside out
    for (Triangle& triangle : welded.triangles) {
      std::swap(triangle.corner[1], triangle.corner[2]);
      triangle.normal = -triangle.normal;
    }
  }
  return welded;
}

// Joins neighbours of one part that lie in one plane: a wall, a side of a roof.
std::vector<std::vector<std::uint32_t>> planes_of(Welded& welded) {
  std::vector<std::uint32_t> parent(welded.triangles.size());
  std::iota(parent.begin(), parent.end(), 0U);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> edge_owner;
  for (std::uint32_t t = 0; t < welded.triangles.size(); ++t) {
    const Triangle& here = welded.triangles[t];
    for (std::size_t i = 0; i < 3; ++i) {
      const auto edge = std::minmax(here.corner[i], here.corner[(i + 1) % 3]);
      const auto [found, fresh] = edge_owner.try_emplace({edge.first, edge.second}, t);
      if (fresh) continue;
      const Triangle& there = welded.triangles[found->second];
      if (here.part == there.part && here.color == there.color && glm::dot(here.normal, there.normal) > kSamePlane)
        parent[find_root(parent, t)] = find_root(parent, found->second);
    }
  }
  std::map<std::uint32_t, std::uint32_t> group_of;
  std::vector<std::vector<std::uint32_t>> groups;
  for (std::uint32_t t = 0; t < welded.triangles.size(); ++t) {
    const auto [found, fresh] = group_of.try_emplace(find_root(parent, t), static_cast<std::uint32_t>(groups.size()));
    if (fresh) groups.emplace_back();
    groups[found->second].push_back(t);
  }
  return groups;
}

// Horizontal and upward directions in a plane; the horizontal one runs to the right for who looks at its face.
struct Axes {
  dvec3 u{1, 0, 0}, v{0, 1, 0};
};

Axes axes_of(const Welded& welded, const std::vector<std::uint32_t>& group, dvec2 flat_axis) {
  dvec3 normal(0.0);
  for (const std::uint32_t t : group) normal += welded.triangles[t].normal * welded.triangles[t].area;
  normal = glm::normalize(normal);
  const dvec3 level = glm::cross(dvec3(0, 0, 1), normal);
  Axes axes;
  axes.u = glm::length(level) > 0.02 ? glm::normalize(level) : dvec3(flat_axis, 0);
  axes.v = glm::normalize(glm::cross(normal, axes.u));
  return axes;
}

class Dresser {
 public:
  Dresser(const Solid& solid, std::int32_t id, const Polygon& footprint, double base, double height, dvec3 shift)
      : welded_(weld(solid, shift)), id_(static_cast<std::uint64_t>(id)), base_(base), plain_(!solid.colors.empty()) {
    axis_ = minimum_rectangle(footprint).long_axis;
    double roof = 0, level = 0;
    for (const Triangle& triangle : welded_.triangles) {
      if (triangle.part != Part::kRoof) continue;
      roof += triangle.area;
      if (triangle.normal.z > kSteep) level += triangle.area;
    }
    const bool flat = level > 0.6 * roof;
    const Look look = look_of(solid.object_class, area(footprint), height, flat);
    wall_ = pick_wall(look, hash(id_, 1));
    const bool copper = look == Look::kMonument && hash(id_, 6) % 2 == 0;
    sloped_ = copper ? std::uint8_t{6} : pick_roof(false, hash(id_, 2));
    flat_ = pick_roof(true, hash(id_, 3));
    out_.wall = kWallStyles[wall_].color;
    out_.roof = kRoofStyles[flat ? flat_ : sloped_].color;
    if (!plain_) {
      const float light = 0.9F + 0.16F * unit(hash(id_, 4)), warm = 0.03F * (unit(hash(id_, 5)) - 0.5F);
      out_.tint = glm::vec3(light + warm, light, light - warm);
    }
  }

  DressedMesh run() {
    glm::dvec3 wall_sum(0.0), roof_sum(0.0);
    double wall_area = 0, roof_area = 0;
    for (const auto& group : planes_of(welded_)) {
      const Triangle& first = welded_.triangles[group[0]];
      if (first.part == Part::kGround && first.normal.z < 0) continue;  // stands on the ground, never seen
      add_plane(group);
      if (!plain_) continue;
      const dvec3 color = glm::dvec3((first.color >> 16) & 255, (first.color >> 8) & 255, first.color & 255) / 255.0;
      for (const std::uint32_t t : group) {
        const double a = welded_.triangles[t].area;
        (first.part == Part::kWall ? wall_sum : roof_sum) += color * a;
        (first.part == Part::kWall ? wall_area : roof_area) += a;
      }
    }
    if (wall_area > 0) out_.wall = wall_sum / wall_area;
    if (roof_area > 0) out_.roof = roof_sum / roof_area;
    if (!plain_) out_.wall *= out_.tint, out_.roof *= out_.tint;
    return std::move(out_);
  }

 private:
  Look look_of(ObjectClass object_class, double area, double height, bool flat) const {
    using enum ObjectClass;
    if (object_class == kChurch || object_class == kMonument) return Look::kMonument;
    if (height < 4 || area < 28) return Look::kShed;
    if (object_class == kWarehouse || object_class == kFactory || (area > 1500 && height < 14 && flat)) return Look::kHall;
    if (height > 34) return flat || object_class == kOffice || object_class == kSkyscraper ? Look::kTower : Look::kMonument;
    if (!flat) return hash(id_, 7) % 8 == 0 ? Look::kModern : Look::kOld;
    return hash(id_, 7) % 4 == 0 ? Look::kOld : Look::kModern;
  }

  void add_plane(const std::vector<std::uint32_t>& group) {
    const Axes axes = axes_of(welded_, group, axis_);
    dvec2 low(1e300), high(-1e300);
    const auto flat_place = [&](std::uint32_t corner) {
      return dvec2(glm::dot(welded_.positions[corner], axes.u), glm::dot(welded_.positions[corner], axes.v));
    };
    for (const std::uint32_t t : group) {
      for (const std::uint32_t corner : welded_.triangles[t].corner) {
        low = glm::min(low, flat_place(corner));
        high = glm::max(high, flat_place(corner));
      }
    }
    const Triangle& first = welded_.triangles[group[0]];
    dvec2 origin = low;
    SurfaceKey key = first.part == Part::kWall ? wall_key(group, axes, low, high, origin) : roof_key(first);
    if (plain_) key = {first.part, 0, 0, 0, false, true, first.color};
    const auto known = std::find(out_.surfaces.begin(), out_.surfaces.end(), key);
    const auto surface = static_cast<std::uint16_t>(known - out_.surfaces.begin());
    if (known == out_.surfaces.end()) out_.surfaces.push_back(key);

    std::map<std::uint32_t, std::uint32_t> vertex_of;
    for (const std::uint32_t t : group) {
      for (const std::uint32_t corner : welded_.triangles[t].corner) {
        const auto [found, fresh] = vertex_of.try_emplace(corner, static_cast<std::uint32_t>(out_.mesh.positions.size()));
        if (fresh) {
          out_.mesh.positions.emplace_back(welded_.positions[corner]);
          out_.mesh.uvs.emplace_back(flat_place(corner) - origin);
        }
        out_.mesh.indices.push_back(found->second);
      }
      out_.mesh.materials.push_back(surface);
    }
  }

  SurfaceKey roof_key(const Triangle& triangle) const {
    if (triangle.part != Part::kRoof) return {triangle.part, 0, 0, 0, false, false, 0};
    return {Part::kRoof, triangle.normal.z > kSteep ? flat_ : sloped_, 0, 0, false, false, 0};
  }

  // Windows fill whole bays and storeys below the eaves; `origin` moves so that the bays stand in the middle of the wall.
  SurfaceKey wall_key(const std::vector<std::uint32_t>& group, const Axes& axes, dvec2 low, dvec2 high, dvec2& origin) const {
    SurfaceKey key{Part::kWall, wall_, 0, 0, false, false, 0};
    const WallStyle& style = kWallStyles[wall_];
    double eave_left = -1e300, eave_right = -1e300, foot = 1e300;
    constexpr double kEnd_m = 0.3;
    for (const std::uint32_t t : group) {
      for (const std::uint32_t corner : welded_.triangles[t].corner) {
        const dvec3 p = welded_.positions[corner];
        const double along = glm::dot(p, axes.u), up = glm::dot(p, axes.v);
        foot = std::min(foot, p.z);
        if (along < low.x + kEnd_m) eave_left = std::max(eave_left, up);
        if (along > high.x - kEnd_m) eave_right = std::max(eave_right, up);
      }
    }
    const double length = high.x - low.x, height = std::min(eave_left, eave_right) - low.y;
    key.on_ground = style.ground_storey > 0 && foot < base_ + kOnGround_m;
    const double above = height - (key.on_ground ? static_cast<double>(style.ground_storey) : 0.0);
    const bool bare = length < kLeastWall_m || height < 2.4 || (style.look == Look::kShed && hash(id_, 8) % 2 == 0);
    if (bare) {
      key.on_ground = false;
      return key;
    }
    const double bays = std::max(1.0, std::floor(length / static_cast<double>(style.bay)));
    key.bays = static_cast<std::uint8_t>(std::min(bays, 255.0));
    key.storeys = static_cast<std::uint8_t>(std::clamp(std::floor((above + 0.35) / static_cast<double>(style.storey)), 0.0, 255.0));
    if (key.storeys == 0 && !key.on_ground) {
      if (height > 2.6) {
        key.storeys = 1;
      } else {
        key.bays = 0;
      }
    }
    if (key.bays > 0) origin.x += (length - key.bays * static_cast<double>(style.bay)) / 2;
    return key;
  }

  Welded welded_;
  std::uint64_t id_;
  double base_;
  bool plain_;
  dvec2 axis_{1, 0};
  std::uint8_t wall_ = 0, sloped_ = 0, flat_ = 0;
  DressedMesh out_;
};

}  // namespace

DressedMesh dress(const Solid& solid, std::int32_t id, const Polygon& footprint, double base, double height, glm::dvec3 shift) {
  return Dresser(solid, id, footprint, base, height, shift).run();
}

Material material_of(const SurfaceKey& key, Facade& facade) {
  Material material;
  material.part = key.part;
  if (key.plain) {
    material.color = glm::vec3((key.color >> 16) & 255, (key.color >> 8) & 255, key.color & 255) / 255.0F;
    material.color2 = material.color * 0.8F;
    material.texture = key.part == Part::kWall ? Texture::kPlaster : Texture::kPlain;
    return material;
  }
  if (key.part == Part::kRoof) {
    const RoofStyle& style = kRoofStyles[key.style];
    material.texture = style.texture;
    material.color = style.color;
    material.color2 = style.color2;
    material.scale = style.scale;
    material.weathering = 0.45F;
    return material;
  }
  if (key.part != Part::kWall) {
    material.texture = Texture::kPaving;
    material.color = {0.55F, 0.53F, 0.50F};
    material.color2 = {0.45F, 0.44F, 0.42F};
    return material;
  }
  const WallStyle& style = kWallStyles[key.style];
  material.texture = style.texture;
  material.color = style.color;
  material.color2 = style.color2;
  material.scale = style.texture == Texture::kBrick ? 0.25F : 1.0F;
  material.weathering = style.look == Look::kOld ? 0.4F : 0.25F;
  material.gloss = style.texture == Texture::kGlass ? 0.15F : 0.0F;
  if (key.bays == 0) return material;
  material.facade = 0;
  facade.bay = style.bay;
  facade.window_width = style.window_width;
  facade.storey = style.storey;
  facade.window_height = style.window_height;
  facade.sill = style.sill;
  facade.ground_storey = key.on_ground ? style.ground_storey : 0;
  facade.shop_front = key.on_ground && style.shop_front;
  facade.ribbon = style.ribbon;
  facade.frame = style.frame;
  facade.accent = style.accent;
  facade.length = static_cast<float>(key.bays) * style.bay;
  facade.height = facade.ground_storey + static_cast<float>(key.storeys) * style.storey;
  facade.seed = static_cast<std::uint32_t>(hash((std::uint64_t{key.style} << 24) | (std::uint64_t{key.bays} << 8) | key.storeys, 9));
  return material;
}

}  // namespace skyline::city
