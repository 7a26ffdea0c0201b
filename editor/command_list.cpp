// The table as people and programs read it.
#include "editor/argument_check.h"
#include "editor/command_table.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace skyline::editor {
namespace {

using nlohmann::ordered_json;

constexpr std::pair<Needs, std::string_view> kNeedNames[] = {{kScene, "scene"},       {kPhotos, "photos"},       {kObjects, "objects"},
                                                             {kTraining, "training"}, {kSelection, "selection"}, {kBookmarks, "bookmarks"}};

ordered_json text_json(const Text& text) { return {{"en", text.en}, {"zh", text.zh}}; }

ordered_json argument_json(const Argument& argument) {
  ordered_json row{{"name", argument.name}, {"type", type_name(argument.type)}, {"unit", argument.unit}};
  if (argument.low > -1e300) row["low"] = argument.low;
  if (argument.high < 1e300) row["high"] = argument.high;
  row["required"] = argument.default_value.empty();
  if (!argument.default_value.empty()) row["default"] = ordered_json::parse(argument.default_value);
  if (argument.type == ArgumentType::kChoice) {
    row["choices"] = ordered_json::array();
    for (const Choice& choice : choices_of(argument))
      row["choices"].push_back({{"value", choice.value}, {"title", text_json(choice.title)}});
  }
  row["help"] = text_json(argument.help);
  return row;
}

ordered_json command_json(const Command& command) {
  ordered_json row{{"id", command.id}, {"title", text_json(command.title)}, {"help", text_json(command.help)}, {"menu", command.menu}};
  if (!command.submenu.en.empty()) row["submenu"] = text_json(command.submenu);
  row["key"] = command.key;
  row["icon"] = command.icon;
  row["needs"] = ordered_json::array();
  for (const auto& [need, name] : kNeedNames) {
    if ((command.needs & need) != 0) row["needs"].push_back(name);
  }
  row["undoable"] = command.undoable;
  row["toggles"] = command.toggles;
  row["arguments"] = ordered_json::array();
  for (const Argument& argument : command.arguments) row["arguments"].push_back(argument_json(argument));
  return row;
}

std::string argument_text(const Argument& argument, Language language) {
  std::string text = fmt::format("      {:<12} {}", argument.name, allowed_values(argument, language));
  if (argument.default_value == "null") {
    text += Text{" (may be left out)", "（可省略）"}.in(language);
  } else if (!argument.default_value.empty()) {
    text += fmt::format(fmt::runtime(Text{" (default {})", "（默认 {}）"}.in(language)), argument.default_value);
  }
  return text + "\n                   " + std::string(argument.help.in(language)) + "\n";
}

}  // namespace

std::string commands_text(Language language) {
  std::string text;
  for (const Text& menu : menu_titles()) {
    text += fmt::format("{}\n", menu.in(language));
    for (const Command& command : command_table()) {
      if (command.menu != menu.en) continue;
      text += fmt::format("  {:<24} {:<14} {}\n", command.id, command.key, command.title.in(language));
      text += fmt::format("      {}\n", command.help.in(language));
      for (const Argument& argument : command.arguments) text += argument_text(argument, language);
    }
    text += "\n";
  }
  text.resize(text.find_last_not_of('\n') + 1);
  return text;
}

std::string commands_json() {
  ordered_json menus = ordered_json::array(), commands = ordered_json::array();
  for (const Text& menu : menu_titles()) menus.push_back(text_json(menu));
  for (const Command& command : command_table()) commands.push_back(command_json(command));
  return ordered_json{{"format", "skyline-commands"}, {"version", 1}, {"menus", menus}, {"commands", commands}}.dump();
}

}  // namespace skyline::editor
