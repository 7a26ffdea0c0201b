#include "models/language/interpreter/heads.h"

#include "models/language/interpreter/resolver.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace skyline::models {
namespace {

Query spoken_of_last() {
  Query query;
  query.kind = Query::Kind::kIt;
  query.plural = true;
  query.quantity = Quantity::kAll;
  return query;
}

class HeadFiller {
 public:
  HeadFiller(Reading& reading, const Turn* former, const Situation& situation)
      : reading_(reading), former_(former), situation_(situation) {}

  // "the red one": the class that was spoken of; else a building. "that tower": what was spoken of if it is one.
  void fill() {
    // "take me there": to what was spoken of, where nothing is pointed at
    for (Step& step : reading_.steps) {
      if (step.op != Op::kCamera || !step.place || step.place->kind != Place::Kind::kHere || situation_.pointer || situation_.it.empty())
        continue;
      step.place.reset();
      step.targets = std::make_shared<const Query>(spoken_of_last());
    }
    for (Step& step : reading_.steps) {
      if (step.op != Op::kCamera || step.targets != nullptr || step.place || situation_.it.empty()) continue;
      const auto missing = std::find(step.missing.begin(), step.missing.end(), "targets");
      if (missing == step.missing.end()) continue;
      step.missing.erase(missing);
      step.targets = std::make_shared<const Query>(spoken_of_last());
    }
    put_in_place();
    for (std::size_t i = 0; i < reading_.steps.size(); ++i) {
      at_ = i;
      style_of_all(reading_.steps[i]);
      Step& step = reading_.steps[i];
      if (step.place && step.place->anchor != nullptr && step.place->anchor->kind == Query::Kind::kIt && step.targets != nullptr &&
          step.targets->kind != Query::Kind::kIt && situation_.it.empty() && i == 0)
        step.place->anchor = step.targets;
      own_parts(reading_.steps[i]);
      reading_.steps[i].targets = headed(reading_.steps[i].targets);
      count_copies(reading_.steps[i]);
      reading_.steps[i].second = headed(reading_.steps[i].second);
    }
  }

 private:
  // "remove the cannery and put a park in its place": one is put for the other
  void put_in_place() {
    for (std::size_t i = 1; i < reading_.steps.size(); ++i) {
      Step& put = reading_.steps[i];
      const Step& removed = reading_.steps[i - 1];
      if (put.op != Op::kInsert || removed.op != Op::kRemove || !put.place || !put.asset || put.count.value_or(1) != 1 || put.height_m)
        continue;
      const bool there = put.place->kind == Place::Kind::kHere || (put.place->kind == Place::Kind::kTo && put.place->anchor != nullptr &&
                                                                   put.place->anchor->kind == Query::Kind::kIt);
      if (!there || (put.place->kind == Place::Kind::kHere && situation_.pointer)) continue;
      Step replaced;
      replaced.op = Op::kReplace;
      replaced.targets = removed.targets;
      replaced.asset = put.asset;
      reading_.steps[i - 1] = std::move(replaced);
      reading_.steps.erase(reading_.steps.begin() + static_cast<std::ptrdiff_t>(i));
      for (Understood& understood : reading_.understood) understood.step -= understood.step >= static_cast<int>(i) ? 1 : 0;
    }
  }

  // "can this look like a comic?" with nothing that was spoken of or pointed at: the picture
  void style_of_all(Step& step) const {
    if (step.op != Op::kStyle || step.targets == nullptr || !step.targets->classes.empty()) return;
    const bool this_or_it = step.targets->kind == Query::Kind::kThis || step.targets->kind == Query::Kind::kIt;
    if (this_or_it && situation_.it.empty() && situation_.selection.empty() && !situation_.pointer) step.targets = nullptr;
  }

  // "... black, red roofs": the roofs of those before; alone, of all buildings
  void own_parts(Step& step) const {
    if (step.op != Op::kRecolor || step.targets == nullptr || step.targets->kind != Query::Kind::kClass || !step.targets->plural) return;
    if (at_ > 0 && reading_.steps[at_ - 1].op == Op::kRecolor) {
      step.targets = reading_.steps[at_ - 1].targets;
      return;
    }
    Query all = *step.targets;
    all.plural = false;
    step.targets = std::make_shared<const Query>(std::move(all));
  }

  // 再复制两个教堂 where there is one church: two copies of it
  void count_copies(Step& step) const {
    if (step.op != Op::kDuplicate || step.targets == nullptr || step.targets->quantity != Quantity::kCount || step.count.value_or(1) != 1)
      return;
    const Resolution who = resolve_all(*step.targets, situation_);
    if (who.status != Resolution::Status::kOk || who.ids.size() != 1) return;
    step.count = step.targets->count;
    Query one = *step.targets;
    one.quantity = Quantity::kThe;
    step.targets = std::make_shared<const Query>(std::move(one));
  }

  QueryPtr headed(const QueryPtr& query) const {
    if (query == nullptr) return query;
    if (query->kind == Query::Kind::kUnion) {
      Query changed = *query;
      for (QueryPtr& part : changed.parts) part = headed(part);
      lean_on_first(changed);
      return std::make_shared<const Query>(std::move(changed));
    }
    if (query->kind == Query::Kind::kIt && query->bare) {
      Query changed = *query;
      changed.bare = false;
      if (situation_.it.empty() && situation_.selection.empty()) changed.kind = Query::Kind::kScene;
      return std::make_shared<const Query>(std::move(changed));
    }
    if (query->kind == Query::Kind::kOther && query->classes.empty()) {
      Query changed = *query;
      changed.classes = spoken_of();
      return std::make_shared<const Query>(std::move(changed));
    }
    if (query->kind == Query::Kind::kIt && !query->classes.empty() && !it_is(*query)) {
      Query changed = *query;
      changed.kind = Query::Kind::kClass;
      if (changed.plural) changed.quantity = Quantity::kAll;
      changed.plural = false;
      return std::make_shared<const Query>(std::move(changed));
    }
    if (query->kind == Query::Kind::kThis && !query->classes.empty() && !situation_.pointer && situation_.selection.empty()) {
      Query changed = *query;
      changed.kind = Query::Kind::kClass;
      if (changed.plural) changed.quantity = Quantity::kAll;
      changed.plural = false;
      return std::make_shared<const Query>(std::move(changed));
    }
    if (query->kind == Query::Kind::kClass && query->classes.empty() &&
        (query->headless || (query->quantity != Quantity::kAll && query->states.empty()))) {
      Query changed = *query;
      changed.classes = spoken_of();
      return std::make_shared<const Query>(std::move(changed));
    }
    return query;
  }

  // "the green house and everything next to it": next to the house
  static void lean_on_first(Query& whole) {
    for (std::size_t i = 1; i < whole.parts.size(); ++i) {
      Query part = *whole.parts[i];
      bool leans = false;
      for (RelationTest& test : part.relations) {
        for (QueryPtr& anchor : test.anchors) {
          if (anchor == nullptr || anchor->kind != Query::Kind::kIt || !anchor->classes.empty()) continue;
          anchor = whole.parts.front();
          leans = true;
        }
      }
      if (leans) whole.parts[i] = std::make_shared<const Query>(std::move(part));
    }
  }

  bool it_is(const Query& query) const {
    const std::vector<std::int32_t>& ids = situation_.it.empty() ? situation_.selection : situation_.it;
    if (ids.empty()) return false;
    return std::all_of(ids.begin(), ids.end(), [&](std::int32_t id) {
      const city::Object* const object = situation_.scene->catalogue().find(id);
      return object != nullptr && std::any_of(query.classes.begin(), query.classes.end(),
                                              [&](city::ObjectClass c) { return city::is_a(object->object_class, c); });
    });
  }

  std::vector<city::ObjectClass> spoken_of() const {
    for (std::size_t i = at_; i-- > 0;) {
      const QueryPtr& before = reading_.steps[i].targets;
      if (before != nullptr && !before->classes.empty()) return before->classes;
    }
    if (former_ != nullptr) {
      for (auto step = former_->reading.steps.rbegin(); step != former_->reading.steps.rend(); ++step) {
        if (step->targets != nullptr && !step->targets->classes.empty()) return step->targets->classes;
      }
      // "Harbour Tower": what its object is
      for (const PlanStep& step : former_->plan.steps) {
        for (const std::int32_t id : step.targets) {
          if (const city::Object* const object = situation_.scene->catalogue().find(id); object != nullptr) return {object->object_class};
        }
      }
    }
    return {city::ObjectClass::kBuilding};
  }

  Reading& reading_;
  const Turn* former_;
  const Situation& situation_;
  std::size_t at_ = 0;  // the step that is being looked at
};

}  // namespace

void fill_heads(Reading& reading, const Turn* former, const Situation& situation) { HeadFiller(reading, former, situation).fill(); }

}  // namespace skyline::models
