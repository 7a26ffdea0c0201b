#include "editor/command_table.h"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace skyline::editor {
namespace {

struct Reason {
  Needs need;
  Text text;
};

// In the order in which a person would meet them.
constexpr Reason kReasons[] = {
    {kScene, {"open a scene first", "请先打开场景"}},
    {kPhotos, {"the scene has no training photos", "场景没有训练照片"}},
    {kObjects, {"the scene has no catalogue of objects", "场景没有物体目录"}},
    {kBookmarks, {"the scene has no bookmarks", "场景没有书签"}},
    {kTraining, {"no training is under way", "没有正在进行的训练"}},
    {kSelection, {"select something first", "请先选择物体"}},
};

}  // namespace

struct CommandRegistry::State {
  std::map<std::string_view, Binding> bindings;
  std::map<std::string_view, std::function<bool(std::string_view)>> choice_states;
  std::function<std::uint32_t()> state;
  std::function<void(const Invocation&, const core::Status&)> observer;
};

CommandRegistry::CommandRegistry() : state_(std::make_shared<State>()) {}

void CommandRegistry::bind(std::string_view id, std::function<core::Status(const Invocation&)> run, std::function<bool()> checked) {
  const Command* command = find_command(id);
  if (command == nullptr) core::end_program(fmt::format("{} is bound and not in the command table", id));
  if (!run) core::end_program(fmt::format("{} is bound to nothing", id));
  if (!state_->bindings.emplace(command->id, Binding{std::move(run), std::move(checked)}).second) {
    core::end_program(fmt::format("{} is bound twice", id));
  }
}

void CommandRegistry::set_choice_state(std::string_view id, std::function<bool(std::string_view)> checked) {
  const Command* command = find_command(id);
  if (command == nullptr) core::end_program(fmt::format("{} is not in the command table", id));
  state_->choice_states[command->id] = std::move(checked);
}

void CommandRegistry::set_state(std::function<std::uint32_t()> state) { state_->state = std::move(state); }

bool CommandRegistry::bound(std::string_view id) const { return state_->bindings.contains(id); }

bool CommandRegistry::checked(std::string_view id) const {
  const auto binding = state_->bindings.find(id);
  return binding != state_->bindings.end() && binding->second.checked && binding->second.checked();
}

bool CommandRegistry::checked(std::string_view id, std::string_view choice) const {
  const auto found = state_->choice_states.find(id);
  return found != state_->choice_states.end() && found->second && found->second(choice);
}

std::string CommandRegistry::reason_disabled(const Command& command, Language language) const {
  if (!bound(command.id)) return std::string(Text{"this program does not have it", "此程序不支持该命令"}.in(language));
  return reason_unmet(command.needs, language);
}

std::string CommandRegistry::reason_unmet(std::uint32_t needs, Language language) const {
  const std::uint32_t met = state_->state ? state_->state() : 0u;
  for (const Reason& reason : kReasons) {
    if ((needs & reason.need) != 0 && (met & reason.need) == 0) return std::string(reason.text.in(language));
  }
  return "";
}

core::Status CommandRegistry::run(const Invocation& invocation) {
  const Command& command = invocation.command();
  const auto run_bound = [&]() -> core::Status {
    // What names its targets needs no selection.
    const std::uint32_t needs = invocation.has("targets") ? command.needs & ~static_cast<std::uint32_t>(kSelection) : command.needs;
    const std::string reason = bound(command.id) ? reason_unmet(needs, Language::kEnglish) : reason_disabled(command, Language::kEnglish);
    if (!reason.empty()) return core::Error{fmt::format("cannot run {}", command.id), "", reason};
    return state_->bindings.at(command.id).run(invocation);
  };
  const std::shared_ptr<State> alive = state_;  // a command may end the program that owns the registry
  const core::Status status = run_bound();
  if (alive->observer) alive->observer(invocation, status);
  return status;
}

core::Status CommandRegistry::run(std::string_view id) {
  const auto invocation = Invocation::create(id);
  if (!invocation) return invocation.error();
  return run(*invocation);
}

void CommandRegistry::set_observer(std::function<void(const Invocation&, const core::Status&)> observer) {
  state_->observer = std::move(observer);
}

std::vector<std::string> CommandRegistry::unbound() const {
  std::vector<std::string> ids;
  for (const Command& command : command_table()) {
    if (!bound(command.id)) ids.emplace_back(command.id);
  }
  return ids;
}

}  // namespace skyline::editor
