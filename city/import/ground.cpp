#include "city/import/ground.h"

#include "city/polygon.h"
#include "core/parallel.h"

#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace skyline::city {
namespace {

using glm::dvec2;
using glm::dvec3;

constexpr double kMargin_m = 80;
constexpr double kFinestCell_m = 5;
constexpr double kMostCells = 400'000;
constexpr double kPaved_m = 14;  // around a footprint the ground is paved

std::uint16_t add_material(CityModel& city, Part part, Texture texture, glm::vec3 color, glm::vec3 color2, float scale) {
  Material material;
  material.part = part;
  material.texture = texture;
  material.color = color;
  material.color2 = color2;
  material.scale = scale;
  city.materials.push_back(material);
  return static_cast<std::uint16_t>(city.materials.size() - 1);
}

void lay_out(Terrain& terrain, Rectangle box) {
  const dvec2 size = box.high - box.low;
  terrain.cell = std::max(kFinestCell_m, std::ceil(std::sqrt(size.x * size.y / kMostCells)));
  terrain.low = box.low;
  terrain.columns = std::max(2, static_cast<int>(std::ceil(size.x / terrain.cell)) + 1);
  terrain.rows = std::max(2, static_cast<int>(std::ceil(size.y / terrain.cell)) + 1);
  terrain.heights.assign(static_cast<std::size_t>(terrain.columns) * static_cast<std::size_t>(terrain.rows), 0.0F);
}

// Objects in square buckets, to find the nearest footprints of a place.
class Buckets {
 public:
  Buckets(const std::vector<Object>& objects, Rectangle box, double cell) : objects_(objects), low_(box.low), cell_(cell) {
    columns_ = static_cast<int>((box.high.x - box.low.x) / cell) + 1;
    rows_ = static_cast<int>((box.high.y - box.low.y) / cell) + 1;
    lists_.resize(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_));
    for (std::size_t i = 0; i < objects.size(); ++i) {
      const Rectangle b = bounds(objects[i]);
      bounds_.push_back(b);
      for (int r = row(b.low.y); r <= row(b.high.y); ++r) {
        for (int c = column(b.low.x); c <= column(b.high.x); ++c) lists_[at_bucket(r, c)].push_back(static_cast<std::uint32_t>(i));
      }
    }
  }

  struct Ground {
    double height = 0;
    double gap = 1e300;  // to the nearest footprint
  };

  // All objects of the first ring of buckets that holds any, and of one ring more.
  Ground at(dvec2 place) const {
    std::vector<std::pair<double, double>> near;  // squared gap, base
    const int r0 = row(place.y), c0 = column(place.x);
    const auto look = [&](int r, int c) {
      if (r < 0 || r >= rows_ || c < 0 || c >= columns_) return;
      for (const std::uint32_t i : list(r, c)) {
        double gap_m = std::sqrt(squared_gap(bounds_[i], {place, place}));
        if (gap_m < kPaved_m) gap_m = gap(objects_[i], place);  // exact where it shows
        near.emplace_back(gap_m, objects_[i].base);
      }
    };
    const int farthest = std::max(columns_, rows_);
    for (int ring = 0, last = farthest; ring <= last; ++ring) {
      for (int r = r0 - ring; r <= r0 + ring; ++r) {
        const int step = std::abs(r - r0) == ring ? 1 : std::max(1, 2 * ring);  // whole rows above and below, two columns between
        for (int c = c0 - ring; c <= c0 + ring; c += step) look(r, c);
      }
      if (!near.empty() && last == farthest) last = std::min(farthest, ring + 1);
    }
    Ground ground;
    double sum = 0, weights = 0;
    for (const auto& [gap_m, base] : near) {
      const double weight = 1 / (gap_m * gap_m + 4);  // 2 m: smooth where bases of neighbours differ
      sum += weight * base;
      weights += weight;
      ground.gap = std::min(ground.gap, gap_m);
    }
    if (weights > 0) ground.height = sum / weights;
    return ground;
  }

 private:
  int column(double x) const { return std::clamp(static_cast<int>((x - low_.x) / cell_), 0, columns_ - 1); }
  int row(double y) const { return std::clamp(static_cast<int>((y - low_.y) / cell_), 0, rows_ - 1); }
  std::size_t at_bucket(int r, int c) const {
    return static_cast<std::size_t>(r) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(c);
  }
  const std::vector<std::uint32_t>& list(int r, int c) const { return lists_[at_bucket(r, c)]; }

  const std::vector<Object>& objects_;
  std::vector<Rectangle> bounds_;
  dvec2 low_;
  double cell_;
  int columns_ = 1, rows_ = 1;
  std::vector<std::vector<std::uint32_t>> lists_;
};

}  // namespace

void add_interpolated_ground(CityModel& city) {
  const std::vector<Object>& objects = city.catalogue.objects();
  if (objects.empty()) return;
  Rectangle box;
  for (const Object& object : objects) box.add(bounds(object));
  box = box.grown(kMargin_m);
  Terrain& terrain = city.terrain;
  lay_out(terrain, box);
  const double extent = std::max(box.high.x - box.low.x, box.high.y - box.low.y);
  const Buckets buckets(objects, box, std::max(25.0, extent / (2 * std::sqrt(static_cast<double>(objects.size())))));
  std::vector<float> gaps(terrain.heights.size());
  core::parallel_for(terrain.rows, [&](std::int64_t r) {
    for (int c = 0; c < terrain.columns; ++c) {
      const auto ground = buckets.at(terrain.low + dvec2(c, static_cast<double>(r)) * terrain.cell);
      const std::size_t i = static_cast<std::size_t>(r) * static_cast<std::size_t>(terrain.columns) + static_cast<std::size_t>(c);
      terrain.heights[i] = static_cast<float>(ground.height);
      gaps[i] = static_cast<float>(ground.gap);
    }
  });

  const std::uint16_t paving = add_material(city, Part::kGround, Texture::kPaving, {0.52F, 0.50F, 0.47F}, {0.42F, 0.41F, 0.39F}, 0.6F);
  const std::uint16_t grass = add_material(city, Part::kGrass, Texture::kGrass, {0.36F, 0.44F, 0.23F}, {0.44F, 0.45F, 0.27F}, 1.0F);
  Mesh mesh;
  const auto columns = static_cast<std::uint32_t>(terrain.columns), rows = static_cast<std::uint32_t>(terrain.rows);
  for (std::uint32_t r = 0; r < rows; ++r) {
    for (std::uint32_t c = 0; c < columns; ++c) {
      const dvec2 place = terrain.low + dvec2(c, r) * terrain.cell;
      mesh.positions.emplace_back(place.x, place.y, terrain.heights[r * columns + c]);
      mesh.uvs.emplace_back(place);
    }
  }
  for (std::uint32_t r = 0; r + 1 < rows; ++r) {
    for (std::uint32_t c = 0; c + 1 < columns; ++c) {
      const std::uint32_t a = r * columns + c, b = a + 1, d = a + columns, e = d + 1;
      mesh.indices.insert(mesh.indices.end(), {a, b, e, a, e, d});
      const float gap_m = std::min({gaps[a], gaps[b], gaps[d], gaps[e]});
      const std::uint16_t material = static_cast<double>(gap_m) < kPaved_m ? paving : grass;
      mesh.materials.insert(mesh.materials.end(), {material, material});
    }
  }
  city.placements.push_back({static_cast<std::uint32_t>(city.meshes.size()), 0, glm::mat4x3(1.0F), glm::vec3(1.0F)});
  city.meshes.push_back(std::move(mesh));
}

void add_given_ground(CityModel& city, const Solid& solid, dvec3 shift) {
  Mesh mesh;
  Rectangle box;
  for (const dvec3& p : solid.positions) {
    const dvec3 at = p - shift;
    mesh.positions.emplace_back(at);
    mesh.uvs.emplace_back(at);
    box.add(dvec2(at));
  }
  const std::uint16_t material = add_material(city, Part::kGround, Texture::kPaving, {0.50F, 0.49F, 0.45F}, {0.42F, 0.41F, 0.38F}, 0.6F);
  mesh.materials.assign(solid.indices.size() / 3, material);
  Terrain& terrain = city.terrain;
  if (terrain.heights.empty()) lay_out(terrain, box);
  constexpr float kNone = -std::numeric_limits<float>::max();
  std::vector<float> heights(terrain.heights.size(), kNone);
  const auto columns = static_cast<std::size_t>(terrain.columns);
  for (std::size_t t = 0; t < solid.indices.size(); t += 3) {
    dvec3 p[3];
    for (std::size_t c = 0; c < 3; ++c) p[c] = solid.positions[solid.indices[t + c]] - shift;
    const double twice = (p[1].x - p[0].x) * (p[2].y - p[0].y) - (p[1].y - p[0].y) * (p[2].x - p[0].x);
    if (twice < 0) std::swap(p[1], p[2]);
    for (std::size_t c = 0; c < 3; ++c) {
      const std::uint32_t index = solid.indices[t + (twice < 0 && c > 0 ? 3 - c : c)];  // seen from above
      mesh.indices.push_back(index);
    }
    if (twice == 0) continue;
    const dvec2 low = (glm::min(glm::min(dvec2(p[0]), dvec2(p[1])), dvec2(p[2])) - terrain.low) / terrain.cell;
    const dvec2 high = (glm::max(glm::max(dvec2(p[0]), dvec2(p[1])), dvec2(p[2])) - terrain.low) / terrain.cell;
    const auto clamped = [](double v, int count) { return std::clamp(static_cast<int>(v), 0, count - 1); };
    for (int r = clamped(std::ceil(low.y), terrain.rows); r <= clamped(std::floor(high.y), terrain.rows); ++r) {
      for (int c = clamped(std::ceil(low.x), terrain.columns); c <= clamped(std::floor(high.x), terrain.columns); ++c) {
        const dvec2 q = terrain.low + dvec2(c, r) * terrain.cell;
        const auto weight = [&](int i, int j) { return (p[j].x - p[i].x) * (q.y - p[i].y) - (p[j].y - p[i].y) * (q.x - p[i].x); };
        const double w0 = weight(1, 2), w1 = weight(2, 0), w2 = weight(0, 1);
        if (w0 < -1e-9 || w1 < -1e-9 || w2 < -1e-9 || w0 + w1 + w2 <= 0) continue;
        float& height = heights[static_cast<std::size_t>(r) * columns + static_cast<std::size_t>(c)];
        height = std::max(height, static_cast<float>((w0 * p[0].z + w1 * p[1].z + w2 * p[2].z) / (w0 + w1 + w2)));
      }
    }
  }
  // Rows, then columns: a hole takes the value before it, or the first behind it.
  const auto fill = [&](std::size_t first, std::size_t step, std::size_t count) {
    for (std::size_t i = 1; i < count; ++i) {
      if (heights[first + i * step] == kNone) heights[first + i * step] = heights[first + (i - 1) * step];
    }
    for (std::size_t i = count - 1; i-- > 0;) {
      if (heights[first + i * step] == kNone) heights[first + i * step] = heights[first + (i + 1) * step];
    }
  };
  for (std::size_t r = 0; r < static_cast<std::size_t>(terrain.rows); ++r) fill(r * columns, 1, columns);
  for (std::size_t c = 0; c < columns; ++c) fill(c, columns, static_cast<std::size_t>(terrain.rows));
  for (std::size_t i = 0; i < heights.size(); ++i) {
    if (heights[i] != kNone) terrain.heights[i] = heights[i];
  }
  city.placements.push_back({static_cast<std::uint32_t>(city.meshes.size()), 0, glm::mat4x3(1.0F), glm::vec3(1.0F)});
  city.meshes.push_back(std::move(mesh));
}

}  // namespace skyline::city
