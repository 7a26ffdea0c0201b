#include "editor/command_table.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace skyline::editor {
namespace {

CommandRegistry registry_with(std::uint32_t met) {
  CommandRegistry registry;
  registry.set_state([met] { return met; });
  return registry;
}

TEST(CommandRegistry, RunsWhatIsBoundWithItsArguments) {
  CommandRegistry registry = registry_with(kScene);
  double fov = 0;
  registry.bind("camera.fov", [&](const Invocation& invocation) {
    fov = invocation.number("fov");
    return core::Status();
  });
  EXPECT_TRUE(registry.run(*parse_invocation(R"({"command": "camera.fov", "fov": 35})")).ok());
  EXPECT_EQ(fov, 35);
  EXPECT_TRUE(registry.run("camera.fov").ok());
  EXPECT_EQ(fov, 50);
}

TEST(CommandRegistry, TellsWhatIsMissingInBothLanguagesAndRunsNothing) {
  std::uint32_t met = kNothing;
  CommandRegistry registry;
  registry.set_state([&] { return met; });
  int runs = 0;
  registry.bind("select.none", [&](const Invocation&) {
    ++runs;
    return core::Status();
  });
  const Command& command = *find_command("select.none");
  EXPECT_EQ(registry.reason_disabled(command, Language::kEnglish), "open a scene first");
  EXPECT_EQ(registry.reason_disabled(command, Language::kChinese), "请先打开场景");
  EXPECT_EQ(registry.run("select.none").error().message(), "cannot run select.none; open a scene first");
  met = kScene;
  EXPECT_EQ(registry.reason_disabled(command, Language::kEnglish), "select something first");
  met = kScene | kSelection;
  EXPECT_EQ(registry.reason_disabled(command, Language::kEnglish), "");
  EXPECT_EQ(runs, 0);
  EXPECT_TRUE(registry.run("select.none").ok());
  EXPECT_EQ(runs, 1);
}

TEST(CommandRegistry, EveryNeedHasItsReason) {
  for (const std::uint32_t need : {kScene, kPhotos, kObjects, kTraining, kSelection, kBookmarks}) {
    CommandRegistry registry = registry_with(~need);
    for (const Command& command : command_table()) {
      if ((command.needs & need) == 0) continue;
      registry.bind(command.id, [](const Invocation&) { return core::Status(); });
      EXPECT_FALSE(registry.reason_disabled(command, Language::kEnglish).empty()) << command.id << " " << need;
    }
  }
}

TEST(CommandRegistry, ListsWhatIsNotBound) {
  CommandRegistry registry;
  EXPECT_EQ(registry.unbound().size(), command_table().size());
  for (const Command& command : command_table()) registry.bind(command.id, [](const Invocation&) { return core::Status(); });
  EXPECT_TRUE(registry.unbound().empty());
}

TEST(CommandRegistry, UnboundCommandsAreRefused) {
  CommandRegistry registry = registry_with(~0u);
  EXPECT_EQ(registry.run("camera.home").error().message(), "cannot run camera.home; this program does not have it");
  EXPECT_EQ(registry.run("camera.hone").error().message(), "unknown command camera.hone; did you mean camera.home");
}

TEST(CommandRegistry, TheObserverSeesEveryRunWithItsOutcome) {
  CommandRegistry registry = registry_with(kScene);
  registry.bind("camera.home", [](const Invocation&) { return core::Status(); });
  registry.bind("camera.top", [](const Invocation&) { return core::Status(core::Error{"no top"}); });
  std::vector<std::string> seen;
  registry.set_observer([&](const Invocation& invocation, const core::Status& status) {
    seen.emplace_back(invocation.command().id);
    seen.push_back(status ? "done" : status.error().message());
  });
  (void)registry.run("camera.home");
  (void)registry.run("camera.top");
  EXPECT_EQ(seen, (std::vector<std::string>{"camera.home", "done", "camera.top", "no top"}));
}

TEST(CommandRegistry, TicksAreAnsweredByCommandAndByChoice) {
  CommandRegistry registry;
  bool outlines = false;
  registry.bind(
      "view.outlines", [](const Invocation&) { return core::Status(); }, [&] { return outlines; });
  registry.set_choice_state("view.theme", [](std::string_view theme) { return theme == "dark"; });
  EXPECT_FALSE(registry.checked("view.outlines"));
  outlines = true;
  EXPECT_TRUE(registry.checked("view.outlines"));
  EXPECT_FALSE(registry.checked("view.split"));
  EXPECT_TRUE(registry.checked("view.theme", "dark"));
  EXPECT_FALSE(registry.checked("view.theme", "light"));
}

TEST(CommandRegistry, BindingWhatIsNotInTheTableOrTwiceEndsTheProgram) {
  CommandRegistry registry;
  const auto nothing = [](const Invocation&) { return core::Status(); };
  registry.bind("camera.home", nothing);
  EXPECT_DEATH(registry.bind("camera.home", nothing), "camera.home is bound twice");
  EXPECT_DEATH(registry.bind("camera.hone", nothing), "camera.hone is bound and not in the command table");
}

}  // namespace
}  // namespace skyline::editor
