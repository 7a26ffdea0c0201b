// The history: every gesture of the document by name; a click goes back or forth to it.
#include "app/desktop/edit_words.h"
#include "app/desktop/interface.h"
#include "app/desktop/photo_thumbnails.h"
#include "app/desktop/widgets.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

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
    const float stride = px(ui, kRow) + ImGui::GetStyle().ItemSpacing.y;
    if (textures_.size() > kMostTextures) textures_.clear();
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(history.size()) + 1, stride);
    while (clipper.Step()) {
      for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row) {
        const auto step = static_cast<std::size_t>(row);
        if (draw_row(ui, history, step, done)) wanted = step;
      }
    }
    clipper.End();
    if (done != shown_done_) ImGui::SetScrollY(stride * static_cast<float>(done) - 0.5F * ImGui::GetWindowHeight());
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
  bool draw_row(Interface& ui, std::span<const editor::Gesture> history, std::size_t step, std::size_t done) {
    ImGui::PushID(static_cast<int>(step));
    const bool undone = step > done;
    const float left = ImGui::GetCursorPosX(), top = ImGui::GetCursorPosY();
    const ImVec2 low = ImGui::GetCursorScreenPos();
    const bool pressed = ImGui::Selectable("##row", step == done, ImGuiSelectableFlags_AllowOverlap, {0, px(ui, kRow)});
    const ImVec2 below = ImGui::GetCursorPos();
    const bool hovered = ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal);
    const std::string title = step == 0 ? ui.tr("As photographed", "拍摄时的状态") : gesture_title(ui.session, history[step - 1]);
    const std::string detail = step == 0 ? std::string() : gesture_detail(ui.session, history[step - 1]);
    const auto& palette = renderer::vulkan::palette();
    ImGui::PushStyleColor(ImGuiCol_Text, vec(undone ? palette.muted : step == done ? palette.accent : palette.text));
    // The picture, or the icon alone where none was taken and where it is the one before: a selection.
    const float picture_width = px(ui, kPictureWidth), middle = top + 0.5F * (px(ui, kRow) - ImGui::GetTextLineHeight());
    const bool selects = step > 0 && only_selects(history[step - 1]);
    const auto picture = selects ? std::nullopt : thumbnail(ui, step == 0 ? 0 : history[step - 1].number);
    if (picture) {
      const ImVec2 from{low.x + px(ui, 3), low.y + px(ui, 2)};
      draw_thumbnail(ui, ImGui::GetWindowDrawList(), picture, from, {from.x + picture_width, low.y + px(ui, kRow - 2)});
    }
    const std::string icon = icon_text(step == 0 ? "camera" : gesture_icon(history[step - 1]));
    const float icon_left = picture ? left + picture_width + px(ui, 9) : left + px(ui, 3) + 0.5F * (picture_width - ImGui::GetFontSize());
    ImGui::SetCursorPos({icon_left, middle});
    ImGui::TextUnformatted(icon.c_str());
    const float text_left = left + picture_width + px(ui, picture ? 30 : 9);
    const float detail_width = detail.empty() ? 0 : ImGui::CalcTextSize(detail.c_str()).x + px(ui, 10);
    ImGui::SetCursorPos({text_left, middle});
    ImGui::TextUnformatted(fitted(title, right_edge() - text_left - px(ui, 4) - detail_width).c_str());
    ImGui::PopStyleColor();
    if (!detail.empty()) {
      ImGui::SetCursorPos({left, middle});
      ImGui::SetCursorPosX(right_edge() - detail_width + px(ui, 4));
      ImGui::TextDisabled("%s", detail.c_str());
    }
    ImGui::SetCursorPos(below);
    ImGui::Dummy({0, 0});
    ImGui::SetCursorPos(below);
    if (hovered) {
      const char* const what = undone ? ui.tr("Click to do it again", "单击恢复到此步") : ui.tr("Click to go back to here", "单击回到此步");
      const bool said = step > 0 && !history[step - 1].sentence.empty();
      const std::string came_to = said ? fmt::format("\n{}", operations_title(ui.session, history[step - 1])) : std::string();
      tooltip((title + came_to + (detail.empty() ? "" : "   " + detail) + (step == done ? "" : std::string("\n") + what)).c_str());
    }
    ImGui::PopID();
    return pressed;
  }

  static bool only_selects(const editor::Gesture& gesture) {
    return std::all_of(gesture.operations.begin(), gesture.operations.end(),
                       [](const editor::Operation& operation) { return std::holds_alternative<editor::Select>(operation); });
  }

  std::optional<PhotoThumbnails::Thumbnail> thumbnail(Interface& ui, std::int64_t gesture) {
    const core::Image* const image = ui.session.gesture_pictures.find(gesture);
    if (image == nullptr) return std::nullopt;
    if (ui.session.scene.get() != shown_) textures_.clear();
    shown_ = ui.session.scene.get();
    auto& texture = textures_[gesture];
    // A device made anew has no pictures.
    if (!texture || texture->id() == 0) {
      if (!texture) texture = ui.shell.make_texture("gesture");
      std::vector<std::uint8_t> rgba;
      rgba.reserve(image->pixels.size() / 3 * 4);
      for (std::size_t p = 0; p + 2 < image->pixels.size(); p += 3)
        rgba.insert(rgba.end(), {image->pixels[p], image->pixels[p + 1], image->pixels[p + 2], 255});
      if (const auto status = texture->update(rgba, image->width, image->height); !status) ui.session.fail(status.error());
      if (texture->id() == 0) return std::nullopt;
    }
    return PhotoThumbnails::Thumbnail{
        static_cast<ImTextureID>(texture->id()), {0, 0}, {1, 1}, static_cast<float>(image->width) / static_cast<float>(image->height)};
  }

  static constexpr double kRow = 34, kPictureWidth = 48;  // at scale 1
  static constexpr std::size_t kMostTextures = 200;
  std::map<std::int64_t, std::unique_ptr<renderer::vulkan::Texture>> textures_;  // by the gesture's number
  const void* shown_ = nullptr;                                                  // scene that they are of
  std::size_t shown_done_ = 0;
};

}  // namespace

std::unique_ptr<Panel> make_history_panel() { return std::make_unique<HistoryPanel>(); }

}  // namespace skyline::app::desktop
