#include "models/language/interpreter/resolver.h"

#include "models/language/interpreter/palette.h"
#include "models/language/interpreter/relations.h"
#include "models/language/interpreter/scene_search.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

namespace skyline::models {
namespace {

using Status = Resolution::Status;
using Test = Decision::Test;

// A chosen part of a query may be tried with so many of its candidates to see which of them make sense.
constexpr std::size_t kMostTried = 24;
// Two measures are equal when a person would say so: half a metre, or a hundredth.
constexpr double kEqual_m = 0.5, kEqualShare = 0.01;

struct Found {
  Status status = Status::kOk;
  Places places;
  std::vector<Decision> decisions;
  const Query* in_question = nullptr;
  std::vector<Places> choices;
  Places nearest_to;  // a direction of the camera was said: `places` are sorted by their gap to these
};

Found failure(Status status, const Query& query) {
  Found found;
  found.status = status;
  found.in_question = &query;
  return found;
}

class Solver {
 public:
  Solver(const Situation& situation, const Choices& choices)
      : situation_(situation), scene_(*situation.scene), view_(situation.camera), choices_(choices) {}

  Found find(const Query& query, bool every);

 private:
  Found base(const Query& query);
  Found of_class(const Query& query);
  Found of_name(const Query& query);
  Found of_ids(const Query& query, const std::vector<std::int32_t>& ids);
  Found pointed_at(const Query& query);
  Found other(const Query& query);
  Found earlier(const Query& query);
  Found united(const Query& query);
  std::vector<std::int32_t> asked_about() const;

  // Each narrows `found`; false: it failed, and `found` says how.
  bool narrow(Found& found, const Query& query, bool every);
  bool by_states(Found& found, const Query& query);
  bool by_colours(Found& found, const Query& query);
  bool by_measures(Found& found, const Query& query);
  bool by_sizes(Found& found, const Query& query);
  bool by_relations(Found& found, const Query& query);
  bool by_exceptions(Found& found, const Query& query);
  bool by_order(Found& found, const Query& query);
  void settle_quantity(Found& found, const Query& query);

  // Objects that an anchor stands for, one or several; an ambiguity is left open unless only one of them makes sense.
  Found anchor(const Query& query);
  // Settles an anchor for a while; null: no more.
  void try_out(const Query& query, const Places* places);
  std::optional<Found> try_anchors(const Query& query, bool every);
  Found try_choices(const Query& query, const Query& said, Found open, bool every);
  Found any_of(const Query& query, const std::vector<Found>& outcomes) const;
  // Objects that distances are measured from when no anchor is said; false: none.
  bool own_place(Places& anchors, std::optional<glm::dvec2>& point) const;
  std::optional<std::vector<double>> values_of(const Places& places, Measure measure, const QueryPtr& anchor_query, Found& found);

  const city::Object& object(std::uint32_t place) const { return scene_.catalogue().objects()[place]; }
  double value_of(std::uint32_t place, Measure measure) const;
  template <class Keep>
  bool keep(Found& found, const Query& query, Test test, std::size_t index, Keep&& keep_it, double limit = 0) const {
    Places left;
    std::copy_if(found.places.begin(), found.places.end(), std::back_inserter(left), keep_it);
    return leave(found, query, test, index, std::move(left), limit);
  }
  bool leave(Found& found, const Query& query, Test test, std::size_t index, Places left, double limit = 0) const {
    found.decisions.push_back({test, index, found.places.size(), left.size(), limit});
    found.places = std::move(left);
    if (!found.places.empty()) return true;
    found.status = Status::kNone;
    found.in_question = &query;
    return false;
  }

  const Situation& situation_;
  const SceneView& scene_;
  const GroundView view_;
  const Choices& choices_;
  std::map<const Query*, Places> tried_;  // anchors that are open, settled for a while
  std::map<const Query*, Found> known_;   // anchors that were found already
};

Places places_of(const SceneView& scene, const std::vector<std::int32_t>& ids) {
  Places places;
  for (const std::int32_t id : ids) {
    if (const city::Object* const object = scene.catalogue().find(id)) places.push_back(scene.place_of(*object));
  }
  return places;
}

Found Solver::of_class(const Query& query) {
  Found found;
  const std::size_t all = scene_.catalogue().size();
  found.places = class_members(scene_, query);
  found.decisions.push_back({Test::kClass, 0, all, found.places.size(), 0});
  if (found.places.empty()) {
    found.status = Status::kNone;
    found.in_question = &query;
  }
  return found;
}

Found Solver::of_name(const Query& query) {
  Found found;
  found.places = objects_named(scene_, query.name);
  if (found.places.empty()) return failure(Status::kNoSuchName, query);
  found.decisions.push_back({Test::kName, 0, scene_.catalogue().size(), found.places.size(), 0});
  // A class beside the name tells objects of the same name apart; it does not contradict a name.
  Places fitting;
  std::copy_if(found.places.begin(), found.places.end(), std::back_inserter(fitting),
               [&](std::uint32_t place) { return is_of_class(object(place), query); });
  if (!fitting.empty()) found.places = std::move(fitting);
  return found;
}

Found Solver::of_ids(const Query& query, const std::vector<std::int32_t>& ids) {
  Found found;
  Places places = places_of(scene_, ids);
  if (places.empty()) return failure(query.kind == Query::Kind::kIds ? Status::kNone : Status::kNoReferent, query);
  if (query.kind == Query::Kind::kIds && places.size() < ids.size()) return failure(Status::kNone, query);
  const std::size_t before = places.size();
  std::erase_if(places, [&](std::uint32_t place) { return !is_of_class(object(place), query); });
  found.places = std::move(places);
  found.decisions.push_back({Test::kPronoun, 0, before, found.places.size(), 0});
  if (found.places.empty()) return failure(Status::kNoReferent, query);
  return found;
}

Found Solver::pointed_at(const Query& query) {
  Found found;
  const bool selection_first = situation_.selection_first && !situation_.selection.empty();
  if (situation_.pointer && !selection_first) {
    if (const auto place = object_at_point(scene_, *situation_.pointer, query)) {
      found.places = {*place};
      found.decisions.push_back({Test::kPronoun, 0, 1, 1, 0});
      return found;
    }
  }
  if (!situation_.selection.empty()) {
    Found selected = of_ids(query, situation_.selection);
    if (selected.status == Status::kOk) return selected;
  }
  if (query.classes.empty()) return failure(Status::kNoReferent, query);
  found = of_class(query);
  if (found.status != Status::kOk || found.places.size() < 2 || !situation_.camera) return found;
  if (const auto place = closest_to_centre(scene_, *situation_.camera, found.places)) {
    leave(found, query, Test::kCentre, 0, {*place});
  }
  return found;
}

// Of the reference that was said last, those that it did not mean; when it fitted nothing else, others of their kind.
Found Solver::other(const Query& query) {
  std::vector<std::int32_t> meant = situation_.it.empty() ? situation_.selection : situation_.it;
  Places candidates;
  for (auto turn = situation_.turns.rbegin(); turn != situation_.turns.rend() && candidates.empty(); ++turn) {
    const auto& steps = turn->reading.steps;
    const auto said = std::find_if(steps.rbegin(), steps.rend(), [](const Step& step) { return step.targets != nullptr; });
    if (said == steps.rend() || said->targets->kind == Query::Kind::kOther) continue;
    for (const PlanStep& step : turn->plan.steps) meant.insert(meant.end(), step.targets.begin(), step.targets.end());
    Query wider = *said->targets;
    wider.order.reset();
    wider.quantity = Quantity::kAll;
    candidates = Solver(situation_, choices_).find(wider, true).places;
    break;
  }
  const Places taken = places_of(scene_, meant);
  const auto is_other = [&](std::uint32_t place) {
    return std::find(taken.begin(), taken.end(), place) == taken.end() && is_of_class(object(place), query);
  };
  if (std::none_of(candidates.begin(), candidates.end(), is_other)) {
    Query kind;
    kind.classes = query.classes;
    for (const std::uint32_t place : taken) {
      if (query.classes.empty()) kind.classes.push_back(object(place).object_class);
    }
    if (kind.classes.empty()) return failure(Status::kNoReferent, query);
    candidates = class_members(scene_, kind);
  }
  Found found;
  found.places = std::move(candidates);
  keep(found, query, Test::kPronoun, 0, is_other);
  return found;
}

Found Solver::earlier(const Query& query) {
  int back = std::max(1, query.count);
  for (auto turn = situation_.turns.rbegin(); turn != situation_.turns.rend(); ++turn) {
    if (turn->plan.status != Plan::Status::kOk) continue;
    for (auto step = turn->plan.steps.rbegin(); step != turn->plan.steps.rend(); ++step) {
      if (!step->targets.empty() && --back == 0) return of_ids(query, step->targets);
    }
  }
  return failure(Status::kNoReferent, query);
}

Found Solver::united(const Query& query) {
  Found found;
  std::vector<bool> in(scene_.catalogue().size());
  for (const QueryPtr& part : query.parts) {
    if (!part) continue;
    const Found member = find(*part, false);
    if (member.status != Status::kOk) return member;
    for (const std::uint32_t place : member.places) {
      if (!in[place]) found.places.push_back(place);
      in[place] = true;
    }
  }
  if (found.places.empty()) return failure(Status::kNone, query);
  found.decisions.push_back({Test::kPronoun, 0, found.places.size(), found.places.size(), 0});
  return found;
}

// "The large one" tells one of several apart.
bool is_told_apart(const Query& query) {
  return !query.sizes.empty() || !query.colours.empty() || !query.measures.empty() || !query.relations.empty() || !query.tags.empty() ||
         query.order;
}

// What the last sentence was a question about.
std::vector<std::int32_t> Solver::asked_about() const {
  std::vector<std::int32_t> ids;
  if (situation_.turns.empty() || situation_.turns.back().plan.status != Plan::Status::kAsk) return ids;
  for (const Candidate& candidate : situation_.turns.back().plan.candidates)
    ids.insert(ids.end(), candidate.ids.begin(), candidate.ids.end());
  return ids;
}

Found Solver::base(const Query& query) {
  switch (query.kind) {
    case Query::Kind::kClass:
      return of_class(query);
    case Query::Kind::kName:
      return of_name(query);
    case Query::Kind::kIds:
      return of_ids(query, query.ids);
    case Query::Kind::kThis:
      return pointed_at(query);
    case Query::Kind::kIt:
      if (is_told_apart(query) && !asked_about().empty()) return of_ids(query, asked_about());
      return of_ids(query, situation_.it.empty() ? situation_.selection : situation_.it);
    case Query::Kind::kSelection:
      return of_ids(query, situation_.selection);
    case Query::Kind::kScene:
      return of_class(query);
    case Query::Kind::kUnion:
      return united(query);
    case Query::Kind::kOther:
      return other(query);
    case Query::Kind::kEarlier:
      return earlier(query);
  }
  return failure(Status::kNone, query);
}

double Solver::value_of(std::uint32_t place, Measure measure) const {
  const Measured& m = scene_.measured()[place];
  switch (measure) {
    case Measure::kHeight:
      return object(place).height;
    case Measure::kArea:
      return m.area;
    case Measure::kLength:
      return m.length;
    case Measure::kWidth:
      return m.width;
    case Measure::kNorth:
      return m.centroid.y;
    case Measure::kEast:
      return m.centroid.x;
    case Measure::kRight:
      return glm::dot(m.centroid - (view_.given ? view_.position : glm::dvec2(0.0)), view_.right);
    case Measure::kDepth:
      return glm::dot(m.centroid - (view_.given ? view_.position : glm::dvec2(0.0)), view_.forward);
    case Measure::kDistance:
      return 0;
  }
  return 0;
}

bool Solver::own_place(Places& anchors, std::optional<glm::dvec2>& point) const {
  if (situation_.pointer) {
    point = situation_.pointer;
  } else if (!situation_.selection.empty()) {
    anchors = places_of(scene_, situation_.selection);
  } else if (situation_.camera) {
    point = glm::dvec2(situation_.camera->position);
  }
  return point || !anchors.empty();
}

// One value a place; nothing: `found` has failed.
std::optional<std::vector<double>> Solver::values_of(const Places& places, Measure measure, const QueryPtr& anchor_query, Found& found) {
  std::vector<double> values;
  values.reserve(places.size());
  if (measure != Measure::kDistance) {
    for (const std::uint32_t place : places) values.push_back(value_of(place, measure));
    return values;
  }
  Places anchors;
  std::optional<glm::dvec2> point;
  if (anchor_query) {
    Found from = anchor(*anchor_query);
    if (from.status != Status::kOk) {
      found = std::move(from);
      return std::nullopt;
    }
    anchors = std::move(from.places);
  } else if (!own_place(anchors, point)) {
    found.status = Status::kNoReferent;
    return std::nullopt;
  }
  for (const std::uint32_t place : places) {
    values.push_back(point ? city::gap(object(place), *point) : gap_to_any(scene_, place, anchors));
  }
  return values;
}

bool Solver::by_states(Found& found, const Query& query) {
  for (std::size_t i = 0; i < query.states.size(); ++i) {
    const auto holds = [&](std::uint32_t place) {
      const std::int32_t id = object(place).id;
      switch (query.states[i]) {
        case ObjectState::kSelected:
          return std::find(situation_.selection.begin(), situation_.selection.end(), id) != situation_.selection.end();
        case ObjectState::kHidden:
          return scene_.hidden(id);
        case ObjectState::kEdited:
          return scene_.edited(id);
        case ObjectState::kInserted:
          return scene_.inserted(id);
        case ObjectState::kVisible:
          return !scene_.hidden(id);
      }
      return false;
    };
    if (!keep(found, query, Test::kState, i, holds)) return false;
  }
  for (std::size_t i = 0; i < query.tags.size(); ++i) {
    if (!keep(found, query, Test::kTag, i, [&](std::uint32_t place) { return has_tag(object(place), query.tags[i]); })) return false;
  }
  return true;
}

bool Solver::by_colours(Found& found, const Query& query) {
  for (std::size_t i = 0; i < query.colours.size(); ++i) {
    const ColourTest& test = query.colours[i];
    const int wanted = find_colour(test.colour);
    const auto holds = [&](std::uint32_t place) {
      const Measured& m = scene_.measured()[place];
      const bool wall = test.surface != Surface::kRoof && m.wall >= 0 && m.wall == wanted;
      const bool roof = test.surface != Surface::kWall && m.roof >= 0 && m.roof == wanted;
      return (wall || roof) != test.negated;
    };
    if (!keep(found, query, Test::kColour, i, holds)) return false;
  }
  return true;
}

bool compares(double value, Comparison comparison, double limit) {
  switch (comparison) {
    case Comparison::kLess:
      return value < limit;
    case Comparison::kAtMost:
      return value <= limit;
    case Comparison::kEqual:
      return std::abs(value - limit) <= std::max(kEqual_m, kEqualShare * std::abs(limit));
    case Comparison::kAtLeast:
      return value >= limit;
    case Comparison::kGreater:
      return value > limit;
  }
  return false;
}

bool Solver::by_measures(Found& found, const Query& query) {
  for (std::size_t i = 0; i < query.measures.size(); ++i) {
    const MeasureTest& test = query.measures[i];
    const auto values = values_of(found.places, test.measure, test.anchor, found);
    if (!values) {
      if (found.in_question == nullptr) found.in_question = &query;
      return false;
    }
    double limit = test.value;
    Places same;
    if (test.anchor && test.measure != Measure::kDistance) {
      Found compared = anchor(*test.anchor);
      if (compared.status != Status::kOk) {
        found = std::move(compared);
        return false;
      }
      same = compared.places;
      // Taller than all of them; lower than all of them.
      const bool less = test.comparison == Comparison::kLess || test.comparison == Comparison::kAtMost;
      for (std::size_t k = 0; k < same.size(); ++k) {
        const double value = value_of(same[k], test.measure);
        limit = k == 0 ? value : less ? std::min(limit, value) : std::max(limit, value);
      }
    }
    Places left;
    for (std::size_t k = 0; k < found.places.size(); ++k) {
      const bool itself = std::find(same.begin(), same.end(), found.places[k]) != same.end();
      if (!itself && compares((*values)[k], test.comparison, limit)) left.push_back(found.places[k]);
    }
    if (!leave(found, query, Test::kMeasure, i, std::move(left), limit)) return false;
  }
  return true;
}

bool Solver::by_sizes(Found& found, const Query& query) {
  const bool has_class = query.kind == Query::Kind::kClass || query.kind == Query::Kind::kScene;
  for (std::size_t i = 0; i < query.sizes.size(); ++i) {
    const SizeTest& test = query.sizes[i];
    std::vector<double> values;
    for (const std::uint32_t place : has_class ? class_members(scene_, query) : found.places) {
      // Without a class, "tall" is said of what stands and "big" of what covers an area.
      const bool counts =
          !query.classes.empty() || (test.measure == Measure::kHeight ? object(place).height > 0 : object(place).path.empty());
      if (counts) values.push_back(value_of(place, test.measure));
    }
    if (values.empty()) return leave(found, query, Test::kSize, i, {});
    const bool few = values.size() < 4;
    const double limit =
        few ? (test.large ? *std::max_element(values.begin(), values.end()) : *std::min_element(values.begin(), values.end()))
            : percentile(values, test.large ? 0.75 : 0.25);
    const auto holds = [&](std::uint32_t place) {
      const double value = value_of(place, test.measure);
      if (test.large) return few ? value >= limit : value > limit;
      return few ? value <= limit : value < limit;
    };
    if (!keep(found, query, Test::kSize, i, holds, limit)) return false;
  }
  return true;
}

Found Solver::anchor(const Query& query) {
  if (const auto tried = tried_.find(&query); tried != tried_.end()) {
    Found found;
    found.places = tried->second;
    return found;
  }
  if (const auto known = known_.find(&query); known != known_.end()) return known->second;
  Found found = find(query, query.quantity == Quantity::kAny);
  known_.insert_or_assign(&query, found);
  return found;
}

void Solver::try_out(const Query& query, const Places* places) {
  known_.clear();  // what depends on it may differ
  if (places == nullptr) {
    tried_.erase(&query);
  } else {
    tried_[&query] = *places;
  }
}

bool camera_direction(Relation relation) {
  return relation == Relation::kLeft || relation == Relation::kRight || relation == Relation::kFront || relation == Relation::kBehind;
}

bool Solver::by_relations(Found& found, const Query& query) {
  std::vector<std::size_t> order(query.relations.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  // "the tower nearest to the church" looks at what the other words leave.
  std::stable_partition(order.begin(), order.end(), [&](std::size_t i) { return query.relations[i].relation != Relation::kNearest; });
  Places nearest_to;
  for (const std::size_t i : order) {
    const RelationTest& test = query.relations[i];
    std::array<Places, 2> anchors;
    for (std::size_t k = 0; k < std::min<std::size_t>(2, test.anchors.size()); ++k) {
      if (!test.anchors[k]) continue;
      Found meant = anchor(*test.anchors[k]);
      if (meant.status != Status::kOk) {
        found = std::move(meant);
        return false;
      }
      anchors[k] = std::move(meant.places);
    }
    if (test.relation == Relation::kNearest && test.anchors.empty()) {
      std::optional<glm::dvec2> point;
      if (!own_place(anchors[0], point)) {
        found.status = Status::kNoReferent;
        found.in_question = &query;
        return false;
      }
      if (point) {
        double least = std::numeric_limits<double>::infinity();
        for (const std::uint32_t place : found.places) least = std::min(least, city::gap(object(place), *point));
        if (!keep(found, query, Test::kRelation, i, [&](std::uint32_t place) { return city::gap(object(place), *point) <= least; }))
          return false;
        continue;
      }
    }
    Places left = related(scene_, view_, test, found.places, anchors[0], anchors[1]);
    if (!leave(found, query, Test::kRelation, i, std::move(left))) return false;
    if ((camera_direction(test.relation) || test.relation == Relation::kAcross) && !test.negated && nearest_to.empty()) {
      nearest_to = test.relation == Relation::kAcross && !anchors[1].empty() ? anchors[1] : anchors[0];
    }
  }
  if (!nearest_to.empty() && !query.order) {
    sort_by_gap(scene_, found.places, nearest_to);
    found.nearest_to = std::move(nearest_to);
  }
  return true;
}

// Whether an object fits does not depend on which others do.
bool tests_stand_alone(const Query& query) {
  return query.kind == Query::Kind::kClass && query.quantity == Quantity::kAll && !query.order &&
         std::none_of(query.relations.begin(), query.relations.end(), [](const RelationTest& test) {
           return test.relation == Relation::kNearest || std::any_of(test.anchors.begin(), test.anchors.end(), [](const QueryPtr& said) {
                    return said && said->quantity == Quantity::kThe;
                  });
         });
}

bool Solver::by_exceptions(Found& found, const Query& query) {
  for (std::size_t i = 0; i < query.except.size(); ++i) {
    if (!query.except[i]) continue;
    const Query& except = *query.except[i];
    Found left_out;
    if (except.kind == Query::Kind::kClass && except.classes.empty() && !choices_.contains(&except)) {
      // "except the red one": one of these.
      left_out.places = found.places;
      narrow(left_out, except, false);
    } else {
      if (tests_stand_alone(except) && !choices_.contains(&except)) {
        // Only whether these are among them matters.
        std::copy_if(found.places.begin(), found.places.end(), std::back_inserter(left_out.places),
                     [&](std::uint32_t place) { return is_of_class(object(place), except); });
        if (left_out.places.empty() || !narrow(left_out, except, true)) left_out.places.clear();
      }
      if (left_out.places.empty()) left_out = anchor(except);
    }
    if (left_out.status != Status::kOk) {
      found = std::move(left_out);
      return false;
    }
    std::vector<bool> out(scene_.catalogue().size());
    for (const std::uint32_t place : left_out.places) out[place] = true;
    if (!keep(found, query, Test::kExcept, i, [&](std::uint32_t place) { return !out[place]; })) return false;
  }
  return true;
}

bool Solver::by_order(Found& found, const Query& query) {
  if (!query.order) return true;
  const Order& order = *query.order;
  const auto values = values_of(found.places, order.measure, order.anchor, found);
  if (!values) {
    if (found.in_question == nullptr) found.in_question = &query;
    return false;
  }
  std::vector<std::size_t> ranked(found.places.size());
  std::iota(ranked.begin(), ranked.end(), std::size_t{0});
  const auto first = static_cast<std::size_t>(std::max(1, order.rank)) - 1;
  const std::size_t last = std::min(ranked.size(), first + static_cast<std::size_t>(std::max(1, order.count)));
  const auto before = [&](std::size_t a, std::size_t b) {
    const double x = (*values)[a], y = (*values)[b];
    return x != y ? (order.descending ? x > y : x < y) : a < b;
  };
  std::sort(ranked.begin(), ranked.end(), before);
  if (first >= ranked.size()) return leave(found, query, Test::kOrder, 0, {});
  // Equal ones across the end of what was asked for are in question, all of them.
  std::size_t begin = first, end = last;
  const auto equal = [&](std::size_t a, std::size_t b) { return (*values)[ranked[a]] == (*values)[ranked[b]]; };
  while (end < ranked.size() && equal(end, last - 1)) ++end;
  while (begin > 0 && equal(begin - 1, first)) --begin;
  Places left;
  for (std::size_t i = begin; i < end; ++i) left.push_back(found.places[ranked[i]]);
  return leave(found, query, Test::kOrder, 0, std::move(left));
}

bool stands_for_all(const Query& query) {
  switch (query.kind) {
    case Query::Kind::kIds:
    case Query::Kind::kIt:
    case Query::Kind::kSelection:
    case Query::Kind::kScene:
    case Query::Kind::kUnion:
    case Query::Kind::kEarlier:
      return query.quantity != Quantity::kCount;
    case Query::Kind::kThis:
      return query.plural;
    default:
      return query.quantity == Quantity::kAll;
  }
}

void Solver::settle_quantity(Found& found, const Query& query) {
  if (stands_for_all(query)) return;
  std::size_t wanted = query.quantity == Quantity::kCount ? static_cast<std::size_t>(std::max(1, query.count)) : 1;
  if (query.order) wanted = std::max(wanted, static_cast<std::size_t>(std::max(1, query.order->count)));
  if (found.places.size() == wanted) return;
  if (found.places.size() < wanted) {
    if (query.quantity != Quantity::kCount) return;
    found.status = Status::kTooFew;
    found.in_question = &query;
    return;
  }
  const auto told_apart = [&](Test test, const auto& holds) {
    Places left;
    std::copy_if(found.places.begin(), found.places.end(), std::back_inserter(left), holds);
    return left.size() == wanted && leave(found, query, test, 0, std::move(left));
  };
  const auto selected = [&](std::uint32_t place) {
    return std::find(situation_.selection.begin(), situation_.selection.end(), object(place).id) != situation_.selection.end();
  };
  if (!query.order && told_apart(Test::kSelected, selected)) return;
  const auto gap_of = [&](std::size_t i) { return gap_to_any(scene_, found.places[i], found.nearest_to); };
  if (!found.nearest_to.empty() && gap_of(wanted - 1) < gap_of(wanted)) {
    leave(found, query, Test::kNearFirst, 0, Places(found.places.begin(), found.places.begin() + static_cast<std::ptrdiff_t>(wanted)));
    return;
  }
  // A copy has the name of what it was made from; the name means that one.
  if (query.kind == Query::Kind::kName &&
      told_apart(Test::kOriginal, [&](std::uint32_t place) { return !scene_.inserted(object(place).id); })) {
    return;
  }
  if (told_apart(Test::kVisible, [&](std::uint32_t place) { return !scene_.hidden(object(place).id); })) return;
  found.status = Status::kAmbiguous;
  found.in_question = &query;
  for (const std::uint32_t place : found.places) found.choices.push_back({place});
}

bool Solver::narrow(Found& found, const Query& query, bool every) {
  const bool fits = by_states(found, query) && by_colours(found, query) && by_measures(found, query) && by_sizes(found, query) &&
                    by_relations(found, query) && by_exceptions(found, query) && by_order(found, query);
  if (fits && !every) settle_quantity(found, query);
  return fits && found.status == Status::kOk;
}

// Anchors of the query's own relations that are open: "the tower next to the church" with two churches is clear when only one of them has
// a tower beside it.
std::optional<Found> Solver::try_anchors(const Query& query, bool every) {
  for (const RelationTest& test : query.relations) {
    for (const QueryPtr& said : test.anchors) {
      if (!said || said->quantity != Quantity::kThe || tried_.contains(said.get()) || choices_.contains(said.get())) continue;
      Found meant = anchor(*said);
      if (meant.status != Status::kAmbiguous || meant.in_question != said.get()) continue;
      return try_choices(query, *said, std::move(meant), every);
    }
  }
  return std::nullopt;
}

Found Solver::try_choices(const Query& query, const Query& said, Found open, bool every) {
  if (open.choices.size() > kMostTried) {
    // Nobody would choose among so many: any of them will do.
    try_out(said, &open.places);
    Found outcome = find(query, every);
    try_out(said, nullptr);
    return outcome;
  }
  std::vector<Found> alive;
  std::vector<Places> sensible;
  Found last;
  for (const Places& choice : open.choices) {
    try_out(said, &choice);
    last = find(query, every);
    try_out(said, nullptr);
    if (last.status != Status::kOk && last.status != Status::kAmbiguous) continue;
    alive.push_back(last);
    sensible.push_back(choice);
  }
  if (alive.empty()) return last;
  const auto agrees = [&](const Found& outcome) { return outcome.status == Status::kOk && outcome.places == alive.front().places; };
  if (alive.size() == 1 || std::all_of(alive.begin(), alive.end(), agrees)) return alive.front();
  if (query.quantity != Quantity::kAll && !every) return any_of(query, alive);
  open.choices = std::move(sensible);
  open.places.clear();
  for (const Places& choice : open.choices) open.places.insert(open.places.end(), choice.begin(), choice.end());
  return open;
}

// One thing is meant and each way to read an anchor gives another: the question is about the thing.
Found Solver::any_of(const Query& query, const std::vector<Found>& outcomes) const {
  Found open = failure(Status::kAmbiguous, query);
  open.decisions = outcomes.front().decisions;
  std::set<std::uint32_t> seen;
  for (const Found& outcome : outcomes) {
    std::vector<Places> choices = outcome.choices;
    if (outcome.status == Status::kOk) choices = {outcome.places};
    for (const Places& choice : choices) {
      bool fresh = false;
      for (const std::uint32_t place : choice) {
        if (!seen.insert(place).second) continue;
        open.places.push_back(place);
        fresh = true;
      }
      if (fresh) open.choices.push_back(choice);
    }
  }
  return open;
}

Found Solver::find(const Query& query, bool every) {
  if (const auto chosen = choices_.find(&query); chosen != choices_.end()) {
    Found found;
    found.places = places_of(scene_, chosen->second);
    if (found.places.empty()) return failure(Status::kNone, query);
    return found;
  }
  if (auto settled = try_anchors(query, every)) return std::move(*settled);
  Found found = base(query);
  if (found.status == Status::kOk) narrow(found, query, every);
  return found;
}

Resolution resolution_of(const Found& found, const SceneView& scene) {
  const auto ids_of = [&](const Places& places) {
    std::vector<std::int32_t> ids;
    ids.reserve(places.size());
    for (const std::uint32_t place : places) ids.push_back(scene.catalogue().objects()[place].id);
    return ids;
  };
  Resolution resolution;
  resolution.status = found.status;
  resolution.ids = ids_of(found.places);
  resolution.decisions = found.decisions;
  resolution.in_question = found.status == Status::kOk ? nullptr : found.in_question;
  for (const Places& choice : found.choices) resolution.choices.push_back(ids_of(choice));
  return resolution;
}

}  // namespace

Resolution resolve(const Query& query, const Situation& situation, const Choices& choices) {
  return resolution_of(Solver(situation, choices).find(query, false), *situation.scene);
}

Resolution resolve_all(const Query& query, const Situation& situation, const Choices& choices) {
  return resolution_of(Solver(situation, choices).find(query, true), *situation.scene);
}

}  // namespace skyline::models
