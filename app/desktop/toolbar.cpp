// The row of buttons above the view: camera, what is shown, overlays, comparison.
#include "app/desktop/viewport.h"
#include "app/desktop/widgets.h"

#include <initializer_list>
#include <string>

namespace skyline::app::desktop {
namespace {

void separator(const Interface& ui) {
  ImGui::SameLine(0, px(ui, 6));
  if (ImGui::GetContentRegionAvail().x < px(ui, 44)) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::GetWindowDrawList()->AddLine({at.x, at.y + px(ui, 5)}, {at.x, at.y + px(ui, 23)}, u32(renderer::vulkan::palette().line));
  ImGui::SameLine(0, px(ui, 12));
}

void next(const Interface& ui) { ImGui::SameLine(0, px(ui, 2)); }

// The buttons that there is room for; menus and palette have the others.
void buttons(Interface& ui, std::initializer_list<const char*> ids) {
  for (const char* const id : ids) {
    if (ImGui::GetContentRegionAvail().x < px(ui, 30)) return;
    command_button(ui, id);
    next(ui);
  }
}

// Gizmos as buttons of which one may be down.
void draw_gizmo_choice(Interface& ui) {
  struct Button {
    const char* mode;
    GizmoMode value;
    const char* icon;
    editor::Text title;
  };
  constexpr Button kButtons[] = {{"move", GizmoMode::kMove, "move", {"Gizmo: Move", "手柄：移动"}},
                                 {"rotate", GizmoMode::kRotate, "rotate", {"Gizmo: Rotate", "手柄：旋转"}},
                                 {"scale", GizmoMode::kScale, "expand", {"Gizmo: Scale", "手柄：缩放"}}};
  ImGui::BeginDisabled(!ui.session.scene);
  for (const Button& button : kButtons) {
    if (ImGui::GetContentRegionAvail().x < px(ui, 30)) break;
    const bool active = ui.session.gizmo == button.value;
    const std::string title(button.title.in(ui.session.language()));
    if (icon_button(ui, button.mode, button.icon, active, title.c_str()))
      ui.run("tool.gizmo", active ? R"({"mode": "none"})" : "{\"mode\": \"" + std::string(button.mode) + "\"}");
    next(ui);
  }
  ImGui::EndDisabled();
}

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
  // The window of the view has no ground of its own.
  ImGui::PushStyleColor(ImGuiCol_ChildBg, vec(renderer::vulkan::palette().surface));
  ImGui::BeginChild("##toolbar", {0, px(ui, 38)}, ImGuiChildFlags_AlwaysUseWindowPadding,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
  buttons(ui, {"camera.home", "camera.frame", "camera.top", "camera.street"});
  separator(ui);
  if (ui.session.window.workspace == "edit") {
    buttons(ui, {"edit.undo", "edit.redo"});
    separator(ui);
    buttons(ui, {"tool.move", "tool.rotate", "tool.scale", "tool.duplicate", "edit.remove"});
    separator(ui);
    draw_gizmo_choice(ui);
    buttons(ui, {"tool.snap_to_grid"});
    separator(ui);
    buttons(ui, {"select.box", "select.lasso", "select.polygon"});
  } else {
    buttons(ui, {"camera.undo", "camera.redo", "camera.tour"});
  }
  separator(ui);
  if (ImGui::GetContentRegionAvail().x > px(ui, 170)) draw_view_choice(ui);
  separator(ui);
  buttons(ui, {"view.split", "view.outlines", "view.minimap", "view.hud", "view.inspector"});
  separator(ui);
  buttons(ui, {"render.still", "help.palette"});
  ImGui::EndChild();
}

}  // namespace skyline::app::desktop
