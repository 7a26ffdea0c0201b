// A field seen from straight above: heights at several quantiles of the light that comes down, colour, and the open ground below.
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "nerf/model/field.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <span>
#include <vector>

namespace skyline::nerf {

// A number for each cell of a grid over the ground, [rows, columns], row 0 in the south.
struct GroundGrid {
  glm::dvec2 low{0.0};
  double cell = 1;
  int columns = 0, rows = 0;
  std::size_t size() const { return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows); }
  std::size_t at(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column);
  }
  glm::dvec2 centre(int column, int row) const { return low + cell * glm::dvec2(column + 0.5, row + 0.5); }
};

struct SurfaceMap {
  GroundGrid grid;
  std::vector<float> top;           // a tenth of the light from above is used up here and higher: crowns and edges are seen early
  std::vector<float> middle;        // half of it: the surface
  std::vector<float> bottom;        // nine tenths
  std::vector<std::uint8_t> known;  // 0: nothing is there, or too few photos looked there to say what
  std::vector<glm::vec3> colour;    // from above, display-encoded
};

struct MapSettings {
  double cell = 0.5;                // world units
  int least_photos = 6;             // that must have looked at a cell; with fewer photos in all, half of them
  double least_elevation_deg = 25;  // of a photo's camera as seen from the cell: flatter looks leave streaks
};

// Looks down over the whole box, one ray a cell. `code` is the appearance code, `cameras` are those of the training photos (none: every
// cell counts as seen). Errors: stopped.
core::Result<SurfaceMap> map_surface(const Field& field, const MapSettings& settings, std::span<const float> code,
                                     std::span<const Camera> cameras, core::Progress& progress);

struct GroundSettings {
  double slope = 0.15;         // rise of the ground that is still ground
  double largest_object = 70;  // world units: shorter side of the widest building
  double widest_pit = 1.5;     // world units: narrower holes below the ground, and bumps on it, are none
  double tolerance = 0.6;      // world units that ground cells may differ from the interpolated ground
};

// Heights of the open ground, also below what stands on it. Simple morphological filter (Pingel, Clarke, McBride 2013, "An improved simple
// morphological filter for the terrain classification of airborne LIDAR data"): openings of the lowest surface with growing windows mark
// what stands out by more than slope * window; the rest is interpolated across the holes (pull-push pyramid instead of springs).
std::vector<float> ground_heights(const SurfaceMap& map, const GroundSettings& settings);

}  // namespace skyline::nerf
