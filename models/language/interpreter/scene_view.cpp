// Scenes as they stand after edits: of a plan's steps, and of a document.
#include "models/language/interpreter/palette.h"
#include "models/language/interpreter/situation.h"
#include "models/language/interpreter/standard_size.h"

#include <glm/mat2x2.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <unordered_map>

namespace skyline::models {
namespace {

using city::Catalogue;
using city::Object;
using nlohmann::json;

// First scaled, then turned, about a point of the ground; then moved.
struct Placing {
  glm::dvec2 pivot{0.0};
  glm::dvec3 scale{1.0}, offset{0.0};
  double turn_deg = 0;
  double axes_deg = 0;  // the scale goes along axes turned by this

  void place(Object& object) const {
    const auto turned = [](double degrees) {
      const double radians = degrees * std::numbers::pi / 180, c = std::cos(radians), s = std::sin(radians);
      return glm::dmat2(c, s, -s, c);
    };
    const glm::dmat2 change =
        turned(turn_deg + axes_deg) * glm::dmat2(scale.x, 0, 0, scale.y) * (axes_deg == 0 ? glm::dmat2(1.0) : turned(-axes_deg));
    const bool only_moved = turn_deg == 0 && scale.x == 1 && scale.y == 1;
    for (auto* points : {&object.footprint, &object.path}) {
      for (glm::dvec2& p : *points) p = (only_moved ? p : pivot + change * (p - pivot)) + glm::dvec2(offset);
    }
    object.base += offset.z;
    object.height *= scale.z;
  }
};

std::optional<glm::u8vec3> colour_of(const json& step) {
  const auto value = step.find("color");
  if (value == step.end() || !value->is_string()) return std::nullopt;
  const auto& text = value->get_ref<const std::string&>();
  if (text.size() != 7 || text[0] != '#' || text.find_first_not_of("0123456789abcdefABCDEF", 1) != std::string::npos) return std::nullopt;
  const unsigned long bits = std::stoul(text.substr(1), nullptr, 16);
  return glm::u8vec3(bits >> 16, (bits >> 8) & 255, bits & 255);
}

std::optional<glm::dvec3> vector_of(const json& step, const char* name) {
  const auto value = step.find(name);
  if (value == step.end() || !value->is_array() || value->size() < 2 || value->size() > 3) return std::nullopt;
  glm::dvec3 vector(0.0);
  for (std::size_t i = 0; i < value->size(); ++i) {
    if (!(*value)[i].is_number()) return std::nullopt;
    vector[static_cast<int>(i)] = (*value)[i].get<double>();
  }
  return vector;
}

std::string text_of(const json& step, const char* name) {
  const auto value = step.find(name);
  return value != step.end() && value->is_string() ? value->get<std::string>() : std::string();
}

std::optional<double> number_of(const json& step, const char* name) {
  const auto value = step.find(name);
  if (value == step.end() || !value->is_number()) return std::nullopt;
  return value->get<double>();
}

constexpr std::size_t kMostCopies = 10000;  // of a step: more is left out

// A scene while steps change it.
struct Draft {
  std::vector<Object> objects;
  std::unordered_map<std::int32_t, std::size_t> by_id;
  std::set<std::int32_t> hidden, edited, inserted, changed;
  std::map<std::int32_t, double> turned_deg;
  std::int32_t next_id = 1;

  explicit Draft(const Catalogue& catalogue) : objects(catalogue.objects()) { number(); }

  void number() {
    by_id.clear();
    for (std::size_t i = 0; i < objects.size(); ++i) by_id.emplace(objects[i].id, i);
  }
  // Null: no such object.
  Object* find(std::int32_t id) {
    const auto found = by_id.find(id);
    return found == by_id.end() ? nullptr : &objects[found->second];
  }
  // What no catalogue takes (not finite, too far away, without area) is not done.
  static std::optional<Object> accepted(Object object) {
    Catalogue probe;
    if (!probe.add(std::move(object))) return std::nullopt;
    return probe.objects().front();
  }

  template <class Change>
  void each(const PlanStep& step, Change&& change) {
    for (const std::int32_t id : step.targets) {
      Object* const object = find(id);
      if (object == nullptr) continue;
      Object after = *object;
      if (!change(after)) continue;
      auto fine = accepted(std::move(after));
      if (!fine) continue;
      *object = std::move(*fine);
      changed.insert(id);
      edited.insert(id);
    }
  }

  void add(Object object) {
    const std::int32_t id = object.id;
    auto fine = accepted(std::move(object));
    if (!fine || by_id.contains(id)) return;
    by_id.emplace(id, objects.size());
    objects.push_back(std::move(*fine));
    next_id = std::max(next_id, id + 1);
    changed.insert(id);
    inserted.insert(id);
  }

  void erase(const std::set<std::int32_t>& ids) {
    std::erase_if(objects, [&](const Object& object) { return ids.contains(object.id); });
    number();
  }

  Catalogue catalogue() && {
    Catalogue result;
    for (Object& object : objects) static_cast<void>(result.add(std::move(object)));
    return result;
  }

  void place(const PlanStep& step, const Placing& placing) {
    each(step, [&](Object& object) {
      Placing here = placing;
      here.pivot = city::centroid(object);
      if (const auto before = turned_deg.find(object.id); before != turned_deg.end()) here.axes_deg = before->second;
      here.place(object);
      return true;
    });
    if (placing.turn_deg == 0) return;
    for (const std::int32_t id : step.targets) turned_deg[id] += placing.turn_deg;
  }

  void duplicate(const PlanStep& step) {
    const auto offset = vector_of(step.arguments, "offset");
    const int count = static_cast<int>(std::clamp(number_of(step.arguments, "count").value_or(1), 0.0, 1.0 + kMostCopies));
    if (!offset || step.targets.size() * static_cast<std::size_t>(count) > kMostCopies) return;
    for (const std::int32_t id : step.targets) {
      const Object* const original = find(id);
      if (original == nullptr) continue;
      const Object model = *original;
      for (int k = 1; k <= count; ++k) {
        Object copy = model;
        copy.id = next_id;
        Placing{.offset = static_cast<double>(k) * *offset}.place(copy);
        if (const auto turned = turned_deg.find(id); turned != turned_deg.end()) turned_deg[copy.id] = turned->second;
        add(std::move(copy));
      }
    }
  }

  void insert(const PlanStep& step) {
    const auto asset = city::find_class(text_of(step.arguments, "asset"));
    const auto at = vector_of(step.arguments, "at");
    if (!asset || !at) return;
    const int count = static_cast<int>(std::clamp(number_of(step.arguments, "count").value_or(1), 0.0, 1.0 + kMostCopies));
    const double angle = number_of(step.arguments, "angle").value_or(0), radians = angle * std::numbers::pi / 180;
    const glm::dvec2 next = glm::dvec2(std::cos(radians), std::sin(radians)) * (standard_size(*asset).length + kRowGap);
    for (int k = 0; k < count; ++k) {
      Object object = standard_object(*asset, next_id, glm::dvec2(*at) + static_cast<double>(k) * next, angle);
      object.height = number_of(step.arguments, "height").value_or(object.height);
      add(std::move(object));
    }
  }

  void replace(const PlanStep& step) {
    const auto asset = city::find_class(text_of(step.arguments, "asset"));
    if (!asset) return;
    each(step, [&](Object& object) {
      Object fresh = standard_object(*asset, object.id, city::centroid(object));
      fresh.base = object.base;
      if (fills_its_place(*asset)) {
        fresh.footprint = object.footprint;
        fresh.path = object.path;
        fresh.width = object.width;
        if (fresh.height > 0 && object.height > 0) fresh.height = object.height;
      }
      object = std::move(fresh);
      return true;
    });
  }

  void isolate(const PlanStep& step) {
    hidden.clear();
    const std::set<std::int32_t> kept(step.targets.begin(), step.targets.end());
    for (const Object& object : objects) {
      if (!kept.contains(object.id)) hidden.insert(object.id);
    }
  }

  void apply(const PlanStep& step) {
    if (step.op == "remove") {
      erase({step.targets.begin(), step.targets.end()});
    } else if (step.op == "move") {
      if (const auto offset = vector_of(step.arguments, "offset")) place(step, {.offset = *offset});
    } else if (step.op == "rotate") {
      if (const auto angle = number_of(step.arguments, "angle")) place(step, {.turn_deg = *angle});
    } else if (step.op == "scale") {
      if (const auto factor = vector_of(step.arguments, "factor")) place(step, {.scale = *factor});
    } else if (step.op == "duplicate") {
      duplicate(step);
    } else if (step.op == "insert") {
      insert(step);
    } else if (step.op == "replace") {
      replace(step);
    } else if (step.op == "recolor") {
      const auto colour = colour_of(step.arguments);
      const std::string part = text_of(step.arguments, "part");
      each(step, [&](Object& object) {
        if (colour && part != "roof") object.wall = colour;
        if (colour && part != "wall") object.roof = colour;
        return colour.has_value();
      });
    } else if (step.op == "rename") {
      each(step, [&](Object& object) {
        object.name = object.name_zh = text_of(step.arguments, "name");
        return true;
      });
    } else if (step.op == "hide") {
      hidden.insert(step.targets.begin(), step.targets.end());
    } else if (step.op == "show") {
      for (const std::int32_t id : step.targets) hidden.erase(id);
    } else if (step.op == "isolate") {
      isolate(step);
    }
  }
};

// True when the step changes no object: the catalogue need not be copied for it.
bool leaves_catalogue(const PlanStep& step) {
  static const std::set<std::string, std::less<>> kChanging{"remove", "move",    "rotate",  "scale", "duplicate",
                                                            "insert", "replace", "recolor", "rename"};
  return !kChanging.contains(step.op);
}

Measured measure(const Object& object) {
  Measured m;
  m.centroid = city::centroid(object);
  m.box = city::bounds(object);
  if (object.path.empty()) {
    m.area = city::area(object.footprint);
    const city::OrientedRectangle rectangle = city::minimum_rectangle(object.footprint);
    m.length = 2 * rectangle.half_length;
    m.width = 2 * rectangle.half_width;
  } else {
    m.length = city::path_length(object.path);
    m.width = object.width;
    m.area = m.length * m.width;
  }
  m.wall = object.wall ? nearest_colour(*object.wall) : -1;
  m.roof = object.roof ? nearest_colour(*object.roof) : -1;
  return m;
}

}  // namespace

SceneView::SceneView(Catalogue catalogue, std::set<std::int32_t> hidden, std::set<std::int32_t> edited, std::set<std::int32_t> inserted)
    : hidden_(std::move(hidden)), edited_(std::move(edited)), inserted_(std::move(inserted)) {
  settle(std::make_shared<const Catalogue>(std::move(catalogue)), nullptr, {});
}

// What is known of objects that did not change is taken over from the scene before.
void SceneView::settle(std::shared_ptr<const Catalogue> catalogue, const SceneView* before, const std::set<std::int32_t>& changed) {
  std::vector<Measured> measured;
  measured.reserve(catalogue->size());
  for (const Object& object : catalogue->objects()) {
    const Object* const old = before == nullptr || changed.contains(object.id) ? nullptr : before->catalogue().find(object.id);
    measured.push_back(old != nullptr ? before->measured()[before->place_of(*old)] : measure(object));
    next_id_ = std::max(next_id_, object.id + 1);
  }
  catalogue_ = std::move(catalogue);
  measured_ = std::make_shared<const std::vector<Measured>>(std::move(measured));
  index_ = std::make_shared<const city::SpatialIndex>(*catalogue_);
}

double SceneView::turned_deg(std::int32_t id) const {
  const auto turned = turned_deg_.find(id);
  return turned == turned_deg_.end() ? 0 : turned->second;
}

SceneView SceneView::after(const std::vector<PlanStep>& steps) const {
  const bool same_catalogue = std::all_of(steps.begin(), steps.end(), leaves_catalogue);
  const bool needs_objects =
      !same_catalogue || std::any_of(steps.begin(), steps.end(), [](const PlanStep& step) { return step.op == "isolate"; });
  Draft draft(needs_objects ? *catalogue_ : Catalogue());
  draft.hidden = hidden_;
  draft.edited = edited_;
  draft.inserted = inserted_;
  draft.turned_deg = turned_deg_;
  draft.next_id = next_id_;
  for (const PlanStep& step : steps) draft.apply(step);
  SceneView next = *this;
  next.hidden_ = std::move(draft.hidden);
  next.edited_ = std::move(draft.edited);
  next.inserted_ = std::move(draft.inserted);
  next.turned_deg_ = std::move(draft.turned_deg);
  next.next_id_ = draft.next_id;
  if (!same_catalogue) next.settle(std::make_shared<const Catalogue>(std::move(draft).catalogue()), this, draft.changed);
  return next;
}

SceneView scene_view_of(const editor::DocumentState& state, const editor::SceneFacts& facts) {
  Draft draft(*facts.catalogue);
  std::set<std::int32_t> removed;
  for (const auto& [id, now] : state.objects) {
    draft.next_id = std::max(draft.next_id, id + 1);
    const Object* const source = facts.catalogue->find(now.source);
    if (source == nullptr) continue;
    if (now.removed) {
      removed.insert(id);
      continue;
    }
    Object object = *source;
    object.id = id;
    if (now.moved()) {
      Placing{.pivot = city::centroid(*source), .scale = now.scale, .offset = now.offset, .turn_deg = now.yaw_deg}.place(object);
    }
    if (now.wall) object.wall = now.wall;
    if (now.roof) object.roof = now.roof;
    if (now.name) object.name = object.name_zh = *now.name;
    if (draft.find(id) == nullptr) {
      draft.add(std::move(object));
    } else if (now.moved() || now.wall || now.roof || now.name) {
      PlanStep itself;
      itself.targets = {id};
      draft.each(itself, [&](Object& before) {
        before = object;
        return true;
      });
    }
    if (now.hidden) draft.hidden.insert(id);
    if (now.yaw_deg != 0) draft.turned_deg[id] = now.yaw_deg;
  }
  draft.erase(removed);
  SceneView view({}, std::move(draft.hidden), std::move(draft.edited), std::move(draft.inserted));
  view.turned_deg_ = std::move(draft.turned_deg);
  view.next_id_ = draft.next_id;
  view.settle(std::make_shared<const Catalogue>(std::move(draft).catalogue()), nullptr, {});
  return view;
}

}  // namespace skyline::models
