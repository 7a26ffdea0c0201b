#include "editor/key_map.h"

#include "editor/nearest_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace skyline::editor {
namespace {

using core::Error;

constexpr std::string_view kDigits = "1..9";

// One chord of a key text, and the digit that it stands for (0: none).
struct Binding {
  Chord chord;
  int number = 0;
};

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

// The key of this name, capitals or not.
std::string_view key_named(std::string_view name) {
  const auto names = key_names();
  const auto found = std::find_if(names.begin(), names.end(), [&](std::string_view key) { return lower(key) == lower(name); });
  return found == names.end() ? std::string_view() : *found;
}

bool* modifier_named(Chord& chord, std::string_view name) {
  const std::string word = lower(name);
  if (word == "ctrl") return &chord.ctrl;
  if (word == "alt") return &chord.alt;
  if (word == "shift") return &chord.shift;
  if (word == "super") return &chord.super;
  return nullptr;
}

std::string with_key(const Chord& chord, std::string_view key) {
  std::string text;
  for (const auto& [on, name] : {std::pair{chord.ctrl, "Ctrl+"}, {chord.alt, "Alt+"}, {chord.shift, "Shift+"}, {chord.super, "Super+"}}) {
    if (on) text += name;
  }
  return text.append(key);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty()) return words;
    const std::string_view word = text.substr(0, text.find(' '));
    words.push_back(word);
    text.remove_prefix(word.size());
  }
}

core::Result<std::vector<Binding>> bindings_of(std::string_view text) {
  std::vector<Binding> bindings;
  for (std::string_view word : words_of(text)) {
    const bool digits = word.ends_with(kDigits);
    if (digits) word.remove_suffix(kDigits.size() - 1);  // "Ctrl+1..9" -> "Ctrl+1"
    auto chord = parse_chord(word);
    if (!chord) return chord.error();
    if (!digits) {
      bindings.push_back({*chord, 0});
      continue;
    }
    for (int number = 1; number <= 9; ++number) {
      chord->key = key_named(std::to_string(number));
      bindings.push_back({*chord, number});
    }
  }
  return bindings;
}

// The text in the form that menus show.
core::Result<std::string> canonical(std::string_view text) {
  std::string result;
  for (const std::string_view word : words_of(text)) {
    const auto bindings = bindings_of(word);
    if (!bindings) return bindings.error();
    const Binding& first = bindings->front();
    if (!result.empty()) result += ' ';
    result += first.number > 0 ? with_key(first.chord, kDigits) : to_text(first.chord);
  }
  return result;
}

bool takes_number(const Command& command) {
  return std::any_of(command.arguments.begin(), command.arguments.end(), [](const Argument& a) { return a.name == "number"; });
}

}  // namespace

std::span<const std::string_view> key_names() {
  static constexpr std::array kNames = std::to_array<std::string_view>(
      {"A",    "B",   "C",      "D",        "E",    "F",     "G",   "H",         "I",     "J",     "K",      "L",      "M",
       "N",    "O",   "P",      "Q",        "R",    "S",     "T",   "U",         "V",     "W",     "X",      "Y",      "Z",
       "0",    "1",   "2",      "3",        "4",    "5",     "6",   "7",         "8",     "9",     "F1",     "F2",     "F3",
       "F4",   "F5",  "F6",     "F7",       "F8",   "F9",    "F10", "F11",       "F12",   "F13",   "F14",    "F15",    "F16",
       "F17",  "F18", "F19",    "F20",      "F21",  "F22",   "F23", "F24",       "-",     "=",     "[",      "]",      "\\",
       ";",    "'",   ",",      ".",        "/",    "`",     "Tab", "Backspace", "Enter", "Space", "Escape", "Insert", "Delete",
       "Home", "End", "PageUp", "PageDown", "Left", "Right", "Up",  "Down"});
  return kNames;
}

core::Result<Chord> parse_chord(std::string_view text) {
  const auto error = [&](std::string where, std::string advice) {
    return Error{fmt::format("cannot read the key '{}'", text.substr(0, 40)), std::move(where), std::move(advice)};
  };
  Chord chord;
  std::string_view rest = text;
  for (std::size_t plus = rest.find('+'); plus != std::string_view::npos; plus = rest.find('+')) {
    const std::string_view word = rest.substr(0, plus);
    bool* modifier = modifier_named(chord, word);
    if (modifier == nullptr)
      return error(fmt::format("'{}' is no modifier", word.substr(0, 40)), "write Ctrl, Alt, Shift or Super before a +");
    if (*modifier) return error(fmt::format("{} is there twice", word), "write each modifier once");
    *modifier = true;
    rest.remove_prefix(plus + 1);
  }
  if (rest.empty()) return error("it names no key", "write it as in Ctrl+Shift+P");
  chord.key = key_named(rest);
  if (chord.key.empty()) {
    return error(fmt::format("there is no key '{}'", rest.substr(0, 40)), did_you_mean(rest, key_names(), "write it as in Ctrl+Shift+P"));
  }
  return chord;
}

std::string to_text(const Chord& chord) { return with_key(chord, chord.key); }

bool is_heard(const Chord& chord, KeyContext context) {
  const bool is_function_key = chord.key.size() > 1 && chord.key[0] == 'F' && std::isdigit(static_cast<unsigned char>(chord.key[1])) != 0;
  return context == KeyContext::kView || chord.ctrl || chord.alt || chord.super || is_function_key;
}

bool is_movement_key(const Chord& chord) {
  if (chord.ctrl || chord.alt || chord.super || chord.key.size() != 1) return false;
  return std::string_view("WASDQE").find(chord.key) != std::string_view::npos;
}

KeyMap::KeyMap() {
  for (const Command& command : command_table()) {
    if (const core::Status status = command.key.empty() ? core::Status() : set(command.id, command.key); !status) {
      problems_.push_back(status.error().message());
    }
  }
}

KeyMap::KeyMap(const std::map<std::string, std::string>& changes) : KeyMap() {
  // A key may go from one command to another: those that lose theirs come first.
  std::map<std::string, std::string> former;
  for (const auto& [id, key] : changes) {
    if (find_command(id) == nullptr) continue;
    former[id] = text(id);
    keys_.erase(id);
  }
  index();
  for (const auto& [id, key] : changes) {
    const core::Status status = set(id, key);
    if (status) continue;
    problems_.push_back(status.error().message());
    if (find_command(id) != nullptr && !set(id, former[id])) keys_.erase(id);
  }
}

core::Status KeyMap::set(std::string_view id, std::string_view key) {
  const Command* command = find_command(id);
  const auto error = [&](std::string where, std::string advice) {
    return Error{fmt::format("cannot give {} a key", id.substr(0, 60)), std::move(where), std::move(advice)};
  };
  if (command == nullptr) return error("there is no such command", "see `skyline commands` for all of them");
  const auto bindings = bindings_of(key);
  if (!bindings) return bindings.error();
  for (const Binding& binding : *bindings) {
    const std::string chord = to_text(binding.chord);
    if (is_movement_key(binding.chord)) return error(chord + " is held to fly", "choose another key");
    if (binding.number > 0 && !takes_number(*command)) return error("it takes no number", "choose a single key");
    const auto owner = hits_.find(chord);
    if (owner != hits_.end() && owner->second.command != command) {
      return error(fmt::format("{} belongs to {}", chord, owner->second.command->id), "choose another key, or take it away there first");
    }
  }
  const auto text = canonical(key);
  if (!text) return text.error();
  if (text->empty()) {
    keys_.erase(std::string(id));
  } else {
    keys_[std::string(id)] = *text;
  }
  index();
  return {};
}

void KeyMap::index() {
  hits_.clear();
  for (const auto& [id, text] : keys_) {
    const auto bindings = bindings_of(text);
    for (const Binding& binding : *bindings) {
      hits_[to_text(binding.chord)] = {find_command(id), binding.number > 0 ? fmt::format("{{\"number\": {}}}", binding.number) : "{}"};
    }
  }
}

const std::string& KeyMap::text(std::string_view id) const {
  static const std::string none;
  const auto found = keys_.find(id);
  return found == keys_.end() ? none : found->second;
}

std::optional<KeyMap::Hit> KeyMap::find(const Chord& chord, KeyContext context) const {
  if (!is_heard(chord, context)) return std::nullopt;
  const auto found = hits_.find(to_text(chord));
  return found == hits_.end() ? std::nullopt : std::optional<Hit>(found->second);
}

std::vector<const Command*> KeyMap::owners(std::string_view key) const {
  std::vector<const Command*> owners;
  const auto bindings = bindings_of(key);
  if (!bindings) return owners;
  for (const Binding& binding : *bindings) {
    const auto found = hits_.find(to_text(binding.chord));
    if (found == hits_.end() || std::find(owners.begin(), owners.end(), found->second.command) != owners.end()) continue;
    owners.push_back(found->second.command);
  }
  return owners;
}

std::map<std::string, std::string> KeyMap::changes() const {
  std::map<std::string, std::string> changes;
  static const KeyMap table;
  for (const Command& command : command_table()) {
    if (text(command.id) != table.text(command.id)) changes.emplace(command.id, text(command.id));
  }
  return changes;
}

}  // namespace skyline::editor
