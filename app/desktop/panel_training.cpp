// Checks and forecast before a training, state, curves and controls while it runs.
#include "app/desktop/interface.h"
#include "app/desktop/panel_new_scene.h"
#include "app/desktop/widgets.h"
#include "renderer/vulkan/fonts.h"

#include <fmt/format.h>
#include <imgui.h>
#include <implot.h>

#include <algorithm>
#include <array>

namespace skyline::app::desktop {
namespace {

using nerf::TrainingState;
using renderer::vulkan::Colour;
using renderer::vulkan::palette;
using renderer::vulkan::TextFont;
using renderer::vulkan::TextStyle;

struct StateLook {
  editor::Text title;
  const char* icon;
  Colour colour;
};

StateLook look_of(TrainingState state) {
  switch (state) {
    case TrainingState::kPreparing:
      return {{"Preparing", "准备中"}, "spinner", palette().muted};
    case TrainingState::kRunning:
      return {{"Training", "训练中"}, "play", palette().accent};
    case TrainingState::kPaused:
      return {{"Paused", "已暂停"}, "pause", palette().warning};
    case TrainingState::kFinished:
      return {{"Finished", "已完成"}, "good", palette().good};
    case TrainingState::kStopped:
      return {{"Ended early", "已提前结束"}, "stop", palette().muted};
    case TrainingState::kFailed:
      return {{"Interrupted", "已中断"}, "error", palette().bad};
  }
  return {{"", ""}, "", palette().muted};
}

// Stages as the trainer names them, for people.
editor::Text stage_title(const std::string& stage) {
  constexpr std::array<std::pair<const char*, editor::Text>, 6> kTitles{{{"sampling", {"Sampling", "采样"}},
                                                                         {"march", {"Marching", "步进"}},
                                                                         {"decode", {"Decoding", "解码"}},
                                                                         {"scatter", {"Gradients", "梯度"}},
                                                                         {"optimiser", {"Optimiser", "优化器"}},
                                                                         {"occupancy", {"Occupancy", "占据"}}}};
  for (const auto& [name, title] : kTitles) {
    if (stage == name) return title;
  }
  return {stage, stage};
}

class TrainingPanel final : public Panel {
 public:
  void draw(Interface& ui) override {
    Session& session = ui.session;
    if (session.training_plan && !session.training_runs()) return form_.draw(ui, *session.training_plan);
    if (session.training) return draw_training(ui, *session.training);
    empty_state(ui, "photos", ui.tr("New from Photos begins a training.", "选择“由照片新建”开始训练。"));
  }

 private:
  static void draw_training(Interface& ui, const nerf::TrainingSession& training) {
    const TrainingState state = training.state();
    const nerf::TrainStats stats = training.stats();
    draw_state(ui, training, state, stats);
    draw_controls(ui, state);
    draw_figures(ui, training, state, stats);
    draw_curves(ui, training.curve());
    draw_stages(ui, stats);
  }

  static void draw_state(const Interface& ui, const nerf::TrainingSession& training, TrainingState state, const nerf::TrainStats& stats) {
    const StateLook look = look_of(state);
    {
      const TextStyle title(TextFont::kTitle);
      ImGui::PushStyleColor(ImGuiCol_Text, vec(look.colour));
      ImGui::TextUnformatted(with_icon(look.icon, look.title.in(ui.session.language())).c_str());
      ImGui::PopStyleColor();
    }
    const double share = state == TrainingState::kPreparing ? -1 : state == TrainingState::kFinished ? 1 : stats.progress;
    progress_bar(ui, share, ImGui::GetContentRegionAvail().x);
    ImGui::Dummy({0, px(ui, 2)});
    if (state == TrainingState::kFailed) {
      ImGui::PushStyleColor(ImGuiCol_Text, vec(palette().bad));
      ImGui::TextWrapped("%s", training.failure().c_str());
      ImGui::PopStyleColor();
    } else if (state == TrainingState::kFinished || state == TrainingState::kStopped) {
      ImGui::TextWrapped("%s",
                         fmt::format(fmt::runtime(ui.tr("The scene is in {}.", "场景已保存到 {}。")), training.output().string()).c_str());
    }
  }

  static void draw_controls(Interface& ui, TrainingState state) {
    const bool waits = state == TrainingState::kPaused || state == TrainingState::kFailed;
    const float room = ImGui::GetContentRegionAvail().x;
    const bool beside = room > px(ui, 260);  // else one below the other
    const float width = beside ? (room - ImGui::GetStyle().ItemSpacing.x) / 2 : room;
    if (ui.session.training_runs()) {
      if (waits) {
        if (primary_button(with_icon("play", ui.tr("Resume", "继续")).c_str(), {width, 0})) ui.run("train.resume");
      } else if (ImGui::Button(with_icon("pause", ui.tr("Pause", "暂停")).c_str(), {width, 0})) {
        ui.run("train.pause");
      }
      if (beside) ImGui::SameLine();
      if (ImGui::Button(with_icon("stop", ui.tr("Finish now", "立即结束")).c_str(), {width, 0})) ui.run("train.stop");
      draw_share(ui);
    } else if (ImGui::Button(with_icon("photos", ui.tr("New from photos…", "由照片新建…")).c_str(), {-1, 0})) {
      ui.run_or_ask(*editor::find_command("file.new_from_photos"));
    }
  }

  static void draw_share(Interface& ui) {
    auto share = static_cast<float>(100 * ui.session.preferences.training_share);
    ImGui::Dummy({0, px(ui, 2)});
    ImGui::TextDisabled(
        "%s", fmt::format(fmt::runtime(ui.tr("Training gets {:.0f} % of the processor", "训练占用处理器 {:.0f} %")), share).c_str());
    ImGui::SetNextItemWidth(-1);
    if (ImGui::SliderFloat("##share", &share, 10, 100, "", ImGuiSliderFlags_AlwaysClamp))
      ui.run("train.share", fmt::format("{{\"share\": {:.3f}}}", std::clamp(share / 100, 0.1F, 1.0F)));
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort))
      tooltip(ui.tr("While the camera moves the view comes first.", "相机移动时画面优先。"));
  }

  static void draw_figures(const Interface& ui, const nerf::TrainingSession& training, TrainingState state, const nerf::TrainStats& stats) {
    section(ui, ui.tr("Progress", "进度"));
    const double left = training.seconds_left();
    if (ui.session.training_runs() && state != TrainingState::kPreparing && left >= 0)
      figure(ui, ui.tr("Time left", "剩余时间"), duration_words(ui, left));
    figure(ui, ui.tr("Trained", "已训练"),
           fmt::format("{}, {} {}", duration_words(ui, stats.seconds), count_words(static_cast<double>(stats.step)), ui.tr("steps", "步")));
    if (stats.step == 0) return;
    figure(ui, ui.tr("Rays", "光线"),
           fmt::format("{} ({}/s)", count_words(static_cast<double>(stats.rays)), count_words(stats.rays_per_s)));
    figure(ui, ui.tr("Samples a ray", "每条光线采样"), fmt::format("{:.1f}", stats.samples_per_ray));
    figure(ui, "PSNR", fmt::format("{:.2f} dB", stats.psnr));
  }

  static void draw_curves(const Interface& ui, const std::vector<nerf::TrainingPoint>& curve) {
    if (curve.size() < 2) return;
    section(ui, ui.tr("Curves over the training time", "训练曲线（随训练时间）"));
    constexpr double kLong = 180;  // seconds from which minutes read better
    const bool in_minutes = curve.back().seconds > kLong;
    std::vector<double> time, loss, psnr;
    for (const nerf::TrainingPoint& point : curve) {
      time.push_back(in_minutes ? point.seconds / 60 : point.seconds);
      loss.push_back(point.loss);
      psnr.push_back(point.psnr);
    }
    const char* const unit = in_minutes ? ui.tr("%g min", "%g 分") : ui.tr("%g s", "%g 秒");
    plot(ui, "PSNR, dB", "##psnr", unit, time, psnr);
    plot(ui, ui.tr("Loss", "损失"), "##loss", unit, time, loss);
  }

  static void plot(const Interface& ui, const char* title, const char* id, const char* unit, const std::vector<double>& x,
                   const std::vector<double>& y) {
    {
      const TextStyle small(TextFont::kSmall);
      ImGui::TextDisabled("%s", title);
    }
    constexpr ImPlotFlags kFlags = ImPlotFlags_NoLegend | ImPlotFlags_NoMouseText | ImPlotFlags_NoMenus | ImPlotFlags_NoBoxSelect;
    if (!ImPlot::BeginPlot(id, {-1, px(ui, 120)}, kFlags)) return;
    ImPlot::SetupAxes(nullptr, nullptr, ImPlotAxisFlags_AutoFit, ImPlotAxisFlags_AutoFit);
    ImPlot::SetupAxisFormat(ImAxis_X1, unit);
    ImPlot::PlotLine(title, x.data(), y.data(), static_cast<int>(x.size()));
    ImPlot::EndPlot();
  }

  // Where the time went, as one bar and its legend.
  static void draw_stages(const Interface& ui, const nerf::TrainStats& stats) {
    double total = 0;
    for (const auto& stage : stats.stages) total += stage.seconds;
    if (!(total > 0)) return;
    section(ui, ui.tr("Where the time went", "时间分布"));
    ImDrawList* const list = ImGui::GetWindowDrawList();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = px(ui, 12);
    float x = at.x;
    for (std::size_t i = 0; i < stats.stages.size(); ++i) {
      const float end = x + static_cast<float>(stats.stages[i].seconds / total) * width;
      list->AddRectFilled({x, at.y}, {end, at.y + height}, u32(colour_of(i)));
      x = end;
    }
    ImGui::Dummy({width, height + px(ui, 4)});
    for (std::size_t i = 0; i < stats.stages.size(); ++i) {
      const ImVec2 dot = ImGui::GetCursorScreenPos();
      const float side = px(ui, 9), top = dot.y + 0.5F * (ImGui::GetTextLineHeight() - side);
      list->AddRectFilled({dot.x, top}, {dot.x + side, top + side}, u32(colour_of(i)), px(ui, 2));
      ImGui::Dummy({side + px(ui, 2), 0});
      ImGui::SameLine();
      ImGui::TextUnformatted(std::string(stage_title(stats.stages[i].name).in(ui.session.language())).c_str());
      const std::string value = fmt::format("{:.0f} %", 100 * stats.stages[i].seconds / total);
      ImGui::SameLine(ImGui::GetCursorStartPos().x + width - ImGui::CalcTextSize(value.c_str()).x);
      ImGui::TextDisabled("%s", value.c_str());
    }
  }

  static const Colour& colour_of(std::size_t stage) { return palette().series[stage % std::size(palette().series)]; }

  NewSceneForm form_;
};

}  // namespace

std::unique_ptr<Panel> make_training_panel() { return std::make_unique<TrainingPanel>(); }

}  // namespace skyline::app::desktop
