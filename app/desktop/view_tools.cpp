#include "app/desktop/view_tools.h"

#include "app/desktop/keyboard.h"
#include "app/desktop/widgets.h"
#include "city/polygon.h"
#include "core/camera.h"
#include "editor/key_map.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;

constexpr double kFarthest = 1e5;  // metres to the ground; beyond it the pointer is above the horizon

// The axis that the tool keeps to, through its pivot.
void draw_axis(Interface& ui, const PictureArea& area, const renderer::Frame& frame, const TransformTool& tool) {
  using Axis = TransformTool::Axis;
  if (tool.axis() == Axis::kNone || tool.kind() == TransformTool::Kind::kRotate) return;
  const glm::dvec3 along = tool.axis() == Axis::kX   ? glm::dvec3(1, 0, 0)
                           : tool.axis() == Axis::kY ? glm::dvec3(0, 1, 0)
                                                     : glm::dvec3(0, 0, 1);
  const auto colour = tool.axis() == Axis::kX ? palette().bad : tool.axis() == Axis::kY ? palette().good : palette().accent;
  const double reach = 0.8 * glm::distance(frame.camera.position, tool.pivot());
  glm::dvec2 last{0.0};
  bool has_last = false;
  for (int i = -20; i <= 20; ++i) {
    glm::dvec2 pixel{0.0};
    const bool has = core::project(frame.camera, tool.pivot() + (reach * i / 20) * along, pixel);
    if (has && has_last) ImGui::GetWindowDrawList()->AddLine(area.to_screen(last), area.to_screen(pixel), u32(colour), px(ui, 1.5));
    last = pixel;
    has_last = has;
  }
}

// The grid that moves come to rest on, around the pivot, fading outwards.
void draw_grid(const ToolView& view) {
  const Session& session = view.ui.session;
  const bool moves = session.tool
                         ? session.tool->kind() == TransformTool::Kind::kMove || session.tool->kind() == TransformTool::Kind::kDuplicate
                         : session.gizmo == GizmoMode::kMove && session.pointer_tool == PointerTool::kNone;
  if (session.grid_cell <= 0 || !moves || session.selection().empty()) return;
  constexpr int kCells = 8;  // on each side
  const double cell = session.grid_cell, reach = kCells * cell;
  // Where it is shown now, also while it follows the hand.
  const glm::dvec3 pivot = session.selection_pivot();
  const glm::dvec3 middle{std::round(pivot.x / cell) * cell, std::round(pivot.y / cell) * cell, pivot.z};
  ImDrawList* const list = ImGui::GetWindowDrawList();
  for (int axis = 0; axis < 2; ++axis) {
    for (int i = -kCells; i <= kCells; ++i) {
      for (int piece = -kCells; piece < kCells; ++piece) {
        glm::dvec3 a = middle, b = middle;
        a[axis] += i * cell;
        b[axis] += i * cell;
        a[1 - axis] += piece * cell;
        b[1 - axis] += (piece + 1) * cell;
        const double away = glm::length(glm::dvec2(0.5 * (a + b) - middle)) / reach;
        const auto from = view.on_screen(a), to = view.on_screen(b);
        if (!from || !to || away >= 1) continue;
        list->AddLine(*from, *to, u32(palette().text.with_alpha(static_cast<float>(0.55 * (1 - away)))), px(view.ui, 1));
      }
    }
  }
}

}  // namespace

std::optional<glm::dvec2> ToolView::ground_at(glm::dvec2 pixel, double height) const {
  const core::Ray ray = core::RayGenerator(frame.camera).ray(static_cast<float>(pixel.x), static_cast<float>(pixel.y));
  const glm::dvec3 origin(ray.origin), direction(ray.direction);
  if (direction.z == 0) return std::nullopt;
  const double distance = (height - origin.z) / direction.z;
  if (!(distance > 0 && distance < kFarthest)) return std::nullopt;
  return glm::dvec2(origin + distance * direction);
}

std::optional<ImVec2> ToolView::on_screen(const glm::dvec3& point) const {
  glm::dvec2 pixel;
  if (!core::project(frame.camera, point, pixel)) return std::nullopt;
  return area.to_screen(pixel);
}

void draw_line_of_text(Interface& ui, const PictureArea& area, const std::string& text, const std::string& keys) {
  ImDrawList* const list = ImGui::GetWindowDrawList();
  const float pad = px(ui, 10), gap = px(ui, 4);
  ImVec2 size;
  {
    const renderer::vulkan::TextStyle strong(renderer::vulkan::TextFont::kStrong);
    size = ImGui::CalcTextSize(text.c_str());
  }
  const ImVec2 keys_size = ImGui::CalcTextSize(keys.c_str());
  const float width = std::max(size.x, keys_size.x) + 2 * pad, height = size.y + keys_size.y + gap + 2 * pad;
  const float x = std::round(0.5F * (area.low.x + area.high.x - width)), y = area.high.y - height - px(ui, 16);
  shade(list, {x, y}, {x + width, y + height}, px(ui, 6));
  {
    const renderer::vulkan::TextStyle strong(renderer::vulkan::TextFont::kStrong);
    list->AddText({x + 0.5F * (width - size.x), y + pad}, u32(palette().accent), text.c_str());
  }
  list->AddText({x + 0.5F * (width - keys_size.x), y + pad + size.y + gap}, u32(palette().text), keys.c_str());
}

bool ViewTools::handle(Interface& ui, const PictureArea& area, const renderer::Frame& frame, bool hovered) {
  Session& session = ui.session;
  const ToolView view{ui, area, frame, hovered};
  const PointerTool tool = session.pointer_tool;
  const bool draws_area = tool == PointerTool::kBox || tool == PointerTool::kLasso || tool == PointerTool::kPolygon;
  if (!draws_area) area_.leave();
  if (tool == PointerTool::kNone) return handle_transform(view) || gizmo_acts_;
  if ((hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Right)) ||
      (ImGui::IsKeyPressed(ImGuiKey_Escape, false) && !ImGui::GetIO().WantTextInput)) {
    session.leave_pointer_tool();
    return true;
  }
  if (draws_area) area_.handle(view);
  if (tool == PointerTool::kMeasure) handle_measuring(view);
  if (tool == PointerTool::kPlace) handle_placing(view);
  if (tool == PointerTool::kMark && hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left) && session.pointed_at) {
    const glm::dvec3 at = *session.pointed_at;
    session.leave_pointer_tool();
    ui.run("select.region", fmt::format(R"({{"at": [{:.2f}, {:.2f}]}})", at.x, at.y));
  }
  return true;
}

bool ViewTools::handle_transform(const ToolView& view) {
  Session& session = view.ui.session;
  if (!session.tool) return false;
  const ImGuiIO& io = ImGui::GetIO();
  if (!io.WantTextInput) {
    for (const std::string_view name : editor::key_names()) {
      const ImGuiKey key = imgui_key(name);
      if (key != ImGuiKey_None && ImGui::IsKeyPressed(key, name == "Backspace") && !io.KeyCtrl && !io.KeyAlt) session.press_tool_key(name);
    }
    if (ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false)) session.press_tool_key("Enter");
  }
  if (!session.tool || !view.hovered) return true;
  const glm::dvec2 pixel = view.area.to_pixel(io.MousePos);
  glm::dvec2 pivot;
  if (!core::project(view.frame.camera, session.tool->pivot(), pivot)) pivot = {0.5 * view.frame.width, 0.5 * view.frame.height};
  session.point_tool({view.ground_at(pixel, session.tool->pivot().z), pixel - pivot}, io.KeyCtrl);
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    session.apply_tool();
  } else if (ImGui::IsMouseClicked(ImGuiMouseButton_Right)) {
    session.leave_tool();
  }
  return true;
}

void ViewTools::draw(Interface& ui, const PictureArea& area, const renderer::Frame& frame) {
  const Session& session = ui.session;
  const ToolView view{ui, area, frame, false};
  draw_grid(view);
  gizmo_acts_ = gizmo_.draw(view);
  draw_measures(view);
  switch (session.pointer_tool) {
    case PointerTool::kBox:
    case PointerTool::kLasso:
    case PointerTool::kPolygon:
      return area_.draw(view);
    case PointerTool::kMark:
      return draw_line_of_text(ui, area, ui.tr("Click what stands there", "单击立在那里的东西"), ui.tr("Esc gives up", "Esc 放弃"));
    case PointerTool::kPlace:
      return draw_line_of_text(ui, area, ui.tr("Click where it stands", "单击放置位置"),
                               ui.tr("Shift puts down several   Esc gives up", "Shift 连续放置   Esc 放弃"));
    case PointerTool::kMeasure:
    case PointerTool::kNone:
      break;
  }
  if (!session.tool) return;
  draw_axis(ui, area, frame, *session.tool);
  const bool turns = session.tool->kind() == TransformTool::Kind::kRotate;
  draw_line_of_text(
      ui, area, session.tool->text(session.language()),
      turns ? ui.tr("Type degrees   Ctrl snaps to 15°   Enter applies   Esc gives up", "输入角度   Ctrl 吸附 15°   Enter 应用   Esc 放弃")
            : ui.tr("X Y Z axis   type a number   Ctrl snaps   Enter applies   Esc gives up",
                    "X Y Z 锁定轴向   输入数值   Ctrl 吸附   Enter 应用   Esc 放弃"));
}

}  // namespace skyline::app::desktop
