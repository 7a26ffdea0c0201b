// Where time and memory go: milliseconds of pictures by stage and of the interface, memory by owner.
#include "app/desktop/interface.h"
#include "app/desktop/widgets.h"
#include "core/memory.h"

#include <fmt/format.h>
#include <imgui.h>
#include <implot.h>

#include <algorithm>
#include <vector>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;

std::vector<float> sum(const std::deque<float>& a, const std::vector<float>& b) {
  std::vector<float> result(a.begin(), a.end());
  for (std::size_t i = 0; i < result.size() && i < b.size(); ++i) result[i] += b[i];
  return result;
}

class ProfilerPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const bool beside = room.x > px(ui, 520);
    const float plots = beside ? room.x * 0.6F : room.x;
    ImGui::BeginChild("##plots", {plots, beside ? 0 : px(ui, 220)});
    draw_plots(ui);
    ImGui::EndChild();
    if (beside) ImGui::SameLine();
    ImGui::BeginChild("##memory");
    draw_memory(ui);
    ImGui::EndChild();
  }

 private:
  static void draw_plots(Interface& ui) {
    const FrameMeter& meter = ui.meter;
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float line = ImGui::GetTextLineHeightWithSpacing();
    ImGui::TextDisabled("%s", fmt::format("{} p50 {:.1f} ms  p99 {:.1f} ms", ui.tr("Interface", "界面"),
                                          percentile(meter.interface_ms(), 0.5), percentile(meter.interface_ms(), 0.99))
                                  .c_str());
    if (!ImPlot::BeginPlot("##stages", {room.x, std::max(px(ui, 90), room.y - line)}, ImPlotFlags_NoMouseText | ImPlotFlags_NoMenus))
      return;
    ImPlot::SetupAxes(nullptr, "ms", ImPlotAxisFlags_NoTickLabels | ImPlotAxisFlags_NoGridLines, ImPlotAxisFlags_AutoFit);
    ImPlot::SetupAxisLimits(ImAxis_X1, 0, static_cast<double>(FrameMeter::kHistory), ImPlotCond_Always);
    ImPlot::SetupLegend(ImPlotLocation_NorthWest, ImPlotLegendFlags_Horizontal);
    const std::vector<float> trace(meter.trace_history().begin(), meter.trace_history().end());
    const std::vector<float> reprojected = sum(meter.reproject_history(), trace), composed = sum(meter.compose_history(), reprojected);
    const std::vector<float> interface_ms(meter.interface_history().begin(), meter.interface_history().end());
    // Stacked: the highest first, the next one over it.
    plot_area(ui.tr("compose", "合成"), composed);
    plot_area(ui.tr("reproject", "重投影"), reprojected);
    plot_area(ui.tr("trace", "追踪"), trace);
    if (!interface_ms.empty()) ImPlot::PlotLine(ui.tr("interface", "界面"), interface_ms.data(), static_cast<int>(interface_ms.size()));
    ImPlot::EndPlot();
  }

  static void plot_area(const char* name, const std::vector<float>& values) {
    if (!values.empty()) ImPlot::PlotShaded(name, values.data(), static_cast<int>(values.size()));
  }

  static void draw_memory(Interface& ui) {
    auto owners = core::memory_owners();
    std::erase_if(owners, [](const core::MemoryOwner& owner) { return owner.bytes == 0; });
    std::sort(owners.begin(), owners.end(), [](const auto& a, const auto& b) { return a.bytes > b.bytes; });
    figure(ui, ui.tr("Process", "进程"),
           fmt::format("{}  ({} {})", bytes_words(static_cast<double>(core::resident_bytes())), ui.tr("peak", "峰值"),
                       bytes_words(static_cast<double>(core::peak_resident_bytes()))));
    figure(ui, ui.tr("Buffers", "缓冲"), bytes_words(static_cast<double>(core::memory_in_use_bytes())));
    ImGui::Dummy({0, px(ui, 2)});
    const double most = owners.empty() ? 1 : static_cast<double>(owners.front().bytes);
    for (const core::MemoryOwner& owner : owners) {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float width = ImGui::GetContentRegionAvail().x, height = ImGui::GetTextLineHeight() + px(ui, 2);
      const float share = static_cast<float>(static_cast<double>(owner.bytes) / most);
      ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + share * width, at.y + height}, u32(palette().accent.with_alpha(0.16F)),
                                                px(ui, 3));
      figure(ui, (" " + owner.name).c_str(), bytes_words(static_cast<double>(owner.bytes)));
    }
  }
};

}  // namespace

std::unique_ptr<Panel> make_profiler_panel() { return std::make_unique<ProfilerPanel>(); }

}  // namespace skyline::app::desktop
