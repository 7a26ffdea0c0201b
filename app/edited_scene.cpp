#include "app/edited_scene.h"

#include "core/folders.h"
#include "core/log.h"
#include "editor/edit_compiler.h"
#include "editor/effect_compiler.h"
#include "editor/project.h"
#include "editor/region_growing.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace skyline::app {
namespace {

namespace fs = std::filesystem;

// The code of a photo; of none, the mean.
std::vector<float> code_of(const nerf::Scene& scene, int photo) {
  if (photo < 0) return scene.info.mean_code;
  const auto size = static_cast<std::size_t>(scene.field.code_size());
  const float* const first = scene.field.codes.data() + static_cast<std::size_t>(photo) * size;
  return {first, first + size};
}

std::vector<float> blended_code(const nerf::Scene& scene, const editor::Look& look) {
  std::vector<float> code = code_of(scene, look.photo);
  const std::vector<float> other = code_of(scene, look.other);
  const auto blend = static_cast<float>(look.blend);
  for (std::size_t i = 0; i < std::min(code.size(), other.size()); ++i) code[i] += blend * (other[i] - code[i]);
  return code;
}

core::Status compile_edits(const editor::Document& document, const std::string& content_hash, const std::vector<fs::path>& mesh_folders,
                           EditedScene& edited, core::Progress& progress) {
  const editor::DocumentState& state = document.state();
  if (state.look) edited.code = blended_code(edited.scene, *state.look);
  edited.grader = editor::Grader(state.grading);
  edited.appearance = editor::compile_appearance(state, document.scene(), edited.scene.field.ground_z);
  edited.styles = editor::compile_styles(state, document.scene());
  if (state.objects.empty()) return {};
  const auto ground = editor::SceneGround::make(edited.scene.field, edited.scene.info, progress,
                                                editor::SceneGround::cache_file(core::cache_folder(), content_hash));
  if (!ground) return ground.error();
  editor::EditCompiler compiler(document.scene().catalogue);
  compiler.set_ground(*ground);
  compiler.meshes().set_folders(mesh_folders);
  edited.layers = compiler.compile(state);
  for (const auto& [id, object] : state.objects) {
    const std::string problem = object.own ? compiler.meshes().problem(*object.own) : std::string();
    if (!problem.empty()) core::log_warning(fmt::format("object {} is not shown: {}", id, problem));
  }
  return {};
}

}  // namespace

bool is_project(const fs::path& path) { return path.extension() == ".skyproj"; }

editor::SceneFacts facts_of(const nerf::Scene& scene) {
  const int size = scene.field.code_size();
  return {std::make_shared<const city::Catalogue>(scene.info.objects), size > 0 ? static_cast<int>(scene.field.codes.size()) / size : 0};
}

void set_lazy_ground(editor::SceneFacts& facts, const nerf::Scene& scene, std::string content_hash) {
  using Ground = std::shared_ptr<const editor::SceneGround>;
  const auto ground = [&scene, hash = std::move(content_hash), made = std::make_shared<Ground>()]() -> const Ground& {
    if (*made == nullptr) {
      core::Progress progress;
      const auto cache = editor::SceneGround::cache_file(core::cache_folder(), hash);
      if (auto found = editor::SceneGround::make(scene.field, scene.info, progress, cache)) *made = *found;
    }
    return *made;
  };
  facts.ground = [ground](glm::dvec2 place) { return ground() ? ground()->open_ground().height(place) : 0.0; };
  facts.standing_at = [ground](glm::dvec2 place) -> core::Result<editor::OwnSource> {
    if (!ground()) return core::Error{"the ground of the scene is not known", "", ""};
    return editor::grow_region(*ground(), place);
  };
}

core::Result<std::string> content_hash_of(const fs::path& scene) {
  const auto reader = nerf::SkyReader::open(scene);
  if (!reader) return reader.error();
  return reader->content_hash();
}

core::Result<EditedScene> load_edited_scene(const fs::path& path, const fs::path& moved_scene, core::Progress& progress) {
  EditedScene edited;
  if (!is_project(path)) {
    auto scene = nerf::load_scene(path);
    if (!scene) return scene.error();
    edited.scene = std::move(*scene);
    return edited;
  }
  auto project = editor::Project::open(path, editor::Project::Access::kRead);
  if (!project) return project.error();
  const auto place = moved_scene.empty() ? project->find_scene() : core::Result<fs::path>(moved_scene);
  if (!place) return place.error();
  const auto hash = content_hash_of(*place);
  if (!hash) return hash.error();
  if (*hash != project->scene().content_hash) {
    core::log_warning(fmt::format("{} is not the scene that {} was made for, as far as its content tells", place->string(), path.string()));
  }
  auto scene = nerf::load_scene(*place);
  if (!scene) return scene.error();
  edited.scene = std::move(*scene);
  editor::Document document(facts_of(edited.scene));
  if (auto loaded = project->load(document); !loaded) return loaded.error();
  edited.state = document.state();
  if (auto compiled = compile_edits(document, *hash, {path.parent_path(), place->parent_path()}, edited, progress); !compiled)
    return compiled.error();
  return edited;
}

}  // namespace skyline::app
