// ImGuizmo at the selection.
#include "app/desktop/view_tools.h"

#include <ImGuizmo.h>
#include <glm/gtc/type_ptr.hpp>
#include <glm/matrix.hpp>

#include <array>

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
  ImGuizmo::SetOrthographic(false);
  ImGuizmo::SetDrawlist();
  const ImVec2 end = view.area.to_screen({view.area.width, view.area.height});
  ImGuizmo::SetRect(view.area.picture_low.x, view.area.picture_low.y, end.x - view.area.picture_low.x, end.y - view.area.picture_low.y);
  const GizmoMode mode = session.gizmo;
  const bool snaps = ImGui::GetIO().KeyCtrl || (mode == GizmoMode::kMove && session.grid_cell > 0);
  const float step = mode == GizmoMode::kRotate  ? 15.0F
                     : mode == GizmoMode::kScale ? 0.1F
                                                 : static_cast<float>(session.grid_cell > 0 ? session.grid_cell : 1.0);
  const std::array<float, 3> snap{step, step, step};
  const glm::mat4 before = matrix_;
  ImGuizmo::Manipulate(glm::value_ptr(world_to_view), glm::value_ptr(projection), operation_of(mode),
                       mode == GizmoMode::kMove ? ImGuizmo::WORLD : ImGuizmo::LOCAL, glm::value_ptr(matrix_), nullptr,
                       snaps ? snap.data() : nullptr);
  if (ImGuizmo::IsUsing()) {
    if (!drag_) drag_.emplace(mode, session.selection(), before);
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
