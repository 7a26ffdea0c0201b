// Properties of what is selected, and of the camera: position, yaw, pitch and field of view can be typed or dragged.
#include "app/desktop/interface.h"
#include "app/desktop/names.h"
#include "app/desktop/widgets.h"
#include "city/polygon.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace skyline::app::desktop {
namespace {

void draw_colour(const Interface& ui, const char* label, const std::optional<glm::u8vec3>& colour) {
  if (!colour) return;
  ImGui::TextDisabled("%s", label);
  ImGui::SameLine(px(ui, 108));
  const ImVec4 value(static_cast<float>(colour->r) / 255, static_cast<float>(colour->g) / 255, static_cast<float>(colour->b) / 255, 1);
  ImGui::ColorButton(label, value, ImGuiColorEditFlags_NoTooltip, {px(ui, 24), ImGui::GetTextLineHeight()});
  ImGui::SameLine();
  if (ImGui::GetContentRegionAvail().x < ImGui::CalcTextSize("#000000").x) return ImGui::NewLine();
  ImGui::Text("#%02x%02x%02x", colour->r, colour->g, colour->b);
}

void draw_object(Interface& ui, const city::Object& object) {
  {
    const renderer::vulkan::TextStyle strong(renderer::vulkan::TextFont::kStrong);
    ImGui::TextWrapped("%s", object_title(object, ui.session.language()).c_str());
  }
  figure(ui, ui.tr("Class", "类别"), class_title(object.object_class, ui.session.language()));
  figure(ui, ui.tr("Number", "编号"), std::to_string(object.id));
  if (object.height > 0) figure(ui, ui.tr("Height", "高度"), fmt::format("{:.1f} m", object.height));
  if (!object.footprint.empty()) {
    figure(ui, ui.tr("Footprint", "占地"), fmt::format("{:.0f} m²", city::area(object.footprint)));
  } else {
    figure(ui, ui.tr("Length", "长度"), fmt::format("{:.0f} m", city::path_length(object.path)));
    figure(ui, ui.tr("Width", "宽度"), fmt::format("{:.1f} m", object.width));
  }
  const glm::dvec2 middle = city::centroid(object);
  figure(ui, ui.tr("Middle", "中心"), fmt::format("{:.1f}, {:.1f}", middle.x, middle.y));
  draw_colour(ui, ui.tr("Wall", "墙面"), object.wall);
  draw_colour(ui, ui.tr("Roof", "屋顶"), object.roof);
  std::string tags;
  for (const std::string& tag : object.tags) tags += (tags.empty() ? "" : ", ") + tag;
  if (!tags.empty()) figure(ui, ui.tr("Tags", "标签"), tags);
  ImGui::Dummy({0, px(ui, 2)});
  command_button(ui, "camera.frame", ui.tr("Go there", "飞过去"));
  ImGui::SameLine();
  command_button(ui, "select.none", ui.tr("Deselect", "取消选择"));
}

class PropertiesPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    Session& session = ui.session;
    if (!session.scene) return empty_state(ui, "sliders", ui.tr("Nothing is open.", "没有打开的内容。"));
    section(ui, ui.tr("Selection", "选择"));
    if (session.selection().empty()) {
      ImGui::PushStyleColor(ImGuiCol_Text, vec(renderer::vulkan::palette().muted));
      ImGui::TextWrapped("%s", ui.tr("Click an object in the view.", "在画面中单击一个物体。"));
      ImGui::PopStyleColor();
    } else if (session.selection().size() == 1) {
      if (const city::Object* const object = session.find_object(session.selection().front())) draw_object(ui, *object);
    } else {
      draw_many(ui);
    }
    draw_camera(ui);
  }

 private:
  static void draw_many(Interface& ui) {
    double tallest = 0, ground = 0;
    for (const std::int32_t id : ui.session.selection()) {
      const city::Object* const object = ui.session.find_object(id);
      if (object == nullptr) continue;
      tallest = std::max(tallest, object->height);
      ground += object->footprint.empty() ? 0 : city::area(object->footprint);
    }
    figure(ui, ui.tr("Objects", "物体"), std::to_string(ui.session.selection().size()));
    figure(ui, ui.tr("Tallest", "最高"), fmt::format("{:.1f} m", tallest));
    figure(ui, ui.tr("Footprints", "总占地"), fmt::format("{:.0f} m²", ground));
    command_button(ui, "camera.frame", ui.tr("Go there", "飞过去"));
  }

  void draw_camera(Interface& ui) {
    Session& session = ui.session;
    section(ui, ui.tr("Camera", "相机"));
    editor::Pose pose = session.navigator.pose();
    bool changed = false, begun = false;
    const auto row = [&](const char* label, double& value, float speed, double low, double high, const char* format) {
      ImGui::AlignTextToFramePadding();
      ImGui::TextDisabled("%s", label);
      ImGui::SameLine(px(ui, 92));
      ImGui::SetNextItemWidth(-1);
      ImGui::PushID(label);
      changed |= ImGui::DragScalar("##value", ImGuiDataType_Double, &value, speed, &low, &high, format);
      begun |= ImGui::IsItemActivated();
      ImGui::PopID();
    };
    constexpr double kFar = 1e7;
    row(ui.tr("East", "东"), pose.position.x, 0.5F, -kFar, kFar, "%.2f m");
    row(ui.tr("North", "北"), pose.position.y, 0.5F, -kFar, kFar, "%.2f m");
    row(ui.tr("Height", "高"), pose.position.z, 0.5F, -kFar, kFar, "%.2f m");
    row(ui.tr("Yaw", "偏航"), pose.yaw_deg, 0.5F, -360, 360, "%.1f°");
    row(ui.tr("Pitch", "俯仰"), pose.pitch_deg, 0.5F, -90, 90, "%.1f°");
    row(ui.tr("View", "视场"), pose.fov_deg, 0.2F, 5, 120, "%.1f°");
    if (begun) session.navigator.begin_gesture();
    if (changed) {
      session.leave_photo_camera();
      session.tour.reset();
      session.navigator.follow(pose);
    }
    figure(ui, ui.tr("Above surface", "离地"), fmt::format("{:.1f} m", session.navigator.height_above_surface()));
    if (session.pointed_at) {
      const glm::dvec3& point = *session.pointed_at;
      figure(ui, ui.tr("Pointer", "指针"), fmt::format("{:.1f}, {:.1f}, {:.1f}", point.x, point.y, point.z));
    }
    command_button(ui, "edit.copy_camera", ui.tr("Copy", "复制"));
  }
};

}  // namespace

std::unique_ptr<Panel> make_properties_panel() { return std::make_unique<PropertiesPanel>(); }

}  // namespace skyline::app::desktop
