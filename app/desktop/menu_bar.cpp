#include "app/desktop/menu_bar.h"

#include "app/desktop/widgets.h"

#include <imgui.h>

#include <filesystem>

namespace skyline::app::desktop {
namespace {

using editor::Command;

// The argument that a submenu lists the choices of; null: none.
const editor::Argument* choice_argument(const Command& command) {
  if (command.arguments.empty() || command.arguments[0].type != editor::ArgumentType::kChoice) return nullptr;
  for (const editor::Argument& argument : command.arguments.subspan(1)) {
    if (argument.default_value.empty()) return nullptr;
  }
  return &command.arguments[0];
}

std::string entry_label(const Interface& ui, const Command& command) {
  return with_icon(command.icon, command.title.in(ui.session.language())) + "###" + std::string(command.id);
}

void draw_recent(Interface& ui, const Command& command) {
  const auto& recent = ui.session.preferences.recent;
  if (!ImGui::BeginMenu(entry_label(ui, command).c_str(), !recent.empty())) return;
  for (std::size_t i = 0; i < recent.size(); ++i) {
    const std::string label = std::filesystem::path(recent[i]).filename().string() + "###" + std::to_string(i);
    if (ImGui::MenuItem(label.c_str())) ui.run(command.id, "{\"index\": " + std::to_string(i + 1) + "}");
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort)) tooltip(recent[i].c_str());
  }
  ImGui::EndMenu();
}

void draw_entry(Interface& ui, const Command& command) {
  const std::string reason = ui.session.commands.reason_disabled(command, ui.session.language());
  if (command.id == "file.open_recent") {
    draw_recent(ui, command);
    return;
  }
  if (choice_argument(command) != nullptr) {
    const bool open = ImGui::BeginMenu(entry_label(ui, command).c_str(), reason.empty());
    if (!open && ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort | ImGuiHoveredFlags_AllowWhenDisabled)) command_tooltip(ui, command);
    if (!open) return;
    draw_choices(ui, command);
    ImGui::EndMenu();
    return;
  }
  const bool ticked = command.toggles && ui.session.commands.checked(command.id);
  const bool taken = ImGui::MenuItem(entry_label(ui, command).c_str(), key_of(ui, command).c_str(), ticked, reason.empty());
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort | ImGuiHoveredFlags_AllowWhenDisabled)) command_tooltip(ui, command);
  if (taken) ui.run_or_ask(command);
}

void draw_menu(Interface& ui, std::string_view menu) {
  std::string_view submenu;  // English title of the one that is open or passed over
  bool inside = false;       // it is open
  for (const Command& command : editor::command_table()) {
    if (command.menu != menu) continue;
    if (command.submenu.en != submenu) {
      if (inside) ImGui::EndMenu();
      submenu = command.submenu.en;
      inside = !submenu.empty() && ImGui::BeginMenu(std::string(command.submenu.in(ui.session.language())).c_str());
    }
    if (submenu.empty() || inside) draw_entry(ui, command);
  }
  if (inside) ImGui::EndMenu();
}

// Tabs of the workspaces at the right end.
void draw_workspaces(Interface& ui) {
  const Command* const command = editor::find_command("window.workspace");
  if (command == nullptr) return;
  const auto choices = editor::choices_of(command->arguments[0]);
  const ImGuiStyle& style = ImGui::GetStyle();
  float width = 0;
  for (const auto& choice : choices) {
    width +=
        ImGui::CalcTextSize(std::string(choice.title.in(ui.session.language())).c_str()).x + 2 * style.FramePadding.x + style.ItemSpacing.x;
  }
  const float left = ImGui::GetWindowWidth() - width - style.WindowPadding.x;
  if (left < ImGui::GetCursorPosX() + px(ui, 12)) return;  // no room: the Window menu has them
  ImGui::SameLine(left);
  for (const auto& choice : choices) {
    const bool active = ui.session.window.workspace == choice.value;
    const std::string label = std::string(choice.title.in(ui.session.language())) + "###workspace-" + std::string(choice.value);
    ImGui::PushStyleColor(ImGuiCol_Button, active ? vec(renderer::vulkan::palette().raised) : ImVec4(0, 0, 0, 0));
    ImGui::PushStyleColor(ImGuiCol_Text, vec(active ? renderer::vulkan::palette().accent : renderer::vulkan::palette().muted));
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
    if (ImGui::Button(label.c_str())) ui.run_choice(*command, "workspace", choice.value);
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(2);
    ImGui::SameLine();
  }
}

}  // namespace

bool draw_choices(Interface& ui, const Command& command) {
  const editor::Argument* const argument = choice_argument(command);
  if (argument == nullptr) return false;
  bool taken = false;
  for (const auto& choice : editor::choices_of(*argument)) {
    const std::string label = std::string(choice.title.in(ui.session.language())) + "###" + std::string(choice.value);
    if (ImGui::MenuItem(label.c_str(), nullptr, ui.session.commands.checked(command.id, choice.value))) {
      ui.run_choice(command, argument->name, choice.value);
      taken = true;
    }
  }
  return taken;
}

float draw_menu_bar(Interface& ui) {
  if (!ImGui::BeginMainMenuBar()) return 0;
  for (const editor::Text& title : editor::menu_titles()) {
    const std::string label = std::string(title.in(ui.session.language())) + "###" + std::string(title.en);
    if (!ImGui::BeginMenu(label.c_str())) continue;
    draw_menu(ui, title.en);
    ImGui::EndMenu();
  }
  draw_workspaces(ui);
  const float height = ImGui::GetWindowHeight();
  ImGui::EndMainMenuBar();
  return height;
}

}  // namespace skyline::app::desktop
