#include "app/desktop/minimap.h"

#include "app/desktop/widgets.h"
#include "nerf/cpu/renderer.h"

#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;

constexpr int kMapPixels = 320;      // of the picture, shown smaller
constexpr double kMapSide = 168;     // on the screen, at scale 1
constexpr double kFieldOfView = 12;  // degrees: nearly parallel rays

core::Camera map_camera(const nerf::Field& field) {
  const glm::dvec3 size = field.box.size(), middle = 0.5 * (field.box.low + field.box.high);
  const double half = 0.5 * std::max(size.x, size.y);
  editor::Pose pose;
  pose.position = {middle.x, middle.y, field.ground_z + half / std::tan(0.5 * kFieldOfView * std::numbers::pi / 180)};
  pose.pitch_deg = -90;
  pose.fov_deg = kFieldOfView;
  return editor::camera_of(pose, kMapPixels, kMapPixels);
}

core::Result<std::vector<std::uint8_t>> render_map(nerf::SharedScene& scene, const core::Camera& camera, core::Progress& progress) {
  const std::lock_guard lock(scene.changing);
  auto renderer = nerf::Renderer::create(*scene.field, {});
  if (!renderer) return renderer.error();
  nerf::RenderRequest request;
  request.camera = camera;
  nerf::Picture picture;
  nerf::RenderStats stats;
  if (auto status = renderer->render(request, picture, stats, progress); !status) return status.error();
  const core::Image image = core::to_image(picture.colour);
  std::vector<std::uint8_t> rgba(image.pixels.size() / 3 * 4, 255);
  for (std::size_t pixel = 0; pixel < image.pixels.size() / 3; ++pixel) {
    for (std::size_t channel = 0; channel < 3; ++channel) rgba[4 * pixel + channel] = image.pixels[3 * pixel + channel];
  }
  return rgba;
}

}  // namespace

void Minimap::start(Interface& ui) {
  Session& session = ui.session;
  mapped_ = session.scene;
  ready_ = false;
  camera_ = map_camera(*mapped_->field);
  session.jobs.start(ui.tr("Drawing the map", "正在绘制小地图"),
                     [this, &session, scene = mapped_, camera = camera_](core::Progress& progress) -> Jobs::Finish {
                       auto pixels = std::make_shared<core::Result<std::vector<std::uint8_t>>>(render_map(*scene, camera, progress));
                       return [this, &session, scene, pixels] {
                         if (scene != mapped_) return;
                         core::Status status = *pixels ? texture_->update(**pixels, kMapPixels, kMapPixels) : core::Status(pixels->error());
                         if (!status) {
                           session.fail(status.error());
                           return;
                         }
                         ready_ = true;
                       };
                     });
}

bool Minimap::draw(Interface& ui, ImVec2 low, ImVec2 high) {
  Session& session = ui.session;
  if (!session.scene || !session.window.minimap || session.view.split_on) return false;
  const auto frame = session.picture();
  // The first picture comes before the map; a field that learns is not mapped.
  if (mapped_ != session.scene && frame && frame->stage == renderer::Stage::kConverged && !session.scene->live.load()) start(ui);
  if (!ready_ || mapped_ != session.scene || !frame) return false;

  const float side = std::min(px(ui, kMapSide), 0.4F * std::min(high.x - low.x, high.y - low.y));
  if (side < px(ui, 80)) return false;
  const ImVec2 at{high.x - side - px(ui, 10), low.y + px(ui, 10)}, end{at.x + side, at.y + side};
  ImDrawList* const list = ImGui::GetWindowDrawList();
  const float rounding = px(ui, 6);
  list->AddImageRounded(static_cast<ImTextureID>(texture_->id()), at, end, {0, 0}, {1, 1}, IM_COL32_WHITE, rounding);
  list->AddRect(at, end, u32(palette().line), rounding, px(ui, 1));
  list->PushClipRect(at, end, true);
  const auto to_map = [&](glm::dvec2 ground) {
    glm::dvec2 pixel{0.0};
    core::project(camera_, {ground, session.scene->field->ground_z}, pixel);
    return ImVec2(at.x + static_cast<float>(pixel.x / kMapPixels) * side, at.y + static_cast<float>(pixel.y / kMapPixels) * side);
  };
  for (const std::int32_t id : session.selection()) {
    const city::Object* const object = session.find_object(id);
    if (object == nullptr || object->footprint.empty()) continue;
    std::vector<ImVec2> corners;
    for (const glm::dvec2 corner : object->footprint) corners.push_back(to_map(corner));
    list->AddPolyline(corners.data(), static_cast<int>(corners.size()), u32(palette().accent), px(ui, 1.5), ImDrawFlags_Closed);
  }
  const editor::Pose& pose = session.navigator.pose();
  const ImVec2 here = to_map(glm::dvec2(pose.position));
  const double yaw = pose.yaw_deg * std::numbers::pi / 180;
  const double half = 0.5 * pose.fov_deg * std::numbers::pi / 180 * session.navigator.aspect;
  const float reach = px(ui, 34);
  const auto arm = [&](double turn) {
    return ImVec2(here.x - reach * static_cast<float>(std::sin(yaw + turn)), here.y - reach * static_cast<float>(std::cos(yaw + turn)));
  };
  list->AddTriangleFilled(here, arm(half), arm(-half), u32(palette().accent.with_alpha(0.35F)));
  list->AddCircleFilled(here, px(ui, 4), u32(palette().accent));
  list->AddCircle(here, px(ui, 4), u32(palette().on_accent), 0, px(ui, 1));
  list->PopClipRect();

  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton("##map", {side, side});
  const bool over = ImGui::IsItemHovered();
  if (over) tooltip(ui.tr("Click to fly there", "单击飞往该处"));
  if (ImGui::IsItemClicked()) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const core::Ray ray = core::RayGenerator(camera_).ray((mouse.x - at.x) / side * kMapPixels, (mouse.y - at.y) / side * kMapPixels);
    const double distance = (session.scene->field->ground_z - static_cast<double>(ray.origin.z)) / static_cast<double>(ray.direction.z);
    const glm::dvec3 ground = glm::dvec3(ray.origin) + distance * glm::dvec3(ray.direction);
    session.leave_photo_camera();
    session.tour.reset();
    session.navigator.travel(session.navigator.at(glm::dvec2(ground)));
  }
  return over;
}

}  // namespace skyline::app::desktop
