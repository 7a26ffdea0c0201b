// The operations of plans, one row each: arguments with type, range and default, as in the command table, whose rows they become.
// Validator, published schema and the grammar for constrained decoding all read this table, so they cannot disagree.
//
//   const Operation* operation = find_operation("rotate");
//   core::Status status = validate(plan, *situation.scene);
//
// The table is constant.
#pragma once

#include "editor/command_table.h"
#include "models/language/interpreter/plan.h"
#include "models/language/interpreter/reading.h"

#include <nlohmann/json.hpp>

#include <span>
#include <string>

namespace skyline::models {

class SceneView;

struct Operation {
  enum class Targets : std::uint8_t { kNone, kOptional, kRequired };
  Op op = Op::kSelect;
  Targets targets = Targets::kRequired;
  editor::Text title;
  // An argument with the default "null" may be left out; the others stand in every step.
  std::span<const editor::Argument> arguments;
};

std::span<const Operation> operation_table();
const Operation* find_operation(std::string_view name);

// Errors name the step, the argument and the rule: an operation that there is not, an argument that it does not have, that is missing, of
// the wrong type or out of range, a target that the scene does not have; a status that does not fit its members.
core::Status validate(const PlanStep& step, const SceneView& scene);
core::Status validate(const Plan& plan, const SceneView& scene);
// Without a scene: everything but the targets.
core::Status validate_form(const PlanStep& step);

// JSON Schema (draft 2020-12) of the output of `skyline plan`: docs/plan.schema.json.
nlohmann::ordered_json plan_schema();
// The steps of a plan for constrained decoding, in GBNF: a JSON array of steps with members in a fixed order.
std::string plan_grammar();

}  // namespace skyline::models
