#include "app/desktop/overlays.h"

#include "app/desktop/assistant.h"
#include "app/desktop/captions.h"
#include "app/desktop/names.h"
#include "app/desktop/sentence_view.h"
#include "app/desktop/widgets.h"
#include "city/polygon.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <glm/geometric.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;

constexpr int kPiecesOfAnEdge = 16;
constexpr double kHiddenMargin = 0.02;  // share of the distance by which a surface must be nearer to hide a line
constexpr std::size_t kMostOutlines = 160;
constexpr std::size_t kMostLabels = 4;  // of what is selected: more of them hide what they are about
constexpr double kLowestHovered = 1;    // metres
constexpr double kNear = 0.1;           // world units before the camera where lines begin

// Draws world lines into the picture; what the picture's depth hides is drawn faint.
class LinePainter {
 public:
  LinePainter(const PictureArea& area, const renderer::Frame& frame, ImDrawList* list) : area_(area), frame_(frame), list_(list) {}

  void line(const glm::dvec3& a, const glm::dvec3& b, const renderer::vulkan::Colour& colour, float thickness,
            int pieces = kPiecesOfAnEdge) {
    glm::dvec3 from = a, to = b;
    if (!clip(from, to)) return;
    ImVec2 last;
    bool has_last = project(from, last);
    for (int i = 1; i <= pieces; ++i) {
      const glm::dvec3 point = from + (to - from) * (static_cast<double>(i) / pieces);
      const glm::dvec3 middle = from + (to - from) * ((i - 0.5) / pieces);
      ImVec2 at;
      const bool has = project(point, at);
      if (has && has_last) list_->AddLine(last, at, u32(hidden(middle) ? colour.with_alpha(0.28F * colour.a) : colour), thickness);
      last = at;
      has_last = has;
    }
  }

  bool project(const glm::dvec3& point, ImVec2& screen) const {
    glm::dvec2 pixel;
    if (!core::project(frame_.camera, point, pixel)) return false;
    screen = area_.to_screen(pixel);
    return true;
  }

  bool hidden(const glm::dvec3& point) const {
    glm::dvec2 pixel;
    if (frame_.depth.empty() || !core::project(frame_.camera, point, pixel)) return false;
    const int column = static_cast<int>(pixel.x), row = static_cast<int>(pixel.y);
    if (pixel.x < 0 || pixel.y < 0 || column >= frame_.width || row >= frame_.height) return false;
    const float depth =
        frame_.depth[static_cast<std::size_t>(row) * static_cast<std::size_t>(frame_.width) + static_cast<std::size_t>(column)];
    const double distance = glm::distance(point, frame_.camera.position);
    return depth > 0 && static_cast<double>(depth) < distance * (1 - kHiddenMargin) - 0.5;
  }

 private:
  // The part before the camera.
  bool clip(glm::dvec3& a, glm::dvec3& b) const {
    const glm::dvec3 forward = -frame_.camera.rotation[2];
    const double da = glm::dot(a - frame_.camera.position, forward) - kNear, db = glm::dot(b - frame_.camera.position, forward) - kNear;
    if (da <= 0 && db <= 0) return false;
    if (da <= 0) a += (b - a) * (da / (da - db));
    if (db <= 0) b += (a - b) * (db / (db - da));
    return true;
  }

  const PictureArea& area_;
  const renderer::Frame& frame_;
  ImDrawList* list_;
};

// The two sides of a line's area.
city::Polygon outline_of(const city::Object& object) {
  if (!object.footprint.empty()) return object.footprint;
  city::Polygon outline;
  const auto add_side = [&](double side) {
    for (std::size_t i = 0; i < object.path.size(); ++i) {
      const glm::dvec2 before = object.path[i > 0 ? i - 1 : 0], after = object.path[std::min(i + 1, object.path.size() - 1)];
      const double length = glm::length(after - before);
      const glm::dvec2 along = length > 0 ? (after - before) / length : glm::dvec2(1, 0);
      outline.push_back(object.path[i] + side * 0.5 * object.width * glm::dvec2(-along.y, along.x));
    }
  };
  add_side(1);
  const std::size_t middle = outline.size();
  add_side(-1);
  std::reverse(outline.begin() + static_cast<std::ptrdiff_t>(middle), outline.end());
  return outline;
}

void draw_prism(LinePainter& painter, const city::Object& object, const renderer::vulkan::Colour& colour, float thickness, int pieces) {
  const city::Polygon outline = outline_of(object);
  const double low = object.base, high = object.base + object.height;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const glm::dvec2 a = outline[i], b = outline[(i + 1) % outline.size()];
    painter.line({a, high}, {b, high}, colour, thickness, pieces);
    if (object.height < 0.5) continue;
    painter.line({a, low}, {b, low}, colour.with_alpha(0.7F * colour.a), thickness * 0.75F, pieces);
    painter.line({a, low}, {a, high}, colour.with_alpha(0.7F * colour.a), thickness * 0.75F, pieces);
  }
}

// Rectangles of labels that are drawn: low and high corners.
using Labels = std::vector<std::pair<ImVec2, ImVec2>>;

// Labels do not lie on each other: upwards until there is room.
ImVec2 above_others(const Labels& labels, ImVec2 low, ImVec2 size) {
  constexpr int kMostMoves = 8;
  for (int move = 0; move < kMostMoves; ++move) {
    const auto other = std::find_if(labels.begin(), labels.end(), [&](const auto& label) {
      return low.x < label.second.x && low.x + size.x > label.first.x && low.y < label.second.y && low.y + size.y > label.first.y;
    });
    if (other == labels.end()) break;
    low.y = other->first.y - size.y - 1;
  }
  return low;
}

// A label above the object's top.
void draw_label(Interface& ui, LinePainter& painter, const PictureArea& area, Labels& labels, const city::Object& object,
                bool with_figures) {
  ImVec2 at;
  if (!painter.project({city::centroid(object), object.base + object.height}, at)) return;
  std::string text = object_title(object, ui.session.language());
  if (with_figures && object.height >= 0.5) text += fmt::format("   {:.0f} m", object.height);
  if (with_figures && !object.footprint.empty()) text += fmt::format("   {:.0f} m²", city::area(object.footprint));
  const ImVec2 size = ImGui::CalcTextSize(text.c_str());
  const float pad = px(ui, 7);
  ImVec2 low{std::round(at.x - 0.5F * size.x - pad), std::round(at.y - size.y - 2 * pad - px(ui, 8))};
  // Of something whose top is out of the picture the label stays in it.
  const bool near = at.x > area.low.x && at.x < area.high.x && at.y < area.high.y;
  if (near) {
    const float margin = px(ui, 6), right = area.high.x - size.x - 2 * pad - margin;
    low = {std::clamp(low.x, area.low.x + margin, std::max(area.low.x + margin, right)), std::max(low.y, area.low.y + margin)};
  }
  const ImVec2 whole{size.x + 2 * pad, size.y + pad};
  low = above_others(labels, low, whole);
  labels.emplace_back(low, ImVec2(low.x + whole.x, low.y + whole.y));
  ImDrawList* const list = ImGui::GetWindowDrawList();
  shade(list, low, {low.x + whole.x, low.y + whole.y}, px(ui, 5));
  list->AddText({low.x + pad, low.y + 0.5F * pad}, u32(with_figures ? palette().accent : palette().text), text.c_str());
}

// The number of a candidate above its top.
void draw_badge(Interface& ui, const LinePainter& painter, const city::Object& object, const Mark& mark) {
  ImVec2 at;
  if (!painter.project({city::centroid(object), object.base + object.height}, at)) return;
  ImDrawList* const list = ImGui::GetWindowDrawList();
  const float radius = px(ui, 13);
  at.y -= radius + px(ui, 4);
  list->AddCircleFilled(at, radius + px(ui, 2), u32(palette().shade));
  list->AddCircleFilled(at, radius, u32(reference_colour(mark.reference)));
  const std::string number = std::to_string(mark.number);
  const renderer::vulkan::TextStyle strong(renderer::vulkan::TextFont::kStrong);
  const ImVec2 size = ImGui::CalcTextSize(number.c_str());
  list->AddText({at.x - 0.5F * size.x, at.y - 0.5F * size.y}, u32(palette().field), number.c_str());
}

// The buildings near the camera, thin.
void draw_all_outlines(Interface& ui, LinePainter& painter, const renderer::Frame& frame) {
  const auto& objects = ui.session.scene->info.objects.objects();
  std::vector<std::pair<double, const city::Object*>> near;
  near.reserve(objects.size());
  for (const city::Object& object : objects) {
    const double distance = glm::distance(city::centroid(object), glm::dvec2(frame.camera.position));
    if (!object.footprint.empty() && object.height >= 0.5 && city::is_a(object.object_class, city::ObjectClass::kBuilding))
      near.emplace_back(distance, &object);
  }
  const std::size_t count = std::min(near.size(), kMostOutlines);
  std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(count), near.end());
  for (std::size_t i = 0; i < count; ++i) draw_prism(painter, *near[i].second, palette().series[2].with_alpha(0.75F), px(ui, 1), 4);
}

// What the words of the assistant's sentence stand for, in their colours; candidates of a question with their numbers.
void draw_marks(Interface& ui, LinePainter& painter, const renderer::Frame& frame) {
  const Assistant& assistant = *ui.session.assistant;
  const models::SceneView* const scene = assistant.scene();
  if (scene == nullptr) return;
  struct Marked {
    double distance;
    const city::Object* object;
    const Mark* mark;
  };
  std::vector<Marked> marked;
  const std::vector<Mark> marks = assistant.marks();
  for (const Mark& mark : marks) {
    for (const std::int32_t id : mark.ids) {
      const city::Object* const object = scene->catalogue().find(id);
      if (object == nullptr) continue;
      marked.push_back({glm::distance(city::centroid(*object), glm::dvec2(frame.camera.position)), object, &mark});
    }
  }
  // The nearest, and of those the farthest first: near outlines lie over far ones.
  const std::size_t count = std::min(marked.size(), kMostOutlines);
  const auto is_nearer = [](const Marked& a, const Marked& b) { return a.distance < b.distance; };
  std::partial_sort(marked.begin(), marked.begin() + static_cast<std::ptrdiff_t>(count), marked.end(), is_nearer);
  const int pieces = count > 40 ? 4 : kPiecesOfAnEdge;
  for (std::size_t i = count; i-- > 0;) {
    const auto colour = reference_colour(marked[i].mark->reference);
    if (count <= 40) draw_prism(painter, *marked[i].object, palette().shade, px(ui, 4.5), pieces);
    draw_prism(painter, *marked[i].object, colour, px(ui, 2.5), pieces);
  }
  for (std::size_t i = count; i-- > 0;) {
    if (marked[i].mark->number > 0) draw_badge(ui, painter, *marked[i].object, *marked[i].mark);
  }
}

void draw_box(Interface& ui, LinePainter& painter, const core::Box& box) {
  const auto corner = [&](int i) {
    return glm::dvec3((i & 1) != 0 ? box.high.x : box.low.x, (i & 2) != 0 ? box.high.y : box.low.y, (i & 4) != 0 ? box.high.z : box.low.z);
  };
  for (int i = 0; i < 8; ++i) {
    for (const int axis : {1, 2, 4}) {
      if ((i & axis) == 0) painter.line(corner(i), corner(i | axis), palette().warning, px(ui, 1.5));
    }
  }
}

// North arrow and scale in the lower right corner.
void draw_compass(Interface& ui, const PictureArea& area, const renderer::Frame& frame) {
  ImDrawList* const list = ImGui::GetWindowDrawList();
  const float radius = px(ui, 16);
  const ImVec2 middle{area.high.x - radius - px(ui, 14), area.high.y - radius - px(ui, 14)};
  shade(list, {middle.x - radius - px(ui, 4), middle.y - radius - px(ui, 4)},
        {middle.x + radius + px(ui, 4), middle.y + radius + px(ui, 4)}, radius + px(ui, 4));
  // Heading of the camera: yaw 0 is north, positive to the left.
  const double yaw = editor::pose_of(frame.camera).yaw_deg * std::numbers::pi / 180;
  const auto at = [&](double angle, double length) {
    return ImVec2(middle.x + static_cast<float>(std::sin(angle + yaw) * length),
                  middle.y - static_cast<float>(std::cos(angle + yaw) * length));
  };
  list->AddTriangleFilled(at(0, radius * 0.95), at(2.6, radius * 0.45), at(-2.6, radius * 0.45), u32(palette().bad));
  list->AddTriangleFilled(at(std::numbers::pi, radius * 0.95), at(std::numbers::pi - 2.6, radius * 0.45),
                          at(std::numbers::pi + 2.6, radius * 0.45), u32(palette().muted));

  // World units a screen pixel at the middle of the view.
  const auto point = ui.session.point_at({0.5 * frame.width, 0.5 * frame.height});
  if (!point) return;
  const double metres_a_pixel = glm::distance(*point, frame.camera.position) / frame.camera.fl_x / area.zoom;
  const double wanted = metres_a_pixel * px(ui, 110);
  const double power = std::pow(10.0, std::floor(std::log10(wanted)));
  const double length = wanted >= 5 * power ? 5 * power : wanted >= 2 * power ? 2 * power : power;
  const float width = static_cast<float>(length / metres_a_pixel);
  const std::string text = length >= 1000 ? fmt::format("{:g} km", length / 1000) : fmt::format("{:g} m", length);
  const ImVec2 end{middle.x - radius - px(ui, 18), area.high.y - px(ui, 18)};
  const ImVec2 begin{end.x - width, end.y};
  const ImVec2 text_size = ImGui::CalcTextSize(text.c_str());
  shade(list, {begin.x - px(ui, 8), begin.y - text_size.y - px(ui, 8)}, {end.x + px(ui, 8), end.y + px(ui, 6)}, px(ui, 5));
  list->AddText({end.x - text_size.x, end.y - text_size.y - px(ui, 5)}, u32(palette().text), text.c_str());
  for (const auto& [a, b] :
       {std::pair{begin, end}, std::pair{begin, ImVec2(begin.x, begin.y - px(ui, 4))}, std::pair{end, ImVec2(end.x, end.y - px(ui, 4))}}) {
    list->AddLine(a, b, u32(palette().text), px(ui, 1.5));
  }
}

}  // namespace

void draw_overlays(Interface& ui, const PictureArea& area, const renderer::Frame& frame) {
  Session& session = ui.session;
  LinePainter painter(area, frame, ImGui::GetWindowDrawList());
  Labels labels;
  if (session.window.outlines && !session.view.split_on) draw_all_outlines(ui, painter, frame);
  if (session.training_plan && session.scene_path.empty()) draw_box(ui, painter, session.training_plan->guess.box);
  const city::Object* const hovered = session.pointed_at && !session.dragging ? session.object_at(*session.pointed_at) : nullptr;
  const bool hovered_selected =
      hovered != nullptr && std::find(session.selection().begin(), session.selection().end(), hovered->id) != session.selection().end();
  // Ground that is passed over all the time (roads, parks) is outlined only when it is selected.
  if (hovered != nullptr && !hovered_selected && hovered->height >= kLowestHovered && !session.view.split_on) {
    draw_prism(painter, *hovered, palette().text.with_alpha(0.6F), px(ui, 1.5), kPiecesOfAnEdge);
    draw_label(ui, painter, area, labels, *hovered, false);
  }
  for (const std::int32_t id : session.captions->pointed_out) {
    if (const city::Object* const object = session.find_object(id))
      draw_prism(painter, *object, palette().warning, px(ui, 2), kPiecesOfAnEdge);
  }
  for (const std::int32_t id : session.selection()) {
    const city::Object* const object = session.find_object(id);
    if (object == nullptr) continue;
    draw_prism(painter, *object, palette().accent, px(ui, 2), kPiecesOfAnEdge);
  }
  if (session.selection().size() <= kMostLabels) {
    for (const std::int32_t id : session.selection()) {
      if (const city::Object* const object = session.find_object(id)) draw_label(ui, painter, area, labels, *object, true);
    }
  }
  if (!session.view.split_on && !session.window.interface_hidden) draw_marks(ui, painter, frame);
  if (session.window.compass && !session.view.split_on) draw_compass(ui, area, frame);
}

void draw_split_labels(Interface& ui, const PictureArea& area, float divider, bool ready) {
  const Session& session = ui.session;
  ImDrawList* const list = ImGui::GetWindowDrawList();
  const auto photo = static_cast<std::size_t>(session.view.photo);
  std::string right = photo < session.scene->info.cameras.size() ? session.scene->info.cameras[photo].name : std::string();
  if (!ready) right = ui.tr("the photo is not here", "照片不在此处");
  std::string left = ui.tr("field", "辐射场");
  if (session.comparison && session.comparison->psnr >= 0) {
    left += fmt::format("   PSNR {:.2f} dB   SSIM {:.3f}", session.comparison->psnr, session.comparison->ssim);
  }
  // At the lower end: the figures stand above.
  const float pad = px(ui, 7), y = area.to_screen({area.width, area.height}).y - ImGui::GetTextLineHeight() - 2 * pad - px(ui, 6);
  const auto label = [&](const std::string& text, float x, bool before) {
    const ImVec2 size = ImGui::CalcTextSize(text.c_str());
    const float begin = before ? x - size.x - 2 * pad : x;
    shade(list, {begin, y}, {begin + size.x + 2 * pad, y + size.y + pad}, px(ui, 5));
    list->AddText({begin + pad, y + 0.5F * pad}, u32(palette().text), text.c_str());
  };
  label(left, divider - px(ui, 8), true);
  label(right, divider + px(ui, 8), false);
}

}  // namespace skyline::app::desktop
