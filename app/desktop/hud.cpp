#include "app/desktop/hud.h"

#include "app/desktop/widgets.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;
using renderer::vulkan::TextFont;
using renderer::vulkan::TextStyle;

std::string stage_words(const Interface& ui, const renderer::Frame& frame) {
  switch (frame.stage) {
    case renderer::Stage::kMoving:
      return fmt::format("{:.0f} {}", ui.meter.fps(), ui.tr("pictures/s", "帧/秒"));
    case renderer::Stage::kRefining:
      return fmt::format("{} {:.0f} %", ui.tr("refining", "细化"), 100 * frame.converged_share);
    case renderer::Stage::kSmoothing:
      return fmt::format("{} {:.0f} %", ui.tr("smoothing", "抗锯齿"), 100 * frame.converged_share);
    case renderer::Stage::kConverged:
      return ui.tr("converged", "已收敛");
  }
  return {};
}

struct Line {
  std::string label, value;
};

std::vector<Line> lines_of(const Interface& ui, const renderer::Frame& frame) {
  const renderer::FrameTimes& times = frame.times;
  return {
      {ui.tr("resolution", "分辨率"), fmt::format("{} × {}", frame.width, frame.height)},
      {ui.tr("fresh rays", "新光线"), count_words(static_cast<double>(frame.fresh_rays))},
      {ui.tr("samples/ray", "采样/光线"), fmt::format("{:.1f}", frame.density_samples_per_ray)},
      {ui.tr("picture", "画面"), fmt::format("{:.1f} ms", times.total_ms)},
      {ui.tr("trace", "追踪"), fmt::format("{:.1f} ms", times.trace_ms)},
      {ui.tr("reproject", "重投影"), fmt::format("{:.1f} ms", times.reproject_ms)},
      {ui.tr("compose", "合成"), fmt::format("{:.1f} ms", times.compose_ms)},
  };
}

void draw_figures(Interface& ui, ImVec2 low, const renderer::Frame& frame) {
  ImDrawList* const list = ImGui::GetWindowDrawList();
  const TextStyle small(TextFont::kSmall);
  const std::vector<Line> lines = lines_of(ui, frame);
  const float step = ImGui::GetTextLineHeight() + px(ui, 3), pad = px(ui, 10);
  float labels = 0, values = 0;
  for (const Line& line : lines) {
    labels = std::max(labels, ImGui::CalcTextSize(line.label.c_str()).x);
    values = std::max(values, ImGui::CalcTextSize(line.value.c_str()).x);
  }
  values = std::max(values, px(ui, 76));
  const std::string head = stage_words(ui, frame);
  const float width = std::max(labels + px(ui, 14) + values, px(ui, 150)) + 2 * pad;
  const float head_height = ImGui::GetTextLineHeight() * 1.35F;
  const ImVec2 at{low.x + px(ui, 10), low.y + px(ui, 10)};
  const ImVec2 end{at.x + width, at.y + 2 * pad + head_height + px(ui, 6) + step * static_cast<float>(lines.size()) - px(ui, 3)};
  shade(list, at, end, px(ui, 6));
  {
    const TextStyle strong(TextFont::kStrong);
    list->AddText({at.x + pad, at.y + pad - px(ui, 2)}, u32(palette().text), head.c_str());
  }
  const float bar_y = at.y + pad + head_height;
  list->AddRectFilled({at.x + pad, bar_y}, {end.x - pad, bar_y + px(ui, 2)}, u32(palette().line));
  list->AddRectFilled({at.x + pad, bar_y},
                      {at.x + pad + static_cast<float>(std::clamp(frame.converged_share, 0.0, 1.0)) * (width - 2 * pad), bar_y + px(ui, 2)},
                      u32(palette().accent));
  float y = bar_y + px(ui, 6);
  for (const Line& line : lines) {
    list->AddText({at.x + pad, y}, u32(palette().muted), line.label.c_str());
    const float value_width = ImGui::CalcTextSize(line.value.c_str()).x;
    list->AddText({end.x - pad - value_width, y}, u32(palette().text), line.value.c_str());
    y += step;
  }
}

// Three lines for newcomers, gone after the first steps.
void draw_hints(Interface& ui, ImVec2 low, ImVec2 high) {
  Session& session = ui.session;
  const std::array<std::string, 3> lines{
      with_icon("keyboard", ui.tr("W A S D Q E to fly, right drag to look around", "W A S D Q E 飞行，按住右键拖动转动视角")),
      with_icon("pointer", ui.tr("Click a building to select it, double click to go there", "单击选择建筑，双击飞过去")),
      with_icon("comment", ui.tr("Press / and type what should change: remove the tallest tower", "按 / 输入要做的修改：移除最高的塔楼")),
  };
  float width = 0;
  for (const std::string& line : lines) width = std::max(width, ImGui::CalcTextSize(line.c_str()).x);
  const float step = ImGui::GetTextLineHeight() + px(ui, 6), pad = px(ui, 14), side = px(ui, 26);
  const ImVec2 size{width + 2 * pad + side, 2 * pad + 3 * step - px(ui, 6)};
  if (size.x > high.x - low.x - px(ui, 20) || size.y > 0.4F * (high.y - low.y)) return;
  const ImVec2 at{std::round(0.5F * (low.x + high.x - size.x)), high.y - size.y - px(ui, 58)};
  ImDrawList* const list = ImGui::GetWindowDrawList();
  shade(list, at, {at.x + size.x, at.y + size.y}, px(ui, 8));
  float y = at.y + pad;
  for (const std::string& line : lines) {
    list->AddText({at.x + pad, y}, u32(palette().text), line.c_str());
    y += step;
  }
  ImGui::SetCursorScreenPos({at.x + size.x - px(ui, 30), at.y + px(ui, 4)});
  if (icon_button(ui, "hints-close", "close", false, ui.tr("Do not show this again", "不再显示"))) {
    session.preferences.hints = false;
    session.save_preferences();
  }
}

}  // namespace

void draw_hud(Interface& ui, ImVec2 low, ImVec2 high, const renderer::Frame* frame) {
  if (frame == nullptr) return;
  const bool room = high.x - low.x > px(ui, 260) && high.y - low.y > px(ui, 220);
  if (ui.session.window.hud && room) draw_figures(ui, low, *frame);
  const bool busy = ui.session.tool || ui.session.pointer_tool != PointerTool::kNone || ui.session.view.split_on;
  if (ui.session.preferences.hints && !busy && !ui.session.window.interface_hidden) draw_hints(ui, low, high);
}

}  // namespace skyline::app::desktop
