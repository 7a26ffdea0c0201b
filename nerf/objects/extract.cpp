#include "nerf/objects/extract.h"

#include "city/overlay.h"
#include "city/polygon.h"
#include "nerf/objects/outline.h"
#include "nerf/objects/ray_probe.h"

#include <fmt/format.h>
#include <glm/geometric.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace skyline::nerf {
namespace {

using city::ObjectClass;
using city::Polygon;

float percentile(std::vector<float> values, double share) {
  if (values.empty()) return 0;
  const auto index = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + index, values.end());
  return values[static_cast<std::size_t>(index)];
}

glm::u8vec3 to_bytes(const glm::vec3& colour) {
  const auto byte = [](float v) { return static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.0F, 1.0F) * 255)); };
  return {byte(colour.r), byte(colour.g), byte(colour.b)};
}

glm::vec3 median_colour(const std::vector<glm::vec3>& colours) {
  glm::vec3 median(0.0F);
  for (int c = 0; c < 3; ++c) {
    std::vector<float> values;
    values.reserve(colours.size());
    for (const glm::vec3& colour : colours) values.push_back(colour[c]);
    median[c] = percentile(std::move(values), 0.5);
  }
  return median;
}

// One region's cells and what is read off them.
class ObjectMaker {
 public:
  ObjectMaker(const Field& field, const ExtractSettings& settings, std::span<const float> code, const Extraction& extraction,
              const Regions& regions)
      : field_(field), settings_(settings), code_(code), map_(extraction.map), ground_(extraction.ground), regions_(regions) {}

  // An object without an id; false where the region is none.
  bool make(std::int32_t region, const std::vector<std::size_t>& cells, city::Object& object) {
    const RegionKind kind = regions_.list[static_cast<std::size_t>(region - 1)].kind;
    frame(cells);
    fill(region, kind);
    Polygon outline = trace_outline(window_, inside_);
    if (outline.size() < 3) return false;
    object.footprint = shape(std::move(outline), kind);
    if (object.footprint.size() < 3 || city::area(object.footprint) < settings_.regions.smallest_area) return false;
    return measure(region, cells, kind, object);
  }

 private:
  // The part of the map around the region.
  void frame(const std::vector<std::size_t>& cells) {
    const GroundGrid& grid = map_.grid;
    const auto columns = static_cast<std::size_t>(grid.columns);
    int low_c = grid.columns, high_c = 0, low_r = grid.rows, high_r = 0;
    for (const std::size_t i : cells) {
      const int c = static_cast<int>(i % columns), r = static_cast<int>(i / columns);
      low_c = std::min(low_c, c);
      high_c = std::max(high_c, c);
      low_r = std::min(low_r, r);
      high_r = std::max(high_r, r);
    }
    constexpr int kMargin = 3;
    first_column_ = std::max(0, low_c - kMargin);
    first_row_ = std::max(0, low_r - kMargin);
    window_ = {.low = grid.low + grid.cell * glm::dvec2(first_column_, first_row_), .cell = grid.cell, .columns = 0, .rows = 0};
    window_.columns = std::min(grid.columns - 1, high_c + kMargin) - first_column_ + 1;
    window_.rows = std::min(grid.rows - 1, high_r + kMargin) - first_row_ + 1;
  }

  std::size_t map_index(int column, int row) const { return map_.grid.at(first_column_ + column, first_row_ + row); }

  // Share of each cell that belongs to the region: at a wall the blurred surface falls from the roof to the ground, and the wall stands
  // where it is half-way down. Of a crown, all cells count.
  void fill(std::int32_t region, RegionKind kind) {
    inside_.assign(window_.size(), 0.0F);
    const int reach = std::max(2, static_cast<int>(std::lround(2.0 / window_.cell)));
    for (int row = 0; row < window_.rows; ++row) {
      for (int column = 0; column < window_.columns; ++column) {
        const std::size_t i = map_index(column, row);
        const std::int32_t label = regions_.label[i];
        if (label != region && (label != 0 || kind != RegionKind::kBuilding)) continue;
        if (kind != RegionKind::kBuilding) {
          inside_[window_.at(column, row)] = 1;
          continue;
        }
        float roof = 0;
        bool near = label == region;
        for (int r = std::max(0, row - reach); r <= std::min(window_.rows - 1, row + reach); ++r) {
          for (int c = std::max(0, column - reach); c <= std::min(window_.columns - 1, column + reach); ++c) {
            const std::size_t k = map_index(c, r);
            if (regions_.label[k] != region) continue;
            roof = std::max(roof, map_.middle[k] - ground_[k]);
            near = near || (std::abs(c - column) <= 1 && std::abs(r - row) <= 1);
          }
        }
        if (!near || roof <= 0) continue;
        const float share = (map_.middle[i] - ground_[i]) / roof;
        inside_[window_.at(column, row)] = std::clamp(share, 0.0F, 1.0F);
      }
    }
    smooth();
  }

  // Mean of 3 x 3 with weights 1 2 1: takes the steps of the cells out of the border.
  void smooth() {
    std::vector<float> out(inside_.size());
    for (int row = 0; row < window_.rows; ++row) {
      for (int column = 0; column < window_.columns; ++column) {
        float sum = 0;
        for (int dy = -1; dy <= 1; ++dy) {
          for (int dx = -1; dx <= 1; ++dx) {
            const int c = column + dx, r = row + dy;
            if (c < 0 || r < 0 || c >= window_.columns || r >= window_.rows) continue;
            sum += inside_[window_.at(c, r)] * static_cast<float>((2 - std::abs(dx)) * (2 - std::abs(dy)));
          }
        }
        out[window_.at(column, row)] = sum / 16;
      }
    }
    inside_ = std::move(out);
  }

  // The traced outline simplified; for buildings with edges along the main directions as long as that covers the same ground.
  Polygon shape(Polygon outline, RegionKind kind) const {
    const double tolerance = std::max(0.9, 1.5 * window_.cell);
    Polygon simple = simplify_outline(outline, kind == RegionKind::kVegetation ? 2 * tolerance : tolerance);
    // Simplifying may make edges cross; the traced outline itself never does.
    if (!city::is_simple(simple)) simple = std::move(outline);
    if (kind == RegionKind::kVegetation) return simple;
    const Polygon aligned = align_outline(simple, main_direction_deg(simple), 1.3 * tolerance);
    if (aligned.size() < 3 || !city::is_simple(aligned)) return simple;
    const double overlap = city::intersection_over_union(aligned, simple);
    return overlap > 0.85 ? aligned : simple;
  }

  bool measure(std::int32_t region, const std::vector<std::size_t>& cells, RegionKind kind, city::Object& object) const {
    std::vector<float> heights, feet;
    std::vector<glm::vec3> roof;
    for (const std::size_t i : cells) {
      heights.push_back(map_.middle[i]);
      feet.push_back(ground_[i]);
      roof.push_back(map_.colour[i]);
    }
    object.base = static_cast<double>(percentile(feet, 0.3));
    object.height = static_cast<double>(percentile(heights, kind == RegionKind::kVegetation ? 0.9 : 0.97)) - object.base;
    if (object.height < settings_.lowest_building) return false;
    const Region& found = regions_.list[static_cast<std::size_t>(region - 1)];
    double class_certainty = found.certainty;
    if (kind == RegionKind::kVegetation) {
      object.object_class = city::area(object.footprint) < 120 ? ObjectClass::kTree : ObjectClass::kForest;
    } else if (kind == RegionKind::kBridge) {
      as_line(object);
    } else {
      const ClassGuess guess = guess_class(object.footprint, object.height);
      object.object_class = guess.object_class;
      class_certainty = guess.certainty;
      object.wall = wall_colour(object);
    }
    object.roof = to_bytes(median_colour(roof));
    object.tags = {"extracted"};
    object.further =
        nlohmann::json{{"certainty", std::round(found.certainty * 100) / 100}, {"class_certainty", std::round(class_certainty * 100) / 100}}
            .dump();
    round_to_centimetres(object);
    return true;
  }

  // A bridge is the middle line of its deck.
  static void as_line(city::Object& object) {
    const city::OrientedRectangle deck = city::minimum_rectangle(object.footprint);
    object.object_class = ObjectClass::kBridge;
    object.path = {deck.centre - deck.long_axis * deck.half_length, deck.centre + deck.long_axis * deck.half_length};
    object.width = 2 * deck.half_width;
    object.footprint.clear();
  }

  // Median of what level rays see of the walls, from two metres outside at half height.
  std::optional<glm::u8vec3> wall_colour(const city::Object& object) const {
    constexpr double kBefore = 2, kEvery = 3;
    std::vector<Ray> rays;
    const auto z = static_cast<float>(object.base + 0.5 * object.height);
    for (std::size_t i = 0; i < object.footprint.size(); ++i) {
      const glm::dvec2 a = object.footprint[i], b = object.footprint[(i + 1) % object.footprint.size()];
      const double length = glm::length(b - a);
      if (length < kEvery) continue;
      const glm::dvec2 along = (b - a) / length, outside(along.y, -along.x);
      const int count = static_cast<int>(length / kEvery);
      for (int k = 0; k < count; ++k) {
        const glm::dvec2 from = a + along * (length * (k + 0.5) / count) + outside * kBefore;
        rays.push_back({glm::vec3(glm::vec2(from), z), glm::vec3(glm::vec2(-outside), 0)});
      }
    }
    if (rays.empty()) return std::nullopt;
    std::vector<ProbeHit> hits(rays.size());
    core::Progress silent;
    if (!probe_rays(field_, {.step = map_.grid.cell, .code = code_}, rays, hits, silent)) return std::nullopt;
    std::vector<glm::vec3> seen;
    for (const ProbeHit& hit : hits) {
      if (hit.opacity > 0.5F && hit.half < 2 * kBefore) seen.push_back(hit.colour);
    }
    if (seen.empty()) return std::nullopt;
    return to_bytes(median_colour(seen));
  }

  static void round_to_centimetres(city::Object& object) {
    const auto round = [](double v) { return std::round(v * 100) / 100; };
    for (glm::dvec2& p : object.footprint) p = {round(p.x), round(p.y)};
    for (glm::dvec2& p : object.path) p = {round(p.x), round(p.y)};
    object.width = round(object.width);
    object.base = round(object.base);
    object.height = round(object.height);
  }

  const Field& field_;
  const ExtractSettings& settings_;
  std::span<const float> code_;
  const SurfaceMap& map_;
  const std::vector<float>& ground_;
  const Regions& regions_;
  GroundGrid window_;
  int first_column_ = 0, first_row_ = 0;
  std::vector<float> inside_;
};

}  // namespace

void register_parameters(core::ParameterSet& set, ExtractSettings& s) {
  set.add("least-photos", s.map.least_photos, {.help = "that must have looked at a place from above", .low = 0, .high = 1000});
  set.add("cell", s.map.cell, {.help = "side of the map's cells; 0: half the finest texel", .unit = "m", .low = 0, .high = 100});
  set.add("lowest-building", s.lowest_building, {.help = "what is lower is no object", .unit = "m", .low = 0.5, .high = 1000});
  set.add("vegetation", s.vegetation, {.help = "groups of trees are objects too"});
  set.add("ground-slope", s.ground.slope, {.help = "rise of the ground that is still ground", .low = 0, .high = 10});
  set.add("widest-pit", s.ground.widest_pit, {.help = "narrower holes below the ground are none", .unit = "m", .low = 0, .high = 100});
  set.add("largest-object", s.ground.largest_object, {.help = "shorter side of the widest building", .unit = "m", .low = 1, .high = 1000});
  set.add("height-step", s.regions.step, {.help = "difference of height that parts two buildings", .unit = "m", .low = 0.1, .high = 100});
  set.add("smallest-area", s.regions.smallest_area, {.help = "of an object", .unit = "m2", .low = 0, .high = 1e6});
}

ClassGuess guess_class(const Polygon& footprint, double height) {
  const double area = city::area(footprint);
  const city::OrientedRectangle box = city::minimum_rectangle(footprint);
  const double length = 2 * box.half_length, width = std::max(0.1, 2 * box.half_width), slender = height / std::sqrt(std::max(area, 1.0));
  // How far a number lies beyond a bound, as a share of it: 0.5 at the bound, towards 1 far beyond.
  const auto beyond = [](double value, double bound) { return 1 / (1 + std::exp(-6 * (value - bound) / bound)); };
  if (height >= 100) return {ObjectClass::kSkyscraper, beyond(height, 100)};
  if (height >= 32 && slender >= 1.1) return {ObjectClass::kTower, std::min(beyond(height, 32), beyond(slender, 1.1))};
  if (height < 12 && area < 260) return {ObjectClass::kHouse, std::min(beyond(12, std::max(height, 1.0)), beyond(260, area))};
  if (height < 14 && area > 900 && length / width < 4) {
    return {ObjectClass::kWarehouse, std::min(beyond(area, 900), beyond(14, std::max(height, 1.0)))};
  }
  if (height >= 12 && height < 45) return {ObjectClass::kApartment, 0.5};
  return {ObjectClass::kBuilding, 1};
}

core::Result<Extraction> extract_objects(const Field& field, const ExtractSettings& settings, std::span<const float> code,
                                         std::span<const Camera> cameras, core::Progress& progress) {
  Extraction extraction;
  MapSettings map_settings = settings.map;
  if (map_settings.cell <= 0) map_settings.cell = std::max(0.25, 0.5 * field.finest_texel);
  core::Result<SurfaceMap> map = map_surface(field, map_settings, code, cameras, progress);
  if (!map) return map.error();
  extraction.map = std::move(*map);
  extraction.ground = ground_heights(extraction.map, settings.ground);
  const Regions regions = find_regions(extraction.map, extraction.ground, settings.regions);

  std::vector<std::vector<std::size_t>> cells(regions.list.size());
  for (std::size_t i = 0; i < regions.label.size(); ++i) {
    if (regions.label[i] > 0) cells[static_cast<std::size_t>(regions.label[i] - 1)].push_back(i);
  }
  ObjectMaker maker(field, settings, code, extraction, regions);
  std::int32_t id = 1;
  for (std::size_t k = 0; k < cells.size(); ++k) {
    if (progress.stop_requested()) return core::Error{"the extraction was stopped", "", "", true};
    progress.report(
        {.stage = "outlining objects", .done = static_cast<double>(k), .total = static_cast<double>(cells.size()), .unit = "regions"});
    if (!settings.vegetation && regions.list[k].kind == RegionKind::kVegetation) continue;
    city::Object object;
    if (!maker.make(static_cast<std::int32_t>(k + 1), cells[k], object)) continue;
    object.id = id;
    // An outline that the catalogue does not take (a hair-thin region) is no object.
    if (extraction.catalogue.add(std::move(object))) ++id;
  }
  return extraction;
}

}  // namespace skyline::nerf
