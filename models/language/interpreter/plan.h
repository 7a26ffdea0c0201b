// A plan: what would be done, exactly, with object ids and numbers (docs/assistant.md, and docs/plan.schema.json for programs). A plan
// changes nothing; applying it is the editor's work. Every engine's plans pass `validate` before anybody sees them.
#pragma once

#include "core/result.h"
#include "editor/command_table.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace skyline::models {

struct PlanStep {
  std::string op;  // "remove"
  std::vector<std::int32_t> targets;
  nlohmann::json arguments = nlohmann::json::object();  // further members of the step, as in docs/assistant.md
};

struct Span {
  std::string text;
  std::size_t start = 0, end = 0;  // code points of the sentence
  std::string means;
  std::vector<std::int32_t> ids;
};

// One way to read an ambiguous sentence.
struct Candidate {
  std::vector<std::int32_t> ids;  // of the reference in question
  std::vector<PlanStep> steps;    // the whole plan if it is chosen
  std::string label;              // "Harbour Tower (84 m)"
};

struct Plan {
  enum class Status : std::uint8_t { kOk, kAsk, kRefuse };
  Status status = Status::kRefuse;
  editor::Language language = editor::Language::kEnglish;
  std::string engine = "rules";
  std::vector<PlanStep> steps;
  std::vector<Span> spans;
  std::string reply;     // kOk: what will be done or the answer, in the person's language
  std::string question;  // kAsk
  std::string reason;    // kRefuse: what is not possible, and what is
  std::vector<Candidate> candidates;
  bool preview = false;  // must be shown before it is applied (destructive on many objects)
  double ms = 0;
};

nlohmann::json to_json(const Plan& plan);
nlohmann::json to_json(const PlanStep& step);
core::Result<PlanStep> plan_step_from_json(const nlohmann::json& json);

}  // namespace skyline::models
