// Everything that was said since the start; the same lines are in the log file.
#include "app/desktop/folders.h"
#include "app/desktop/interface.h"
#include "app/desktop/widgets.h"

#include <fmt/format.h>
#include <imgui.h>

namespace skyline::app::desktop {
namespace {

using renderer::vulkan::palette;

class LogPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    const auto& messages = ui.session.log.messages();
    ImGui::SetNextItemWidth(px(ui, 220));
    ImGui::InputTextWithHint("##filter", ui.tr("Filter", "筛选"), filter_, sizeof(filter_));
    ImGui::SameLine();
    ImGui::TextDisabled("%s", fitted(ui.session.log.file().string(), std::max(px(ui, 40), ImGui::GetContentRegionAvail().x)).c_str());
    ImGui::BeginChild("##lines");
    for (const Message& message : messages) {
      if (filter_[0] != '\0' && message.text.find(filter_) == std::string::npos) continue;
      ImGui::TextDisabled("%s", fmt::format("{:8.1f} s", message.time_s).c_str());
      ImGui::SameLine();
      const bool error = message.level == Message::Level::kError, warning = message.level == Message::Level::kWarning;
      ImGui::PushStyleColor(ImGuiCol_Text, vec(error ? palette().bad : warning ? palette().warning : palette().text));
      ImGui::TextWrapped("%s", message.text.c_str());
      ImGui::PopStyleColor();
    }
    if (messages.size() != seen_) ImGui::SetScrollHereY(1);
    seen_ = messages.size();
    ImGui::EndChild();
  }

 private:
  char filter_[128] = "";
  std::size_t seen_ = 0;
};

}  // namespace

std::unique_ptr<Panel> make_log_panel() { return std::make_unique<LogPanel>(); }

}  // namespace skyline::app::desktop
