#include "app/desktop/scene_edits.h"

#include "editor/mesh_light.h"
#include "editor/region_growing.h"

#include <algorithm>
#include <utility>

namespace skyline::app::desktop {
namespace {

// The scene's own catalogue, kept alive by the scene.
std::shared_ptr<const city::Catalogue> catalogue_of(const std::shared_ptr<nerf::SharedScene>& scene) {
  return {scene, &scene->info.objects};
}

editor::SceneFacts facts_of(const std::shared_ptr<nerf::SharedScene>& scene) {
  const int size = scene->field->code_size();
  return {catalogue_of(scene), size > 0 ? static_cast<int>(scene->field->codes.size()) / size : 0};
}

// The code of a photo; of none, the mean.
std::vector<float> code_of(const nerf::SharedScene& scene, int photo) {
  if (photo < 0) return scene.info.mean_code;
  const auto size = static_cast<std::size_t>(scene.field->code_size());
  const float* const first = scene.field->codes.data() + static_cast<std::size_t>(photo) * size;
  return {first, first + size};
}

city::Object object_in(std::int32_t id, const editor::ObjectState& state, const city::Object& source) {
  city::Object object = source;
  const nerf::Placement placement = editor::placement_of(state, source);
  for (glm::dvec2& corner : object.footprint) corner = glm::dvec2(placement.to_target({corner, source.base}));
  for (glm::dvec2& point : object.path) point = glm::dvec2(placement.to_target({point, source.base}));
  object.id = id;
  object.base += state.offset.z;
  object.height *= state.scale.z;
  if (state.wall) object.wall = state.wall;
  if (state.roof) object.roof = state.roof;
  if (state.name) object.name = object.name_zh = *state.name;
  return object;
}

// Meshes were compiled for another light.
bool in_other_light(const nerf::EditLayers* layers, const editor::DocumentState& state) {
  if (layers == nullptr || layers->meshes.empty()) return false;
  const nerf::MeshLight now = editor::mesh_light(state.effects), &then = layers->light;
  return now.to_sun != then.to_sun || now.sun != then.sun || now.sky != then.sky || now.ground != then.ground;
}

}  // namespace

SceneEdits::SceneEdits(std::shared_ptr<nerf::SharedScene> scene)
    : scene_(std::move(scene)), document_(facts_of(scene_)), compiler_(catalogue_of(scene_)), stale_(true) {}

void SceneEdits::set_ground(std::shared_ptr<const editor::SceneGround> ground) {
  ground_ = std::move(ground);
  compiler_.set_ground(ground_);
  document_.set_ground(ground_ ? [known = ground_](glm::dvec2 place) { return known->open_ground().height(place); }
                               : std::function<double(glm::dvec2)>());
  document_.set_standing_at({});
  if (ground_) document_.set_standing_at([known = ground_](glm::dvec2 place) { return editor::grow_region(*known, place); });
  if (pending_) document_layers_ = compiler_.compile(document_.state());
  compiled_objects_.clear();
  stale_ = true;
}

core::Status SceneEdits::preview(const std::optional<editor::Operation>& pending) {
  if (!pending) {
    stale_ = stale_ || pending_.has_value();
    pending_.reset();
    return {};
  }
  if (auto fits = editor::check(document_.state(), *pending, document_.scene()); !fits) return fits;
  editor::DocumentState state = document_.state();
  editor::apply(state, *pending, document_.scene());
  pending_ = std::move(state);
  stale_ = true;
  return {};
}

void SceneEdits::show_planned(std::optional<editor::DocumentState> planned) {
  if (!pending_) {
    refresh();
    document_layers_ = layers_;
    document_code_ = code_;
    document_appearance_ = appearance_;
    document_styles_ = styles_;
    document_state_ = document_.state();
  } else if (!planned) {
    // What was drawn before is the very same again, so that its picture is, too.
    layers_ = document_layers_;
    code_ = document_code_;
    appearance_ = document_appearance_;
    styles_ = document_styles_;
    compiled_objects_ = document_state_.objects;
    compiled_effects_ = document_state_;
  }
  pending_ = std::move(planned);
  stale_ = true;
  if (!pending_) place_objects();
}

void SceneEdits::refresh() {
  if (!stale_ && seen_version_ == document_.version()) return;
  stale_ = false;
  seen_version_ = document_.version();
  // Selecting changes the state and nothing that is drawn of it.
  const bool none_yet = layers_ == nullptr && !state().objects.empty();
  if (state().objects != compiled_objects_ || none_yet || in_other_light(layers_.get(), state())) {
    compiled_objects_ = state().objects;
    layers_ = compiler_.compile(state());
    place_objects();
    find_problems();
  }
  find_code();
  compile_effects();
}

void SceneEdits::place_objects() {
  placed_.clear();
  for (const auto& [id, object] : state().objects) {
    if (object.removed) continue;
    placed_.emplace(id, object_in(id, object, editor::source_of(object, document_.scene())));
  }
}

void SceneEdits::compile_effects() {
  if (editor::same_effects(state(), compiled_effects_)) return;
  compiled_effects_ = state();
  appearance_ = editor::compile_appearance(state(), document_.scene(), scene_->field->ground_z);
  styles_ = editor::compile_styles(state(), document_.scene());
}

void SceneEdits::find_problems() {
  problems_.clear();
  for (const auto& [id, object] : state().objects) {
    if (object.removed || !object.own || !object.own->is_mesh()) continue;
    if (std::string problem = compiler_.meshes().problem(*object.own); !problem.empty()) problems_.emplace(id, std::move(problem));
  }
}

void SceneEdits::find_meshes_in(std::vector<std::filesystem::path> folders) {
  compiler_.meshes().set_folders(std::move(folders));
  compiled_objects_.clear();
  layers_.reset();
  stale_ = true;
}

void SceneEdits::find_code() {
  code_.clear();
  if (!state().look) return;
  const editor::Look& look = *state().look;
  code_ = code_of(*scene_, look.photo);
  const std::vector<float> other = code_of(*scene_, look.other);
  const auto blend = static_cast<float>(look.blend);
  for (std::size_t i = 0; i < std::min(code_.size(), other.size()); ++i) code_[i] += blend * (other[i] - code_[i]);
}

const city::Object* SceneEdits::find(std::int32_t id) const {
  if (const auto placed = placed_.find(id); placed != placed_.end()) return &placed->second;
  const auto changed = state().objects.find(id);
  if (changed != state().objects.end() && changed->second.removed) return nullptr;
  return scene_->info.objects.find(id);
}

bool SceneEdits::displaced(std::int32_t id) const {
  const auto changed = state().objects.find(id);
  return changed != state().objects.end() && (changed->second.gone() || changed->second.moved() || changed->second.source != id);
}

bool SceneEdits::hidden(std::int32_t id) const {
  const auto changed = state().objects.find(id);
  return changed != state().objects.end() && changed->second.hidden;
}

}  // namespace skyline::app::desktop
