// Properties of what is selected, and of the camera: position, yaw, pitch and field of view can be typed or dragged.
#include "app/desktop/interface.h"
#include "app/desktop/names.h"
#include "app/desktop/widgets.h"
#include "city/polygon.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace skyline::app::desktop {
namespace {

// A row whose label stands on the left and whose field takes the rest.
void label_of_row(const Interface& ui, const char* label) {
  ImGui::AlignTextToFramePadding();
  ImGui::TextDisabled("%s", label);
  ImGui::SameLine(px(ui, 92));
  ImGui::SetNextItemWidth(-1);
}

std::array<float, 3> floats_of(const glm::u8vec3& colour) {
  return {static_cast<float>(colour.r) / 255, static_cast<float>(colour.g) / 255, static_cast<float>(colour.b) / 255};
}

std::string hex_of(const std::array<float, 3>& colour) {
  const auto byte = [](float value) { return static_cast<int>(std::lround(255 * std::clamp(value, 0.0F, 1.0F))); };
  return fmt::format("#{:02x}{:02x}{:02x}", byte(colour[0]), byte(colour[1]), byte(colour[2]));
}

// What a field of the panel is being changed to: shown at once, done when it is let go.
class ObjectFields {
 public:
  void draw(Interface& ui, const city::Object& object) {
    if (object.id != object_) pending_ = {};
    object_ = object.id;
    if (object.height >= kLeastHeight) draw_height(ui, object);
    draw_place(ui, object);
    draw_colour(ui, ui.tr("Wall", "墙面"), "wall", editor::Part::kWall, object.wall);
    draw_colour(ui, ui.tr("Roof", "屋顶"), "roof", editor::Part::kRoof, object.roof);
  }

 private:
  static constexpr double kLeastHeight = 0.5, kTallest = 2000;

  void draw_height(Interface& ui, const city::Object& object) {
    label_of_row(ui, ui.tr("Height", "高度"));
    double height = object.height;
    ImGui::InputDouble("##height", &height, 0, 0, "%.1f m");
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal)) tooltip(ui.tr("Type a new height", "输入新的高度"));
    if (!ImGui::IsItemDeactivatedAfterEdit() || height == object.height) return;
    height = std::clamp(height, kLeastHeight, kTallest);
    ui.run("edit.scale", fmt::format(R"({{"targets": [{}], "factor": [1, 1, {}]}})", object.id, height / object.height));
  }

  void draw_place(Interface& ui, const city::Object& object) {
    const glm::dvec2 middle = city::centroid(object);
    const std::array<std::pair<const char*, double>, 3> rows{
        {{ui.tr("East", "东"), middle.x}, {ui.tr("North", "北"), middle.y}, {ui.tr("Base", "底面"), object.base}}};
    for (int axis = 0; axis < 3; ++axis) {
      const auto& [label, now] = rows[static_cast<std::size_t>(axis)];
      ImGui::PushID(axis);
      label_of_row(ui, label);
      double value = now;
      ImGui::InputDouble("##place", &value, 0, 0, "%.2f m");
      const bool done = ImGui::IsItemDeactivatedAfterEdit() && std::abs(value - now) >= 0.005;
      ImGui::PopID();
      if (!done) continue;
      glm::dvec3 offset(0.0);
      offset[axis] = value - now;
      ui.run("edit.move", fmt::format(R"({{"targets": [{}], "offset": [{}, {}, {}]}})", object.id, offset.x, offset.y, offset.z));
    }
  }

  void draw_colour(Interface& ui, const char* label, const char* part_name, editor::Part part, const std::optional<glm::u8vec3>& colour) {
    if (!colour) return;
    label_of_row(ui, label);
    const bool changing = pending_.part == part && pending_.active;
    std::array<float, 3> value = changing ? pending_.colour : floats_of(*colour);
    ImGui::PushID(part_name);
    const bool changed = ImGui::ColorEdit3("##colour", value.data(), ImGuiColorEditFlags_DisplayHex | ImGuiColorEditFlags_PickerHueWheel);
    const bool done = ImGui::IsItemDeactivatedAfterEdit();
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal)) {
      tooltip(ui.tr("Click the square to choose a colour; light and texture stay", "单击色块选择颜色；光照和纹理保持不变"));
    }
    ImGui::PopID();
    if (changed) {
      pending_ = {part, value, true};
      const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(std::lround(255 * std::clamp(value[i], 0.0F, 1.0F))); };
      ui.session.show_pending(editor::Recolor{{object_}, part, {byte(0), byte(1), byte(2)}});
    }
    if (done && pending_.active) {
      pending_.active = false;
      ui.session.show_pending({});
      ui.run("edit.recolor", fmt::format(R"({{"targets": [{}], "part": "{}", "color": "{}"}})", object_, part_name, hex_of(value)));
    }
  }

  struct Pending {
    editor::Part part = editor::Part::kAll;
    std::array<float, 3> colour{};
    bool active = false;
  };
  std::int32_t object_ = 0;
  Pending pending_;
};

// The edits of what is selected, as buttons.
void draw_edit_buttons(Interface& ui) {
  ImGui::Dummy({0, px(ui, 2)});
  for (const char* const id : {"tool.move", "tool.rotate", "tool.scale", "tool.duplicate", "edit.hide", "edit.isolate", "edit.remove"}) {
    if (right_edge() - ImGui::GetCursorPosX() < px(ui, 28)) ImGui::NewLine();
    command_button(ui, id);
    ImGui::SameLine(0, px(ui, 2));
  }
  ImGui::NewLine();
  command_button(ui, "camera.frame", ui.tr("Go there", "飞过去"));
  ImGui::SameLine();
  command_button(ui, "select.none", ui.tr("Deselect", "取消选择"));
}

void draw_object(Interface& ui, const city::Object& object, ObjectFields& fields) {
  {
    const renderer::vulkan::TextStyle strong(renderer::vulkan::TextFont::kStrong);
    ImGui::TextWrapped("%s", object_title(object, ui.session.language()).c_str());
  }
  figure(ui, ui.tr("Class", "类别"), class_title(object.object_class, ui.session.language()));
  figure(ui, ui.tr("Number", "编号"), std::to_string(object.id));
  if (!object.footprint.empty()) {
    figure(ui, ui.tr("Footprint", "占地"), fmt::format("{:.0f} m²", city::area(object.footprint)));
  } else {
    figure(ui, ui.tr("Length", "长度"), fmt::format("{:.0f} m", city::path_length(object.path)));
    figure(ui, ui.tr("Width", "宽度"), fmt::format("{:.1f} m", object.width));
  }
  std::string tags;
  for (const std::string& tag : object.tags) tags += (tags.empty() ? "" : ui.tr(", ", "、")) + tag_title(tag, ui.session.language());
  if (!tags.empty()) figure(ui, ui.tr("Tags", "标签"), tags);
  fields.draw(ui, object);
  draw_edit_buttons(ui);
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
      if (const city::Object* const object = session.find_object(session.selection().front())) draw_object(ui, *object, fields_);
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
    draw_edit_buttons(ui);
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

  ObjectFields fields_;
};

}  // namespace

std::unique_ptr<Panel> make_properties_panel() { return std::make_unique<PropertiesPanel>(); }

}  // namespace skyline::app::desktop
