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
#include "models/language/interpreter/plan.h"
#include "models/language/interpreter/reading.h"

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace skyline::models {

struct Viewpoint {
  glm::dvec3 position{0.0};
  double yaw_deg = 0;    // 0 looks north, positive to the left
  double pitch_deg = 0;  // -90 straight down
};

// The objects where and as they stand now; removed ones are not among them.
class SceneView {
 public:
  explicit SceneView(city::Catalogue catalogue, std::set<std::int32_t> hidden = {}, std::set<std::int32_t> edited = {},
                     std::set<std::int32_t> inserted = {});
  const city::Catalogue& catalogue() const { return catalogue_; }
  const city::SpatialIndex& index() const { return index_; }
  bool hidden(std::int32_t id) const { return hidden_.contains(id); }
  bool edited(std::int32_t id) const { return edited_.contains(id); }
  bool inserted(std::int32_t id) const { return inserted_.contains(id); }
  std::int32_t next_id() const;
  // The scene after a plan's steps; errors never: steps that do not fit are left out.
  SceneView after(const std::vector<PlanStep>& steps) const;

 private:
  city::Catalogue catalogue_;
  city::SpatialIndex index_;
  std::set<std::int32_t> hidden_, edited_, inserted_;
};

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
  std::vector<Turn> turns;            // oldest first
  std::vector<std::int32_t> it;       // targets of the last step; empty: none, and the selection stands in

  // Goes on as if the plan had been applied: scene, selection, `it`, turns.
  void take(const std::string& sentence, const Reading& reading, const Plan& plan);
};

}  // namespace skyline::models
