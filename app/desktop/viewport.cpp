#include "app/desktop/viewport.h"

#include "app/desktop/assistant.h"
#include "app/desktop/hud.h"
#include "app/desktop/overlays.h"
#include "app/desktop/preview_wipe.h"
#include "app/desktop/view_tools.h"
#include "app/desktop/widgets.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;

// The picture's place: as large as it fits, in the middle.
PictureArea place_picture(ImVec2 low, ImVec2 high, int width, int height) {
  PictureArea area{low, high, low, 1, width, height};
  if (width < 1 || height < 1) return area;
  const double room_x = high.x - low.x, room_y = high.y - low.y;
  area.zoom = std::min(room_x / width, room_y / height);
  if (std::abs(area.zoom - 1) < 0.01) area.zoom = 1;
  area.picture_low = {static_cast<float>(std::floor(low.x + 0.5 * (room_x - width * area.zoom))),
                      static_cast<float>(std::floor(low.y + 0.5 * (room_y - height * area.zoom)))};
  return area;
}

std::vector<std::uint8_t> rgba_of(const core::Image& image) {
  std::vector<std::uint8_t> rgba(image.pixels.size() / 3 * 4, 255);
  for (std::size_t pixel = 0; pixel < image.pixels.size() / 3; ++pixel) {
    for (std::size_t channel = 0; channel < 3; ++channel) rgba[4 * pixel + channel] = image.pixels[3 * pixel + channel];
  }
  return rgba;
}

// What the view says while it has no picture.
void draw_waiting(Interface& ui, ImVec2 low, ImVec2 high) {
  const Session& session = ui.session;
  const std::string failure = session.renderer.failure();
  const char* const text = !failure.empty()           ? failure.c_str()
                           : session.loading()        ? ui.tr("Opening the scene…", "正在打开场景…")
                           : session.scene != nullptr ? ui.tr("First picture…", "正在生成首帧…")
                                                      : "";
  const ImVec2 size = ImGui::CalcTextSize(text);
  ImGui::GetWindowDrawList()->AddText({0.5F * (low.x + high.x - size.x), 0.5F * (low.y + high.y - size.y)}, u32(palette().muted), text);
}

}  // namespace

Viewport::Viewport(renderer::vulkan::Shell& shell)
    : picture_(shell.make_texture("picture")),
      photo_(shell.make_texture("photo")),
      minimap_(shell),
      tools_(std::make_unique<ViewTools>()),
      wipe_(std::make_unique<PreviewWipe>(shell)) {}

Viewport::~Viewport() = default;

void Viewport::upload(Interface& ui) {
  Session& session = ui.session;
  const auto frame = session.picture();
  if (!frame) {
    shown_.reset();
    shown_serial_ = 0;
  } else if (frame->serial != shown_serial_ || frame != shown_) {
    if (const auto status = picture_->update(frame->pixels, frame->width, frame->height); !status) {
      session.fail(status.error());
      return;
    }
    shown_ = frame;
    shown_serial_ = frame->serial;
    ui.meter.add_picture(*frame);
  }
  if (session.comparison && session.comparison->truth.get() != shown_photo_) {
    const core::Image& image = session.comparison->image;
    if (const auto status = photo_->update(rgba_of(image), image.width, image.height); !status) session.fail(status.error());
    shown_photo_ = session.comparison->truth.get();
  }
}

void Viewport::draw(Interface& ui, bool alone) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoCollapse |
                                      ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground;
  if (alone) {
    const ImGuiViewport* const screen = ImGui::GetMainViewport();
    ImGui::SetNextWindowPos(screen->Pos);
    ImGui::SetNextWindowSize(screen->Size);
    ImGui::Begin("##view-alone", nullptr,
                 kFlags | ImGuiWindowFlags_NoDocking | ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus);
  } else {
    ImGui::Begin("###view", nullptr, kFlags);
    ImGui::PopStyleVar(2);
    draw_toolbar(ui);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y);  // the picture begins right below
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  }
  ImGui::PopStyleVar(2);
  const ImVec2 low = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const ImVec2 high{low.x + std::max(room.x, 1.0F), low.y + std::max(room.y, 1.0F)};
  width_ = static_cast<int>(high.x - low.x);
  height_ = static_cast<int>(high.y - low.y);
  ImDrawList* const list = ImGui::GetWindowDrawList();
  list->PushClipRect(low, high, true);
  upload(ui);

  const PictureArea area = shown_ ? place_picture(low, high, shown_->width, shown_->height) : PictureArea{low, high, low, 1, 0, 0};
  // Ground only where there is no picture: every pixel counts on a software device.
  const bool covered = shown_ && area.zoom == 1 && area.width >= width_ && area.height >= height_;
  if (!covered) list->AddRectFilled(low, high, u32(palette().field));
  if (shown_) {
    draw_picture(ui, area);
    draw_overlays(ui, area, *shown_);
    tools_->draw(ui, area, *shown_);
    wipe_->draw_notice(ui, area);
  } else {
    draw_waiting(ui, low, high);
  }
  ImGui::SetCursorScreenPos(low);
  ImGui::SetNextItemAllowOverlap();
  bool hovered = false;
  if (tools_->holds_pointer()) {
    ImGui::Dummy({high.x - low.x, high.y - low.y});  // the gizmo takes clicks only where no item does
  } else {
    ImGui::InvisibleButton("##hand", {high.x - low.x, high.y - low.y},
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle | ImGuiButtonFlags_MouseButtonRight);
    hovered = ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenOverlappedByItem) || ImGui::IsItemActive();
  }
  // A thing that is dragged out of the shelf keeps the pointer.
  if (ui.session.pointer_tool == PointerTool::kPlace) hovered = ImGui::IsMouseHoveringRect(low, high);
  const bool over_map = minimap_.draw(ui, low, high);
  draw_hud(ui, low, high, shown_.get());
  keyboard_ = !ImGui::GetIO().WantTextInput && (ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows) || hovered);
  handle_input(ui, area, hovered && !over_map);
  list->PopClipRect();
  ImGui::End();
}

void Viewport::draw_picture(Interface& ui, const PictureArea& area) {
  const ImVec2 end = area.to_screen({area.width, area.height});
  picture_->draw(area.picture_low.x, area.picture_low.y, end.x - area.picture_low.x, end.y - area.picture_low.y);
  if (ui.session.view.split_on) draw_split(ui, area);
  wipe_->draw(ui, area);
}

void Viewport::draw_split(Interface& ui, const PictureArea& area) {
  const Session& session = ui.session;
  ImDrawList* const list = ImGui::GetWindowDrawList();
  const ImVec2 end = area.to_screen({area.width, area.height});
  const float x = static_cast<float>(area.picture_low.x + session.view.split * area.width * area.zoom);
  const bool ready = session.comparison && session.comparison->photo == session.view.photo && photo_->id() != 0;
  if (ready) {
    list->AddImage(static_cast<ImTextureID>(photo_->id()), {x, area.picture_low.y}, end, {static_cast<float>(session.view.split), 0},
                   {1, 1});
  }
  list->AddLine({x, area.picture_low.y}, {x, end.y}, u32(palette().accent), px(ui, 2));
  const ImVec2 handle{x, 0.5F * (area.picture_low.y + end.y)};
  list->AddCircleFilled(handle, px(ui, 9), u32(palette().accent));
  const float arm = px(ui, 4);
  list->AddTriangleFilled({handle.x - 1.5F * arm, handle.y}, {handle.x - 0.4F * arm, handle.y - arm},
                          {handle.x - 0.4F * arm, handle.y + arm}, u32(palette().on_accent));
  list->AddTriangleFilled({handle.x + 1.5F * arm, handle.y}, {handle.x + 0.4F * arm, handle.y + arm},
                          {handle.x + 0.4F * arm, handle.y - arm}, u32(palette().on_accent));
  draw_split_labels(ui, area, x, ready);
}

void Viewport::handle_input(Interface& ui, const PictureArea& area, bool hovered) {
  Session& session = ui.session;
  const ImGuiIO& io = ImGui::GetIO();
  session.pointed_at.reset();
  session.pointer = {-1, -1};
  if (!shown_ || !session.scene) {
    session.fly = {};
    return;
  }
  const glm::dvec2 pixel = area.to_pixel(io.MousePos);
  if (hovered && pixel.x >= 0 && pixel.y >= 0 && pixel.x < area.width && pixel.y < area.height) {
    session.pointer = pixel;
    session.pointed_at = session.point_at(pixel);
  }
  const bool free = hovered && gesture_ == Gesture::kNone;
  tool_acts_ = wipe_->handle(ui, area, free) || tools_->handle(ui, area, *shown_, free);
  handle_drag(ui, area);
  handle_keys(ui, hovered);
  if (hovered && gesture_ == Gesture::kNone && io.MouseWheel != 0) {
    session.leave_photo_camera();
    session.tour.reset();
    if (io.KeyCtrl) {
      editor::Pose pose = session.navigator.pose();
      pose.fov_deg = std::clamp(pose.fov_deg * std::pow(0.95, static_cast<double>(io.MouseWheel)), 5.0, 120.0);
      session.navigator.jump(pose);
    } else {
      session.navigator.zoom(session.pointed_at.value_or(session.navigator.looked_at()), static_cast<double>(io.MouseWheel));
    }
  }
}

void Viewport::handle_keys(Interface& ui, bool hovered) {
  Session& session = ui.session;
  const bool looking = gesture_ == Gesture::kLook;
  const ImGuiIO& io = ImGui::GetIO();
  const bool plain = !io.KeyCtrl && !io.KeyAlt && !io.KeySuper;
  const bool may_fly = !tool_acts_ && ui.shell.focused() && !io.WantTextInput && plain &&
                       !ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId) &&
                       (looking || (session.preferences.controls == "game" && (keyboard_ || hovered)));
  editor::FlyInput fly;
  if (may_fly) {
    const auto axis = [&](const char* plus, const char* minus) {
      return (ui.shell.key_held(plus) ? 1.0 : 0.0) - (ui.shell.key_held(minus) ? 1.0 : 0.0);
    };
    fly.forward = axis("W", "S");
    fly.right = axis("D", "A");
    fly.up = axis("E", "Q");
    fly.fast = ui.shell.key_held("Left Shift") || ui.shell.key_held("Right Shift");
  }
  const bool flying = fly.forward != 0 || fly.right != 0 || fly.up != 0;
  if (flying && !flying_) session.navigator.begin_gesture();
  flying_ = flying;
  session.fly = fly;
}

void Viewport::handle_drag(Interface& ui, const PictureArea& area) {
  Session& session = ui.session;
  const ImGuiIO& io = ImGui::GetIO();
  const auto clicked = [&](ImGuiMouseButton button) { return session.pointer.x >= 0 && ImGui::IsMouseClicked(button); };
  if (gesture_ == Gesture::kNone && session.pointer.x >= 0) {
    const float divider = static_cast<float>(area.picture_low.x + session.view.split * area.width * area.zoom);
    const bool on_divider = session.view.split_on && std::abs(io.MousePos.x - divider) < px(ui, 10);
    if (on_divider) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    Gesture begun = Gesture::kNone;
    if (clicked(ImGuiMouseButton_Right) && !tool_acts_) begun = Gesture::kLook;
    if (clicked(ImGuiMouseButton_Middle)) begun = io.KeyShift ? Gesture::kPan : Gesture::kOrbit;
    if (clicked(ImGuiMouseButton_Left) && !tool_acts_) begun = on_divider ? Gesture::kSplit : io.KeyShift ? Gesture::kPan : Gesture::kOrbit;
    if (begun != Gesture::kNone) {
      gesture_ = begun;
      dragged_ = 0;
      pivot_ = session.pointed_at.value_or(session.navigator.looked_at());
    }
  }
  if (gesture_ == Gesture::kNone) return;

  const bool held = ImGui::IsMouseDown(ImGuiMouseButton_Left) || ImGui::IsMouseDown(ImGuiMouseButton_Middle) ||
                    ImGui::IsMouseDown(ImGuiMouseButton_Right);
  if (!held || !ui.shell.focused()) {
    const bool was_click = dragged_ < px(ui, 4) && ImGui::IsMouseReleased(ImGuiMouseButton_Left) && gesture_ != Gesture::kSplit;
    if (was_click) handle_click(ui, area);
    if (grabbed_) ui.shell.grab_pointer(false);
    grabbed_ = false;
    session.dragging = false;
    gesture_ = Gesture::kNone;
    return;
  }
  const glm::dvec2 moved{static_cast<double>(io.MouseDelta.x), static_cast<double>(io.MouseDelta.y)};
  const double before = dragged_;
  dragged_ += std::abs(moved.x) + std::abs(moved.y);
  if (gesture_ == Gesture::kSplit) {
    session.view.split = std::clamp((io.MousePos.x - area.picture_low.x) / (area.width * area.zoom), 0.0, 1.0);
    return;
  }
  if (dragged_ < px(ui, 4)) return;
  if (before < px(ui, 4)) {
    session.leave_photo_camera();
    session.tour.reset();
    session.navigator.begin_gesture();
    session.dragging = true;
    if (gesture_ == Gesture::kLook) {
      ui.shell.grab_pointer(true);
      grabbed_ = true;
    }
  }
  const double turn = session.preferences.look_speed * session.navigator.pose().fov_deg / std::max(1, area.height) / area.zoom;
  const double pitch_sign = session.preferences.invert_pitch ? 1 : -1;
  if (gesture_ == Gesture::kLook) session.navigator.look(-moved.x * turn * 1.6, pitch_sign * moved.y * turn * 1.6);
  if (gesture_ == Gesture::kOrbit) session.navigator.orbit(pivot_, -moved.x * 0.3, pitch_sign * moved.y * 0.3);
  if (gesture_ == Gesture::kPan) session.navigator.pan(pivot_, moved / area.zoom, area.height);
}

void Viewport::handle_click(Interface& ui, const PictureArea&) {
  Session& session = ui.session;
  if (!session.pointed_at) {
    session.select({});
    return;
  }
  const city::Object* const object = session.object_at(*session.pointed_at);
  if (object != nullptr && session.assistant->choose_object(object->id)) return;
  if (ImGui::GetMouseClickedCount(ImGuiMouseButton_Left) >= 2 || ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
    session.leave_photo_camera();
    session.tour.reset();
    editor::Pose pose = session.navigator.pose();
    // Two thirds of the way to the point.
    pose.position += (*session.pointed_at - pose.position) * (2.0 / 3.0);
    session.navigator.travel(object != nullptr ? session.navigator.frame(session.box_of(*object)) : pose);
    return;
  }
  const ImGuiIO& io = ImGui::GetIO();
  if (object == nullptr) {
    if (!io.KeyShift && !io.KeyCtrl) session.select({});
    return;
  }
  const bool selected = std::find(session.selection().begin(), session.selection().end(), object->id) != session.selection().end();
  if (!io.KeyShift && !io.KeyCtrl && selected && session.selection().size() == 1) return;
  const char* const mode = io.KeyCtrl ? "remove" : io.KeyShift ? "add" : "set";
  ui.run("select.object", fmt::format(R"({{"ids": [{}], "mode": "{}"}})", object->id, mode));
}

}  // namespace skyline::app::desktop
