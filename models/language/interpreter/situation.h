// What an interpreter knows beside the sentence: the city as it stands after the edits so far, the camera, the selection, the pointer and
// what was said before.
//
//   Situation situation{.scene = std::make_shared<SceneView>(catalogue)};
//   Plan plan = interpreter.interpret("remove the tallest tower", situation);
//   situation.take(plan);   // as if it had been applied: for batches; the window makes a new SceneView from its document instead
//
// A SceneView is constant and may be shared by threads.
#pragma once

#include "city/catalogue.h"
#include "city/spatial_index.h"
#include "editor/document_state.h"
#include "models/language/interpreter/plan.h"
#include "models/language/interpreter/reading.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace skyline::models {

struct Viewpoint {
  glm::dvec3 position{0.0};
  double yaw_deg = 0;    // 0 looks north, positive to the left
  double pitch_deg = 0;  // -90 straight down
};

// What is asked of objects again and again, worked out once.
struct Measured {
  glm::dvec2 centroid{0.0};
  city::Rectangle box;
  double area = 0, length = 0, width = 0;  // as Measure says
  int wall = -1, roof = -1;                // place of the nearest colour in `palette()`; -1: the object has no such colour
};

// The objects where and as they stand now; removed ones are not among them. Copies are cheap: they share what is constant.
class SceneView {
 public:
  explicit SceneView(city::Catalogue catalogue, std::set<std::int32_t> hidden = {}, std::set<std::int32_t> edited = {},
                     std::set<std::int32_t> inserted = {});
  const city::Catalogue& catalogue() const { return *catalogue_; }
  const city::SpatialIndex& index() const { return *index_; }
  // In the order of catalogue().objects().
  const std::vector<Measured>& measured() const { return *measured_; }
  // Of an object of `catalogue()`.
  std::uint32_t place_of(const city::Object& object) const { return static_cast<std::uint32_t>(&object - catalogue_->objects().data()); }
  bool hidden(std::int32_t id) const { return hidden_.contains(id); }
  bool edited(std::int32_t id) const { return edited_.contains(id); }
  bool inserted(std::int32_t id) const { return inserted_.contains(id); }
  // Degrees that the object was turned by since it was photographed.
  double turned_deg(std::int32_t id) const;
  // For the next new object; numbers are never given twice, not even after a removal.
  std::int32_t next_id() const { return next_id_; }
  // The scene after a plan's steps; errors never: steps that do not fit are left out, and so are undo and redo (see Situation::take).
  SceneView after(const std::vector<PlanStep>& steps) const;

 private:
  friend SceneView scene_view_of(const editor::DocumentState& state, const editor::SceneFacts& facts);
  void settle(std::shared_ptr<const city::Catalogue> catalogue, const SceneView* before, const std::set<std::int32_t>& changed);

  std::shared_ptr<const city::Catalogue> catalogue_;
  std::shared_ptr<const std::vector<Measured>> measured_;
  std::shared_ptr<const city::SpatialIndex> index_;
  std::set<std::int32_t> hidden_, edited_, inserted_;
  std::map<std::int32_t, double> turned_deg_;  // of objects that were turned: scaling goes along the axes that they had before
  std::int32_t next_id_ = 1;
};

// The scene of a document as it is edited now.
SceneView scene_view_of(const editor::DocumentState& state, const editor::SceneFacts& facts);

// True when the step is one that undo takes back: it changes objects or the picture.
bool is_undoable(const PlanStep& step);

// One sentence that was understood, and what came of it.
struct Turn {
  std::string sentence;
  Reading reading;
  Plan plan;
  std::shared_ptr<const SceneView> before;  // the scene that it was said in
};

struct Situation {
  std::shared_ptr<const SceneView> scene;
  std::optional<Viewpoint> camera;
  std::vector<std::int32_t> selection;
  std::optional<glm::dvec2> pointer;  // on the ground
  bool selection_first = false;       // "this" is the selection rather than what the pointer rests on, which is only "here"
  std::vector<Turn> turns;            // oldest first
  std::vector<std::int32_t> it;       // targets of the last step; empty: none, and the selection stands in

  // Goes on as if the plan had been applied: scene, selection, `it`, turns. A plan that is a question or a refusal is a turn too, which
  // changes nothing else.
  void take(const std::string& sentence, const Reading& reading, const Plan& plan);
  // The same for one step, without a turn: what the next step of a sentence is said in.
  void advance(const PlanStep& step);
  // Several steps that do the same to different objects: as one. "It" is all of them.
  void advance_run(std::span<const PlanStep> run);

  // What undo and redo go through; selecting is not undone.
  struct Past {
    std::shared_ptr<const SceneView> scene;
  };
  std::vector<Past> past, future;
};

}  // namespace skyline::models
