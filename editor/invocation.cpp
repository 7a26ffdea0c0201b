#include "core/json_depth.h"
#include "editor/argument_check.h"
#include "editor/command_table.h"
#include "editor/nearest_name.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace skyline::editor {
namespace {

using core::Error;
using nlohmann::json;

constexpr std::size_t kLongestLine = 1 << 20;  // bytes of one line of a script
constexpr std::size_t kLongestShown = 40;      // of what was written, in a message

// `text` as one line of at most kLongestShown bytes, whole characters.
std::string shown(std::string_view text) {
  std::string line(text.substr(0, kLongestShown));
  if (line.size() < text.size()) {
    while (!line.empty() && (static_cast<unsigned char>(line.back()) & 0xC0) == 0x80) line.pop_back();
    if (!line.empty() && static_cast<unsigned char>(line.back()) >= 0xC0) line.pop_back();
    line += "...";
  }
  std::replace_if(
      line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return line;
}

Error unknown_command(std::string_view id) {
  std::vector<std::string_view> names;
  for (const Command& command : command_table()) names.push_back(command.id);
  return {fmt::format("unknown command {}", shown(id)), "", did_you_mean(id, names, "see `skyline commands` for all of them")};
}

Error unknown_argument(const Command& command, std::string_view name) {
  std::vector<std::string_view> names;
  std::string all;
  for (const Argument& argument : command.arguments) {
    names.push_back(argument.name);
    all += fmt::format("{}{}", all.empty() ? "it takes " : ", ", argument.name);
  }
  return {fmt::format("cannot run {}", command.id), fmt::format("it has no argument '{}'", shown(name)),
          did_you_mean(name, names, names.empty() ? "it takes none" : all)};
}

core::Result<json> parse_object(std::string_view text) {
  const Error error{"cannot read the command", shown(text), "write one JSON object, such as {\"command\": \"camera.home\"}"};
  if (text.size() > kLongestLine || !core::is_shallow_json(text)) return error;
  json value = json::parse(text, nullptr, false);
  if (!value.is_object()) return error;
  return value;
}

// Every argument of the table: given, by default, or left out.
core::Result<json> complete(const Command& command, const json& given) {
  json arguments = json::object();
  for (const auto& [name, value] : given.items()) {
    if (name == "command") continue;
    const auto known = std::find_if(command.arguments.begin(), command.arguments.end(), [&](const Argument& a) { return a.name == name; });
    if (known == command.arguments.end()) return unknown_argument(command, name);
  }
  for (const Argument& argument : command.arguments) {
    const std::string name(argument.name);
    if (const auto value = given.find(name); value != given.end() && !value->is_null()) {
      auto checked = checked_argument(command, argument, *value);
      if (!checked) return checked.error();
      arguments[name] = std::move(*checked);
    } else if (argument.default_value.empty()) {
      return Error{fmt::format("cannot run {}", command.id), fmt::format("'{}' is missing", name), "give " + allowed_values(argument)};
    } else if (argument.default_value != "null") {
      arguments[name] = json::parse(argument.default_value);
    }
  }
  return arguments;
}

core::Result<json> arguments_of(std::string_view id, const Command* command, const json& given) {
  if (command == nullptr) return unknown_command(id);
  return complete(*command, given);
}

bool takes(std::string_view id, std::string_view argument) {
  const Command* const command = find_command(id);
  return command != nullptr &&
         std::any_of(command->arguments.begin(), command->arguments.end(), [&](const Argument& row) { return row.name == argument; });
}

// A step of a plan (docs/commands.md): the operation in place of the command, `targets` always.
core::Result<Invocation> parse_plan_step(json step, std::string_view line) {
  if (!step["op"].is_string()) return Error{"cannot read the command", shown(line), "name the operation: {\"op\": \"remove\", ...}"};
  const std::string op = step["op"].get<std::string>();
  const bool selects = op == "select";
  const std::string id = selects ? "select.object" : "edit." + op;
  step.erase("op");
  if (selects && step.contains("targets")) {
    step["ids"] = std::move(step["targets"]);
    step.erase("targets");
  }
  const bool none_named = step.contains("targets") && step["targets"].is_array() && step["targets"].empty();
  if (none_named && !takes(id, "targets")) step.erase("targets");
  if (step.contains("targets") && (op == "undo" || op == "redo")) step.erase("targets");
  return Invocation::create(id, step.dump(-1, ' ', false, json::error_handler_t::replace));
}

const json& argument_of(const Command* command, const json* arguments, std::string_view name) {
  const auto value = command == nullptr ? json::const_iterator() : arguments->find(std::string(name));
  if (command == nullptr || value == arguments->end()) {
    core::end_program(
        fmt::format("the argument '{}' of {} was read and is not there", name, command == nullptr ? "no command" : command->id));
  }
  return *value;
}

}  // namespace

core::Result<Invocation> Invocation::create(std::string_view id, std::string_view arguments_json) {
  const auto given = parse_object(arguments_json);
  if (!given) return given.error();
  Invocation invocation;
  invocation.command_ = find_command(id);
  auto arguments = arguments_of(id, invocation.command_, *given);
  if (!arguments) return arguments.error();
  invocation.arguments_ = std::make_shared<const json>(std::move(*arguments));
  return invocation;
}

double Invocation::number(std::string_view argument) const { return argument_of(command_, arguments_.get(), argument).get<double>(); }
int Invocation::integer(std::string_view argument) const { return argument_of(command_, arguments_.get(), argument).get<int>(); }
bool Invocation::flag(std::string_view argument) const { return argument_of(command_, arguments_.get(), argument).get<bool>(); }
std::string Invocation::text(std::string_view argument) const {
  return argument_of(command_, arguments_.get(), argument).get<std::string>();
}
std::vector<double> Invocation::vector(std::string_view argument) const {
  return argument_of(command_, arguments_.get(), argument).get<std::vector<double>>();
}
std::vector<std::int32_t> Invocation::ids(std::string_view argument) const {
  return argument_of(command_, arguments_.get(), argument).get<std::vector<std::int32_t>>();
}
bool Invocation::has(std::string_view argument) const { return arguments_ != nullptr && arguments_->contains(std::string(argument)); }

std::string Invocation::to_json() const {
  nlohmann::ordered_json line;
  line["command"] = command_->id;
  for (const Argument& argument : command_->arguments) {
    if (const auto value = arguments_->find(std::string(argument.name)); value != arguments_->end())
      line[std::string(argument.name)] = *value;
  }
  return line.dump();
}

core::Result<Invocation> parse_invocation(std::string_view line) {
  auto object = parse_object(line);
  if (!object) return object.error();
  if (object->contains("op") && !object->contains("command")) return parse_plan_step(std::move(*object), line);
  const auto id = object->find("command");
  if (id == object->end() || !id->is_string()) {
    return Error{"cannot read the command", shown(line), "name it: {\"command\": \"camera.home\"}"};
  }
  return Invocation::create(id->get_ref<const std::string&>(), line);
}

}  // namespace skyline::editor
