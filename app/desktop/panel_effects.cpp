// Light, season, weather and style: buttons that put an effect on the whole scene or on what is selected, and the stack of effects with an
// eye, a strength and a place each. Above is drawn later, as in drawing programs.
#include "app/desktop/edit_words.h"
#include "app/desktop/interface.h"
#include "app/desktop/widgets.h"
#include "editor/sun.h"

#include <fmt/format.h>
#include <imgui.h>
#include <misc/cpp/imgui_stdlib.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace skyline::app::desktop {
namespace {

using editor::Effect;
using nlohmann::json;

constexpr const char* kDragged = "effect";

std::string dumped(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

class EffectsPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    if (ui.session.document() == nullptr)
      return empty_state(ui, "magic", ui.tr("Open a scene to change its look.", "打开场景后即可改变外观。"));
    draw_place(ui);
    const editor::EffectStack effects = ui.session.document()->state().effects;  // a command may change the stack while it is drawn
    // Above what can be chosen, as far as there is room; the stack is always in sight.
    constexpr float kMostStack = 0.5F;  // of the panel
    const float room = ImGui::GetContentRegionAvail().y;
    const float head = ImGui::GetTextLineHeightWithSpacing() + px(ui, 14);
    const float stack = std::min(head + static_cast<float>(std::max<std::size_t>(effects.size(), 2)) * ImGui::GetFrameHeightWithSpacing(),
                                 kMostStack * room);
    ImGui::BeginChild("##choices", {0, std::max(px(ui, 60), room - stack)});
    for (const char* const id : {"edit.time_of_day", "edit.season", "edit.weather", "edit.style"}) draw_choices(ui, id);
    ImGui::EndChild();
    ImGui::BeginChild("##stack");
    section(ui, ui.tr("Effects, the last one on top", "效果（上层最后绘制）"));
    if (effects.empty()) {
      ImGui::PushStyleColor(ImGuiCol_Text, vec(renderer::vulkan::palette().muted));
      ImGui::TextWrapped("%s", ui.tr("As photographed. Choose a time, season, weather or style above.",
                                     "与拍摄时相同。在上方选择时刻、季节、天气或风格。"));
      ImGui::PopStyleColor();
    }
    std::string group;
    for (std::size_t i = effects.size(); i-- > 0;) {
      if (effects[i].group != group) draw_group(ui, effects, effects[i].group);
      group = effects[i].group;
      draw_row(ui, effects[i], static_cast<int>(i));
    }
    draw_naming(ui);
    ImGui::EndChild();
  }

 private:
  // What new effects are on.
  void draw_place(Interface& ui) {
    const std::size_t selected = ui.session.selection().size();
    if (selected == 0) on_selection_ = false;
    if (choice_button(ui.tr("Whole scene", "整个场景"), !on_selection_)) on_selection_ = false;
    ImGui::SameLine(0, px(ui, 4));
    ImGui::BeginDisabled(selected == 0);
    const std::string label = selected == 0 ? fmt::format("{}###selection", ui.tr("Selection", "所选物体"))
                                            : fmt::format("{} ({})###selection", ui.tr("Selection", "所选物体"), selected);
    if (choice_button(label.c_str(), on_selection_)) on_selection_ = true;
    ImGui::EndDisabled();
    if (!on_selection_) return;
    ImGui::SetNextItemWidth(-1);
    ImGui::SliderFloat("##edge", &edge_, 0, 30, ui.tr("Soft edge %.1f m", "柔和边缘 %.1f 米"));
  }

  void draw_choices(Interface& ui, const char* id) {
    const editor::Command* const command = editor::find_command(id);
    section(ui, std::string(command->title.in(ui.session.language())).c_str());
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    bool first = true;
    for (const editor::Choice& choice : editor::choices_of(command->arguments[0])) {
      const std::string title(choice.title.in(ui.session.language()));
      const float width = ImGui::CalcTextSize(title.c_str()).x + 2 * ImGui::GetStyle().FramePadding.x;
      if (!first && ImGui::GetItemRectMax().x + px(ui, 4) + width < right) ImGui::SameLine(0, px(ui, 4));
      first = false;
      const std::string label = title + "###" + id + std::string(choice.value);
      const Effect* const there = effect_of(ui, *command, choice.value);
      if (choice_button(label.c_str(), there != nullptr)) {
        // Once more takes it away again.
        if (there != nullptr) {
          ui.run("edit.drop", dumped({{"effects", {there->number}}}));
        } else {
          add(ui, *command, choice.value);
        }
      }
      if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal)) command_tooltip(ui, *command);
    }
  }

  // The effect that a button stands for, where it is in the stack already.
  const Effect* effect_of(const Interface& ui, const editor::Command& command, std::string_view choice) const {
    editor::ObjectIds targets;
    if (on_selection_) targets = ui.session.selection();
    std::sort(targets.begin(), targets.end());
    for (const Effect& effect : ui.session.document()->state().effects) {
      const bool same =
          (command.id == "edit.season" && effect.kind == editor::EffectKind::kSeason && editor::word_of(effect.season) == choice) ||
          (command.id == "edit.weather" && effect.kind == editor::EffectKind::kWeather && editor::word_of(effect.weather) == choice) ||
          (command.id == "edit.style" && effect.kind == editor::EffectKind::kStyle && editor::word_of(effect.style) == choice) ||
          (command.id == "edit.time_of_day" && effect.kind == editor::EffectKind::kLight && editor::day_part_of(effect.sun) == choice);
      if (same && effect.targets == targets) return &effect;
    }
    return nullptr;
  }

  void add(Interface& ui, const editor::Command& command, std::string_view choice) const {
    json arguments{{std::string(command.arguments[0].name), std::string(choice)}};
    if (on_selection_) {
      arguments["targets"] = ui.session.selection();
      arguments["edge"] = edge_;
    }
    ui.run(command.id, dumped(arguments));
  }

  // A head above the effects of a group, whose eye is for all of them.
  static void draw_group(Interface& ui, const editor::EffectStack& effects, const std::string& group) {
    if (group.empty()) return;
    std::vector<std::int32_t> members;
    bool all_muted = true;
    for (const Effect& effect : effects) {
      if (effect.group != group) continue;
      members.push_back(effect.number);
      all_muted = all_muted && effect.muted;
    }
    ImGui::PushID(group.c_str());
    if (icon_button(ui, "eye", all_muted ? "eye-off" : "eye", false, ui.tr("Hide or show the group", "隐藏或显示该组")))
      ui.run("edit.mute", dumped({{"effects", members}, {"muted", !all_muted}}));
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    ImGui::TextDisabled("%s", with_icon("folder", group).c_str());
    ImGui::PopID();
  }

  void draw_row(Interface& ui, const Effect& effect, int place) {
    ImGui::PushID(effect.number);
    if (!effect.group.empty()) ImGui::Indent(px(ui, 12));
    if (icon_button(ui, "eye", effect.muted ? "eye-off" : "eye", false, effect.muted ? ui.tr("Show", "显示") : ui.tr("Hide", "隐藏")))
      ui.run("edit.mute", dumped({{"effects", {effect.number}}, {"muted", !effect.muted}}));
    ImGui::SameLine(0, px(ui, 4));
    const float slider = px(ui, 84), close = px(ui, 30);
    const float room = std::max(px(ui, 40), ImGui::GetContentRegionAvail().x - slider - close - px(ui, 8));
    ImGui::PushStyleVar(ImGuiStyleVar_SelectableTextAlign, ImVec2(0, 0.5F));
    ImGui::PushStyleColor(ImGuiCol_Text, vec(effect.muted ? renderer::vulkan::palette().muted : renderer::vulkan::palette().text));
    const std::string title = effect_title(ui.session, effect);
    ImGui::Selectable(fitted(title, room - px(ui, 6)).c_str(), false, ImGuiSelectableFlags_None, {room, ImGui::GetFrameHeight()});
    ImGui::PopStyleColor();
    ImGui::PopStyleVar();
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal))
      tooltip((title + "\n" + ui.tr("Drag to reorder; right click to group", "拖动以调整顺序；右键分组")).c_str());
    draw_drag(ui, effect, place, title);
    if (ImGui::BeginPopupContextItem("menu")) {
      if (ImGui::MenuItem(ui.tr("Group…", "分组…"))) naming_ = effect.number;
      if (!effect.group.empty() && ImGui::MenuItem(ui.tr("Out of the group", "移出组")))
        ui.run("edit.group", dumped({{"effects", {effect.number}}, {"name", ""}}));
      if (ImGui::MenuItem(ui.tr("Drop", "删除"))) ui.run("edit.drop", dumped({{"effects", {effect.number}}}));
      ImGui::EndPopup();
    }
    ImGui::SameLine(0, px(ui, 4));
    draw_strength(ui, effect, slider);
    ImGui::SameLine(0, px(ui, 4));
    if (icon_button(ui, "drop", "close", false, ui.tr("Drop", "删除"))) ui.run("edit.drop", dumped({{"effects", {effect.number}}}));
    if (!effect.group.empty()) ImGui::Unindent(px(ui, 12));
    ImGui::PopID();
  }

  static void draw_drag(Interface& ui, const Effect& effect, int place, const std::string& title) {
    if (ImGui::BeginDragDropSource()) {
      ImGui::SetDragDropPayload(kDragged, &effect.number, sizeof effect.number);
      ImGui::TextUnformatted(title.c_str());
      ImGui::EndDragDropSource();
    }
    if (!ImGui::BeginDragDropTarget()) return;
    if (const ImGuiPayload* const payload = ImGui::AcceptDragDropPayload(kDragged)) {
      const std::int32_t dragged = *static_cast<const std::int32_t*>(payload->Data);
      if (dragged != effect.number) ui.run("edit.reorder", dumped({{"effect", dragged}, {"place", place}}));
    }
    ImGui::EndDragDropTarget();
  }

  // Seen while it is dragged, done when it is let go.
  void draw_strength(Interface& ui, const Effect& effect, float width) {
    auto percent = static_cast<float>(100 * (dragged_ == effect.number ? strength_ : effect.strength));
    ImGui::SetNextItemWidth(width);
    if (ImGui::SliderFloat("##strength", &percent, 0, 100, "%.0f %%", ImGuiSliderFlags_AlwaysClamp)) {
      dragged_ = effect.number;
      strength_ = static_cast<double>(percent) / 100;
      ui.session.show_pending(editor::SetEffectStrength{effect.number, strength_});
    }
    if (dragged_ != effect.number || !ImGui::IsItemDeactivated()) return;
    dragged_ = 0;
    ui.session.show_pending({});
    if (strength_ != effect.strength) ui.run("edit.strength", dumped({{"effect", effect.number}, {"strength", strength_}}));
  }

  void draw_naming(Interface& ui) {
    if (naming_ != 0 && !ImGui::IsPopupOpen("###group")) {
      name_.clear();
      ImGui::OpenPopup("###group");
    }
    if (!ImGui::BeginPopup("###group")) return;
    ImGui::TextUnformatted(ui.tr("Name of the group", "组名"));
    if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    if (ImGui::InputText("##name", &name_, ImGuiInputTextFlags_EnterReturnsTrue)) {
      ui.run("edit.group", dumped({{"effects", {naming_}}, {"name", name_}}));
      ImGui::CloseCurrentPopup();
    }
    naming_ = ImGui::IsPopupOpen("###group") ? naming_ : 0;
    ImGui::EndPopup();
    if (!ImGui::IsPopupOpen("###group")) naming_ = 0;
  }

  bool on_selection_ = false;
  float edge_ = 0;
  std::int32_t dragged_ = 0, naming_ = 0;
  double strength_ = 1;
  std::string name_;
};

}  // namespace

std::unique_ptr<Panel> make_effects_panel() { return std::make_unique<EffectsPanel>(); }

}  // namespace skyline::app::desktop
