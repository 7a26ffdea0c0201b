// The history: every gesture of the document by name; a click goes back or forth to it.
#include "app/desktop/edit_words.h"
#include "app/desktop/interface.h"
#include "app/desktop/widgets.h"

#include <fmt/format.h>
#include <imgui.h>

namespace skyline::app::desktop {
namespace {

class HistoryPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    const editor::Document* const document = ui.session.document();
    if (document == nullptr) return empty_state(ui, "history", ui.tr("Open a scene to edit it.", "打开场景后即可编辑。"));
    draw_head(ui);
    ImGui::BeginChild("##gestures");
    const auto history = document->history();
    const std::size_t done = document->done();
    std::optional<std::size_t> wanted;
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(history.size()) + 1);
    while (clipper.Step()) {
      for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row) {
        const auto step = static_cast<std::size_t>(row);
        if (draw_row(ui, history, step, done)) wanted = step;
      }
    }
    clipper.End();
    if (done != shown_done_)
      ImGui::SetScrollY(ImGui::GetTextLineHeightWithSpacing() * static_cast<float>(done) - 0.5F * ImGui::GetWindowHeight());
    shown_done_ = done;
    ImGui::EndChild();
    if (!wanted || *wanted == done) return;
    const bool back = *wanted < done;
    ui.run(back ? "edit.undo" : "edit.redo", fmt::format(R"({{"steps": {}}})", back ? done - *wanted : *wanted - done));
  }

 private:
  static void draw_head(Interface& ui) {
    command_button(ui, "edit.undo");
    ImGui::SameLine(0, px(ui, 2));
    command_button(ui, "edit.redo");
    ImGui::SameLine(0, px(ui, 8));
    const Session& session = ui.session;
    ImGui::AlignTextToFramePadding();
    const std::string kept = !session.project         ? ui.tr("not kept: the scene has no file", "未保存：场景没有文件")
                             : session.project->named ? session.project->project.path().filename().string()
                                                      : ui.tr("kept, without a name", "已自动保存，未命名");
    ImGui::TextDisabled("%s", fitted(kept, right_edge() - ImGui::GetCursorPosX() - px(ui, 40)).c_str());
    ImGui::SameLine(right_edge() - px(ui, 30));
    command_button(ui, "file.save_project");
  }

  // Row 0 is the scene as it was photographed, row k the state after k gestures.
  static bool draw_row(Interface& ui, std::span<const editor::Gesture> history, std::size_t step, std::size_t done) {
    ImGui::PushID(static_cast<int>(step));
    const bool undone = step > done;
    const float left = ImGui::GetCursorPosX();
    const bool pressed = ImGui::Selectable("##row", step == done, ImGuiSelectableFlags_AllowOverlap);
    const bool hovered = ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal);
    const std::string title = step == 0 ? ui.tr("As photographed", "拍摄时的状态") : gesture_title(ui.session, history[step - 1]);
    const std::string detail = step == 0 ? std::string() : gesture_detail(ui.session, history[step - 1]);
    const auto& palette = renderer::vulkan::palette();
    ImGui::PushStyleColor(ImGuiCol_Text, vec(undone ? palette.muted : step == done ? palette.accent : palette.text));
    ImGui::SameLine(left + px(ui, 4));
    ImGui::TextUnformatted(icon_text(step == 0 ? "camera" : gesture_icon(history[step - 1])).c_str());
    ImGui::SameLine(left + px(ui, 30));
    const float detail_width = detail.empty() ? 0 : ImGui::CalcTextSize(detail.c_str()).x + px(ui, 10);
    ImGui::TextUnformatted(fitted(title, right_edge() - left - px(ui, 34) - detail_width).c_str());
    ImGui::PopStyleColor();
    if (!detail.empty()) {
      ImGui::SameLine(right_edge() - detail_width + px(ui, 4));
      ImGui::TextDisabled("%s", detail.c_str());
    }
    if (hovered) {
      const char* const what = undone ? ui.tr("Click to do it again", "单击恢复到此步") : ui.tr("Click to go back to here", "单击回到此步");
      const bool said = step > 0 && !history[step - 1].sentence.empty();
      const std::string came_to = said ? fmt::format("\n{}", operations_title(ui.session, history[step - 1])) : std::string();
      tooltip((title + came_to + (detail.empty() ? "" : "   " + detail) + (step == done ? "" : std::string("\n") + what)).c_str());
    }
    ImGui::PopID();
    return pressed;
  }

  std::size_t shown_done_ = 0;
};

}  // namespace

std::unique_ptr<Panel> make_history_panel() { return std::make_unique<HistoryPanel>(); }

}  // namespace skyline::app::desktop
