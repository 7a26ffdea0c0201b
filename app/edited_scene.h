// A scene with what a project says about it, ready to be drawn.
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "editor/document.h"
#include "editor/grading.h"
#include "editor/picture_style.h"
#include "nerf/edit/layers.h"
#include "nerf/store/sky_file.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace skyline::app {

struct EditedScene {
  nerf::Scene scene;
  std::shared_ptr<const nerf::EditLayers> layers;      // null: nothing is changed
  std::shared_ptr<const nerf::Appearance> appearance;  // null: light, season and weather are as photographed
  std::shared_ptr<const editor::StyleStack> styles;    // null: nothing repaints the picture
  std::vector<float> code;                             // appearance code; empty: by the settings
  editor::Grader grader{editor::Grading{}};
  editor::DocumentState state;  // what the project says
};

// `path` is a scene, or a project, whose scene is looked for where it says or, if given, at `moved_scene`. A scene that is not the one that
// the project was made for is a warning as long as the edits fit it. Errors: those of scenes and projects.
core::Result<EditedScene> load_edited_scene(const std::filesystem::path& path, const std::filesystem::path& moved_scene,
                                            core::Progress& progress);

bool is_project(const std::filesystem::path& path);
editor::SceneFacts facts_of(const nerf::Scene& scene);
// What the facts tell of a scene's ground is worked out (or read from the cache) when it is first asked for. `scene` must outlive them.
void set_lazy_ground(editor::SceneFacts& facts, const nerf::Scene& scene, std::string content_hash);
// Errors: those of nerf::SkyReader.
core::Result<std::string> content_hash_of(const std::filesystem::path& scene);

}  // namespace skyline::app
