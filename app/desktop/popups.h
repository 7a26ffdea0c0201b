// What stands over the window for a moment: command palette, form of arguments, file chooser, messages, toasts, key help, about,
// preferences.
#pragma once

#include "app/desktop/interface.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace skyline::app::desktop {

// Commands whose title (in either language) or id holds the letters in their order, the best first; those that cannot run come last.
std::vector<const editor::Command*> find_commands(std::string_view wanted, const std::function<bool(const editor::Command&)>& possible);

// Finds any command by a few letters in either language.
class CommandPalette {
 public:
  void draw(Interface& ui);

 private:
  char wanted_[128] = "";
  int chosen_ = 0;
  bool open_ = false;
};

// Picks a file or folder without help of the desktop.
class FileChooser {
 public:
  enum class Kind { kFile, kFolder, kNewFile };
  void open(Kind kind, const std::filesystem::path& start, std::string extension);
  bool is_open() const { return open_; }
  // Within a popup's frame: true when `chosen` was picked.
  bool draw(Interface& ui, std::filesystem::path& chosen);

 private:
  void read();
  void accept(std::filesystem::path& chosen, bool& done);

  struct Entry {
    std::string name;
    bool folder = false;
  };
  Kind kind_ = Kind::kFile;
  std::filesystem::path folder_;
  std::string extension_, problem_;
  std::vector<Entry> entries_;
  char name_[1024] = "";
  bool open_ = false;
};

// Asks for the arguments of the command in WindowState::asked_command; made from the argument table.
class ArgumentForm {
 public:
  void draw(Interface& ui);

 private:
  void begin(Interface& ui, const editor::Command& command);
  void draw_argument(Interface& ui, const editor::Argument& argument, std::size_t index);
  std::string arguments_json(const editor::Command& command) const;

  struct Value {
    std::string json;  // as a script writes it; ids and paths as they are typed
    bool given = false;
  };
  const editor::Command* command_ = nullptr;
  std::vector<Value> values_;
  std::string problem_;
  FileChooser chooser_;
  std::size_t choosing_ = 0;
};

// The preferences, made from their registry, and the keys.
class PreferencesWindow {
 public:
  void draw(Interface& ui);

 private:
  void draw_keys(Interface& ui);
  std::string rebinding_, problem_;
  char filter_[64] = "";
};

// Messages that wait to be read, one at a time.
void draw_message_dialog(Interface& ui);
// The newest warnings and errors for a few seconds.
void draw_toasts(Interface& ui);
void draw_key_help(Interface& ui);
void draw_about(Interface& ui);

}  // namespace skyline::app::desktop
