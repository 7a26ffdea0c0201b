// Questions about the scene: counts, lists, measures, words.
#include "models/language/interpreter/answers.h"
#include "models/language/interpreter/step_grounder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace skyline::models {
namespace {

using nlohmann::json;

constexpr std::array<const char*, 7> kAsked{"count", "list", "height", "area", "distance", "describe", "where"};

}  // namespace

std::vector<PlanStep> StepGrounder::ask() {
  if (said_missing()) return {};
  if (step_.asked == Asked::kCount || step_.asked == Asked::kList) return ask_many();
  if (step_.asked == Asked::kDistance) return ask_distance();
  if (!step_.targets && step_.asked == Asked::kDescribe && situation_.selection.empty()) {
    miss("targets");
    return {};
  }
  const auto ids = targets(Need::kSome);
  if (!ids) return {};
  PlanStep step = made(*ids);
  step.arguments["what"] = kAsked.at(static_cast<std::size_t>(step_.asked));
  step.arguments["answer"] = answer_about(objects_of(*ids));
  return {step};
}

// Counting none is an answer; a name that nothing has, or an anchor that is not there, is not.
std::vector<PlanStep> StepGrounder::ask_many() {
  Ids ids;
  if (step_.targets) {
    const Resolution resolution = resolve_all(*step_.targets, situation_, chosen_);
    if (resolution.status == Resolution::Status::kNone && resolution.in_question == step_.targets.get()) {
      meant_.push_back({step_.targets.get(), {}});
    } else if (const auto found = settle(*step_.targets, resolution)) {
      ids = *found;
    } else {
      return {};
    }
  } else {
    const auto found = targets(Need::kSome);
    if (!found) return {};
    ids = *found;
  }
  PlanStep step = made(ids);
  step.arguments["what"] = kAsked.at(static_cast<std::size_t>(step_.asked));
  step.arguments["answer"] = step_.asked == Asked::kCount ? json(ids.size()) : json(ids);
  return {step};
}

std::vector<PlanStep> StepGrounder::ask_distance() {
  // "How far apart are the two churches": whichever of the two references stands for both.
  const bool second_is_both = step_.second && (!step_.targets || step_.targets->kind == Query::Kind::kIt) && [&] {
    const Resolution both = resolve(*step_.second, situation_, chosen_);
    return both.status == Resolution::Status::kOk && both.ids.size() == 2;
  }();
  const auto ids = second_is_both ? refer(step_.second) : targets(Need::kSome);
  if (!ids) return {};
  Ids all = *ids, others;
  if (step_.second && !second_is_both) {
    const auto second = refer(step_.second);
    if (!second) return {};
    others = *second;
  } else if (ids->size() == 2) {
    others = {(*ids)[1]};
  } else if (situation_.selection.size() == 1 && *ids != situation_.selection) {
    others = situation_.selection;
  }
  const bool one_for_both = ids->size() == 2 && others == Ids{(*ids)[1]};
  const Objects from = objects_of(one_for_both ? Ids{ids->front()} : *ids), to = objects_of(others);
  double least = std::numeric_limits<double>::infinity();
  for (const city::Object* const a : from) {
    for (const city::Object* const b : to) least = std::min(least, city::gap(*a, *b));
  }
  if (to.empty() && situation_.pointer) {
    for (const city::Object* const a : from) least = std::min(least, city::gap(*a, *situation_.pointer));
  } else if (to.empty() && situation_.camera) {
    for (const city::Object* const a : from) least = std::min(least, city::gap(*a, glm::dvec2(situation_.camera->position)));
  } else if (to.empty()) {
    miss("second");
    return {};
  }
  for (const std::int32_t id : others) {
    if (std::find(all.begin(), all.end(), id) == all.end()) all.push_back(id);
  }
  PlanStep step = made(all);
  step.arguments["what"] = "distance";
  step.arguments["answer"] = rounded(least);
  return {step};
}

// Numbers of one thing, text for several and for what has no number.
json StepGrounder::answer_about(const Objects& objects) const {
  const bool chinese = language_ == editor::Language::kChinese;
  const auto number = [&](const city::Object& object) {
    return step_.asked == Asked::kHeight ? object.height : scene_.measured()[scene_.place_of(object)].area;
  };
  const bool is_number = step_.asked == Asked::kHeight || step_.asked == Asked::kArea;
  if (is_number && objects.size() == 1) return rounded(number(*objects.front()));
  constexpr std::size_t kMost = 8;  // sentences that somebody reads
  std::string text;
  for (std::size_t i = 0; i < std::min(objects.size(), kMost); ++i) {
    const city::Object& object = *objects[i];
    if (is_number) {
      if (!text.empty()) text += chinese ? "，" : ", ";
      const std::string amount =
          step_.asked == Asked::kHeight ? metres_words(number(object), language_) : area_words(number(object), language_);
      text += fmt::format("{}{}{}", object_words(object, language_), chinese ? "" : " ", amount);
    } else {
      if (!text.empty() && !chinese) text += " ";
      text += step_.asked == Asked::kWhere ? where_words(situation_, object, language_) : describe_object(scene_, object, language_);
    }
  }
  if (objects.size() > kMost) {
    text += chinese ? fmt::format("还有{}个。", objects.size() - kMost) : fmt::format(" And {} more.", objects.size() - kMost);
  }
  return text;
}

}  // namespace skyline::models
