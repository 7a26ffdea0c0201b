#include "city/generate/vehicles.h"

#include <cmath>
#include <numbers>
#include <string_view>

namespace skyline::city::procedural {
namespace {

struct ModelRow {
  ObjectClass object_class;
  std::string_view tag;
  double length, width, height;
  std::vector<glm::dvec2> body, cabin;  // side profiles (x forward from the middle, z), counter-clockwise seen from the right side
};

const std::array<ModelRow, 6>& rows() {
  static const std::array<ModelRow, 6> table{{
      {ObjectClass::kCar,
       "hatchback",
       4.0,
       1.76,
       1.48,
       {{-1.98, 0.3}, {1.95, 0.28}, {2.0, 0.55}, {1.9, 0.78}, {0.95, 0.95}, {-1.85, 0.98}, {-2.0, 0.75}},
       {{-1.85, 0.96}, {0.95, 0.93}, {0.25, 1.42}, {-1.2, 1.48}, {-1.65, 1.3}}},
      {ObjectClass::kCar,
       "saloon",
       4.7,
       1.82,
       1.45,
       {{-2.33, 0.32}, {2.3, 0.28}, {2.35, 0.55}, {2.2, 0.78}, {1.0, 0.93}, {-1.5, 1.0}, {-2.25, 0.98}, {-2.35, 0.7}},
       {{-1.75, 0.98}, {1.0, 0.91}, {0.25, 1.4}, {-0.9, 1.45}}},
      {ObjectClass::kCar,
       "estate",
       4.6,
       1.84,
       1.62,
       {{-2.28, 0.34}, {2.25, 0.3}, {2.3, 0.6}, {2.15, 0.88}, {1.05, 1.02}, {-2.2, 1.06}, {-2.3, 0.8}},
       {{-2.18, 1.04}, {1.05, 1.0}, {0.45, 1.55}, {-1.75, 1.62}}},
      {ObjectClass::kCar,
       "van",
       5.3,
       1.98,
       2.15,
       {{-2.63, 0.36}, {2.6, 0.32}, {2.65, 0.8}, {2.2, 1.15}, {-2.65, 1.2}},
       {{-2.62, 1.18}, {2.2, 1.13}, {1.55, 2.05}, {-2.5, 2.15}}},
      {ObjectClass::kBus,
       "bus",
       12.0,
       2.55,
       3.1,
       {{-5.95, 0.35}, {5.95, 0.35}, {6.0, 1.2}, {-6.0, 1.2}},
       {{-6.0, 1.18}, {6.0, 1.18}, {5.85, 2.95}, {5.5, 3.1}, {-5.8, 3.1}, {-5.95, 2.9}}},
      {ObjectClass::kTruck, "truck", 8.2, 2.45, 3.4, {{-4.1, 0.55}, {4.1, 0.45}, {4.1, 1.3}, {-4.1, 1.05}}, {}},
  }};
  return table;
}

// Two flanks and the belt between them.
void extrude(MeshBuilder& out, const std::vector<glm::dvec2>& profile, double half_low, double half_high, double z_low, double z_high,
             MaterialIndex side, const std::function<MaterialIndex(std::size_t)>& belt) {
  const auto half = [&](double z) { return half_low + (half_high - half_low) * (z - z_low) / (z_high - z_low); };
  const auto right = [&](glm::dvec2 p) { return glm::dvec3(p.x, -half(p.y), p.y); };
  const auto left = [&](glm::dvec2 p) { return glm::dvec3(p.x, half(p.y), p.y); };
  const Triangles t = triangulate({profile, {}});
  for (std::size_t i = 0; i + 2 < t.indices.size(); i += 3) {
    const glm::dvec2 a = t.points[t.indices[i]], b = t.points[t.indices[i + 1]], c = t.points[t.indices[i + 2]];
    out.triangle(right(a), right(b), right(c), side);
    out.triangle(left(a), left(c), left(b), side);
  }
  for (std::size_t i = 0; i < profile.size(); ++i) {
    const glm::dvec2 a = profile[i], b = profile[(i + 1) % profile.size()];
    out.quad(right(b), right(a), left(a), left(b), belt(i));
  }
}

void add_wheel(MeshBuilder& out, double x, double y, double radius, MaterialIndex material) {
  const int sides = 10;
  const double inner = y > 0 ? y - 0.22 : y, outer = y > 0 ? y : y + 0.22;
  const auto at = [&](int i, double side) {
    const double angle = 2 * std::numbers::pi * i / sides;
    return glm::dvec3(x + radius * std::cos(angle), side, radius + radius * std::sin(angle));
  };
  for (int i = 0; i < sides; ++i) {
    out.quad(at(i, outer), at(i + 1, outer), at(i + 1, inner), at(i, inner), material);
    out.triangle({x, outer, radius}, at(i + 1, outer), at(i, outer), material);
    out.triangle({x, inner, radius}, at(i, inner), at(i + 1, inner), material);
  }
}

Mesh make_vehicle(const ModelRow& row, Palette& palette) {
  MeshBuilder out;
  const bool bus = row.object_class == ObjectClass::kBus, truck = row.object_class == ObjectClass::kTruck;
  const MaterialIndex paint = palette.surface(bus ? Surface::kBusPaint : Surface::kPaint), glass = palette.surface(Surface::kCarGlass);
  const MaterialIndex trim = palette.surface(Surface::kTrim), tyre = palette.surface(Surface::kTyre);
  const double half = row.width / 2, l = row.length / 2;
  extrude(out, row.body, half, half, 0, 1, paint, [&](std::size_t i) { return i == 0 ? trim : paint; });
  if (!row.cabin.empty()) {
    const double z0 = row.cabin[0].y, top = row.height;
    const double lean = bus ? 0.98 : row.height > 2 ? 0.9 : 0.76;
    // Glass all around under a painted roof: the belt faces up to the steepest part are windows.
    extrude(out, row.cabin, half * 0.985, half * lean, z0, top, glass, [&](std::size_t i) {
      const glm::dvec2 a = row.cabin[i], b = row.cabin[(i + 1) % row.cabin.size()];
      return std::abs(b.y - a.y) < 0.25 * std::abs(b.x - a.x) && a.y > z0 + 0.2 ? paint : glass;
    });
    // Pillars.
    const double x0 = row.cabin.back().x + 0.1, x1 = row.cabin[2].x - 0.1;
    const int pillars = bus ? 7 : 3;
    for (int i = 0; i < pillars; ++i) {
      const double x = x0 + (x1 - x0) * i / (pillars - 1);
      for (const double side : {-1.0, 1.0}) {
        out.beam({x, side * half * 0.99, z0}, {x, side * half * (lean + 0.01), top - 0.04}, 0.09, paint);
      }
    }
    if (bus) out.box({}, {-3.5, -0.8, 3.08}, {1.5, 0.8, 3.3}, palette.surface(Surface::kVent));
    if (row.height > 2 && !bus) {  // a van's closed sides
      for (const double side : {-1.0, 1.0}) {
        const double y0 = side * half * 0.95 - 0.04, y1 = side * half * 0.95 + 0.06;
        out.box({}, {-2.5, std::min(y0, y1), 1.2}, {0.5, std::max(y0, y1), 2.0}, paint);
      }
    }
  }
  if (truck) {
    out.box({}, {2.3, -half * 0.97, 0.7}, {4.1, half * 0.97, 2.75}, paint);
    out.box({}, {3.4, -half * 0.98, 1.65}, {4.13, half * 0.98, 2.45}, glass);
    out.box({}, {-4.1, -half, 1.1}, {2.15, half, 3.4}, palette.surface(Surface::kBusPaint), palette.surface(Surface::kVent));
  }
  const double radius = truck || bus ? 0.5 : 0.32, axle = l * (bus ? 0.62 : 0.64);
  for (const double x : {-axle, axle}) {
    for (const double y : {-half - 0.01, half + 0.01}) add_wheel(out, x, y, radius, tyre);
  }
  const double z = truck || bus ? 0.75 : 0.62;
  for (const double y : {-half * 0.7, half * 0.7}) {
    out.box({}, {l - 0.08, y - 0.18, z}, {l + 0.015, y + 0.18, z + 0.15}, palette.surface(Surface::kHeadLight));
    out.box({}, {-l - 0.015, y - 0.16, z + 0.1}, {-l + 0.08, y + 0.16, z + 0.28}, palette.surface(Surface::kTailLight));
  }
  return out.take();
}

constexpr std::array kPaints{glm::vec3{0.98F, 0.98F, 0.97F}, glm::vec3{0.28F, 0.29F, 0.30F}, glm::vec3{0.16F, 0.16F, 0.17F},
                             glm::vec3{0.70F, 0.72F, 0.73F}, glm::vec3{0.55F, 0.57F, 0.58F}, glm::vec3{0.62F, 0.16F, 0.14F},
                             glm::vec3{0.20F, 0.31F, 0.52F}, glm::vec3{0.26F, 0.38F, 0.32F}, glm::vec3{0.82F, 0.76F, 0.62F},
                             glm::vec3{0.45F, 0.58F, 0.70F}, glm::vec3{0.80F, 0.50F, 0.18F}};
constexpr std::array<std::string_view, kPaints.size()> kPaintNames{"white", "grey",  "black", "silver", "grey",  "red",
                                                                   "blue",  "green", "beige", "blue",   "orange"};

}  // namespace

namespace {

constexpr double kCoach = 22;  // metres

Mesh make_coach(Palette& palette) {
  MeshBuilder out;
  const MaterialIndex paint = palette.surface(Surface::kPaint), glass = palette.surface(Surface::kCarGlass);
  const MaterialIndex trim = palette.surface(Surface::kTrim), roof = palette.surface(Surface::kVent);
  const double l = kCoach / 2;
  const std::vector<glm::dvec2> section{{-1.4, 1.0}, {1.4, 1.0},   {1.45, 2.0},  {1.38, 3.3},
                                        {1.0, 3.85}, {-1.0, 3.85}, {-1.38, 3.3}, {-1.45, 2.0}};
  for (std::size_t i = 0; i < section.size(); ++i) {
    const glm::dvec2 a = section[i], b = section[(i + 1) % section.size()];
    const MaterialIndex m = i >= 3 && i <= 5 ? roof : i == 0 ? trim : paint;
    out.quad({-l, a.x, a.y}, {-l, b.x, b.y}, {l, b.x, b.y}, {l, a.x, a.y}, m);
  }
  const Triangles t = triangulate({section, {}});
  for (std::size_t i = 0; i + 2 < t.indices.size(); i += 3) {
    const glm::dvec2 a = t.points[t.indices[i]], b = t.points[t.indices[i + 1]], c = t.points[t.indices[i + 2]];
    out.triangle({l, a.x, a.y}, {l, b.x, b.y}, {l, c.x, c.y}, trim);
    out.triangle({-l, a.x, a.y}, {-l, c.x, c.y}, {-l, b.x, b.y}, trim);
  }
  for (int i = 0; i < 8; ++i) {
    const double x = -l + 2.6 + i * 2.4;
    for (const double side : {-1.0, 1.0})
      out.box({}, {x - 0.85, side < 0 ? -1.47 : 1.3, 2.05}, {x + 0.85, side < 0 ? -1.3 : 1.47, 2.95}, glass);
  }
  for (const double x : {-l + 3.2, l - 3.2}) out.box({}, {x - 1.6, -1.2, 0.25}, {x + 1.6, 1.2, 1.0}, trim);
  out.box({}, {-3, -0.7, 3.8}, {3, 0.7, 4.1}, roof);
  return out.take();
}

}  // namespace

Vehicles::Vehicles(Scene& scene) {
  coach_ = scene.add_mesh(make_coach(scene.palette));
  for (std::size_t i = 0; i < meshes_.size(); ++i) meshes_[i] = scene.add_mesh(make_vehicle(rows()[i], scene.palette));
}

void Vehicles::put_train(Scene& scene, const Path& track, double along, int coaches, Random& random) {
  constexpr std::array kLiveries{glm::vec3{0.72F, 0.18F, 0.15F}, glm::vec3{0.22F, 0.36F, 0.58F}, glm::vec3{0.30F, 0.48F, 0.36F},
                                 glm::vec3{0.94F, 0.92F, 0.88F}};
  const glm::vec3 livery = random.pick(kLiveries);
  const double run = coaches * (kCoach + 0.9), start = along - run / 2;
  const PathPoint head = point_at(track, start), tail = point_at(track, start + run);
  Object object;
  object.object_class = ObjectClass::kVehicle;
  const glm::dvec2 side = left_of(head.direction) * 1.45;
  object.footprint = {head.place - side, tail.place - side, tail.place + side, head.place + side};
  taken_.add(object.footprint);
  object.base = scene.ground(point_at(track, along).place) + 0.4;
  object.height = 4.1;
  object.wall = glm::u8vec3(livery * 0.84F * 255.0F);
  object.tags = {"train"};
  const int handle = scene.add_object(Kind::kVehicle, std::move(object));
  for (int i = 0; i < coaches; ++i) {
    const PathPoint p = point_at(track, start + (i + 0.5) * (kCoach + 0.9));
    const double behind = scene.ground(p.place - p.direction * 9.0), ahead = scene.ground(p.place + p.direction * 9.0);
    scene.place(coach_, handle, {p.place, (behind + ahead) / 2 + 0.45}, p.direction, glm::dvec3(1.0), livery);
    scene.model.placements.back().transform[0].z = static_cast<float>((ahead - behind) / 18);
  }
}

Vehicles::Model Vehicles::car(Random& random) {
  const double draw = random.unit();
  return draw < 0.36 ? Model::kHatchback : draw < 0.66 ? Model::kSaloon : draw < 0.9 ? Model::kEstate : Model::kVan;
}

double Vehicles::length_of(Model model) { return rows()[static_cast<std::size_t>(model)].length; }

void Vehicles::put(Scene& scene, glm::dvec2 place, glm::dvec2 direction, Model model, Random& random, double lift) {
  const ModelRow& row = rows()[static_cast<std::size_t>(model)];
  const std::size_t color = random.index(kPaints.size());
  const glm::dvec2 half = direction * (row.length / 2), side = left_of(direction) * (row.width / 2);
  const double behind = scene.ground(place - half * 0.6), ahead = scene.ground(place + half * 0.6);
  Object object;
  object.object_class = row.object_class;
  object.footprint = {place - half - side, place + half - side, place + half + side, place - half + side};
  for (const double along : {-1.0, -0.5, 0.0, 0.5, 1.0}) {
    for (const double across : {-1.0, 0.0, 1.0}) {
      if (taken_.inside_any(place + half * along + side * across, 0.25)) return;
    }
  }
  taken_.add(object.footprint);
  object.base = (behind + ahead) / 2 + lift;
  object.height = row.height;
  object.wall = glm::u8vec3(kPaints[color] * 0.84F * 255.0F);
  object.tags = {std::string(row.tag), std::string(kPaintNames[color])};
  const int handle = scene.add_object(Kind::kVehicle, std::move(object));
  scene.place(meshes_[static_cast<std::size_t>(model)], handle, {place, (behind + ahead) / 2 + lift}, direction, glm::dvec3(1.0),
              kPaints[color]);
  // Lean with the slope.
  glm::mat4x3& transform = scene.model.placements.back().transform;
  transform[0].z = static_cast<float>((ahead - behind) / (1.2 * row.length / 2 * 1.0));
}

}  // namespace skyline::city::procedural
