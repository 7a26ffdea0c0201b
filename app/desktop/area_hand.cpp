// Selecting by drawing in the view.
#include "app/desktop/view_tools.h"
#include "app/desktop/widgets.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include <cmath>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;

constexpr double kLassoStep = 4;  // pixels between corners
constexpr std::size_t kMostCorners = 2000;

// A rectangle between two corners, anything else as it was drawn.
std::vector<glm::dvec2> outline_of(const std::vector<glm::dvec2>& corners, PointerTool tool, glm::dvec2 now) {
  if (tool != PointerTool::kBox || corners.empty()) return corners;
  const glm::dvec2 a = glm::min(corners.front(), now), b = glm::max(corners.front(), now);
  return {a, {b.x, a.y}, b, {a.x, b.y}};
}

}  // namespace

void AreaHand::handle(const ToolView& view) {
  Session& session = view.ui.session;
  const PointerTool tool = session.pointer_tool;
  const glm::dvec2 pixel = view.area.to_pixel(ImGui::GetIO().MousePos);
  if (view.hovered) ImGui::SetMouseCursor(tool == PointerTool::kBox ? ImGuiMouseCursor_ResizeNWSE : ImGuiMouseCursor_Hand);
  const bool begun = !corners_.empty();
  if (tool == PointerTool::kPolygon) {
    const bool twice = view.hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
    if (view.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !twice) corners_.push_back(pixel);
    if (ImGui::IsKeyPressed(ImGuiKey_Backspace) && begun) corners_.pop_back();
    if (begun && (twice || ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false))) select(view);
    return;
  }
  if (view.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) corners_ = {pixel};
  if (tool == PointerTool::kLasso && begun && corners_.size() < kMostCorners && glm::distance(corners_.back(), pixel) >= kLassoStep)
    corners_.push_back(pixel);
  if (begun && ImGui::IsMouseReleased(ImGuiMouseButton_Left)) select(view);
}

void AreaHand::select(const ToolView& view) {
  Session& session = view.ui.session;
  const ImGuiIO& io = ImGui::GetIO();
  const std::vector<glm::dvec2> outline = outline_of(corners_, session.pointer_tool, view.area.to_pixel(io.MousePos));
  const std::vector<std::int32_t> ids = session.objects_in(view.frame.camera, outline);
  const bool both = io.KeyCtrl && io.KeyShift;
  const char* const mode = both ? "intersect" : io.KeyCtrl ? "remove" : io.KeyShift ? "add" : "set";
  corners_.clear();
  session.leave_pointer_tool();
  if (ids.empty() && !both && (io.KeyCtrl || io.KeyShift)) return;
  view.ui.run("select.object", fmt::format(R"({{"ids": [{}], "mode": "{}"}})", fmt::join(ids, ", "), mode));
}

void AreaHand::draw(const ToolView& view) const {
  Interface& ui = view.ui;
  const PointerTool tool = ui.session.pointer_tool;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const std::vector<glm::dvec2> outline = outline_of(corners_, tool, view.area.to_pixel(mouse));
  std::vector<ImVec2> points;
  for (const glm::dvec2& corner : outline) points.push_back(view.area.to_screen(corner));
  if (!points.empty() && tool != PointerTool::kBox) points.push_back(mouse);
  ImDrawList* const list = ImGui::GetWindowDrawList();
  if (points.size() >= 3)
    list->AddConcavePolyFilled(points.data(), static_cast<int>(points.size()), u32(palette().accent.with_alpha(0.15F)));
  if (points.size() >= 2)
    list->AddPolyline(points.data(), static_cast<int>(points.size()), u32(palette().accent), px(ui, 1.5), ImDrawFlags_Closed);
  if (tool == PointerTool::kPolygon) {
    for (std::size_t i = 0; i + 1 < points.size(); ++i) list->AddCircleFilled(points[i], px(ui, 3.5), u32(palette().accent));
  }
  draw_line_of_text(
      ui, view.area,
      tool == PointerTool::kBox     ? ui.tr("Drag a rectangle", "拖出一个矩形")
      : tool == PointerTool::kLasso ? ui.tr("Draw around objects", "圈出物体")
                                    : ui.tr("Click the corners, Enter closes", "单击各角点，Enter 闭合"),
      ui.tr("Shift adds   Ctrl takes away   both intersect   Esc gives up", "Shift 添加   Ctrl 移除   同时按为交集   Esc 放弃"));
}

}  // namespace skyline::app::desktop
