#include "app/desktop/popups.h"
#include "app/desktop/widgets.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;
using renderer::vulkan::TextFont;
using renderer::vulkan::TextStyle;

constexpr double kToastSeconds = 7;
constexpr int kMostToasts = 4;

void middle_of_screen(const Interface& ui, double width) {
  const ImGuiViewport* const screen = ImGui::GetMainViewport();
  ImGui::SetNextWindowPos({screen->Pos.x + 0.5F * screen->Size.x, screen->Pos.y + 0.5F * screen->Size.y}, ImGuiCond_Always, {0.5F, 0.5F});
  ImGui::SetNextWindowSize({std::min(px(ui, width), screen->Size.x - px(ui, 20)), 0});
}

constexpr ImGuiWindowFlags kDialogFlags = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove;

struct HandMove {
  const char* en;
  const char* zh;
  const char* does_en;
  const char* does_zh;
};
constexpr HandMove kHandMoves[] = {
    {"W A S D", "W A S D", "fly forward, left, back, right", "向前、左、后、右飞行"},
    {"Q E", "Q E", "fly down, up", "下降、上升"},
    {"Shift", "Shift", "fly ten times as fast", "十倍速度"},
    {"Right drag", "右键拖动", "look around; letters fly while it is held", "转动视角；按住时字母键用于飞行"},
    {"Left or middle drag", "左键或中键拖动", "orbit about the point under the pointer", "绕指针处的点环绕"},
    {"Shift + drag", "Shift + 拖动", "pan", "平移"},
    {"Wheel", "滚轮", "zoom towards the pointer; with Ctrl: field of view", "向指针处缩放；按住 Ctrl 改变视场角"},
    {"Click, Shift / Ctrl+click", "单击，Shift / Ctrl+单击", "select, add to / take from the selection", "选择，添加 / 移除"},
    {"G, R, Alt+S", "G、R、Alt+S", "move, turn, scale what is selected; X Y Z axes, type numbers, Enter applies",
     "移动、旋转、缩放所选物体；X Y Z 锁定轴向，可输入数字，Enter 应用"},
    {"Delete, Ctrl+Z", "Delete，Ctrl+Z", "remove what is selected, undo", "移除所选物体，撤销"},
    {"Double click", "双击", "fly there", "飞过去"},
};

// "key    what it does", the second part wrapped in its column.
void key_row(const Interface& ui, const char* key, const char* does) {
  const float left = ImGui::GetCursorPosX();
  ImGui::TextUnformatted(key);
  ImGui::SameLine();
  ImGui::SetCursorPosX(left + px(ui, 150));
  ImGui::PushTextWrapPos(0);
  ImGui::PushStyleColor(ImGuiCol_Text, vec(palette().muted));
  ImGui::TextUnformatted(does);
  ImGui::PopStyleColor();
  ImGui::PopTextWrapPos();
}

void draw_hand_moves(const Interface& ui) {
  section(ui, ui.tr("In the view", "在画面中"));
  for (const HandMove& move : kHandMoves) key_row(ui, ui.tr(move.en, move.zh), ui.tr(move.does_en, move.does_zh));
}

void draw_command_keys(const Interface& ui) {
  std::string_view menu;
  for (const editor::Command& command : editor::command_table()) {
    const std::string key = key_of(ui, command);
    if (key.empty()) continue;
    if (command.menu != menu) {
      menu = command.menu;
      for (const editor::Text& text : editor::menu_titles()) {
        if (text.en == menu) section(ui, std::string(text.in(ui.session.language())).c_str());
      }
    }
    key_row(ui, key.c_str(), std::string(command.title.in(ui.session.language())).c_str());
  }
}

}  // namespace

void draw_message_dialog(Interface& ui) {
  const Message* const message = ui.session.log.dialog();
  constexpr const char* kName = "###message";
  if (message != nullptr && !ImGui::IsPopupOpen(kName)) ImGui::OpenPopup(kName);
  middle_of_screen(ui, 460);
  if (!ImGui::BeginPopupModal(kName, nullptr, kDialogFlags)) return;
  if (message == nullptr) {
    ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
    return;
  }
  const bool error = message->level == Message::Level::kError;
  {
    const TextStyle strong(TextFont::kStrong);
    ImGui::TextColored(
        vec(error ? palette().bad : palette().accent), "%s",
        with_icon(error ? "error" : "info", error ? ui.tr("That did not work", "操作未成功") : ui.tr("Note", "提示")).c_str());
  }
  ImGui::Dummy({0, px(ui, 2)});
  ImGui::TextWrapped("%s", message->text.c_str());
  ImGui::Dummy({0, px(ui, 4)});
  const bool accepted = primary_button(ui.tr("OK", "好"), {px(ui, 96), 0});
  if (ImGui::IsWindowAppearing()) ImGui::SetItemDefaultFocus();
  if (accepted || ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
    ui.session.log.dismiss_dialog();
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

void draw_toasts(Interface& ui) {
  const auto& messages = ui.session.log.messages();
  const ImGuiViewport* const screen = ImGui::GetMainViewport();
  const double now = ui.session.now();
  float bottom = screen->Pos.y + screen->Size.y - px(ui, 40);
  const float width = std::min(px(ui, 360), screen->Size.x - px(ui, 24));
  int shown = 0;
  for (auto message = messages.rbegin(); message != messages.rend() && shown < kMostToasts; ++message) {
    const double age = now - message->time_s;
    if (age > kToastSeconds) break;
    if (message->dialog) continue;
    const float fade = static_cast<float>(std::clamp((kToastSeconds - age) / 0.4, 0.0, 1.0));
    const bool error = message->level == Message::Level::kError, warning = message->level == Message::Level::kWarning;
    const auto& colour = error ? palette().bad : warning ? palette().warning : palette().accent;
    const float pad = px(ui, 12), stripe = px(ui, 3);
    const ImVec2 size = ImGui::CalcTextSize(message->text.c_str(), nullptr, false, width - 2 * pad);
    const ImVec2 low{screen->Pos.x + screen->Size.x - width - px(ui, 12), bottom - size.y - 2 * pad};
    const ImVec2 high{low.x + width, bottom};
    ImDrawList* const list = ImGui::GetForegroundDrawList();
    list->AddRectFilled(low, high, u32(palette().raised.with_alpha(0.97F * fade)), px(ui, 6));
    list->AddRectFilled(low, {low.x + stripe, high.y}, u32(colour.with_alpha(fade)), px(ui, 6), ImDrawFlags_RoundLeft);
    list->AddRect(low, high, u32(palette().line.with_alpha(fade)), px(ui, 6));
    list->AddText(nullptr, 0, {low.x + pad + stripe, low.y + pad}, u32(palette().text.with_alpha(fade)), message->text.c_str(), nullptr,
                  width - 2 * pad - stripe);
    bottom = low.y - px(ui, 8);
    ++shown;
  }
}

void draw_key_help(Interface& ui) {
  constexpr const char* kName = "###keys";
  bool& asked = ui.session.window.key_help;
  if (asked) ImGui::OpenPopup(kName);
  asked = false;
  middle_of_screen(ui, 860);
  if (!ImGui::BeginPopupModal(kName, nullptr, kDialogFlags)) return;
  {
    const TextStyle title(TextFont::kTitle);
    ImGui::TextUnformatted(ui.tr("Keys and mouse", "快捷键与鼠标"));
  }
  const float height = std::min(px(ui, 440), ImGui::GetMainViewport()->Size.y - px(ui, 160));
  ImGui::BeginChild("##list", {0, height});
  if (ImGui::BeginTable("##columns", 2, ImGuiTableFlags_SizingStretchSame | ImGuiTableFlags_PadOuterX)) {
    ImGui::TableNextColumn();
    draw_hand_moves(ui);
    ImGui::TableNextColumn();
    draw_command_keys(ui);
    ImGui::EndTable();
  }
  ImGui::EndChild();
  if (primary_button(ui.tr("Close", "关闭"), {px(ui, 96), 0}) || ImGui::IsKeyPressed(ImGuiKey_Escape, false)) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

void draw_about(Interface& ui) {
  constexpr const char* kName = "###about";
  bool& asked = ui.session.window.about;
  if (asked) ImGui::OpenPopup(kName);
  asked = false;
  middle_of_screen(ui, 480);
  if (!ImGui::BeginPopupModal(kName, nullptr, kDialogFlags)) return;
  {
    const TextStyle title(TextFont::kTitle);
    ImGui::TextUnformatted("Skyline " SKYLINE_VERSION);
  }
  ImGui::TextWrapped("%s", ui.tr("Turns drone photos of a city into a neural radiance field that one can fly through.",
                                 "把无人机拍摄的城市照片变成可以自由飞行的神经辐射场。"));
  section(ui, ui.tr("This machine", "本机"));
  const renderer::vulkan::DeviceReport& device = ui.shell.device();
  figure(ui, ui.tr("Device", "设备"), device.name);
  figure(ui, ui.tr("Driver", "驱动"), device.driver);
  ImGui::TextWrapped("%s", device.reason.c_str());
  section(ui, ui.tr("Licences", "许可证"));
  ImGui::TextWrapped(
      "%s",
      ui.tr("Dear ImGui, ImPlot, ImGuizmo, Vulkan Memory Allocator (MIT), GLFW (zlib), volk (MIT), SQLite, Embree and others: "
            "see NOTICE and docs/dependencies.md.",
            "Dear ImGui、ImPlot、ImGuizmo、Vulkan Memory Allocator（MIT）、GLFW（zlib）、volk（MIT）、SQLite、Embree 等，详见 NOTICE 和 "
            "docs/dependencies.md。"));
  ImGui::Dummy({0, px(ui, 4)});
  if (primary_button(ui.tr("Close", "关闭"), {px(ui, 96), 0}) || ImGui::IsKeyPressed(ImGuiKey_Escape, false)) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace skyline::app::desktop
