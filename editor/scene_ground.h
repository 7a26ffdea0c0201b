// The ground of a scene, made once: a map from above, heights of the open ground, and what removals are covered with.
//
// Making it takes seconds: a person edits meanwhile without ground patches. Const methods are thread-safe.
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "editor/ground_cache.h"
#include "nerf/edit/ground_patch.h"
#include "nerf/model/field.h"
#include "nerf/objects/surface_map.h"
#include "nerf/store/sky_file.h"

#include <glm/vec3.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace skyline::editor {

class SceneGround {
 public:
  // `cache` is a file that keeps what was found out about this scene, or will; empty: none. One that is broken or cannot be written is
  // ignored. Errors: stopped.
  static core::Result<std::shared_ptr<const SceneGround>> make(const nerf::Field& field, const nerf::SceneInfo& info,
                                                               core::Progress& progress, const std::filesystem::path& cache = {});

  // The file of a scene of this content in a cache folder; empty when one of them is.
  static std::filesystem::path cache_file(const std::filesystem::path& folder, const std::string& content_hash);

  const nerf::OpenGround& open_ground() const { return open_; }
  // Seen from above.
  const nerf::SurfaceMap& map() const { return map_; }
  // Mean colour, seen from above, of what stands higher than half of `height` over the footprint's ground; `otherwise` where
  // nothing does.
  glm::vec3 roof_colour(const std::vector<glm::dvec2>& footprint, double base, double height, const glm::vec3& otherwise) const;
  // Mean colour of the walls of an object of the catalogue as they look in the field; `otherwise` where none was seen.
  glm::vec3 wall_colour(std::int32_t id, const glm::vec3& otherwise) const;

 private:
  explicit SceneGround(GroundMaps maps);
  void close_what_is_known(const city::Catalogue& catalogue);
  std::map<std::int32_t, glm::vec3> walls_;
  nerf::SurfaceMap map_;
  nerf::OpenGround open_;
};

}  // namespace skyline::editor
