// Which operations a document accepts, and the sentences for those that it does not.
#include "editor/document_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace skyline::editor {
namespace {

using core::Error;
using core::Status;

constexpr double kFarthest = 1e6;  // metres that something may stand from where it was
constexpr double kLeastScale = 1e-3, kMostScale = 1e3;
constexpr double kWidestEdge = 50;         // metres
constexpr int kMostCopies = 100000;        // of one command
constexpr std::size_t kLongestName = 200;  // bytes
constexpr double kWidestFade = 200;        // metres that an effect fades out over
constexpr std::size_t kMostEffects = 256;

bool finite(const glm::dvec3& v) { return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z); }

struct Checker {
  const DocumentState& state;
  const SceneFacts& scene;
  std::string_view command;

  Error refuse(std::string where, std::string advice) const {
    return {fmt::format("cannot run {}", command), std::move(where), std::move(advice)};
  }

  // Every target exists, once, and was not removed.
  Status present(const ObjectIds& targets, bool may_be_none = false) const {
    if (targets.empty() && !may_be_none) return refuse("nothing is selected", "select something first, or name targets");
    std::set<std::int32_t> seen;
    for (const std::int32_t id : targets) {
      const auto object = state.find(id, scene);
      if (!object) return refuse(fmt::format("there is no object {}", id), "see the list of objects");
      if (object->removed) return refuse(fmt::format("object {} is removed", id), "undo its removal first");
      if (!seen.insert(id).second) return refuse(fmt::format("object {} is named twice", id), "name each target once");
    }
    return {};
  }

  // Lines (roads, rivers) are part of the ground: they cannot be placed anew.
  Status placeable(const ObjectIds& targets) const {
    if (auto there = present(targets); !there) return there;
    for (const std::int32_t id : targets) {
      if (source_of(*state.find(id, scene), scene).footprint.empty())
        return refuse(fmt::format("object {} is a line on the ground", id), "choose a building, a tree or the like");
    }
    return {};
  }

  Status within_reach(const ObjectIds& targets, const glm::dvec3& offset) const {
    for (const std::int32_t id : targets) {
      const glm::dvec3 place = state.find(id, scene)->offset + offset;
      if (!finite(place) || std::max({std::abs(place.x), std::abs(place.y), std::abs(place.z)}) > kFarthest) {
        return refuse(fmt::format("object {} would stand more than {:.0f} km away", id, kFarthest / 1000), "give a smaller offset");
      }
    }
    return {};
  }

  Status operator()(const Select& o) const { return present(o.targets, true); }
  Status operator()(const SaveSelection& o) const { return fitting_name(o.name, false); }
  Status operator()(const Remove& o) const { return present(o.targets); }
  Status operator()(const Move& o) const {
    if (!finite(o.offset)) return refuse("'offset' is not three finite numbers", "give metres to the east, to the north and up");
    if (auto there = placeable(o.targets); !there) return there;
    if (auto fits = fitting_lifts(o.lifts, o.targets.size()); !fits) return fits;
    return within_reach(o.targets, o.offset);
  }
  Status operator()(const Rotate& o) const {
    if (!std::isfinite(o.angle_deg) || std::abs(o.angle_deg) > 1e6)
      return refuse("'angle' is no finite angle", "give degrees, counter-clockwise");
    return placeable(o.targets);
  }
  Status operator()(const Scale& o) const {
    for (int axis = 0; axis < 3; ++axis) {
      if (!(o.factor[axis] >= kLeastScale && o.factor[axis] <= kMostScale)) {
        return refuse(fmt::format("'factor' has {}", o.factor[axis]), fmt::format("give factors from {} to {}", kLeastScale, kMostScale));
      }
    }
    if (auto there = placeable(o.targets); !there) return there;
    for (const std::int32_t id : o.targets) {
      const glm::dvec3 scale = state.find(id, scene)->scale * o.factor;
      for (int axis = 0; axis < 3; ++axis) {
        if (scale[axis] < kLeastScale || scale[axis] > kMostScale) {
          return refuse(fmt::format("object {} would be {:g} times its size", id, scale[axis]), "give a factor nearer to 1");
        }
      }
    }
    return {};
  }
  Status operator()(const Duplicate& o) const {
    if (o.count < 1 || o.count > kMostCopies)
      return refuse(fmt::format("'count' is {}", o.count), fmt::format("give a number from 1 to {}", kMostCopies));
    if (!finite(o.offset)) return refuse("'offset' is not three finite numbers", "give metres to the east, to the north and up");
    if (auto there = placeable(o.targets); !there) return there;
    const auto copies = o.targets.size() * static_cast<std::size_t>(o.count);
    if (auto free = free_ids(o.first_id, static_cast<std::int64_t>(copies)); !free) return free;
    if (auto fits = fitting_lifts(o.lifts, copies); !fits) return fits;
    return within_reach(o.targets, static_cast<double>(o.count) * o.offset);
  }
  Status operator()(const Insert& o) const {
    if (o.places.empty()) return refuse("there is no place for it", "give a place");
    if (auto fits = thing(o); !fits) return fits;
    if (!(std::abs(o.angle_deg) <= 1e6)) return refuse("'angle' is no finite angle", "give degrees, counter-clockwise");
    return free_ids(o.first_id, static_cast<std::int64_t>(o.places.size()));
  }
  Status operator()(const Replace& o) const {
    if (auto there = placeable(o.targets); !there) return there;
    if (o.places.size() != o.targets.size() || o.angles_deg.size() != o.targets.size())
      return refuse("it has not one place and one angle a target", "");
    for (const double angle : o.angles_deg) {
      if (!(std::abs(angle) <= 1e6)) return refuse("an angle is not finite", "");
    }
    return thing(o);
  }
  Status operator()(const SoftEdge& o) const {
    if (!(o.width >= 0 && o.width <= kWidestEdge))
      return refuse(fmt::format("'width' is {}", o.width), fmt::format("give metres from 0 to {}", kWidestEdge));
    return placeable(o.targets);
  }
  Status operator()(const MarkRegion& o) const {
    if (o.own.kind != OwnSource::Kind::kRegion) return refuse("it is no part of the field", "");
    if (auto fits = check(o.own); !fits) return refuse(fits.error().where, fits.error().advice);
    return free_ids(o.id, 1);
  }
  // What an insertion shows, and where.
  Status thing(const auto& o) const {
    if (o.own) {
      if (!o.own->is_mesh() || o.source != 0) return refuse("it shows no mesh", "");
      if (auto fits = check(*o.own); !fits) return refuse(fits.error().where, fits.error().advice);
    } else if (const city::Object* const source = scene.catalogue->find(o.source); source == nullptr || source->footprint.empty()) {
      return refuse(fmt::format("there is no object {} to show", o.source), "see the list of objects");
    }
    for (const glm::dvec3& place : o.places) {
      if (!finite(place) || std::max({std::abs(place.x), std::abs(place.y), std::abs(place.z)}) > kFarthest)
        return refuse(fmt::format("a place is more than {:.0f} km away", kFarthest / 1000), "give metres to the east and to the north");
    }
    for (int axis = 0; axis < 3; ++axis) {
      if (!(o.scale[axis] >= kLeastScale && o.scale[axis] <= kMostScale))
        return refuse(fmt::format("it would be {:g} times its size", o.scale[axis]), "give a size nearer to its own");
    }
    return {};
  }
  Status fitting_lifts(const std::vector<double>& lifts, std::size_t wanted) const {
    if (!lifts.empty() && lifts.size() != wanted)
      return refuse(fmt::format("'lifts' has {} numbers instead of {}", lifts.size(), wanted), "");
    for (const double lift : lifts) {
      if (!(std::abs(lift) <= kFarthest)) return refuse("'lifts' has no finite numbers", "");
    }
    return {};
  }
  Status free_ids(std::int32_t first, std::int64_t count) const {
    if (count > kMostCopies)
      return refuse(fmt::format("{} copies were asked for", count), fmt::format("make at most {} at once", kMostCopies));
    if (first < 1 || first + count > std::numeric_limits<std::int32_t>::max()) return refuse("no numbers are left for new objects", "");
    for (std::int32_t id = first; id < first + static_cast<std::int32_t>(count); ++id) {
      if (state.find(id, scene)) return refuse(fmt::format("there is an object {} already", id), "");
    }
    return {};
  }
  Status operator()(const Recolor& o) const { return placeable(o.targets); }
  Status operator()(const Hide& o) const { return present(o.targets); }
  Status operator()(const Show& o) const { return present(o.targets); }
  Status operator()(const Isolate& o) const { return present(o.targets); }
  Status operator()(const Rename& o) const {
    if (o.targets.size() > 1) return refuse(fmt::format("{} objects are named", o.targets.size()), "rename one object at a time");
    if (auto there = present(o.targets); !there) return there;
    return fitting_name(o.name, true);
  }
  Status operator()(const Look& o) const {
    for (const int photo : {o.photo, o.other}) {
      if (photo < -1 || photo >= scene.photos) {
        return refuse(fmt::format("there is no light of photo {}", photo),
                      scene.photos == 0 ? "the scene has one light only"
                                        : fmt::format("give a number from 0 to {}, or -1 for the mean", scene.photos - 1));
      }
    }
    if (!(o.blend >= 0 && o.blend <= 1)) return refuse(fmt::format("'blend' is {}", o.blend), "give a number from 0 to 1");
    return {};
  }
  Status operator()(const Grading& o) const {
    if (!(std::abs(o.exposure) <= 8)) return refuse(fmt::format("'exposure' is {}", o.exposure), "give stops from -8 to 8");
    if (!(std::abs(o.temperature) <= 1)) return refuse(fmt::format("'temperature' is {}", o.temperature), "give a number from -1 to 1");
    if (!(std::abs(o.tint) <= 1)) return refuse(fmt::format("'tint' is {}", o.tint), "give a number from -1 to 1");
    if (!(o.saturation >= 0 && o.saturation <= 4))
      return refuse(fmt::format("'saturation' is {}", o.saturation), "give a number from 0 to 4");
    return {};
  }

  // Nobody named is the whole scene.
  Status effect(const ObjectIds& targets, double strength, double edge) const {
    if (!(strength >= 0 && strength <= 1)) return refuse(fmt::format("'strength' is {}", strength), "give a number from 0 to 1");
    if (!(edge >= 0 && edge <= kWidestFade))
      return refuse(fmt::format("'edge' is {}", edge), fmt::format("give metres from 0 to {:.0f}", kWidestFade));
    if (state.effects.size() >= kMostEffects)
      return refuse(fmt::format("there are {} effects already", state.effects.size()), "drop some of them first");
    return present(targets, true);
  }
  Status operator()(const ChangeLight& o) const {
    if (!(std::abs(o.sun.azimuth_deg) <= 360))
      return refuse(fmt::format("'azimuth' is {}", o.sun.azimuth_deg), "give degrees clockwise from north, 0 to 360");
    if (!(std::abs(o.sun.elevation_deg) <= 90))
      return refuse(fmt::format("'elevation' is {}", o.sun.elevation_deg), "give degrees above the horizon, -90 to 90");
    return effect(o.targets, o.strength, o.edge);
  }
  Status operator()(const ChangeSeason& o) const { return effect(o.targets, o.strength, o.edge); }
  Status operator()(const ChangeWeather& o) const { return effect(o.targets, o.strength, o.edge); }
  Status operator()(const ChangeStyle& o) const { return effect(o.targets, o.strength, o.edge); }

  Status stacked(const std::vector<std::int32_t>& effects) const {
    if (effects.empty()) return refuse("no effect is named", "name effects by their numbers");
    for (const std::int32_t number : effects) {
      if (find_effect(state.effects, number) == nullptr)
        return refuse(fmt::format("there is no effect {}", number), "see the list of effects");
    }
    return {};
  }
  Status operator()(const MuteEffects& o) const { return stacked(o.effects); }
  Status operator()(const SetEffectStrength& o) const {
    if (auto there = stacked({o.effect}); !there) return there;
    if (!(o.strength >= 0 && o.strength <= 1)) return refuse(fmt::format("'strength' is {}", o.strength), "give a number from 0 to 1");
    return {};
  }
  Status operator()(const ReorderEffect& o) const {
    if (auto there = stacked({o.effect}); !there) return there;
    if (o.place < 0 || static_cast<std::size_t>(o.place) >= state.effects.size())
      return refuse(fmt::format("'place' is {}", o.place), fmt::format("give a place from 0 to {}", state.effects.size() - 1));
    return {};
  }
  Status operator()(const GroupEffects& o) const {
    if (auto there = stacked(o.effects); !there) return there;
    return fitting_name(o.name, true);
  }
  Status operator()(const DropEffects& o) const { return stacked(o.effects); }

  Status fitting_name(const std::string& name, bool may_be_empty) const {
    if (name.empty() && !may_be_empty) return refuse("'name' is empty", "give a name");
    if (name.size() > kLongestName) return refuse("'name' is too long", fmt::format("give at most {} bytes", kLongestName));
    if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; })) {
      return refuse("'name' has a control character", "give plain text on one line");
    }
    return {};
  }
};

}  // namespace

core::Status check(const DocumentState& state, const Operation& operation, const SceneFacts& scene) {
  return std::visit(Checker{state, scene, command_of(operation)}, operation);
}

}  // namespace skyline::editor
