#include "models/language/interpreter/step_grounder.h"

#include "models/language/interpreter/standard_size.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace skyline::models {

using nlohmann::json;

namespace {

constexpr std::array<const char*, 9> kWindNames{"", "north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"};
constexpr std::array<const char*, 6> kViews{"goto", "orbit", "top", "street", "look_from", "fly"};

template <class Key>
void add_unique(std::vector<std::pair<Key, std::vector<std::int32_t>>>& groups, const Key& key, std::int32_t id) {
  const auto known = std::find_if(groups.begin(), groups.end(), [&](const auto& group) { return group.first == key; });
  if (known != groups.end()) {
    known->second.push_back(id);
  } else {
    groups.push_back({key, {id}});
  }
}

}  // namespace

json number_list(const glm::dvec3& vector) { return {rounded(vector.x), rounded(vector.y), rounded(vector.z)}; }

// --- references ------------------------------------------------------------------------------------------------------------------------

void StepGrounder::miss(std::string argument) {
  Trouble trouble;
  trouble.kind = Trouble::Kind::kMissing;
  trouble.argument = std::move(argument);
  trouble_ = std::move(trouble);
}

void StepGrounder::refuse(std::string argument, Ids ids) {
  Trouble trouble;
  trouble.kind = Trouble::Kind::kNotPossible;
  trouble.argument = std::move(argument);
  trouble.ids = std::move(ids);
  trouble_ = std::move(trouble);
}

bool StepGrounder::said_missing() {
  for (const std::string& argument : step_.missing) {
    if (argument == "targets") continue;  // the selection may stand in
    miss(argument);
    return true;
  }
  return false;
}

// Nested references, for those who underline words.
void StepGrounder::note_nested(const Query& query) {
  const auto note = [&](const QueryPtr& nested) {
    if (!nested) return;
    const auto chosen = chosen_.find(nested.get());
    meant_.push_back({nested.get(), chosen != chosen_.end() ? chosen->second : resolve(*nested, situation_, chosen_).ids});
    note_nested(*nested);
  };
  for (const RelationTest& test : query.relations) {
    for (const QueryPtr& anchor : test.anchors) note(anchor);
  }
  for (const MeasureTest& test : query.measures) note(test.anchor);
  if (query.order) note(query.order->anchor);
  for (const QueryPtr& part : query.parts) note(part);
  for (const QueryPtr& except : query.except) {
    if (except && except->kind != Query::Kind::kClass) note(except);
    if (except && except->kind == Query::Kind::kClass && !except->classes.empty()) note(except);
  }
}

std::optional<StepGrounder::Ids> StepGrounder::settle(const Query& query, const Resolution& resolution) {
  using Status = Resolution::Status;
  if (resolution.status == Status::kOk) {
    meant_.push_back({&query, resolution.ids});
    note_nested(query);
    return resolution.ids;
  }
  Trouble trouble;
  trouble.query = resolution.in_question != nullptr ? resolution.in_question : &query;
  trouble.decisions = resolution.decisions;
  trouble.ids = resolution.ids;
  trouble.found = resolution.ids.size();
  switch (resolution.status) {
    case Status::kAmbiguous:
      trouble.kind = Trouble::Kind::kAmbiguous;
      choices_ = resolution.choices;
      meant_.push_back({trouble.query, resolution.ids});
      break;
    case Status::kTooFew:
      trouble.kind = Trouble::Kind::kTooFew;
      trouble.wanted = static_cast<std::size_t>(std::max(1, trouble.query->count));
      break;
    case Status::kNoSuchName:
      trouble.kind = Trouble::Kind::kNoSuchName;
      break;
    case Status::kNoReferent:
      trouble.kind = Trouble::Kind::kNoReferent;
      break;
    default:
      trouble.kind = Trouble::Kind::kNothing;
      if (!resolution.decisions.empty()) trouble.emptied = resolution.decisions.back();
      break;
  }
  if (!trouble.is_question()) trouble.present = classes_present(scene_);
  trouble_ = std::move(trouble);
  return std::nullopt;
}

std::optional<StepGrounder::Ids> StepGrounder::refer(const QueryPtr& query) { return settle(*query, resolve(*query, situation_, chosen_)); }

std::optional<StepGrounder::Ids> StepGrounder::refer_all(const QueryPtr& query) {
  return settle(*query, resolve_all(*query, situation_, chosen_));
}

// One object that a place or a distance is about; nothing with trouble.
std::optional<const city::Object*> StepGrounder::refer_one(const QueryPtr& query, const char* argument) {
  if (!query) {
    miss(argument);
    return std::nullopt;
  }
  const auto ids = refer(query);
  if (!ids) return std::nullopt;
  return scene_.catalogue().find(ids->front());
}

std::optional<StepGrounder::Ids> StepGrounder::targets(Need need) {
  if (need == Need::kNone) return Ids{};
  if (step_.targets) return refer(step_.targets);
  if (need == Need::kOptional) return Ids{};
  Ids selected = situation_.selection;
  std::erase_if(selected, [&](std::int32_t id) { return scene_.catalogue().find(id) == nullptr; });
  if (!selected.empty()) return selected;
  miss("targets");
  return std::nullopt;
}

Objects StepGrounder::objects_of(const Ids& ids) const {
  Objects objects;
  for (const std::int32_t id : ids) {
    if (const city::Object* const object = scene_.catalogue().find(id)) objects.push_back(object);
  }
  return objects;
}

PlanStep StepGrounder::made(Ids ids) const {
  PlanStep step;
  step.op = std::string(op_name(step_.op));
  step.targets = std::move(ids);
  return step;
}

// --- operations ------------------------------------------------------------------------------------------------------------------------

std::vector<PlanStep> StepGrounder::run() {
  switch (step_.op) {
    case Op::kQuery:
      return ask();
    case Op::kInsert:
      return insert();
    case Op::kUndo:
    case Op::kRedo:
      return history();
    case Op::kExport:
      return save();
    default:
      break;
  }
  const bool needs_none = step_.op == Op::kStyle || step_.op == Op::kLight || step_.op == Op::kSeason || step_.op == Op::kWeather;
  const bool may_be_none = needs_none || step_.op == Op::kCamera || (step_.op == Op::kSelect && !step_.targets && step_.mode == "set");
  const auto ids = step_.op == Op::kShow ? shown() : targets(may_be_none ? Need::kOptional : Need::kSome);
  if (!ids || said_missing()) return {};
  switch (step_.op) {
    case Op::kSelect:
      return select(*ids);
    case Op::kMove:
      return move(*ids);
    case Op::kRotate:
      return rotate(*ids);
    case Op::kScale:
      return scale(*ids);
    case Op::kDuplicate:
      return duplicate(*ids);
    case Op::kReplace:
      return replace(*ids);
    case Op::kRecolor:
      return recolor(*ids);
    case Op::kStyle:
    case Op::kLight:
    case Op::kSeason:
    case Op::kWeather:
      return mood(*ids);
    case Op::kCamera:
      return camera(*ids);
    case Op::kRename:
      return rename(*ids);
    default:
      return {made(*ids)};  // remove, hide, show, isolate
  }
}

std::vector<PlanStep> StepGrounder::select(const Ids& ids) {
  PlanStep step = made(ids);
  step.arguments["mode"] = step_.mode.empty() ? "set" : step_.mode;
  return {step};
}

// "show the trees" means those that are hidden, when some are.
std::optional<StepGrounder::Ids> StepGrounder::shown() {
  Ids hidden;
  for (const city::Object& object : scene_.catalogue().objects()) {
    if (scene_.hidden(object.id)) hidden.push_back(object.id);
  }
  if (!step_.targets) {
    if (!hidden.empty()) return hidden;
    refuse("hidden");
    return std::nullopt;
  }
  if (!hidden.empty() && !chosen_.contains(step_.targets.get())) {
    Query narrower = *step_.targets;
    narrower.states.push_back(ObjectState::kHidden);
    const Resolution resolution = resolve(narrower, situation_, chosen_);
    if (resolution.status == Resolution::Status::kOk) {
      meant_.push_back({step_.targets.get(), resolution.ids});
      return resolution.ids;
    }
  }
  return refer(step_.targets);
}

// Roads and water are the ground itself: they are not taken elsewhere. True when that is all that was meant.
bool StepGrounder::bound_to_ground(const Ids& ids) {
  const auto bound = [&](std::int32_t id) {
    const city::Object* const object = scene_.catalogue().find(id);
    return object == nullptr || (!object->path.empty() && object->object_class != city::ObjectClass::kBridge &&
                                 object->object_class != city::ObjectClass::kWall);
  };
  if (!std::all_of(ids.begin(), ids.end(), bound)) return false;
  refuse("line", ids);
  return true;
}

std::vector<PlanStep> StepGrounder::move(const Ids& ids) {
  if (bound_to_ground(ids)) return {};
  const Objects things = objects_of(ids);
  glm::dvec3 offset(0.0);
  if (step_.place) {
    if (step_.place->kind == Place::Kind::kAlong && step_.displacement && step_.displacement->metres) {
      const auto line = refer_one(step_.place->anchor, "place");
      if (!line) return {};
      glm::dvec2 along = line_direction((*line)->path.empty() ? (*line)->footprint : (*line)->path, middle_of(things));
      const glm::dvec2 wanted(direction_of(step_.displacement->heading, view_));
      if (glm::dot(along, wanted) < 0) along = -along;
      offset = glm::dvec3(along * *step_.displacement->metres, 0);
    } else {
      const auto to = destination(*step_.place, things, false);
      if (!to) return {};
      offset = glm::dvec3(*to - middle_of(things), 0);
    }
  } else if (step_.displacement) {
    const auto by = offset_of(*step_.displacement, things);
    if (!by) return {};
    offset = *by;
  } else {
    miss("direction");
    return {};
  }
  PlanStep step = made(ids);
  step.arguments["offset"] = number_list(offset);
  return {step};
}

std::vector<PlanStep> StepGrounder::rotate(const Ids& ids) {
  if (bound_to_ground(ids)) return {};
  if (step_.angle_deg) {
    PlanStep step = made(ids);
    step.arguments["angle"] = rounded(*step_.angle_deg);
    return {step};
  }
  const city::Object* faced = nullptr;
  if (step_.facing_target) {
    const auto anchor = refer_one(step_.facing_target, "direction");
    if (!anchor) return {};
    faced = *anchor;
  } else if (step_.facing == Heading::kNone) {
    miss("angle");
    return {};
  }
  std::vector<std::pair<double, Ids>> turns;
  for (const city::Object* const object : objects_of(ids)) {
    const glm::dvec2 from = city::centroid(*object);
    glm::dvec2 towards(direction_of(step_.facing, view_));
    if (faced != nullptr) towards = (faced->path.empty() ? city::centroid(*faced) : city::nearest_on_path(faced->path, from).point) - from;
    add_unique(turns, rounded(turn_to_face(*object, city::bearing_deg(glm::dvec2(0.0), towards))), object->id);
  }
  std::vector<PlanStep> steps;
  for (auto& [angle, group] : turns) {
    PlanStep step = made(std::move(group));
    step.arguments["angle"] = angle;
    steps.push_back(std::move(step));
  }
  return steps;
}

// The factor goes along x or y of the object's own axes, whichever is nearer to the long side.
glm::dvec3 StepGrounder::long_axis_factor(const city::Object& object, double factor) const {
  const glm::dvec2 axis = object.path.empty() ? city::minimum_rectangle(object.footprint).long_axis : glm::dvec2(1.0, 0.0);
  const double turned = scene_.turned_deg(object.id) * 0.017453292519943295;
  const glm::dvec2 own(axis.x * std::cos(turned) + axis.y * std::sin(turned), axis.y * std::cos(turned) - axis.x * std::sin(turned));
  return std::abs(own.x) >= std::abs(own.y) ? glm::dvec3(factor, 1, 1) : glm::dvec3(1, factor, 1);
}

double StepGrounder::size_of(Sizing::Axes axes, const city::Object& object) const {
  const Measured& m = scene_.measured()[scene_.place_of(object)];
  return axes == Sizing::Axes::kHeight || axes == Sizing::Axes::kAll ? object.height : axes == Sizing::Axes::kWidth ? m.width : m.length;
}

std::optional<glm::dvec3> StepGrounder::factor_of(const Sizing& sizing, const city::Object& object) {
  const double size = size_of(sizing.axes, object);
  double factor = 1;
  if (sizing.factor) {
    factor = *sizing.factor;
  } else if (size <= 0) {
    refuse("height", {object.id});
    return std::nullopt;
  } else {
    factor = sizing.to_m ? *sizing.to_m / size : (size + *sizing.by_m) / size;
  }
  if (!(factor > 0)) {
    refuse("below zero", {object.id});
    return std::nullopt;
  }
  if (sizing.axes == Sizing::Axes::kHeight && object.height <= 0) {
    refuse("height", {object.id});
    return std::nullopt;
  }
  switch (sizing.axes) {
    case Sizing::Axes::kHeight:
      return glm::dvec3(1, 1, factor);
    case Sizing::Axes::kAll:
      return glm::dvec3(factor);
    case Sizing::Axes::kWidth:
      return glm::dvec3(factor, factor, 1);
    case Sizing::Axes::kLength:
      return long_axis_factor(object, factor);
  }
  return std::nullopt;
}

std::vector<PlanStep> StepGrounder::scale(const Ids& ids) {
  if (!step_.sizing || !(step_.sizing->factor || step_.sizing->by_m || step_.sizing->to_m || step_.sizing->like != nullptr)) {
    miss("amount");
    return {};
  }
  if (bound_to_ground(ids)) return {};
  Sizing sizing = *step_.sizing;
  if (sizing.like != nullptr) {
    const auto model = refer_one(sizing.like, "size");
    if (!model) return {};
    sizing.to_m = size_of(sizing.axes, **model);
  }
  std::vector<std::pair<json, Ids>> groups;
  for (const city::Object* const object : objects_of(ids)) {
    const auto factor = factor_of(sizing, *object);
    if (!factor) return {};
    add_unique(groups, number_list(*factor), object->id);
  }
  std::vector<PlanStep> steps;
  for (auto& [factor, group] : groups) {
    PlanStep step = made(std::move(group));
    step.arguments["factor"] = factor;
    steps.push_back(std::move(step));
  }
  return steps;
}

std::vector<PlanStep> StepGrounder::duplicate(const Ids& ids) {
  if (bound_to_ground(ids)) return {};
  const auto offset = copy_offset(objects_of(ids));
  if (!offset) return {};
  PlanStep step = made(ids);
  step.arguments["count"] = std::max(1, step_.count.value_or(1));
  step.arguments["offset"] = number_list(*offset);
  return {step};
}

std::vector<PlanStep> StepGrounder::insert() {
  if (said_missing()) return {};
  if (!step_.asset) {
    miss("asset");
    return {};
  }
  const double angle = step_.angle_deg.value_or(0);
  const city::Object thing = standard_object(*step_.asset, scene_.next_id(), glm::dvec2(0.0), angle);
  if (!step_.place) {
    miss("place");
    return {};
  }
  const auto at = destination(*step_.place, {&thing}, true);
  if (!at) return {};
  PlanStep step = made({});
  step.arguments["asset"] = city::class_name(*step_.asset);
  step.arguments["at"] = {rounded(at->x), rounded(at->y)};
  step.arguments["count"] = std::max(1, step_.count.value_or(1));
  if (step_.height_m) step.arguments["height"] = rounded(*step_.height_m);
  if (step_.angle_deg) {
    step.arguments["angle"] = rounded(angle);
  } else if (step_.place->kind == Place::Kind::kAlong && step_.count.value_or(1) > 1) {
    // A row along the line.
    const auto line = refer_one(step_.place->anchor, "place");
    if (!line) return {};
    const glm::dvec2 along = line_direction((*line)->path.empty() ? (*line)->footprint : (*line)->path, *at);
    step.arguments["angle"] = rounded(std::atan2(along.y, along.x) * 57.29577951308232);
  }
  return {step};
}

std::vector<PlanStep> StepGrounder::replace(const Ids& ids) {
  if (!step_.asset) {
    miss("asset");
    return {};
  }
  PlanStep step = made(ids);
  step.arguments["asset"] = city::class_name(*step_.asset);
  return {step};
}

std::vector<PlanStep> StepGrounder::recolor(const Ids& ids) {
  if (step_.colour.empty()) {
    miss("color");
    return {};
  }
  PlanStep step = made(ids);
  step.arguments["part"] = step_.part.empty() ? "all" : step_.part;
  step.arguments["color"] = step_.colour;
  return {step};
}

std::vector<PlanStep> StepGrounder::mood(const Ids& ids) {
  constexpr double kDefaultStrength = 0.6;
  PlanStep step = made(ids);
  const auto with_strength = [&](const char* key, const std::string& value) -> std::vector<PlanStep> {
    if (value.empty()) {
      miss(key);
      return {};
    }
    step.arguments[key] = value;
    step.arguments["strength"] = rounded(std::clamp(step_.strength.value_or(kDefaultStrength), 0.0, 1.0));
    return {step};
  };
  if (step_.op == Op::kStyle) return with_strength("style", step_.style);
  if (step_.op == Op::kSeason) return with_strength("season", step_.season);
  if (step_.op == Op::kWeather) return with_strength("weather", step_.weather);
  if (!step_.time.empty()) step.arguments["time"] = step_.time;
  if (step_.azimuth_deg) step.arguments["azimuth"] = rounded(*step_.azimuth_deg);
  if (step_.elevation_deg) step.arguments["elevation"] = rounded(*step_.elevation_deg);
  if (!step.arguments.empty()) return {step};
  miss("time");
  return {};
}

std::vector<PlanStep> StepGrounder::camera(const Ids& ids) {
  if (ids.empty() && (step_.view == View::kGoto || step_.view == View::kFly)) {
    if (situation_.selection.empty()) {
      miss("targets");
      return {};
    }
  }
  const bool needs = step_.view == View::kGoto || step_.view == View::kFly;
  PlanStep step = made(ids.empty() && needs ? situation_.selection : ids);
  const bool from_above = step_.view == View::kLookFrom && step_.from == Heading::kUp;
  step.arguments["action"] = kViews.at(static_cast<std::size_t>(from_above ? View::kTop : step_.view));
  const glm::dvec2 direction(direction_of(step_.from, view_));
  const auto wind = static_cast<std::size_t>(city::direction_of(glm::dvec2(0.0), direction));
  if (wind != 0) {
    step.arguments["direction"] = kWindNames.at(wind);
  } else if (step_.view == View::kLookFrom && !from_above) {
    miss("direction");
    return {};
  }
  if (step_.distance_m) step.arguments["distance"] = rounded(*step_.distance_m);
  if (step_.height_m) step.arguments["height"] = rounded(*step_.height_m);
  if (step_.duration_s) step.arguments["duration"] = rounded(*step_.duration_s);
  return {step};
}

std::vector<PlanStep> StepGrounder::rename(const Ids& ids) {
  if (step_.name.empty()) {
    miss("name");
    return {};
  }
  if (ids.size() > 1) {
    Trouble trouble;
    trouble.kind = Trouble::Kind::kAmbiguous;
    trouble.query = step_.targets.get();
    trouble.ids = ids;
    trouble_ = std::move(trouble);
    for (const std::int32_t id : ids) choices_.push_back({id});
    return {};
  }
  PlanStep step = made(ids);
  step.arguments["name"] = step_.name;
  return {step};
}

std::vector<PlanStep> StepGrounder::history() {
  PlanStep step = made({});
  step.arguments["steps"] = std::max(1, step_.count.value_or(1));
  return {step};
}

std::vector<PlanStep> StepGrounder::save() {
  if (said_missing()) return {};
  PlanStep step = made({});
  step.arguments["kind"] = step_.kind.empty() ? "image" : step_.kind;
  if (step_.size) step.arguments["size"] = {step_.size->x, step_.size->y};
  return {step};
}

}  // namespace skyline::models
