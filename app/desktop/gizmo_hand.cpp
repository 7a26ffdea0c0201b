// ImGuizmo at the selection.
#include "app/desktop/view_tools.h"
#include "app/desktop/widgets.h"

#include <ImGuizmo.h>
#include <glm/gtc/type_ptr.hpp>
#include <glm/matrix.hpp>

#include <array>
#include <cmath>

namespace skyline::app::desktop {
namespace {

// World to the camera's axes (OpenGL's, as ours are).
glm::mat4 view_matrix(const core::Camera& camera) {
  glm::dmat4 to_world(glm::dvec4(camera.rotation[0], 0), glm::dvec4(camera.rotation[1], 0), glm::dvec4(camera.rotation[2], 0),
                      glm::dvec4(camera.position, 1));
  return glm::mat4(glm::inverse(to_world));
}

// Pixels of the camera to clip space, with its principal point.
glm::mat4 projection_matrix(const core::Camera& camera) {
  constexpr double kNear = 0.5, kFar = 50000;
  const double width = camera.width, height = camera.height;
  glm::dmat4 p(0.0);
  p[0][0] = 2 * camera.fl_x / width;
  p[1][1] = 2 * camera.fl_y / height;
  p[2][0] = 1 - 2 * camera.cx / width;
  p[2][1] = 2 * camera.cy / height - 1;
  p[2][2] = -(kFar + kNear) / (kFar - kNear);
  p[2][3] = -1;
  p[3][2] = -2 * kFar * kNear / (kFar - kNear);
  return glm::mat4(p);
}

ImGuizmo::OPERATION operation_of(GizmoMode mode) {
  return mode == GizmoMode::kMove ? ImGuizmo::TRANSLATE : mode == GizmoMode::kRotate ? ImGuizmo::ROTATE_Z : ImGuizmo::SCALE;
}

// Axes in the theme's colours, as large and as thick as the interface is scaled: the toolkit's own are dark and thin over a picture.
void style_gizmo(const Interface& ui) {
  using renderer::vulkan::palette;
  ImGuizmo::Style& style = ImGuizmo::GetStyle();
  const ImVec4 axes[] = {ImVec4(0.96F, 0.33F, 0.31F, 1), ImVec4(0.55F, 0.80F, 0.27F, 1), ImVec4(0.31F, 0.60F, 0.98F, 1)};
  for (int axis = 0; axis < 3; ++axis) {
    style.Colors[ImGuizmo::DIRECTION_X + axis] = axes[axis];
    style.Colors[ImGuizmo::PLANE_X + axis] = {axes[axis].x, axes[axis].y, axes[axis].z, 0.45F};
  }
  style.Colors[ImGuizmo::SELECTION] = vec(palette().warning);
  style.Colors[ImGuizmo::ROTATION_USING_BORDER] = vec(palette().warning);
  style.Colors[ImGuizmo::ROTATION_USING_FILL] = vec(palette().warning.with_alpha(0.35F));
  style.TranslationLineThickness = style.ScaleLineThickness = style.RotationLineThickness = px(ui, 4);
  style.TranslationLineArrowSize = px(ui, 8);
  style.ScaleLineCircleSize = px(ui, 7);
  style.CenterCircleSize = px(ui, 6);
  ImGuizmo::SetGizmoSizeClipSpace(0.2F);
}

// The pivot on the corners of a grid, along the axes that it was moved on.
void snap_to_grid(glm::mat4& now, const glm::mat4& begin, double cell) {
  constexpr float kMoved = 1e-4F;
  for (int axis = 0; axis < 2; ++axis) {
    if (std::abs(now[3][axis] - begin[3][axis]) > kMoved)
      now[3][axis] = static_cast<float>(std::round(static_cast<double>(now[3][axis]) / cell) * cell);
  }
}

}  // namespace

bool GizmoHand::draw(const ToolView& view) {
  Session& session = view.ui.session;
  if (session.gizmo == GizmoMode::kNone || session.selection().empty() || session.tool || session.pointer_tool != PointerTool::kNone) {
    if (drag_) session.show_pending({});
    drag_.reset();
    return false;
  }
  if (!drag_) {
    matrix_ = glm::mat4(1.0F);
    matrix_[3] = glm::vec4(glm::vec3(session.selection_pivot()), 1.0F);
  }
  const glm::mat4 world_to_view = view_matrix(view.frame.camera), projection = projection_matrix(view.frame.camera);
  ImGuizmo::BeginFrame();
  style_gizmo(view.ui);
  ImGuizmo::SetOrthographic(false);
  ImGuizmo::SetDrawlist();
  const ImVec2 end = view.area.to_screen({view.area.width, view.area.height});
  ImGuizmo::SetRect(view.area.picture_low.x, view.area.picture_low.y, end.x - view.area.picture_low.x, end.y - view.area.picture_low.y);
  const GizmoMode mode = session.gizmo;
  const bool on_grid = mode == GizmoMode::kMove && session.grid_cell > 0;
  const bool snaps = ImGui::GetIO().KeyCtrl && !on_grid;
  const float step = mode == GizmoMode::kRotate ? 15.0F : mode == GizmoMode::kScale ? 0.1F : 1.0F;
  const std::array<float, 3> snap{step, step, step};
  const glm::mat4 before = matrix_;
  ImGuizmo::Manipulate(glm::value_ptr(world_to_view), glm::value_ptr(projection), operation_of(mode),
                       mode == GizmoMode::kMove ? ImGuizmo::WORLD : ImGuizmo::LOCAL, glm::value_ptr(matrix_), nullptr,
                       snaps ? snap.data() : nullptr);
  if (ImGuizmo::IsUsing()) {
    if (!drag_) {
      drag_.emplace(mode, session.selection(), before);
      begin_ = before;
    }
    if (on_grid) snap_to_grid(matrix_, begin_, session.grid_cell);
    if (matrix_ != before) session.show_command(drag_->command(matrix_));
    return true;
  }
  if (drag_) {
    const std::string line = drag_->command(matrix_);
    drag_.reset();
    session.run_line(line);
  }
  return ImGuizmo::IsOver();
}

}  // namespace skyline::app::desktop
