#include "models/language/interpreter/operations.h"
#include "models/language/interpreter/situation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace skyline::models {
namespace {

using core::Error;
using editor::Argument;
using editor::ArgumentType;
using nlohmann::json;

Error wrong(const PlanStep& step, const std::string& what) { return Error{fmt::format("a step of the plan is wrong: {}", step.op), what}; }

bool in_range(const Argument& argument, const json& value) {
  if (!value.is_number()) return false;
  const double number = value.get<double>();
  return std::isfinite(number) && number >= argument.low && number <= argument.high;
}

bool is_vector(const Argument& argument, const json& value, std::size_t size) {
  return value.is_array() && value.size() == size &&
         std::all_of(value.begin(), value.end(), [&](const json& part) { return in_range(argument, part); });
}

bool is_colour(const json& value) {
  if (!value.is_string()) return false;
  const std::string& text = value.get_ref<const std::string&>();
  return text.size() == 7 && text.front() == '#' && text.find_first_not_of("0123456789abcdef", 1) == std::string::npos;
}

bool is_choice(const Argument& argument, const json& value) {
  if (!value.is_string()) return false;
  const auto choices = editor::choices_of(argument);
  return std::any_of(choices.begin(), choices.end(),
                     [&](const editor::Choice& choice) { return choice.value == value.get_ref<const std::string&>(); });
}

// "HH:MM"
bool is_time(const std::string& text) {
  int hours = 0, minutes = 0;
  char end = 0;
  return text.size() == 5 && std::sscanf(text.c_str(), "%2d:%2d%c", &hours, &minutes, &end) == 2 && hours >= 0 && hours < 24 &&
         minutes >= 0 && minutes < 60;
}

bool fits(const Argument& argument, const json& value) {
  switch (argument.type) {
    case ArgumentType::kNumber:
      return in_range(argument, value);
    case ArgumentType::kInteger:
      return value.is_number_integer() && in_range(argument, value);
    case ArgumentType::kVector2:
      return is_vector(argument, value, 2);
    case ArgumentType::kVector3:
      return is_vector(argument, value, 3);
    case ArgumentType::kColour:
      return is_colour(value);
    case ArgumentType::kChoice:
      return is_choice(argument, value);
    case ArgumentType::kText:
      return value.is_string() && !value.get_ref<const std::string&>().empty() &&
             (argument.name != "time" || is_time(value.get_ref<const std::string&>()));
    default:
      return false;
  }
}

core::Status check_targets(const PlanStep& step, const Operation& operation) {
  if (operation.targets == Operation::Targets::kNone && !step.targets.empty()) return wrong(step, "it has no targets");
  if (operation.targets == Operation::Targets::kRequired && step.targets.empty()) return wrong(step, "\"targets\" must name an object");
  std::vector<std::int32_t> sorted = step.targets;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) return wrong(step, "\"targets\" name an object twice");
  if (operation.op == Op::kRename && step.targets.size() != 1) return wrong(step, "one object can be renamed at a time");
  return {};
}

}  // namespace

core::Status validate_form(const PlanStep& step) {
  const Operation* const operation = find_operation(step.op);
  if (operation == nullptr) return Error{"a step of the plan is wrong", "there is no operation \"" + step.op + "\""};
  for (const auto& [name, value] : step.arguments.items()) {
    if (operation->op == Op::kQuery && name == "answer") continue;
    const auto argument = std::find_if(operation->arguments.begin(), operation->arguments.end(),
                                       [&, &key = name](const Argument& a) { return a.name == key; });
    if (argument == operation->arguments.end()) return wrong(step, fmt::format("it has no argument \"{}\"", name));
    if (!fits(*argument, value)) return wrong(step, fmt::format("\"{}\" must be {}", name, editor::allowed_values(*argument)));
  }
  for (const Argument& argument : operation->arguments) {
    if (argument.default_value != "null" && !step.arguments.contains(std::string(argument.name))) {
      return wrong(step, fmt::format("\"{}\" is missing", argument.name));
    }
  }
  if (operation->op == Op::kLight && step.arguments.empty()) return wrong(step, "\"time\" or \"azimuth\" and \"elevation\" must be there");
  if (operation->op == Op::kQuery && !step.arguments.contains("answer")) return wrong(step, "\"answer\" is missing");
  return check_targets(step, *operation);
}

core::Status validate(const PlanStep& step, const SceneView& scene) {
  if (auto form = validate_form(step); !form) return form;
  for (const std::int32_t id : step.targets) {
    if (scene.catalogue().find(id) == nullptr) return wrong(step, fmt::format("the scene has no object {}", id));
  }
  return {};
}

core::Status validate(const Plan& plan, const SceneView& scene) {
  if (plan.status == Plan::Status::kOk && plan.steps.empty() && plan.reply.empty())
    return Error{"the plan is wrong", "it is ok and does nothing"};
  if (plan.status == Plan::Status::kAsk && plan.question.empty()) return Error{"the plan is wrong", "it asks no question"};
  if (plan.status == Plan::Status::kRefuse && plan.reason.empty()) return Error{"the plan is wrong", "it refuses without a reason"};
  if (plan.status != Plan::Status::kOk && !plan.steps.empty()) return Error{"the plan is wrong", "only a plan that is ok has steps"};
  for (const Candidate& candidate : plan.candidates) {
    for (const PlanStep& step : candidate.steps) {
      if (auto status = validate_form(step); !status) return status;
    }
  }
  SceneView now = scene;
  bool undone = false;
  for (const PlanStep& step : plan.steps) {
    // After an undo the scene is one that the caller knows.
    undone = undone || step.op == "undo" || step.op == "redo";
    if (auto status = undone ? validate_form(step) : validate(step, now); !status) return status;
    // Only these change which objects there are; a plan may hold thousands of other steps.
    const bool changes_objects = step.op == "remove" || step.op == "insert" || step.op == "duplicate" || step.op == "replace";
    if (!undone && changes_objects && plan.steps.size() > 1) now = now.after({step});
  }
  return {};
}

}  // namespace skyline::models
