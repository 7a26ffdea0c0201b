// The row of buttons above the view: camera, what is shown, overlays, comparison.
#include "app/desktop/viewport.h"
#include "app/desktop/widgets.h"

namespace skyline::app::desktop {
namespace {

void separator(const Interface& ui) {
  ImGui::SameLine(0, px(ui, 6));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::GetWindowDrawList()->AddLine({at.x, at.y + px(ui, 5)}, {at.x, at.y + px(ui, 23)}, u32(renderer::vulkan::palette().line));
  ImGui::SameLine(0, px(ui, 12));
}

void next(const Interface& ui) { ImGui::SameLine(0, px(ui, 2)); }

// One list of what the pixels may show.
void draw_view_choice(Interface& ui) {
  const std::string id = "view." + std::string(renderer::view_name(ui.session.view.view));
  const editor::Command* const shown = editor::find_command(id);
  if (shown == nullptr) return;
  const editor::Language language = ui.session.language();
  const std::string label = with_icon(shown->icon, shown->title.in(language));
  ImGui::SetNextItemWidth(px(ui, 168));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(px(ui, 8), 0.5F * (px(ui, 28) - ImGui::GetFontSize())));
  ImGui::BeginDisabled(ui.session.scene == nullptr);
  if (ImGui::BeginCombo("##view", label.c_str(), ImGuiComboFlags_HeightLarge)) {
    for (int i = 0; i < renderer::kViews; ++i) {
      const editor::Command* const command =
          editor::find_command("view." + std::string(renderer::view_name(static_cast<renderer::View>(i))));
      if (command == nullptr) continue;
      const bool possible = ui.session.commands.reason_disabled(*command, language).empty();
      ImGui::BeginDisabled(!possible);
      if (ImGui::Selectable(with_icon(command->icon, command->title.in(language)).c_str(), command == shown)) ui.run(command->id);
      ImGui::EndDisabled();
      if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort | ImGuiHoveredFlags_AllowWhenDisabled)) command_tooltip(ui, *command);
    }
    ImGui::EndCombo();
  }
  ImGui::EndDisabled();
  ImGui::PopStyleVar();
}

}  // namespace

void draw_toolbar(Interface& ui) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(px(ui, 8), px(ui, 5)));
  ImGui::BeginChild("##toolbar", {0, px(ui, 38)}, ImGuiChildFlags_AlwaysUseWindowPadding,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar();
  for (const char* const id : {"camera.home", "camera.frame", "camera.top", "camera.street"}) {
    command_button(ui, id);
    next(ui);
  }
  separator(ui);
  for (const char* const id : {"camera.undo", "camera.redo", "camera.tour"}) {
    command_button(ui, id);
    next(ui);
  }
  separator(ui);
  draw_view_choice(ui);
  separator(ui);
  for (const char* const id : {"view.split", "view.outlines", "view.minimap", "view.hud", "view.inspector"}) {
    command_button(ui, id);
    next(ui);
  }
  separator(ui);
  command_button(ui, "render.still");
  next(ui);
  command_button(ui, "help.palette");
  ImGui::EndChild();
}

}  // namespace skyline::app::desktop
