// One step of a reading in the scene that it is said in, made into steps of a plan. Private to grounding.
#pragma once

#include "models/language/interpreter/ground.h"
#include "models/language/interpreter/placing.h"

#include <optional>
#include <string>
#include <vector>

namespace skyline::models {

class StepGrounder {
 public:
  // All of them must outlive it.
  StepGrounder(const Step& step, const Situation& situation, editor::Language language, const Choices& choices)
      : step_(step), situation_(situation), scene_(*situation.scene), view_(situation.camera), language_(language), chosen_(choices) {}

  // Several when the things need numbers of their own. Empty with trouble.
  std::vector<PlanStep> run();
  const std::optional<Trouble>& trouble() const { return trouble_; }
  const std::vector<std::vector<std::int32_t>>& choices() const { return choices_; }
  const std::vector<Meant>& meant() const { return meant_; }

 private:
  using Ids = std::vector<std::int32_t>;
  enum class Need : std::uint8_t { kNone, kOptional, kOne, kSome };

  // Each fails into trouble_: the caller then returns.
  std::optional<Ids> targets(Need need);
  std::optional<Ids> refer(const QueryPtr& query);
  std::optional<Ids> refer_all(const QueryPtr& query);
  std::optional<Ids> settle(const Query& query, const Resolution& resolution);
  std::optional<const city::Object*> refer_one(const QueryPtr& query, const char* argument);
  std::optional<Ids> shown();
  void note_nested(const Query& query);
  void miss(std::string argument);
  void refuse(std::string argument, Ids ids = {});
  bool said_missing();

  std::vector<PlanStep> plain(Need need);
  std::vector<PlanStep> select(const Ids& ids);
  std::vector<PlanStep> move(const Ids& ids);
  std::vector<PlanStep> rotate(const Ids& ids);
  std::vector<PlanStep> scale(const Ids& ids);
  std::vector<PlanStep> duplicate(const Ids& ids);
  std::vector<PlanStep> insert();
  std::vector<PlanStep> replace(const Ids& ids);
  std::vector<PlanStep> recolor(const Ids& ids);
  std::vector<PlanStep> mood(const Ids& ids);  // style, light, season, weather
  std::vector<PlanStep> camera(const Ids& ids);
  std::vector<PlanStep> rename(const Ids& ids);
  std::vector<PlanStep> history();
  std::vector<PlanStep> save();
  // step_ask.cpp: questions about the scene.
  std::vector<PlanStep> ask();
  std::vector<PlanStep> ask_many();
  std::vector<PlanStep> ask_distance();
  nlohmann::json answer_about(const Objects& objects) const;

  std::optional<glm::dvec3> offset_of(const Displacement& said, const Objects& things);
  // Unit; of a displacement without a direction nothing, and trouble_ unless `otherwise` is given.
  std::optional<glm::dvec3> direction_said(const Displacement& said, const Objects& things);
  std::optional<glm::dvec2> destination(const Place& place, const Objects& things, bool is_new);
  std::optional<glm::dvec2> beside(const city::Object& anchor, const Objects& things, const Displacement& offset, bool is_new) const;
  std::optional<glm::dvec2> along_point(const city::Object& line, const Objects& things) const;
  std::optional<glm::dvec3> copy_offset(const Objects& things);
  double size_of(Sizing::Axes axes, const city::Object& object) const;  // m
  std::optional<glm::dvec3> factor_of(const Sizing& sizing, const city::Object& object);
  bool bound_to_ground(const Ids& ids);
  glm::dvec3 long_axis_factor(const city::Object& object, double factor) const;

  Objects objects_of(const Ids& ids) const;
  PlanStep made(Ids ids) const;

  const Step& step_;
  const Situation& situation_;
  const SceneView& scene_;
  const GroundView view_;
  const editor::Language language_;
  const Choices& chosen_;
  std::optional<Trouble> trouble_;
  std::vector<Ids> choices_;
  std::vector<Meant> meant_;
};

nlohmann::json number_list(const glm::dvec3& vector);

}  // namespace skyline::models
