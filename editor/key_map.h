// Keys: their names, and which command each runs.
//
//   KeyMap keys(preferences.keys);                       // the table's keys with the person's changes; keys.problems() tells what was
//   wrong if (auto hit = keys.find(chord, KeyContext::kView)) registry.run(*Invocation::create(hit->command->id, hit->arguments));
//   keys.text("camera.home")                             // "Home", for menus and tooltips
//
// A key is named by its place on a US keyboard, so that W A S D lie together on any keyboard: "A".."Z", "0".."9", "F1".."F24", the signs
// - = [ ] \ ; ' , . / ` and the names of `key_names`. A chord is modifiers in the order Ctrl, Alt, Shift, Super and one key:
// "Ctrl+Shift+P". "1..9" and "Ctrl+1..9" are nine chords whose digit becomes the command's argument `number`; several chords of one command
// are separated by a space, menus show the first. Knows no window library; one thread.
#pragma once

#include "core/result.h"
#include "editor/command_table.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace skyline::editor {

struct Chord {
  bool ctrl = false, alt = false, shift = false, super = false;
  std::string_view key;  // of key_names()
  bool operator==(const Chord&) const = default;
};

// All keys that a chord may name, in a fixed order.
std::span<const std::string_view> key_names();
// "ctrl+shift+p" is read as well as "Ctrl+Shift+P". Errors: no key, an unknown key (with the nearest one), a modifier given twice.
core::Result<Chord> parse_chord(std::string_view text);
std::string to_text(const Chord& chord);

// Where the keyboard's focus is. A chord with Ctrl, Alt or Super and the keys F1 to F24 are heard everywhere; the others only in the view,
// since they are text anywhere else.
enum class KeyContext : std::uint8_t { kView, kText };
bool is_heard(const Chord& chord, KeyContext context);

// Held to fly (W A S D Q E, with Shift too): no command may have them.
bool is_movement_key(const Chord& chord);

class KeyMap {
 public:
  struct Hit {
    const Command* command = nullptr;
    std::string arguments;  // JSON object: {} or {"number": 3}
  };

  // The table's keys.
  KeyMap();
  // With the changes of a person, command id -> key; an empty key takes the command's key away. What cannot be used is left as it was in
  // the table and told in `problems`.
  explicit KeyMap(const std::map<std::string, std::string>& changes);

  // Gives a command another key. Errors: unknown command, bad key, a movement key, a key that another command has (named).
  core::Status set(std::string_view id, std::string_view key);
  // Empty: none.
  const std::string& text(std::string_view id) const;
  std::optional<Hit> find(const Chord& chord, KeyContext context) const;
  // Commands that have one of the chords of `key`, for the editor of keys.
  std::vector<const Command*> owners(std::string_view key) const;
  // What differs from the table, for the preferences.
  std::map<std::string, std::string> changes() const;
  // One sentence for each change that could not be used.
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  std::map<std::string, std::string, std::less<>> keys_;  // command id -> canonical text, commands without a key are missing
  std::map<std::string, Hit, std::less<>> hits_;          // chord -> command
  std::vector<std::string> problems_;
  void index();
};

}  // namespace skyline::editor
