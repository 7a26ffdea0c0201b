// A scene that was read for the window: the field and what the program works out about the place once, in the job that opens it.
#pragma once

#include "app/desktop/projects.h"
#include "app/desktop/scene_edits.h"
#include "city/spatial_index.h"
#include "core/progress.h"
#include "core/result.h"
#include "editor/navigator.h"
#include "nerf/shared_scene.h"

#include <glm/vec2.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace skyline::app::desktop {

// Heights and objects by place. Const and safe from any thread; must not outlive its scene (the index refers to the catalogue).
class ScenePlace {
 public:
  explicit ScenePlace(const nerf::SharedScene& scene);
  // World z of the highest thing at a ground position; the ground's outside of the box.
  double surface(glm::dvec2 ground) const;
  const city::SpatialIndex& index() const { return index_; }
  const std::vector<city::Object>& objects() const { return objects_; }

 private:
  double ground_z_ = 0, cell_ = 1;
  glm::dvec2 low_{0.0};
  int columns_ = 0, rows_ = 0;
  std::vector<float> tops_;  // [rows, columns] world z
  const std::vector<city::Object>& objects_;
  city::SpatialIndex index_;
};

struct OpenedScene {
  std::shared_ptr<nerf::SharedScene> scene;
  std::shared_ptr<const ScenePlace> place;
  std::filesystem::path path;  // empty: not saved yet
  std::string content_hash;    // of the file; empty: there is none
  // Of a project that was opened: what was done in it.
  std::unique_ptr<SceneEdits> edits;
  std::optional<OpenProject> project;
};

// Errors: those of nerf::load_scene.
core::Result<OpenedScene> open_scene(const std::filesystem::path& path, core::Progress& progress);
// The scene of a project and what was done to it. Errors: those of open_project, of load_scene and of Project::load, a scene that is
// missing. `moved_scene`: where the scene is now, which is written into the project; empty: where the project says. It must be the same
// scene.
core::Result<OpenedScene> open_project_scene(const std::filesystem::path& path, const std::filesystem::path& unnamed_folder,
                                             const std::filesystem::path& moved_scene, core::Progress& progress);
// The project can be read and its scene is neither at its path nor beside it.
bool lost_its_scene(const std::filesystem::path& project_file);
OpenedScene place_scene(std::shared_ptr<nerf::SharedScene> scene, const std::filesystem::path& path);

// What the navigator needs to know of the place.
editor::Surroundings surroundings_of(const nerf::SharedScene& scene, std::shared_ptr<const ScenePlace> place);
// Where a person stands when the scene opens: its home view, else the first bookmark, else above it all.
editor::Pose home_pose(const nerf::SceneInfo& info, const nerf::Field& field);

}  // namespace skyline::app::desktop
