#include "app/desktop/keyboard.h"
#include "app/desktop/popups.h"
#include "app/desktop/widgets.h"
#include "editor/key_map.h"
#include "renderer/vulkan/fonts.h"

#include <imgui.h>
#include <misc/cpp/imgui_stdlib.h>

#include <algorithm>
#include <variant>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;

// A choice as a person reads it.
const char* choice_words(const Interface& ui, const std::string& choice) {
  if (choice == "en") return "English";
  if (choice == "zh") return "中文";
  if (choice == "dark") return ui.tr("Dark", "深色");
  if (choice == "light") return ui.tr("Light", "浅色");
  if (choice == "game") return ui.tr("Game: letters fly, right drag looks", "游戏：字母键飞行，右键转向");
  if (choice == "blender") return ui.tr("Blender: middle drag orbits", "Blender：中键环绕");
  return choice.c_str();
}

// The widget that fits the parameter's type and range. True when it changed.
bool draw_value(const Interface& ui, core::ParameterSet& set, const core::Parameter& parameter) {
  ImGui::SetNextItemWidth(-1);
  if (!parameter.info.choices.empty()) {
    const std::string value = set.get(parameter.name);
    bool changed = false;
    if (ImGui::BeginCombo("##value", choice_words(ui, value))) {
      for (const std::string& choice : parameter.info.choices) {
        if (ImGui::Selectable(choice_words(ui, choice), choice == value)) changed = set.set(parameter.name, choice).ok();
      }
      ImGui::EndCombo();
    }
    return changed;
  }
  if (auto* const flag = std::get_if<bool*>(&parameter.target)) return ImGui::Checkbox("##value", *flag);
  if (auto* const text = std::get_if<std::string*>(&parameter.target)) {
    ImGui::InputText("##value", *text);
    return ImGui::IsItemDeactivatedAfterEdit();
  }
  const double low = parameter.info.low, high = parameter.info.high;
  if (auto* const whole = std::get_if<int*>(&parameter.target)) {
    ImGui::SliderInt("##value", *whole, static_cast<int>(low), static_cast<int>(high), "%d", ImGuiSliderFlags_AlwaysClamp);
    return ImGui::IsItemDeactivatedAfterEdit();
  }
  if (auto* const number = std::get_if<double*>(&parameter.target)) {
    // The scale's 0 follows the monitor.
    const bool automatic = parameter.name == "scale" && **number == 0;
    const std::string format = automatic                     ? ui.tr("as the monitor", "跟随显示器")
                               : parameter.info.unit.empty() ? "%.2f"
                                                             : "%.0f " + parameter.info.unit;
    ImGui::SliderScalar("##value", ImGuiDataType_Double, *number, &low, &high, format.c_str(), ImGuiSliderFlags_AlwaysClamp);
    return ImGui::IsItemDeactivatedAfterEdit();
  }
  return false;
}

// The chord that is pressed now, in the key map's form; empty: none.
std::string pressed_chord() {
  const ImGuiIO& io = ImGui::GetIO();
  for (const std::string_view name : editor::key_names()) {
    const ImGuiKey key = imgui_key(name);
    if (key == ImGuiKey_None || !ImGui::IsKeyPressed(key, false)) continue;
    return editor::to_text({io.KeyCtrl, io.KeyAlt, io.KeyShift, io.KeySuper, name});
  }
  return {};
}

}  // namespace

void PreferencesWindow::draw(Interface& ui) {
  constexpr const char* kName = "###preferences";
  bool& asked = ui.session.window.preferences;
  if (asked) ImGui::OpenPopup(kName);
  asked = false;
  const ImGuiViewport* const screen = ImGui::GetMainViewport();
  ImGui::SetNextWindowPos({screen->Pos.x + 0.5F * screen->Size.x, screen->Pos.y + 0.5F * screen->Size.y}, ImGuiCond_Always, {0.5F, 0.5F});
  ImGui::SetNextWindowSize({std::min(px(ui, 640), screen->Size.x - px(ui, 20)), std::min(px(ui, 560), screen->Size.y - px(ui, 20))});
  if (!ImGui::BeginPopupModal(kName, nullptr, ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove)) return;
  {
    const renderer::vulkan::TextStyle title(renderer::vulkan::TextFont::kTitle);
    ImGui::TextUnformatted(ui.tr("Preferences", "首选项"));
  }
  ImGui::BeginChild("##body", {0, -px(ui, 40)});
  if (ImGui::BeginTabBar("##tabs")) {
    if (ImGui::BeginTabItem(ui.tr("General###general", "常规###general"))) {
      core::ParameterSet set;
      register_parameters(set, ui.session.preferences);
      bool changed = false;
      for (const core::Parameter& parameter : set.all()) {
        const PreferenceText* const text = find_preference_text(parameter.name);
        ImGui::PushID(parameter.name.c_str());
        ImGui::AlignTextToFramePadding();
        ImGui::TextUnformatted(text == nullptr ? parameter.name.c_str() : ui.tr(text->title_en, text->title_zh));
        if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort)) {
          tooltip(text == nullptr ? parameter.info.help.c_str() : ui.tr(parameter.info.help.c_str(), text->help_zh));
        }
        ImGui::SameLine(px(ui, 220));
        changed |= draw_value(ui, set, parameter);
        ImGui::PopID();
      }
      if (changed) ui.session.apply_preferences();
      ImGui::EndTabItem();
    }
    if (ImGui::BeginTabItem(ui.tr("Keys###keys-tab", "快捷键###keys-tab"))) {
      draw_keys(ui);
      ImGui::EndTabItem();
    }
    ImGui::EndTabBar();
  }
  ImGui::EndChild();
  const bool escape = rebinding_.empty() && ImGui::IsKeyPressed(ImGuiKey_Escape, false);
  if (primary_button(ui.tr("Close", "关闭"), {px(ui, 96), 0}) || escape) {
    rebinding_.clear();
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

void PreferencesWindow::draw_keys(Interface& ui) {
  Session& session = ui.session;
  ImGui::SetNextItemWidth(px(ui, 240));
  ImGui::InputTextWithHint("##filter", ui.tr("Filter", "筛选"), filter_, sizeof(filter_));
  ImGui::SameLine();
  if (ImGui::Button(ui.tr("Reset all", "全部重置"))) {
    session.preferences.keys.clear();
    session.apply_preferences();
  }
  if (!problem_.empty()) ImGui::TextColored(vec(palette().warning), "%s", problem_.c_str());
  ImGui::BeginChild("##keys");
  for (const editor::Command& command : editor::command_table()) {
    const std::string title(command.title.in(session.language()));
    int score = 0;
    if (filter_[0] != '\0' && !fuzzy_match(filter_, title, score) && !fuzzy_match(filter_, command.id, score)) continue;
    ImGui::PushID(std::string(command.id).c_str());
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(fitted(title, px(ui, 270)).c_str());
    ImGui::SameLine(px(ui, 290));
    const std::string key = key_of(ui, command);
    const bool waiting = rebinding_ == command.id;
    const std::string label = waiting ? ui.tr("press a key…", "请按键…") : key.empty() ? "–" : key;
    if (ImGui::Button((label + "###key").c_str(), {px(ui, 180), 0})) rebinding_ = command.id;
    if (waiting && ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
      rebinding_.clear();
    } else if (waiting) {
      if (const std::string chord = pressed_chord(); !chord.empty()) {
        editor::KeyMap keys(session.preferences.keys);
        const auto set = keys.set(command.id, chord);
        problem_ = set ? std::string() : set.error().message();
        if (set) {
          session.preferences.keys = keys.changes();
          session.apply_preferences();
        }
        rebinding_.clear();
      }
    }
    ImGui::PopID();
  }
  ImGui::EndChild();
}

}  // namespace skyline::app::desktop
