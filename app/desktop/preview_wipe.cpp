#include "app/desktop/preview_wipe.h"

#include "app/desktop/assistant.h"
#include "app/desktop/widgets.h"
#include "renderer/vulkan/fonts.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;

// Share of the picture's width that shows the scene as it is.
double share_before(const Assistant& assistant) {
  return assistant.side == PreviewSide::kBefore ? 1 : assistant.side == PreviewSide::kAfter ? 0 : assistant.wipe;
}

float line_at(const PictureArea& area, double share) { return static_cast<float>(area.picture_low.x + share * area.width * area.zoom); }

void draw_handle(Interface& ui, ImDrawList* list, ImVec2 handle) {
  list->AddCircleFilled(handle, px(ui, 10), u32(palette().warning));
  const float arm = px(ui, 4);
  const ImU32 ink = u32(palette().ground);
  list->AddTriangleFilled({handle.x - 1.6F * arm, handle.y}, {handle.x - 0.4F * arm, handle.y - arm},
                          {handle.x - 0.4F * arm, handle.y + arm}, ink);
  list->AddTriangleFilled({handle.x + 1.6F * arm, handle.y}, {handle.x + 0.4F * arm, handle.y + arm},
                          {handle.x + 0.4F * arm, handle.y - arm}, ink);
}

void draw_label(Interface& ui, ImDrawList* list, const char* text, ImVec2 at, bool right_aligned) {
  const ImVec2 size = ImGui::CalcTextSize(text);
  const float pad = px(ui, 7);
  const float x = right_aligned ? at.x - size.x - 2 * pad : at.x;
  shade(list, {x, at.y}, {x + size.x + 2 * pad, at.y + size.y + pad}, px(ui, 5));
  list->AddText({x + pad, at.y + 0.5F * pad}, u32(palette().text), text);
}

}  // namespace

PreviewWipe::PreviewWipe(renderer::vulkan::Shell& shell) : before_(shell.make_texture("before")) {}

void PreviewWipe::draw(Interface& ui, const PictureArea& area) {
  const Assistant& assistant = *ui.session.assistant;
  const auto frame = ui.session.pictures.before();
  if (!assistant.previewing() || !frame) return;
  if (frame.get() != shown_ || before_->id() == 0) {
    if (const auto status = before_->update(frame->pixels, frame->width, frame->height); !status) {
      ui.session.fail(status.error());
      return;
    }
    shown_ = frame.get();
  }
  const double share = share_before(assistant);
  if (share <= 0) return;
  const ImVec2 end = area.to_screen({area.width, area.height});
  const float x = std::round(line_at(area, share));
  ImDrawList* const list = ImGui::GetWindowDrawList();
  // Cut by the clip rectangle, so that its pixels lie exactly where those of the preview lie.
  list->PushClipRect(area.picture_low, {x, end.y}, true);
  list->AddImage(static_cast<ImTextureID>(before_->id()), area.picture_low, end);
  list->PopClipRect();
}

void PreviewWipe::draw_notice(Interface& ui, const PictureArea& area) const {
  const Assistant& assistant = *ui.session.assistant;
  if (!assistant.previewing()) return;
  ImDrawList* const list = ImGui::GetWindowDrawList();
  const bool ready = ui.session.pictures.before() != nullptr;
  const double share = share_before(assistant);
  const ImVec2 low = area.low, high = area.high;
  list->AddRect({low.x + 1, low.y + 1}, {high.x - 1, high.y - 1}, u32(palette().warning), 0, px(ui, 2));
  if (ready && assistant.side == PreviewSide::kBoth && !ui.session.window.interface_hidden) {
    const float x = line_at(area, share);
    list->AddLine({x, low.y}, {x, high.y}, u32(palette().warning), px(ui, 2));
    draw_handle(ui, list, {x, 0.5F * (low.y + high.y)});
    const float y = high.y - ImGui::GetTextLineHeight() - px(ui, 48);
    draw_label(ui, list, ui.tr("before", "修改前"), {x - px(ui, 8), y}, true);
    draw_label(ui, list, ui.tr("after", "修改后"), {x + px(ui, 8), y}, false);
  }
  const char* const state = !ready                                   ? ui.tr("the view is being drawn", "正在绘制")
                            : assistant.side == PreviewSide::kBefore ? ui.tr("as it is", "修改前")
                            : assistant.side == PreviewSide::kAfter  ? ui.tr("as it would be", "修改后")
                                                                     : ui.tr("drag the line, F4 flips", "拖动分隔线，F4 切换");
  const std::string title = with_icon("eye", ui.tr("Preview", "预览"));
  const std::string text = std::string(ui.tr("nothing is changed yet", "尚未更改")) + "   " + state;
  const float pad = px(ui, 8), gap = px(ui, 10);
  ImVec2 title_size;
  {
    const renderer::vulkan::TextStyle strong(renderer::vulkan::TextFont::kStrong);
    title_size = ImGui::CalcTextSize(title.c_str());
  }
  const ImVec2 text_size = ImGui::CalcTextSize(text.c_str());
  const float width = std::min(title_size.x + gap + text_size.x + 2 * pad, high.x - low.x - px(ui, 8));
  const float x = std::round(0.5F * (low.x + high.x - width)), y = low.y + px(ui, 10);
  list->AddRectFilled({x, y}, {x + title_size.x + 1.5F * pad, y + title_size.y + pad}, u32(palette().warning), px(ui, 5),
                      ImDrawFlags_RoundLeft);
  list->AddRectFilled({x + title_size.x + 1.5F * pad, y}, {x + width, y + title_size.y + pad}, u32(palette().shade), px(ui, 5),
                      ImDrawFlags_RoundRight);
  {
    const renderer::vulkan::TextStyle strong(renderer::vulkan::TextFont::kStrong);
    list->AddText({x + 0.75F * pad, y + 0.5F * pad}, u32(palette().ground), title.c_str());
  }
  list->AddText({x + title_size.x + 1.5F * pad + 0.5F * gap, y + 0.5F * pad}, u32(palette().text),
                fitted(text, width - title_size.x - gap - 2 * pad).c_str());
}

bool PreviewWipe::handle(Interface& ui, const PictureArea& area, bool hovered) {
  Assistant& assistant = *ui.session.assistant;
  if (!assistant.previewing()) {
    dragging_ = false;
    return false;
  }
  const ImGuiIO& io = ImGui::GetIO();
  if (hovered && !io.WantTextInput && ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
    assistant.cancel();
    return false;
  }
  const bool near = assistant.side == PreviewSide::kBoth && std::abs(io.MousePos.x - line_at(area, assistant.wipe)) < px(ui, 10);
  if (hovered && near && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) dragging_ = true;
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) dragging_ = false;
  if (dragging_ || (hovered && near)) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (dragging_) assistant.wipe = std::clamp((io.MousePos.x - area.picture_low.x) / (area.width * area.zoom), 0.0, 1.0);
  return dragging_ || (hovered && near);
}

}  // namespace skyline::app::desktop
