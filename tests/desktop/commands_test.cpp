// That every command can be reached by a person: from a menu, and from the palette in both languages.
#include "app/desktop/popups.h"
#include "editor/command_table.h"
#include "renderer/vulkan/icons.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace skyline::app::desktop {
namespace {

TEST(Menus, HoldEveryCommand) {
  const auto menus = editor::menu_titles();
  for (const editor::Command& command : editor::command_table()) {
    EXPECT_TRUE(std::any_of(menus.begin(), menus.end(), [&](const editor::Text& title) { return title.en == command.menu; })) << command.id;
  }
}

TEST(Palette, FindsEveryCommandByItsTitleInBothLanguages) {
  for (const editor::Command& command : editor::command_table()) {
    for (const std::string_view title : {command.title.en, command.title.zh}) {
      ASSERT_FALSE(title.empty()) << command.id;
      const auto found = find_commands(title, [](const editor::Command&) { return true; });
      EXPECT_NE(std::find(found.begin(), found.end(), &command), found.end()) << title;
    }
  }
}

TEST(Palette, PutsWhatBeginsWithTheWordsFirst) {
  const auto found = find_commands("street", [](const editor::Command&) { return true; });
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front()->id, "camera.street");
}

TEST(Palette, PutsWhatCannotRunLast) {
  const auto found = find_commands("", [](const editor::Command& command) { return command.id != "file.open"; });
  EXPECT_EQ(found.back()->id, "file.open");
}

TEST(Icons, AreThereForEveryCommandThatNamesOne) {
  for (const editor::Command& command : editor::command_table()) {
    if (command.icon.empty()) continue;
    EXPECT_FALSE(renderer::vulkan::icon(command.icon).empty()) << command.id << ": " << command.icon;
  }
}

}  // namespace
}  // namespace skyline::app::desktop
