#include "editor/command_table.h"

#include "editor/key_map.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string>

namespace skyline::editor {
namespace {

bool has_chinese(std::string_view text) {
  // The CJK block that everyday Chinese is written in begins with these bytes in UTF-8.
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xE4 && static_cast<unsigned char>(c) <= 0xE9; });
}

TEST(CommandTable, IdsAreUniqueAndFound) {
  std::set<std::string_view> ids;
  for (const Command& command : command_table()) {
    EXPECT_TRUE(ids.insert(command.id).second) << command.id;
    EXPECT_EQ(find_command(command.id), &command);
    EXPECT_NE(command.id.find('.'), std::string_view::npos) << command.id;
    EXPECT_EQ(command.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz_."), std::string_view::npos) << command.id;
  }
  EXPECT_GT(ids.size(), 60u);
  EXPECT_EQ(find_command("camera.hone"), nullptr);
}

TEST(CommandTable, EveryCommandAndArgumentSpeaksBothLanguages) {
  for (const Command& command : command_table()) {
    EXPECT_FALSE(command.title.en.empty()) << command.id;
    EXPECT_FALSE(command.help.en.empty()) << command.id;
    EXPECT_TRUE(has_chinese(command.title.zh)) << command.id;
    EXPECT_TRUE(has_chinese(command.help.zh)) << command.id;
    EXPECT_FALSE(has_chinese(command.help.en)) << command.id;
    EXPECT_TRUE(command.help.en.ends_with('.')) << command.id;
    EXPECT_TRUE(command.help.zh.ends_with("。")) << command.id;
    EXPECT_EQ(command.submenu.en.empty(), command.submenu.zh.empty()) << command.id;
    for (const Argument& argument : command.arguments) {
      EXPECT_FALSE(argument.help.en.empty()) << command.id << " " << argument.name;
      EXPECT_TRUE(has_chinese(argument.help.zh)) << command.id << " " << argument.name;
    }
  }
}

TEST(CommandTable, TitlesTellCommandsOfAMenuApart) {
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    std::set<std::string> titles;
    for (const Command& command : command_table()) {
      const std::string place =
          std::string(command.menu) + "/" + std::string(command.submenu.en) + "/" + std::string(command.title.in(language));
      EXPECT_TRUE(titles.insert(place).second) << place;
    }
  }
}

TEST(CommandTable, EveryCommandStandsInAMenuAndNoMenuIsEmpty) {
  std::set<std::string_view> used;
  for (const Command& command : command_table()) {
    const auto menus = menu_titles();
    EXPECT_TRUE(std::any_of(menus.begin(), menus.end(), [&](const Text& menu) { return menu.en == command.menu; })) << command.id;
    used.insert(command.menu);
  }
  EXPECT_EQ(used.size(), menu_titles().size());
}

TEST(CommandTable, RowsOfASubmenuStandTogether) {
  std::set<std::string> seen;
  std::string last;
  for (const Command& command : command_table()) {
    const std::string place = std::string(command.menu) + "/" + std::string(command.submenu.en);
    if (place != last) {
      EXPECT_TRUE(seen.insert(place).second) << command.id << " stands apart from the rest of " << place;
    }
    last = place;
  }
}

TEST(CommandTable, ArgumentsHaveValidDefaultsAndChoices) {
  for (const Command& command : command_table()) {
    std::set<std::string_view> names;
    nlohmann::json given = nlohmann::json::object();
    for (const Argument& argument : command.arguments) {
      EXPECT_TRUE(names.insert(argument.name).second) << command.id << " " << argument.name;
      EXPECT_NE(argument.name, "command") << command.id;
      EXPECT_LE(argument.low, argument.high) << command.id << " " << argument.name;
      EXPECT_EQ(argument.type == ArgumentType::kChoice, !argument.choices.empty()) << command.id << " " << argument.name;
      std::set<std::string_view> values;
      for (const Choice& choice : choices_of(argument)) {
        EXPECT_TRUE(values.insert(choice.value).second) << command.id << " " << choice.value;
        EXPECT_FALSE(choice.title.en.empty()) << command.id << " " << choice.value;
        EXPECT_FALSE(choice.title.zh.empty()) << command.id << " " << choice.value;
      }
      EXPECT_EQ(std::count(argument.choices.begin(), argument.choices.end(), '|'),
                std::count(argument.choice_titles.zh.begin(), argument.choice_titles.zh.end(), '|'))
          << command.id;
      if (!argument.default_value.empty()) given[std::string(argument.name)] = nlohmann::json::parse(argument.default_value);
    }
    // Given by hand, defaults pass the same checks as what a person writes.
    const bool is_complete = !needs_arguments(command);
    EXPECT_EQ(Invocation::create(command.id, given.dump()).ok(), is_complete) << command.id;
    EXPECT_EQ(Invocation::create(command.id).ok(), is_complete) << command.id;
  }
}

TEST(CommandTable, CommandsOfASceneNeedOne) {
  for (const Command& command : command_table()) {
    if ((command.needs & (kPhotos | kObjects | kSelection | kBookmarks)) != 0) {
      EXPECT_NE(command.needs & kScene, 0u) << command.id;
    }
    if (command.id.starts_with("camera.")) {
      EXPECT_NE(command.needs & kScene, 0u) << command.id;
    }
  }
}

TEST(CommandTable, ListsAsTextNameEveryCommandInBothLanguages) {
  const std::string en = commands_text(Language::kEnglish), zh = commands_text(Language::kChinese);
  for (const Command& command : command_table()) {
    EXPECT_NE(en.find(command.id), std::string::npos);
    EXPECT_NE(zh.find(command.id), std::string::npos);
    EXPECT_NE(en.find(command.help.en), std::string::npos) << command.id;
    EXPECT_NE(zh.find(command.help.zh), std::string::npos) << command.id;
  }
}

TEST(CommandTable, UnitsAndRangesAreToldInBothLanguages) {
  for (const Command& command : command_table()) {
    for (const Argument& argument : command.arguments) {
      EXPECT_FALSE(allowed_values(argument).empty()) << command.id << " " << argument.name;
      EXPECT_FALSE(has_chinese(allowed_values(argument))) << command.id << " " << argument.name;
      if (!argument.unit.empty()) {
        EXPECT_TRUE(has_chinese(unit_title(argument.unit, Language::kChinese))) << command.id << " " << argument.name;
      }
    }
  }
  const Argument& fov = find_command("camera.fov")->arguments[0];
  EXPECT_EQ(allowed_values(fov), "a number from 1 to 150, degrees");
  EXPECT_EQ(allowed_values(fov, Language::kChinese), "数值，1 到 150，单位：度");
}

TEST(CommandTable, ListAsJsonHoldsTheWholeTable) {
  const auto list = nlohmann::json::parse(commands_json());
  ASSERT_EQ(list["commands"].size(), command_table().size());
  for (std::size_t i = 0; i < command_table().size(); ++i) {
    const Command& command = command_table()[i];
    const auto& row = list["commands"][i];
    EXPECT_EQ(row["id"], command.id);
    EXPECT_EQ(row["title"]["zh"], command.title.zh);
    EXPECT_EQ(row["key"], command.key);
    ASSERT_EQ(row["arguments"].size(), command.arguments.size());
    for (std::size_t a = 0; a < command.arguments.size(); ++a) {
      EXPECT_EQ(row["arguments"][a]["name"], command.arguments[a].name);
      EXPECT_EQ(row["arguments"][a]["required"], command.arguments[a].default_value.empty());
    }
  }
}

}  // namespace
}  // namespace skyline::editor
