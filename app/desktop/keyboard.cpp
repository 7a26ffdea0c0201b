#include "app/desktop/keyboard.h"

#include <array>
#include <charconv>
#include <utility>

namespace skyline::app::desktop {
namespace {

constexpr std::array kNamedKeys = std::to_array<std::pair<std::string_view, ImGuiKey>>({
    {"-", ImGuiKey_Minus},
    {"=", ImGuiKey_Equal},
    {"[", ImGuiKey_LeftBracket},
    {"]", ImGuiKey_RightBracket},
    {"\\", ImGuiKey_Backslash},
    {";", ImGuiKey_Semicolon},
    {"'", ImGuiKey_Apostrophe},
    {",", ImGuiKey_Comma},
    {".", ImGuiKey_Period},
    {"/", ImGuiKey_Slash},
    {"`", ImGuiKey_GraveAccent},
    {"Tab", ImGuiKey_Tab},
    {"Backspace", ImGuiKey_Backspace},
    {"Enter", ImGuiKey_Enter},
    {"Space", ImGuiKey_Space},
    {"Escape", ImGuiKey_Escape},
    {"Insert", ImGuiKey_Insert},
    {"Delete", ImGuiKey_Delete},
    {"Home", ImGuiKey_Home},
    {"End", ImGuiKey_End},
    {"PageUp", ImGuiKey_PageUp},
    {"PageDown", ImGuiKey_PageDown},
    {"Left", ImGuiKey_LeftArrow},
    {"Right", ImGuiKey_RightArrow},
    {"Up", ImGuiKey_UpArrow},
    {"Down", ImGuiKey_DownArrow},
});

void run_hit(Interface& ui, const editor::KeyMap::Hit& hit) {
  const std::string reason = ui.session.commands.reason_disabled(*hit.command, ui.session.language());
  if (!reason.empty()) {
    ui.session.say(Message::Level::kWarning, std::string(hit.command->title.in(ui.session.language())) + ": " + reason);
  } else if (hit.arguments == "{}") {
    ui.run_or_ask(*hit.command);
  } else {
    ui.run(hit.command->id, hit.arguments);
  }
}

// S and Shift+D are for flying, unless the controls leave the letters alone.
bool run_letter_of_tool(Interface& ui, std::string_view key, editor::KeyContext context) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool free = ui.session.preferences.controls == "blender" && context == editor::KeyContext::kView &&
                    !ImGui::IsMouseDown(ImGuiMouseButton_Right) && !io.KeyCtrl && !io.KeyAlt && !io.KeySuper;
  const char* const id = key == "S" && !io.KeyShift ? "tool.scale" : key == "D" && io.KeyShift ? "tool.duplicate" : nullptr;
  if (!free || id == nullptr) return false;
  run_hit(ui, {editor::find_command(id), "{}"});
  return true;
}

}  // namespace

ImGuiKey imgui_key(std::string_view name) {
  if (name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z') return static_cast<ImGuiKey>(ImGuiKey_A + (name[0] - 'A'));
  if (name.size() == 1 && name[0] >= '0' && name[0] <= '9') return static_cast<ImGuiKey>(ImGuiKey_0 + (name[0] - '0'));
  int number = 0;
  if (name.size() >= 2 && name[0] == 'F' && std::from_chars(name.data() + 1, name.data() + name.size(), number).ec == std::errc() &&
      number >= 1 && number <= 24) {
    return static_cast<ImGuiKey>(ImGuiKey_F1 + number - 1);
  }
  for (const auto& [key_name, key] : kNamedKeys) {
    if (key_name == name) return key;
  }
  return ImGuiKey_None;
}

void run_keys(Interface& ui, const editor::KeyMap& keys, bool in_view) {
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel)) return;
  const auto context = in_view && !io.WantTextInput ? editor::KeyContext::kView : editor::KeyContext::kText;
  for (const std::string_view name : editor::key_names()) {
    const ImGuiKey key = imgui_key(name);
    if (key == ImGuiKey_None || !ImGui::IsKeyPressed(key, false)) continue;
    if (io.WantTextInput && io.KeyCtrl && name == "Z") continue;  // takes back what was typed
    if (run_letter_of_tool(ui, name, context)) continue;
    if (const auto hit = keys.find({io.KeyCtrl, io.KeyAlt, io.KeyShift, io.KeySuper, name}, context)) run_hit(ui, *hit);
  }
}

void run_chord(Interface& ui, const editor::KeyMap& keys, const editor::Chord& chord) {
  if (const auto hit = keys.find(chord, editor::KeyContext::kView)) run_hit(ui, *hit);
}

}  // namespace skyline::app::desktop
