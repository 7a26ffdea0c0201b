#include "models/language/interpreter/situation.h"

#include "models/language/interpreter/resolver.h"

#include <algorithm>

namespace skyline::models {
namespace {

int steps_of(const PlanStep& step) {
  const auto value = step.arguments.find("steps");
  return value != step.arguments.end() && value->is_number_integer() ? value->get<int>() : 1;
}

// Moves the present to `to` and the last of `from` into the present, `count` times or until there is none.
void travel(Situation& situation, std::vector<Situation::Past>& from, std::vector<Situation::Past>& to, int count) {
  for (; count > 0 && !from.empty(); --count) {
    to.push_back({situation.scene});
    situation.scene = std::move(from.back().scene);
    from.pop_back();
  }
}

// Ids that the scene still has.
void keep_present(std::vector<std::int32_t>& ids, const SceneView& scene) {
  std::erase_if(ids, [&](std::int32_t id) { return scene.catalogue().find(id) == nullptr; });
}

void select(std::vector<std::int32_t>& selection, const PlanStep& step) {
  const auto mode = step.arguments.find("mode");
  const std::string how = mode != step.arguments.end() && mode->is_string() ? mode->get<std::string>() : "set";
  if (how == "set") selection.clear();
  for (const std::int32_t id : step.targets) {
    std::erase(selection, id);
    if (how != "remove") selection.push_back(id);
  }
}

// Behind the last of the steps from `begin` on that do the same to other objects; `begin` + 1 where there is only one.
std::size_t end_of_run(std::span<const PlanStep> steps, std::size_t begin) {
  const std::string& op = steps[begin].op;
  std::size_t end = begin + 1;
  if (op != "scale" && op != "move" && op != "rotate") return end;
  std::set<std::int32_t> seen(steps[begin].targets.begin(), steps[begin].targets.end());
  const auto is_new = [&](std::int32_t id) { return seen.insert(id).second; };
  while (end < steps.size() && steps[end].op == op && std::all_of(steps[end].targets.begin(), steps[end].targets.end(), is_new)) ++end;
  return end;
}

}  // namespace

bool is_undoable(const PlanStep& step) {
  static const std::set<std::string, std::less<>> kChanging{"remove",  "move",    "rotate",  "scale", "duplicate", "insert",
                                                            "replace", "recolor", "style",   "light", "season",    "weather",
                                                            "hide",    "show",    "isolate", "rename"};
  return kChanging.contains(step.op);
}

void Situation::advance(const PlanStep& step) {
  if (step.op == "undo") {
    travel(*this, past, future, steps_of(step));
  } else if (step.op == "redo") {
    travel(*this, future, past, steps_of(step));
  } else if (step.op == "select") {
    select(selection, step);
  } else if (is_undoable(step)) {
    const std::int32_t first_new = scene->next_id();
    scene = std::make_shared<const SceneView>(scene->after({step}));
    if (step.op == "insert") {
      it.clear();
      for (std::int32_t id = first_new; id < scene->next_id(); ++id) it.push_back(id);
    }
  }
  keep_present(selection, *scene);
  if (!step.targets.empty()) it = step.targets;
  keep_present(it, *scene);
}

void Situation::advance_run(std::span<const PlanStep> run) {
  scene = std::make_shared<const SceneView>(scene->after({run.begin(), run.end()}));
  it.clear();
  for (const PlanStep& step : run) it.insert(it.end(), step.targets.begin(), step.targets.end());
  keep_present(selection, *scene);
  keep_present(it, *scene);
}

void Situation::take(const std::string& sentence, const Reading& reading, const Plan& plan) {
  const std::shared_ptr<const SceneView> before = scene;
  if (plan.status == Plan::Status::kOk) {
    // A group is one undo: steps of it count as one, apart from the undo that a correction begins with.
    std::shared_ptr<const SceneView> group = scene;
    bool changed = false;
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
      const PlanStep& step = plan.steps[i];
      // One operation on many objects, each by its own number, is a long run of steps that need no scene between them.
      if (const std::size_t end = end_of_run(plan.steps, i); end > i + 1) {
        advance_run(std::span(plan.steps).subspan(i, end - i));
        changed = true;
        i = end - 1;
        continue;
      }
      const bool travels = step.op == "undo" || step.op == "redo";
      if (travels && changed) {
        past.push_back({std::exchange(group, scene)});
        future.clear();
        changed = false;
      }
      advance(step);
      if (travels) group = scene;
      changed = changed || is_undoable(step);
    }
    if (changed) {
      past.push_back({group});
      future.clear();
    }
  }
  turns.push_back({sentence, reading, plan, before});
  // "Don't remove the church." - "Now remove it."
  const bool not_done = reading.intent == Reading::Intent::kNegated || reading.intent == Reading::Intent::kHypothetical;
  if (not_done && !reading.steps.empty() && reading.steps.back().targets) {
    const Resolution spoken_of = resolve(*reading.steps.back().targets, *this);
    if (spoken_of.status == Resolution::Status::kOk) it = spoken_of.ids;
  }
}

}  // namespace skyline::models
