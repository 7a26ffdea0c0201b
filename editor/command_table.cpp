#include "editor/command_table.h"

#include "editor/table/rows.h"

#include <algorithm>
#include <map>

namespace skyline::editor {
namespace {

std::vector<Command> all_rows() {
  std::vector<Command> rows;
  for (const auto part : {file_commands, object_commands, insert_commands, tool_commands, edit_commands, select_commands,
                          select_by_commands, view_commands, camera_commands, caption_commands, assistant_commands, effect_commands,
                          scene_commands, train_commands, render_commands, window_commands, help_commands}) {
    rows.insert(rows.end(), part().begin(), part().end());
  }
  // A part may have rows of several menus.
  const auto place = [](const Command& row) {
    const auto menus = menu_titles();
    return std::find_if(menus.begin(), menus.end(), [&](const Text& menu) { return menu.en == row.menu; }) - menus.begin();
  };
  std::stable_sort(rows.begin(), rows.end(), [&](const Command& a, const Command& b) { return place(a) < place(b); });
  return rows;
}

// The part of `list` before the next '|', which is taken away.
std::string_view take_part(std::string_view& list) {
  const std::string_view part = list.substr(0, list.find('|'));
  list.remove_prefix(std::min(part.size() + 1, list.size()));
  return part;
}

}  // namespace

std::span<const Command> command_table() {
  static const std::vector<Command> rows = all_rows();
  return rows;
}

const Command* find_command(std::string_view id) {
  static const std::map<std::string_view, const Command*> by_id = [] {
    std::map<std::string_view, const Command*> index;
    for (const Command& command : command_table()) index.emplace(command.id, &command);
    return index;
  }();
  const auto found = by_id.find(id);
  return found == by_id.end() ? nullptr : found->second;
}

std::span<const Text> menu_titles() {
  static constexpr Text kTitles[] = {{"File", "文件"},  {"Edit", "编辑"},   {"Select", "选择"}, {"View", "视图"}, {"Scene", "场景"},
                                     {"Train", "训练"}, {"Render", "渲染"}, {"Window", "窗口"}, {"Help", "帮助"}};
  return kTitles;
}

bool needs_arguments(const Command& command) {
  return std::any_of(command.arguments.begin(), command.arguments.end(), [](const Argument& a) { return a.default_value.empty(); });
}

std::vector<Choice> choices_of(const Argument& argument) {
  std::vector<Choice> choices;
  std::string_view values = argument.choices, en = argument.choice_titles.en, zh = argument.choice_titles.zh;
  while (!values.empty()) {
    const std::string_view value = take_part(values);
    const Text title{take_part(en), take_part(zh)};
    choices.push_back({value, title});
  }
  return choices;
}

}  // namespace skyline::editor
