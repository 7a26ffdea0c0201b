// The row of buttons above the view: camera, what is shown, overlays, comparison.
#include "app/desktop/viewport.h"
#include "app/desktop/widgets.h"

#include <fmt/format.h>

#include <initializer_list>
#include <span>
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

// Shapes that the typeface of icons has not, in a square of 16 units.
constexpr ImVec2 kBoxShape[] = {{1, 3}, {15, 3}, {15, 13}, {1, 13}};
constexpr ImVec2 kPolygonShape[] = {{3, 13}, {1, 5}, {8, 1}, {15, 6}, {11, 14}};
constexpr ImVec2 kLassoShape[] = {{4, 11},    {1.5F, 8.5F}, {1.5F, 5},  {4, 2.5F},  {8, 1.5F},     {12, 2.5F},   {14.5F, 5},
                                  {14.5F, 8}, {12, 10.5F},  {8, 11.5F}, {4.5F, 11}, {3.2F, 12.3F}, {4.2F, 14.5F}};

void draw_shape(const Interface& ui, std::span<const ImVec2> shape, PointerTool tool, ImU32 colour) {
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  const ImVec2 origin{0.5F * (low.x + high.x) - px(ui, 8), 0.5F * (low.y + high.y) - px(ui, 8)};
  ImDrawList* const list = ImGui::GetWindowDrawList();
  const float unit = px(ui, 16) / 16;
  const auto at = [&](const ImVec2& point) { return ImVec2(origin.x + point.x * unit, origin.y + point.y * unit); };
  const std::size_t lines = tool == PointerTool::kLasso ? shape.size() - 1 : shape.size();
  for (std::size_t i = 0; i < lines; ++i) {
    const ImVec2 a = at(shape[i]), b = at(shape[(i + 1) % shape.size()]);
    if (tool != PointerTool::kBox) {
      list->AddLine(a, b, colour, px(ui, 1.5));
      if (tool == PointerTool::kPolygon) list->AddCircleFilled(a, px(ui, 2), colour);
      continue;
    }
    // Dashes of a third of the side.
    for (const float dash : {0.0F, 0.36F, 0.72F}) {
      const float end = dash + 0.28F;
      list->AddLine({a.x + dash * (b.x - a.x), a.y + dash * (b.y - a.y)}, {a.x + end * (b.x - a.x), a.y + end * (b.y - a.y)}, colour,
                    px(ui, 1.5));
    }
  }
}

// Selecting by drawing; the one that is under way is down.
void draw_area_choice(Interface& ui) {
  struct Button {
    const char* command;
    PointerTool tool;
    std::span<const ImVec2> shape;
  };
  const Button kButtons[] = {{"select.box", PointerTool::kBox, kBoxShape},
                             {"select.lasso", PointerTool::kLasso, kLassoShape},
                             {"select.polygon", PointerTool::kPolygon, kPolygonShape}};
  for (const Button& button : kButtons) {
    if (ImGui::GetContentRegionAvail().x < px(ui, 30)) return;
    const editor::Command& command = *editor::find_command(button.command);
    const bool can = ui.session.commands.reason_disabled(command, ui.session.language()).empty();
    const bool active = ui.session.pointer_tool == button.tool;
    ImGui::BeginDisabled(!can);
    const bool pressed = icon_button(ui, button.command, "", active, nullptr);
    ImGui::EndDisabled();
    const auto colour = active ? renderer::vulkan::palette().on_accent : renderer::vulkan::palette().text;
    draw_shape(ui, button.shape, button.tool, u32(can ? colour : colour.with_alpha(ImGui::GetStyle().DisabledAlpha)));
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort | ImGuiHoveredFlags_AllowWhenDisabled)) command_tooltip(ui, command);
    if (pressed && active) ui.session.leave_pointer_tool();
    if (pressed && !active) ui.run(button.command);
    next(ui);
  }
}

// Measuring is a command of three kinds: a list of them.
void draw_measure_choice(Interface& ui) {
  if (ImGui::GetContentRegionAvail().x < px(ui, 30)) return;
  const editor::Command& command = *editor::find_command("tool.measure");
  const editor::Language language = ui.session.language();
  const bool measures = ui.session.pointer_tool == PointerTool::kMeasure;
  ImGui::BeginDisabled(!ui.session.scene);
  const bool pressed = icon_button(ui, "measure", command.icon, measures, nullptr);
  ImGui::EndDisabled();
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort | ImGuiHoveredFlags_AllowWhenDisabled)) command_tooltip(ui, command);
  if (pressed && measures) ui.session.leave_pointer_tool();
  if (pressed && !measures) ImGui::OpenPopup("##measure");
  next(ui);
  if (!ImGui::BeginPopup("##measure")) return;
  for (const editor::Choice& choice : editor::choices_of(command.arguments.front())) {
    if (ImGui::MenuItem(std::string(choice.title.in(language)).c_str()))
      ui.run("tool.measure", fmt::format(R"({{"what": "{}"}})", choice.value));
  }
  ImGui::EndPopup();
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
    draw_area_choice(ui);
    separator(ui);
    // With the pointer alone they are keys: G, R, Alt+S.
    draw_gizmo_choice(ui);
    buttons(ui, {"tool.snap_to_grid"});
    separator(ui);
    buttons(ui, {"tool.duplicate", "edit.remove"});
    draw_measure_choice(ui);
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
