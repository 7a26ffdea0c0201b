// Masses: closed solids made by raising an outline through levels, each an inset and a height. A wall, an eave, a hip, a parapet and a
// spire are all "the ring goes in by so much and up by so much"; a gable is a ring whose ends stay where they are.
#pragma once

#include "city/generate/mesh_builder.h"

namespace skyline::city::procedural {

// A polygon, or a ribbon: a spine with a half width, for wings that have a ridge.
struct Outline {
  Polygon polygon;        // counter-clockwise; empty for a ribbon
  Path spine;             // ribbon only; its right side is where the corners of the ring begin
  double half_width = 0;  // ribbon only
  bool gable_start = true, gable_end = true;

  bool is_ribbon() const { return !spine.empty(); }
  // The corners moved inwards by `inset` (outwards when negative): the same number at every inset, counter-clockwise.
  Polygon ring(double inset) const;
  Polygon footprint() const { return ring(0); }
  // Edges of the ring that are ends of a ribbon.
  bool is_end(std::size_t edge) const;
  bool is_gable(std::size_t edge) const;
};

Outline polygon_outline(Polygon polygon);
Outline ribbon_outline(Path spine, double half_width, bool gable_start = true, bool gable_end = true);
// True when insets up to `inset` keep the ring's edges in their directions and the ring simple.
bool can_inset(const Outline& outline, double inset);

enum class Face : std::uint8_t { kWall, kPlainWall, kTrim, kRoof };

struct Level {
  double inset = 0, z = 0;
  Face face = Face::kWall;  // of the faces between the level before and this one
};

// The material of a face; `edge` counts the ring's edges, `length` is the edge's.
using FaceMaterial = std::function<MaterialIndex(Face face, std::size_t edge, double length)>;

// Adds the closed solid. `foot` is the height from which wall uv counts; the first level is the bottom.
void add_mass(MeshBuilder& out, const Outline& outline, const std::vector<Level>& levels, double foot, const FaceMaterial& material);

// Roofs as levels above walls that end at `eaves`.
enum class RoofForm : std::uint8_t { kFlat, kFlatCornice, kGable, kHip, kMansard, kBarrel, kSpire, kSawTooth };
struct RoofShape {
  RoofForm form = RoofForm::kFlat;
  double pitch = 0.8;      // rise over run
  double overhang = 0.45;  // of eaves
  double reach = 0;        // inset of the ridge or tip; 0: half the width of a ribbon
};
std::vector<Level> levels_of(const Outline& outline, double bottom, double eaves, const RoofShape& roof);

}  // namespace skyline::city::procedural
