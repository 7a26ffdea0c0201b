#include "app/desktop/edit_words.h"

#include "app/desktop/names.h"
#include "editor/sun.h"
#include "models/language/interpreter/colour_words.h"

#include <fmt/format.h>
#include <glm/geometric.hpp>

#include <variant>

namespace skyline::app::desktop {
namespace {

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};

// Those that an operation is about; null: it is about the whole picture.
const editor::ObjectIds* targets_of(const editor::Operation& operation) {
  return std::visit(
      [](const auto& o) -> const editor::ObjectIds* {
        if constexpr (requires { o.targets; }) {
          return &o.targets;
        } else {
          return nullptr;
        }
      },
      operation);
}

std::string title_of_select(const Session& session, const editor::Select& select) {
  if (select.targets.empty()) return session.tr("Select nothing", "取消选择");
  const char* const verb = select.mode == editor::SelectMode::kAdd      ? session.tr("Add to selection: ", "添加选择：")
                           : select.mode == editor::SelectMode::kRemove ? session.tr("Deselect ", "取消选择 ")
                                                                        : session.tr("Select ", "选择 ");
  const std::size_t count = select.targets.size();
  return verb + (count == 1 ? object_name(session, select.targets.front()) : fmt::format("{} {}", count, session.tr("objects", "个物体")));
}

std::string command_title(const Session& session, const editor::Operation& operation) {
  const editor::Command* const command = editor::find_command(editor::command_of(operation));
  std::string title(command != nullptr ? command->title.in(session.language()) : editor::command_of(operation));
  if (title.ends_with("…")) title.resize(title.size() - std::string_view("…").size());
  return title;
}

}  // namespace

std::string object_name(const Session& session, std::int32_t id) {
  if (const city::Object* const object = session.find_object(id)) return object_title(*object, session.language());
  const auto state = session.edits ? session.edits->state().find(id, session.edits->document().scene()) : std::nullopt;
  if (state && state->name) return *state->name;
  return state ? object_title(editor::source_of(*state, session.edits->document().scene()), session.language())
               : fmt::format("{} {}", session.tr("Object", "物体"), id);
}

namespace {

// The title that menus give a choice of a command.
std::string choice_title(const Session& session, std::string_view command, std::string_view value) {
  const editor::Command* const row = editor::find_command(command);
  for (const editor::Choice& choice : editor::choices_of(row->arguments[0])) {
    if (choice.value == value) return std::string(choice.title.in(session.language()));
  }
  return std::string(value);
}

// "Dusk", "Light of 16:45", else where the sun stands.
std::string sun_title(const Session& session, const editor::SunPlace& sun) {
  if (const std::string_view part = editor::day_part_of(sun); !part.empty()) return choice_title(session, "edit.time_of_day", part);
  if (const auto minute = editor::minute_of(sun))
    return fmt::format(fmt::runtime(session.tr("Light of {:02}:{:02}", "{:02}:{:02} 的光照")), *minute / 60, *minute % 60);
  return fmt::format("{} {:.0f}°, {:.0f}°", session.tr("Sun", "太阳"), sun.azimuth_deg, sun.elevation_deg);
}

std::string title_on(const Session& session, std::string title, const editor::ObjectIds& targets) {
  if (targets.empty()) return title;
  title += session.tr(" of ", "：");
  if (targets.size() == 1) return title + object_name(session, targets.front());
  return title + fmt::format("{} {}", targets.size(), session.tr("objects", "个物体"));
}

// Nothing where the operation is none of effects.
std::string title_of_effect(const Session& session, const editor::Operation& operation) {
  const auto named = [&](std::int32_t number) {
    const editor::Effect* const effect = editor::find_effect(session.edits->document().state().effects, number);
    return effect != nullptr ? ": " + effect_title(session, *effect) : fmt::format(" {}", number);
  };
  return std::visit(Overloaded{
                        [&](const editor::ChangeLight& o) { return title_on(session, sun_title(session, o.sun), o.targets); },
                        [&](const editor::ChangeSeason& o) {
                          return title_on(session, choice_title(session, "edit.season", editor::word_of(o.season)), o.targets);
                        },
                        [&](const editor::ChangeWeather& o) {
                          return title_on(session, choice_title(session, "edit.weather", editor::word_of(o.weather)), o.targets);
                        },
                        [&](const editor::ChangeStyle& o) {
                          return title_on(session, choice_title(session, "edit.style", editor::word_of(o.style)), o.targets);
                        },
                        [&](const editor::MuteEffects& o) {
                          return (o.muted ? session.tr("Mute", "停用") : session.tr("Unmute", "启用")) + named(o.effects.front());
                        },
                        [&](const editor::SetEffectStrength& o) { return session.tr("Strength", "强度") + named(o.effect); },
                        [&](const editor::ReorderEffect& o) { return session.tr("Reorder", "调整顺序") + named(o.effect); },
                        [](const auto&) { return std::string(); },
                    },
                    operation);
}

}  // namespace

std::string effect_title(const Session& session, const editor::Effect& effect) {
  switch (effect.kind) {
    case editor::EffectKind::kLight:
      return title_on(session, sun_title(session, effect.sun), effect.targets);
    case editor::EffectKind::kSeason:
      return title_on(session, choice_title(session, "edit.season", editor::word_of(effect.season)), effect.targets);
    case editor::EffectKind::kWeather:
      return title_on(session, choice_title(session, "edit.weather", editor::word_of(effect.weather)), effect.targets);
    case editor::EffectKind::kStyle:
      return title_on(session, choice_title(session, "edit.style", editor::word_of(effect.style)), effect.targets);
  }
  return {};
}

std::string gesture_title(const Session& session, const editor::Gesture& gesture) {
  if (gesture.operations.empty()) return {};
  if (!gesture.sentence.empty()) return gesture_sentence(session, gesture);
  return operations_title(session, gesture);
}

std::string operations_title(const Session& session, const editor::Gesture& gesture) {
  if (gesture.operations.empty()) return {};
  const editor::Operation& first = gesture.operations.front();
  if (const auto* const select = std::get_if<editor::Select>(&first)) return title_of_select(session, *select);
  if (std::string of_effect = title_of_effect(session, first); !of_effect.empty()) return of_effect;
  std::string title = command_title(session, first);
  if (const auto* const saved = std::get_if<editor::SaveSelection>(&first)) return title + " " + saved->name;
  const editor::ObjectIds* const targets = targets_of(first);
  if (targets == nullptr || targets->empty()) return title;
  if (targets->size() == 1) return title + " " + object_name(session, targets->front());
  return title + fmt::format(" {} {}", targets->size(), session.tr("objects", "个物体"));
}

std::string gesture_sentence(const Session& session, const editor::Gesture& gesture) {
  if (gesture.sentence.empty()) return {};
  return session.tr("“", "「") + gesture.sentence + session.tr("”", "」");
}

std::string_view gesture_icon(const editor::Gesture& gesture) {
  if (gesture.operations.empty()) return "more";
  if (!gesture.sentence.empty()) return "comment";
  if (std::holds_alternative<editor::Select>(gesture.operations.front())) return "pointer";
  const editor::Command* const command = editor::find_command(editor::command_of(gesture.operations.front()));
  return command != nullptr ? command->icon : "more";
}

std::string gesture_detail(const Session& session, const editor::Gesture& gesture) {
  if (gesture.operations.empty()) return {};
  return std::visit(
      Overloaded{
          [](const editor::Move& o) { return fmt::format("{:.1f} m", glm::length(o.offset)); },
          [](const editor::Rotate& o) { return fmt::format("{:+.0f}°", o.angle_deg); },
          [](const editor::Scale& o) {
            return o.factor.x == o.factor.y && o.factor.y == o.factor.z ? fmt::format("× {:.2f}", o.factor.x)
                   : o.factor.x == 1 && o.factor.y == 1                 ? fmt::format("↕ {:.2f}", o.factor.z)
                                                        : fmt::format("× {:.1f} {:.1f} {:.1f}", o.factor.x, o.factor.y, o.factor.z);
          },
          [](const editor::Duplicate& o) { return o.count > 1 ? fmt::format("× {}", o.count) : std::string(); },
          [&](const editor::Recolor& o) {
            return models::colour_phrase(fmt::format("#{:02x}{:02x}{:02x}", o.colour.r, o.colour.g, o.colour.b),
                                         session.language() == editor::Language::kChinese);
          },
          [](const editor::Insert& o) { return o.places.size() > 1 ? fmt::format("{} × {}", o.asset, o.places.size()) : o.asset; },
          [](const editor::Replace& o) { return o.asset; },
          [](const editor::Rename& o) { return o.name; },
          [&](const editor::Grading& o) { return fmt::format("{:+.1f} {}", o.exposure, session.tr("stops", "档")); },
          [](const editor::ChangeLight& o) { return fmt::format("{:.0f} %", 100 * o.strength); },
          [](const editor::ChangeSeason& o) { return fmt::format("{:.0f} %", 100 * o.strength); },
          [](const editor::ChangeWeather& o) { return fmt::format("{:.0f} %", 100 * o.strength); },
          [](const editor::ChangeStyle& o) { return fmt::format("{:.0f} %", 100 * o.strength); },
          [](const editor::SetEffectStrength& o) { return fmt::format("{:.0f} %", 100 * o.strength); },
          [](const auto&) { return std::string(); },
      },
      gesture.operations.front());
}

}  // namespace skyline::app::desktop
