// Objects from a trained field alone: buildings (and groups of trees, and bridges) as footprints with heights, colours and a guessed class.
//
//   core::Result<Extraction> found = extract_objects(scene.field, {}, scene.info.mean_code, scene.info.cameras, progress);
//   save_catalogue(found->catalogue, "objects.json");
//
// The field is looked at from above (surface_map.h), the ground is filtered out, what stands out is cut into regions (regions.h), regions
// become polygons (outline.h). World units are taken for metres. The same field gives the same objects with the same ids.
#pragma once

#include "city/catalogue.h"
#include "core/parameters.h"
#include "core/progress.h"
#include "core/result.h"
#include "nerf/model/field.h"
#include "nerf/objects/regions.h"
#include "nerf/objects/surface_map.h"

#include <span>
#include <string>
#include <vector>

namespace skyline::nerf {

struct ExtractSettings {
  MapSettings map{.cell = 0};    // cell 0: half the finest texel, at least 0.25
  double lowest_building = 2.5;  // metres from the ground to the roof
  bool vegetation = true;        // groups of trees are objects too
  GroundSettings ground;
  RegionSettings regions;
};
void register_parameters(core::ParameterSet& set, ExtractSettings& settings);

struct Extraction {
  city::Catalogue catalogue;
  SurfaceMap map;
  std::vector<float> ground;  // heights of the ground, [cells of the map]
};

// Errors: stopped.
core::Result<Extraction> extract_objects(const Field& field, const ExtractSettings& settings, std::span<const float> code,
                                         std::span<const Camera> cameras, core::Progress& progress);

// What a shape is likely to be, and how sure that is (0..1): towers are tall and slender, houses small and low, warehouses wide and low.
struct ClassGuess {
  city::ObjectClass object_class = city::ObjectClass::kBuilding;
  double certainty = 0;
};
ClassGuess guess_class(const city::Polygon& footprint, double height);

}  // namespace skyline::nerf
