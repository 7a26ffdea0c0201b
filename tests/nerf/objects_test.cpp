#include "city/overlay.h"
#include "city/polygon.h"
#include "nerf/objects/extract.h"
#include "nerf/objects/outline.h"
#include "nerf/objects/regions.h"
#include "nerf/objects/surface_map.h"
#include "tests/nerf/random_field.h"

#include <glm/geometric.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace skyline::nerf {
namespace {

using city::Polygon;

// A map of a height function over [0, size)^2; grey, everything known and opaque.
SurfaceMap map_of(double size, double cell, const std::function<double(glm::dvec2)>& height) {
  SurfaceMap map;
  const int side = static_cast<int>(size / cell);
  map.grid = {.low = {0, 0}, .cell = cell, .columns = side, .rows = side};
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      const auto z = static_cast<float>(height(map.grid.centre(column, row)));
      map.top.push_back(z);
      map.middle.push_back(z);
      map.bottom.push_back(z);
      map.known.push_back(1);
      map.colour.emplace_back(0.5F);
    }
  }
  return map;
}

bool in_box(const glm::dvec2& p, double x0, double y0, double x1, double y1) { return p.x >= x0 && p.x < x1 && p.y >= y0 && p.y < y1; }

Polygon rectangle(double x0, double y0, double x1, double y1) { return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}; }

Polygon turned(const Polygon& polygon, double degrees, const glm::dvec2& centre) {
  Polygon out;
  const double a = degrees * std::numbers::pi / 180;
  for (const glm::dvec2& p : polygon) {
    const glm::dvec2 d = p - centre;
    out.push_back(centre + glm::dvec2(d.x * std::cos(a) - d.y * std::sin(a), d.x * std::sin(a) + d.y * std::cos(a)));
  }
  return out;
}

std::vector<float> cells_inside(const GroundGrid& grid, const Polygon& polygon) {
  std::vector<float> inside(grid.size());
  for (int row = 0; row < grid.rows; ++row) {
    for (int column = 0; column < grid.columns; ++column)
      inside[grid.at(column, row)] = city::contains(polygon, grid.centre(column, row)) ? 1.0F : 0.0F;
  }
  return inside;
}

// Nearest distance from each corner of `a` to a corner of `b`, the largest of them.
double corner_distance(const Polygon& a, const Polygon& b) {
  double worst = 0;
  for (const glm::dvec2& p : a) {
    double nearest = 1e9;
    for (const glm::dvec2& q : b) nearest = std::min(nearest, glm::length(p - q));
    worst = std::max(worst, nearest);
  }
  return worst;
}

TEST(Outline, TurnedShapesComeBackWithTheirCornersAndDirection) {
  const GroundGrid grid{.low = {-5, 3}, .cell = 0.4, .columns = 140, .rows = 140};
  const Polygon l_shape{{5, 10}, {35, 10}, {35, 22}, {18, 22}, {18, 40}, {5, 40}};
  for (const double degrees : {0.0, 17.0, 45.0, 71.0}) {
    const Polygon truth = turned(l_shape, degrees, {22, 28});
    const Polygon traced = trace_outline(grid, cells_inside(grid, truth));
    EXPECT_GT(city::signed_area(traced), 0);
    const Polygon simple = simplify_outline(traced, 0.9);
    const double direction = main_direction_deg(simple);
    EXPECT_LT(std::abs(std::remainder(direction - degrees, 90)), 1.0) << degrees;
    const Polygon aligned = align_outline(simple, direction, 1.2);
    ASSERT_EQ(aligned.size(), 6U) << degrees;
    EXPECT_LT(corner_distance(truth, aligned), 0.5) << degrees;
  }
}

TEST(Outline, OfTwoPartsTheLargerIsTraced) {
  const GroundGrid grid{.low = {0, 0}, .cell = 1, .columns = 40, .rows = 20};
  std::vector<float> inside = cells_inside(grid, rectangle(2, 2, 8, 8));
  const std::vector<float> larger = cells_inside(grid, rectangle(15, 2, 35, 16));
  for (std::size_t i = 0; i < inside.size(); ++i) inside[i] = std::max(inside[i], larger[i]);
  EXPECT_NEAR(city::area(trace_outline(grid, inside)), 280, 2);
  EXPECT_TRUE(trace_outline(grid, std::vector<float>(grid.size(), 0.0F)).empty());
}

TEST(GroundFilter, FindsSlopingGroundBelowBuildingsOfAllSizes) {
  const auto ground = [](glm::dvec2 p) { return 5 + 0.03 * p.x - 0.02 * p.y; };
  const SurfaceMap map = map_of(200, 0.5, [&](glm::dvec2 p) {
    double above = 0;
    if (in_box(p, 20, 20, 28, 30)) above = 5;
    if (in_box(p, 60, 40, 120, 95)) above = 9;
    if (in_box(p, 140, 140, 160, 160)) above = 80;
    return ground(p) + above;
  });
  const std::vector<float> found = ground_heights(map, {});
  double worst = 0;
  for (int row = 0; row < map.grid.rows; ++row) {
    for (int column = 0; column < map.grid.columns; ++column) {
      worst = std::max(worst, std::abs(static_cast<double>(found[map.grid.at(column, row)]) - ground(map.grid.centre(column, row))));
    }
  }
  EXPECT_LT(worst, 0.4);
}

int buildings(const Regions& regions) {
  return static_cast<int>(
      std::count_if(regions.list.begin(), regions.list.end(), [](const Region& r) { return r.kind == RegionKind::kBuilding; }));
}

Regions regions_of(const SurfaceMap& map) { return find_regions(map, std::vector<float>(map.grid.size(), 0.0F), {}); }

TEST(Regions, TouchingBuildingsPartAtTheirHeightStepAndATowerStaysOnItsPodium) {
  const Regions touching = regions_of(map_of(60, 0.5, [](glm::dvec2 p) {
    if (in_box(p, 10, 10, 30, 40)) return 12.0;
    return in_box(p, 30, 10, 50, 40) ? 18.0 : 0.0;
  }));
  EXPECT_EQ(buildings(touching), 2);
  const Regions podium = regions_of(map_of(60, 0.5, [](glm::dvec2 p) {
    if (in_box(p, 20, 15, 35, 30)) return 70.0;
    return in_box(p, 10, 10, 50, 45) ? 8.0 : 0.0;
  }));
  EXPECT_EQ(buildings(podium), 1);
  EXPECT_EQ(podium.list.front().cells, 80 * 70);
}

TEST(Regions, ATowerAtTheEndOfItsPodiumIsOneBuildingWithIt) {
  const Regions found = regions_of(map_of(80, 0.5, [](glm::dvec2 p) {
    if (in_box(p, 50, 10, 66, 26)) return 60.0;
    return in_box(p, 10, 10, 50, 30) ? 10.0 : 0.0;
  }));
  EXPECT_EQ(buildings(found), 1);
}

TEST(Regions, APieceFarThinnerThanItIsHighIsNoBuilding) {
  const auto needle = [](double height) {
    return regions_of(map_of(40, 0.5, [height](glm::dvec2 p) { return in_box(p, 18, 18, 22, 23) ? height : 0.0; }));
  };
  EXPECT_EQ(buildings(needle(10)), 1);
  EXPECT_EQ(buildings(needle(60)), 0);
}

TEST(Regions, AMoundWithoutWallsIsNoBuilding) {
  const Regions found =
      regions_of(map_of(60, 0.5, [](glm::dvec2 p) { return std::max(0.0, 4 - 0.2 * glm::length(p - glm::dvec2(30, 30))); }));
  EXPECT_EQ(buildings(found), 0);
}

TEST(Regions, AGableRoofIsOneBuildingAndGreenUnevenCrownsAreLeaves) {
  const Regions gable =
      regions_of(map_of(40, 0.5, [](glm::dvec2 p) { return in_box(p, 10, 10, 30, 22) ? 6 + 6 - std::abs(p.y - 16) : 0.0; }));
  EXPECT_EQ(buildings(gable), 1);
  SurfaceMap crown = map_of(40, 0.5, [](glm::dvec2 p) {
    const double r = glm::length(p - glm::dvec2(20, 20));
    return r < 8 ? 9 + std::sin(p.x * 5) + std::cos(p.y * 4) - r * 0.3 : 0.0;
  });
  std::fill(crown.colour.begin(), crown.colour.end(), glm::vec3(0.2F, 0.35F, 0.15F));
  const Regions leaves = regions_of(crown);
  ASSERT_EQ(leaves.list.size(), 1U);
  EXPECT_EQ(leaves.list.front().kind, RegionKind::kVegetation);
}

TEST(Regions, ADeckOverAValleyIsABridge) {
  SurfaceMap map = map_of(100, 0.5, [](glm::dvec2 p) {
    if (in_box(p, 20, 44, 80, 56)) return 6.0;
    return std::abs(p.x - 50) > 30 ? 6.0 : 0.0;
  });
  std::vector<float> ground(map.grid.size());
  for (int row = 0; row < map.grid.rows; ++row) {
    for (int column = 0; column < map.grid.columns; ++column) {
      ground[map.grid.at(column, row)] = std::abs(map.grid.centre(column, row).x - 50) > 30 ? 6.0F : 0.0F;
    }
  }
  const Regions found = find_regions(map, ground, {});
  ASSERT_EQ(found.list.size(), 1U);
  EXPECT_EQ(found.list.front().kind, RegionKind::kBridge);
}

// A field whose density stands in boxes over a floor: the volume alone, a metre a cell.
Field field_of_boxes(const std::vector<std::pair<Polygon, double>>& boxes, double size) {
  FieldSettings settings;
  settings.levels = 1;
  settings.density_channels = settings.appearance_channels = 1;
  settings.volume_channels = 2;
  settings.texel = 1;
  settings.volume_cell = 1;
  settings.codes = "off";
  settings.sky = settings.surroundings = settings.vignetting = false;
  Field field = testing::constant_field(settings, {{0, 0, -4}, {size, size, 60}}, -20.0F);
  // Grey everywhere.
  for (const ParameterGroup& group : field.groups()) {
    if (group.name.find("decoder.layer2") != std::string::npos) std::fill(group.values.begin(), group.values.end(), 0.0F);
  }
  Volume& volume = field.blocks.front().volume;
  const Box& extent = field.blocks.front().extent;
  const auto place = [](double low, double high, int index, int count) { return low + (high - low) * index / (count - 1); };
  for (int r = 0; r < volume.rows; ++r) {
    for (int c = 0; c < volume.columns; ++c) {
      const glm::dvec2 p(place(extent.low.x, extent.high.x, c, volume.columns), place(extent.low.y, extent.high.y, r, volume.rows));
      double top = 0;
      for (const auto& [footprint, height] : boxes) {
        if (city::contains(footprint, p)) top = std::max(top, height);
      }
      for (int l = 0; l < volume.layers; ++l) {
        const double z = place(extent.low.z, extent.high.z, l, volume.layers);
        const auto channels = static_cast<std::size_t>(field.volume_channels());
        const std::size_t cell =
            (static_cast<std::size_t>(r * volume.columns + c) * static_cast<std::size_t>(volume.layers) + static_cast<std::size_t>(l)) *
            channels;
        if (z <= top) volume.cells[cell] = 6;
      }
    }
  }
  return field;
}

TEST(ExtractObjects, BoxesOfASyntheticFieldComeBackWithFootprintAndHeightAndTheSameIds) {
  const std::vector<std::pair<Polygon, double>> boxes{{rectangle(15, 15, 35, 30), 8},
                                                      {turned(rectangle(60, 20, 90, 34), 20, {75, 27}), 15},
                                                      {rectangle(30, 60, 50, 80), 45},
                                                      {rectangle(70, 65, 105, 100), 11}};
  const Field field = field_of_boxes(boxes, 120);
  core::Progress silent;
  const auto found = extract_objects(field, {}, {}, {}, silent);
  ASSERT_TRUE(found.ok()) << found.error().message();
  ASSERT_EQ(found->catalogue.size(), boxes.size());
  for (const auto& [footprint, height] : boxes) {
    const city::Object* best = nullptr;
    double overlap = 0;
    for (const city::Object& object : found->catalogue.objects()) {
      const double iou = city::intersection_over_union(object.footprint, footprint);
      if (iou > overlap) {
        overlap = iou;
        best = &object;
      }
    }
    ASSERT_NE(best, nullptr);
    EXPECT_GT(overlap, 0.8) << height;  // cells of a metre
    EXPECT_NEAR(best->height, height, 0.8);
    EXPECT_TRUE(city::is_a(best->object_class, city::ObjectClass::kBuilding));
    EXPECT_TRUE(best->roof.has_value());
  }
  EXPECT_EQ(city::class_name(found->catalogue.objects()[2].object_class), "tower");
  const auto again = extract_objects(field, {}, {}, {}, silent);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(city::write_catalogue(found->catalogue), city::write_catalogue(again->catalogue));
}

TEST(ExtractObjects, AStopIsAnError) {
  const Field field = field_of_boxes({{rectangle(15, 15, 35, 30), 8}}, 60);
  core::StopToken stop;
  stop.request_stop();
  core::Progress stopped(stop);
  const auto found = extract_objects(field, {}, {}, {}, stopped);
  ASSERT_FALSE(found.ok());
  EXPECT_TRUE(found.error().stopped);
}

}  // namespace
}  // namespace skyline::nerf
