#include "models/language/interpreter/decision.h"

#include "models/language/interpreter/ground.h"
#include "models/language/interpreter/operations.h"
#include "models/language/interpreter/replies.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace skyline::models {
namespace {

// Removals of more than so many objects, or of such a share of the scene, are shown before they are applied.
constexpr std::size_t kManyObjects = 20;
constexpr double kLargeShare = 0.1;

Plan refuse(std::string reason) {
  Plan plan;
  plan.status = Plan::Status::kRefuse;
  plan.reason = std::move(reason);
  return plan;
}

Plan ask(std::string question) {
  Plan plan;
  plan.status = Plan::Status::kAsk;
  plan.question = std::move(question);
  return plan;
}

bool destructive(const PlanStep& step) { return step.op == "remove" || step.op == "replace" || step.op == "isolate"; }

bool needs_preview(const std::vector<PlanStep>& steps, const SceneView& scene) {
  const double all = static_cast<double>(std::max<std::size_t>(scene.catalogue().size(), 1));
  return std::any_of(steps.begin(), steps.end(), [&](const PlanStep& step) {
    if (!destructive(step)) return false;
    return step.targets.size() > kManyObjects || static_cast<double>(step.targets.size()) > kLargeShare * all;
  });
}

// More was not understood than was: not a command of this program.
bool mostly_unknown(const Reading& reading) {
  const auto used = static_cast<std::size_t>(
      std::count_if(reading.understood.begin(), reading.understood.end(), [](const Understood& u) { return u.means != "unknown"; }));
  return reading.unknown.size() > used + 1;
}

std::vector<Span> spans_of(const Reading& reading, const Grounding* grounding, const Said& said) {
  std::vector<Span> spans;
  for (const Understood& understood : reading.understood) {
    Span span;
    span.start = understood.start;
    span.end = std::min(understood.end, said.offsets.empty() ? 0 : said.offsets.size() - 1);
    if (span.start >= span.end) continue;
    span.text = said.text.substr(said.offsets[span.start], said.offsets[span.end] - said.offsets[span.start]);
    span.means = understood.means;
    if (grounding != nullptr && understood.query != nullptr) {
      for (const Meant& meant : grounding->meant) {
        if (meant.query != understood.query.get()) continue;
        // A selection may name an object twice.
        std::set<std::int32_t> seen;
        span.ids.clear();
        std::copy_if(meant.ids.begin(), meant.ids.end(), std::back_inserter(span.ids),
                     [&](std::int32_t id) { return seen.insert(id).second; });
      }
    }
    spans.push_back(std::move(span));
  }
  std::stable_sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.start < b.start; });
  return spans;
}

Plan act(const Reading& reading, const Grounding& grounding, const Situation& situation, const Said& said) {
  if (!grounding.trouble.empty()) {
    const Trouble& trouble = grounding.trouble.front();
    if (!trouble.is_question()) return refuse(reason_of(trouble, reading, *situation.scene, said.language));
    Plan plan = ask(question_of(trouble, grounding.candidates, reading, *situation.scene, said.language));
    plan.candidates = grounding.candidates;
    return plan;
  }
  Plan plan;
  plan.status = Plan::Status::kOk;
  plan.steps = grounding.steps;
  plan.preview = needs_preview(plan.steps, *situation.scene);
  plan.reply = reply_of(plan.steps, *situation.scene, said.language);
  return plan;
}

Plan choose(const Reading& reading, const Situation& situation, const Said& said) {
  const Plan& asked = situation.turns.back().plan;
  Plan plan;
  plan.status = Plan::Status::kOk;
  plan.steps = asked.candidates[static_cast<std::size_t>(reading.choice) - 1].steps;
  plan.preview = needs_preview(plan.steps, *situation.scene);
  plan.reply = reply_of(plan.steps, *situation.scene, said.language);
  return plan;
}

Plan decide_unchecked(const Reading& reading, const Situation& situation, const Said& said) {
  using Intent = Reading::Intent;
  switch (reading.intent) {
    case Intent::kNegated:
      return refuse(negated_reason(said.language));
    case Intent::kHypothetical:
      return refuse(hypothetical_reason(said.language));
    case Intent::kConfirm:
      return refuse(nothing_pending(said.language, false));
    case Intent::kCancel:
      return refuse(nothing_pending(said.language, true));
    case Intent::kChoose:
      return choose(reading, situation, said);
    case Intent::kOutOfDomain: {
      const bool spoke = std::any_of(reading.understood.begin(), reading.understood.end(),
                                     [](const Understood& u) { return u.means != "unknown" && u.means != "ignored"; });
      if (!said.smalltalk.empty()) return refuse(greeting(said.smalltalk, said.language));
      if (!spoke || mostly_unknown(reading)) return refuse(out_of_domain_reason(said.language));
      if (!reading.unknown.empty()) return ask(unknown_words_question(reading.unknown, said.language));
      return ask(said.language == editor::Language::kChinese ? "要对它做什么？" : "What should be done with it?");
    }
    default:
      break;
  }
  if (reading.steps.empty()) return refuse(out_of_domain_reason(said.language));
  if (!reading.unknown.empty()) {
    if (mostly_unknown(reading)) return refuse(out_of_domain_reason(said.language));
    return ask(unknown_words_question(reading.unknown, said.language));
  }
  return {};
}

}  // namespace

Plan decide(const Reading& reading, const Situation& situation, const Said& said) {
  Plan plan = decide_unchecked(reading, situation, said);
  Grounding grounding;
  const bool undecided = plan.status == Plan::Status::kRefuse && plan.reason.empty();
  if (undecided) {
    grounding = ground(reading, situation, said.language);
    plan = act(reading, grounding, situation, said);
  }
  plan.language = said.language;
  plan.spans = spans_of(reading, undecided ? &grounding : nullptr, said);
  if (auto valid = validate(plan, *situation.scene); !valid) {
    // A number that no operation takes ("make it 0 times as large") is a refusal, not a fault.
    Plan refused = refuse(said.language == editor::Language::kChinese ? "这个数值不在允许范围内：" + valid.error().message()
                                                                      : "That value is not possible: " + valid.error().message());
    refused.language = plan.language;
    refused.spans = std::move(plan.spans);
    return refused;
  }
  return plan;
}

}  // namespace skyline::models
