// Measuring and putting new things down in the view.
#include "app/desktop/view_tools.h"
#include "app/desktop/widgets.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;

void draw_label(const ToolView& view, ImVec2 at, const std::string& text, const renderer::vulkan::Colour& colour) {
  const float pad = px(view.ui, 6);
  const ImVec2 size = ImGui::CalcTextSize(text.c_str());
  const ImVec2 low{at.x - 0.5F * size.x - pad, at.y - size.y - 2 * pad};
  ImDrawList* const list = ImGui::GetWindowDrawList();
  shade(list, low, {low.x + size.x + 2 * pad, low.y + size.y + pad}, px(view.ui, 5));
  list->AddText({low.x + pad, low.y + 0.5F * pad}, u32(colour), text.c_str());
}

// Lines between points, from the last to `next` if given, and the measure's text at its middle.
void draw_measure(const ToolView& view, const Measure& measure, const std::optional<glm::dvec3>& next) {
  const auto colour = next ? palette().accent : palette().warning;
  ImDrawList* const list = ImGui::GetWindowDrawList();
  Measure shown = measure;
  if (next) shown.points.push_back(*next);
  std::vector<std::optional<ImVec2>> places;
  for (const glm::dvec3& point : shown.points) places.push_back(view.on_screen(point));
  const bool closed = measure.kind == Measure::Kind::kArea && places.size() >= 3;
  ImVec2 sum{0, 0};
  int count = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!places[i]) continue;
    list->AddCircleFilled(*places[i], px(view.ui, 3.5), u32(colour));
    sum = {sum.x + places[i]->x, sum.y + places[i]->y};
    ++count;
    const std::size_t after = (i + 1) % places.size();
    if ((after != 0 || closed) && places[after]) list->AddLine(*places[i], *places[after], u32(colour), px(view.ui, 2));
  }
  const std::string text = shown.text(view.ui.session.language());
  if (count == 0 || text.empty()) return;
  draw_label(view, {sum.x / static_cast<float>(count), sum.y / static_cast<float>(count)}, text, colour);
}

}  // namespace

void handle_measuring(const ToolView& view) {
  Session& session = view.ui.session;
  if (view.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const auto ground = [&](glm::dvec2 at) { return session.ground_at(at); };
  const bool twice = ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
  bool done = false;
  if (view.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !twice && session.pointed_at)
    done = session.measuring.point(*session.pointed_at, ground);
  const bool ends = twice || ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false);
  if (ends && session.measuring.current() && !session.measuring.current()->points.empty()) done = session.measuring.end() || done;
  if (!session.measuring.active()) session.leave_pointer_tool();
  if (done) session.window.panels["measures"] = true;
}

void draw_measures(const ToolView& view) {
  Interface& ui = view.ui;
  const Session& session = ui.session;
  for (const Measure& measure : session.measuring.done()) draw_measure(view, measure, std::nullopt);
  const auto& current = session.measuring.current();
  if (!current) return;
  if (session.pointed_at && !current->points.empty()) draw_measure(view, *current, session.pointed_at);
  const char* const text = current->kind == Measure::Kind::kDistance ? ui.tr("Click two points", "单击两点")
                           : current->kind == Measure::Kind::kHeight ? ui.tr("Click the top of something", "单击某物顶部")
                                                                     : ui.tr("Click the corners, Enter closes", "单击各角点，Enter 闭合");
  draw_line_of_text(ui, view.area, text, ui.tr("Esc ends measuring", "Esc 结束测量"));
}

void handle_placing(const ToolView& view) {
  Session& session = view.ui.session;
  if (session.placed_asset.empty()) return session.leave_pointer_tool();
  if (!view.hovered) return;
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const glm::dvec2 pixel = view.area.to_pixel(ImGui::GetIO().MousePos);
  // On the level of what the view looks at: a roof below the pointer is no ground.
  const double level = session.ground_at(glm::dvec2(session.pointed_at.value_or(session.navigator.looked_at())));
  const auto place = view.ground_at(pixel, level);
  if (!place) return;
  std::string line = session.placed_asset;
  line.pop_back();
  line += fmt::format(R"(, "at": [{:.2f}, {:.2f}]}})", place->x, place->y);
  const bool dropped = ImGui::IsMouseReleased(ImGuiMouseButton_Left);
  if (!dropped) return session.show_command(line);
  const bool again = ImGui::GetIO().KeyShift;
  session.run_line(line);
  if (!again) session.leave_pointer_tool();
}

}  // namespace skyline::app::desktop
