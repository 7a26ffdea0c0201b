#include "city/generate/plan.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <optional>

namespace skyline::city::procedural {
namespace {

// The turned grid: u along one family of streets, v along the other.
struct Grid {
  glm::dvec2 axis{1, 0};
  double side = 1;  // mirrors v
  glm::dvec2 old_center{0.0};
  double old_radius = 0;
  std::uint64_t seed = 0;

  double old_town(double u, double v) const {
    const double r = glm::length(glm::dvec2(u, v) - old_center) / std::max(1.0, old_radius);
    const double t = std::clamp((1.25 - r) / 0.6, 0.0, 1.0);
    return t * t * (3 - 2 * t);
  }
  glm::dvec2 straight(double u, double v) const { return axis * u + left_of(axis) * (v * side); }
  glm::dvec2 bent(double u, double v) const {
    const double share = old_town(u, v) * 17;
    return straight(u + share * value_noise(seed + 1, u / 70, v / 70), v + share * value_noise(seed + 2, u / 70, v / 70));
  }
};

struct Planner {
  const GenerateSettings& settings;
  Names& names;
  CityPlan plan;
  Grid grid;
  Random random;
  Region dry;  // the quarter without the river
  double river_v = 0, quay_v = 0, rail_v = 0, rail_street_v = 0;

  Path line_along_u(double v, bool bend) const {
    Path out;
    const double far = plan.size * 0.8;
    for (double u = -far; u <= far; u += 12) out.push_back(bend ? grid.bent(u, v) : grid.straight(u, v));
    return out;
  }
  Path line_along_v(double u) const {
    Path out;
    const double far = plan.size * 0.8;
    for (double v = -far; v <= far; v += 12) out.push_back(grid.bent(u, v));
    return out;
  }
  double meander(double u) const { return 0.028 * plan.size * value_noise(grid.seed + 5, u / (0.45 * plan.size)); }
  Path river_line(double shift) const {
    Path out;
    const double far = plan.size / 2 + plan.reach + 60;
    for (double u = -far; u <= far; u += 10) out.push_back(grid.straight(u, river_v + meander(u) + shift));
    return out;
  }

  void add_street(const Path& path, double width, StreetRank rank, const Name& name, const Region& allowed) {
    for (Path& piece : pieces_inside(path, allowed)) {
      if (length(piece) < 18) continue;
      plan.streets.push_back({std::move(piece), width, rank, name});
    }
  }

  void lay_waters_and_rails();
  void lay_streets();
  void cut_lanes(Region& blocks);
  void find_blocks();
  void give_uses();
};

void Planner::lay_waters_and_rails() {
  const double s = plan.size;
  if (settings.river) {
    plan.river_width = std::clamp(0.07 * s, 16.0, 70.0);
    river_v = random.range(0.19, 0.26) * s;
    plan.river = river_line(0);
    quay_v = plan.river_width / 2 + 5 + 5;
  }
  if (settings.railway && s >= 300) {
    plan.railway_width = 15;
    rail_v = -random.range(0.34, 0.38) * s;
    rail_street_v = rail_v + plan.railway_width / 2 + 36;  // the station stands between
    const double far = s / 2 + plan.reach + 60;
    for (double u = -far; u <= far; u += 20) plan.railway.push_back(grid.straight(u, rail_v));
  }
  dry = region_of(plan.quarter);
  if (!plan.river.empty()) dry = subtract(dry, corridor(plan.river, plan.river_width));
}

void Planner::lay_streets() {
  const double s = plan.size;
  // Streets that run along the river and the railway.
  if (!plan.river.empty()) {
    for (const double side : {-1.0, 1.0}) add_street(river_line(side * quay_v), 10, StreetRank::kStreet, names.next(NameKind::kQuay), dry);
  }
  const bool rails = !plan.railway.empty();
  if (rails) add_street(line_along_u(rail_street_v, false), 10, StreetRank::kStreet, names.next(NameKind::kStreet), dry);

  // The family along u fills the spans between them.
  const auto fill = [&](double low, double high, bool closed_low, bool closed_high) {
    const int parts = std::max(1, static_cast<int>(std::round((high - low) / random.range(64, 80))));
    for (int i = closed_low ? 1 : 0; i <= parts - (closed_high ? 1 : 0); ++i) {
      const double v = low + (high - low) * i / parts + random.range(-5, 5);
      const bool avenue = random.chance(0.3);
      add_street(line_along_u(v, true), avenue ? 14 : random.range(10, 11), avenue ? StreetRank::kAvenue : StreetRank::kStreet,
                 names.next(avenue ? NameKind::kAvenue : NameKind::kStreet), dry);
    }
  };
  const double edge = 0.62 * s;
  const double middle_low = rails ? rail_street_v : -edge + 40;
  if (!plan.river.empty()) {
    fill(middle_low, river_v - quay_v, rails, true);
    if (edge - river_v - quay_v > 70)
      fill(river_v + quay_v, river_v + quay_v + 70 * std::floor((edge - river_v - quay_v) / 70), true, false);
  } else {
    fill(middle_low, edge - 30, rails, false);
  }

  // The family along v: every second street crosses the river by a bridge, every third the railway.
  Region by_quays = dry, by_tracks = region_of(plan.quarter);
  if (!plan.river.empty()) by_quays = subtract(by_quays, corridor(plan.river, 2 * quay_v));
  Polygon beyond_tracks;
  if (rails) {
    const double far = 4 * s;
    beyond_tracks = {grid.straight(-far, rail_street_v), grid.straight(far, rail_street_v), grid.straight(far, -far),
                     grid.straight(-far, -far)};
    by_tracks = subtract(by_tracks, region_of(beyond_tracks));
  }
  const int count = std::max(2, static_cast<int>(std::round(1.24 * s / random.range(72, 92))));
  const double first = -0.62 * s + random.range(0, 20);
  const int phase = random.integer(0, 1);
  int index = 0;
  for (int i = 0; i <= count; ++i) {
    const double u = first + 1.24 * s * i / count + random.range(-7, 7);
    if (std::abs(u) > 0.6 * s) continue;
    const bool bridge = (index + phase) % 2 == 0, crosses_rails = (index + phase) % 4 == 0;
    const bool avenue = bridge && random.chance(0.6);
    const double width = avenue ? 14 : random.range(10, 11);
    const Name name = names.next(avenue ? NameKind::kAvenue : NameKind::kStreet);
    const Path line = line_along_v(u);
    Region allowed = bridge ? dry : by_quays;
    if (!crosses_rails) allowed = intersect(allowed, by_tracks);
    add_street(line, width, avenue ? StreetRank::kAvenue : StreetRank::kStreet, name, allowed);
    if (bridge && !plan.river.empty()) {
      for (const Path& piece : pieces_inside(line, intersect(corridor(plan.river, plan.river_width), region_of(plan.quarter)))) {
        if (length(piece) < plan.river_width * 0.9 || std::abs(point_at(piece, length(piece) / 2).place.x) > s / 2 - 12) continue;
        plan.bridges.push_back({{piece.front(), piece.back()}, width + 5, names.next(NameKind::kBridge)});
      }
    }
    ++index;
  }

  // Roads into the country: avenues and the streets nearest to the middle go on straight.
  for (const Street& street : plan.streets) {
    for (const bool at_end : {false, true}) {
      const glm::dvec2 tip = at_end ? street.path.back() : street.path.front();
      if (std::max(std::abs(tip.x), std::abs(tip.y)) < s / 2 - 0.5 || street.rank != StreetRank::kAvenue) continue;
      const PathPoint p = point_at(street.path, at_end ? length(street.path) : 0);
      const glm::dvec2 out = at_end ? p.direction : -p.direction;
      Path road{tip};
      double bend = 0;
      for (double along = 40; along < plan.reach * 1.6; along += 40) {
        bend += 2.5 * value_noise(grid.seed + 9, tip.x + along / 160, tip.y);
        road.push_back(tip + out * along + left_of(out) * bend);
      }
      for (Path& piece : pieces_inside(road, region_of(plan.world))) plan.country_roads.push_back(std::move(piece));
    }
  }
}

void Planner::cut_lanes(Region& blocks) {
  for (int round = 0; round < 2; ++round) {
    Region next;
    for (const Shape& block : blocks) {
      const glm::dvec2 c = centroid(block.outer);
      const double u = glm::dot(c, grid.axis), v = glm::dot(c, left_of(grid.axis)) * grid.side;
      const OrientedBox box = oriented_box(block.outer);
      if (area(block.outer) < 3000 || grid.old_town(u, v) < 0.75 || box.width < 34 || box.length < 52) {
        next.push_back(block);
        continue;
      }
      const double turn = random.range(-0.16, 0.16);
      const glm::dvec2 across = left_of(box.axis) * std::cos(turn) + box.axis * std::sin(turn);
      const glm::dvec2 middle = box.center + box.axis * random.range(-0.06, 0.06) * box.length;
      const double far = box.length;
      const Path line{middle - across * far, middle + box.axis * random.range(-3, 3), middle + across * far};
      const Name name = names.next(NameKind::kLane);
      for (Path& piece : pieces_inside(line, {block})) plan.streets.push_back({std::move(piece), 5, StreetRank::kLane, name});
      for (Shape& part : subtract({block}, corridor(line, 5))) next.push_back(std::move(part));
    }
    blocks = std::move(next);
  }
}

void Planner::find_blocks() {
  Region taken;
  for (const Street& street : plan.streets) {
    for (Shape& shape : corridor(street.path, street.width)) taken.push_back(std::move(shape));
  }
  if (!plan.railway.empty()) {
    for (Shape& shape : corridor(plan.railway, plan.railway_width)) taken.push_back(std::move(shape));
  }
  Region blocks = subtract(dry, unite(taken));
  cut_lanes(blocks);
  for (Shape& shape : blocks) {
    if (area(shape.outer) < 25) continue;
    plan.blocks.push_back({std::move(shape.outer), BlockUse::kVerge});
  }
  // A fixed order, whatever the geometry library returned: from west to east, then south to north.
  std::sort(plan.blocks.begin(), plan.blocks.end(), [](const Block& a, const Block& b) {
    const glm::dvec2 p = centroid(a.outline), q = centroid(b.outline);
    return p.x != q.x ? p.x < q.x : p.y < q.y;
  });
}

void Planner::give_uses() {
  struct Candidate {
    std::size_t block;
    double u, v, size, width;
    bool free = true;
  };
  std::vector<Candidate> all;
  for (std::size_t i = 0; i < plan.blocks.size(); ++i) {
    const Polygon& outline = plan.blocks[i].outline;
    const glm::dvec2 c = centroid(outline);
    const OrientedBox box = oriented_box(outline);
    const double size = area(outline);
    if (size < 500 || box.width < 17 || size < 0.4 * box.length * box.width) continue;
    all.push_back({i, glm::dot(c, grid.axis), glm::dot(c, left_of(grid.axis)) * grid.side, size, box.width});
  }
  const double s = plan.size;
  const bool rails = !plan.railway.empty();
  const auto across_tracks = [&](const Candidate& c) { return rails && c.v < rail_v; };
  const auto by_tracks = [&](const Candidate& c) { return rails && c.v > rail_v && c.v < rail_street_v; };
  // Gives a use to the best block of each part of the town (400 m a side); `score` below zero: not suited.
  const int parts = std::max(1, static_cast<int>(std::round(s / 400)));
  const auto assign = [&](BlockUse use, const std::function<double(const Candidate&)>& score) {
    for (int part = 0; part < parts * parts; ++part) {
      Candidate* best = nullptr;
      double best_score = 0;
      for (Candidate& c : all) {
        const glm::dvec2 p = grid.straight(c.u, c.v);
        const auto cell = [&](double x) { return std::clamp(static_cast<int>((x + s / 2) / s * parts), 0, parts - 1); };
        if (!c.free || cell(p.x) + parts * cell(p.y) != part) continue;
        const double value = score(c) * (0.85 + 0.15 * (value_noise(grid.seed + static_cast<std::uint64_t>(use), c.u / 9, c.v / 9) + 1));
        if (value > best_score) best_score = value, best = &c;
      }
      if (best != nullptr) {
        best->free = false;
        plan.blocks[best->block].use = use;
      }
    }
  };
  const auto suits = [](double size, double low, double high) { return size < low ? 0.0 : size > high ? 0.3 : 1.0; };
  const auto central = [&](const Candidate& c) { return 1.0 / (1 + std::pow(glm::length(glm::dvec2(c.u, c.v)) / (0.3 * s), 2)); };
  const auto city_side = [&](const Candidate& c) { return across_tracks(c) || by_tracks(c) ? 0.0 : 1.0; };
  assign(BlockUse::kStation,
         [&](const Candidate& c) { return by_tracks(c) && c.size > 1200 ? central(c) * std::min(c.size, 2500.0) / 2500 : 0.0; });
  for (Candidate& c : all) {
    if (c.free && across_tracks(c)) c.free = false, plan.blocks[c.block].use = BlockUse::kIndustry;
    if (c.free && by_tracks(c)) c.free = false, plan.blocks[c.block].use = BlockUse::kParking;
  }
  assign(BlockUse::kSquare,
         [&](const Candidate& c) { return city_side(c) * suits(c.size, 1000, 3600) * central(c) * (0.6 + grid.old_town(c.u, c.v)); });
  assign(BlockUse::kChurch,
         [&](const Candidate& c) { return city_side(c) * suits(c.size, 1500, 3800) * (c.width > 32) * (0.3 + grid.old_town(c.u, c.v)); });
  assign(BlockUse::kPark, [&](const Candidate& c) {
    const double riverside = plan.river.empty() ? 1 : 1 / (1 + std::abs(c.v - river_v) / 80);
    return city_side(c) * suits(c.size, 2200, 12000) * (0.4 + c.size / 5000) * riverside;
  });
  const auto modern = [&](const Candidate& c) { return city_side(c) * (1 - grid.old_town(c.u, c.v)) + 0.02; };
  const bool small = all.size() < 16;  // a village needs neither towers nor a hospital
  if (!small)
    assign(BlockUse::kSkyline, [&](const Candidate& c) { return modern(c) * suits(c.size, 2600, 7500) * central(c) * (c.width > 42); });
  if (!small) assign(BlockUse::kHospital, [&](const Candidate& c) { return modern(c) * suits(c.size, 3000, 9000) * (c.width > 46); });
  assign(BlockUse::kMixed, [&](const Candidate& c) { return modern(c) * suits(c.size, 3000, 9000) * central(c); });
  if (!small)
    assign(BlockUse::kSchool,
           [&](const Candidate& c) { return city_side(c) * suits(c.size, 2800, 8000) * (c.width > 42) * (1.2 - central(c)); });
  assign(BlockUse::kMixed, [&](const Candidate& c) { return city_side(c) * suits(c.size, 2200, 9000) * central(c); });
  if (!rails) assign(BlockUse::kIndustry, [&](const Candidate& c) { return modern(c) * suits(c.size, 3000, 9000) * (1 - central(c)); });
  if (!rails) assign(BlockUse::kParking, [&](const Candidate& c) { return city_side(c) * suits(c.size, 900, 3500); });
  assign(BlockUse::kHouses, [&](const Candidate& c) { return city_side(c) * suits(c.size, 2000, 9000) * (1 - central(c)); });
  assign(BlockUse::kSlabs, [&](const Candidate& c) { return modern(c) * suits(c.size, 3000, 9000) * (1 - 0.5 * central(c)); });
  assign(BlockUse::kCourt, [&](const Candidate& c) { return city_side(c) * suits(c.size, 2200, 7500) * (c.width > 40) * central(c); });
  for (Candidate& c : all) {  // the rest by its place
    if (!c.free) continue;
    const double middle = central(c) + random.range(-0.15, 0.15);
    BlockUse use = BlockUse::kHouses;
    if (grid.old_town(c.u, c.v) > 0.5) {
      use = c.size > 2400 && c.width > 42 && random.chance(0.45) ? BlockUse::kCourt : BlockUse::kOldTown;
    } else if (middle > 0.55) {
      use = c.size > 2400 && c.width > 42 && random.chance(0.6) ? BlockUse::kCourt : BlockUse::kMixed;
    } else if (middle > 0.35) {
      use = random.chance(0.55) ? BlockUse::kSlabs : BlockUse::kOldTown;
    }
    plan.blocks[c.block].use = use;
  }
}

}  // namespace

CityPlan make_plan(const GenerateSettings& settings, Names& names) {
  const auto seed = static_cast<std::uint64_t>(settings.seed);
  Planner p{settings, names, {}, {}, Random(seed, 11), {}};
  p.plan.size = settings.size;
  p.plan.reach = std::clamp(1.5 * settings.size, 400.0, 1600.0);
  const double half = settings.size / 2, far = half + p.plan.reach;
  p.plan.quarter = rectangle({-half, -half}, {half, half});
  p.plan.world = rectangle({-far, -far}, {far, far});
  const double turn = p.random.range(-0.2, 0.2) + (p.random.chance(0.5) ? std::numbers::pi / 2 : 0);
  p.grid.axis = {std::cos(turn), std::sin(turn)};
  p.grid.side = p.random.chance(0.5) ? 1 : -1;
  p.grid.seed = mix(seed ^ 0x51D);
  p.grid.old_center = glm::dvec2(p.random.range(0.14, 0.26) * (p.random.chance(0.5) ? 1 : -1), p.random.range(-0.08, 0.06)) * settings.size;
  p.grid.old_radius = std::min(0.27 * settings.size, 420.0);
  p.plan.axis = p.grid.axis;
  p.lay_waters_and_rails();
  p.lay_streets();
  p.find_blocks();
  p.give_uses();
  return std::move(p.plan);
}

}  // namespace skyline::city::procedural
