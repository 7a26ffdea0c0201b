#include "models/language/interpreter/plan.h"

namespace skyline::models {
namespace {

std::string_view status_name(Plan::Status status) {
  switch (status) {
    case Plan::Status::kOk:
      return "ok";
    case Plan::Status::kAsk:
      return "ask";
    case Plan::Status::kRefuse:
      return "refuse";
  }
  return "refuse";
}

}  // namespace

nlohmann::json to_json(const PlanStep& step) {
  nlohmann::json json = {{"op", step.op}, {"targets", step.targets}};
  json.update(step.arguments);
  return json;
}

core::Result<PlanStep> plan_step_from_json(const nlohmann::json& json) {
  if (!json.is_object() || !json.contains("op") || !json["op"].is_string()) {
    return core::Error{"a step of a plan is an object with \"op\""};
  }
  PlanStep step;
  for (const auto& [key, value] : json.items()) {
    if (key == "op") {
      step.op = value.get<std::string>();
    } else if (key == "targets") {
      if (!value.is_array()) {
        return core::Error{"\"targets\" of a step is a list of object numbers"};
      }
      for (const nlohmann::json& id : value) {
        if (!id.is_number_integer()) {
          return core::Error{"\"targets\" of a step is a list of object numbers"};
        }
        step.targets.push_back(id.get<std::int32_t>());
      }
    } else {
      step.arguments[key] = value;
    }
  }
  return step;
}

nlohmann::json to_json(const Plan& plan) {
  nlohmann::json json = {{"status", status_name(plan.status)},
                         {"language", plan.language == editor::Language::kChinese ? "zh" : "en"},
                         {"engine", plan.engine},
                         {"steps", nlohmann::json::array()},
                         {"spans", nlohmann::json::array()},
                         {"ms", plan.ms}};
  for (const PlanStep& step : plan.steps) {
    json["steps"].push_back(to_json(step));
  }
  for (const Span& span : plan.spans) {
    json["spans"].push_back({{"text", span.text}, {"start", span.start}, {"end", span.end}, {"means", span.means}, {"ids", span.ids}});
  }
  const auto put = [&](const char* key, const std::string& text) {
    if (!text.empty()) {
      json[key] = text;
    }
  };
  put("reply", plan.reply);
  put("question", plan.question);
  put("reason", plan.reason);
  if (!plan.candidates.empty()) {
    nlohmann::json& candidates = json["candidates"] = nlohmann::json::array();
    for (const Candidate& candidate : plan.candidates) {
      nlohmann::json steps = nlohmann::json::array();
      for (const PlanStep& step : candidate.steps) {
        steps.push_back(to_json(step));
      }
      candidates.push_back({{"ids", candidate.ids}, {"steps", steps}, {"label", candidate.label}});
    }
  }
  if (plan.preview) {
    json["preview"] = true;
  }
  return json;
}

}  // namespace skyline::models
