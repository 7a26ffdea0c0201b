// The samples along the ray under the pointer: density, weight, colour and level, and what they come to.
#include "app/desktop/interface.h"
#include "app/desktop/widgets.h"
#include "nerf/cpu/inspect.h"

#include <fmt/format.h>
#include <implot.h>

#include <mutex>

namespace skyline::app::desktop {
namespace {

ImVec4 vec(const glm::vec3& colour) { return {colour.x, colour.y, colour.z, 1}; }

class InspectorPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    Session& session = ui.session;
    if (!session.scene) return empty_state(ui, "target", ui.tr("Open a scene to look into its rays.", "打开场景后查看光线采样。"));
    follow_pointer(session);
    if (scene_ != session.scene.get()) return empty_state(ui, "target", ui.tr("Point at the picture.", "把指针移到画面上。"));
    if (!failure_.empty()) return empty_state(ui, "warning", failure_.c_str());
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float figures = std::min(px(ui, 240), 0.34F * room.x);
    ImGui::BeginChild("##figures", {figures, 0});
    draw_figures(ui);
    ImGui::EndChild();
    ImGui::SameLine();
    ImGui::BeginChild("##plots");
    draw_plots(ui);
    ImGui::EndChild();
  }

 private:
  void follow_pointer(Session& session) {
    const auto frame = session.picture();
    if (!frame || session.pointer.x < 0 || session.dragging) return;
    if (session.pointer == pixel_ && frame->serial == serial_) return;
    // A field that learns is read only while nobody changes it; the next frame tries again.
    std::unique_lock lock(session.scene->changing, std::defer_lock);
    if (session.scene->live.load() && !lock.try_lock()) return;
    pixel_ = session.pointer;
    serial_ = frame->serial;
    scene_ = session.scene.get();
    const nerf::RenderSettings settings = session.view_request(frame->width, frame->height).settings;
    auto inspection = nerf::inspect_ray(*session.scene->field, settings, frame->camera, glm::vec2(pixel_));
    failure_ = inspection ? std::string() : inspection.error().message();
    if (!inspection) return;
    ray_ = std::move(*inspection);
    distance_.clear();
    density_.clear();
    weight_.clear();
    transmittance_.clear();
    for (const nerf::RaySample& sample : ray_.samples) {
      distance_.push_back(sample.distance);
      density_.push_back(sample.density);
      weight_.push_back(sample.weight);
      transmittance_.push_back(sample.transmittance);
    }
  }

  void draw_figures(Interface& ui) const {
    figure(ui, ui.tr("Pixel", "像素"), fmt::format("{:.0f}, {:.0f}", pixel_.x, pixel_.y));
    figure(ui, ui.tr("Samples", "采样数"), std::to_string(ray_.samples.size()));
    figure(ui, ui.tr("Step", "步长"), fmt::format("{:.2f} m", ray_.step));
    figure(ui, ui.tr("Depth", "深度"), fmt::format("{:.2f} m", ray_.depth));
    figure(ui, ui.tr("Opacity", "不透明度"), fmt::format("{:.3f}", ray_.opacity));
    swatch(ui, ui.tr("Pixel colour", "像素颜色"), ray_.pixel);
    swatch(ui, ui.tr("Composed", "合成颜色"), ray_.composed);
    swatch(ui, ui.tr("Background", "背景颜色"), ray_.background);
  }

  static void swatch(const Interface& ui, const char* label, const glm::vec3& colour) {
    ImGui::TextDisabled("%s", label);
    ImGui::SameLine(px(ui, 104));
    ImGui::ColorButton(label, vec(colour), ImGuiColorEditFlags_NoTooltip, {px(ui, 36), ImGui::GetTextLineHeight()});
  }

  void draw_plots(Interface& ui) const {
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float strip = px(ui, 14);
    if (distance_.empty()) return empty_state(ui, "target", ui.tr("The ray meets nothing.", "光线没有遇到任何物体。"));
    const double low = distance_.front(), high = std::max(distance_.back(), low + ray_.step);
    if (!ImPlot::BeginPlot("##ray", {room.x, std::max(px(ui, 90), room.y - strip - px(ui, 8))},
                           ImPlotFlags_NoMouseText | ImPlotFlags_NoMenus))
      return;
    ImPlot::SetupAxes(ui.tr("distance, m", "距离（米）"), ui.tr("density", "密度"), 0, ImPlotAxisFlags_AutoFit);
    ImPlot::SetupAxis(ImAxis_Y2, nullptr, ImPlotAxisFlags_AuxDefault);
    ImPlot::SetupAxisLimits(ImAxis_Y2, 0, 1.02, ImPlotCond_Always);
    ImPlot::SetupAxisLimits(ImAxis_X1, low, high, ImPlotCond_Always);
    ImPlot::SetupLegend(ImPlotLocation_NorthWest, ImPlotLegendFlags_Horizontal);
    const int count = static_cast<int>(distance_.size());
    ImPlotSpec line;
    line.LineWeight = px(ui, 1.8);
    ImPlot::PlotLine(ui.tr("density", "密度"), distance_.data(), density_.data(), count, line);
    ImPlot::SetAxes(ImAxis_X1, ImAxis_Y2);
    ImPlot::PlotStems(ui.tr("weight", "权重"), distance_.data(), weight_.data(), count, 0, line);
    ImPlot::PlotLine(ui.tr("transmittance", "透射率"), distance_.data(), transmittance_.data(), count, line);
    const ImVec2 plot_low = ImPlot::GetPlotPos(), plot_size = ImPlot::GetPlotSize();
    ImPlot::EndPlot();
    draw_strip(ui, plot_low.x, plot_size.x, strip, low, high);
  }

  // Colour of each sample below its place on the axis, as strong as its weight.
  void draw_strip(Interface& ui, float left, float width, float height, double low, double high) const {
    ImDrawList* const list = ImGui::GetWindowDrawList();
    const float y = ImGui::GetCursorScreenPos().y;
    for (const nerf::RaySample& sample : ray_.samples) {
      const float x = left + static_cast<float>((sample.distance - low) / (high - low)) * width;
      const float wide = std::max(px(ui, 2), static_cast<float>(ray_.step / (high - low)) * width);
      const float top = y + (sample.weight > 0.01 ? 0 : 0.6F * height);
      list->AddRectFilled({x - 0.5F * wide, top}, {x + 0.5F * wide, y + height}, ImGui::ColorConvertFloat4ToU32(vec(sample.colour)));
    }
    ImGui::Dummy({width, height});
  }

  const void* scene_ = nullptr;
  glm::dvec2 pixel_{-1, -1};
  std::uint64_t serial_ = 0;
  std::string failure_;
  nerf::RayInspection ray_;
  std::vector<double> distance_, density_, weight_, transmittance_;
};

}  // namespace

std::unique_ptr<Panel> make_inspector_panel() { return std::make_unique<InspectorPanel>(); }

}  // namespace skyline::app::desktop
