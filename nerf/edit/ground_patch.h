// Believable ground for where a building stood: pieces of the open ground nearby that look like what surrounds it.
#pragma once

#include "core/result.h"
#include "nerf/edit/layers.h"
#include "nerf/objects/surface_map.h"

#include <glm/vec2.hpp>

#include <optional>
#include <span>
#include <vector>

namespace skyline::nerf {

class GroundColours;
class PatchMaker;
struct ScoreWindow;

// The open ground of a scene: made once, used for every removal. Const methods are thread-safe.
class OpenGround {
 public:
  // `ground` [rows, columns] heights from ground_heights.
  OpenGround(const SurfaceMap& map, std::vector<float> ground);

  // What is known to be no open ground: footprints, water. `margin` in world units around it.
  void close(const std::vector<glm::dvec2>& area, double margin);

  // Height of the ground, world z; at the rim's height outside of the map.
  double height(glm::dvec2 point) const;
  // True where nothing stands on the ground here and next to here, and photos looked.
  bool open(glm::dvec2 point) const;

  // Covers the footprint with pieces of open ground, greedily: first the one displacement that brings the most, nearest and most alike
  // ground under the footprint, then for what it leaves uncovered the next; small open places so are used several times. Alike: in colour
  // to the open ground around the footprint. What no piece covers continues the nearest covered ground. Empty where there is no open ground
  // within reach.
  std::optional<GroundPatch> patch(const std::vector<glm::dvec2>& footprint) const;

 private:
  std::size_t cell_of(glm::dvec2 point) const;
  std::size_t clamped(glm::ivec2 cell) const;
  bool is_open(glm::ivec2 cell) const;
  void smooth_level();
  GroundColours colours_around(const std::vector<glm::dvec2>& footprint) const;
  ScoreWindow window_around(const PatchMaker& maker, const GroundColours& colours, double reach, std::optional<double> from_others) const;
  GroundGrid grid_;
  std::vector<float> ground_;   // smoothed
  std::vector<float> surface_;  // as the field has it
  std::vector<float> level_;    // smoothed over flat neighbours
  std::vector<std::uint8_t> flat_;
  float growth_ = 0;
  std::vector<glm::vec3> colour_;
  std::vector<std::uint8_t> open_;
};

}  // namespace skyline::nerf
