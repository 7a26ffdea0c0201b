// The command table: one row a command. Menu, palette, key map, tooltips, scripts, `skyline commands`, help and later the language engine's
// grammar all read it, so a command that is in one of them is in all of them.
//
//   const Command* command = find_command("camera.home");
//   CommandRegistry registry; registry.bind("camera.home", [&](const Arguments&) { ... return core::Status(); });
//   registry.run(parse_invocation(R"({"command": "camera.goto", "position": [1, 2, 30]})"))
//
// The table is constant. A registry belongs to one program and binds functions to rows; it is not thread-safe.
#pragma once

#include "core/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::editor {

enum class Language : std::uint8_t { kEnglish, kChinese };

struct Text {
  std::string_view en{}, zh{};
  std::string_view in(Language language) const { return language == Language::kChinese ? zh : en; }
};

enum class ArgumentType : std::uint8_t { kNumber, kInteger, kFlag, kText, kChoice, kPath, kVector2, kVector3, kColour, kIds };

struct Argument {
  std::string_view name{};
  ArgumentType type = ArgumentType::kText;
  std::string_view unit{};  // "m", "degrees", "s", "" ...
  double low = -1e300, high = 1e300;
  std::string_view default_value{};  // as JSON; empty: must be given; "null": may be left out, and `has` then says so
  std::string_view choices{};        // of kChoice, separated by '|'
  Text help{};
  Text choice_titles{};  // of kChoice, for menus: one title a choice, separated by '|'
};

struct Choice {
  std::string_view value;  // in scripts
  Text title;
};
std::vector<Choice> choices_of(const Argument& argument);
// What may be given, for messages, lists and forms: "a number from 1 to 150, degrees".
std::string allowed_values(const Argument& argument, Language language = Language::kEnglish);
// "degrees" in the person's language; empty: none.
std::string_view unit_title(std::string_view unit, Language language);

// What must be there for a command to make sense; shown as the reason when it is greyed out.
enum Needs : std::uint32_t {
  kNothing = 0,
  kScene = 1,       // a scene is shown
  kPhotos = 2,      // the scene has training cameras
  kObjects = 4,     // the scene has a catalogue
  kTraining = 8,    // a training is running or paused
  kSelection = 16,  // something is selected
  kBookmarks = 32,  // the scene has bookmarks
};

struct Command {
  std::string_view id{};  // "camera.home"
  Text title{};           // of a menu entry
  Text help{};            // one or two sentences; the tooltip
  // "File", "Edit", "Select", "View", "Scene", "Train", "Render", "Window" or "Help"; every command is in one.
  std::string_view menu{};
  Text submenu{};           // title of the submenu that it stands in; empty: in the menu itself
  std::string_view key{};   // default key in the form of key_map.h ("Ctrl+Shift+P", "Home", "1..9"), empty: none
  std::string_view icon{};  // name of an icon (see renderer/vulkan/icons.h), empty: none
  std::uint32_t needs = kNothing;
  bool undoable = false;
  // Shown with a tick that `checked` of the registry answers; a command with a choice has a tick at each choice.
  bool toggles = false;
  bool asks = false;  // the window asks for its arguments, although all of them may be left out
  std::span<const Argument> arguments{};
};

// In the order of the menus; rows of one submenu stand together.
std::span<const Command> command_table();
const Command* find_command(std::string_view id);
// True when some argument must be given: the window asks for it (a file dialog, a submenu of choices, a field) before it runs the command.
bool needs_arguments(const Command& command);
// Menus in the order of the menu bar.
std::span<const Text> menu_titles();

// A command with its arguments: checked against the table, defaults filled in.
class Invocation {
 public:
  // `arguments_json`: one JSON object; the member "command" is ignored. Errors name the command, the argument and the rule.
  static core::Result<Invocation> create(std::string_view id, std::string_view arguments_json = "{}");
  const Command& command() const { return *command_; }
  double number(std::string_view argument) const;
  int integer(std::string_view argument) const;
  bool flag(std::string_view argument) const;
  std::string text(std::string_view argument) const;
  std::vector<double> vector(std::string_view argument) const;
  std::vector<std::int32_t> ids(std::string_view argument) const;
  bool has(std::string_view argument) const;  // given, or with a default
  // One line of a script: {"command": "camera.goto", ...}.
  std::string to_json() const;

 private:
  const Command* command_ = nullptr;
  std::shared_ptr<const nlohmann::json> arguments_;
};

// One line of a script (docs: commands): {"command": "edit.remove", ...} or a step of a plan, {"op": "remove", ...}. Errors: not JSON, no
// "command", unknown command (with the nearest id), and those of create.
core::Result<Invocation> parse_invocation(std::string_view line);

// The functions behind the table, and what is possible now.
class CommandRegistry {
 public:
  struct Binding {
    std::function<core::Status(const Invocation&)> run;
    std::function<bool()> checked;  // of a command that toggles
  };
  CommandRegistry();

  // Binding an unknown id, or one twice, ends the program.
  void bind(std::string_view id, std::function<core::Status(const Invocation&)> run, std::function<bool()> checked = {});
  // Tells which Needs are met now.
  void set_state(std::function<std::uint32_t()> state);
  // Tells which choices of a command are in force (the theme in use, the panels that are open).
  void set_choice_state(std::string_view id, std::function<bool(std::string_view choice)> checked);
  bool bound(std::string_view id) const;
  bool checked(std::string_view id) const;
  bool checked(std::string_view id, std::string_view choice) const;
  // Empty when the command can run now, else why not, in the person's language.
  std::string reason_disabled(const Command& command, Language language) const;
  // Errors: not bound, not possible now, and what the function says. Every run is told to `observer` (log, recorder).
  core::Status run(const Invocation& invocation);
  core::Status run(std::string_view id);
  void set_observer(std::function<void(const Invocation&, const core::Status&)> observer);
  std::vector<std::string> unbound() const;  // ids of the table that have no function: empty in a whole program

 private:
  struct State;
  std::string reason_unmet(std::uint32_t needs, Language language) const;
  std::shared_ptr<State> state_;
};

// The table as text for `skyline commands` and as one JSON object with --json.
std::string commands_text(Language language);
std::string commands_json();

}  // namespace skyline::editor
