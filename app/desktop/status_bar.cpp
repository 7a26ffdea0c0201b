#include "app/desktop/status_bar.h"

#include "app/desktop/widgets.h"
#include "core/memory.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <imgui.h>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;

// What can be done now, as keys.
std::string hints(const Interface& ui) {
  const Session& session = ui.session;
  if (!session.scene || session.window.start_page)
    return ui.tr("Ctrl+O open   Ctrl+N new from photos   Ctrl+Shift+P commands", "Ctrl+O 打开   Ctrl+N 由照片新建   Ctrl+Shift+P 命令");
  if (session.view.split_on) return ui.tr("Drag the divider   [ ] photos   C leave", "拖动分隔线   [ ] 切换照片   C 退出对比");
  if (session.tour) return ui.tr("Flying the tour   Esc stops", "正在播放航线   Esc 停止");
  if (!session.selection().empty() && session.window.workspace == "edit") {
    return ui.tr("G move   R rotate   Alt+S scale   Alt+D duplicate   H hide   Del remove   Ctrl+Z undo",
                 "G 移动   R 旋转   Alt+S 缩放   Alt+D 复制   H 隐藏   Del 移除   Ctrl+Z 撤销");
  }
  if (session.preferences.controls == "blender") {
    return ui.tr("Middle orbit   Shift+middle pan   Wheel zoom   Hold right + WASD QE fly   Click select",
                 "中键环绕   Shift+中键平移   滚轮缩放   按住右键 + WASD QE 飞行   单击选择");
  }
  return ui.tr("WASD QE fly   Shift fast   Right drag look   Drag orbit   Wheel zoom   Click select",
               "WASD QE 飞行   Shift 加速   右键拖动转向   拖动环绕   滚轮缩放   单击选择");
}

std::string job_words(const Interface& ui) {
  const auto reports = ui.session.jobs.reports();
  if (reports.empty()) return {};
  const JobReport& job = reports.front();
  std::string words = job.title;
  if (job.share >= 0) words += fmt::format("  {:.0f} %", 100 * job.share);
  if (job.seconds_left > 0) words += fmt::format("  {} {}", duration_words(ui, job.seconds_left), ui.tr("left", "剩余"));
  if (reports.size() > 1) words += fmt::format("  +{}", reports.size() - 1);
  return words;
}

std::string memory_words(const Interface&) {
  const auto resident = static_cast<double>(core::resident_bytes());
  const std::int64_t budget = core::memory_budget_bytes() > 0 ? core::memory_budget_bytes() : core::physical_memory_bytes();
  return fmt::format("{} / {}", bytes_words(resident), bytes_words(static_cast<double>(budget)));
}

}  // namespace

float status_bar_height(const Interface& ui) { return px(ui, 28); }

void draw_status_bar(Interface& ui, float left, float top, float width) {
  const float height = status_bar_height(ui);
  ImGui::SetNextWindowPos({left, top});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, ImVec2(1, 1));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(px(ui, 12), px(ui, 5)));
  ImGui::PushStyleColor(ImGuiCol_WindowBg, vec(palette().ground));
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoDocking | ImGuiWindowFlags_NoMove |
                                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav |
                                      ImGuiWindowFlags_NoBringToFrontOnFocus;
  ImGui::Begin("##status", nullptr, kFlags);
  {
    const renderer::vulkan::TextStyle small(renderer::vulkan::TextFont::kSmall);
    const std::string right =
        fmt::format("{}    {}", ui.shell.device().name.substr(0, ui.shell.device().name.find(" (")), memory_words(ui));
    const float right_width = ImGui::CalcTextSize(right.c_str()).x;
    const std::string job = job_words(ui);
    const float job_width = job.empty() ? 0 : ImGui::CalcTextSize(job.c_str()).x + px(ui, 110);
    const float room = width - right_width - job_width - px(ui, 48);
    if (room > px(ui, 60)) ImGui::TextDisabled("%s", fitted(hints(ui), room).c_str());
    if (!job.empty() && width - right_width - job_width > px(ui, 24)) {
      ImGui::SameLine(width - right_width - job_width - px(ui, 12));
      ImGui::TextUnformatted(job.c_str());
      ImGui::SameLine();
      ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 0.5F * (ImGui::GetTextLineHeight() - px(ui, 4)));
      progress_bar(ui, ui.session.jobs.reports().empty() ? -1 : ui.session.jobs.reports().front().share, px(ui, 72));
    }
    ImGui::SameLine(std::max(px(ui, 12), width - right_width - px(ui, 12)));
    ImGui::SetCursorPosY(px(ui, 5));
    ImGui::TextDisabled("%s", right.c_str());
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort)) tooltip(ui.shell.device().reason.c_str());
  }
  ImGui::End();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(4);
}

}  // namespace skyline::app::desktop
