// What runs beside the view, with progress and cancel.
#include "app/desktop/interface.h"
#include "app/desktop/widgets.h"

#include <fmt/format.h>
#include <imgui.h>

namespace skyline::app::desktop {
namespace {

class JobsPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    const auto reports = ui.session.jobs.reports();
    if (reports.empty()) return empty_state(ui, "list", ui.tr("Nothing is running.", "没有正在运行的任务。"));
    for (const JobReport& job : reports) {
      ImGui::PushID(job.number);
      ImGui::TextUnformatted(job.title.c_str());
      ImGui::SameLine();
      std::string state = job.stopping ? ui.tr("stopping", "正在停止") : job.stage;
      if (job.share >= 0) state += fmt::format("  {:.0f} %", 100 * job.share);
      if (job.seconds_left > 0) state += fmt::format("  {} {}", duration_words(ui, job.seconds_left), ui.tr("left", "剩余"));
      if (!job.note.empty()) state += "  " + job.note;
      ImGui::TextDisabled("%s", state.c_str());
      progress_bar(ui, job.share, ImGui::GetContentRegionAvail().x - px(ui, 40));
      ImGui::SameLine();
      ImGui::BeginDisabled(job.stopping);
      if (icon_button(ui, "cancel", "close", false, ui.tr("Cancel", "取消"))) ui.session.jobs.cancel(job.number);
      ImGui::EndDisabled();
      ImGui::PopID();
    }
  }
};

}  // namespace

std::unique_ptr<Panel> make_jobs_panel() { return std::make_unique<JobsPanel>(); }

}  // namespace skyline::app::desktop
