#include "editor/key_map.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace skyline::editor {
namespace {

Chord chord_of(std::string_view text) {
  const auto chord = parse_chord(text);
  EXPECT_TRUE(chord.ok()) << text;
  return chord.ok() ? *chord : Chord();
}

std::string command_of(const KeyMap& keys, std::string_view chord, KeyContext context = KeyContext::kView) {
  const auto hit = keys.find(chord_of(chord), context);
  return hit ? std::string(hit->command->id) : "";
}

TEST(Chord, EveryKeyIsReadAsItIsWritten) {
  for (const std::string_view key : key_names()) {
    for (const std::string modifiers : {"", "Ctrl+", "Alt+Shift+", "Ctrl+Alt+Shift+Super+"}) {
      const std::string text = modifiers + std::string(key);
      EXPECT_EQ(to_text(chord_of(text)), text);
    }
  }
}

TEST(Chord, OrderAndCapitalsDoNotMatter) {
  EXPECT_EQ(to_text(chord_of("shift+CTRL+p")), "Ctrl+Shift+P");
  EXPECT_EQ(chord_of("home"), chord_of("Home"));
}

TEST(Chord, FaultsAreOneSentence) {
  const auto message = [](std::string_view text) { return parse_chord(text).error().message(); };
  EXPECT_EQ(message("Ctrl+"), "cannot read the key 'Ctrl+': it names no key; write it as in Ctrl+Shift+P");
  EXPECT_EQ(message(""), "cannot read the key '': it names no key; write it as in Ctrl+Shift+P");
  EXPECT_EQ(message("Hyper+P"), "cannot read the key 'Hyper+P': 'Hyper' is no modifier; write Ctrl, Alt, Shift or Super before a +");
  EXPECT_EQ(message("Ctrl+Ctrl+P"), "cannot read the key 'Ctrl+Ctrl+P': Ctrl is there twice; write each modifier once");
  EXPECT_EQ(message("Ctrl+Delet"), "cannot read the key 'Ctrl+Delet': there is no key 'Delet'; did you mean Delete");
}

TEST(KeyMap, TheTablesKeysAreValidAndNoTwoCommandsShareOne) {
  const KeyMap keys;
  EXPECT_TRUE(keys.problems().empty()) << (keys.problems().empty() ? "" : keys.problems().front());
  for (const Command& command : command_table()) {
    EXPECT_EQ(keys.text(command.id), command.key) << command.id;  // also: keys are written in their canonical form
    if (!command.key.empty()) {
      EXPECT_EQ(keys.owners(command.key).size(), 1u) << command.id;
    }
  }
  EXPECT_TRUE(keys.changes().empty());
}

TEST(KeyMap, KeysRunTheCommandsOfTheInterfacePage) {
  const KeyMap keys;
  EXPECT_EQ(command_of(keys, "Home"), "camera.home");
  EXPECT_EQ(command_of(keys, "F"), "camera.frame");
  EXPECT_EQ(command_of(keys, "]"), "camera.next_photo");
  EXPECT_EQ(command_of(keys, "["), "camera.previous_photo");
  EXPECT_EQ(command_of(keys, "Ctrl+Shift+P"), "help.palette");
  EXPECT_EQ(command_of(keys, "Tab"), "view.hide_interface");
  EXPECT_EQ(command_of(keys, "F11"), "view.fullscreen");
  EXPECT_EQ(command_of(keys, "F12"), "render.still");
  EXPECT_EQ(command_of(keys, "Ctrl+Alt+P"), "");
}

TEST(KeyMap, DigitsBecomeTheNumberOfABookmark) {
  const KeyMap keys;
  const auto go = keys.find(chord_of("7"), KeyContext::kView);
  ASSERT_TRUE(go.has_value());
  const auto invocation = Invocation::create(go->command->id, go->arguments);
  ASSERT_TRUE(invocation.ok());
  EXPECT_EQ(invocation->command().id, "camera.bookmark");
  EXPECT_EQ(invocation->integer("number"), 7);
  const auto keep = keys.find(chord_of("Ctrl+3"), KeyContext::kView);
  ASSERT_TRUE(keep.has_value());
  EXPECT_EQ(keep->command->id, "camera.add_bookmark");
  EXPECT_EQ(keep->arguments, R"({"number": 3})");
  EXPECT_FALSE(keys.find(chord_of("0"), KeyContext::kView).has_value());
}

TEST(KeyMap, EveryHitIsARunnableInvocationUnlessItsCommandAsks) {
  const KeyMap keys;
  for (const std::string_view key : key_names()) {
    for (const std::string modifiers : {"", "Ctrl+", "Alt+", "Shift+", "Ctrl+Shift+"}) {
      const auto hit = keys.find(chord_of(modifiers + std::string(key)), KeyContext::kView);
      if (hit && !needs_arguments(*hit->command)) {
        EXPECT_TRUE(Invocation::create(hit->command->id, hit->arguments).ok());
      }
    }
  }
}

TEST(KeyMap, PlainKeysAreTextWhereTextIsTyped) {
  const KeyMap keys;
  EXPECT_EQ(command_of(keys, "F", KeyContext::kText), "");
  EXPECT_EQ(command_of(keys, "1", KeyContext::kText), "");
  EXPECT_EQ(command_of(keys, "Shift+T", KeyContext::kText), "");
  EXPECT_EQ(command_of(keys, "Tab", KeyContext::kText), "");
  EXPECT_EQ(command_of(keys, "Ctrl+Shift+P", KeyContext::kText), "help.palette");
  EXPECT_EQ(command_of(keys, "F12", KeyContext::kText), "render.still");
}

TEST(KeyMap, MovementKeysBelongToFlying) {
  KeyMap keys;
  for (const char* key : {"W", "A", "S", "D", "Q", "E", "Shift+W"}) {
    EXPECT_EQ(command_of(keys, key), "") << key;
    EXPECT_FALSE(keys.set("camera.home", key).ok()) << key;
  }
  EXPECT_EQ(keys.set("camera.home", "Q").error().message(), "cannot give camera.home a key: Q is held to fly; choose another key");
  EXPECT_TRUE(keys.set("camera.home", "Ctrl+Shift+Q").ok());
}

TEST(KeyMap, ATakenKeyIsRefusedWithItsOwner) {
  KeyMap keys;
  EXPECT_EQ(keys.set("camera.top", "F").error().message(),
            "cannot give camera.top a key: F belongs to camera.frame; choose another key, or take it away there first");
  EXPECT_EQ(keys.text("camera.top"), "T");
  EXPECT_FALSE(keys.set("camera.top", "5").ok());  // one of the nine of camera.bookmark
  EXPECT_FALSE(keys.set("camera.top", "1..9").ok());
  EXPECT_EQ(command_of(keys, "T"), "camera.top");
}

TEST(KeyMap, AChangeMovesTheKeyAndIsKept) {
  KeyMap keys;
  ASSERT_TRUE(keys.set("camera.home", "shift+ctrl+h N").ok());
  EXPECT_EQ(keys.text("camera.home"), "Ctrl+Shift+H N");
  EXPECT_EQ(command_of(keys, "N"), "camera.home");
  EXPECT_EQ(command_of(keys, "Ctrl+Shift+H"), "camera.home");
  EXPECT_EQ(command_of(keys, "Home"), "");
  ASSERT_TRUE(keys.set("view.hud", "").ok());
  EXPECT_EQ(command_of(keys, "F3"), "");
  const std::map<std::string, std::string> changes{{"camera.home", "Ctrl+Shift+H N"}, {"view.hud", ""}};
  EXPECT_EQ(keys.changes(), changes);
  const KeyMap again(changes);
  EXPECT_TRUE(again.problems().empty());
  EXPECT_EQ(again.changes(), changes);
}

TEST(KeyMap, TwoCommandsMaySwapKeys) {
  const KeyMap keys({{"camera.home", "F"}, {"camera.frame", "Home"}});
  EXPECT_TRUE(keys.problems().empty());
  EXPECT_EQ(command_of(keys, "F"), "camera.home");
  EXPECT_EQ(command_of(keys, "Home"), "camera.frame");
}

TEST(KeyMap, ChangesThatCannotBeUsedLeaveTheTablesKey) {
  const KeyMap keys({{"camera.home", "Qrl+X"}, {"camera.frame", "T"}, {"camera.teleport", "J"}});
  EXPECT_EQ(keys.problems().size(), 3u);
  EXPECT_EQ(command_of(keys, "Home"), "camera.home");
  EXPECT_EQ(command_of(keys, "F"), "camera.frame");
  EXPECT_EQ(command_of(keys, "T"), "camera.top");
  EXPECT_TRUE(keys.changes().empty());
}

}  // namespace
}  // namespace skyline::editor
