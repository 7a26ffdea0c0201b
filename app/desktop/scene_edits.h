// What a person changed in the scene that is shown: the document, what is drawn of it, and where its objects stand now.
//
//   SceneEdits edits(scene);
//   edits.document().apply(editor::Remove{{12}});
//   edits.refresh();                       // after any change; cheap when nothing changed
//   request.layers = edits.layers();
//
// An operation that is not done yet (a building follows the pointer) is shown by `preview`; the document does not know of it. One thread.
#pragma once

#include "city/catalogue.h"
#include "editor/document.h"
#include "editor/edit_compiler.h"
#include "editor/effect_compiler.h"
#include "editor/scene_ground.h"
#include "nerf/shared_scene.h"

#include <glm/vec2.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace skyline::app::desktop {

class SceneEdits {
 public:
  explicit SceneEdits(std::shared_ptr<nerf::SharedScene> scene);

  editor::Document& document() { return document_; }
  const editor::Document& document() const { return document_; }
  // Null: what is removed leaves a bare floor.
  void set_ground(std::shared_ptr<const editor::SceneGround> ground);
  bool has_ground() const { return ground_ != nullptr; }
  // Where mesh files are looked for that are not at their path any more: looks again for what is missing.
  void find_meshes_in(std::vector<std::filesystem::path> folders);

  // Shown as if it were done; nothing: the document alone. Errors: the document would refuse it; then what was shown stays.
  core::Status preview(const std::optional<editor::Operation>& pending);
  // The same for a state that a plan would lead to; nothing: the document alone.
  void show_planned(std::optional<editor::DocumentState> planned);
  // Brings layers, code and placed objects up to date.
  void refresh();

  // What the picture shows: the document's state, with the pending operation.
  const editor::DocumentState& state() const { return pending_ ? *pending_ : document_.state(); }
  const std::shared_ptr<const nerf::EditLayers>& layers() const { return layers_; }
  const std::shared_ptr<const nerf::Appearance>& appearance() const { return appearance_; }
  const std::shared_ptr<const editor::StyleStack>& styles() const { return styles_; }
  // The document's own while something else is shown.
  const std::shared_ptr<const nerf::EditLayers>& document_layers() const { return pending_ ? document_layers_ : layers_; }
  const std::vector<float>& document_code() const { return pending_ ? document_code_ : code_; }
  const std::shared_ptr<const nerf::Appearance>& document_appearance() const { return pending_ ? document_appearance_ : appearance_; }
  const std::shared_ptr<const editor::StyleStack>& document_styles() const { return pending_ ? document_styles_ : styles_; }
  // Appearance code that the document asks for; empty: the mean.
  const std::vector<float>& code() const { return code_; }

  // An object as it stands now, copies too: footprint, base, height, name and colours of the present state. Null: no such object, or
  // removed.
  const city::Object* find(std::int32_t id) const;
  // Objects whose place or shape is not that of the catalogue, and copies; hidden ones too.
  const std::map<std::int32_t, city::Object>& placed() const { return placed_; }
  // The catalogue's entry does not tell any more what is seen there: removed, hidden or standing elsewhere.
  bool displaced(std::int32_t id) const;
  bool hidden(std::int32_t id) const;
  // Objects that are not drawn because their mesh cannot be read, and why.
  const std::map<std::int32_t, std::string>& problems() const { return problems_; }
  // Changes that can be seen, without selections: 0 means the scene as it was photographed.
  std::size_t changed_objects() const { return state().objects.size(); }

 private:
  void place_objects();
  void find_problems();
  void find_code();
  void compile_effects();

  std::shared_ptr<nerf::SharedScene> scene_;
  editor::Document document_;
  editor::EditCompiler compiler_;
  std::shared_ptr<const editor::SceneGround> ground_;
  std::optional<editor::DocumentState> pending_;
  std::shared_ptr<const nerf::EditLayers> layers_, document_layers_;
  std::shared_ptr<const nerf::Appearance> appearance_, document_appearance_;
  std::shared_ptr<const editor::StyleStack> styles_, document_styles_;
  editor::DocumentState document_state_;    // that the document_ members were made of
  editor::DocumentState compiled_effects_;  // that both were made of
  std::vector<float> code_, document_code_;
  std::map<std::int32_t, city::Object> placed_;
  std::map<std::int32_t, std::string> problems_;
  std::map<std::int32_t, editor::ObjectState> compiled_objects_;  // that layers_ was made of
  std::uint64_t seen_version_ = 0;
  bool stale_ = false;
};

}  // namespace skyline::app::desktop
