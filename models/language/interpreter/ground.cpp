#include "models/language/interpreter/ground.h"

#include "models/language/interpreter/answers.h"
#include "models/language/interpreter/step_grounder.h"

#include <algorithm>

namespace skyline::models {
namespace {

using nlohmann::json;

// As many choices as a person can look at; more are only counted.
constexpr std::size_t kMostChoices = 12;

class ReadingGrounder {
 public:
  ReadingGrounder(const Reading& reading, const Situation& situation, editor::Language language)
      : reading_(reading), situation_(situation), language_(language) {}

  Grounding run(const Choices& choices, int depth) const {
    Grounding grounding;
    Situation now = situation_;
    if (reading_.intent == Reading::Intent::kCorrection) {
      take_back(now, grounding.steps);
    } else if (reading_.intent != Reading::Intent::kAct) {
      return grounding;
    }
    for (std::size_t i = 0; i < reading_.steps.size() && grounding.trouble.empty(); ++i) {
      StepGrounder step(reading_.steps[i], now, language_, choices);
      std::vector<PlanStep> made = step.run();
      grounding.meant.insert(grounding.meant.end(), step.meant().begin(), step.meant().end());
      if (step.trouble()) {
        grounding.trouble.push_back(*step.trouble());
        grounding.trouble.back().step = i;
        add_candidates(grounding, step.choices(), choices, depth);
        break;
      }
      // The last step needs no scene after it.
      if (i + 1 < reading_.steps.size()) {
        for (const PlanStep& one : made) now.advance(one);
        if (made.size() > 1) gather_it(now, made);
      }
      std::move(made.begin(), made.end(), std::back_inserter(grounding.steps));
    }
    return grounding;
  }

 private:
  // A correction is said of the scene as it was before the step that it corrects.
  void take_back(Situation& now, std::vector<PlanStep>& steps) const {
    const auto applied = [](const Turn& turn) {
      return turn.plan.status == Plan::Status::kOk && std::any_of(turn.plan.steps.begin(), turn.plan.steps.end(), is_undoable);
    };
    if (now.turns.empty() || !applied(now.turns.back())) return;
    PlanStep undo;
    undo.op = "undo";
    undo.arguments["steps"] = 1;
    if (now.past.empty() && now.turns.back().before) {
      now.scene = now.turns.back().before;
    } else {
      now.advance(undo);
    }
    // "it" is what the corrected step was about, and was taken out of the list if that step removed it.
    for (auto step = now.turns.back().plan.steps.rbegin(); step != now.turns.back().plan.steps.rend(); ++step) {
      if (step->targets.empty()) continue;
      now.it = step->targets;
      break;
    }
    steps.push_back(std::move(undo));
  }

  // One step said, several of the plan: "it" is all that they are about.
  static void gather_it(Situation& now, const std::vector<PlanStep>& made) {
    std::vector<std::int32_t> all;
    for (const PlanStep& step : made) all.insert(all.end(), step.targets.begin(), step.targets.end());
    std::erase_if(all, [&](std::int32_t id) { return now.scene->catalogue().find(id) == nullptr; });
    if (!all.empty()) now.it = std::move(all);
  }

  void add_candidates(Grounding& grounding, const std::vector<std::vector<std::int32_t>>& offered, const Choices& choices,
                      int depth) const {
    const Query* const query = grounding.trouble.front().query;
    if (query == nullptr || depth > 0) return;
    for (std::size_t i = 0; i < std::min(offered.size(), kMostChoices); ++i) {
      Choices chosen = choices;
      chosen[query] = offered[i];
      Grounding whole = run(chosen, depth + 1);
      Candidate candidate;
      candidate.ids = offered[i];
      if (whole.trouble.empty()) candidate.steps = std::move(whole.steps);
      candidate.label = label_of(offered[i]);
      grounding.candidates.push_back(std::move(candidate));
    }
  }

  std::string label_of(const std::vector<std::int32_t>& ids) const {
    std::string label;
    for (const std::int32_t id : ids) {
      const city::Object* const object = situation_.scene->catalogue().find(id);
      if (object == nullptr) continue;
      if (!label.empty()) label += language_ == editor::Language::kChinese ? "、" : ", ";
      label += object_label(*object, situation_.scene->measured()[situation_.scene->place_of(*object)], language_);
    }
    return label;
  }

  const Reading& reading_;
  const Situation& situation_;
  const editor::Language language_;
};

}  // namespace

Grounding ground(const Reading& reading, const Situation& situation, editor::Language language) {
  return ReadingGrounder(reading, situation, language).run({}, 0);
}

}  // namespace skyline::models
