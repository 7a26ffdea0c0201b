#include "editor/document_state.h"

#include "city/polygon.h"

#include <nlohmann/json.hpp>
#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace skyline::editor {
namespace {

using nlohmann::json;

json list_of(const glm::dvec3& v) { return {v.x, v.y, v.z}; }

// The object's entry; made when it has none yet.
ObjectState& entry(DocumentState& state, std::int32_t id) {
  const auto [object, is_new] = state.objects.try_emplace(id);
  if (is_new) object->second.source = id;
  return object->second;
}

// Degrees in [0, 360): turning on and on must not lose digits.
double whole_turn(double degrees) {
  const double turned = std::fmod(degrees, 360.0);
  return (turned < 0 ? turned + 360 : turned) + 0.0;  // no negative zero
}

// The meaning of each operation.
struct Applier {
  DocumentState& state;
  const SceneFacts& scene;

  template <class Change>
  void each(const ObjectIds& targets, Change&& change) const {
    for (const std::int32_t id : targets) change(entry(state, id));
  }

  void operator()(const Select& o) const {
    if (o.mode == SelectMode::kSet) state.selection.clear();
    if (o.mode == SelectMode::kIntersect) {
      const std::set<std::int32_t> kept(o.targets.begin(), o.targets.end());
      std::erase_if(state.selection, [&](std::int32_t id) { return !kept.contains(id); });
      return;
    }
    for (const std::int32_t id : o.targets) {
      std::erase(state.selection, id);
      if (o.mode != SelectMode::kRemove) state.selection.push_back(id);
    }
  }
  void operator()(const SaveSelection& o) const {
    if (state.selection.empty()) {
      state.saved_selections.erase(o.name);
    } else {
      state.saved_selections[o.name] = state.selection;
    }
  }
  void operator()(const Remove& o) const {
    each(o.targets, [](ObjectState& object) { object.removed = true; });
    for (const std::int32_t id : o.targets) std::erase(state.selection, id);
  }
  void operator()(const Move& o) const {
    for (std::size_t i = 0; i < o.targets.size(); ++i) {
      ObjectState& object = entry(state, o.targets[i]);
      object.offset += o.offset;
      if (!o.lifts.empty()) object.offset.z += o.lifts[i];
    }
  }
  void operator()(const Rotate& o) const {
    each(o.targets, [&](ObjectState& object) { object.yaw_deg = whole_turn(object.yaw_deg + o.angle_deg); });
  }
  void operator()(const Scale& o) const {
    each(o.targets, [&](ObjectState& object) { object.scale *= o.factor; });
  }
  void operator()(const Duplicate& o) const {
    std::int32_t id = o.first_id;
    ObjectIds copies;
    for (const std::int32_t target : o.targets) {
      const ObjectState original = *state.find(target, scene);
      for (int k = 1; k <= o.count; ++k) {
        ObjectState copy = original;
        copy.offset += static_cast<double>(k) * o.offset;
        if (!o.lifts.empty()) copy.offset.z += o.lifts[copies.size()];
        copies.push_back(id);
        state.objects.emplace(id++, std::move(copy));
      }
    }
    state.selection = std::move(copies);
  }
  void operator()(const Insert& o) const {
    std::int32_t id = o.first_id;
    ObjectIds made;
    for (const glm::dvec3& place : o.places) {
      made.push_back(id);
      show(state.objects[id++], o, place, o.angle_deg);
    }
    state.selection = std::move(made);
  }
  void operator()(const Replace& o) const {
    for (std::size_t i = 0; i < o.targets.size(); ++i) {
      ObjectState& object = entry(state, o.targets[i]);
      object.wall.reset();
      object.roof.reset();
      show(object, o, o.places[i], o.angles_deg[i]);
    }
  }
  void operator()(const SoftEdge& o) const {
    each(o.targets, [&](ObjectState& object) { object.soft = o.width + 0.0; });
  }
  void operator()(const MarkRegion& o) const {
    ObjectState& region = entry(state, o.id);
    region.own = o.own;
    state.selection = {o.id};
  }
  // The object shows the operation's thing at a place.
  void show(ObjectState& object, const auto& o, const glm::dvec3& place, double angle_deg) const {
    object.source = o.source;
    object.own = o.own;
    object.scale = o.scale;
    object.yaw_deg = whole_turn(angle_deg);
    object.offset = glm::dvec3(0.0);
    object.offset = place - placement_of(object, source_of(object, scene)).pivot;
  }
  void operator()(const Recolor& o) const {
    each(o.targets, [&](ObjectState& object) {
      if (o.part != Part::kRoof) object.wall = o.colour;
      if (o.part != Part::kWall) object.roof = o.colour;
    });
  }
  void operator()(const Hide& o) const {
    each(o.targets, [](ObjectState& object) { object.hidden = true; });
  }
  void operator()(const Show& o) const {
    each(o.targets, [](ObjectState& object) { object.hidden = false; });
  }
  void operator()(const Isolate& o) const {
    const std::set<std::int32_t> kept(o.targets.begin(), o.targets.end());
    for (const city::Object& object : scene.catalogue->objects()) entry(state, object.id);
    for (auto& [id, object] : state.objects) object.hidden = !kept.contains(id);
  }
  void operator()(const Rename& o) const {
    each(o.targets, [&](ObjectState& object) { object.name = o.name; });
  }
  void operator()(const Look& o) const {
    const bool mean = o.photo < 0 && (o.other < 0 || o.blend == 0);
    state.look = mean ? std::nullopt : std::optional<Look>(o);
  }
  void operator()(const Grading& o) const { state.grading = o; }
  void operator()(const ChangeLight& o) const {
    Effect effect = effect_on(o, EffectKind::kLight);
    effect.sun = o.sun;
    put(std::move(effect));
  }
  void operator()(const ChangeSeason& o) const {
    Effect effect = effect_on(o, EffectKind::kSeason);
    effect.season = o.season;
    put(std::move(effect));
  }
  void operator()(const ChangeWeather& o) const {
    Effect effect = effect_on(o, EffectKind::kWeather);
    effect.weather = o.weather;
    put(std::move(effect));
  }
  void operator()(const ChangeStyle& o) const {
    Effect effect = effect_on(o, EffectKind::kStyle);
    effect.style = o.style;
    put(std::move(effect));
  }
  void operator()(const MuteEffects& o) const {
    each_effect(o.effects, [&](Effect& effect) { effect.muted = o.muted; });
  }
  void operator()(const SetEffectStrength& o) const {
    each_effect({o.effect}, [&](Effect& effect) { effect.strength = o.strength; });
  }
  void operator()(const ReorderEffect& o) const {
    const auto found = std::find_if(state.effects.begin(), state.effects.end(), [&](const Effect& e) { return e.number == o.effect; });
    Effect moved = std::move(*found);
    state.effects.erase(found);
    state.effects.insert(state.effects.begin() + o.place, std::move(moved));
  }
  void operator()(const GroupEffects& o) const {
    each_effect(o.effects, [&](Effect& effect) { effect.group = o.name; });
  }
  void operator()(const DropEffects& o) const {
    for (const std::int32_t number : o.effects) std::erase_if(state.effects, [&](const Effect& e) { return e.number == number; });
  }

  template <class Change>
  static Effect effect_on(const Change& o, EffectKind kind) {
    Effect effect;
    effect.kind = kind;
    effect.targets = o.targets;
    std::sort(effect.targets.begin(), effect.targets.end());
    effect.strength = o.strength;
    effect.edge = o.edge;
    return effect;
  }
  template <class Change>
  void each_effect(const std::vector<std::int32_t>& numbers, Change&& change) const {
    for (Effect& effect : state.effects) {
      if (std::find(numbers.begin(), numbers.end(), effect.number) != numbers.end()) change(effect);
    }
  }
  // In the place of the one of its kind on the same objects, heard again; else last.
  void put(Effect effect) const {
    const auto former = std::find_if(state.effects.begin(), state.effects.end(),
                                     [&](const Effect& e) { return e.kind == effect.kind && e.targets == effect.targets; });
    if (former != state.effects.end()) {
      effect.number = former->number;
      effect.group = former->group;
      *former = std::move(effect);
      return;
    }
    effect.number = ++state.effects_made;
    state.effects.push_back(std::move(effect));
  }
};

// What is again as photographed is no difference.
void settle(DocumentState& state, const Operation& operation) {
  const auto is_settled = [](std::int32_t id, const ObjectState& object) {
    ObjectState as_photographed;
    as_photographed.source = id;
    return object == as_photographed;
  };
  const auto settle_targets = [&](const auto& o) {
    if constexpr (requires { o.targets; }) {
      for (const std::int32_t id : o.targets) {
        const auto found = state.objects.find(id);
        if (found != state.objects.end() && is_settled(id, found->second)) state.objects.erase(found);
      }
    }
  };
  if (std::holds_alternative<Isolate>(operation)) {
    std::erase_if(state.objects, [&](const auto& object) { return is_settled(object.first, object.second); });
  } else {
    std::visit(settle_targets, operation);
  }
}

json object_json(const ObjectState& object) {
  const auto colour = [](const std::optional<glm::u8vec3>& c) { return c ? json{c->r, c->g, c->b} : json(); };
  json form{object.source,         object.removed,      object.hidden,
            list_of(object.scale), object.yaw_deg,      list_of(object.offset),
            colour(object.wall),   colour(object.roof), object.name ? json(*object.name) : json()};
  // Left out where there is none: states of former versions keep their hashes.
  if (object.own || object.soft != 0) form.push_back({object.own ? json_of(*object.own) : json(), object.soft});
  return form;
}

json effect_json(const Effect& effect) {
  return {effect.number,
          static_cast<int>(effect.kind),
          static_cast<int>(effect.season),
          static_cast<int>(effect.weather),
          static_cast<int>(effect.style),
          effect.sun.azimuth_deg,
          effect.sun.elevation_deg,
          effect.targets,
          effect.strength,
          effect.edge,
          effect.muted,
          effect.group};
}

}  // namespace

std::optional<ObjectState> DocumentState::find(std::int32_t id, const SceneFacts& scene) const {
  if (const auto known = objects.find(id); known != objects.end()) return known->second;
  if (scene.catalogue->find(id) == nullptr) return std::nullopt;
  ObjectState as_photographed;
  as_photographed.source = id;
  return as_photographed;
}

city::Object source_of(const ObjectState& object, const SceneFacts& scene) {
  if (object.own) return object_of(*object.own, object.source);
  const city::Object* const source = scene.catalogue->find(object.source);
  return source != nullptr ? *source : city::Object();
}

double ground_height(const SceneFacts& scene, glm::dvec2 place) {
  if (scene.ground) return scene.ground(place);
  double height = 0, nearest = 1e300;
  for (const city::Object& object : scene.catalogue->objects()) {
    if (object.footprint.empty()) continue;  // bridges and rails have heights of their own
    const double gap = city::gap(object.footprint, place);
    if (gap >= nearest) continue;
    nearest = gap;
    height = object.base;
  }
  return height;
}

nerf::Placement placement_of(const ObjectState& object, const city::Object& source) {
  const glm::dvec2 middle = city::centroid(source);
  return {.pivot = {middle.x, middle.y, source.base}, .yaw_deg = object.yaw_deg, .scale = object.scale, .offset = object.offset};
}

void apply(DocumentState& state, const Operation& operation, const SceneFacts& scene) {
  std::visit(Applier{state, scene}, operation);
  settle(state, operation);
}

std::uint64_t hash_of(const DocumentState& state) {
  json form;
  for (const auto& [id, object] : state.objects) form["objects"].push_back({id, object_json(object)});
  if (state.look) form["look"] = {state.look->photo, state.look->other, state.look->blend};
  form["grading"] = {state.grading.exposure, state.grading.temperature, state.grading.tint, state.grading.saturation};
  // Left out where there was never one: states of projects from before there were effects keep their hashes.
  if (state.effects_made > 0) form["effects_made"] = state.effects_made;
  for (const Effect& effect : state.effects) form["effects"].push_back(effect_json(effect));
  form["selection"] = state.selection;
  form["saved"] = state.saved_selections;
  const std::string text = form.dump(-1, ' ', false, json::error_handler_t::replace);
  return XXH3_64bits(text.data(), text.size());
}

}  // namespace skyline::editor
